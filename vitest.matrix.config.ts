import { defineConfig } from "vitest/config";

/** The leak matrices, a million cells, the recount of a year and the attack on what is withheld: minutes long, so `npm test` leaves them out and `.ci/run` runs them. */
export default defineConfig({
  test: {
    include: ["tests/**/*.matrix.ts"],
    globalSetup: ["tests/template.ts"],
    setupFiles: ["tests/properties.ts"],
    isolate: false,
    testTimeout: 600_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
