import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/postgres.global.ts"],
    testTimeout: 60_000,
    hookTimeout: 90_000,
    pool: "forks",
    // Journeys wait for sockets and the database more than they compute.
    maxWorkers: 3,
    // Journeys run real SDKs, real sockets and a real database beside each other on two cores. One that needed a second
    // try is named by the runner; to hunt it: npx vitest run --retry=0 FILE.
    retry: 2,
  },
});
