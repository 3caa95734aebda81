import type { Block, Button, Message } from "../../src/chat/index.js";
import { optional, rest } from "../../src/command/args.js";
import {
  type Command,
  type Context,
  defineCommand,
  type Topic,
  type Topics,
  typedName,
  usage,
} from "../../src/command/define.js";
import { readerIn } from "../../src/command/reply.js";
import { LANGUAGES, type Messages, messagesFor } from "../../src/i18n/index.js";
import type { Role } from "../../src/policy/index.js";
import { inboxOf } from "../../src/turns/inbox.js";

/** What a role does most, in the order in which it comes up; the first role of this list that somebody has is meant. */
const FIRST: readonly (readonly [Role, readonly string[]])[] = [
  ["coordinator", ["setup", "meet", "nudge", "plan", "report", "task"]],
  ["focal_point", ["task", "give", "accept", "share", "meet", "add"]],
  ["rapporteur", ["report", "report-notes", "report-publish", "reports"]],
  ["staff", ["task", "done", "date", "say", "share", "away"]],
  ["observer", ["meetings", "plan", "who", "library"]],
  ["admin", ["who", "settings", "body"]],
];

/** As people ask for it, in whatever language. */
const asksFor = (topic: Topic, word: string): boolean =>
  topic === word ||
  Object.keys(LANGUAGES).some((lang) => messagesFor(lang).help.asked[topic].split(", ").includes(word));

/**
 * Ten lines for who asks, the rest by topic. Made from the definitions, so that help cannot fall behind.
 * @param topics all of them, in the order in which its buttons stand
 */
export const helpFor = (commands: () => readonly Command[], topics: Required<Topics>) =>
  defineCommand({
    name: "help",
    aliases: ["?"],
    group: "you",
    summary: (t) => t.commands.help,
    example: "help task",
    args: { command: optional(rest({ label: (t) => t.args.command, max: 40 })) },
    async run(c, { command: said }) {
      const word = said?.toLowerCase().trim();
      const topic = topicsOf(topics).find((one) => word !== undefined && asksFor(one, word));
      if (topic) return answer(c, c.t.help.groups[topic], topicBlocks(c, topic, topics[topic], commands()));
      const name = word?.replace(/\s+/g, "-");
      const one = commands().find((command) => command.name === name || command.aliases?.includes(name ?? ""));
      if (one) return answer(c, typedName(one), commandBlocks(c, one));
      return answer(c, c.t.help.title, await firstBlocks(c, commands(), topicsOf(topics)));
    },
  });

const topicsOf = (topics: Required<Topics>): Topic[] => Object.keys(topics) as Topic[];

const answer = (c: Context, title: string, blocks: Block[]) => ({
  private: true as const,
  post: { text: title, lang: c.person.lang, blocks: [{ type: "heading", text: title }, ...blocks] } satisfies Message,
});

const line = (command: Command, t: Messages): Block => ({
  type: "text",
  text: [{ code: command.example }, `  ${command.summary(t)}`],
});

const named = (commands: readonly Command[], names: readonly string[]): Command[] =>
  names.flatMap((name) => commands.find((command) => command.name === name) ?? []);

async function firstBlocks(c: Context, commands: readonly Command[], topics: readonly Topic[]): Promise<Block[]> {
  const { t, person, work } = c;
  const [, names = []] = FIRST.find(([role]) => person.roles.includes(role)) ?? [];
  const reader = readerIn(c);
  const { waiting: _waiting, ...mine } = await inboxOf(work, person, reader);
  const count = Object.values(mine).reduce((sum, lines) => sum + lines.length, 0);
  return [
    { type: "text", text: t.help.waiting({ count }) },
    { type: "text", text: t.help.intro },
    ...named(commands, names).map((command) => line(command, t)),
    { type: "context", text: t.help.foot },
    ...buttons(c, [
      ...(count > 0 ? [button(c, "inbox", t.help.show, "")] : []),
      ...topics.map((topic) => button(c, "help", t.help.groups[topic], topic)),
    ]),
  ];
}

function topicBlocks(c: Context, topic: Topic, examples: readonly string[], commands: readonly Command[]): Block[] {
  const { t } = c;
  const others = commands.filter(({ group, name }) => group === topic && !examples.includes(name)).map(typedName);
  return [
    { type: "text", text: t.help.about[topic] },
    ...named(commands, examples).map((command) => line(command, t)),
    ...(others.length ? [{ type: "context" as const, text: t.help.also({ commands: others }) }] : []),
  ];
}

const commandBlocks = (c: Context, command: Command): Block[] => [
  { type: "text", text: command.summary(c.t) },
  { type: "text", text: [{ code: usage(command, c.t) }] },
  { type: "text", text: [{ code: command.example }] },
  ...buttons(c, [button(c, "help", c.t.help.groups[command.group], command.group)]),
];

const button = (c: Context, id: string, label: string, value: string): Button => ({
  ...{ type: "button", id, label },
  value: `${c.work.body.slug}/${value}`,
});

/** Acting for an agency is done in lines that begin with `for`: a button would act as oneself. */
const buttons = (c: Context, actions: Button[]): Block[] => (c.onBehalf ? [] : [{ type: "actions", actions }]);
