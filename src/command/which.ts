import type { AccountRef, Action, Reply } from "../chat/index.js";
import type { Messages } from "../i18n/index.js";
import { Refusal } from "../lib/refusal.js";
import type { Person } from "../people/model.js";
import { platformName } from "../people/platform-name.js";
import { accountsOf } from "../people/store.js";
import type { Command, Context, Raws, Source } from "./define.js";
import { keepSealed, openSealed } from "./drafts.js";
import { agencyOptionOf, partyOptionOf, personValue, type Several } from "./meant.js";
import { offered } from "./reply.js";

/** Two could be meant: which of them is asked, and one tap answers. What was typed waits sealed meanwhile. */

/** A button's id, beside the names of commands. */
export const WHICH = "which";
/** More are a menu. */
const MOST_BUTTONS = 5;
const MOST = 100;

/** What an answer puts in the place of what was typed, by argument; empty: it is asked anew. */
export type Answer = Readonly<Record<string, string>>;

export type Question = {
  command: string;
  raws: Raws;
  answers: Answer[];
  mentions: readonly AccountRef[];
  source?: Source;
  onBehalf?: string;
};

/** Words that can be read in several ways, or in none as they stand: what could be meant is offered. */
export class Unclear extends Refusal {
  constructor(
    say: (t: Messages) => string,
    readonly options: readonly { label: (t: Messages) => string; answer: Answer }[],
  ) {
    super(say, "unclear");
  }
}

/** The sentence of the refusal with its readings to press. Nothing has been done yet. */
export async function askReading(
  c: Context,
  o: { command: Command; raws: Raws; source?: Source },
  unclear: Unclear,
): Promise<Reply> {
  const prefix = await keep(
    c,
    o,
    unclear.options.map(({ answer }) => answer),
  );
  const text = unclear.say(c.t);
  const actions: Action[] = unclear.options.map(({ label }, n) => ({
    ...{ type: "button", id: WHICH, label: short(label(c.t)), value: `${prefix}${n}` },
    // Without a title, the answer is the form that asks for one.
    ...(Object.values(unclear.options[n]?.answer ?? {}).includes("") ? { opens: true as const } : {}),
  }));
  return offered(c, text, actions);
}

/** What both platforms show on a button. */
const MOST_LETTERS = 75;
const short = (label: string) => (label.length > MOST_LETTERS ? `${label.slice(0, MOST_LETTERS - 1)}…` : label);

/** @returns what the buttons' values begin with */
async function keep(
  c: Context,
  { command, raws, source }: { command: Command; raws: Raws; source?: Source },
  answers: Answer[],
): Promise<string> {
  const question: Question = {
    ...{ command: command.name, raws, answers, mentions: c.mentions, source },
    onBehalf: c.onBehalf?.agency.handle,
  };
  return `${c.work.body.slug}/${await keepSealed(c, question)} `;
}

/** @param opens the answer is a form */
export async function askWhich(
  c: Context,
  o: { command: Command; raws: Raws; arg: string; source?: Source; opens: boolean },
  several: Several,
): Promise<Reply> {
  const options = [
    ...several.agencies.map((agency) => ({ ...agencyOptionOf(agency), value: partyOptionOf(agency).value })),
    ...(await toldApart(c, several.people.slice(0, MOST))),
  ];
  const raw = o.raws[o.arg] ?? "";
  const meant = (value: string) =>
    raw === several.word ? value : raw.replace(/[^\s,;]+/g, (word) => (word === several.word ? value : word));
  const prefix = await keep(
    c,
    o,
    options.map(({ value }) => ({ [o.arg]: meant(value) })),
  );
  const text = c.t.errors.which({ said: several.word.slice(0, 60) });
  const opens = o.opens ? { opens: true as const } : {};
  const actions: Action[] =
    options.length > MOST_BUTTONS && !o.opens
      ? [
          {
            type: "menu",
            id: WHICH,
            label: text.slice(0, 75),
            prefix,
            options: options.map(({ label }, n) => ({ value: `${n}`, label })),
          },
        ]
      : options
          .slice(0, MOST_BUTTONS)
          .map(({ label }, n) => ({ type: "button", id: WHICH, label, value: `${prefix}${n}`, ...opens }));
  return {
    private: true,
    post: {
      text,
      lang: c.person.lang,
      blocks: [
        { type: "text", text },
        { type: "actions", actions },
        ...(options.length > actions.length && o.opens ? [{ type: "context" as const, text: several.say(c.t) }] : []),
      ],
    },
  };
}

/** What the button answers. @returns undefined for what is not this person's, or was answered */
export async function answered(c: Context, value: string): Promise<Question | undefined> {
  const [id = "", n = ""] = value.split(" ");
  const question = await openSealed<Question>(c, id);
  const chosen = /^\d{1,3}$/.test(n) ? question?.answers[Number(n)] : undefined;
  if (!question || chosen === undefined) return undefined;
  const raws = Object.fromEntries(Object.entries({ ...question.raws, ...chosen }).filter(([, raw]) => raw !== ""));
  return { ...question, raws };
}

/** Everybody by name and agency; namesakes of one agency also by what they may do, and where that is the same by their accounts. */
export async function toldApart(c: Context, people: readonly Person[]): Promise<{ value: string; label: string }[]> {
  const plain = (person: Person) => `${person.name} · ${person.agency.name}`;
  const withRoles = (person: Person) => `${plain(person)} · ${person.roles.map((role) => c.t.roles[role]).join(", ")}`;
  const alone = (label: (person: Person) => string, person: Person) =>
    people.filter((other) => label(other) === label(person)).length === 1;
  return Promise.all(
    people.map(async (person) => {
      if (alone(plain, person)) return { value: personValue(person), label: plain(person) };
      if (alone(withRoles, person)) return { value: personValue(person), label: withRoles(person) };
      const [account] = await accountsOf(c.work.tx, person.id);
      const shown = account
        ? `${platformName(c.t, account.platform)} ${account.user.slice(-8)}`
        : person.id.slice(0, 8);
      return { value: personValue(person), label: `${plain(person)} · ${shown}` };
    }),
  );
}
