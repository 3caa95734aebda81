import { defineConfig } from "vitest/config";

/** Real processes that are killed, a real Redis and a real PostgreSQL that go away: minutes, one file after the other. */
export default defineConfig({
  test: {
    include: ["tests/faults/**/*.fault.ts"],
    fileParallelism: false,
    testTimeout: 1_500_000,
    hookTimeout: 150_000,
    reporters: ["verbose"],
  },
});
