import { defineFolder } from "../../src/command/folder.js";
import { inbox } from "./inbox.js";
import { setup } from "./setup.js";

export const folder = defineFolder({ order: 0, commands: [inbox, setup] });
