import { randomUUID } from "node:crypto";
import { recordAct } from "../../src/audit/record.js";
import { keyed, person as personArg, when } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { readerIn, sentence } from "../../src/command/reply.js";
import { notify } from "../../src/delivery/outbox.js";
import { refuse } from "../../src/lib/refusal.js";
import { standInAt } from "../../src/meetings/follow.js";
import { showAt } from "../../src/time/display.js";
import { meanwhile, redPasses, standingIn } from "../../src/turns/absence.js";

export const away = defineCommand({
  name: "away",
  aliases: ["leave"],
  group: "you",
  summary: (t) => t.commands.away,
  example: 'away until:"Mon 09:00" deputy:@omar',
  may: "own.settings",
  args: {
    from: keyed("from", when({ label: (t) => t.args.from })),
    until: { ...when({ label: (t) => t.args.until }), shape: "key", key: "until" },
    deputy: keyed("deputy", personArg({ label: (t) => t.args.deputy, source: "colleague" })),
  },
  async run(c, { from, until, deputy }) {
    const { work, person, t } = c;
    const start = from?.at ?? work.now;
    if (until.at <= start) refuse((m) => m.errors.order);
    if (deputy && deputy.agencyId !== person.agencyId)
      refuse((m) => m.errors.notOurs({ person: deputy.name, agency: person.agency.name }));
    const id = randomUUID();
    await work.tx
      .insertInto("absences")
      .values({
        id,
        person_id: person.id,
        from_at: start,
        until_at: until.at,
        deputy_id: deputy && deputy.id !== person.id ? deputy.id : null,
      })
      .execute();
    await recordAct(c, {
      action: "people.away",
      detail: { from: start.toISOString(), until: until.at.toISOString() },
    });
    if (deputy && deputy.id !== person.id)
      await notify(work, {
        notification: standingIn,
        params: { absence: id },
        to: { personId: deputy.id },
        onBehalfOf: person.id,
        dedupe: `standing in ${id}`,
        dueAt: start,
      });
    if (deputy && deputy.id !== person.id) await standInAt(work, { person, deputy, from: start, until: until.at });
    await redPasses(work, person, "away", start);
    const shown = showAt(work, person, until.at);
    return sentence(c, t.people.awaySet({ until: shown, deputy: deputy?.name }));
  },
});

export const back = defineCommand({
  name: "back",
  group: "you",
  summary: (t) => t.commands.back,
  example: "back",
  may: "own.settings",
  args: {},
  async run(c) {
    const { work, person } = c;
    const begun = await work.tx
      .selectFrom("absences")
      .select("from_at")
      .where("person_id", "=", person.id)
      .where("from_at", "<", work.now)
      .where("until_at", ">", work.now)
      .orderBy("from_at")
      .executeTakeFirst();
    // An absence that has begun ends now; one that has not is dropped.
    await work.tx.deleteFrom("absences").where("person_id", "=", person.id).where("from_at", ">=", work.now).execute();
    await work.tx
      .updateTable("absences")
      .set({ until_at: work.now })
      .where("person_id", "=", person.id)
      .where("from_at", "<", work.now)
      .where("until_at", ">", work.now)
      .execute();
    await recordAct(c, { action: "people.back" });
    if (!begun) return sentence(c, c.t.people.awayEnded);
    return { post: await meanwhile(work, person, begun.from_at, readerIn(c)), private: true };
  },
});
