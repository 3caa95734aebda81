import type { Action, Message } from "../../src/chat/index.js";
import { choice, keyed, label, text } from "../../src/command/args.js";
import { type Context, defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { ceilingWords } from "../../src/conversations/notifications.js";
import {
  askAgain,
  type Conversation,
  ceilingOf,
  conversationById,
  conversationOf,
  heldBackBy,
  setLowered,
} from "../../src/conversations/store.js";
import { refuse } from "../../src/lib/refusal.js";
import { platformName } from "../../src/people/platform-name.js";
import { loadAgency } from "../../src/people/store.js";
import { may, within } from "../../src/policy/index.js";
import { showAt } from "../../src/time/display.js";

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What a bound conversation may show and why. It can be lowered by hand, and raised as far as its platform's answer allows. */
export const channel = defineCommand({
  name: "channel",
  aliases: ["ceiling", "canal"],
  group: "people",
  summary: (t) => t.commands.channel,
  example: "channel tlp:clear",
  may: "place.bind",
  args: {
    // Buttons name the conversation: their message may stand in another one.
    place: {
      ...text({ label: (t) => t.args.reference, max: 36 }),
      optional: true,
      given: true as const,
      silent: true as const,
      fits: (word: string) => UUID.test(word),
    },
    again: choice({
      label: (t) => t.args.askAgain,
      values: ["again"] as const,
      optional: true,
      show: (t) => t.places.buttons.again,
    }),
    tlp: keyed("tlp", label({ label: (t) => t.args.ceiling })),
  },
  async run(c, { place: id, again, tlp }) {
    const conversation = await meant(c, id);
    const agency = conversation.agency_id ? (await loadAgency(c.work.tx, conversation.agency_id)).name : "";
    const platform = platformName(c.t, conversation.platform);
    if (again) {
      await askAgain(c.work, conversation.id, { changed: false });
      return sentence(c, c.t.places.askedAgain({ platform }));
    }
    if (tlp === undefined) return { private: true, post: shown(c, conversation, agency) };
    if (!within(tlp, "GREEN")) return refuse((t) => t.errors.ceilingTooHigh({ label: tlp }));
    const held = heldBackBy(conversation, c.work.now);
    if (tlp === "GREEN" && held)
      return refuse(
        (t) => t.errors.ceilingHeld({ why: t.places.because({ reason: held.because, platform, scope: held.scope }) }),
        "ceiling",
      );
    const changed = await setLowered(c.work, conversation, tlp === "CLEAR", c.person.id);
    return sentence(c, ceilingWords(c.work, changed, agency, c.t));
  },
});

async function meant(c: Context, id: string | undefined): Promise<Conversation> {
  if (id === undefined && c.conversation.kind === "personal") refuse((t) => t.errors.onlyInChannel);
  const conversation =
    id === undefined ? await conversationOf(c.work.tx, c.conversation) : await conversationById(c.work.tx, id);
  if (conversation?.agency_id == null) return refuse((t) => t.errors.notBound);
  if (!may(c.person, "place.bind", conversation.agency_id))
    return refuse((t) => (id === undefined ? t.errors.notOwnAgency : t.errors.notBound));
  return conversation;
}

function shown(c: Context, conversation: Conversation, agency: string): Message {
  const { t, work, person } = c;
  const held = heldBackBy(conversation, work.now);
  const text = ceilingWords(work, conversation, agency, t);
  const value = `${work.body.slug}/${conversation.id}`;
  const button = (label: string, rest: string): Action => ({
    type: "button",
    id: "channel",
    label,
    value: `${value} ${rest}`,
  });
  const lower = ceilingOf(conversation, work.now) === "GREEN";
  return {
    text,
    lang: person.lang,
    blocks: [
      { type: "heading", text: t.places.title({ agency }) },
      { type: "text", text },
      ...(held
        ? []
        : [{ type: "text" as const, text: t.places.ownPeople({ platform: platformName(t, conversation.platform) }) }]),
      ...(conversation.answered_at
        ? [
            {
              type: "context" as const,
              text: t.places.asked({
                when: showAt(work, person, conversation.answered_at),
              }),
            },
          ]
        : []),
      {
        type: "actions",
        actions: [
          button(t.places.buttons.again, "again"),
          ...(lower ? [button(t.places.buttons.lower, "tlp:clear")] : []),
          ...(conversation.lowered && !held ? [button(t.places.buttons.raise, "tlp:green")] : []),
        ],
      },
    ],
  };
}
