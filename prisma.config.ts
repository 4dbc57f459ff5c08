import { defineConfig } from "prisma/config";

// `prisma generate` needs no schema engine, yet looks for one and, offline, fails to download it. Any
// executable satisfies the check, because generating the client never runs it.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
});
