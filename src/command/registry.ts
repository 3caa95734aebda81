import { asksAboutItem, type Command } from "./define.js";

/** All commands; complete and unambiguous, or the process does not start. */
export class Registry {
  readonly #byWord = new Map<string, Command>();

  constructor(readonly commands: readonly Command[]) {
    for (const command of commands)
      for (const word of [command.name, ...(command.aliases ?? [])]) {
        if (this.#byWord.has(word)) throw new Error(`two commands answer to "${word}"`);
        this.#byWord.set(word, command);
      }
    for (const command of commands)
      if (asksAboutItem(command) && !command.allows)
        throw new Error(`${command.name} opens a form about an item and does not say what the item allows`);
  }

  find(word: string): Command | undefined {
    return this.#byWord.get(word.toLowerCase());
  }

  words(): string[] {
    return [...this.#byWord.keys()];
  }
}
