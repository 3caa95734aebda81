import { mentionIndex } from "../../src/chat/inbound.js";
import type { Reply } from "../../src/chat/index.js";
import { agency as agencyArg, choice, keyed, optional, rest, text } from "../../src/command/args.js";
import { type Context, defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { refuse } from "../../src/lib/refusal.js";
import { addShown, issueCode, showAccount } from "../../src/people/enrol.js";
import type { Agency } from "../../src/people/model.js";
import { focalPoints, personOfAccount } from "../../src/people/store.js";
import { may } from "../../src/policy/index.js";
import { showAt } from "../../src/time/display.js";

/** Roles that a focal point gives to its own people; the others are the operator's to give. */
const GIVEN = ["staff", "focal_point", "observer"] as const;

/** `add @maria` adds the account mentioned after one tap; `add Maria Papadaki` issues a code to hand over. */
export const add = defineCommand({
  name: "add",
  aliases: ["invite"],
  group: "people",
  summary: (t) => t.commands.add,
  example: "add @maria",
  may: "people.add",
  args: {
    role: keyed("role", choice({ label: (t) => t.args.role, values: GIVEN, show: (t, role) => t.roles[role] })),
    agency: keyed("for", agencyArg({ label: (t) => t.args.forAgency })),
    who: optional(rest({ label: (t) => t.args.who, max: 80, keepsMentions: true })),
  },
  async run(c, { who, role = "staff", agency }) {
    const { t, work, person } = c;
    if (agency && agency.id !== person.agencyId) return codeFor(c, agency, who);
    if (!may(person, "people.add", person.agencyId)) refuse((m) => m.errors.notOwnAgency);
    const index = who === undefined ? undefined : mentionIndex(who.trim());
    const account = index === undefined ? undefined : c.mentions[index];
    if (!account) {
      const name = who?.replace(/^@/, "");
      const { code, expiresAt } = await issueCode(work, { agency: person.agency, role, name, issuedBy: person.id });
      const until = showAt(work, person, expiresAt);
      return sentence(c, t.people.code({ code, agency: person.agency.name, role: t.roles[role], until }));
    }
    const known = await personOfAccount(work.tx, account);
    if (known?.active && known.roles.length)
      refuse((m) => m.errors.alreadyKnown({ name: known.name, agency: known.agency.name }));
    // Whose account somebody of another organisation has is not told there: it would be taken for one of this workspace.
    if (c.conversation.external) refuse((m) => m.errors.addElsewhere);
    const name = known?.name ?? account.user;
    return confirmAdding(c, name, role, await showAccount(work, { account, agency: person.agency, role, by: person }));
  },
});

/**
 * The coordinator brings in the first person of another agency, its focal point. With nobody there to confirm the account,
 * the code is the confirmation; once there is a focal point, its people are the focal point's to add.
 */
async function codeFor(c: Context, agency: Agency, name: string | undefined): Promise<Reply> {
  const { t, work, person } = c;
  if (!may(person, "people.add", agency.id)) refuse((m) => m.errors.notOwnAgency);
  if ((await focalPoints(work.tx, agency.id)).length > 0)
    refuse((m) => m.errors.hasFocalPoint({ agency: agency.name }));
  const role = agency.observer ? "observer" : "focal_point";
  const { code, expiresAt } = await issueCode(work, { agency, role, name, issuedBy: person.id, confirmed: true });
  const until = showAt(work, person, expiresAt);
  return sentence(c, t.people.firstCode({ code, agency: agency.name, until }));
}

function confirmAdding(c: Context, name: string, role: (typeof GIVEN)[number], value: string) {
  const text = c.t.people.add({ name, agency: c.person.agency.name, role: c.t.roles[role] });
  return {
    private: true as const,
    post: {
      text,
      lang: c.person.lang,
      blocks: [
        { type: "text" as const, text },
        {
          type: "actions" as const,
          actions: [
            {
              type: "button" as const,
              id: "addaccount",
              label: c.t.people.addYes,
              value: `${c.work.body.slug}/${value}`,
              style: "primary" as const,
            },
          ],
        },
      ],
    },
  };
}

/** The confirming tap: the account is the one that was mentioned, and the right to add is checked again. */
export const addaccount = defineCommand({
  name: "addaccount",
  group: "people",
  summary: (t) => t.commands.add,
  example: "add @maria",
  may: "people.add",
  hidden: true,
  args: { shown: text({ label: (t) => t.args.reference, max: 40 }) },
  async run(c, { shown }) {
    const person = await addShown(c.work, shown, c.person);
    return sentence(c, c.t.people.added({ name: person.name, agency: person.agency.name }));
  },
});
