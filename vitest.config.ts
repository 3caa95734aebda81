import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    // Real processes, many of them: `npm run test:blackbox`.
    exclude: ["**/node_modules/**", "tests/blackbox/**"],
    globalSetup: ["tests/template.ts"],
    setupFiles: ["tests/properties.ts"],
    // Files share what they import, which is a third of what a run costs; each World is empty (tests/store.test.ts).
    isolate: false,
    // Against what never ends, not against a slow machine.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
  },
});
