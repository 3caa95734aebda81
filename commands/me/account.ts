import { mentionIndex } from "../../src/chat/inbound.js";
import { optional, rest, text } from "../../src/command/args.js";
import { type Context, defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { refuse } from "../../src/lib/refusal.js";
import { MINE, NOT_MINE } from "../../src/people/notifications.js";
import { platformName } from "../../src/people/platform-name.js";
import { codeForSecond, decideSecond, offerSecond } from "../../src/people/second.js";
import { accountsOf } from "../../src/people/store.js";
import { showAt } from "../../src/time/display.js";

/** Which accounts somebody has, and how another of their own is joined: mentioned here, or by a code typed there. */
export const account = defineCommand({
  name: "account",
  aliases: ["accounts", "compte"],
  group: "you",
  summary: (t) => t.commands.account,
  example: "account code",
  may: "own.settings",
  args: { other: optional(rest({ label: (t) => t.args.otherAccount, max: 80, keepsMentions: true })) },
  async run(c, { other }) {
    const { work, person, t } = c;
    const said = other?.trim();
    const index = said === undefined ? undefined : mentionIndex(said);
    const mentioned = index === undefined ? undefined : c.mentions[index];
    if (mentioned) {
      // Whose account somebody of another organisation has is not told there: it would be taken for one of this workspace.
      if (c.conversation.external) refuse((m) => m.errors.addElsewhere);
      await offerSecond(work, person, mentioned);
      return sentence(c, t.people.second.offered);
    }
    if (said?.toLowerCase() === "code") {
      const { code, expiresAt } = await codeForSecond(work, person);
      const until = showAt(work, person, expiresAt);
      return sentence(c, t.people.second.code({ code, until }));
    }
    if (said) refuse((m) => m.errors.accountSaid({ said }));
    const accounts = (await accountsOf(work.tx, person.id)).map(({ platform }) => platformName(t, platform));
    return sentence(c, t.people.second.list({ accounts: [...new Set(accounts)] }));
  },
});

const request = text({ label: (t) => t.args.reference, max: 40 });
const decide = async (c: Context, request: string, yes: boolean) => {
  if (!/^[0-9a-f-]{36}$/.test(request)) refuse((t) => t.errors.stale);
  await decideSecond(c.work, request, c.person, yes);
  return sentence(c, yes ? c.t.people.second.done : c.t.people.second.left);
};

/** Buttons of the question whether it was oneself who typed the code. */
const answer = (name: string, yes: boolean) =>
  defineCommand({
    name,
    group: "you",
    summary: (t) => t.commands.account,
    example: "account",
    may: "own.settings",
    hidden: true,
    args: { request },
    run: (c, { request }) => decide(c, request, yes),
  });
export const accountmine = answer(MINE, true);
export const accountnot = answer(NOT_MINE, false);
