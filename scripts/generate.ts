import { readFileSync, writeFileSync } from "node:fs";
import { generated } from "./generated.js";

/** Writes what is made from the commands: `npm run generate`. With --check it says what is old and writes nothing. */
const check = process.argv.includes("--check");
let old = 0;
for (const [file, text] of Object.entries(generated(process.env.PUBLIC_URL))) {
  if (read(file) === text) continue;
  old++;
  if (check) console.error(`${file} is old: run npm run generate`);
  else writeFileSync(file, text);
}
if (check && old) process.exitCode = 1;

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
