import { renderForm as slackForm, renderMessage as slackMessage } from "../../adapters/slack/render.js";
import { renderForm as teamsForm, renderMessage as teamsMessage } from "../../adapters/teams/render.js";
import type { Form, Message, Reply } from "../../src/chat/index.js";
import { textOf, type World, words } from "../world.js";
import type { Refs } from "./story.js";

/** A question and its answer, as both platforms get it and in words. */
export type Asked = { who: string; line: string; text: string; slack: unknown; teams: unknown };

const ALL = [
  ...[
    "",
    "tasks",
    "tasks mine",
    "tasks agency",
    "tasks asked",
    "tasks late",
    "tasks done",
    "tasks closed",
    "tasks all",
  ],
  ...["T-1", "T-2", "T-5", "T-6", "T-7", "T-8", "T-13", "remind T-6"],
  ...["meetings", "meetings past", "meetings cancelled", "M-1/1", "M-1/3", "M-2", "M-3", "M-5", "agenda M-3"],
  ...["minutes M-1/1", "minutes M-1/2", "decisions", "D-1", "presence", "meet rules"],
  ...["shares", "shares received", "shares given", "shares owed", "{amber}", "{green}", "{use}", "ledger"],
  ...["match list", "match hits"],
  ...["plan", "plan protection", "plan who", "O-1", "O-2"],
  ...["training", "training held", "K-2", "K-3", "K-6", "K-7", "library", "library entretiens"],
  ...["reports", "S-1", "who", "who @police", "agency @police", "settings", "digest", "account", "undelivered"],
];

/** Who reads all that, and what else; what one is refused, one line of each kind says. */
const OWN: Record<string, string[]> = {
  Maria: ["T-3", "T-9", "T-10", "T-11", "share log {amber}", "outcomes {amber}", "joiners", "help", "help task"],
  Petros: ["T-12", "tasks @labour", "help"],
  Sofia: ["T-3", "T-11", "T-14", "setup", "ladder urgent", "joiners", "S-2", "meet show M-4", "decisions radio"],
  Amelie: ["help", "help task"],
  Omar: ["body", "body south", "", "tasks", "T-2", "body north"],
  Eleni: ["T-14", "share log {green}", "outcomes {green}", "training needs"],
};
const FEW: Record<string, string[]> = {
  Raul: ["", "tasks", "T-1", "meetings", "plan", "plan who", "O-1", "training", "library", "reports", "S-1", "S-2"],
  Luc: ["", "tasks", "T-5", "settings", "digest", "shares", "library"],
  Grace: ["", "tasks", "T-7", "T-15", "undelivered", "who @harbour", "K-7"],
  Jonas: ["T-4", "T-13", "{amber}", "shares", "settings", "tasks closed"],
  Olga: ["", "tasks", "meetings", "plan", "reports", "shares"],
};

const rendered = (reply: Reply): [Message | undefined, Form | undefined] => {
  if (!reply) return [undefined, undefined];
  if ("post" in reply) return [reply.post, undefined];
  if ("update" in reply) return [reply.update, undefined];
  if ("view" in reply) return [reply.view, undefined];
  if ("home" in reply) return [reply.home, undefined];
  return [undefined, "form" in reply ? reply.form : undefined];
};

/** What was made for this one answer is another each time: an address of a picture, the id of a question. */
function settled<T>(value: T, known: ReadonlySet<string>): T {
  if (value === undefined) return value;
  const text = JSON.stringify(value)
    .replace(/\/charts\/[\w-]+/g, "/charts/NEW")
    .replace(UUID, (id) => (known.has(id) ? id : "NEW"));
  return JSON.parse(text);
}
const UUID = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/g;

/** The ids that a dump holds. */
export const idsIn = (statements: string): ReadonlySet<string> => new Set(statements.match(UUID));

async function ask(w: World, who: string, line: string, known: ReadonlySet<string>): Promise<Asked> {
  const reply = await w.say(who, line);
  const [message, form] = rendered(reply);
  return {
    who,
    line,
    text: form ? `[form ${form.title}]` : textOf(reply),
    slack: settled(message ? slackMessage(message) : form ? slackForm(form) : undefined, known),
    teams: settled(message ? teamsMessage(message) : form ? teamsForm(form) : undefined, known),
  };
}

/** Every listing and every card, asked by every kind of reader. */
export const questions = (refs: Refs): Pick<Asked, "who" | "line">[] =>
  [...Object.entries(OWN).map(([who, own]) => [who, [...ALL, ...own]] as const), ...Object.entries(FEW)].flatMap(
    ([who, lines]) =>
      lines.map((line) => ({
        who,
        line: line
          .replace("{amber}", refs.amberShare)
          .replace("{green}", refs.greenShare)
          .replace("{use}", refs.waitingUse),
      })),
  );

export async function askAll(
  w: World,
  asked: readonly Pick<Asked, "who" | "line">[],
  known: ReadonlySet<string>,
): Promise<Asked[]> {
  const answered: Asked[] = [];
  for (const { who, line } of asked) answered.push(await ask(w, who, line, known));
  // As it is kept.
  return JSON.parse(JSON.stringify(answered));
}

/** Without what an earlier reader was answered to the letter, and what somebody is refused again and again. */
export function telling(asked: readonly Asked[]): Asked[] {
  const seen = new Set<string>();
  return asked.filter(({ who, line, text, teams }) => {
    const refused = REFUSED.exec(text);
    const key = refused ? `${who} ${refused[0]}` : `${line} ${JSON.stringify(teams)}`;
    return !seen.has(key) && seen.add(key);
  });
}
const REFUSED = /^(?:There is no|That is for|Aucune?) \w+/;

/** What comes by itself in two days: reminders, digests, packs. In an order of its own, since one minute has none. */
export async function twoDays(w: World): Promise<string[]> {
  await w.runtime.reconciler.moved();
  await w.settle();
  await w.pass({ days: 2 }, 720);
  return w.sent.map(({ person, place, message }) => `${person ?? place}: ${words(message)}`).sort();
}

/** Line by line, what an answer was and is; nothing where each is the same. */
export function differences(before: readonly Asked[], now: readonly Asked[]): string[] {
  return before.flatMap((was, index) => {
    const is = now[index];
    const lines = [
      ...changed(was.text, is?.text ?? ""),
      ...(["slack", "teams"] as const).flatMap((platform) =>
        changed(pretty(was[platform]), pretty(is?.[platform])).map((line) => `${platform} ${line}`),
      ),
    ];
    return lines.length ? [[`${was.who}: ${was.line}`, ...lines].join("\n")] : [];
  });
}
const pretty = (value: unknown): string => JSON.stringify(value, null, 1) ?? "";

/** In another order alone they differ too. */
export function changed(was: string, is: string): string[] {
  if (was === is) return [];
  const [before, after] = [was.split("\n"), is.split("\n")];
  const lines = [
    ...before.filter((line) => !after.includes(line)).map((line) => `- ${line}`),
    ...after.filter((line) => !before.includes(line)).map((line) => `+ ${line}`),
  ];
  return lines.length ? lines : ["the same lines in another order", ...after.map((line) => `  ${line}`)];
}
