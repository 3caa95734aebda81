import { sql } from "kysely";
import { recordAct } from "../../src/audit/record.js";
import type { Message } from "../../src/chat/index.js";
import { choice, keyed, optional, text } from "../../src/command/args.js";
import { type Context, defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { readerOf } from "../../src/delivery/notification.js";
import { parseDays, parseHour, scheduleBodyDigest, schedulePersonDigest } from "../../src/digests/schedule.js";
import { agencyDigest, bodyDigest, personDigest } from "../../src/digests/views.js";
import { refuse } from "../../src/lib/refusal.js";
import { is } from "../../src/people/model.js";
import { setRules, setWeekly } from "../../src/people/rules.js";
import { may } from "../../src/policy/index.js";

/** Shows the digest as it would come now, or says when it comes: on, off, at an hour, on certain days. */
export const digest = defineCommand({
  name: "digest",
  group: "you",
  summary: (t) => t.commands.digest,
  example: "digest at:07:30 days:1,2,3,4,5",
  may: "own.settings",
  args: {
    what: optional(
      choice({
        label: (t) => t.args.view,
        values: ["on", "off", "body", "agency"] as const,
        show: (t, value) => t.digest.choices[value],
      }),
    ),
    at: keyed("at", text({ label: (t) => t.args.hour, max: 5 })),
    weekly: keyed(
      "weekly",
      choice({ label: (t) => t.args.yesNo, values: ["on", "off"] as const, show: (t, v) => t.digest.choices[v] }),
    ),
    days: {
      ...keyed("days", text({ label: (t) => t.args.days, hint: (t) => t.args.daysHint, max: 20 })),
      list: true as const,
    },
  },
  async run(c, { what, at, days, weekly }) {
    const { work, person, t } = c;
    const hour = at === undefined ? undefined : (parseHour(at) ?? refuse((m) => m.errors.hour({ said: at })));
    const on = days === undefined ? undefined : (parseDays(days) ?? refuse((m) => m.errors.days({ said: days })));
    if (what === "body") {
      if (!is(person, "coordinator"))
        refuse((m) => m.errors.notAllowed({ roles: [m.roles.coordinator] }), "role.digest");
      if (hour || on) {
        const digest = { day: on?.[0] ?? work.body.week.days[0] ?? 1, at: hour ?? "09:00" };
        const day = t.digest.weekdays[digest.day - 1] ?? "";
        if (!work.body.week.days.includes(digest.day)) refuse((m) => m.digest.restDay({ day }));
        await setRules(work, { digest });
        await scheduleBodyDigest(work);
        await recordAct(c, { action: "body.digest", detail: digest });
        return sentence(c, t.digest.bodySet({ day, at: digest.at }));
      }
      return { private: true, post: (await bodyDigest(work, readerOf(person))) ?? nothing(c) };
    }
    if (what === "agency") {
      if (!weekly)
        return { private: true, post: (await agencyDigest(work, person.agencyId, readerOf(person))) ?? nothing(c) };
      if (!may(c.viewer, "agency.rules", person.agencyId))
        refuse((m) => m.errors.notAllowed({ roles: [m.roles.focal_point] }), "role.digest");
      await setWeekly(work, person.agencyId, weekly === "on");
      await recordAct(c, { action: "agency.weekly", code: weekly });
      return sentence(c, t.digest.agencySet({ on: weekly === "on" }));
    }
    if (what === "off")
      await work.tx.updateTable("persons").set({ digest_at: "off" }).where("id", "=", person.id).execute();
    if (what === "on" || hour || on)
      await work.tx
        .updateTable("persons")
        .set({
          // Days alone keep the hour; from off it is the usual one.
          digest_at: hour ?? sql<string>`case when digest_at = 'off' then '08:00' else digest_at end`,
          ...(on ? { digest_days: on } : {}),
        })
        .where("id", "=", person.id)
        .execute();
    if (what || hour || on) {
      await schedulePersonDigest(work, person.id);
      await recordAct(c, { action: "people.digest", code: what ?? "set" });
      const now = await work.tx
        .selectFrom("persons")
        .select(["digest_at", "digest_days"])
        .where("id", "=", person.id)
        .executeTakeFirstOrThrow();
      if (now.digest_at === "off") return sentence(c, t.digest.off);
      const names = now.digest_days.map((day) => t.digest.weekdays[day - 1]).join(", ");
      return sentence(c, t.digest.set({ at: now.digest_at, days: names || t.digest.workingDays }));
    }
    return { private: true, post: (await personDigest(work, person, readerOf(person))) ?? nothing(c) };
  },
});

const nothing = ({ t, person }: Context): Message => ({
  text: t.digest.nothing,
  lang: person.lang,
  blocks: [{ type: "text", text: t.digest.nothing }],
});
