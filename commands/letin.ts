import { text } from "../src/args.js";
import { defineCommand } from "../src/command.js";
import { redraw } from "../src/delivery/outbox.js";
import { letIn, turnAway } from "../src/people/enrol.js";
import { refuse as refused } from "../src/refusal.js";
import { sentence } from "../src/reply.js";

const request = text({ label: (t) => t.args.reference, max: 40 });

const checkId = (id: string): string => (/^[0-9a-f-]{36}$/.test(id) ? id : refused((t) => t.errors.noJoin));

/** Buttons on the card of who asks to join. */
export const letin = defineCommand({
  name: "letin",
  group: "people",
  summary: (t) => t.commands.letin,
  example: "joiners",
  may: "people.add",
  hidden: true,
  args: { request },
  async run(c, { request }) {
    const person = await letIn(c.work, checkId(request), c.person);
    await redraw(c.work, { kind: "enrolment", id: request });
    return sentence(c, c.t.people.confirmed({ name: person.name }));
  },
});

export const refuse = defineCommand({
  name: "refuse",
  group: "people",
  summary: (t) => t.commands.refuse,
  example: "joiners",
  may: "people.add",
  hidden: true,
  args: { request },
  async run(c, { request }) {
    const name = await turnAway(c.work, checkId(request), c.person);
    await redraw(c.work, { kind: "enrolment", id: request });
    return sentence(c, c.t.people.refusedJoin({ name }));
  },
});
