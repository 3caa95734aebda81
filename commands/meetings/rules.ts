import { recordAct } from "../../src/audit/record.js";
import { choice, keyed, text, wholeNumber } from "../../src/command/args.js";
import { type Arg, defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { refuse } from "../../src/lib/refusal.js";
import { meetingRules } from "../../src/meetings/rules.js";
import { setRules } from "../../src/people/rules.js";
import { may } from "../../src/policy/index.js";
import type { MeetingRules } from "../../src/store/schema.js";

/** The form shows what holds now: sent as it stands, it says that the usual is wanted. */
const now = <T>(rule: keyof MeetingRules, key: string, arg: Arg<T>) =>
  keyed(key, {
    ...arg,
    field: (c, raw, raws) => arg.field(c, raw ?? String(meetingRules(c.work.body)[rule]), raws),
  } satisfies Arg<T>);

/** Shows how the body meets, or changes it. */
export const meetrules = defineCommand({
  name: "meet-rules",
  group: "desk",
  summary: (t) => t.commands["meet-rules"],
  example: "meet rules quorum:half freeze:48 correct:5 approval:silence",
  may: "meeting.list",
  formOnButton: true,
  args: {
    quorum: now("quorum", "quorum", text({ label: (t) => t.args.quorum, hint: (t) => t.args.quorumHint, max: 12 })),
    freezeHours: now("freezeHours", "freeze", wholeNumber({ label: (t) => t.args.freeze, from: 0, max: 720 })),
    packDays: now("packDays", "pack", wholeNumber({ label: (t) => t.args.pack, max: 20 })),
    noticeDays: now("noticeDays", "notice", wholeNumber({ label: (t) => t.args.notice, from: 0, max: 90 })),
    correctDays: now("correctDays", "correct", wholeNumber({ label: (t) => t.args.correctDays, max: 60 })),
    approval: now(
      "approval",
      "approval",
      choice({
        label: (t) => t.args.approval,
        values: ["silence", "meeting"] as const,
        show: (t, value) => t.meetings.rules.approvals[value],
      }),
    ),
  },
  async run(c, { quorum, ...rest }) {
    const { work, t, person } = c;
    const change = Object.fromEntries(
      Object.entries({ ...rest, quorum: quorum === undefined ? undefined : readQuorum(quorum) }).filter(
        ([, value]) => value !== undefined,
      ),
    );
    if (Object.keys(change).length) {
      if (!may(person, "body.rules"))
        refuse((m) => m.errors.notAllowed({ roles: [m.roles.coordinator] }), "role.body.rules");
      await setRules(work, { meetings: { ...work.body.rules.meetings, ...change } });
      await recordAct(c, { action: "body.meetings", detail: change as Record<string, string> });
    }
    const rules = meetingRules(work.body);
    const r = t.meetings.rules;
    return sentence(
      c,
      r.show({
        quorum: typeof rules.quorum === "number" ? r.quorumNumber({ count: rules.quorum }) : r.quorums[rules.quorum],
        freeze: rules.freezeHours,
        pack: rules.packDays,
        notice: rules.noticeDays,
        correct: rules.correctDays,
        approval: r.approvals[rules.approval],
      }),
    );
  },
});

function readQuorum(said: string): MeetingRules["quorum"] {
  const word = said.toLowerCase();
  if (word === "half" || word === "two-thirds" || word === "none") return word;
  if (/^[1-9]\d{0,2}$/.test(word)) return Number(word);
  return refuse((t) => t.errors.rule({ said: said.slice(0, 40), example: meetrules.example }));
}
