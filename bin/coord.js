#!/usr/bin/env node
// TypeScript runs as it is: no build step between what is read and what runs.
const argv = process.argv.slice(2);
// Reading the code takes seconds on a slow machine: whoever waits is told what for.
if (argv[0] === "start") process.stdout.write("Coord is starting …\n");
const { register } = await import("tsx/esm/api");

register();
const { main } = await import("../src/main.ts");
await main(argv);
