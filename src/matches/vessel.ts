import anyAscii from "any-ascii";
import { plain } from "./characters.js";
import { found, type Normal, refused } from "./normal.js";

/**
 * Ship stations, hand-held sets, craft of a parent ship, SAR aircraft, aids, and distress beacons (ITU-R M.585).
 * A ship's begins with its country's three digits, of which the first is 2 to 7.
 */
const MMSI = /^(?:[2-7]\d{8}|8[2-7]\d{7}|98[2-7]\d{6}|99[2-7]\d{6}|111[2-7]\d{5}|97[024]\d{6})$/;

/** Ship stations: two characters that name the country, then letters or digits (ITU Radio Regulations, article 19). */
const CALL_SIGN = /^(?:[A-Z][A-Z0-9]|[2-9][A-Z])(?:[A-Z]{2}[2-9]?|[A-Z]?[2-9]\d{3})$/;

/** What stands before the names of ships, in log books and in nobody's register: M/V, MV, F/V, S/Y. */
const PREFIX = /^(?:M[VT]|FV|SV|M[/.] ?[VTYS]|F[/.] ?V|S[/.] ?[VYS])\.? +(?=.*[A-Z]{3})/;

const SHORTEST = 3;

export function vessel(raw: string): Normal {
  const typed = anyAscii(plain(raw).replace(/[^\p{L}\p{M}\p{N}\p{P} ]/gu, ""))
    .toUpperCase()
    .trim();
  if (typed === "") return refused("empty");
  const code = squeezed(typed);
  const labelled = /^(IMO|MMSI)(?:NO|NR|NUMBER)?(?=\d)/.exec(code);
  const digits = code.slice(labelled?.[0].length ?? 0);
  if (labelled?.[1] === "MMSI") return mmsi(digits);
  if (labelled) return imo(digits);
  if (/^\d+$/.test(code)) {
    if (code.length === 7) return imo(code);
    // Nobody can tell what other digits alone are, and two registers number alike.
    return code.length === 9 ? mmsi(code) : refused(code.length < 7 ? "too_short" : "not_a_vessel");
  }
  const sign = /^(?:CALL ?SIGN|C\/S)[ :.#-]+(.+)$/.exec(typed)?.[1];
  if (sign !== undefined) {
    const called = squeezed(sign);
    return CALL_SIGN.test(called) ? found(`callsign:${called}`) : refused("not_a_vessel", "call_sign");
  }
  if (code.length < SHORTEST) return refused("too_short");
  const named = squeezed(typed.replace(PREFIX, ""));
  const names = [...new Set([named, code])].filter((name) => name.length >= SHORTEST && /[A-Z]/.test(name));
  if (names.length === 0 || code.length > 40) return refused("not_a_vessel");
  // ELLA is a name and may be a call sign: it stands for both, in two namespaces.
  return found(...names.map((name) => `vessel:${name}`), ...(CALL_SIGN.test(code) ? [`callsign:${code}`] : []));
}

const squeezed = (text: string): string => text.replace(/[^A-Z0-9]/g, "");

/** IMO Res. A.1117(30): seven digits, of which the last is the last of the sum of the six by 7, 6, 5, 4, 3 and 2. */
function imo(digits: string): Normal {
  if (!/^[1-9]\d{6}$/.test(digits)) return refused("not_a_vessel", "imo");
  const sum = [...digits.slice(0, 6)].reduce((total, digit, i) => total + Number(digit) * (7 - i), 0);
  return sum % 10 === Number(digits[6]) ? found(`imo:${digits}`) : refused("check_digit", "imo");
}

function mmsi(digits: string): Normal {
  return MMSI.test(digits) ? found(`mmsi:${digits}`) : refused("not_a_vessel", "mmsi");
}
