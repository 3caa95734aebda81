import type { Command, Topics } from "../src/command/define.js";
import { Registry } from "../src/command/registry.js";
import { folders } from "./folders.js";
import { helpFor } from "./me/help.js";

const ordered = [...folders].sort((a, b) => a.order - b.order);

/** In the order in which help offers them. */
export const topics = Object.assign({}, ...ordered.map((folder) => folder.topics)) as Required<Topics>;

const help = helpFor(() => visible, topics);

/** In the order in which help shows them. */
const all = [...ordered.flatMap((folder) => folder.commands), help as unknown as Command];

const visible = all.filter((command) => !command.hidden);

export const registry = new Registry(all);
