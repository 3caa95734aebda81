import { choice, keyed, person as personArg } from "../../src/command/args.js";
import { type Context, defineCommand } from "../../src/command/define.js";
import { personValue } from "../../src/command/meant.js";
import { askFirst, sure } from "../../src/command/sure.js";
import { rememberAct, undoable } from "../../src/command/undoing.js";
import { refuse } from "../../src/lib/refusal.js";
import { disable, makeFocalPoint } from "../../src/people/enrol.js";
import { is, type Person } from "../../src/people/model.js";
import { findPersons } from "../../src/people/store.js";
import { may, sightOfTask } from "../../src/policy/index.js";
import { giveBack } from "../../src/tasks/acts.js";
import { TASKS } from "../../src/tasks/store.js";
import { type Removal, recallRed, redLeft, redPasses } from "../../src/turns/absence.js";

export const remove = defineCommand({
  name: "remove",
  aliases: ["leaver"],
  group: "people",
  summary: (t) => t.commands.remove,
  example: "remove @omar successor:@lia recall:red",
  may: "people.remove",
  args: {
    person: personArg({ label: (t) => t.args.who, source: "colleague" }),
    recall: keyed(
      "recall",
      choice({ label: (t) => t.args.recallRed, values: ["red"] as const, show: (t) => t.args.recallsRed }),
    ),
    successor: keyed("successor", personArg({ label: (t) => t.args.successor, source: "colleague" })),
    sure: sure(),
  },
  async run(c, { person, successor, recall, sure }) {
    if (!may(c.person, "people.remove", person.agencyId)) refuse((t) => t.errors.notOwnAgency);
    await checkSuccessor(c, person, successor);
    if (!sure && !c.onBehalf) {
      const line = [
        personValue(person),
        ...(successor ? [`successor:${personValue(successor)}`] : []),
        ...(recall ? [`recall:${recall}`] : []),
      ].join(" ");
      const text = c.t.sure.remove({ name: person.name, agency: person.agency.name, body: c.work.body.name });
      return askFirst(c, "remove", line, { text, yes: c.t.sure.removeYes });
    }
    const succeeds = successor && (await makeFocalPoint(c.work, successor, c.person)) ? successor.id : undefined;
    await redPasses(c.work, person, "left");
    if (recall) await recallRed(c.work, person, c.person);
    const { open, left } = await disable(c.work, person, c.person);
    await redLeft(c.work, person);
    // What this reader may not know of is not counted either.
    const known = (await TASKS.byIds(c.work, open)).filter(({ subject }) => sightOfTask(c.person, subject) !== "none");
    const tasks: Removal["tasks"] = [];
    for (const id of open) tasks.push({ id, version: (await giveBack(c, id)).version });
    const before: Removal = { left, tasks, succeeds };
    await rememberAct(c, { item: { kind: "person", id: person.id }, act: "remove", before });
    return undoable(c, c.t.people.removed({ name: person.name, count: known.length }));
  },
});

/** The last focal point of an agency leaves it to somebody: else nobody there would decide any more. */
async function checkSuccessor(c: Context, leaver: Person, successor: Person | undefined): Promise<void> {
  const { work } = c;
  if (successor && (successor.agencyId !== leaver.agencyId || successor.id === leaver.id))
    refuse((t) => t.errors.notOurs({ person: successor.name, agency: leaver.agency.name }));
  if (successor || !is(leaver, "focal_point")) return;
  const colleagues = (await findPersons(work.tx, { agencyId: leaver.agencyId, activeOnly: true })).filter(
    ({ id, roles }) => id !== leaver.id && roles.length > 0,
  );
  const [first] = colleagues;
  if (first && !colleagues.some((one) => is(one, "focal_point")))
    refuse((t) => t.errors.lastFocalPoint({ name: leaver.name, agency: leaver.agency.name }));
}
