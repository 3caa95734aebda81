import { COLUMNS, NEEDED } from "../../src/authorities/table.js";
import { defineCommand } from "../../src/command/define.js";
import { linked } from "../../src/command/reply.js";
import { uploadLink } from "../../src/files/links.js";
import { refuse } from "../../src/lib/refusal.js";

export const authorityimport = defineCommand({
  name: "authority-import",
  group: "directory",
  summary: (t) => t.commands["authority-import"],
  example: "authority import",
  may: "authority.write",
  args: {},
  async run(c) {
    const link = await uploadLink(c.work, c.person.id, "directory_import", c.work.body.id);
    if (!link) return refuse((t) => t.errors.noSite);
    const columns = COLUMNS.filter((column) => !(NEEDED as readonly string[]).includes(column)).join(", ");
    const said = c.t.directory.import({ columns, minutes: link.minutes });
    return linked(c, said, c.t.information.buttons.chooseFile, link.url);
  },
});
