import { defineConfig } from "vitest/config";

/** Coord as its operator starts it, driven through its ports: minutes, so that `npm test` leaves it out and `.ci/run` runs it. */
export default defineConfig({
  test: {
    include: ["tests/blackbox/**/*.test.ts"],
    globalSetup: ["tests/template.ts"],
    setupFiles: ["tests/properties.ts"],
    testTimeout: 150_000,
    hookTimeout: 150_000,
    maxWorkers: 2,
  },
});
