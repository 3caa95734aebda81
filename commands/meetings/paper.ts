import { httpsUrl, keyed, ref, rest, wholeNumber } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { addPaper } from "../../src/meetings/acts/agenda.js";
import { mayPropose } from "../../src/meetings/allows.js";
import { findHeld } from "../../src/meetings/find.js";
import { MEETINGS } from "../../src/meetings/store.js";

/** A paper stays where its agency keeps it: the meeting has its title and address. */
export const paper = defineCommand({
  name: "paper",
  group: "meetings",
  summary: (t) => t.commands.paper,
  example: "paper M-12 https://docs.example/trends Trends in the east item:2",
  args: {
    ref: ref(MEETINGS),
    url: httpsUrl({ label: (t) => t.args.url, hint: (t) => t.args.urlHint }),
    title: rest({ label: (t) => t.args.itemTitle, max: 200 }),
    item: keyed("item", wholeNumber({ label: (t) => t.args.item, max: 99 })),
  },
  allows: mayPropose,
  async run(c, { ref, url, title, item }) {
    const { meeting, occurrence } = await findHeld(c, ref, "propose");
    await addPaper(c, meeting, occurrence, { title, url }, item);
    return sentence(c, c.t.meetings.paperAdded({ ref: occurrence.ref }));
  },
});
