import { clean, keyed, text, whenContext } from "../args.js";
import type { Option } from "../chat/index.js";
import type { Arg, Context } from "../command.js";
import type { Messages } from "../i18n/index.js";
import { mayMeeting } from "../policy/index.js";
import { parseReference } from "../references.js";
import { refuse } from "../refusal.js";
import { invitedTo, rsvpTo } from "./model.js";
import { presentIds, readsRecord, recordOf } from "./record.js";
import { parseMinutes, parseSchedule, type Schedule } from "./schedule-words.js";
import { currentOccurrence, meetingByNumber, occurrenceByN } from "./store.js";
import { slotsOf } from "./tally.js";
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
    parse: async (c, raw) => readSchedule(c, raw, c.person.zone),
    async field(c, raw) {
      return { type: "text", label: c.t.args.schedule, hint: c.t.args.scheduleHint, value: raw, maxLength: 120 };
    },
  };
}

/** @throws Refusal that says what was wrong with it */
export function readSchedule(c: Context, raw: string, zone: string): Schedule {
  const found = parseSchedule(clean(raw), { ...whenContext(c), zone });
  if (found.ok) return found.schedule;
  return refuse((t) =>
    t.errors.schedule({ reason: found.reason, said: found.said.slice(0, 60), detail: found.detail }),
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
export function slotNumbers(o: { key: string; label: Words }): Arg<number[] | undefined> {
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
        value: raw?.split(/[\s,;]+/),
      };
    },
  };
}

async function slotOptions(c: Context, reference: string | undefined): Promise<Option[]> {
  const found = reference ? parseReference(reference) : undefined;
  const meeting = found?.kind === "meeting" ? await meetingByNumber(c.work, c.viewer, found.number) : undefined;
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
  const found = reference ? parseReference(reference) : undefined;
  const meeting = found?.kind === "meeting" ? await meetingByNumber(c.work, c.viewer, found.number) : undefined;
  if (!found || !meeting || mayMeeting(c.viewer, "run", meeting.subject)) return { options: [], ticked: [] };
  const occurrence =
    found.part === undefined
      ? await currentOccurrence(c.work, meeting)
      : await occurrenceByN(c.work, meeting, found.part);
  if (!occurrence) return { options: [], ticked: [] };
  const present = await presentIds(c.work, occurrence);
  const asked = invitedTo(meeting, occurrence.n)
    .sort((a, b) => a.agency.name.localeCompare(b.agency.name))
    // Slack's checkboxes hold ten, its multi-select a hundred.
    .slice(0, 100);
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
export const slotWords = (o: { label: Words; hint: Words }): Arg<string | undefined> =>
  keyed("slots", text({ label: o.label, hint: o.hint, max: 600, multiline: true }));

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
  const found = ref ? parseReference(ref) : undefined;
  const meeting = found?.kind === "meeting" ? await meetingByNumber(c.work, c.viewer, found.number) : undefined;
  if (!found || !meeting || mayMeeting(c.viewer, "run", meeting.subject)) return undefined;
  const occurrence =
    found.part === undefined
      ? await currentOccurrence(c.work, meeting)
      : await occurrenceByN(c.work, meeting, found.part);
  const held = occurrence && { meeting, occurrence };
  if (!held || !(await readsRecord(c.work, c.viewer, held))) return undefined;
  return (await recordOf(c.work, held.occurrence)).find(({ n }) => String(n) === line)?.words;
}
