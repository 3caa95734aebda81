import { choice, optional } from "../../src/command/args.js";
import { type Context, defineCommand } from "../../src/command/define.js";
import { readerIn, sentence } from "../../src/command/reply.js";
import { notifyNew } from "../../src/delivery/outbox.js";
import { pleaseBind } from "../../src/people/notifications.js";
import { setRules } from "../../src/people/rules.js";
import { setupMessage } from "../../src/people/setup-checklist.js";
import { agenciesOf, focalPoints } from "../../src/people/store.js";
import { dayOf } from "../../src/time/index.js";

/** What is still to be done until the body works. */
export const setup = defineCommand({
  name: "setup",
  aliases: ["checklist"],
  group: "desk",
  summary: (t) => t.commands.setup,
  example: "setup",
  may: "body.rules",
  args: {
    what: optional(
      choice({
        label: (t) => t.args.view,
        values: ["channels", "off"] as const,
        show: (t, one) => t.setup.choices[one],
      }),
    ),
  },
  async run(c, { what }) {
    if (what === "channels") return sentence(c, c.t.setup.channelsAsked({ count: await askForChannels(c) }));
    const { setup: _hidden, ...rules } = c.work.body.rules;
    if (what === "off") {
      await setRules(c.work, { setup: "off" });
      return sentence(c, c.t.setup.hidden);
    }
    if (_hidden) await setRules(c.work, { ...rules, setup: undefined });
    return { private: true, post: await setupMessage(c.work, readerIn(c)) };
  },
});

/** @returns how many were asked; nobody twice on one day */
async function askForChannels({ work }: Context): Promise<number> {
  const day = dayOf(work.now, work.body.zone);
  const unbound = (await agenciesOf(work.tx)).filter(({ channel }) => !channel);
  const asking = await Promise.all(
    unbound.map(async ({ id: agency }) =>
      (await focalPoints(work.tx, agency)).map(({ id: personId }) => ({
        ...{ notification: pleaseBind, params: { agency }, to: { personId } },
        dedupe: `bind ${agency} ${personId} ${day}`,
      })),
    ),
  );
  return notifyNew(work, asking.flat());
}
