import { page } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { pageFoot } from "../../src/command/pages.js";
import { sentence } from "../../src/command/reply.js";
import { is } from "../../src/people/model.js";
import { findPersons } from "../../src/people/store.js";
import { showAt } from "../../src/time/display.js";

const PAGE = 20;

/** For the focal point: whom of the agency Coord could not reach, and why. For coordinators: of every agency. */
export const undelivered = defineCommand({
  name: "undelivered",
  group: "people",
  summary: (t) => t.commands.undelivered,
  example: "undelivered",
  may: "delivery.see",
  args: { page: page() },
  async run(c, { page = 1 }) {
    const { work, person, t } = c;
    const people = await findPersons(work.tx, is(person, "coordinator") ? {} : { agencyId: person.agencyId });
    const byId = new Map(people.map((one) => [one.id, one]));
    const rows = await work.tx
      .selectFrom("outbox")
      .select(["person_id", "created_at", "reason"])
      .where("state", "=", "failed")
      .where("person_id", "in", [...byId.keys()])
      .orderBy("created_at", "desc")
      .orderBy("id")
      .limit(PAGE + 1)
      .offset((page - 1) * PAGE)
      .execute();
    if (rows.length === 0) return sentence(c, t.delivery.none);
    return {
      private: true,
      post: {
        text: t.delivery.title,
        lang: person.lang,
        blocks: [
          { type: "heading", text: t.delivery.title },
          {
            type: "list",
            items: rows.slice(0, PAGE).map((row) => ({
              title: t.delivery.line({
                person: byId.get(row.person_id ?? "")?.name ?? "",
                when: showAt(work, person, row.created_at),
                why: t.delivery.why({ reason: row.reason ?? "" }),
              }),
            })),
          },
          ...pageFoot(t, work.body.slug, {
            ...{ page, size: PAGE, shown: Math.min(rows.length, PAGE), more: rows.length > PAGE },
            again: { id: "undelivered", words: [] },
          }),
        ],
      },
    };
  },
});
