import { sql } from "kysely";
import type { Inbound, Message } from "../chat/index.js";
import { languageOf, messagesFor } from "../i18n/index.js";
import { Refusal } from "../lib/refusal.js";
import { asking, MINE, NOT_MINE } from "../people/notifications.js";
import { decideSecond, offeredTo } from "../people/second.js";
import { loadBody } from "../people/store.js";
import { attempt, type Tx } from "../store/database.js";
import { UnitOfWork } from "../store/unit-of-work.js";
import type { Joined } from "./join.js";
import type { BotParts } from "./parts.js";

/**
 * Somebody unknown speaks from an account that a person here says is theirs too: it is asked, and joined by one tap.
 * @returns undefined where nobody says so
 */
export async function confirmSecondFirst(
  parts: BotParts,
  inbound: Inbound,
  first: (tx: Tx) => Promise<boolean>,
): Promise<Joined | undefined> {
  if (inbound.type !== "command" && inbound.type !== "action") return undefined;
  const { platform, tenant, user } = inbound.actor;
  const now = parts.clock.now();
  const { rows } = await parts.store.outside((tx) =>
    sql<{
      body_id: string;
      id: string;
    }>`select * from second_account_of(${platform}, ${tenant}, ${user}, ${now})`.execute(tx),
  );
  const [offer] = rows;
  if (!offer) return undefined;
  const { body_id: bodyId, id } = offer;
  return parts.store.inBody(bodyId, async (tx): Promise<Joined> => {
    const body = await loadBody(tx, bodyId);
    if (!body) throw new Error("no such body");
    if (!(await first(tx))) return { reply: undefined, outcome: "duplicate", queued: [] };
    const work = new UnitOfWork(tx, body, now, parts);
    const t = messagesFor(inbound.actor.locale);
    const say = (post: Message): Joined => ({
      reply: isAnswer(inbound, id) ? { update: post } : { private: true, post },
      outcome: "answered",
      queued: work.queued,
      body: bodyId,
    });
    const lang = languageOf(inbound.actor.locale);
    const plain = (text: string) => say({ text, lang, blocks: [{ type: "text", text }] });
    try {
      if (!isAnswer(inbound, id)) {
        const person = await offeredTo(work, id);
        const text = person && t.people.second.question({ name: person.name, agency: person.agency.name });
        const value = `${body.slug}/${id}`;
        return text ? say(asking(text, lang, value, t.people.second)) : plain(t.errors.stale);
      }
      const yes = inbound.id === MINE;
      const person = await attempt(tx, () => decideSecond(work, id, inbound.actor, yes));
      return plain(yes ? t.people.second.joined({ name: person.name }) : t.people.second.left);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      work.queued.length = 0;
      return { ...plain(error.say(t)), outcome: "refused" };
    }
  });
}

const isAnswer = (inbound: Inbound, id: string): inbound is Extract<Inbound, { type: "action" }> =>
  inbound.type === "action" && [MINE, NOT_MINE].includes(inbound.id) && inbound.value?.endsWith(`/${id}`) === true;
