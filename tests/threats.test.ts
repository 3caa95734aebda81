import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

/** A threat whose test is gone is one that nothing stops any more. */
it("THREATS.md names tests that there are", () => {
  const files = readdirSync("tests", { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(?:test|matrix|fault|browser|postgresql)\.ts$/.test(file))
    .map((file) => file.replaceAll("\\", "/"));
  const rows = readFileSync("THREATS.md", "utf8")
    .split("\n")
    .filter((line) => /^\|.*\|$/.test(line) && !/^\| (?:could|-+) \|/.test(line) && !line.startsWith("|---"));
  const named = rows.map(
    (row) =>
      row
        .split("|")
        .at(-2)
        ?.match(/`[^`]+`/g) ?? [],
  );
  expect(rows.length).toBeGreaterThan(20);
  expect(rows.filter((_row, n) => named[n]?.length === 0)).toEqual([]);
  const there = (name: string) => {
    const pattern = name.replaceAll("`", "").replace(/[.]/g, "\\.").replaceAll("*", "[^/]*");
    return files.some((file) => new RegExp(`^(?:.*/)?${pattern}\\.[a-z]+\\.ts$`).test(file));
  };
  expect([...new Set(named.flat())].filter((name) => !there(name))).toEqual([]);
});
