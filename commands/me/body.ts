import { optional, text } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { refuse } from "../../src/lib/refusal.js";
import { allBodies } from "../../src/people/store.js";

/** Somebody who belongs to several bodies chooses the one that plain references mean. */
export const body = defineCommand({
  name: "body",
  group: "you",
  summary: (t) => t.commands.body,
  example: "body national",
  may: "own.settings",
  args: { slug: optional(text({ label: (t) => t.args.body, max: 30 })) },
  async run(c, { slug }) {
    const { work, person, t } = c;
    const mine = (await allBodies(work.tx)).filter(({ id }) => c.bodies.includes(id));
    if (!slug)
      return sentence(
        c,
        [t.people.bodies, ...mine.map((one) => t.people.bodyLine({ ...one, current: one.id === work.body.id }))].join(
          "\n",
        ),
      );
    const chosen = mine.find((one) => one.slug === slug.toLowerCase());
    if (!chosen) return refuse((m) => m.errors.noBody({ said: slug, slugs: mine.map((one) => one.slug) }));
    await work.tx.updateTable("persons").set({ current_body: chosen.id }).where("id", "=", person.id).execute();
    return sentence(c, t.people.bodySet({ body: chosen.name }));
  },
});
