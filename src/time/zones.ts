import { tzOffset } from "@date-fns/tz";
import { distance } from "fastest-levenshtein";
import { WINDOWS_ZONES } from "./windows-zones.js";

const known = new Map<string, boolean>();

/** Whether Intl, and so date-fns' tz, knows the name: `Europe/Athens`, `UTC`. Offsets (`+02:00`) are no zones. */
export function isZone(name: string): boolean {
  const before = known.get(name);
  if (before !== undefined) return before;
  const found = /^[A-Za-z][\w+/-]{1,63}$/.test(name) && intlKnows(name);
  // Names come from people and platforms: the memory must not grow with what they invent.
  if (found) known.set(name, true);
  return found;
}

function intlKnows(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const DAY_MS = 86_400_000;
/** Of each zone and day in UTC: the offset throughout, or none where it changes on that day. */
const daily = new Map<string, Map<number, number | undefined>>();
const MOST_DAYS = 2_000;

/**
 * Minutes that a zone's clock is ahead of UTC at an instant: what @date-fns/tz asks Intl for, which takes as long as reading
 * the rest of a line; a day that begins and ends with the same offset is asked about once. No zone changes its clock
 * twice within a day.
 */
export function offsetAt(zone: string, at: Date): number {
  const day = Math.floor(at.getTime() / DAY_MS);
  const days = daily.get(zone) ?? new Map<number, number | undefined>();
  if (!days.has(day)) {
    const [first, last] = [day * DAY_MS, (day + 1) * DAY_MS].map((ms) => tzOffset(zone, new Date(ms)));
    // Of what is no zone nothing is kept: names come from people.
    if (Number.isNaN(first)) return Number.NaN;
    // Zones are a few hundred; days are what people type.
    if (days.size >= MOST_DAYS) days.clear();
    days.set(day, first === last ? first : undefined);
    daily.set(zone, days);
  }
  return days.get(day) ?? tzOffset(zone, at);
}

/** `GTB Standard Time` to `Europe/Bucharest`, as CLDR maps it for the world. Teams and Outlook send these. */
export function windowsToIana(name: string): string | undefined {
  return Object.hasOwn(WINDOWS_ZONES, name) ? WINDOWS_ZONES[name] : undefined;
}

const SUGGESTIONS = 3;

/** Up to three zones that a mistyped name may stand for: the whole name or its city alone (`athen`, `Europ/Athens`). */
export function nearestZones(text: string): string[] {
  const wanted = text.slice(0, 64).normalize("NFKC").trim().toLowerCase().replace(/\s+/g, "_");
  if (wanted === "") return [];
  // A third of the letters wrong is another name.
  const most = Math.max(1, Math.floor(wanted.length / 3));
  return ["UTC", ...Intl.supportedValuesOf("timeZone")]
    .map((zone) => ({ zone, far: farness(wanted, zone.toLowerCase()) }))
    .filter(({ far }) => far <= most)
    .sort((a, b) => a.far - b.far || a.zone.localeCompare(b.zone, "en"))
    .slice(0, SUGGESTIONS)
    .map(({ zone }) => zone);
}

function farness(wanted: string, zone: string): number {
  const city = zone.slice(zone.lastIndexOf("/") + 1);
  return wanted.includes("/") ? distance(wanted, zone) : Math.min(distance(wanted, zone), distance(wanted, city));
}
