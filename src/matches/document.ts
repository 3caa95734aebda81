import { parse, states } from "mrz";
import { plain, printed, sizeOf } from "./characters.js";
import { found, type Normal, refused } from "./normal.js";

/** TD1, TD2 and TD3 (ICAO Doc 9303 parts 4 to 6; visas, part 7, have the sizes of the last two): characters a line. */
const LINES: Readonly<Record<number, number>> = { 90: 30, 72: 36, 88: 44 };

/** Part 3 gives nine places and lets TD1 overflow; what national papers print goes beyond. */
const SHORTEST = 5;
const LONGEST = 20;

/**
 * The number as it stands in a machine readable zone, alone and with its issuing state, so that entries with and
 * without the state meet. O and 0 are not guessed; where a check digit was pasted, it is verified.
 */
export function document(raw: string): Normal {
  const typed = plain(raw).toUpperCase();
  if (typed === "") return refused("empty");
  // A filler that something follows: lines of a zone, and no number alone.
  if (/<[^:]*[A-Z0-9]/.test(typed)) return zone(typed.replace(/ /g, ""));
  const [state, number, separator] = issuer(typed.replace(/<+$/, ""));
  const code = printed(number);
  if (sizeOf(code) < SHORTEST) return refused("too_short");
  // Words ("passport of Mr …") are no number; six letters in a row are on no document that we know of.
  if (sizeOf(code) > LONGEST || !/\d/.test(code) || /\p{L}{6}/u.test(code)) return refused("not_a_document");
  if (!state) return found(`document:${code}`);
  // A space proves nothing: ALB 123456 may be Albania's 123456 or a Polish card of the series ALB.
  return found(`document-of:${state}:${code}`, `document:${code}`, ...(separator === ":" ? [] : [whole(typed)]));
}

const whole = (typed: string): string => `document:${printed(typed)}`;

/** `GRC AB1234567`, `GRC:AB…`, `GRC/AB…`, `AB… (GRC)`: the three letters of Doc 9303 part 3, section 5. */
function issuer(typed: string): [state: string | undefined, number: string, separator: string] {
  const behind = /^(.+?)\s*\(([A-Z]{1,3})\)$/.exec(typed);
  if (behind?.[1] && behind[2] && isState(behind[2])) return [stateOf(behind[2]), behind[1], ":"];
  // Before a colon stands a state and nothing else, Utopia too: specimens are entered in exercises.
  const colon = /^([A-Z]{3}|D)<{0,2}\s*:\s*(.+)$/.exec(typed);
  if (colon?.[1] && colon[2]) return [stateOf(colon[1]), colon[2], ":"];
  const before = /^([A-Z]{3})([\s/-]+)(.+)$/.exec(typed);
  const [, state = "", separator = "", number = ""] = before ?? [];
  const numbered = sizeOf(printed(number)) >= SHORTEST && /\d/.test(number);
  return isState(state) && numbered ? [stateOf(state), number, separator] : [undefined, typed, ""];
}

const isState = (code: string): boolean => Object.hasOwn(states, code);

/** Germany's code is D in travel documents, and DEU to everybody who writes it by hand. */
const stateOf = (code: string): string => (code === "DEU" ? "D" : code);

/** A whole machine readable zone, the lines of it one after another. */
function zone(characters: string): Normal {
  const width = LINES[characters.length];
  if (!width) return refused("not_a_document", "mrz_length");
  const lines = Array.from({ length: characters.length / width }, (_, i) =>
    characters.slice(i * width, (i + 1) * width),
  );
  let read: ReturnType<typeof parse>;
  try {
    read = parse(lines);
  } catch {
    return refused("not_a_document", "mrz");
  }
  const check = read.details.find(({ field }) => field === "documentNumberCheckDigit");
  if (check && !check.valid) return refused("check_digit", "mrz");
  const code = printed(read.documentNumber ?? "");
  if (code === "" || !/\d/.test(code)) return refused("not_a_document", "mrz");
  if (sizeOf(code) < SHORTEST) return refused("too_short");
  const field = read.details.find(({ field }) => field === "issuingState")?.ranges[0];
  const state = field && lines[field.line]?.slice(field.start, field.end).replace(/</g, "");
  return state && /^[A-Z]{1,3}$/.test(state)
    ? found(`document-of:${stateOf(state)}:${code}`, `document:${code}`)
    : found(`document:${code}`);
}
