import type { Option } from "../chat/index.js";
import { clean, keyed, text, whenContext } from "../command/args.js";
import type { Arg, Context, Raws } from "../command/define.js";
import { type MomentBody, momentField, pickedAt, wholePick } from "../command/picker.js";
import { knownBy, parseReference } from "../command/references.js";
import { type Answer, Unclear } from "../command/which.js";
import type { Messages } from "../i18n/index.js";
import { refuse } from "../lib/refusal.js";
import { mayMeeting } from "../policy/index.js";
import type { Vote } from "../store/meeting-tables.js";
import { showAt } from "../time/display.js";
import { formatWhen } from "../time/index.js";
import { invitedTo, type Meeting, type Occurrence, rsvpTo, seatOf } from "./model.js";
import { slotsOf, votesOf } from "./poll-results.js";
import { presentIds, readsRecord, recordOf } from "./record.js";
import { toInstant } from "./recurrence.js";
import { describeRule } from "./rule-words.js";
import {
  type Doubt,
  doubtIn,
  doubtInPlace,
  parseMinutes,
  parseSchedule,
  type Reading,
  readingsNear,
  type Schedule,
} from "./schedule/index.js";
import { currentOccurrence, MEETINGS, occurrenceByN } from "./store.js";
import { takenBy } from "./taken.js";
import { slotWhen } from "./views.js";

/** The kinds of argument that meetings have beside the common ones. */

type Words = (t: Messages) => string;

/** `every first Tue 10:00`, `Tue 10:00`, in the zone of who writes. */
export function schedule(o: { optional?: boolean; shape?: Arg<Schedule>["shape"] } = {}): Arg<Schedule> {
  return {
    shape: o.shape ?? "key",
    key: "when",
    optional: o.optional ?? false,
    shown: (t) => t.args.scheduleShown,
    async parse(c, raw, raws = {}) {
      wholePick(c, raw, { words: true });
      const read = readSchedule(c, raw, c.person.zone);
      // A form shows each by itself; what was answered is not asked again.
      if (c.via !== "form" && raws.sure === undefined) nothingLost(c, raw, read, raws);
      return read;
    },
    field: async (c, raw) => scheduleField(c, raw),
  };
}

/** One day and its time are picked; words say a rhythm. */
export function scheduleField(c: Context, raw: string | undefined): MomentBody {
  const found = raw === undefined ? undefined : parseSchedule(clean(raw), { ...whenContext(c), zone: c.person.zone });
  const { rule, minutes, start, zone } = found?.ok ? found.schedule : {};
  const once = start !== undefined && zone !== undefined && rule === undefined && minutes === undefined;
  const { none: _, ...body } = momentField(c, { label: c.t.args.schedule });
  return {
    ...body,
    value: once ? pickedAt(toInstant(start, zone), c.person.zone) : undefined,
    words: {
      ...{ label: c.t.args.scheduleWords, hint: c.t.args.scheduleHint, maxLength: 120 },
      value: once ? undefined : raw,
    },
  };
}

/** Kept beside what was asked about: this is how it is meant. */
export const sure = (): Arg<string | undefined> => ({
  ...{ shape: "form", optional: true, given: true, silent: true },
  shown: () => "",
  parse: async (_c, raw) => (raw === "yes" ? raw : undefined),
  field: async (c) => ({ type: "text", label: c.t.args.schedule }),
});

/** @throws Refusal that says what was wrong with it, with the nearest that can be said */
export function readSchedule(c: Context, raw: string, zone: string): Schedule {
  const said = clean(raw);
  const context = { ...whenContext(c), zone };
  const found = parseSchedule(said, context);
  if (found.ok) return found.schedule;
  const readings = WORTH_OFFERING.has(found.reason) ? readingsNear(said, context) : [];
  throw new Unclear(
    (t) =>
      t.errors.schedule({
        ...{ reason: found.reason, said: found.said.slice(0, 60), detail: found.detail },
        phrases: readings.map(({ when }) => when),
      }),
    readings.map((reading) => offer(c, reading)),
  );
}

/** Understood but for a part of it. Of a date that cannot be, or has passed, nothing is near. */
const WORTH_OFFERING: ReadonlySet<string> = new Set(["unsayable", "ambiguous", "not_a_date", "never"]);

function offer(c: Context, { when, schedule }: Reading, more: Answer = {}) {
  return { label: () => shownAs(c, schedule), answer: { when, sure: "yes", ...more } };
}

/** `every Tuesday, from Tue 1 Dec 10:00`, in the zone of the one who calls. */
function shownAs(c: Context, { start, zone, rule, except }: Schedule): string {
  const { person, work, t } = c;
  const first = formatWhen(toInstant(start, zone), person.zone, person.lang, { now: work.now, showZone: zone });
  return rule ? t.meetings.fromFirst({ repeats: describeRule(rule, start, person.lang, zone, except), first }) : first;
}

/** @throws Unclear where words of rhythm would stay in the title or the place and count for nothing */
function nothingLost(c: Context, when: string, read: Schedule, { title, place }: Raws): void {
  const context = { ...whenContext(c), zone: c.person.zone };
  const said = clean(when);
  const inTitle = title === undefined ? undefined : doubtIn(clean(title), said, context);
  const inPlace = place === undefined || inTitle ? undefined : doubtInPlace(clean(place), said, context);
  const doubt = inTitle ?? inPlace;
  if (doubt) throw unclear(c, doubt, { read, key: inTitle ? "title" : "place" });
}

function unclear(
  c: Context,
  { said, before, readings, asTyped }: Doubt,
  o: { read: Schedule; key: "title" | "place" },
): Unclear {
  const cut: Answer = before === undefined ? {} : { [o.key]: before };
  const asItIs = { label: (t: Messages) => t.meetings.asTyped({ when: shownAs(c, o.read) }), answer: { sure: "yes" } };
  return new Unclear(
    (t) => t.errors.rhythmLeft({ said: said.slice(0, 60), place: o.key === "place", readings: readings.length }),
    [...readings.map((reading) => offer(c, reading, cut)), ...(asTyped ? [asItIs] : [])],
  );
}

/** `60m`, in minutes. */
export function length(o: { optional?: boolean; label: Words }): Arg<number> {
  return {
    shape: "key",
    key: "for",
    optional: o.optional ?? false,
    shown: (t) => t.args.lengthShown,
    async parse(_c, raw) {
      const said = clean(raw);
      return parseMinutes(said) ?? refuse((t) => t.errors.length({ said: said.slice(0, 40) }));
    },
    async field(c, raw) {
      return { type: "text", label: o.label(c.t), value: raw, placeholder: "60m", maxLength: 20 };
    },
  };
}

/** Slots by number, `1,3`; a form shows the dates of the poll that it is about. */
export function slotNumbers(o: { key: "yes" | "maybe"; label: Words }): Arg<number[] | undefined> {
  return {
    shape: "key",
    key: o.key,
    optional: true,
    list: true,
    shown: () => "1,3",
    async parse(_c, raw) {
      const numbers = raw.split(/[\s,;]+/).filter(Boolean);
      if (!numbers.every((one) => /^\d{1,2}$/.test(one)))
        return refuse((t) => t.errors.slotNumbers({ said: clean(raw).slice(0, 40) }));
      return [...new Set(numbers.map(Number))];
    },
    async field(c, raw, raws) {
      return {
        type: "choices",
        label: o.label(c.t),
        options: await slotOptions(c, raws.ref),
        value: raw?.split(/[\s,;]+/) ?? (await saidBefore(c, raws.ref, o.key)),
      };
    },
  };
}

/** What one's own vote says so far. */
async function saidBefore(c: Context, reference: string | undefined, answer: Vote): Promise<string[] | undefined> {
  const meeting = await knownBy(c, MEETINGS, reference);
  if (!meeting || mayMeeting(c.viewer, "answer", meeting.subject)) return undefined;
  const own = c.onBehalf
    ? meeting.invitees.find(({ agency, left }) => !left && agency.id === c.person.agencyId)
    : seatOf(meeting, c.person);
  const said = (await votesOf(c.work, meeting)).filter((one) => one.inviteeId === own?.id && one.answer === answer);
  return said.length ? said.map(({ n }) => String(n)) : undefined;
}

async function slotOptions(c: Context, reference: string | undefined): Promise<Option[]> {
  const meeting = await knownBy(c, MEETINGS, reference);
  // A form about what one may not answer has no dates to show.
  if (!meeting || mayMeeting(c.viewer, "answer", meeting.subject)) return [];
  const reader = { zone: c.person.zone, lang: c.person.lang };
  return (await slotsOf(c.work, meeting)).map((slot) => ({
    value: String(slot.n),
    label: slotWhen(c.work, meeting, slot, reader),
  }));
}

/** Who is present, ticked already where they said yes; the form lists those asked to this occurrence. */
export function attendees(o: { label: Words }): Arg<string[]> {
  return {
    shape: "rest",
    optional: false,
    shown: o.label,
    parse: async (_c, raw) => raw.split(/\s+/).filter((one) => /^[0-9a-f-]{36}$/.test(one)),
    async field(c, raw, raws) {
      const { options, ticked } = await seats(c, raws.ref);
      return { type: "choices", label: o.label(c.t), options, value: raw?.split(/\s+/) ?? ticked };
    },
  };
}

async function seats(c: Context, reference: string | undefined): Promise<{ options: Option[]; ticked: string[] }> {
  const meeting = await knownBy(c, MEETINGS, reference);
  if (!meeting || mayMeeting(c.viewer, "run", meeting.subject)) return { options: [], ticked: [] };
  const occurrence = await occurrenceSaid(c, meeting, reference);
  if (!occurrence) return { options: [], ticked: [] };
  const present = await presentIds(c.work, occurrence);
  const asked = invitedTo(meeting, occurrence.n).sort((a, b) => a.agency.name.localeCompare(b.agency.name));
  return {
    options: asked.map(({ id, agency, person }) => ({
      value: id,
      label: person ? `${agency.name}: ${person.name}` : agency.name,
    })),
    ticked: asked
      .filter((one) => present.has(one.id) || rsvpTo(one, occurrence.n)?.answer === "yes")
      .map(({ id }) => id),
  };
}

/** A short list of words, kept as typed; for `slots:"Tue 10:00; Wed 14:00"`. */
export function slotWords(o: { label: Words; hint: Words }): Arg<string | undefined> {
  const arg = keyed("slots", text({ label: o.label, hint: o.hint, max: 600, multiline: true }));
  return {
    ...arg,
    async parse(c, raw, raws = {}) {
      // In a form they are told afterwards; what was answered is not asked again.
      if (c.via !== "form" && raws.sure === undefined) await nothingTaken(c, slotsIn(raw), raws.minutes);
      return arg.parse(c, raw, raws);
    },
  };
}

/** The parts of `Tue 10:00; Wed 14:00`. */
export const slotsIn = (words: string): string[] =>
  words
    .split(/[;\n]/)
    .map((part) => part.trim())
    .filter(Boolean);

/** @throws Unclear where another meeting has the hour of a slot: whether it is offered all the same */
async function nothingTaken(c: Context, slots: readonly string[], length: string | undefined): Promise<void> {
  const { zone } = c.work.body;
  const read = slots.flatMap((said) => {
    const found = parseSchedule(clean(said), { ...whenContext(c), zone });
    return found.ok ? [{ said, at: toInstant(found.schedule.start, zone) }] : [];
  });
  // What could not be read is said with the others.
  if (read.length !== slots.length) return;
  const minutes = (length && parseMinutes(clean(length))) || 60;
  const starts = read.map(({ at }) => at);
  const taken = await takenBy(c.work, starts, minutes, { viewer: c.viewer });
  const free = read.filter((_, index) => !taken[index]).map(({ said }) => said);
  if (free.length === read.length) return;
  const shown = read.flatMap(({ at }, index) => {
    const other = taken[index];
    return other ? [c.t.meetings.poll.slot({ when: showAt(c.work, c.person, at), ref: other.ref })] : [];
  });
  throw new Unclear(
    (t) => t.errors.slotsTaken({ slots: shown }),
    [
      ...(free.length < 2
        ? []
        : [{ label: (t: Messages) => t.meetings.poll.free, answer: { slots: free.join("; "), sure: "yes" } }]),
      { label: (t: Messages) => t.meetings.poll.allTheSame, answer: { sure: "yes" } },
    ],
  );
}

/** The words of a line of the record: a form shows them as they are, to be changed. */
export function lineWords(arg: Arg<string>): Arg<string> {
  return {
    ...arg,
    async field(c, raw, raws) {
      return arg.field(c, raw ?? (await lineNow(c, raws)), raws);
    },
  };
}

async function lineNow(c: Context, { ref, line }: Record<string, string | undefined>): Promise<string | undefined> {
  const meeting = await knownBy(c, MEETINGS, ref);
  if (!meeting || mayMeeting(c.viewer, "run", meeting.subject)) return undefined;
  const occurrence = await occurrenceSaid(c, meeting, ref);
  const held = occurrence && { meeting, occurrence };
  if (!held || !(await readsRecord(c.work, c.viewer, held))) return undefined;
  return (await recordOf(c.work, held.occurrence)).find(({ n }) => String(n) === line)?.words;
}

async function occurrenceSaid(c: Context, meeting: Meeting, reference = ""): Promise<Occurrence | undefined> {
  const part = parseReference(reference)?.part;
  return part === undefined ? currentOccurrence(c.work, meeting) : occurrenceByN(c.work, meeting, part);
}
