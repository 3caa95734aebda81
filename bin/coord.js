#!/usr/bin/env node
import { bundled } from "./bundle.js";

const argv = process.argv.slice(2);
// Making it ready takes seconds on a slow machine: whoever waits is told what for.
if (argv[0] === "start") process.stdout.write("Coord is starting …\n");
const pieces = await bundled();
if (!pieces) (await import("tsx/esm/api")).register();
const load = (entry) => import(pieces?.[entry] ?? new URL(`../${entry}`, import.meta.url).href);

const { help } = await load("src/cli/program.ts");
const helped = await help(argv, (text) => void process.stdout.write(text));
if (helped !== undefined) process.exitCode = helped;
else {
  const { main } = await load("src/main.ts");
  await main(argv);
}
