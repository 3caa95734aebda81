import { sql } from "kysely";
import type { BotParts } from "./bot.js";
import type { Inbound, Reply } from "./chat/index.js";
import { languageOf, messagesFor } from "./i18n/index.js";
import { hashOfCode, join } from "./people/enrol.js";
import { loadBody } from "./people/store.js";
import { Refusal } from "./refusal.js";
import { attempt, type Tx } from "./store/database.js";
import { type Queued, Work } from "./work.js";

type Joined = { reply: Reply; outcome: "answered" | "refused" | "duplicate"; queued: Queued[]; body?: string };

/** `join CODE` from an account that nobody knows yet. */
export async function joinFirst(
  parts: BotParts,
  inbound: Inbound,
  code: string,
  first: (tx: Tx) => Promise<boolean>,
): Promise<Joined> {
  const t = messagesFor(inbound.actor.locale);
  const say = (text: string): Reply => ({
    private: true,
    post: { text, lang: languageOf(inbound.actor.locale), blocks: [{ type: "text", text }] },
  });
  const { rows } = await parts.store.outside((tx) =>
    sql<{ id: string | null }>`select body_of_code(${hashOfCode(code)}) as id`.execute(tx),
  );
  const bodyId = rows[0]?.id;
  if (!bodyId) {
    const fresh = await parts.store.outside(first);
    return { reply: fresh ? say(t.errors.code) : undefined, outcome: fresh ? "refused" : "duplicate", queued: [] };
  }
  return parts.store.inBody(bodyId, async (tx): Promise<Joined> => {
    if (!(await first(tx))) return { reply: undefined, outcome: "duplicate", queued: [] };
    const body = await loadBody(tx, bodyId);
    if (!body) throw new Error("no such body");
    const work = new Work(tx, body, parts.clock.now(), parts);
    try {
      const { state, agency, person } = await attempt(tx, () => join(work, inbound.actor, code));
      const text =
        state === "active" && person
          ? t.people.welcome({ name: person.name, agency: agency.name, body: body.name })
          : t.people.askedToJoin({ agency: agency.name });
      return { reply: say(text), outcome: "answered", queued: work.queued, body: bodyId };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { reply: say(error.say(t)), outcome: "refused", queued: [] };
    }
  });
}
