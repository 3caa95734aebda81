import { addDays } from "date-fns";
import type { Action, Block, Button, Fact, ListItem, Message } from "../chat/index.js";
import type { Reader } from "../delivery/notification.js";
import { countryName, languageName } from "../i18n/names.js";
import { groupBy } from "../lib/group.js";
import { type Held, presentPersons } from "../meetings/store.js";
import { decidesFor, may, mayTraining, sightOfMeeting, within } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { showAt, trueUntil } from "../time/display.js";
import { FOLLOW_ANSWERS, type FollowAnswer, followedBy, type Results, resultsOf } from "./answers.js";
import type { Enrolment, Training } from "./model.js";
import { whyItFits } from "./names.js";
import { fitting, QUESTIONS, turnOf } from "./rules.js";
import { attendanceOf, enrolmentsOf, heldOf, opposite, sessionsFrom, TRAININGS } from "./store.js";

/** Needs, offers and sessions as one reader sees them. Of a session's meeting they show when it is, never what it says. */

const MOST_FITS = 3;

/**
 * The live card.
 * @param page of what was written about a session, counted from 1
 */
export async function cardOf(work: UnitOfWork, item: Training, reader: Reader, page = 1): Promise<Message> {
  const held = item.meetingId ? await heldOf(work, item.meetingId) : undefined;
  const session = held && (await sessionFor(work, item, held, reader, page));
  const blocks: Block[] = [
    { type: "heading", text: titled(item, reader) },
    { type: "facts", facts: [...factsOf(work, item, reader, held), ...(session?.facts ?? [])] },
  ];
  if (showsWords(item, reader)) blocks.push({ type: "quote", text: item.words });
  blocks.push(...(session ? session.blocks : await pairBlocks(work, item, reader)));
  const actions = session ? session.actions : stepsOf(work, item, reader);
  if (actions.length) blocks.push({ type: "actions", actions });
  // What was put into practice is asked from that day on.
  const asked = item.heldAt && addDays(item.heldAt, item.followDays);
  const until = trueUntil(work.now, reader.zone, [
    item.until,
    held?.occurrence.startsAt,
    held?.occurrence.endsAt,
    asked,
  ]);
  return { text: summaryOf(item, reader, held), lang: reader.lang, blocks, until };
}

/** `K-2 · Interviewing`: the topic is one of a fixed list and says nothing of anybody. */
export const titled = (item: Training, { t }: Pick<Reader, "t">): string =>
  `${item.ref} · ${t.training.topics[item.topic]}`;

/** What somebody wrote is content: up to the ceiling, and never in a mail. */
export const showsWords = (item: Training, reader: Reader): boolean =>
  !reader.wordless && within(item.label, reader.ceiling);

export function stateOf(item: Training, { t }: Pick<Reader, "t">, held?: Held): string {
  const off = held?.meeting.state === "cancelled" || held?.occurrence.state === "cancelled";
  if (item.kind !== "session") return t.training.state[item.state];
  return off && item.state === "open" ? t.training.sessionState.withdrawn : t.training.sessionState[item.state];
}

const summaryOf = (item: Training, reader: Reader, held?: Held): string =>
  reader.t.training.summary({
    what: titled(item, reader),
    kind: reader.t.training.kinds[item.kind],
    state: stateOf(item, reader, held),
    agency: item.agency.name,
  });

/** In the reader's zone. */
export const whenOf = (work: UnitOfWork, { occurrence }: Held, reader: Reader): string =>
  reader.t.meetings.span({
    when: showAt(work, reader, occurrence.startsAt),
    minutes: occurrence.minutes,
  });

function factsOf(work: UnitOfWork, item: Training, reader: Reader, held: Held | undefined): Fact[] {
  const { t, lang } = reader;
  const f = t.training.facts;
  const show = (at: Date) => showAt(work, reader, at);
  const facts: Fact[] = [
    { label: f.kind, value: `${t.training.kinds[item.kind]} · ${t.training.what[item.what]}` },
    { label: f.state, value: [{ bold: stateOf(item, reader, held) }] },
    { label: f.agency, value: placeOf(item, reader) },
  ];
  if (held) facts.push({ label: f.when, value: whenOf(work, held, reader) });
  if (item.kind === "need" && item.until) facts.push({ label: f.by, value: show(item.until) });
  if (item.kind === "offer" && item.from) facts.push({ label: f.from, value: show(item.from) });
  if (item.kind === "offer" && item.until) facts.push({ label: f.until, value: show(item.until) });
  if (item.people) facts.push({ label: f.people, value: String(item.people) });
  if (item.langs.length)
    facts.push({ label: f.langs, value: item.langs.map((code) => languageName(code, lang)).join(", ") });
  if (item.format) facts.push({ label: f.format, value: t.training.formats[item.format] });
  if (item.provider && showsWords(item, reader)) facts.push({ label: f.provider, value: item.provider });
  facts.push({ label: f.label, value: `TLP:${item.label}` });
  return facts;
}

/** `Police, Greece (transit)` */
export function placeOf(item: Training, { t, lang }: Pick<Reader, "t" | "lang">): string {
  const country = item.country && countryName(item.country, lang);
  const role = item.role === "none" ? "" : ` (${t.training.roles[item.role]})`;
  return `${[item.agency.name, country].filter(Boolean).join(", ")}${role}`;
}

/** What a need or an offer belongs to, what is held for it, and what would fit it. */
async function pairBlocks(work: UnitOfWork, item: Training, reader: Reader): Promise<Block[]> {
  const { t } = reader;
  const blocks: Block[] = [];
  const partner = item.matchedId ? await TRAININGS.byId(work, item.matchedId) : undefined;
  if (partner)
    blocks.push({ type: "text", text: t.training.matchedWith({ ref: partner.ref, agency: partner.agency.handle }) });
  const sessions = await sessionsFrom(work, [item.id, ...(partner ? [partner.id] : [])]);
  if (sessions.length)
    blocks.push({ type: "text", text: t.training.heldFor({ refs: sessions.map(({ ref }) => ref) }) });
  if (item.state === "open" && concerns(item, reader)) blocks.push(...(await fitBlocks(work, item, reader)));
  return blocks;
}

/** Suggestions are for those who could take them up. */
const concerns = (item: Training, { person, viewer }: Reader): boolean =>
  person !== undefined && mayTraining(viewer, "take", item.subject) === undefined;

async function fitBlocks(work: UnitOfWork, item: Training, reader: Reader): Promise<Block[]> {
  const { t } = reader;
  const found = fitting(item, await opposite(work, item), work.now).slice(0, MOST_FITS);
  if (found.length === 0) return [];
  const items = found.map(
    ({ item: other, fit }): ListItem => ({
      title: t.training.fits({
        ref: other.ref,
        agency: other.agency.handle,
        why: whyItFits(fit.reasons, reader, work.now),
      }),
      action: button(work, "training-take", t.training.buttons.take, `${item.ref} ${other.ref}`),
    }),
  );
  return [{ type: "list", items }];
}

const button = (work: UnitOfWork, id: string, label: string, value: string, more: Partial<Button> = {}): Button => ({
  type: "button",
  id,
  label,
  value: `${work.body.slug}/${value}`,
  ...more,
});

/** The next step only, for the one who reads. */
function stepsOf(work: UnitOfWork, item: Training, { t, viewer, person }: Reader): Action[] {
  const b = t.training.buttons;
  if (!person) return [button(work, "training-show", b.open, item.ref)];
  if (item.state !== "open" && item.state !== "matched") return [];
  const can = (act: "take" | "change") => mayTraining(viewer, act, item.subject) === undefined;
  return [
    ...(can("take") && may(viewer, "meeting.call")
      ? [button(work, "training-session", b.session, item.ref, { opens: true })]
      : []),
    ...(can("change")
      ? [button(work, "training-withdraw", b.withdraw, item.ref, { confirm: sure(b.withdraw, t) })]
      : []),
  ];
}

const sure = (label: string, t: Reader["t"]): Button["confirm"] => ({
  title: label,
  text: t.training.sure,
  yes: label,
  no: t.form.cancel,
});

type SessionParts = { facts: Fact[]; blocks: Block[]; actions: Action[] };

async function sessionFor(
  work: UnitOfWork,
  item: Training,
  held: Held,
  reader: Reader,
  page: number,
): Promise<SessionParts> {
  const { t, viewer } = reader;
  const line = await enrolmentsOf(work, item.id);
  const count = (state: Enrolment["state"]) => line.filter((one) => one.state === state).length;
  const facts: Fact[] = [
    {
      label: t.training.facts.places,
      value: t.training.places({ taken: count("enrolled"), seats: item.seats, waiting: count("waiting") }),
    },
  ];
  // That there is such a meeting is for those who know of it; the day is for whoever may enrol.
  const knows = sightOfMeeting(viewer, held.meeting.subject) !== "none";
  if (knows) facts.push({ label: t.training.facts.meeting, value: held.meeting.ref });
  const blocks = namesOf(item, line, reader);
  if (item.state === "met") blocks.push(...(await afterwards(work, item, held, reader, page)));
  return { facts, blocks, actions: await sessionSteps(work, item, held, line, reader, knows) };
}

/** Who has a place: everybody to who runs it, one's own people to a focal point, oneself to each. */
function namesOf(item: Training, line: readonly Enrolment[], reader: Reader): Block[] {
  const { t, viewer, person, wordless } = reader;
  if (!person || wordless) return [];
  const all = mayTraining(viewer, "change", item.subject) === undefined;
  const shown = line.filter(
    ({ person: one }) => all || one.id === person.id || (one.agencyId === viewer.agencyId && decidesFor(viewer)),
  );
  return [...groupBy(shown, ({ person: one }) => one.agency.name)].map(([agency, own]) => ({
    type: "text",
    text: [
      { bold: `${agency}: ` },
      own
        .map((one) =>
          one.state === "waiting"
            ? t.training.inLine({ name: one.person.name, turn: turnOf(line, one.place) })
            : one.person.name,
        )
        .join(", "),
    ],
  }));
}

/** Who was there, what they said of it, what was put into practice. */
async function afterwards(
  work: UnitOfWork,
  item: Training,
  { occurrence }: Held,
  reader: Reader,
  page: number,
): Promise<Block[]> {
  const { t, viewer, person } = reader;
  const there = await attendanceOf(work, occurrence.id);
  const blocks: Block[] = [
    {
      type: "text",
      text: t.training.attended({ agencies: there.map(({ name, people }) => `${name} ${people}`) }),
    },
  ];
  if (!person) return blocks;
  const results = await resultsOf(work, item);
  const followed = await followedBy(work, item);
  blocks.push({ type: "text", text: resultLine(results, reader) });
  if (followed.length) {
    const count = (answer: FollowAnswer) => followed.filter((one) => one.answer === answer).length;
    const counts = { yes: count("yes"), partly: count("partly"), no: count("no") };
    blocks.push({ type: "text", text: t.training.followed(counts) });
  }
  const runs = mayTraining(viewer, "change", item.subject) === undefined;
  if (!runs || reader.wordless || !within(item.label, reader.ceiling)) return blocks;
  const written = [
    ...results.words.map((text) => ({ text })),
    ...followed.flatMap(({ agency, words }) => (words ? [{ text: words, by: agency }] : [])),
  ];
  for (const words of written.slice((page - 1) * WORDS, page * WORDS)) blocks.push({ type: "quote", ...words });
  if (written.length > page * WORDS)
    blocks.push({
      type: "actions",
      actions: [button(work, "training-show", t.tasks.buttons.more, `${item.ref} page:${page + 1}`)],
    });
  return blocks;
}

/** So many of what was written on one card. */
const WORDS = 10;

export function resultLine({ answered, averages }: Results, { t }: Pick<Reader, "t">): string {
  if (!averages) return answered ? t.training.fewAnswers : t.training.noAnswers;
  const figures = QUESTIONS.map((question) =>
    t.training.average({ question: t.training.questions[question], mean: averages[question].toFixed(1) }),
  );
  return t.training.averages({ count: averages.count, figures });
}

async function sessionSteps(
  work: UnitOfWork,
  item: Training,
  held: Held,
  line: readonly Enrolment[],
  { t, viewer, person }: Reader,
  knows: boolean,
): Promise<Action[]> {
  const b = t.training.buttons;
  if (!person) return [button(work, "training-show", b.open, item.ref)];
  const actions: Action[] = [];
  const toCome = held.meeting.state === "scheduled" && held.occurrence.state === "scheduled";
  if (item.state === "open" && toCome) {
    const own = line.some(({ person: one }) => one.id === person.id);
    actions.push(
      own
        ? button(work, "training-leave", b.leave, item.ref)
        : button(work, "training-enrol", b.enrol, item.ref, { style: "primary" }),
    );
    if (mayTraining(viewer, "change", item.subject) === undefined)
      actions.push(button(work, "training-withdraw", b.callOff, item.ref, { confirm: sure(b.callOff, t) }));
  }
  if (item.state === "met") actions.push(...(await asksOf(work, item, held, { t, viewer, person })));
  if (knows) actions.push(button(work, "meet-show", b.meeting, held.occurrence.ref));
  return actions;
}

/** What this reader has not answered yet. */
export async function asksOf(
  work: UnitOfWork,
  item: Training,
  { occurrence }: Held,
  { t, viewer, person }: Pick<Reader, "t" | "viewer"> & { person: NonNullable<Reader["person"]> },
): Promise<Button[]> {
  const evaluate = await owesEvaluation(work, item, occurrence.id, person.id);
  const follow = await owesFollowUp(work, item, occurrence.id, viewer);
  return askSteps(work, item, { evaluate, follow }, t);
}

export const askSteps = (
  work: UnitOfWork,
  { ref }: Pick<Training, "ref">,
  owes: { evaluate: boolean; follow: boolean },
  { training: t }: Reader["t"],
): Button[] => [
  ...(owes.evaluate
    ? [button(work, "training-evaluate", t.buttons.evaluate, ref, { opens: true, style: "primary" })]
    : []),
  ...(owes.follow
    ? FOLLOW_ANSWERS.map((answer) => button(work, "training-follow", t.follow[answer], `${ref} ${answer}`))
    : []),
];

export async function owesEvaluation(
  work: UnitOfWork,
  item: Training,
  occurrenceId: string,
  personId: string,
): Promise<boolean> {
  if (!(await presentPersons(work, occurrenceId)).includes(personId)) return false;
  const said = await work.tx
    .selectFrom("training_evaluations")
    .select("person_id")
    .where("training_id", "=", item.id)
    .where("person_id", "=", personId)
    .executeTakeFirst();
  return said === undefined;
}

/** From the day on which it is asked. */
export async function owesFollowUp(
  work: UnitOfWork,
  item: Training,
  occurrenceId: string,
  viewer: Reader["viewer"],
): Promise<boolean> {
  const asked = item.heldAt && addDays(item.heldAt, item.followDays) <= work.now;
  if (!asked || !decidesFor(viewer)) return false;
  const there = (await attendanceOf(work, occurrenceId)).some(({ agencyId }) => agencyId === viewer.agencyId);
  return there && !(await followedBy(work, item)).some(({ agencyId }) => agencyId === viewer.agencyId);
}

/** One line of a list, and of a search. */
export async function lineOf(work: UnitOfWork, item: Training, reader: Reader): Promise<ListItem> {
  const { t, lang } = reader;
  const held = item.meetingId ? await heldOf(work, item.meetingId) : undefined;
  const show = (at: Date) => showAt(work, reader, at);
  const when = held ? whenOf(work, held, reader) : item.until && t.training.until({ when: show(item.until) });
  const detail = [
    placeOf(item, reader),
    item.what === "training" ? undefined : t.training.what[item.what],
    when,
    item.langs.map((code) => languageName(code, lang)).join(", "),
  ];
  return {
    title: [{ bold: `${titled(item, reader)} ` }, showsWords(item, reader) ? short(item.words) : ""],
    detail: detail.filter(Boolean).join(" · "),
    action: button(work, "training-show", t.training.buttons.open, item.ref),
  };
}

const short = (words: string): string => (words.length > 120 ? `${words.slice(0, 119)}…` : words);
