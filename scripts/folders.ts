import { readdirSync } from "node:fs";

/** The list of the folders of `commands/` that have an index: `commands/folders.ts`. */
export function foldersFile(): string {
  const names = readdirSync(new URL("../commands", import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return [
    "// Made by `npm run generate` from the folders beside it. Do not edit.",
    ...names.map((name) => `import { folder as ${name} } from "./${name}/index.js";`),
    "",
    "export const folders = [",
    ...names.map((name) => `  ${name},`),
    "];",
    "",
  ].join("\n");
}
