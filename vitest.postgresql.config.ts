import { readdirSync, readFileSync } from "node:fs";
import { defineConfig } from "vitest/config";

/**
 * On PostgreSQL and Redis (TEST_DATABASE_URL, TEST_REDIS_URL): whatever opens a database, and what runs there alone
 * (`*.postgresql.ts`). The other tests would say nothing new.
 */
const OPENS = /from "(?:\.\.?\/)+(?:.*\/)?(?:world|store|hall|queue)\.js"/;

export default defineConfig({
  test: {
    include: [
      "tests/**/*.postgresql.ts",
      ...readdirSync("tests", { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".test.ts") && !file.startsWith("blackbox"))
        .map((file) => `tests/${file.replaceAll("\\", "/")}`)
        .filter((file) => OPENS.test(readFileSync(file, "utf8"))),
    ],
    globalSetup: ["tests/template.ts"],
    setupFiles: ["tests/properties.ts"],
    isolate: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
  },
});
