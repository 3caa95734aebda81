import { readFileSync, writeFileSync } from "node:fs";
import { foldersFile } from "./folders.js";

/** Writes what is made from the commands and the texts: `npm run generate`. With --check it says what is old and writes nothing. */
const check = process.argv.includes("--check");
let old = 0;
// The list of folders first: what follows is made from the commands in them.
write("commands/folders.ts", foldersFile());
const { generated } = await import("./generated.js");
for (const [file, text] of Object.entries(generated(process.env.PUBLIC_URL))) write(file, text);
if (check && old) process.exitCode = 1;

function write(file: string, text: string): void {
  if (read(file) === text) return;
  old++;
  if (check) console.error(`${file} is old: run npm run generate`);
  else writeFileSync(file, text);
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
