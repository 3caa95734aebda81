import { choice, optional } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { linked, sentence } from "../../src/command/reply.js";
import { fileLink } from "../../src/files/links.js";
import { refuse } from "../../src/lib/refusal.js";
import { revokeKeys } from "../../src/reports/keys.js";

/** The key itself never stands in a chat: an address gives it once. */
export const reportkey = defineCommand({
  name: "report-key",
  group: "reports",
  summary: (t) => t.commands["report-key"],
  example: "report key",
  may: "report.key",
  args: {
    what: optional(
      choice({ label: (t) => t.args.view, values: ["revoke"] as const, show: (t) => t.reports.buttons.revoke }),
    ),
  },
  async run(c, { what }) {
    const { work, person, t } = c;
    if (what === "revoke")
      return sentence(c, (await revokeKeys(work, person)) ? t.reports.keyRevoked : t.reports.noKey);
    const link = await fileLink(work, person.id, "report-key", person.id);
    if (!link) return refuse((m) => m.errors.noSite);
    return linked(c, t.reports.key({ minutes: link.minutes }), t.reports.download, link.url);
  },
});
