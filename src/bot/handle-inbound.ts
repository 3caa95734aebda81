import { type Selectable, sql } from "kysely";
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
import { loadActing, loadBody, loadPerson } from "../people/store.js";
import type { Label } from "../policy/index.js";
import { isCrowded, type Tx } from "../store/database.js";
import type { BodyRow } from "../store/schema.js";
import { type Queued, UnitOfWork } from "../store/unit-of-work.js";
import { takeIn, tooMuch } from "./intake.js";
import { joinFirst, receivedBefore } from "./join.js";
import type { BotParts } from "./parts.js";
import { Router } from "./router.js";
import { confirmSecondFirst } from "./second-account.js";

type Typed = { ref: string; line: Extract<Inbound, { type: "command" }> };
/** The body in which somebody speaks. */
type Here = { id: string; slug: string };
type Known = { personId: string; active: boolean; unreachable: boolean; bodies: string[] };
/** As the functions `who_is` and `admit` say it (migrations). */
type Met = { person_id: string | null; active: boolean; unreachable: boolean; bodies: string[] };
type Admitted = Met & { body: string | null; stale: boolean; fresh: boolean } & Partial<Selectable<BodyRow>>;

const knownOf = ({ person_id: personId, active, unreachable, bodies }: Met): Known | undefined =>
  personId === null ? undefined : { personId, active, unreachable, bodies };

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
      // Said where somebody reads it; what only a platform tells comes again by itself.
      const full = isCrowded(error) ? parts.full?.(inbound) : undefined;
      if (full) {
        parts.observe?.(inbound.type, "refused", (Date.now() - started) / 1_000);
        return full;
      }
      parts.observe?.(inbound.type, "failed", (Date.now() - started) / 1_000);
      parts.log.error("receive.failed", error, { type: inbound.type, platform: inbound.actor.platform });
      throw error;
    }
  };
}

type Outcome = { reply: Reply; outcome: "answered" | "refused" | "duplicate" };

class RequestHandler {
  /** What the transaction that was committed leaves to jobs. */
  #left: { body: string; queued: Queued[] } | undefined;
  #counted = false;

  constructor(
    private readonly parts: BotParts,
    private readonly inbound: Inbound,
  ) {}

  async run(): Promise<Outcome> {
    const waitMs = this.parts.clocks?.request(this.inbound) ?? 0;
    if (waitMs > 0) return this.#tooOften(waitMs);
    await this.#readersSeen();
    const outcome = await (this.#joins()
      ? this.#stranger(await this.#whoIs())
      : this.#answered(() => this.#admitted()));
    const left = this.#left;
    if (left?.queued.length) this.parts.enqueue(left.body, left.queued);
    return outcome;
  }

  /** What begins in a transaction may have to be undone, and goes on in another. */
  async #answered(begin: () => Promise<Outcome>): Promise<Outcome> {
    try {
      return await begin();
    } catch (error) {
      if (error instanceof TooOften) return this.#instead(error.waitMs);
      if (error instanceof Elsewhere) return this.#answered(error.goOn);
      if (error instanceof Refused) return this.#answered(() => this.#refused(error));
      throw error;
    }
  }

  /** Who speaks and in which of their bodies, and then what they ask, in one transaction. */
  #admitted(): Promise<Outcome> {
    return this.#entered(bodySlug(this.inbound), (tx, body, known) => {
      const typed = this.#mayMeanAnother(known);
      if (typed) throw new Elsewhere(() => this.#bodyMeant(known, typed));
      return this.#asked(tx, body, known);
    });
  }

  /**
   * A transaction in the body that is named, or in the usual one, with this delivery noted in it.
   * @throws Elsewhere where somebody speaks who is nobody there
   */
  #entered(named: string | undefined, act: (tx: Tx, body: Here, known: Known) => Promise<Outcome>): Promise<Outcome> {
    const { inbound } = this;
    const { actor, conversation, key, type } = inbound;
    const spoken = type === "threadReply" ? inbound.thread : undefined;
    const place = spoken?.conversation ?? conversation;
    const admission = sql<Admitted>`
      select person_id, active, unreachable, bodies, body, stale, fresh, (home).*
      from admit(${actor.platform}, ${actor.tenant}, ${actor.user}, ${named ?? null}, ${place.platform}, ${place.tenant},
        ${place.id}, ${conversation.kind === "personal"}, ${spoken ? (spoken.thread ?? spoken.id) : null},
        ${type === "suggest" ? null : key})`;
    return this.parts.store.entering(admission, async (tx, row) => {
      const known = knownOf(row);
      const { body: id, slug } = row;
      if (row.stale && known) throw new Elsewhere(() => this.#stale(known));
      if (!known || !id || !slug) throw new Elsewhere(() => this.#stranger(known));
      return row.fresh ? act(tx, { id, slug }, known) : DUPLICATE;
    });
  }

  /** What somebody asks in one of their bodies. */
  #asked(tx: Tx, body: Here, known: Known): Promise<Outcome> {
    return this.#asKnown(tx, body.id, known, async (c) => {
      try {
        const problem = tooMuch(this.inbound);
        if (problem) refuse(problem);
        return { reply: this.#named(c, await this.#route(c)), outcome: "answered" };
      } catch (error) {
        // Outside, everything that the request wrote is undone.
        throw error instanceof Refusal ? new Refused(error, body.slug) : error;
      }
    });
  }

  #refused({ refusal, body }: Refused): Promise<Outcome> {
    return this.#entered(body, (tx, { id }, known) =>
      this.#asKnown(tx, id, known, async (c) => {
        const { type } = this.inbound;
        await recordAct(c, { action: "refused", code: refusal.code ?? "input", detail: { type } });
        const text = refusal.say(c.t);
        const reply: Reply = type === "submit" ? { errors: { "": text } } : sentence(c, text);
        return { reply: type === "suggest" ? { options: [] } : this.#named(c, reply), outcome: "refused" };
      }),
    );
  }

  async #asKnown(
    tx: Tx,
    body: string,
    known: Known,
    act: (c: Omit<Context, "form">) => Promise<Outcome>,
  ): Promise<Outcome> {
    this.#left = undefined;
    const work = await this.#work(tx, body);
    const loaded = await loadActing(tx, known.personId, this.parts.clock.now());
    if (!work || !loaded) return DUPLICATE;
    this.parts.heard?.(this.inbound.actor, loaded.lang);
    const person = await this.#heard(tx, loaded, known);
    // A request that begins again, since it collided with another or was refused, is one all the same.
    const ofAgency = this.#counted ? 0 : (this.parts.clocks?.take("agency", person.agencyId) ?? 0);
    this.#counted = true;
    if (ofAgency > 0) throw new TooOften(ofAgency);
    const c = await this.#context(work, person, known.bodies);
    if (this.inbound.type === "action" && this.inbound.message)
      await this.#acknowledge(work, person, this.inbound.message.id);
    const outcome = await act(c);
    this.#left = { body, queued: work.queued };
    return outcome;
  }

  #route(c: Omit<Context, "form">, inbound: Inbound = this.inbound): Promise<Reply> {
    return new Router(this.parts.registry).route(c, inbound);
  }

  /** In a bound conversation there is one body; in their own, somebody of several reads which one is meant. */
  #named({ person, work }: Omit<Context, "form">, reply: Reply): Reply {
    return person.several && this.inbound.conversation.kind === "personal" ? namingBody(reply, work.body.name) : reply;
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
      sql<Met>`select * from who_is(${platform}, ${tenant}, ${user})`.execute(tx),
    );
    return rows[0] && knownOf(rows[0]);
  }

  /** The reference in what somebody of several bodies types where no body is meant by the place. */
  #mayMeanAnother(known: Known): Typed | undefined {
    const { inbound } = this;
    if (known.bodies.length < 2 || inbound.type !== "command" || inbound.conversation.kind !== "personal")
      return undefined;
    const ref = tooMuch(inbound) ? undefined : new Router(this.parts.registry).aboutIn(inbound.text);
    return ref === undefined ? undefined : { ref, line: inbound };
  }

  /**
   * `T-1` is another item in each body of somebody's. Typed where no body is meant by the place, it is the one that they
   * see; of several they say which before anything is done, so that never the wrong one is meant.
   */
  async #bodyMeant(known: Known, { ref, line }: Typed): Promise<Outcome> {
    const seen: Here[] = [];
    for (const id of known.bodies) {
      const slug = await this.#looking(id, known, (c) => this.#route(c, { ...line, text: ref }));
      if (slug !== undefined) seen.push({ id, slug });
    }
    const [only, second] = seen;
    // In none of them it is the usual one that says so.
    if (!second) return this.#entered(only?.slug, (tx, body, speaker) => this.#asked(tx, body, speaker));
    if (!(await this.parts.store.outside((tx) => this.#first(tx)))) return DUPLICATE;
    const choices: { slug: string; name: string; kept: string }[] = [];
    let asked: Omit<Context, "form"> | undefined;
    for (const { id } of seen)
      await this.#as(id, known, async (c) => {
        asked = c;
        const { slug, name } = c.work.body;
        choices.push({ slug, name, kept: await keepLine(c, line) });
      });
    choices.sort((a, b) => a.name.localeCompare(b.name));
    return { reply: asked && askBody(asked, ref, choices), outcome: "answered" };
  }

  /** As this person in one of their bodies. */
  async #as<T>(body: string, known: Known, act: (c: Omit<Context, "form">) => Promise<T>): Promise<T | undefined> {
    return this.parts.store.inBody(body, async (tx) => {
      const work = await this.#work(tx, body);
      const person = await loadActing(tx, known.personId, this.parts.clock.now());
      return work && person && act(await this.#context(work, person, known.bodies));
    });
  }

  /** The slug of a body in which Coord would answer with something to see. Nothing of it stays. */
  async #looking(
    body: string,
    known: Known,
    look: (c: Omit<Context, "form">) => Promise<Reply>,
  ): Promise<string | undefined> {
    const seen = this.#as(body, known, async (c) => {
      await look(c);
      throw new Seen(c.work.body.slug);
    });
    try {
      await seen;
      return undefined;
    } catch (error) {
      if (error instanceof Seen) return error.slug;
      if (error instanceof Refusal) return undefined;
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

/** These undo what the transaction began. */
class Elsewhere extends Error {
  constructor(readonly goOn: () => Promise<Outcome>) {
    super("goes on elsewhere");
  }
}

class Refused extends Error {
  constructor(
    readonly refusal: Refusal,
    /** The slug of the body that refused. */
    readonly body: string,
  ) {
    super("refused");
  }
}

class TooOften extends Error {
  constructor(readonly waitMs: number) {
    super("too often");
  }
}

const JOIN = /^\s*(?:\/coord\s+)?join\s+(\S.*)$/i;

/** What was looked at is there; its transaction is undone. */
class Seen extends Error {
  constructor(readonly slug: string) {
    super("seen");
  }
}

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
