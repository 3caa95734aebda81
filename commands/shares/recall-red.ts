import { text } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { askFirst, sure } from "../../src/command/sure.js";
import { refuse } from "../../src/lib/refusal.js";
import { loadPerson } from "../../src/people/store.js";
import { recallAll, recallable } from "../../src/shares/unattended.js";

/** On the notice that somebody who gave RED is not there: all of it, unread, by whoever may. */
export const recallred = defineCommand({
  name: "recall-red",
  group: "information",
  dialogOnly: true,
  summary: (t) => t.commands["recall-red"],
  example: "recall I-31",
  hidden: true,
  args: {
    of: { ...text({ label: (t) => t.args.who, max: 40 }), shape: "word" as const, given: true as const },
    sure: sure(),
  },
  async run(c, { of: id, sure }) {
    const known = /^[0-9a-f-]{36}$/.test(id) ? await loadPerson(c.work.tx, id) : undefined;
    const shares = known ? await recallable(c.work, c.viewer, known.id) : [];
    if (!known || shares.length === 0) return refuse((t) => t.errors.nothingUnattended, "hidden");
    if (!sure) {
      const { recallRed: ask, recallYes: yes } = c.t.sure;
      return askFirst(c, "recall-red", id, { text: ask({ name: known.name }), yes });
    }
    await recallAll(c.work, shares, c.person);
    return sentence(c, c.t.information.recalledUnread({ name: known.name }));
  },
});
