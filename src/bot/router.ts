import { distance } from "fastest-levenshtein";
import type { Form, Inbound, QuotedMessage, Reply } from "../chat/index.js";
import { agency as agencyArg, whenContext } from "../command/args.js";
import { answerOf, askWhat, CHOOSE, nearKey, openIn, type Settled, taskOrNot } from "../command/asking.js";
import { type Arg, argsOf, type Command, type Context, type Raws, usage as usageLine } from "../command/define.js";
import {
  deleteDraft,
  messageOf,
  NOTHING_TYPED,
  openDraft,
  type State,
  stateOf,
  writeState,
} from "../command/drafts.js";
import { formFor } from "../command/form.js";
import { IN_BODY, openLine } from "../command/inbody.js";
import { strangeKey } from "../command/keys.js";
import { heldBy, markingOf, markingsIn, notHere, quotedMarkings, takesLabel, withLabel } from "../command/marked.js";
import { pastMarking } from "../command/marking.js";
import { partyNamed, Several } from "../command/meant.js";
import { OPENING, readLine, takeWord } from "../command/parse.js";
import { pastStop, unpasted, withoutStop } from "../command/pasted.js";
import { parseReference, type Reference } from "../command/references.js";
import type { Registry } from "../command/registry.js";
import { line, readerIn } from "../command/reply.js";
import {
  answerMeant,
  isThanks,
  lineMeant,
  remindedWhen,
  verbMeant,
  withoutBetween,
  withoutCourtesy,
} from "../command/speech.js";
import { answered, askReading, askWhich, Unclear, WHICH } from "../command/which.js";
import { notifyLeft } from "../conversations/notifications.js";
import type { Messages } from "../i18n/index.js";
import { itemOf, talkedOf } from "../items/define.js";
import { Refusal, refuse } from "../lib/refusal.js";
import type { Agency, Person } from "../people/model.js";
import { findAgency, focalPoints, unbind } from "../people/store.js";
import { type Label, may, rolesFor, type Viewer } from "../policy/index.js";
import { inboxMessage } from "../turns/inbox.js";
import { guided } from "./guide.js";
import { fieldTooLong } from "./intake.js";
import { suggest } from "./suggest.js";

/** `request read:R-9`: the words of a command, a colon, a reference. */
const GLUED = /^(\p{L}[\p{L}-]{0,30}(?:\s{1,9}\p{L}[\p{L}-]{0,30})?):(?=[A-Z]-?\d{1,9}(?:\s|$))/iu;

/** From what somebody typed, pressed or sent to the command that it means, with its arguments read and its right checked. */
export class Router {
  constructor(private readonly registry: Registry) {}

  async route(who: Omit<Context, "form">, inbound: Inbound): Promise<Reply> {
    const c: Context = { ...who, form: (name, raws) => this.#form(c, this.#command(name), raws) };
    switch (inbound.type) {
      case "command":
        return this.#line(c, inbound.text);
      case "action":
        return this.#button(c, inbound.id, inbound.value ?? "");
      case "submit":
        return this.#submit(c, inbound.form, inbound.state, inbound.values);
      case "suggest":
        if (isAnothers(inbound.state, c.person)) return { options: [] };
        return { options: await suggest(c, inbound.source, inbound.query) };
      case "shortcut":
        return this.#begun(c, inbound.message);
      case "threadReply":
        return talkedOf().inThread(c, inbound.thread, inbound.text);
      case "home":
        return { home: await inboxMessage(c.work, c.person, readerIn(c), c.bodies) };
      case "joined":
        if (inbound.who !== "bot") return undefined;
        return c.conversation.kind === "personal"
          ? { post: await inboxMessage(c.work, c.person, readerIn(c), c.bodies) }
          : { post: line({ locale: c.person.lang }, c.t.people.channelHello) };
      case "left":
        if (inbound.who === "bot") {
          const agencyId = await unbind(c.work.tx, c.conversation);
          if (agencyId) await notifyLeft(c.work, agencyId, c.conversation.platform);
        }
        return undefined;
    }
  }

  /** A shortcut: the form of what people begin most, filled in from the message that they picked. */
  async #begun(c: Context, message: QuotedMessage | undefined): Promise<Reply> {
    const { begins, ofMessage } = talkedOf();
    const { raws, source } = message ? ofMessage(message) : { raws: {} };
    return this.#form(c, this.#command(begins), raws, source);
  }

  /** A typed line: nothing, a reference, `for @agency …`, or a command and its arguments. */
  async #line(c: Context, text: string): Promise<Reply> {
    const line = this.#plain(text);
    const meant = lineMeant(line);
    if (meant !== undefined && !this.registry.find(line.trim())) return this.#line(c, meant);
    const [word, rest] = takeWord(line);
    if (word === undefined) return this.#run(c, this.#command("inbox"), {});
    if (/^for$/i.test(word)) return this.#onBehalf(c, rest);
    const pair = this.#pair(word, rest);
    if (pair) return this.#withArgs(c, ...pair);
    const across = this.#across(word, rest);
    if (across) return this.#withArgs(c, ...across);
    const command = this.#called(word, rest) ?? this.#ofKind(word, rest);
    const guide = command && rest !== "" && remindedWhen(line) === undefined ? undefined : await guided(c, line);
    if (guide) return guide;
    if (command) return this.#withArgs(c, this.#about(word, command, rest), rest);
    const reference = parseReference(word);
    const shows = reference && itemOf(reference.kind)?.kind.show;
    const turned = reference && this.#turned(reference, rest);
    if (turned) return this.#withArgs(c, ...turned);
    // `T-2 thanks` may be meant to be said to them: it is no courtesy to Coord.
    if (shows && rest !== "" && !this.#command(shows).dialogOnly) this.#leftOver(this.#command(shows), rest);
    if (shows)
      return this.#run(contentIn(c, this.#command(shows), rest), this.#command(shows), { ref: reference.text });
    if (reference) return refuse((t) => t.errors.noSuchKind({ ref: reference.text }), "hidden");
    const addressed = await this.#addressed(c, withoutCourtesy(line));
    if (addressed) return addressed;
    const said = word.slice(0, 40);
    const near = this.registry
      .words()
      .map((name) => ({ name, far: distance(name, said.toLowerCase()) }))
      .filter(({ name, far }) => name.length > 1 && far <= Math.max(1, Math.floor(name.length / 3)))
      .sort((a, b) => a.far - b.far)
      .slice(0, 3)
      .map(({ name }) => name);
    return refuse((t) => t.errors.unknownCommand({ said, near }));
  }

  /** What was typed, its command first and without a courtesy before it: `please request …`. */
  #plain(text: string): string {
    const line = typedLine(text).trimStart();
    const bare = withoutCourtesy(line);
    return this.#unstopped(this.#nameFirst(bare === "" ? line : bare));
  }

  /**
   * The line without the colon or dash that people put behind the words of a command: `request read: R-9`,
   * `demande : lire R-9`, `read - T-1`. Behind the first word of two it may as well begin what is to be written
   * (`task: done with the boats`): there they are one command where a reference or nothing follows.
   */
  #unstopped(typed: string): string {
    const line = typed.replace(GLUED, (whole, words: string) =>
      this.registry.find(words.replace(/\s+/, "-")) ? `${words} ` : whole,
    );
    const [word, rest] = takeWord(line);
    if (word === undefined) return line;
    const first = withoutStop(word);
    if (!this.registry.find(first) && verbMeant(first) === undefined) return line;
    const behind = pastStop(rest);
    const [second, after] = takeWord(behind);
    const pair = second === undefined ? undefined : this.#pair(first, behind);
    if (second !== undefined && pair) {
      const last = pastStop(after);
      const stopped = first !== word || behind !== rest;
      const whole = last === "" || parseReference(takeWord(last)[0] ?? "") !== undefined;
      if (!stopped && last === after && withoutStop(second) === second) return line;
      if (!stopped || whole) return `${first} ${withoutStop(second)} ${last}`;
    }
    return behind === rest ? line : `${word} ${behind}`;
  }

  /**
   * The line with the words that name the command, or its item, before a marking: `tlp:red request postpone R-9` and
   * `request tlp:red postpone R-9` are read as `request postpone tlp:red R-9`.
   */
  #nameFirst(typed: string): string {
    const [ahead, named] = pastMarking(typed);
    const [word, rest] = takeWord(named);
    if (word === undefined) return typed;
    const line = ahead ? `${word} ${ahead} ${rest}` : typed;
    const [marking, after] = pastMarking(ahead ? `${ahead} ${rest}` : rest);
    const [second, last] = takeWord(after);
    const names = second !== undefined && (this.registry.find(`${word}-${second}`) || parseReference(second));
    return marking && names && !OPENING.test(after) ? `${word} ${second} ${marking} ${last}` : line;
  }

  /**
   * `meet poll` is one command; what stands in quotation marks is never part of its name. In words of another language
   * it is one where a reference or nothing follows: `demande lire R-9`.
   */
  #pair(word: string, rest: string): [Command, string] | undefined {
    if (OPENING.test(rest)) return undefined;
    const [second, after] = takeWord(rest);
    if (second === undefined) return undefined;
    const said = withoutStop(second);
    const command = this.registry.find(`${word}-${said}`);
    if (command) return [command, after];
    if (after !== "" && !parseReference(takeWord(after)[0] ?? "")) return undefined;
    const [first, then] = [verbMeant(word) ?? word, verbMeant(said) ?? said];
    const meant = first === word && then === said ? undefined : this.registry.find(`${first}-${then}`);
    return meant && [meant, after];
  }

  /** By its name, or a verb of any language that is spoken, with or without a colon behind. */
  #called(word: string, rest?: string): Command | undefined {
    const verb = this.registry.find(verbMeant(word) ?? "");
    const named = this.registry.find(withoutStop(word)) ?? verb;
    // `meeting M-3` shows one, `meeting monday 10` calls one; so `request R-9`, and `request mla A-55` for `request new`.
    const shows = named?.args.ref?.given && !named.args.ref.optional;
    const anew = shows ? this.registry.find(`${named.name}-new`) : undefined;
    const begins = anew ?? verb;
    const first = shows && begins && rest ? takeWord(rest)[0] : undefined;
    if (first === undefined) return named;
    const reference = parseReference(first);
    // Whom a request goes to has a reference too: `request A-55 mla`.
    return !reference || (anew && reference.kind !== named?.args.ref?.kind) ? begins : named;
  }

  /** `close R-9` is said for `request close R-9`: of a word that several kinds have the one that the reference names. */
  #about(word: string, command: Command, rest: string): Command {
    const { ref } = command.args;
    const reference = parseReference(takeWord(rest)[0] ?? "");
    if (ref?.given && ref.kind === reference?.kind) return command;
    // By the word itself: what it stands for with another kind says nothing here. To verify a task is to close it.
    return this.#ofKind(word, rest) ?? command;
  }

  /** What is said with a word to an item of the kind that the next word names: `ready R-9`. */
  #ofKind(word: string, rest: string): Command | undefined {
    const reference = parseReference(takeWord(rest)[0] ?? "");
    return reference && this.#ofShow(itemOf(reference.kind)?.kind.show, word);
  }

  /** `attach I-31 to R-9`: the word is of the second kind, and the first is what that is done with. */
  #across(word: string, rest: string): [Command, string] | undefined {
    const [first = "", after] = takeWord(rest);
    const [second = "", tail] = takeWord(withoutBetween(after));
    const [done, about] = [parseReference(first), parseReference(second)];
    const command = done && about && this.#ofShow(itemOf(about.kind)?.kind.show, word);
    if (!command || command.args.ref?.kind !== about.kind) return undefined;
    const takes = Object.entries(command.args).some(
      ([name, { kind, shape }]) => name !== "ref" && kind === done.kind && shape === "word",
    );
    return takes ? [command, `${about.text} ${done.text} ${tail}`.trim()] : undefined;
  }

  /** A kind's own command of this word, in any language that is spoken: of requests `read`, `lire`. */
  #ofShow(show: string | undefined, word: string): Command | undefined {
    const said = withoutStop(word);
    return this.registry.find(`${show}-${said}`) ?? this.registry.find(`${show}-${verbMeant(said) ?? said}`);
  }

  /** `T-9 done`, `M-3 yes`: the reference first, and what to do with it behind. */
  #turned(reference: Reference, rest: string): [Command, string] | undefined {
    const [word, after] = takeWord(rest);
    if (word === undefined) return undefined;
    const answers = itemOf(reference.kind)?.answers;
    const answer = answers === undefined ? undefined : answerMeant(word);
    if (answers !== undefined && answer !== undefined && after === "")
      return [this.#command(answers), `${reference.text} ${answer}`];
    // `A-55 verify` is said for `authority verify A-55`: its own word for it comes before another's.
    const show = itemOf(reference.kind)?.kind.show;
    const named = [this.#ofShow(show, word), this.#called(word)];
    const command = named.find((one) => one?.args.ref?.given && one.args.ref.kind === reference.kind);
    return command && [command, `${reference.text} ${after}`];
  }

  /** `@labour please inspect 3 farms`: something asked of them, most likely, and asked about. */
  async #addressed(c: Context, line: string): Promise<Reply> {
    const [word = "", rest] = takeWord(line);
    if (!/^(?:@|\uE000)/u.test(word) || rest === "") return undefined;
    const begins = this.#command(talkedOf().begins);
    if (begins.may) this.#mayGeneral(c.person, begins.may);
    const party = await partyNamed(c, withoutStop(word));
    if (!party) return undefined;
    const { words, label } = await markingOf(c, begins, `${word} ${withoutCourtesy(rest)}`);
    return askWhat(c, begins, taskOrNot(c, words, party), label);
  }

  /**
   * The secretariat acts for an agency that has nobody here to act; recorded as on behalf (docs/access.md, Acting for
   * an agency).
   */
  async #onBehalf(c: Context, text: string): Promise<Reply> {
    const [word = "", rest] = takeWord(text);
    // Whether they may at all comes first: to others no agency's name is looked up.
    this.#mayGeneral(c.person, "act.for");
    const agency = await actedFor.parse(c, word);
    return this.#line(await this.#actingFor(c, agency), rest);
  }

  /** @throws Refusal when somebody of the agency decides for it: then nobody looks over its shoulder */
  async #actingFor(c: Context, agency: Agency): Promise<Context> {
    this.#mayGeneral(c.person, "act.for");
    if (!agency.represented && (await focalPoints(c.work.tx, agency.id)).length)
      refuse((t) => t.errors.notRepresented({ agency: agency.name }), "act.for");
    const person: Person = {
      ...c.person,
      agency,
      agencyId: agency.id,
      roles: ["focal_point", "staff"],
      standsInFor: [],
    };
    const viewer: Viewer = { id: "", agencyId: agency.id, roles: person.roles, onBehalf: true };
    const acting: Context = {
      ...{ ...c, person, viewer, onBehalf: { by: c.person, agency } },
      // A dialog that is opened for the agency is given for it.
      form: (name, raws) => this.#form(acting, this.#command(name), raws),
    };
    return acting;
  }

  async #withArgs(c: Context, command: Command, text: string): Promise<Reply> {
    // Of words that are content none is taken from a line, and so no marking either: contentIn says so.
    const read = !command.dialogOnly || takesLabel(command);
    const { words, label } = read ? await markingOf(c, command, text) : { words: text };
    return this.#read(c, command, words, label);
  }

  async #read(c: Context, command: Command, words: string, label?: Label, settled: Settled = {}): Promise<Reply> {
    const time = whenContext(c);
    const reading = readLine(words, command.args, time, settled.moments);
    const { raws, rest, prose, unsure } = reading;
    const within = contentIn(c, command, rest);
    if (c.via === "text" && !within.dropped) {
      const strange = settled.keys ? undefined : strangeKey(prose, command.args);
      if (strange && strange.near.length === 0) refuse((t) => t.errors.unknownKey(strange));
      if (command.may) this.#mayGeneral(c.person, command.may);
      if (strange) return askWhat(c, command, await nearKey(c, command, reading, strange, settled), label);
      if (rest !== "" && !isThanks(rest) && missingIn(command, raws).length === 0) this.#leftOver(command, rest);
      const open = await openIn(c, command, reading, settled, label);
      if (open) return askWhat(c, command, open, label);
    }
    return this.#run({ ...within, stayed: unsure }, command, command.refine?.(raws, time) ?? raws, label);
  }

  /** What was asked about a line is answered: it is read again with that. */
  async #settled(c: Context, value: string): Promise<Reply> {
    const answer = await answerOf(c, value);
    if (!answer) return refuse((t) => t.errors.stale);
    const { line: words, settled, label, mentions, source, opens } = answer;
    const actor = answer.onBehalf ? await this.#actingForHandle(c, answer.onBehalf) : c;
    const within: Context = { ...actor, mentions, source, via: "text" };
    const command = this.#command(answer.command);
    if (opens) {
      const { raws } = readLine(words, command.args, whenContext(c), settled.moments);
      return this.#form(within, command, withLabel(command, raws, label), source);
    }
    await deleteDraft(c, value.split(" ", 1)[0] ?? "");
    return inPlace(c, await this.#read(within, command, words, label, settled));
  }

  /** Words about an item may be its content, which no error repeats. */
  #leftOver(command: Command, rest: string): never {
    const said = "ref" in command.args ? undefined : rest.slice(0, 60);
    return refuse((t) => t.errors.leftOver({ said, usage: usageLine(command, t), example: command.example }));
  }

  /** A button's id is a command's name; its value is the body, a slash, and what one would type. */
  async #button(c: Context, id: string, value: string): Promise<Reply> {
    if (id === "form.open") {
      const [form = "", ...state] = value.split(" ");
      return this.#reopen(c, form, state.join(" "));
    }
    if (id === CHOOSE) return this.#settled(c, value.slice(value.indexOf("/") + 1));
    if (id === IN_BODY) return this.#inBody(c, value.slice(value.indexOf("/") + 1));
    if (id === WHICH) return this.#chosen(c, value.slice(value.indexOf("/") + 1));
    const command = this.registry.find(id);
    if (!command) return refuse((t) => t.errors.stale);
    return this.#withArgs(c, command, value.slice(value.indexOf("/") + 1));
  }

  /** Which body was meant: the line is read there as it was typed. */
  async #inBody(c: Context, value: string): Promise<Reply> {
    const kept = await openLine(c, value);
    if (!kept) return refuse((t) => t.errors.stale);
    await deleteDraft(c, value);
    return inPlace(c, await this.#line({ ...c, via: "text", mentions: kept.mentions }, kept.text));
  }

  /** The item that a typed line is about, where it names one: `T-9`, `done T-9 …`, `T-9 done`, `for @labour done T-9`. */
  aboutIn(text: string): string | undefined {
    const line = this.#plain(text);
    const meant = lineMeant(line);
    if (meant !== undefined && !this.registry.find(line.trim())) return this.aboutIn(meant);
    const [word, rest] = takeWord(line);
    if (word === undefined) return undefined;
    if (/^for$/i.test(word)) return this.aboutIn(takeWord(rest)[1]);
    const [command, after] = this.#pair(word, rest) ?? this.#across(word, rest) ?? [this.#called(word, rest), rest];
    if (!command) return parseReference(word)?.text;
    const [said] = takeWord(after);
    return this.#about(word, command, after).args.ref && said ? parseReference(said)?.text : undefined;
  }

  /** Which of several was meant: what was typed is done with that one, and the question makes room for the answer. */
  async #chosen(c: Context, value: string): Promise<Reply> {
    const question = await answered(c, value);
    if (!question) return refuse((t) => t.errors.stale);
    await deleteDraft(c, value.split(" ", 1)[0] ?? "");
    const within = question.onBehalf ? await this.#actingForHandle(c, question.onBehalf) : c;
    const { command, raws, mentions, source } = question;
    return inPlace(c, await this.#run({ ...within, mentions, source }, this.#command(command), raws));
  }

  async #reopen(c: Context, form: string, text: string): Promise<Reply> {
    const command = this.registry.find(form.replace(/^cmd\./, ""));
    const state = stateOf(text);
    if (!command || !state) return refuse((t) => t.errors.formOld);
    const within = await this.#restored(c, state);
    const { typed, mentions, source } = state.draft ? await openDraft(within, state.draft) : NOTHING_TYPED;
    return this.#form({ ...within, mentions }, command, { ...typed, ...state.given }, source);
  }

  async #submit(
    c: Context,
    form: string,
    text: string,
    values: Record<string, string | string[] | undefined>,
  ): Promise<Reply> {
    const command = this.registry.find(form.replace(/^cmd\./, ""));
    const state = stateOf(text);
    if (!command || !state) return refuse((t) => t.errors.formOld);
    const within = await this.#restored(c, state);
    const raws: Raws = { ...state.given };
    const long: Record<string, string> = {};
    for (const [name, arg] of Object.entries(await argsOf(within, command, raws))) {
      const value = values[name];
      const problem = value === undefined ? undefined : fieldTooLong(value, arg.shown(c.t));
      if (problem) long[name] = problem(c.t);
      const raw = Array.isArray(value) ? value.join(" ") : value;
      if (raw !== undefined && raw.trim() !== "" && !(name in raws)) raws[name] = raw;
    }
    if (Object.keys(long).length) return { errors: long };
    const { source } = state.draft ? await openDraft(within, state.draft) : NOTHING_TYPED;
    const { raws: read, label } = markingsIn(command, raws);
    const from = { message: messageOf(state, c.conversation), about: state.given.ref };
    const reply = await this.#run({ ...within, ...from, source }, command, read, label);
    if (reply && "errors" in reply) return reply;
    // The very same form a second time, whatever delivery brings it: what it did is undone with this refusal.
    if (!(await firstOf(within, `form ${state.nonce}`))) refuse((t) => t.errors.formSent);
    if (state.draft) await deleteDraft(within, state.draft);
    return reply;
  }

  /** A form is its person's alone; opened for an agency it acts for it still, if the person still may. */
  async #restored(c: Context, state: State): Promise<Context> {
    if (state.for && state.for !== c.person.id) return refuse((t) => t.errors.formOld);
    return state.onBehalf ? this.#actingForHandle(c, state.onBehalf) : c;
  }

  async #actingForHandle(c: Context, handle: string): Promise<Context> {
    const agency = await findAgency(c.work.tx, handle);
    return agency ? this.#actingFor(c, agency) : refuse((t) => t.errors.formOld);
  }

  /** @param typed the label that was typed */
  async #run(c: Context, command: Command, given: Raws, typed?: Label): Promise<Reply> {
    if (command.may) this.#mayGeneral(c.person, command.may);
    const raws = withLabel(command, given, typed);
    const unheld = typed !== undefined && !takesLabel(command) ? typed : undefined;
    const missing = missingIn(command, raws, c.via === "form");
    const [first] = missing;
    if (first) {
      // A reference is given, never asked: without one there is no form to show.
      if (missing.some(([, arg]) => arg.given) || command.hidden)
        return refuse((t) =>
          t.errors.missing({
            what: missing.map(([, arg]) => whatIs(arg, t)),
            usage: usageLine(command, t),
            example: command.example,
          }),
        );
      // What is asked again, in a form or by a question, would go without the marking.
      if (unheld) notHere(unheld);
      if (c.via !== "form") return this.#form(c, command, raws, c.source);
      const errors: Record<string, string> = {};
      for (const [name, arg] of missing) {
        const { label, type } = await arg.field(c, undefined, raws);
        errors[name] = type === "moment" ? c.t.errors.pick.missing({ what: label }) : c.t.errors.empty({ what: label });
      }
      return { errors };
    }
    // A button, or a line, that carries a reference alone and could carry more asks for the rest.
    const asks = c.via === "action" ? command.formOnButton : c.via === "text" && command.formAlone;
    if (asks && saysNothing(command, raws)) {
      if (unheld) notHere(unheld);
      return this.#form(c, command, raws, c.source);
    }
    const values: Record<string, unknown> = {};
    const errors: Record<string, string> = {};
    for (const [name, arg] of Object.entries(await argsOf(c, command, raws))) {
      const raw = raws[name];
      if (raw === undefined) continue;
      try {
        values[name] = await arg.parse(c, raw, raws);
      } catch (error) {
        if ((error instanceof Several || error instanceof Unclear) && unheld) notHere(unheld);
        if (c.via !== "form" && error instanceof Unclear)
          return askReading(c, { command, raws, source: c.source }, error);
        if (c.via !== "form" && error instanceof Several)
          return askWhich(c, { command, raws, arg: name, source: c.source, opens: false }, error);
        if (c.via !== "form" || !(error instanceof Refusal) || arg.given) throw error;
        errors[name] = error.say(c.t);
      }
    }
    if (Object.keys(errors).length) return { errors };
    const reply = await command.run(c, values as never);
    if (unheld) await heldBy(c.work, c.viewer, raws, unheld);
    if (!reply || !("form" in reply) || reply.form.asked || (reply.form.submit && !reply.form.live)) return reply;
    return { form: { ...reply.form, asked: askedBy(c, command, raws) } };
  }

  async #form(c: Context, command: Command, raws: Raws, source = c.source): Promise<Reply> {
    if (command.may) this.#mayGeneral(c.person, command.may);
    if (command.allows && command.args.ref && raws.ref !== undefined)
      await command.allows(c, (await command.args.ref.parse(c, raws.ref)) as Reference);
    let form: Form;
    try {
      form = await formFor(c, command, quotedMarkings(command, raws));
    } catch (error) {
      // Nobody is put into the form at first who may not be the one that was meant.
      if (!(error instanceof Several) || error.arg === undefined || c.via === "form") throw error;
      return askWhich(c, { command, raws, arg: error.arg, source, opens: true }, error);
    }
    form.state = await writeState(c, command, raws, source);
    return { form: form.live ? { ...form, asked: askedBy(c, command, raws) } : form };
  }

  #mayGeneral(person: Person, act: NonNullable<Command["may"]>): void {
    if (may(person, act)) return;
    refuse((t) => t.errors.notAllowed({ roles: rolesFor(act).map((role) => t.roles[role]) }), `role.${act}`);
  }

  #command(name: string): Command {
    const command = this.registry.find(name);
    if (!command) throw new Error(`no command ${name}`);
    return command;
  }
}

const missingIn = ({ args }: Command, raws: Raws, inForm = false) =>
  Object.entries(args).filter(
    ([name, arg]) => (!arg.optional || (inForm && arg.neededInForm)) && raws[name] === undefined,
  );

/** A question makes room for its answer. */
const inPlace = (c: Context, reply: Reply): Reply =>
  reply && "post" in reply && reply.private && c.message ? { update: reply.post } : reply;

/** Sentences say /coord, and people type it in Teams too, where it means nothing. */
const typedLine = (text: string): string => unpasted(text.replace(/^\s*\/coord\b/i, ""));

/** What is missing, as a person would call it: a reference by its letter. */
const whatIs = (arg: Arg<unknown>, t: Messages): string => {
  const shown = arg.shape === "key" ? `${arg.key}:${arg.shown(t)}` : arg.shown(t);
  return arg.given ? t.args.theReference({ letter: shown }) : shown;
};

function saysNothing({ args }: Command, raws: Raws): boolean {
  const asked = Object.entries(args).filter(([, arg]) => !arg.given);
  // The answer to a question that was asked is no beginning of a form.
  return asked.length > 0 && !raws.sure && asked.every(([name]) => raws[name] === undefined);
}

/** The button that asks for a form anew: references alone, never what somebody typed. */
function askedBy(c: Context, command: Command, raws: Raws): { id: string; value: string } {
  const given = Object.entries(command.args).flatMap(([name, arg]) => (arg.given && raws[name] ? [raws[name]] : []));
  return { id: command.name, value: `${c.work.body.slug}/${given.join(" ")}` };
}

/**
 * Words after a command about information may be content, which is taken in a dialog alone: they are dropped, and the
 * author told to delete the line (docs/input.md). What ends access is done all the same.
 */
function contentIn(c: Context, command: Command, rest: string): Context {
  if (c.via !== "text" || !command.dialogOnly || rest === "") return c;
  return command.despiteWords ? { ...c, dropped: true } : refuse((t) => t.errors.inDialogOnly, "content_in_line");
}

/** Whether the form in which somebody types was made for another. */
const isAnothers = (state: string | undefined, person: Person): boolean =>
  (stateOf(state ?? "")?.for ?? person.id) !== person.id;

const actedFor = agencyArg({ label: (t) => t.args.agencyLabel });

/** @returns whether this is the first time that the body sees the key */
async function firstOf(c: Context, key: string): Promise<boolean> {
  const row = await c.work.tx
    .insertInto("inbound")
    .values({ platform: "coord", tenant: c.work.body.slug, key })
    .onConflict((o) => o.doNothing())
    .returning("key")
    .executeTakeFirst();
  return row !== undefined;
}
