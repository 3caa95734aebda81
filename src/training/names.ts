import type { Messages } from "../i18n/index.js";
import { languageName } from "../i18n/names.js";
import type { Reason } from "./rules.js";

/** Months, and why something fits, as a reader calls them. */

/** `March`, `March 2027` in another year. */
export function monthOf(at: Date, zone: string, lang: string, now: Date): string {
  const year = (date: Date) => new Intl.DateTimeFormat("en", { year: "numeric", timeZone: zone }).format(date);
  const far = year(at) === year(now) ? {} : ({ year: "numeric" } as const);
  return new Intl.DateTimeFormat(lang, { month: "long", ...far, timeZone: zone }).format(at);
}

type Eyes = { t: Messages; zone: string; lang: string };

/** `same topic, French, March` */
export const whyItFits = (reasons: readonly Reason[], eyes: Eyes, now: Date): string =>
  reasons.map((reason) => why(reason, eyes, now)).join(", ");

function why(reason: Reason, { t, zone, lang }: Eyes, now: Date): string {
  const words = t.training.why;
  switch (reason.why) {
    case "topic":
      return words.topic;
    case "language":
      return reason.langs.map((code) => languageName(code, lang)).join(", ");
    case "time": {
      const [from, until] = [monthOf(reason.from, zone, lang, now), monthOf(reason.until, zone, lang, now)];
      return from === until ? from : words.months({ from, until });
    }
    case "role":
      return words.role[reason.role];
    case "size":
      return words.size({ count: reason.people });
  }
}
