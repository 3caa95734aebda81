import { optional, person, ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { enrol } from "../../src/training/acts/sessions.js";
import { answered } from "../../src/training/answer.js";
import { findSession } from "../../src/training/find.js";
import { TRAININGS } from "../../src/training/store.js";

/** Oneself, or a colleague. */
export const trainingenrol = defineCommand({
  name: "training-enrol",
  aliases: ["training-enroll"],
  group: "training",
  summary: (t) => t.commands["training-enrol"],
  example: "training enrol K-5 @petros",
  may: "training.see",
  args: {
    ref: ref(TRAININGS),
    who: optional(person({ label: (t) => t.args.who, source: "colleague" })),
  },
  async run(c, { ref, who = c.person }) {
    const { session, turn } = await enrol(c, await findSession(c, ref), who);
    const name = who.id === c.person.id ? undefined : who.name;
    const said = turn === undefined ? c.t.training.enrolled({ ref: session.ref, name }) : undefined;
    return answered(c, session, said ?? c.t.training.waiting({ ref: session.ref, name, turn: turn ?? 1 }));
  },
});
