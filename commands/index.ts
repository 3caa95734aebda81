import type { Command } from "../src/command/define.js";
import { Registry } from "../src/command/registry.js";
import { authoritiesCommands, authoritiesTopics } from "./authorities/index.js";
import { matchesCommands } from "./matches/index.js";
import { helpFor } from "./me/help.js";
import { meCommands, meTopics } from "./me/index.js";
import { meetingsCommands, meetingsTopics } from "./meetings/index.js";
import { peopleCommands, peopleTopics } from "./people/index.js";
import { planCommands, planTopics } from "./plan/index.js";
import { remindersCommands } from "./reminders/index.js";
import { reportsCommands, reportsTopics } from "./reports/index.js";
import { requestsCommands, requestsTopics } from "./requests/index.js";
import { sharesCommands, sharesTopics } from "./shares/index.js";
import { tasksCommands, tasksTopics } from "./tasks/index.js";
import { trainingCommands, trainingTopics } from "./training/index.js";

/** In the order in which help offers them. */
export const topics = {
  ...tasksTopics,
  ...meetingsTopics,
  ...sharesTopics,
  ...planTopics,
  ...trainingTopics,
  ...requestsTopics,
  ...authoritiesTopics,
  ...reportsTopics,
  ...peopleTopics,
  ...meTopics,
};

const help = helpFor(() => visible, topics);

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
