import type { Command } from "../src/command/define.js";
import { Registry } from "../src/command/registry.js";
import { authoritiesCommands } from "./authorities/index.js";
import { matchesCommands } from "./matches/index.js";
import { helpFor } from "./me/help.js";
import { meCommands } from "./me/index.js";
import { meetingsCommands } from "./meetings/index.js";
import { peopleCommands } from "./people/index.js";
import { planCommands } from "./plan/index.js";
import { remindersCommands } from "./reminders/index.js";
import { reportsCommands } from "./reports/index.js";
import { requestsCommands } from "./requests/index.js";
import { sharesCommands } from "./shares/index.js";
import { tasksCommands } from "./tasks/index.js";
import { trainingCommands } from "./training/index.js";

const help = helpFor(() => visible);

/** In the order in which help shows them. */
const all = [
  ...meCommands,
  ...tasksCommands,
  ...remindersCommands,
  ...meetingsCommands,
  ...sharesCommands,
  ...matchesCommands,
  ...reportsCommands,
  ...requestsCommands,
  ...authoritiesCommands,
  ...planCommands,
  ...trainingCommands,
  ...peopleCommands,
  help,
] as unknown as Command[];

const visible = all.filter((command) => !command.hidden);

export const registry = new Registry(all);
