import { optional, rest } from "../src/args.js";
import type { Block } from "../src/chat/index.js";
import { type Command, defineCommand, usage } from "../src/command.js";

/** Made from the definitions, so that help cannot fall behind. */
export const helpFor = (commands: () => readonly Command[]) =>
  defineCommand({
    name: "help",
    aliases: ["?"],
    group: "you",
    summary: (t) => t.commands.help,
    example: "help task",
    args: { command: optional(rest({ label: (t) => t.args.command, max: 40 })) },
    async run(c, { command: said }) {
      const { t } = c;
      const name = said?.toLowerCase().replace(/\s+/g, "-");
      const one = commands().find((command) => command.name === name || command.aliases?.includes(name ?? ""));
      if (one) {
        const lines = [
          one.summary(t),
          t.help.usage({ usage: usage(one, t) }),
          t.help.example({ example: one.example }),
        ];
        return {
          private: true,
          post: {
            text: lines.join("\n"),
            lang: c.person.lang,
            blocks: [
              { type: "heading", text: one.name },
              { type: "text", text: lines[0] ?? "" },
              { type: "text", text: [{ code: usage(one, t) }] },
              { type: "text", text: [{ code: one.example }] },
            ],
          },
        };
      }
      const groups = Object.entries(t.help.groups) as [Command["group"], string][];
      const blocks: Block[] = [
        { type: "heading", text: t.help.title },
        { type: "text", text: t.help.intro },
        ...groups.flatMap(([group, title]): Block[] => {
          const own = commands().filter((command) => command.group === group);
          if (own.length === 0) return [];
          return [
            { type: "text", text: [{ bold: title }] },
            { type: "facts", facts: own.map((command) => ({ label: command.name, value: command.summary(t) })) },
          ];
        }),
      ];
      return { private: true, post: { text: t.help.title, lang: c.person.lang, blocks } };
    },
  });
