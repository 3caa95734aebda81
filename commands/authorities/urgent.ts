import { opened } from "../../src/authorities/acts.js";
import { AUTHORITIES } from "../../src/authorities/store.js";
import { urgentForm } from "../../src/authorities/views.js";
import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { readerIn } from "../../src/command/reply.js";

/** AMBER: in a dialog, and on record. */
export const authorityurgent = defineCommand({
  name: "authority-urgent",
  group: "directory",
  summary: (t) => t.commands["authority-urgent"],
  example: "authority urgent A-55",
  may: "authority.urgent",
  args: { ref: ref(AUTHORITIES) },
  async run(c, { ref }) {
    const authority = await AUTHORITIES.find(c, ref);
    await opened(c, authority);
    return { form: await urgentForm(c.work, authority, readerIn(c)) };
  },
});
