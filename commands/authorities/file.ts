import { choice, optional } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { linked } from "../../src/command/reply.js";
import { fileLink } from "../../src/files/links.js";
import { refuse } from "../../src/lib/refusal.js";

export const authorityfile = defineCommand({
  name: "authority-file",
  aliases: ["authority-export"],
  group: "directory",
  summary: (t) => t.commands["authority-file"],
  example: "authority file json",
  may: "authority.see",
  args: {
    format: optional(
      choice({ label: (t) => t.args.authorityFormat, values: ["csv", "json"] as const, show: (_t, value) => value }),
    ),
  },
  async run(c, { format = "csv" }) {
    const link = await fileLink(c.work, c.person.id, `directory_${format}`, c.work.body.id);
    if (!link) return refuse((t) => t.errors.noSite);
    return linked(c, c.t.directory.export({ minutes: link.minutes }), c.t.meetings.calendar.download, link.url);
  },
});
