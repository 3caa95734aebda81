#!/usr/bin/env node
// TypeScript runs as it is: no build step between what is read and what runs.
import { register } from "tsx/esm/api";

register();
const { main } = await import("../src/main.ts");
await main(process.argv.slice(2));
