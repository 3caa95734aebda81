import { randomUUID } from "node:crypto";
import {
  type AccountRef,
  type ConversationRef,
  type Form,
  type FormValues,
  type Message,
  type MessageRef,
  type Option,
  readOnly,
} from "../../src/chat/index.js";
import { flavourOf, type Payload } from "./flavour.js";
import { type Persona, personaKey, takesPart } from "./persona.js";

/** One line of a conversation: Coord's message, or words of a person. */
export type Line = {
  id: string;
  conversation: ConversationRef;
  /** The root line's id when this is a reply. */
  thread?: string;
  at: Date;
  edited?: true;
  /** Persona key of the only one who sees it. */
  privateTo?: string;
  /** Rises with every change, so that the page redraws only what changed. */
  revision: number;
} & (
  | { by: "coord"; message: Message; payload: Payload }
  | { by: "person"; account: AccountRef; name: string; words: string; command?: true }
);

/** Where a form or an answer came from, so that the reply goes back there. */
export type Spot = { conversation: ConversationRef; thread?: string } & (
  | { from: "composer" }
  | { from: "message"; line: string }
  | { from: "home" }
);

export type OpenForm = {
  /** Differs for each opening: a late answer to a closed form finds nothing. */
  id: string;
  form: Form;
  spot: Spot;
  errors?: Record<string, string>;
  values?: FormValues;
  /** Options that were found by typing, by source and value: a submission brings the value alone. */
  found: Map<string, Option>;
  revision: number;
};

/** A form behind a button, as it was when `since` was the last change of the screens. */
export type Offered = { form: Form; spot: Spot; since: number; persona: Persona };

/** A workbench left running for days keeps the newest lines of a conversation only. */
const LINES_KEPT = 500;

/**
 * What every persona has on the screen. In memory: a reload of the page finds it again, a restart of
 * the process does not, and cards come back when the core updates them.
 */
export class Screens {
  readonly #lines = new Map<string, Line[]>();
  readonly #homes = new Map<string, { message: Message; payload: Payload; revision: number }>();
  readonly #forms = new Map<string, OpenForm>();
  /** Forms that wait behind a button, for a platform that cannot open one in answer to a command. */
  readonly #offered = new Map<string, Offered>();
  /** What was taken back from whom, and when: a form that was on its way comes too late. */
  readonly #overwritten = new Map<string, { message: Message; revision: number }>();
  #revision = 0;

  constructor(private readonly changed: () => void) {}

  say(
    persona: Persona,
    conversation: ConversationRef,
    words: string,
    more: { id: string; at: Date; thread?: string; command?: true; private?: true },
  ): MessageRef {
    // A repeated act carries the same id: the words stand there already.
    if (!this.#find(conversation, more.id)) {
      this.#append({
        by: "person",
        id: more.id,
        conversation,
        at: more.at,
        revision: this.#next(),
        account: persona.account,
        name: persona.name,
        words,
        ...(more.thread ? { thread: more.thread } : {}),
        ...(more.command ? { command: true } : {}),
        ...(more.private ? { privateTo: personaKey(persona.account) } : {}),
      });
    }
    return refOf(conversation, more.id, more.thread);
  }

  post(
    conversation: ConversationRef,
    message: Message,
    more: { at: Date; thread?: string; privateTo?: string },
  ): MessageRef {
    const id = randomUUID();
    this.#append({
      by: "coord",
      id,
      conversation,
      at: more.at,
      revision: this.#next(),
      message,
      payload: flavourOf(conversation.tenant).message(message),
      ...(more.thread ? { thread: more.thread } : {}),
      ...(more.privateTo ? { privateTo: more.privateTo } : {}),
    });
    return refOf(conversation, id, more.thread);
  }

  /** Replaces a message; one from before a restart comes back at its place in the conversation. */
  update(ref: MessageRef, message: Message, at: Date): MessageRef {
    const payload = flavourOf(ref.conversation.tenant).message(message);
    const line = this.#find(ref.conversation, ref.id);
    if (line?.by === "coord") {
      line.message = message;
      line.payload = payload;
      line.edited = true;
      line.revision = this.#next();
      this.changed();
    } else {
      this.#append({
        by: "coord",
        id: ref.id,
        conversation: ref.conversation,
        at,
        edited: true,
        revision: this.#next(),
        message,
        payload,
        ...(ref.thread ? { thread: ref.thread } : {}),
      });
    }
    return refOf(ref.conversation, ref.id, ref.thread);
  }

  /** What this persona sees of a conversation, oldest first. */
  lines(persona: Persona, conversation: ConversationRef): Line[] {
    return (this.#lines.get(keyOf(conversation)) ?? []).filter((line) => sees(persona, line));
  }

  /** One line that this persona sees, and so can press, answer or point at. */
  line(persona: Persona, conversation: ConversationRef, id: string): Line | undefined {
    return this.lines(persona, conversation).find((line) => line.id === id);
  }

  /** How much Coord has told this persona, for the "something new" marks. */
  told(persona: Persona): number {
    let count = 0;
    for (const lines of this.#lines.values())
      for (const line of lines)
        if (line.by === "coord" && takesPart(persona, line.conversation) && sees(persona, line)) count += 1;
    return count;
  }

  home(persona: Persona): { message: Message; payload: Payload; revision: number } | undefined {
    return this.#homes.get(personaKey(persona.account));
  }

  showHome(persona: Persona, message: Message): void {
    const payload = flavourOf(persona.account.tenant).home(message);
    this.#homes.set(personaKey(persona.account), { message, payload, revision: this.#next() });
    this.changed();
  }

  form(persona: Persona): OpenForm | undefined {
    return this.#forms.get(personaKey(persona.account));
  }

  /** @param since the revision at which it was asked for */
  openForm(persona: Persona, form: Form, spot: Spot, since: number): void {
    const taken = this.#overwritten.get(liveKey(persona.account, form.live ?? ""));
    this.#forms.set(personaKey(persona.account), {
      id: randomUUID(),
      form: taken && taken.revision > since ? readOnly(taken.message, form.cancel) : form,
      spot,
      found: new Map(),
      revision: this.#next(),
    });
    this.changed();
  }

  /** Takes the place of a form that is open and live with this id. */
  overwrite(account: AccountRef, live: string, message: Message): void {
    this.#overwritten.set(liveKey(account, live), { message, revision: this.#next() });
    const key = personaKey(account);
    const open = this.#forms.get(key);
    if (open?.form.live !== live) return;
    const form = readOnly(message, open.form.cancel);
    this.#forms.set(key, { id: randomUUID(), form, spot: open.spot, found: new Map(), revision: this.#next() });
    this.changed();
  }

  refuseForm(open: OpenForm, errors: Record<string, string>, values: FormValues): void {
    open.errors = errors;
    open.values = values;
    open.revision = this.#next();
    this.changed();
  }

  closeForm(persona: Persona): void {
    if (this.#forms.delete(personaKey(persona.account))) this.changed();
  }

  offer(offered: Offered): string {
    const id = randomUUID();
    this.#offered.set(id, offered);
    return id;
  }

  /** Made for one persona: to the others it is not there. */
  offered(id: string, persona: Persona): Offered | undefined {
    const offered = this.#offered.get(id);
    return offered && personaKey(offered.persona.account) === personaKey(persona.account) ? offered : undefined;
  }

  #find(conversation: ConversationRef, id: string): Line | undefined {
    return this.#lines.get(keyOf(conversation))?.find((line) => line.id === id);
  }

  #append(line: Line): void {
    const key = keyOf(line.conversation);
    const lines = this.#lines.get(key) ?? [];
    lines.push(line);
    if (lines.length > LINES_KEPT) lines.shift();
    this.#lines.set(key, lines);
    this.changed();
  }

  /** Rises with every change. */
  get revision(): number {
    return this.#revision;
  }

  #next(): number {
    this.#revision += 1;
    return this.#revision;
  }
}

const keyOf = (conversation: ConversationRef): string => `${conversation.tenant} ${conversation.id}`;

const liveKey = (account: AccountRef, live: string): string => `${personaKey(account)} ${live}`;

const sees = (persona: Persona, line: Line): boolean =>
  !line.privateTo || line.privateTo === personaKey(persona.account);

export const refOf = (conversation: ConversationRef, id: string, thread?: string): MessageRef => ({
  conversation,
  id,
  ...(thread ? { thread } : {}),
});
