import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { conformanceDir, conformanceFiles, NEEDS } from "../../conformance.js";

const root = resolve(import.meta.dirname, "../../..");
const scratch = mkdtempSync(join(tmpdir(), "coord-ics-"));
process.once("exit", () => rmSync(scratch, { recursive: true, force: true }));

/** What a checker said against each file, by name; empty where it found nothing. */
type Verdicts = Map<string, string>;
type Checker = (files: readonly string[]) => Verdicts;

/** The third-party variants, most of them broken; empty where the folder is missing. */
export const variants = (): string[] =>
  conformanceFiles("ical/bad-variants").map((name) => join(conformanceDir ?? "", "ical/bad-variants", name));

export function written(texts: readonly string[]): string[] {
  return texts.map((text, i) => {
    const file = join(scratch, `made-${i}.ics`);
    writeFileSync(file, text);
    return file;
  });
}

/** The linter makes a format for every hour it looks at, minutes for what takes seconds if a zone's is kept. */
const KEEP_FORMATS = `
const Format = Intl.DateTimeFormat;
const formats = new Map();
Intl.DateTimeFormat = function (...given) {
  const key = JSON.stringify(given);
  if (!formats.has(key)) formats.set(key, new Format(...given));
  return formats.get(key);
};`;

/** The linter of the material, or why it cannot be run. */
function icslint(): Checker | string {
  if (conformanceDir === undefined) return NEEDS;
  const source = `${KEEP_FORMATS}\n${readFileSync(join(conformanceDir, "tools/icslint.mjs"), "utf8")}`;
  return (files) => {
    // Read in as text, so that its import of ical.js is looked for here and not where it lies.
    const run = spawnSync(process.execPath, ["--input-type=module", "--eval", source, "--", "icslint", ...files], {
      cwd: root,
      encoding: "utf8",
      maxBuffer: 64e6,
    });
    // A file that is not iCalendar at all ends it.
    if (run.status !== 0) throw new Error(run.stderr);
    return verdictsOf(files, run.stdout, / /, (said) => said.trim() === "OK");
  };
}

/** libical's own check of RFC 5546's tables, compiled here, or why it cannot be run. */
function libical(): Checker | string {
  if (conformanceDir === undefined) return NEEDS;
  const source = join(conformanceDir, "tools/icalchk.c");
  const program = join(scratch, "icalchk");
  const built = spawnSync("gcc", ["-w", "-o", program, source, "-lical"], { encoding: "utf8" });
  if (built.status !== 0) return "(needs gcc and libical; Debian: gcc, libical-dev)";
  return (files) => {
    const run = spawnSync(program, [...files], { encoding: "utf8", maxBuffer: 64e6 });
    if (run.signal || run.error) throw run.error ?? new Error(`icalchk: ${run.signal}`);
    return verdictsOf(files, run.stdout, /: /, (said) => said.trim() === "parse_errors=0 restriction_ok=1");
  };
}

/** Each file's name and what follows it up to the next; a file that is not named was not looked at. */
function verdictsOf(
  files: readonly string[],
  output: string,
  behind: RegExp,
  good: (said: string) => boolean,
): Verdicts {
  const said = new Map<string, string[]>();
  let current: string[] | undefined;
  for (const line of output.split("\n")) {
    const found = /^(?:\S*\/)?([^/\s]+\.ics)(?=: | )/.exec(line);
    if (found?.[1]) {
      current = [line.slice(found[0].length).replace(behind, "")];
      said.set(found[1], current);
    } else current?.push(line);
  }
  return new Map(
    files.map((file) => {
      const name = file.slice(file.lastIndexOf("/") + 1);
      const lines = said.get(name);
      if (!lines) throw new Error(`not looked at: ${name}`);
      const all = lines.join("\n");
      return [name, good(all) ? "" : all];
    }),
  );
}

const checkers: [name: string, checker: Checker | string][] = [
  ["icslint", icslint()],
  ["libical", libical()],
];
export const withoutLibical: boolean = checkers.some(([, one]) => typeof one === "string");

/** What each checker that is here finds in files, by its own name. */
const foundIn = (files: readonly string[]): [checker: string, file: string, said: string][] =>
  checkers.flatMap(([name, checker]) =>
    typeof checker === "string"
      ? []
      : [...checker(files)].flatMap(([file, said]): [string, string, string][] =>
          said === "" ? [] : [[name, file, said]],
        ),
  );

/** The names of those in which one or the other finds a fault. */
export const faulty = (files: readonly string[]): Set<string> => new Set(foundIn(files).map(([, file]) => file));

/** What a file of tests makes is handed to the checkers when they are over, whichever of them ran, in whatever order. */
export function checkAll(made: ReadonlySet<string>): void {
  for (const [name, checker] of checkers)
    test.skipIf(typeof checker === "string")(
      `${name} finds a fault where there is one ${typeof checker === "string" ? checker : ""}`,
      () => {
        const [file = ""] = written([
          [...HEAD, "BEGIN:VEVENT", "SUMMARY:x", "END:VEVENT", "END:VCALENDAR", ""].join("\r\n"),
        ]);
        expect(foundIn([file]).map(([by]) => by)).toContain(name);
      },
    );
  afterAll(() => {
    if (made.size > 0) expect(foundIn(written([...made]))).toEqual([]);
  }, 300_000);
}

const HEAD = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//x//EN", "METHOD:REQUEST"];
