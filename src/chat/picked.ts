/**
 * What a moment field sends: `2026-12-04`, `2026-12-04T17:00`, `T17:00` where a time was picked alone, words where they
 * were typed instead, both on two lines, and nothing ("") where "no date" was ticked.
 */
export type Picked = { day?: string; time?: string; none?: boolean; words?: string };

const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** Some clients send seconds too. */
const TIME = /^([01]\d|2[0-3]):([0-5]\d)(?::[0-5]\d(?:\.\d+)?)?$/;
const PICKED = /^(\d{4}-\d{2}-\d{2})?(?:T(\d{2}:\d{2}))?(?:\n([\s\S]*))?$/;

/** @returns undefined where nothing was picked or typed */
export function pickedValue({ day = "", time = "", none, words = "" }: Picked): string | undefined {
  if (none) return "";
  const [, hour, minute] = TIME.exec(time) ?? [];
  const at = `${DAY.test(day) ? day : ""}${hour === undefined ? "" : `T${hour}:${minute}`}`;
  const said = words.trim();
  return [at, said].filter(Boolean).join("\n") || undefined;
}

/** The parts again, to draw a form anew with what was picked. */
export function pickedParts(value: string | undefined): Picked {
  if (value === undefined) return {};
  if (value === "") return { none: true };
  const found = PICKED.exec(value);
  if (!found) return { words: value };
  const [, day, time, words] = found;
  return { ...(day ? { day } : {}), ...(time ? { time } : {}), ...(words ? { words } : {}) };
}
