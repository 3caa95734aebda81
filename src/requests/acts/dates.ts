import type { Context } from "../../command/define.js";
import { refuse } from "../../lib/refusal.js";
import type { RequestDate } from "../../store/request-tables.js";
import { checkDateName, DATES, endOfDated, settledByConsent, unsettledDate, withDate } from "../dates.js";
import type { CoopRequest } from "../model.js";
import { check, checkDay, move, said } from "./moving.js";

/** The days of a request that clocks run from or to. */

/** @param why where it is another day than before */
export function fixDate(c: Context, one: CoopRequest, name: RequestDate, at: Date, why?: string): Promise<CoopRequest> {
  check(c, "set_date", one);
  checkDateName(one, name, true);
  // What came of a hearing is said before another takes its place: each that was held has its minutes.
  if (unsettledDate(one, c.work.now) === name && name === "hearing")
    refuse((t) => t.errors.requestDateOpen({ ref: one.ref, name }));
  return move(c, one, "set_date", {
    ...{ code: name, words: said({ at: at.toISOString(), why }) },
    dates: withDate(one.dates, name, at),
  });
}

/**
 * @param at when, where that was not now
 * @param words the minutes of a hearing that was held (CETS 182 art 9(6)), or why the line failed
 */
export function recordEvent(
  c: Context,
  one: CoopRequest,
  name: RequestDate,
  { at, words }: { at?: Date; words?: string },
): Promise<CoopRequest> {
  check(c, "happened", one);
  checkDateName(one, name, false);
  checkDay(c, one, at, undefined);
  if (DATES[name].told && !words) refuse((t) => t.errors.requestDateTold({ ref: one.ref, name }));
  const day = at ?? c.work.now;
  const dates = withDate(one.dates, name, day);
  // Before the decision a consent settles nothing yet: `agree` does.
  const decided = name === "consented" && one.state !== "received";
  const settled = decided ? settledByConsent({ dates, flags: one.flags }) : { clear: [], patch: {} };
  const arrested = name === "arrested" && one.flags.includes("owes_paper");
  return move(c, one, "happened", {
    ...{ at, code: name, words: said({ what: words }), clear: settled.clear, dates },
    patch: {
      ...settled.patch,
      // Release is possible from then on: by that day the papers are owed (ETS 24 art 16(4)).
      ...(arrested ? { paper_due_at: endOfDated({ clock: "extradition.arrest_soft" }, day, one) } : {}),
    },
  });
}
