import { isCountry, plain, printed, sizeOf } from "./characters.js";
import { type Context, found, type Normal, refused } from "./normal.js";

/**
 * Distinguishing signs (Vienna Convention on Road Traffic, annex 3; the UN Secretary-General keeps the list) that are
 * no alpha-2 code: of one letter or three, or two that ISO gave to nobody. Where a sign is another country's alpha-2
 * code (ET is Egypt on the road and Ethiopia in ISO), ISO holds.
 */
const SIGNS: Readonly<Record<string, string>> = {
  ...{ A: "AT", B: "BE", D: "DE", E: "ES", F: "FR", H: "HU", I: "IT", J: "JP", K: "KH", L: "LU", M: "MT", N: "NO" },
  ...{ P: "PT", Q: "QA", S: "SE", T: "TH", V: "VA", AFG: "AF", AND: "AD", BIH: "BA", BRN: "BH", CDN: "CA", EST: "EE" },
  ...{ ETH: "ET", FIN: "FI", FL: "LI", IND: "IN", IRL: "IE", IRQ: "IQ", HKJ: "JO", KSA: "SA", KWT: "KW", LAR: "LY" },
  ...{ MNE: "ME", NMK: "MK", RIM: "MR", RKS: "XK", RL: "LB", RMM: "ML", RN: "NE", RSM: "SM", RUS: "RU", SLO: "SI" },
  ...{ SRB: "RS", SUD: "SD", SYR: "SY", UAE: "AE", UK: "GB", USA: "US", WAG: "GM", WAL: "SL", WAN: "NG", YAR: "YE" },
};

/** ISO 3779: seventeen characters, of which none is I, O or Q. */
const VIN = /^[A-HJ-NPR-Z0-9]{17}$/;
const SHORTEST = 3;
const LONGEST = 12;

export function vehicle(raw: string, context: Context): Normal {
  const typed = plain(raw);
  if (typed === "") return refused("empty");
  const frame = /^(?:vin|chassis|frame)(?:\s*(?:no|nr|number))?[\s:.#]+(.+)$/i.exec(typed)?.[1];
  const vin = printed(frame ?? typed);
  if (VIN.test(vin)) return checks(vin) ? found(`vin:${vin}`) : { ...found(`vin:${vin}`), hint: "vin_check_digit" };
  if (frame !== undefined) return refused("not_a_plate", "vin");
  const { sign, plate } = signed(typed);
  const country = sign === undefined ? context.country?.toUpperCase() : countryOf(sign);
  if (sign !== undefined && !country) return refused("not_a_plate", "country");
  const code = printed(plate);
  if (sizeOf(code) < SHORTEST) return refused("too_short");
  if (sizeOf(code) > LONGEST || !/\d/.test(code)) return refused("not_a_plate");
  return country && isCountry(country) ? found(`plate-in:${country}:${code}`, `plate:${code}`) : found(`plate:${code}`);
}

/** `GR: ABC-1234` or `ABC-1234 (GR)`. With a space alone GR would be Görlitz. */
function signed(typed: string): { sign?: string; plate: string } {
  const [, sign, plate] = /^([a-z]{1,3})\s*:\s*(.+)$/i.exec(typed) ?? [];
  if (sign && plate) return { sign, plate };
  const [, before, behind] = /^(.+?)\s*\(([a-z]{1,3})\)$/i.exec(typed) ?? [];
  return before && behind ? { sign: behind, plate: before } : { plate: typed };
}

function countryOf(sign: string): string | undefined {
  const code = sign.toUpperCase();
  if (Object.hasOwn(SIGNS, code)) return SIGNS[code];
  return isCountry(code) ? code : undefined;
}

const WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
/** A to Z, without I, O and Q. */
const VALUES: Readonly<Record<string, number>> = Object.fromEntries(
  [..."ABCDEFGHJKLMNPRSTUVWXYZ"].map((letter, i) => [letter, Number("12345678123457923456789"[i])]),
);

/** 49 CFR 565.15: the ninth place is a check digit in North America and China, and anything elsewhere. */
function checks(vin: string): boolean {
  const sum = [...vin].reduce((total, c, i) => total + (VALUES[c] ?? Number(c)) * (WEIGHTS[i] ?? 0), 0);
  return "0123456789X"[sum % 11] === vin[8];
}
