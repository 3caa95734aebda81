import { readdirSync, readFileSync } from "node:fs";
import { defineConfig } from "vitest/config";

/**
 * On PostgreSQL and Redis (TEST_DATABASE_URL, TEST_REDIS_URL): whatever opens a database, and what runs there alone
 * (`*.postgresql.ts`). The other tests would say nothing new.
 */
/**
 * What one session does alone says the same on the embedded database, which is PostgreSQL too: these are long, and stay
 * with `npm test`.
 */
const ALONE = [
  "src/policy/",
  "src/leaks/tasks.test.ts",
  "src/information/lives.test.ts",
  "src/meetings/calendars.test.ts",
  "src/meetings/limits.test.ts",
  "src/plan/story.test.ts",
  "src/turns/walk.test.ts",
  "readme.test.ts",
];
const OPENS = /from "(?:\.\.?\/)+(?:.*\/)?(?:world|store|hall|queue)\.js"/;

export default defineConfig({
  test: {
    include: [
      "tests/**/*.postgresql.ts",
      ...readdirSync("tests", { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".test.ts") && !file.startsWith("blackbox"))
        .map((file) => file.replaceAll("\\", "/"))
        .filter((file) => !ALONE.some((one) => file.startsWith(one)))
        .map((file) => `tests/${file}`)
        .filter((file) => OPENS.test(readFileSync(file, "utf8"))),
    ],
    globalSetup: ["tests/template.ts"],
    isolate: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
  },
});
