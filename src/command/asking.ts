import { distance } from "fastest-levenshtein";
import type { AccountRef, Action, Reply } from "../chat/index.js";
import { Refusal } from "../lib/refusal.js";
import type { Agency, Person } from "../people/model.js";
import { fold } from "../people/names.js";
import { agenciesOf } from "../people/store.js";
import { type Label, within } from "../policy/index.js";
import { dayOf, formatWhen, localTimeOf, type Place, type When } from "../time/index.js";
import type { Arg, Command, Context, Source } from "./define.js";
import { keepSealed, openSealed } from "./drafts.js";
import type { StrangeKey } from "./keys.js";
import { agencyNamed, partyNamed, personValue } from "./meant.js";
import { type Reading, wordsIn } from "./parse.js";
import { offered } from "./reply.js";

/**
 * What a typed line leaves open is asked about before anything is done, and one tap answers: a word that may be a
 * deadline or a party and was not taken for one. What was typed waits sealed meanwhile (docs/input.md).
 */

/** A button's id, beside the names of commands. */
export const CHOOSE = "choose";
/** More readings than these are a form's to ask. */
const MOST_READINGS = 3;
const MOST_AGENCIES = 3;

/** What was answered already, so that the same words are not asked about twice. */
export type Settled = {
  /** By argument; null where the command goes without. */
  moments?: Record<string, string | null>;
  parties?: true;
  /** What looks like a key is words. */
  keys?: true;
};
type Choice = { label: string; line: string; settled: Settled; opens?: true };
type Question = { text: string; choices: Choice[] };
type Kept = {
  command: string;
  choices: Omit<Choice, "label">[];
  label?: Label;
  mentions: readonly AccountRef[];
  source?: Source;
  onBehalf?: string;
};
export type Answer = Omit<Kept, "choices"> & Omit<Choice, "label">;

/** @returns undefined where every word found its place */
export async function openIn(
  c: Context,
  command: Command,
  reading: Reading,
  settled: Settled,
  label?: Label,
): Promise<Question | undefined> {
  const quotes = label === undefined || within(label, c.ceiling);
  return (
    (await unknownParty(c, command, reading, settled)) ??
    (settled.parties ? undefined : await secondParty(c, command, reading, settled)) ??
    unclearMoment(c, command, reading, settled, quotes) ??
    unclearWords(c, command, reading, settled)
  );
}

export async function askWhat(
  c: Context,
  command: Command,
  { text, choices }: Question,
  label?: Label,
): Promise<Reply> {
  const kept: Kept = {
    command: command.name,
    choices: choices.map(({ label: _, ...choice }) => choice),
    label,
    mentions: c.mentions,
    source: c.source,
    onBehalf: c.onBehalf?.agency.handle,
  };
  const prefix = `${c.work.body.slug}/${await keepSealed(c, kept)} `;
  const actions: Action[] = choices.map((choice, n) => ({
    ...{ type: "button", id: CHOOSE, label: choice.label.slice(0, 75), value: `${prefix}${n}` },
    ...(choice.opens ? { opens: true } : {}),
  }));
  return offered(c, text, actions);
}

/** What the button answers. @returns undefined for what is not this person's, or was answered */
export async function answerOf(c: Context, value: string): Promise<Answer | undefined> {
  const [id = "", n = ""] = value.split(" ");
  const kept = await openSealed<Kept>(c, id);
  const choice = /^\d{1,2}$/.test(n) ? kept?.choices[Number(n)] : undefined;
  return kept && choice && { ...kept, ...choice };
}

/** A line that begins with somebody's name. */
export const taskOrNot = (c: Context, line: string, party: { agency: Agency; person?: Person }): Question => ({
  text: c.t.asking.task({ who: party.person?.name ?? party.agency.name }),
  choices: [
    { label: c.t.asking.askPerson({ name: party.person?.name ?? party.agency.name }), line, settled: {} },
    { label: c.t.asking.form, line, settled: {}, opens: true },
  ],
});

/** `priorty:high`: the key that is near, with the value where it takes it, else with those that it takes. */
export async function nearKey(
  c: Context,
  { args }: Command,
  { line }: Reading,
  { said, typed, near }: StrangeKey,
  settled: Settled,
): Promise<Question> {
  const at = line.indexOf(typed);
  const after = line.slice(at + typed.length);
  const value = /^\s*([^\s"]+)/.exec(after);
  const choices: Choice[] = [];
  for (const key of near) {
    const arg = Object.values(args).find((one) => one.key === key);
    const fits = value?.[1] === undefined || !arg?.fits || arg.fits(value[1]);
    const field = fits ? undefined : await arg?.field(c, undefined, {});
    const values = field?.type === "choice" ? field.options.map((option) => option.value) : [value?.[1] ?? "…"];
    for (const one of values.slice(0, MOST_VALUES))
      choices.push({
        label: `${key}:${one}`,
        line: `${line.slice(0, at)}${key}:${fits ? after : `${one}${after.slice(value?.[0].length ?? 0)}`}`,
        settled,
      });
  }
  return {
    text: c.t.asking.key({ said, near: near.map((key) => `${key}:…`) }),
    choices: [...choices, { label: c.t.asking.keepWords, line, settled: { ...settled, keys: true } }],
  };
}

/** Of what a key takes: its priorities, its labels. */
const MOST_VALUES = 5;

/** `labor inspect farms`, `@labor inspect farms`: the agencies whose names are close to it. */
async function unknownParty(
  c: Context,
  { args }: Command,
  reading: Reading,
  settled: Settled,
): Promise<Question | undefined> {
  const [name] = Object.entries(args).find(([, arg]) => arg.party) ?? [];
  if (name === undefined) return undefined;
  const told = reading.taken.find(({ as }) => as === name);
  const word = told ? { ...told, said: reading.raws[name] ?? "" } : wordsIn(reading)[0];
  if (!word || !/^@?[\p{L}\d._-]+[:,]?$/u.test(word.said)) return undefined;
  if (told && (await partyNamed(c, word.said).catch(unlessRefused))) return undefined;
  const near = await agenciesNear(c, word.said);
  if (near.length === 0) return undefined;
  const choices: Choice[] = near.map(({ handle }) => ({
    label: `@${handle}`,
    line: `${reading.line.slice(0, word.start)}@${handle} ${reading.line.slice(word.end).trimStart()}`,
    settled,
  }));
  return {
    text: c.t.asking[told ? "agency" : "agencyFirst"]({ said: word.said.replace(/^@|[:,]$/g, "").slice(0, 40) }),
    choices: [
      ...choices,
      {
        label: c.t.asking.anotherAgency,
        line: told ? cutOut(reading.line, [told]) : reading.line,
        settled,
        opens: true,
      },
    ],
  };
}

const unlessRefused = (error: unknown): true => {
  if (error instanceof Refusal) return true;
  throw error;
};

async function agenciesNear(c: Context, raw: string): Promise<Agency[]> {
  const said = fold(raw.replace(/^@|[:,]$/g, ""));
  const most = said.length < 4 ? 0 : Math.max(1, Math.floor(said.length / 4));
  const far = ({ handle, name }: Agency) =>
    Math.min(
      distance(said, fold(handle)),
      ...fold(name)
        .split(/[\s'-]+/)
        .map((one) => distance(said, one) + 0.5),
    );
  return (await agenciesOf(c.work.tx))
    .filter((agency) => !agency.observer)
    .map((agency) => ({ agency, away: far(agency) }))
    .filter(({ away }) => away <= most + 0.5)
    .sort((a, b) => a.away - b.away)
    .slice(0, MOST_AGENCIES)
    .map(({ agency }) => agency);
}

/** `@labour @police inspect …`: whether another that is named supports, or only stands in the words. */
async function secondParty(
  c: Context,
  { args }: Command,
  reading: Reading,
  settled: Settled,
): Promise<Question | undefined> {
  const [to] = Object.entries(args).find(([, arg]) => arg.party) ?? [];
  if (to === undefined || reading.raws[to] === undefined) return undefined;
  const named: { place: Place; agency: Agency }[] = [];
  for (const word of wordsIn(reading)) {
    if (!word.said.startsWith("@")) continue;
    const agency = await agencyNamed(c, word.said.replace(/[,;:.)]+$/, ""));
    if (agency) named.push({ place: word, agency });
  }
  const supporting = Object.values(args).find((arg): arg is Arg<unknown> & { key: string } => arg.key === "with");
  if (named.length === 0) return personBeside(c, to, reading, settled);
  const who = [...new Set(named.map(({ agency }) => agency.name))].join(", ");
  const handles = [...new Set(named.map(({ agency }) => `@${agency.handle}`))].join(",");
  const rest = cutOut(
    reading.line,
    named.map(({ place }) => place),
  );
  return {
    text: c.t.asking.second({ who, supports: supporting !== undefined }),
    choices: [
      ...(supporting ? [{ label: c.t.asking.supports, line: `${rest} with:${handles}`, settled }] : []),
      { label: c.t.asking.keepWords, line: reading.line, settled: { ...settled, parties: true } },
    ],
  };
}

/** `@labour @Omar inspect …`: somebody of the agency, mentioned at the head of the words. */
async function personBeside(c: Context, to: string, reading: Reading, settled: Settled): Promise<Question | undefined> {
  const [word] = wordsIn(reading);
  const lead = reading.taken.find(({ as }) => as === to);
  if (!word || !lead || !/^(?:\uE000\d+\uE001|@\S+)$/u.test(word.said)) return undefined;
  const found = await partyNamed(c, word.said).catch(() => undefined);
  if (!found?.person || (await agencyNamed(c, reading.raws[to] ?? ""))?.id !== found.agency.id) return undefined;
  const line = cutOut(reading.line, [lead, word]);
  return {
    text: c.t.asking.person({ name: found.person.name, agency: found.agency.name }),
    choices: [
      {
        label: c.t.asking.askPerson({ name: found.person.name }),
        line: `${personValue(found.person)} ${line}`,
        settled,
      },
      { label: c.t.asking.keepWords, line: reading.line, settled: { ...settled, parties: true } },
    ],
  };
}

/** A deadline that could not be read for certain, or words that speak of a time where none was told. */
function unclearMoment(
  c: Context,
  { args }: Command,
  { line, raws, unsure }: Reading,
  settled: Settled,
  quotes: boolean,
): Question | undefined {
  const open = unsure.find(({ as }) => raws[as] === undefined && settled.moments?.[as] === undefined);
  if (!open) return undefined;
  const { as } = open;
  const settle = (raw: string | null): Settled => ({ ...settled, moments: { ...settled.moments, [as]: raw } });
  const bare = open.apart ? cutOut(line, [open]) : line;
  const readings = distinct(open.readings).slice(0, MOST_READINGS);
  return {
    text: c.t.asking.moment({
      said: quotes ? open.said.slice(0, 60) : "…",
      reason: open.failure?.reason,
      readings: readings.length,
    }),
    choices: [
      ...readings.map((one) => ({
        label: c.t.asking.by({ when: momentShown(c, one) }),
        line: bare,
        settled: settle(exactly(c, one)),
      })),
      ...(args[as]?.optional ? [{ label: c.t.asking.noDate, line, settled: settle(null) }] : []),
      { label: c.t.asking.pickDate, line: bare, settled: settle(null), opens: true },
    ],
  };
}

/** A moment that was asked for by the command itself, `date T-12 Friday 3:00`, and that may mean several. */
function unclearWords(c: Context, { args }: Command, { line, raws }: Reading, settled: Settled): Question | undefined {
  for (const [as, arg] of Object.entries(args)) {
    const raw = raws[as];
    const found = raw === undefined || settled.moments?.[as] !== undefined ? undefined : arg.reads?.(c, raw);
    if (raw === undefined || !found) continue;
    const readings = found.ok ? [] : distinct(found.readings ?? []).slice(0, MOST_READINGS);
    if (found.ok || readings.length === 0) continue;
    const settle = (one: string | null): Settled => ({ ...settled, moments: { ...settled.moments, [as]: one } });
    return {
      text: c.t.asking.moment({ said: raw.slice(0, 60), reason: found.reason, readings: readings.length }),
      choices: [
        ...readings.map((one) => ({ label: momentShown(c, one), line, settled: settle(exactly(c, one)) })),
        { label: c.t.asking.pickDate, line, settled: settle(null), opens: true },
      ],
    };
  }
  return undefined;
}

export const momentShown = (c: Pick<Context, "person" | "work">, { at, zone }: Pick<When, "at" | "zone">): string =>
  formatWhen(at, c.person.zone, c.person.lang, { now: c.work.now, showZone: zone });

/** Written so that it means the same whenever it is read. */
export function exactly({ person }: Pick<Context, "person">, { at, zone }: Pick<When, "at" | "zone">): string {
  const { hour, minute } = localTimeOf(at, zone);
  const clock = [hour, minute].map((n) => String(n).padStart(2, "0")).join(":");
  return `${dayOf(at, zone)} ${clock}${zone === person.zone ? "" : ` ${zone}`}`;
}

const distinct = (readings: readonly When[]): When[] =>
  readings.filter((one, n) => readings.findIndex((other) => other.at.getTime() === one.at.getTime()) === n);

function cutOut(line: string, places: readonly Place[]): string {
  let out = "";
  let from = 0;
  for (const { start, end } of [...places].sort((a, b) => a.start - b.start)) {
    out = `${out}${line.slice(from, start).trimEnd()} `;
    from = end;
  }
  return `${out}${line.slice(from).trimStart()}`.trim();
}
