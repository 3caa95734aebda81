import { defineConfig } from "vitest/config";

// `npx vitest run --config vitest.browser.config.ts`: needs Chromium at CHROMIUM_PATH or /usr/bin/chromium,
// which a plain machine has not, so `npm test` leaves these out.
export default defineConfig({
  test: {
    include: ["tests/**/*.browser.ts"],
    globalSetup: ["tests/template.ts"],
    testTimeout: 150_000,
    hookTimeout: 150_000,
    maxWorkers: 1,
  },
});
