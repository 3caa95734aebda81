import { choice, keyed, optional, person, ref, rest } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { propose } from "../../src/meetings/acts/agenda.js";
import { mayPropose } from "../../src/meetings/allows.js";
import { length } from "../../src/meetings/args.js";
import { findHeld } from "../../src/meetings/find.js";
import { MEETINGS } from "../../src/meetings/store.js";

export const agendaadd = defineCommand({
  name: "agenda-add",
  group: "meetings",
  summary: (t) => t.commands["agenda-add"],
  example: "agenda add M-12 Trends at the eastern border for:15m",
  args: {
    ref: ref(MEETINGS),
    title: rest({ label: (t) => t.args.itemTitle, max: 200 }),
    minutes: optional(length({ label: (t) => t.args.length })),
    presenter: keyed("presenter", person({ label: (t) => t.args.presenter })),
    standing: keyed(
      "standing",
      choice({
        label: (t) => t.args.standing,
        values: ["yes", "no"] as const,
        show: (t, value) => t.args.standingChoices[value],
      }),
    ),
  },
  allows: mayPropose,
  async run(c, { ref, title, minutes, presenter, standing }) {
    const { meeting, occurrence } = await findHeld(c, ref, "propose");
    const item = await propose(c, meeting, occurrence, { title, minutes, presenter, standing: standing === "yes" });
    return sentence(
      c,
      item.n === undefined
        ? c.t.meetings.itemLate({ ref: occurrence.ref })
        : c.t.meetings.itemAdded({ ref: occurrence.ref, n: item.n }),
    );
  },
});
