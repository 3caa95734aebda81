import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    // Real processes, many of them: `npm run test:blackbox`.
    exclude: ["**/node_modules/**", "tests/blackbox/**"],
    globalSetup: ["tests/template.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
