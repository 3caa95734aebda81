import { pickedParts } from "../chat/index.js";
import type { Messages } from "../i18n/index.js";
import { Refusal } from "../lib/refusal.js";
import { showAt, showDay } from "../time/display.js";
import { dayOf, localTimeOf, type When, type WhenFailure } from "../time/index.js";
import { resolve, splitDay } from "../time/local.js";
import type { Context, FieldBody } from "./define.js";

/** How a form asks for a moment: picked, in the zone of who fills it in, with what was typed there already. */

type Asked = {
  label: string;
  hint?: string;
  /** What was typed or picked before. */
  raw?: string;
  /** What that means. */
  found?: When | WhenFailure;
  /** Where no time is picked, `HH:MM`. */
  endOfDay?: string;
};

export type MomentBody = Extract<FieldBody, { type: "moment" }>;

const two = (n: number): string => String(n).padStart(2, "0");

/** `YYYY-MM-DDTHH:MM` on the wall clock of a zone, as a form takes it. */
export function pickedAt(at: Date, zone: string): string {
  const { hour, minute } = localTimeOf(at, zone);
  return `${dayOf(at, zone)}T${two(hour)}:${two(minute)}`;
}

/** What was picked already, whatever it is, or what the words mean; words that nothing is picked for are quoted. */
export function momentField(c: Context, { label, hint, raw, found, endOfDay }: Asked): MomentBody {
  const { t, person } = c;
  const doubted = raw !== undefined && found?.ok === false;
  return {
    type: "moment",
    label,
    hint: doubted ? typedHint(c, raw, found) : hint,
    value: found?.ok ? pickedAt(found.at, person.zone) : undefined,
    time: {
      label: t.args.pick.time,
      hint: endOfDay && t.args.pick.timeHint({ time: endOfDay }),
      zone: person.zone,
    },
    none: t.args.pick.none,
  };
}

/** A day alone. @param day where `raw` means one */
export function dayField(c: Context, { label, hint, raw }: Asked, day: string | undefined): MomentBody {
  const doubted = raw !== undefined && day === undefined;
  return {
    type: "moment",
    label,
    hint: doubted ? c.t.args.pick.typed({ said: raw.slice(0, 60), readings: [] }) : hint,
    value: day,
  };
}

const shown = ({ work, person }: Pick<Context, "work" | "person">, at: Date): string =>
  showAt(work, person, at, { meant: person.zone });

const typedHint = ({ t, person, work }: Context, raw: string, { readings = [] }: WhenFailure): string =>
  t.args.pick.typed({
    said: raw.slice(0, 60),
    readings: readings.slice(0, 3).map(({ at }) => shown({ work, person }, at)),
  });

/**
 * What is wrong with what was picked, in words that say what to pick.
 * @param raw as a form sends it
 * @throws Refusal where it is a time without its day, or both a day and words
 */
export function wholePick(c: Context, raw: string, { words }: { words?: true } = {}): void {
  if (c.via !== "form") return;
  const { day, time, words: said } = pickedParts(raw);
  if (words && said !== undefined && (day ?? time) !== undefined) wrong((t) => t.errors.pick.both);
  if (time !== undefined && day === undefined) wrong((t) => t.errors.pick.day({ time }));
}

/** @throws Refusal where what was picked has passed */
export function passedPick(c: Context, raw: string): void {
  const { day, time } = pickedParts(raw);
  if (c.via !== "form" || day === undefined) return;
  const { person, work } = c;
  const now = shown(c, work.now);
  const picked = time === undefined ? showDay(work, person, day) : shown(c, instant(day, time, person.zone));
  wrong((t) => t.errors.pick.past({ picked, now }));
}

function instant(day: string, time: string, zone: string): Date {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return resolve({ ...splitDay(day), hour, minute }, zone).at;
}

function wrong(say: (t: Messages) => string): never {
  throw new Refusal(say);
}
