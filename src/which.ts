import type { AccountRef, Action, Reply } from "./chat/index.js";
import type { Command, Context, Raws, Source } from "./command.js";
import { keepSealed, openSealed } from "./drafts.js";
import { agencyOptionOf, partyOptionOf, personValue, type Several } from "./meant.js";
import type { Person } from "./people/model.js";
import { accountsOf } from "./people/store.js";

/** Two could be meant: which of them is asked, and one tap answers. What was typed waits sealed meanwhile. */

/** A button's id, beside the names of commands. */
export const WHICH = "which";
/** More are a menu. */
const MOST_BUTTONS = 5;
const MOST = 100;

export type Question = {
  command: string;
  raws: Raws;
  arg: string;
  word: string;
  values: string[];
  mentions: readonly AccountRef[];
  source?: Source;
  onBehalf?: string;
};

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
  const question: Question = {
    command: o.command.name,
    raws: o.raws,
    arg: o.arg,
    word: several.word,
    values: options.map(({ value }) => value),
    mentions: c.mentions,
    source: o.source,
    onBehalf: c.onBehalf?.agency.handle,
  };
  const prefix = `${c.work.body.slug}/${await keepSealed(c, question)} `;
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
  const chosen = /^\d{1,3}$/.test(n) ? question?.values[Number(n)] : undefined;
  if (!question || chosen === undefined) return undefined;
  const raw = question.raws[question.arg] ?? "";
  const meant =
    raw === question.word ? chosen : raw.replace(/[^\s,;]+/g, (word) => (word === question.word ? chosen : word));
  return { ...question, raws: { ...question.raws, [question.arg]: meant } };
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
        ? `${c.t.people.platform(account.platform)} ${account.user.slice(-8)}`
        : person.id.slice(0, 8);
      return { value: personValue(person), label: `${plain(person)} · ${shown}` };
    }),
  );
}
