import type { Form, Inbound, Message, Option, Receive, Reply } from "../../src/chat/index.js";
import type { Act } from "./acts.js";
import { flavourOf } from "./flavour.js";
import { actorOf, agencyChannel, flavourName, type Persona, personaKey, personalConversation } from "./persona.js";
import { refOf, type Screens, type Spot } from "./screens.js";
import { commandText, withMentions } from "./words.js";

/** The button's id behind which a form waits; never reaches the core. */
export const OFFERED_FORM = "workbench.form";

/** What the page learns at once; the rest it reads from the screen. */
export type Outcome = {
  options?: Option[];
  /** What was pressed or pointed at is no longer there. */
  gone?: true;
  /** The answer stands in the personal conversation, not where the person is looking. */
  elsewhere?: true;
};

type Shape = Inbound extends infer I ? (I extends Inbound ? Omit<I, "key" | "actor" | "conversation"> : never) : never;

/** Does for the workbench what a platform's servers and an adapter's receive do together. */
export class Receiver {
  constructor(
    private readonly screens: Screens,
    private readonly receive: Receive,
    private readonly now: () => Date,
    private readonly personas: () => Promise<Persona[]>,
  ) {}

  async perform(persona: Persona, key: string, act: Act): Promise<Outcome> {
    switch (act.type) {
      case "command":
        return this.#compose(persona, key, act.place, act.text);
      case "threadReply":
        return this.#replyInThread(persona, key, act);
      case "click":
        return this.#click(persona, key, act);
      case "homeClick": {
        const action = flavourOf(persona.account.tenant).readAction(act.raw);
        if (!action) return { gone: true };
        return this.#ask(persona, key, { type: "action", ...action }, homeSpot(persona));
      }
      case "submit":
        return this.#submit(persona, key, act.form, act.raw);
      case "close":
        if (this.screens.form(persona)?.id === act.form) this.screens.closeForm(persona);
        return {};
      case "suggest":
        return this.#suggest(persona, key, act);
      case "shortcut":
        return this.#shortcut(persona, key, act);
      case "home":
        return this.#ask(persona, key, { type: "home" }, homeSpot(persona));
    }
  }

  async #compose(persona: Persona, key: string, place: "personal" | "channel", words: string): Promise<Outcome> {
    const conversation = conversationAt(persona, place);
    const text = commandText(words, place === "personal");
    // Slack shows a slash command to nobody, Teams shows a mention of the bot to everybody.
    const hidden = text !== undefined && !isTeams(persona);
    this.screens.say(persona, conversation, words, {
      id: key,
      at: this.now(),
      ...(text === undefined ? {} : { command: true }),
      ...(hidden ? { private: true } : {}),
    });
    if (text === undefined) return {};
    const command = withMentions(text, await this.personas());
    return this.#ask(persona, key, { type: "command", ...command }, { from: "composer", conversation });
  }

  async #replyInThread(persona: Persona, key: string, act: Act & { type: "threadReply" }): Promise<Outcome> {
    const conversation = conversationAt(persona, act.place);
    const root = this.screens.line(persona, conversation, act.thread);
    if (!root) return { gone: true };
    this.screens.say(persona, conversation, act.text, { id: key, at: this.now(), thread: root.id });
    // People talking under one another's words is no business of Coord's.
    if (root.by !== "coord") return {};
    const { text } = withMentions(act.text, []);
    const thread = refOf(conversation, root.id);
    return this.#ask(
      persona,
      key,
      { type: "threadReply", text, thread },
      { from: "composer", conversation, thread: root.id },
    );
  }

  async #click(persona: Persona, key: string, act: Act & { type: "click" }): Promise<Outcome> {
    const conversation = conversationAt(persona, act.place);
    const line = this.screens.line(persona, conversation, act.line);
    const action = flavourOf(persona.account.tenant).readAction(act.raw);
    if (line?.by !== "coord" || !action) return { gone: true };
    const spot: Spot = { from: "message", conversation, line: line.id, ...threadOf(line) };
    if (action.id === OFFERED_FORM) {
      const offered = this.screens.offered(action.value ?? "", persona);
      if (!offered) return { gone: true };
      this.screens.openForm(persona, offered.form, offered.spot, offered.since);
      return {};
    }
    const message = refOf(conversation, line.id, line.thread);
    return this.#ask(persona, key, { type: "action", ...action, message }, spot);
  }

  async #submit(persona: Persona, key: string, formId: string, raw: unknown): Promise<Outcome> {
    const open = this.screens.form(persona);
    if (open?.id !== formId) return { gone: true };
    const values = flavourOf(persona.account.tenant).readForm(raw);
    const { id, state } = open.form;
    const since = this.screens.revision;
    const reply = await this.receive({
      ...this.#envelope(persona, key, open.spot),
      type: "submit",
      form: id,
      state,
      values,
    });
    if (reply && "errors" in reply) {
      this.screens.refuseForm(open, reply.errors, values);
      return {};
    }
    // A second form, opened while this one was on its way, stays.
    if (this.screens.form(persona) === open) this.screens.closeForm(persona);
    return this.#settle(persona, reply, open.spot, since);
  }

  async #suggest(persona: Persona, key: string, act: Act & { type: "suggest" }): Promise<Outcome> {
    const open = this.screens.form(persona);
    const source = flavourOf(persona.account.tenant).readSource(act.raw);
    if (open?.id !== act.form || source === undefined) return { gone: true };
    const shape: Shape = { type: "suggest", source, query: act.query, state: open.form.state };
    const outcome = await this.#ask(persona, key, shape, open.spot);
    for (const option of outcome.options ?? []) open.found.set(`${source} ${option.value}`, option);
    return outcome;
  }

  async #shortcut(persona: Persona, key: string, act: Act & { type: "shortcut" }): Promise<Outcome> {
    const conversation = conversationAt(persona, act.place);
    const line = this.screens.line(persona, conversation, act.line);
    if (!line) return { gone: true };
    const { text } = withMentions(line.by === "person" ? line.words : line.message.text, []);
    const message = { ref: refOf(conversation, line.id, line.thread), text, fromCoord: line.by === "coord" };
    const spot: Spot = { from: "message", conversation, line: line.id, ...threadOf(line) };
    return this.#ask(persona, key, { type: "shortcut", id: "task.from_message", message }, spot);
  }

  async #ask(persona: Persona, key: string, shape: Shape, spot: Spot): Promise<Outcome> {
    const since = this.screens.revision;
    const reply = await this.receive({ ...this.#envelope(persona, key, spot), ...shape });
    // Teams opens a dialog for a click alone: to typed words the form is offered behind a button.
    if (reply && "form" in reply && shape.type === "command" && isTeams(persona))
      return this.#whisper(persona, this.#offer(persona, reply.form, spot, since), spot);
    return this.#settle(persona, reply, spot, since);
  }

  #envelope(persona: Persona, key: string, spot: Spot) {
    return { key: `${personaKey(persona.account)}/${key}`, actor: actorOf(persona), conversation: spot.conversation };
  }

  #settle(persona: Persona, reply: Reply, spot: Spot, since: number): Outcome {
    if (!reply) return {};
    if ("options" in reply) return { options: reply.options };
    if ("form" in reply) this.screens.openForm(persona, reply.form, spot, since);
    else if ("home" in reply) this.screens.showHome(persona, reply.home);
    else if ("errors" in reply) return this.#whisper(persona, sayErrors(reply.errors, persona), spot);
    else if ("view" in reply) return this.#whisper(persona, reply.view, spot);
    else if ("update" in reply) return this.#replace(persona, reply.update, spot);
    else if (reply.private) return this.#whisper(persona, reply.post, spot);
    else return this.#post(reply.post, spot);
    return {};
  }

  #post(message: Message, spot: Spot): Outcome {
    this.screens.post(spot.conversation, message, { at: this.now(), ...threadOf(spot) });
    return spot.from === "home" ? { elsewhere: true } : {};
  }

  /** Slack shows a message in a channel to one person alone; Teams cannot, so there it goes to the chat. */
  #whisper(persona: Persona, message: Message, spot: Spot): Outcome {
    if (spot.conversation.kind === "personal") return this.#post(message, spot);
    const at = this.now();
    if (isTeams(persona)) {
      this.screens.post(personalConversation(persona.account), message, { at });
      return { elsewhere: true };
    }
    const privateTo = personaKey(persona.account);
    this.screens.post(spot.conversation, message, { at, privateTo, ...threadOf(spot) });
    return {};
  }

  #replace(persona: Persona, message: Message, spot: Spot): Outcome {
    if (spot.from === "home") this.screens.showHome(persona, message);
    else if (spot.from === "message" && this.screens.line(persona, spot.conversation, spot.line)?.by === "coord")
      this.screens.update(refOf(spot.conversation, spot.line, spot.thread), message, this.now());
    else return this.#post(message, spot);
    return {};
  }

  /** A card with one button: it asks for the form anew, or opens the one that is kept here and asks the core nothing. */
  #offer(persona: Persona, form: Form, spot: Spot, since: number): Message {
    const { id, value } = form.asked ?? { id: OFFERED_FORM, value: this.screens.offer({ form, spot, since, persona }) };
    return {
      text: form.title,
      lang: form.lang,
      blocks: [
        { type: "heading", text: form.title },
        // What is live may be taken back: none of its words stand in the chat.
        ...(form.intro && !form.live ? [{ type: "text" as const, text: form.intro }] : []),
        {
          type: "actions",
          actions: [{ type: "button", id, label: form.title, value, style: "primary", opens: true }],
        },
      ],
    };
  }
}

const isTeams = (persona: Persona): boolean => flavourName(persona.account.tenant) === "teams";

const threadOf = (spot: { thread?: string }) => (spot.thread ? { thread: spot.thread } : {});

/** Errors belong to a form; where there is none they are simply said. */
function sayErrors(errors: Record<string, string>, persona: Persona): Message {
  const text = Object.values(errors).join(" ");
  return { text, lang: persona.lang, blocks: [{ type: "text", text }] };
}

const homeSpot = (persona: Persona): Spot => ({ from: "home", conversation: personalConversation(persona.account) });

const conversationAt = (persona: Persona, place: "personal" | "channel") =>
  place === "personal" ? personalConversation(persona.account) : agencyChannel(persona);
