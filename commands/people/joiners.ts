import { page } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { pageFoot, pageOf } from "../../src/command/pages.js";
import { sentence } from "../../src/command/reply.js";
import { platformName } from "../../src/people/platform-name.js";

const PAGE = 20;

export const joiners = defineCommand({
  name: "joiners",
  group: "people",
  summary: (t) => t.commands.joiners,
  example: "joiners",
  may: "people.add",
  args: { page: page() },
  async run(c, { page = 1 }) {
    const { t, work, person } = c;
    const rows = await work.tx
      .selectFrom("enrolments")
      .selectAll()
      .where("agency_id", "=", person.agencyId)
      .where("state", "=", "asked")
      .where("second", "=", false)
      .orderBy("asked_at")
      .orderBy("id")
      .execute();
    if (rows.length === 0) return sentence(c, t.people.noJoiners);
    const { items, part } = pageOf(rows, page, PAGE);
    return {
      private: true,
      post: {
        text: t.people.joiners,
        lang: person.lang,
        blocks: [
          { type: "heading", text: t.people.joiners },
          {
            type: "list",
            items: items.map((row) => ({
              title: row.name ?? row.display_name ?? row.user_id ?? "",
              detail: `${platformName(t, row.platform ?? "")} · ${row.display_name ?? row.user_id} · ${t.roles[row.role]}`,
              action: { type: "button", id: "letin", label: t.people.confirm, value: `${work.body.slug}/${row.id}` },
            })),
          },
          ...pageFoot(t, work.body.slug, { ...part, again: { id: "joiners", words: [] } }),
        ],
      },
    };
  },
});
