import { text } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { refresh } from "../../src/delivery/outbox.js";
import { refuse as refused } from "../../src/lib/refusal.js";
import { letIn, turnAway } from "../../src/people/enrol.js";

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
    await refresh(c.work, { kind: "enrolment", id: request });
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
    await refresh(c.work, { kind: "enrolment", id: request });
    return sentence(c, c.t.people.refusedJoin({ name }));
  },
});
