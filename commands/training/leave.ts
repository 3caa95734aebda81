import { optional, person, ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { leave } from "../../src/training/acts/sessions.js";
import { answered } from "../../src/training/answer.js";
import { findSession } from "../../src/training/find.js";
import { TRAININGS } from "../../src/training/store.js";

export const trainingleave = defineCommand({
  name: "training-leave",
  group: "training",
  summary: (t) => t.commands["training-leave"],
  example: "training leave K-5",
  may: "training.see",
  args: {
    ref: ref(TRAININGS),
    who: optional(person({ label: (t) => t.args.who, source: "colleague" })),
  },
  async run(c, { ref, who = c.person }) {
    const session = await leave(c, await findSession(c, ref), who);
    const name = who.id === c.person.id ? undefined : who.name;
    return answered(c, session, c.t.training.left({ ref: session.ref, name }));
  },
});
