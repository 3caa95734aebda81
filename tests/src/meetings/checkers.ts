import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../../..");
const material = resolve(root, process.env.CONFORMANCE_DIR ?? "../shared/conformance");
const scratch = mkdtempSync(join(tmpdir(), "coord-ics-"));
process.once("exit", () => rmSync(scratch, { recursive: true, force: true }));

/** What a checker said against each file, by name; empty where it found nothing. */
export type Verdicts = Map<string, string>;
export type Checker = (files: readonly string[]) => Verdicts;

/** The third-party variants, most of them broken; empty where the folder is missing. */
export function variants(): string[] {
  const folder = join(material, "ical/bad-variants");
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}

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
export function icslint(): Checker | string {
  const script = join(material, "tools/icslint.mjs");
  if (!existsSync(script)) return "no conformance material (tools/icslint.mjs); CONFORMANCE_DIR tells where it is";
  const source = `${KEEP_FORMATS}\n${readFileSync(script, "utf8")}`;
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
export function libical(): Checker | string {
  const source = join(material, "tools/icalchk.c");
  if (!existsSync(source)) return "no conformance material (tools/icalchk.c); CONFORMANCE_DIR tells where it is";
  const program = join(scratch, "icalchk");
  const built = spawnSync("gcc", ["-w", "-o", program, source, "-lical"], { encoding: "utf8" });
  if (built.status !== 0) return "no gcc or no libical (Debian: gcc, libical-dev)";
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
