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
    // The platforms' own deadlines (3 s for an interaction) are real time, which a machine that is busy enough does not have. One
    // second try, named by the runner; waits of our own are for conditions. To hunt: npx vitest run --retry=0 FILE.
    retry: 1,
  },
});
