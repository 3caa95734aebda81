import { distance } from "fastest-levenshtein";
import { sql } from "kysely";
import { agency as agencyArg, whenContext } from "./args.js";
import { record } from "./audit/record.js";
import type { Actor, ConversationRef, Inbound, Message, Receive, Reply } from "./chat/index.js";
import type { Clock } from "./clock.js";
import { type Command, type Context, formFor, type Raws, type Registry, usage as usageLine } from "./command.js";
import { deleteDraft, openDraft, type State, stateOf, writeState } from "./drafts.js";
import { messagesFor } from "./i18n/index.js";
import { joinFirst } from "./join.js";
import type { Log } from "./log.js";
import { rawArgs, takeWord } from "./parse.js";
import type { Body, Person } from "./people/model.js";
import { findAgency, focalPoints, loadBody, loadPerson } from "./people/store.js";
import { may, rolesFor } from "./policy/index.js";
import { parseReference } from "./references.js";
import { Refusal, refuse } from "./refusal.js";
import { attempt, json, type Store, type Tx } from "./store/database.js";
import type { Vault } from "./store/vault.js";
import { suggest } from "./suggest.js";
import { readerIn, sentence } from "./tasks/answer.js";
import { inboxMessage } from "./tasks/inbox.js";
import { commentInThread, taskFromMessage } from "./tasks/messages.js";
import { type Queued, Work } from "./work.js";

export type BotParts = {
  store: Store;
  vault: Vault;
  clock: Clock;
  log: Log;
  registry: Registry;
  enqueue: (body: string, rows: Queued[]) => void;
  /** Told how long a message waited for its reader. */
  acknowledged?: (seconds: number) => void;
  /** Told after each inbound, for the metrics. */
  observe?: (type: Inbound["type"], outcome: "answered" | "refused" | "duplicate" | "failed", seconds: number) => void;
};

type Known = { personId: string; active: boolean; currentBody: string | null; bodies: string[] };

/**
 * The life of a request: one transaction that notes the delivery's key, finds out who it is, runs the handler and
 * commits; then the reply. A delivery that comes again has no second effect; a crash before the commit leaves nothing,
 * and the platform's retry is processed.
 */
export function createBot(parts: BotParts): Receive {
  return async (inbound) => {
    const started = Date.now();
    try {
      const { reply, outcome } = await new Turn(parts, inbound).run();
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

class Turn {
  #queued: Queued[] = [];

  constructor(
    private readonly parts: BotParts,
    private readonly inbound: Inbound,
  ) {}

  async run(): Promise<Outcome> {
    const known = await this.#whoIs();
    const bodyId = known?.active ? await this.#bodyFor(known) : undefined;
    if (!known || !bodyId) return this.#stranger();
    const result = await this.parts.store.inBody(bodyId, async (tx) => {
      this.#queued = [];
      if (!(await this.#first(tx))) return DUPLICATE;
      const work = await this.#work(tx, bodyId);
      const person = await loadPerson(tx, known.personId);
      if (!work || !person) return DUPLICATE;
      const outcome = await this.#asPerson(work, person, known.bodies);
      this.#queued = work.queued;
      return outcome;
    });
    if (this.#queued.length) this.parts.enqueue(bodyId, this.#queued);
    return result;
  }

  async #whoIs(): Promise<Known | undefined> {
    const { platform, tenant, user } = this.inbound.actor;
    const { rows } = await this.parts.store.outside((tx) =>
      sql<{ person_id: string; active: boolean; current_body: string | null; bodies: string[] }>`
        select * from who_is(${platform}, ${tenant}, ${user})`.execute(tx),
    );
    const [row] = rows;
    return row && { personId: row.person_id, active: row.active, currentBody: row.current_body, bodies: row.bodies };
  }

  /** A card's button names its body; a bound conversation has one; else it is the one that the person chose. */
  async #bodyFor(known: Known): Promise<string | undefined> {
    const named = bodySlug(this.inbound);
    if (named !== undefined) {
      const row = await this.parts.store.outside((tx) =>
        tx.selectFrom("bodies").select("id").where("slug", "=", named).executeTakeFirst(),
      );
      if (row && known.bodies.includes(row.id)) return row.id;
    }
    const { place } = this.inbound;
    if (place.kind !== "personal") {
      const { rows } = await this.parts.store.outside((tx) =>
        sql<{ id: string | null }>`select body_of_place(${place.platform}, ${place.tenant}, ${place.id}) as id`.execute(
          tx,
        ),
      );
      const bound = rows[0]?.id;
      if (bound && known.bodies.includes(bound)) return bound;
    }
    return known.currentBody && known.bodies.includes(known.currentBody) ? known.currentBody : known.bodies[0];
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

  async #work(tx: Tx, bodyId: string): Promise<Work | undefined> {
    const body: Body | undefined = await loadBody(tx, bodyId);
    return body && new Work(tx, body, this.parts.clock.now(), this.parts.vault);
  }

  /** An account that nobody has enrolled gets one helpful line, or joins with a code. */
  async #stranger(): Promise<Outcome> {
    const { inbound } = this;
    const t = messagesFor(inbound.actor.locale);
    const code = inbound.type === "command" ? /^\s*join\s+(\S.*)$/i.exec(inbound.text)?.[1] : undefined;
    if (code === undefined) {
      const fresh = await this.parts.store.outside((tx) => this.#first(tx));
      const text = t.people.unknown({ name: inbound.actor.displayName });
      return fresh ? { reply: unasked(inbound, line(inbound.actor, text)), outcome: "answered" } : DUPLICATE;
    }
    const { reply, outcome, queued, body } = await joinFirst(this.parts, inbound, code, (tx) => this.#first(tx));
    if (body && queued.length) this.parts.enqueue(body, queued);
    return { reply, outcome };
  }

  async #asPerson(work: Work, person: Person, bodies: string[]): Promise<Outcome> {
    const { inbound } = this;
    const t = messagesFor(person.lang);
    const c: Context = {
      work,
      person,
      t,
      place: await knownPlace(work, inbound.place),
      via: inbound.type === "action" ? "action" : inbound.type === "submit" ? "form" : "text",
      message: inbound.type === "action" ? inbound.message : undefined,
      mentions: inbound.type === "command" ? inbound.mentions : [],
      bodies,
    };
    if (inbound.type === "action" && inbound.message) await this.#acknowledge(work, person, inbound.message.id);
    try {
      return { reply: await attempt(work.tx, () => this.#route(c)), outcome: "answered" };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // What the handler queued is undone with what it wrote.
      work.queued.length = 0;
      await record(work, {
        action: "refused",
        actorId: person.id,
        code: error.code ?? "input",
        detail: { type: inbound.type },
      });
      const text = error.say(t);
      const reply: Reply = inbound.type === "submit" ? { errors: { "": text } } : sentence(c, text);
      return { reply: inbound.type === "suggest" ? { options: [] } : reply, outcome: "refused" };
    }
  }

  /** Whoever presses a button of a message has read it. */
  async #acknowledge(work: Work, person: Person, message: string): Promise<void> {
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

  async #route(c: Context): Promise<Reply> {
    const { inbound } = this;
    switch (inbound.type) {
      case "command":
        return this.#line(c, inbound.text);
      case "action":
        return this.#button(c, inbound.id, inbound.value ?? "");
      case "submit":
        return this.#submit(c, inbound.form, inbound.state, inbound.values);
      case "suggest":
        return { options: await suggest(c, inbound.source, inbound.query) };
      case "shortcut":
        return inbound.id === "task.from_message" && inbound.message
          ? taskFromMessage(
              inbound.message,
              (command, raws, source) => this.#form(c, command, raws, source),
              this.#command("task"),
            )
          : this.#form(c, this.#command("task"), {});
      case "threadReply":
        return commentInThread(c, inbound.thread, inbound.text);
      case "home":
        return { home: await inboxMessage(c.work, c.person, readerIn(c)) };
      case "joined":
        if (inbound.who !== "bot") return undefined;
        return c.place.kind === "personal"
          ? { post: await inboxMessage(c.work, c.person, readerIn(c)) }
          : { post: line({ locale: c.person.lang }, c.t.people.channelHello) };
      case "left":
        return undefined;
    }
  }

  /** A typed line: nothing, a reference, `for @agency …`, or a command and its arguments. */
  async #line(c: Context, text: string): Promise<Reply> {
    // Sentences say /coord, and people type it in Teams too, where it means nothing.
    const [word, rest] = takeWord(text.replace(/^\s*\/coord\b/i, ""));
    if (word === undefined) return this.#run(c, this.#command("inbox"), {});
    if (/^for$/i.test(word)) return this.#onBehalf(c, rest);
    const command = this.parts.registry.find(word);
    if (command) return this.#withArgs(c, command, rest);
    const reference = parseReference(word);
    if (reference?.kind === "task") return this.#run(c, this.#command("show"), { ref: reference.text });
    if (reference) return refuse((t) => t.errors.noSuchKind({ ref: reference.text }), "hidden");
    const said = word.slice(0, 40);
    const near = this.parts.registry
      .words()
      .map((name) => ({ name, far: distance(name, said.toLowerCase()) }))
      .filter(({ name, far }) => far <= Math.max(1, Math.floor(name.length / 3)))
      .sort((a, b) => a.far - b.far)
      .slice(0, 3)
      .map(({ name }) => name);
    return refuse((t) => t.errors.unknownCommand({ said, near }));
  }

  /** The secretariat acts for an agency that has nobody here to act; recorded as on behalf (DESIGN 1). */
  async #onBehalf(c: Context, text: string): Promise<Reply> {
    const [word = "", rest] = takeWord(text);
    this.#mayGeneral(c.person, "act.for");
    const agency = await actedFor.parse(c, word);
    if ((await focalPoints(c.work.tx, agency.id)).length)
      refuse((t) => t.errors.actForReachable({ agency: agency.name }));
    const person: Person = { ...c.person, agency, agencyId: agency.id, roles: ["focal_point", "staff"] };
    return this.#line({ ...c, person, onBehalf: { by: c.person, agency } }, rest);
  }

  async #withArgs(c: Context, command: Command, text: string): Promise<Reply> {
    return this.#run(c, command, rawArgs(text, command.args, whenContext(c)));
  }

  /** A button's id is a command's name; its value is the body, a slash, and what one would type. */
  async #button(c: Context, id: string, value: string): Promise<Reply> {
    if (id === "form.open") {
      const [form = "", ...state] = value.split(" ");
      return this.#reopen(c, form, state.join(" "));
    }
    const command = this.parts.registry.find(id);
    if (!command) return refuse((t) => t.errors.stale);
    return this.#withArgs(c, command, value.slice(value.indexOf("/") + 1));
  }

  async #reopen(c: Context, form: string, text: string): Promise<Reply> {
    const command = this.parts.registry.find(form.replace(/^cmd\./, ""));
    const state = stateOf(text);
    if (!command || !state) return refuse((t) => t.errors.formOld);
    const within = await this.#restored(c, state);
    const raws = { ...(state.draft ? await openDraft(within, state.draft) : {}), ...state.given };
    return this.#form(within, command, raws, state.source);
  }

  async #submit(
    c: Context,
    form: string,
    text: string,
    values: Record<string, string | string[] | undefined>,
  ): Promise<Reply> {
    const command = this.parts.registry.find(form.replace(/^cmd\./, ""));
    const state = stateOf(text);
    if (!command || !state) return refuse((t) => t.errors.formOld);
    const within = await this.#restored(c, state);
    const raws: Raws = { ...state.given };
    for (const name of Object.keys(command.args)) {
      const value = values[name];
      const raw = Array.isArray(value) ? value.join(" ") : value;
      if (raw !== undefined && raw.trim() !== "" && !(name in raws)) raws[name] = raw;
    }
    if (state.draft) await deleteDraft(within, state.draft);
    return this.#run({ ...within, source: state.source }, command, raws);
  }

  /** A form opened for an agency acts for it still, if the person still may. */
  async #restored(c: Context, state: State): Promise<Context> {
    if (!state.onBehalf) return c;
    this.#mayGeneral(c.person, "act.for");
    const agency = await findAgency(c.work.tx, state.onBehalf);
    if (!agency) return refuse((t) => t.errors.formOld);
    return {
      ...c,
      person: { ...c.person, agency, agencyId: agency.id, roles: ["focal_point", "staff"] },
      onBehalf: { by: c.person, agency },
    };
  }

  async #run(c: Context, command: Command, raws: Raws): Promise<Reply> {
    if (command.may) this.#mayGeneral(c.person, command.may);
    const missing = Object.entries(command.args).filter(([name, arg]) => !arg.optional && raws[name] === undefined);
    const [first] = missing;
    if (first) {
      // A reference is given, never asked: without one there is no form to show.
      if (missing.some(([, arg]) => arg.given) || command.hidden)
        return refuse((t) => t.errors.missing({ usage: usageLine(command, t), example: command.example }));
      if (c.via !== "form") return this.#form(c, command, raws, c.source);
      return {
        errors: Object.fromEntries(missing.map(([name, arg]) => [name, c.t.errors.empty({ what: arg.shown(c.t) })])),
      };
    }
    // A button that carries a reference alone and could carry more asks for the rest.
    if (c.via === "action" && this.#offersForm(command, raws)) return this.#form(c, command, raws, c.source);
    const values: Record<string, unknown> = {};
    const errors: Record<string, string> = {};
    for (const [name, arg] of Object.entries(command.args)) {
      const raw = raws[name];
      if (raw === undefined) continue;
      try {
        values[name] = await arg.parse(c, raw);
      } catch (error) {
        if (c.via !== "form" || !(error instanceof Refusal) || arg.given) throw error;
        errors[name] = error.say(c.t);
      }
    }
    if (Object.keys(errors).length) return { errors };
    return command.run(c, values as never);
  }

  #offersForm(command: Command, raws: Raws): boolean {
    const asked = Object.entries(command.args).filter(([, arg]) => !arg.given);
    return command.formOnButton === true && asked.length > 0 && asked.every(([name]) => raws[name] === undefined);
  }

  async #form(c: Context, command: Command, raws: Raws, source = c.source): Promise<Reply> {
    if (command.may) this.#mayGeneral(c.person, command.may);
    const state = await writeState(c, command, raws, source);
    return { form: await formFor(c, command, raws, state) };
  }

  #mayGeneral(person: Person, act: NonNullable<Command["may"]>): void {
    if (may(person, act)) return;
    refuse((t) => t.errors.notAllowed({ roles: rolesFor(act).map((role) => t.roles[role]) }), `role.${act}`);
  }

  #command(name: string): Command {
    const command = this.parts.registry.find(name);
    if (!command) throw new Error(`no command ${name}`);
    return command;
  }
}

/**
 * Slack does not say with every delivery that a channel is shared with another organisation: what was once known of a
 * bound conversation stays true, and what is new is written down. Its ceiling falls to CLEAR (DESIGN 3).
 */
async function knownPlace(work: Work, place: ConversationRef): Promise<ConversationRef> {
  if (place.kind === "personal") return place;
  const here = { platform: place.platform, tenant: place.tenant, conversation: place.id };
  const row = await work.tx
    .selectFrom("places")
    .select(["external", "ref", "agency_id"])
    .where((eb) => eb.and(here))
    .executeTakeFirst();
  if (!row) return place;
  if (place.external && !row.external) {
    const ref = json({ ...row.ref, external: true });
    await work.tx
      .updateTable("places")
      .set({ external: true, ref })
      .where((eb) => eb.and(here))
      .execute();
    if (row.agency_id)
      await work.tx.updateTable("agencies").set({ channel: ref }).where("id", "=", row.agency_id).execute();
  }
  return { ...place, external: place.external || row.external };
}

const actedFor = agencyArg({ label: (t) => t.args.agencyLabel });

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

const line = (actor: Pick<Actor, "locale">, text: string): Message => ({
  text,
  lang: messagesFor(actor.locale) === messagesFor("fr") ? "fr" : "en",
  blocks: [{ type: "text", text }],
});

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
    case "threadReply":
    case "joined":
    case "left":
      return undefined;
  }
}
