import { sql } from "kysely";
import { recordAct } from "../audit/record.js";
import type { ConversationRef, Inbound, Message, Receive, Reply } from "../chat/index.js";
import type { Context } from "../command/define.js";
import { stateOf } from "../command/drafts.js";
import { askBody, keepLine } from "../command/inbody.js";
import { line, saidInstead, sentence } from "../command/reply.js";
import { ceilingOf, conversationOf, outsidersSeen } from "../conversations/store.js";
import { languageOf, messagesFor } from "../i18n/index.js";
import { waitOf } from "../lib/rates.js";
import { Refusal, refuse } from "../lib/refusal.js";
import type { Body, Person } from "../people/model.js";
import { namingBody } from "../people/several.js";
import { asDeputy, loadBody, loadPerson } from "../people/store.js";
import type { Label } from "../policy/index.js";
import { attempt, type Tx } from "../store/database.js";
import { type Queued, UnitOfWork } from "../store/unit-of-work.js";
import { takeIn, tooMuch } from "./intake.js";
import { joinFirst, receivedBefore } from "./join.js";
import type { BotParts } from "./parts.js";
import { Router } from "./router.js";
import { confirmSecondFirst } from "./second-account.js";

type Known = { personId: string; active: boolean; unreachable: boolean; currentBody: string | null; bodies: string[] };

/**
 * The life of a request: one transaction that notes the delivery's key, finds out who it is, runs the handler and
 * commits; then the reply. A delivery that comes again has no second effect; a crash before the commit leaves nothing,
 * and the platform's retry is processed.
 */
export function createBot(parts: BotParts): Receive {
  return async (inbound) => {
    const started = Date.now();
    const heard = takeIn(inbound);
    if (!heard) {
      parts.log.warn("receive.unreadable", { type: inbound.type, platform: inbound.actor.platform });
      parts.observe?.(inbound.type, "refused", 0);
      return undefined;
    }
    try {
      const { reply, outcome } = await new RequestHandler(parts, heard).run();
      parts.observe?.(inbound.type, outcome, (Date.now() - started) / 1_000);
      return reply;
    } catch (error) {
      parts.observe?.(inbound.type, "failed", (Date.now() - started) / 1_000);
      parts.log.error("receive.failed", error, { type: inbound.type, platform: inbound.actor.platform });
      throw error;
    }
  };
}

type Outcome = { reply: Reply; outcome: "answered" | "refused" | "duplicate" };

class RequestHandler {
  #queued: Queued[] = [];

  constructor(
    private readonly parts: BotParts,
    private readonly inbound: Inbound,
  ) {}

  async run(): Promise<Outcome> {
    const waitMs = this.parts.clocks?.request(this.inbound) ?? 0;
    if (waitMs > 0) return this.#tooOften(waitMs);
    await this.#readersSeen();
    const known = await this.#whoIs();
    const usual = known?.active ? await this.#bodyFor(known) : undefined;
    if (!known || !usual || this.#joins()) return this.#stranger(known);
    if (usual === STALE) return this.#stale(known);
    const meant = await this.#bodyMeant(known, usual);
    if (typeof meant !== "string") return meant;
    const bodyId = meant;
    const begun = this.parts.store.inBody(bodyId, async (tx): Promise<Outcome> => {
      this.#queued = [];
      if (!(await this.#first(tx))) return DUPLICATE;
      const work = await this.#work(tx, bodyId);
      const loaded = await loadPerson(tx, known.personId);
      if (!work || !loaded) return DUPLICATE;
      this.parts.heard?.(this.inbound.actor, loaded.lang);
      const person = await asDeputy(tx, await this.#heard(tx, loaded, known), work.now);
      const ofAgency = this.parts.clocks?.take("agency", person.agencyId) ?? 0;
      if (ofAgency > 0) throw new TooOften(ofAgency);
      const outcome = await this.#asPerson(work, person, known.bodies);
      this.#queued = work.queued;
      return outcome;
    });
    const result = await begun.catch((error: unknown) => {
      if (error instanceof TooOften) return this.#instead(error.waitMs);
      throw error;
    });
    if (this.#queued.length) this.parts.enqueue(bodyId, this.#queued);
    return result;
  }

  /** Whoever speaks, known or not: a delivery can show that people of another organisation read a bound conversation. */
  async #readersSeen(): Promise<void> {
    const { conversation, type } = this.inbound;
    if (!conversation.external || conversation.kind === "personal" || type === "suggest") return;
    const bodyId = await this.#bodyOfPlace();
    if (!bodyId) return;
    const queued = await this.parts.store.inBody(bodyId, async (tx) => {
      const work = await this.#work(tx, bodyId);
      if (work) await outsidersSeen(work, conversation);
      return work?.queued ?? [];
    });
    if (queued.length) this.parts.enqueue(bodyId, queued);
  }

  async #bodyOfPlace(): Promise<string | undefined> {
    const { conversation } = this.inbound;
    const { rows } = await this.parts.store.outside((tx) =>
      sql<{
        id: string | null;
      }>`select body_of_place(${conversation.platform}, ${conversation.tenant}, ${conversation.id}) as id`.execute(tx),
    );
    return rows[0]?.id ?? undefined;
  }

  /** What was answered before is no new request, however often a platform brings it. */
  async #tooOften(waitMs: number): Promise<Outcome> {
    const { actor, key } = this.inbound;
    const before = await this.parts.store.outside((tx) => receivedBefore(tx, actor, key));
    return before ? DUPLICATE : this.#instead(waitMs);
  }

  #instead(waitMs: number): Outcome {
    const { actor } = this.inbound;
    const lang = this.parts.languageOf?.(actor) ?? languageOf(actor.locale);
    return { reply: saidInstead(this.inbound, lang, (t) => t.errors.tooOften(waitOf(waitMs))), outcome: "refused" };
  }

  /** Somebody known in one body joins another with a code, as a stranger would. */
  #joins(): boolean {
    return this.inbound.type === "command" && !tooMuch(this.inbound) && JOIN.test(this.inbound.text);
  }

  async #stale(known: Known): Promise<Outcome> {
    const fresh = await this.parts.store.outside((tx) => this.#first(tx));
    const { actor } = await this.#inTheirLanguage(known);
    const text = messagesFor(actor.locale).errors.stale;
    return fresh ? { reply: unasked(this.inbound, line(actor, text)), outcome: "refused" } : DUPLICATE;
  }

  /** What came, from somebody who reads the language that they chose here, where they are known, and not their platform's. */
  async #inTheirLanguage(known: Known | undefined): Promise<Inbound> {
    const { inbound } = this;
    const [body] = known?.active ? known.bodies : [];
    if (!known || !body) return inbound;
    const person = await this.parts.store.inBody(body, (tx) => loadPerson(tx, known.personId));
    return person ? { ...inbound, actor: { ...inbound.actor, locale: person.lang } } : inbound;
  }

  async #whoIs(): Promise<Known | undefined> {
    const { platform, tenant, user } = this.inbound.actor;
    const { rows } = await this.parts.store.outside((tx) =>
      sql<{ person_id: string; active: boolean; unreachable: boolean; current_body: string | null; bodies: string[] }>`
        select * from who_is(${platform}, ${tenant}, ${user})`.execute(tx),
    );
    const [row] = rows;
    return (
      row && {
        personId: row.person_id,
        active: row.active,
        unreachable: row.unreachable,
        currentBody: row.current_body,
        bodies: row.bodies,
      }
    );
  }

  /** A card's button names its body; a bound conversation has one; else it is the one that the person chose. */
  async #bodyFor(known: Known): Promise<string | undefined> {
    const named = bodySlug(this.inbound);
    if (named !== undefined) {
      const row = await this.parts.store.outside((tx) =>
        tx.selectFrom("bodies").select("id").where("slug", "=", named).executeTakeFirst(),
      );
      // A card of a body that the person has left speaks of nothing here: never of what has the same number elsewhere.
      return row && known.bodies.includes(row.id) ? row.id : STALE;
    }
    if (this.inbound.type === "threadReply") {
      const { conversation, id, thread } = this.inbound.thread;
      const { rows } = await this.parts.store.outside((tx) =>
        sql<{ id: string | null }>`
          select body_of_message(${conversation.platform}, ${conversation.tenant}, ${conversation.id}, ${thread ?? id}) as id`.execute(
          tx,
        ),
      );
      const spoken = rows[0]?.id;
      if (spoken && known.bodies.includes(spoken)) return spoken;
    }
    if (this.inbound.conversation.kind !== "personal") {
      const bound = await this.#bodyOfPlace();
      if (bound && known.bodies.includes(bound)) return bound;
    }
    return known.currentBody && known.bodies.includes(known.currentBody) ? known.currentBody : known.bodies[0];
  }

  /**
   * `T-1` is another item in each body of somebody's. Typed where no body is meant by the place, it is the one that they
   * see; of several they say which before anything is done, so that never the wrong one is meant.
   * @returns the body, or the question
   */
  async #bodyMeant(known: Known, usual: string): Promise<string | Outcome> {
    const { inbound, parts } = this;
    if (known.bodies.length < 2 || inbound.type !== "command" || inbound.conversation.kind !== "personal") return usual;
    const router = new Router(parts.registry);
    const ref = tooMuch(inbound) ? undefined : router.aboutIn(inbound.text);
    if (ref === undefined) return usual;
    const seen: string[] = [];
    for (const body of known.bodies)
      if (await this.#looking(body, known, (c) => router.route(c, { ...inbound, text: ref }))) seen.push(body);
    const [only = usual, second] = seen;
    if (second === undefined) return only;
    if (!(await parts.store.outside((tx) => this.#first(tx)))) return DUPLICATE;
    const choices: { slug: string; name: string; kept: string }[] = [];
    let asked: Omit<Context, "form"> | undefined;
    for (const id of seen)
      await this.#as(id, known, async (c) => {
        asked = c;
        const { slug, name } = c.work.body;
        choices.push({ slug, name, kept: await keepLine(c, inbound) });
      });
    choices.sort((a, b) => a.name.localeCompare(b.name));
    return { reply: asked && askBody(asked, ref, choices), outcome: "answered" };
  }

  /** As this person in one of their bodies. */
  async #as<T>(body: string, known: Known, act: (c: Omit<Context, "form">) => Promise<T>): Promise<T | undefined> {
    return this.parts.store.inBody(body, async (tx) => {
      const work = await this.#work(tx, body);
      const loaded = await loadPerson(tx, known.personId);
      if (!work || !loaded) return undefined;
      return act(await this.#context(work, await asDeputy(tx, loaded, work.now), known.bodies));
    });
  }

  /** Whether Coord would answer with something to see. Nothing of it stays. */
  async #looking(body: string, known: Known, look: (c: Omit<Context, "form">) => Promise<Reply>): Promise<boolean> {
    const seen = this.#as(body, known, async (c) => {
      await look(c);
      throw new Seen();
    });
    try {
      await seen;
      return false;
    } catch (error) {
      if (error instanceof Seen) return true;
      if (error instanceof Refusal) return false;
      throw error;
    }
  }

  /** Whoever speaks can be reached again, and a person added by mention gets the name that the platform tells. */
  async #heard(tx: Tx, person: Person, known: Known): Promise<Person> {
    const { actor } = this.inbound;
    if (known.unreachable)
      await tx
        .updateTable("accounts")
        .set({ unreachable: null })
        .where("platform", "=", actor.platform)
        // Whichever workspace of the organisation they speak from.
        .where("person_id", "=", person.id)
        .where("user_id", "=", actor.user)
        .execute();
    const name = actor.displayName;
    if (!name || person.name !== actor.user) return person;
    await tx.updateTable("persons").set({ name }).where("id", "=", person.id).execute();
    return { ...person, name };
  }

  /** Notes the delivery. @returns false when it was received before */
  async #first(tx: Tx): Promise<boolean> {
    const { actor, key, type } = this.inbound;
    // What is only looked up may be asked for as often as somebody types.
    if (type === "suggest") return true;
    const row = await tx
      .insertInto("inbound")
      .values({ platform: actor.platform, tenant: actor.tenant, key })
      .onConflict((c) => c.doNothing())
      .returning("key")
      .executeTakeFirst();
    return row !== undefined;
  }

  async #work(tx: Tx, bodyId: string): Promise<UnitOfWork | undefined> {
    const body: Body | undefined = await loadBody(tx, bodyId);
    return body && new UnitOfWork(tx, body, this.parts.clock.now(), this.parts);
  }

  /** An account that nobody has enrolled gets one helpful line, joins with a code, or is asked whether it is a second one. */
  async #stranger(known: Known | undefined): Promise<Outcome> {
    const inbound = await this.#inTheirLanguage(known);
    const t = messagesFor(inbound.actor.locale);
    const code = inbound.type === "command" && !tooMuch(inbound) ? JOIN.exec(inbound.text)?.[1] : undefined;
    if (code === undefined) {
      const offered = await confirmSecondFirst(this.parts, inbound, (tx) => this.#first(tx));
      if (offered?.body && offered.queued.length) this.parts.enqueue(offered.body, offered.queued);
      if (offered) return offered;
      const fresh = await this.parts.store.outside((tx) => this.#first(tx));
      const text = t.people.unknown({ name: inbound.actor.displayName });
      return fresh ? { reply: unasked(inbound, line(inbound.actor, text)), outcome: "answered" } : DUPLICATE;
    }
    const { reply, outcome, queued, body } = await joinFirst(this.parts, inbound, code, (tx) => this.#first(tx));
    if (body && queued.length) this.parts.enqueue(body, queued);
    return { reply, outcome };
  }

  async #asPerson(work: UnitOfWork, person: Person, bodies: string[]): Promise<Outcome> {
    const { inbound } = this;
    const c = await this.#context(work, person, bodies);
    // In a bound conversation there is one body; in their own, somebody of several reads which one is meant.
    const named = (reply: Reply): Reply =>
      person.several && inbound.conversation.kind === "personal" ? namingBody(reply, work.body.name) : reply;
    if (inbound.type === "action" && inbound.message) await this.#acknowledge(work, person, inbound.message.id);
    try {
      const problem = tooMuch(inbound);
      if (problem) refuse(problem);
      return {
        reply: named(await attempt(work.tx, () => new Router(this.parts.registry).route(c, inbound))),
        outcome: "answered",
      };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // What the handler queued is undone with what it wrote.
      work.queued.length = 0;
      await recordAct(c, {
        action: "refused",
        code: error.code ?? "input",
        detail: { type: inbound.type },
      });
      const text = error.say(c.t);
      const reply: Reply = inbound.type === "submit" ? { errors: { "": text } } : sentence(c, text);
      return { reply: inbound.type === "suggest" ? { options: [] } : named(reply), outcome: "refused" };
    }
  }

  async #context(work: UnitOfWork, person: Person, bodies: string[]): Promise<Omit<Context, "form">> {
    const { inbound } = this;
    return {
      work,
      person,
      viewer: person,
      t: messagesFor(person.lang),
      conversation: inbound.conversation,
      ceiling: await ceilingHere(work, inbound.conversation),
      via: inbound.type === "action" ? "action" : inbound.type === "submit" ? "form" : "text",
      message: inbound.type === "action" ? inbound.message : undefined,
      mentions: inbound.type === "command" ? inbound.mentions : [],
      bodies,
    };
  }

  /** Whoever presses a button of a message has read it. */
  async #acknowledge(work: UnitOfWork, person: Person, message: string): Promise<void> {
    const row = await work.tx
      .updateTable("outbox")
      .set({ acknowledged_at: work.now })
      .where("message", "=", message)
      .where("person_id", "=", person.id)
      .where("acknowledged_at", "is", null)
      .returning("sent_at")
      .executeTakeFirst();
    if (row?.sent_at) this.parts.acknowledged?.((work.now.getTime() - row.sent_at.getTime()) / 1_000);
  }
}

/**
 * What an answer may hold where somebody speaks. In a conversation that is bound to nobody each answer is for the one who
 * asked alone, and only what the delivery itself shows is known of who else is there.
 */
async function ceilingHere(work: UnitOfWork, here: ConversationRef): Promise<Label> {
  if (here.kind === "personal") return "GREEN";
  const conversation = await conversationOf(work.tx, here);
  if (conversation) return ceilingOf(conversation, work.now);
  return here.external ? "CLEAR" : "GREEN";
}

/** Undoes what the transaction began. */
class TooOften extends Error {
  constructor(readonly waitMs: number) {
    super("too often");
  }
}

const JOIN = /^\s*(?:\/coord\s+)?join\s+(\S.*)$/i;
const STALE = "stale";

/** What was looked at is there; its transaction is undone. */
class Seen extends Error {}

const DUPLICATE: Outcome = { reply: undefined, outcome: "duplicate" };

/** `jcb/T-104` → `jcb`; a form's state says it too. */
function bodySlug(inbound: Inbound): string | undefined {
  if (inbound.type === "action") {
    if (inbound.id === "form.open") return stateOf(inbound.value?.split(" ").slice(1).join(" ") ?? "")?.body;
    return /^([a-z0-9][a-z0-9-]*)\//.exec(inbound.value ?? "")?.[1];
  }
  if (inbound.type === "submit") return stateOf(inbound.state)?.body;
  if (inbound.type === "suggest") return stateOf(inbound.state ?? "")?.body;
  return undefined;
}

/** Strangers are answered where they spoke to Coord, and nowhere else. */
function unasked(inbound: Inbound, post: Message): Reply {
  switch (inbound.type) {
    case "home":
      return { home: post };
    case "command":
    case "action":
    case "shortcut":
      return { post, private: true };
    case "submit":
      return { errors: { "": post.text } };
    case "suggest":
      return { options: [] };
    case "joined":
      // Somebody took Coord up for themselves: the one moment at which they look for what to type.
      return inbound.who === "bot" && inbound.conversation.kind === "personal" ? { post } : undefined;
    case "threadReply":
    case "left":
      return undefined;
  }
}
