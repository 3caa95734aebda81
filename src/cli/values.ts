import { StartError } from "../store/lock.js";
import { holidaysOf, isZone, nearestZones } from "../time/index.js";

/** What an operator writes behind an option. @throws StartError with what can be written instead */

export function zone(value: string): string {
  if (isZone(value)) return value;
  const near = nearestZones(value);
  throw new StartError(
    `"${value}" is not a time zone. ${near.length ? `Did you mean ${near.join(" or ")}?` : "Write e.g. Europe/Athens."}`,
  );
}

export const agencyCountry = (value: string): string => (value.toLowerCase() === "none" ? "none" : country(value));

/** Only what public holidays are known of: a country that is not would fail later, at each reminder. */
export function country(value: string): string {
  try {
    holidaysOf(value.toUpperCase(), undefined, [new Date().getUTCFullYear()]);
    return value.toUpperCase();
  } catch {
    throw new StartError(
      `"${value}" is not a country whose public holidays are known. Write its two letters, e.g. GR, or leave it out.`,
    );
  }
}
