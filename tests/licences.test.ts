import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const read = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url), "utf8");

type Locked = { license?: string; dev?: boolean };

/** Licences that ask for no more than that their notice stays where it is. */
const NOTICE_ALONE = new Set(
  ["MIT", "MIT-0", "ISC", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "BlueOak-1.0.0"].concat(
    ...["Unlicense", "Apache-2.0", "PSF-2.0"],
  ),
);

const lock = JSON.parse(read("package-lock.json")) as { packages: Record<string, Locked> };
const installed = Object.entries(lock.packages)
  .filter(([path, { dev }]) => path !== "" && !dev)
  .map(([path, { license }]) => ({ name: path.replace(/^.*node_modules\//, ""), licence: license ?? "none" }));

it("NOTICE names every package that a production install brings and whose licence asks for more than a notice", () => {
  const notice = read("NOTICE");
  const named = new Set(notice.match(/^@?[\w./-]+(?=\s{2,}\S)/gm));
  const needed = installed
    .filter(({ licence }) => !NOTICE_ALONE.has(licence))
    // A binary for one platform is the same package.
    .map(({ name, licence }) => ({ name: name.replace(/^(@resvg\/resvg-js)-.*/, "$1"), licence }));
  expect(needed.length).toBeGreaterThan(4);
  expect(
    needed.filter(({ name, licence }) => !named.has(name) || !notice.includes(licence.replace(/[()]/g, ""))),
  ).toEqual([]);
  // What is used in development alone may be named too.
  expect([...named].filter((name) => !(`node_modules/${name}` in lock.packages))).toEqual([]);
});

it("LICENSE is the one that package.json names", () => {
  const { license } = JSON.parse(read("package.json")) as { license: string };
  expect(read("LICENSE")).toMatch(new RegExp(`^${license} License\\n`));
});
