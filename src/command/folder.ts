import type { Command, Topics } from "./define.js";

/** The commands of one folder of `commands/`, which `npm run generate` finds by itself. */
export type Folder = {
  /** Where help shows them: after the folders with a smaller number. */
  order: number;
  /** In the order in which help shows them. */
  commands: readonly Command[];
  /** The topics of help that they stand under, each with the three commands that show what it is about. */
  topics: Topics;
};

/** @param given its commands with whatever arguments each takes */
export const defineFolder = (given: {
  order: number;
  commands: readonly Pick<Command, "name" | "group" | "summary">[];
  topics?: Topics;
}): Folder => ({
  order: given.order,
  commands: given.commands as unknown as readonly Command[],
  topics: given.topics ?? {},
});
