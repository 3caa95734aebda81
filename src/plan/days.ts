import type { Body } from "../people/model.js";
import { type Day, dayOf, formatDay } from "../time/index.js";
import { resolve, splitDay } from "../time/local.js";

type Where = Pick<Body, "zone" | "week">;

/** The moment of a day on which a figure is asked for: the end of the body's working time. */
export function dueMoment({ zone, week }: Where, day: Day): Date {
  const [hour = 17, minute = 0] = week.to.split(":").map(Number);
  return resolve({ ...splitDay(day), hour, minute }, zone).at;
}

export const todayIn = ({ zone }: Pick<Body, "zone">, now: Date): Day => dayOf(now, zone);

/** A day of the plan is a day of the body, wherever the reader is. `Thu 31 Dec 2026`, without the year where `now` is in it. */
export function showDay(body: Pick<Body, "zone">, day: Day, lang: string, now?: Date): string {
  const noon = resolve({ ...splitDay(day), hour: 12, minute: 0 }, body.zone).at;
  return formatDay(noon, body.zone, lang, { now });
}
