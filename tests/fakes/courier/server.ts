import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Field, pickedParts, pickedValue } from "../../../src/chat/index.js";
import type { Screen } from "../../contract/harness.js";
import type { Answer, Event } from "./adapter.js";
import { type FormPayload, LIMITS, type Payload } from "./render.js";

export const TOKEN = "courier-token";

export type Member = { id: string; name: string };

type Shown = { id: string; room: string; onlyFor?: string; payload: Payload };
type Open = FormPayload & { room: Event["room"]; values: Record<string, string | string[]>; errors: Answer["errors"] };
type Done = Event extends infer E ? (E extends Event ? Omit<E, "id" | "team" | "from" | "room"> : never) : never;

/** Courier's server and the screens of its people: what is sent there is kept, what people do goes to Coord. */
export class CourierServer {
  readonly team = "harbour";
  readonly messages: Shown[] = [];
  readonly forms = new Map<string, Open>();
  readonly homes = new Map<string, Payload>();
  posted = 0;
  fail: number | undefined;
  #last: Event | undefined;

  private constructor(private readonly server: Server) {
    server.on("request", async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = chunks.length ? JSON.parse(Buffer.concat(chunks).toString()) : {};
      const [, what = "", id = ""] = (request.url ?? "").split("/").map(decodeURIComponent);
      const status = request.headers.authorization !== `Bearer ${TOKEN}` ? 401 : (this.fail ?? 200);
      if (what !== "me") this.fail = undefined;
      response.writeHead(status, { "retry-after": "3" });
      response.end(JSON.stringify(status === 200 ? this.#take(what, id, body) : {}));
    });
  }

  static async open(): Promise<CourierServer> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    return new CourierServer(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  /** Where Coord takes events. */
  coord = "";

  inbox = ({ id }: Member): Shown | undefined => this.messages.findLast(({ room }) => room === chatOf(id).id);

  async act(who: Member, room: Event["room"], done: Done, on?: Shown): Promise<Screen> {
    const event = { id: randomUUID(), team: this.team, from: who, room, ...done } as Event;
    const { status, answer } = await this.send(event);
    if (status !== 200) throw new Error(`HTTP ${status}`);
    return this.#apply(who, room, answer, on);
  }

  /** @param text with `@Name` where somebody of `people` is mentioned */
  say(who: Member, room: Event["room"], text: string, people: readonly Member[]): Promise<Screen> {
    const words = text.split(/(@\w+)/).map((part) => {
      const found = people.find(({ name }) => `@${name.toLowerCase()}` === part.toLowerCase());
      return found ? { user: found.id } : part;
    });
    return this.act(who, room, { did: "said", words });
  }

  async send(event: Event | undefined = this.#last): Promise<{ status: number; answer: Answer }> {
    this.#last = event;
    const response = await fetch(this.coord, {
      method: "POST",
      headers: { authorization: `Bearer ${TOKEN}` },
      body: JSON.stringify(event),
    });
    return { status: response.status, answer: (await response.json()) as Answer };
  }

  async lookup(who: Member, open: Open, source: string, query: string): Promise<string[]> {
    const { state } = open.form;
    const event = { id: randomUUID(), team: this.team, from: who, room: open.room, did: "looked" as const };
    const { answer } = await this.send({ ...event, source, query, state });
    return (answer.options ?? []).map(({ label }) => label);
  }

  #take(what: string, id: string, body: Record<string, unknown>): object {
    if (what === "messages" && id) {
      const shown = this.messages.find((one) => one.id === id);
      if (shown) shown.payload = checked(body.payload as Payload);
    } else if (what === "messages") {
      this.posted++;
      return { id: this.#show(String(body.room), body.payload as Payload).id };
    } else if (what === "forms") {
      const open = this.forms.get(id);
      if (open?.live !== undefined && open.live === body.live)
        this.forms.set(id, { ...open, ...(body.form as FormPayload), live: open.live });
    }
    return { id };
  }

  #show(room: string, payload: Payload, onlyFor?: string): Shown {
    const shown = { id: randomUUID(), room, onlyFor, payload: checked(payload) };
    this.messages.push(shown);
    return shown;
  }

  #apply(who: Member, room: Event["room"], answer: Answer, on?: Shown): Screen {
    const open = this.forms.get(who.id);
    if (answer.errors && open) {
      open.errors = answer.errors;
      return this.#form(who, open);
    }
    if (answer.form) {
      const values = Object.fromEntries(answer.form.form.fields.flatMap(standing));
      const opened = { ...answer.form, room, values, errors: undefined };
      this.forms.set(who.id, opened);
      return this.#form(who, opened);
    }
    this.forms.delete(who.id);
    if (answer.home) {
      this.homes.set(who.id, answer.home);
      return this.screen(who, { id: "home", room: room.id, onlyFor: who.id, payload: answer.home });
    }
    if (answer.replace && on) on.payload = checked(answer.replace);
    const shown = answer.show ? this.#show(room.id, answer.show, answer.onlyYou ? who.id : undefined) : on;
    return shown ? this.screen(who, shown) : { text: "", private: true, buttons: [], menus: [], raw: undefined };
  }

  screen(who: Member, shown: Shown): Screen {
    const room: Event["room"] = shown.room.startsWith("chat-") ? chatOf(who.id) : { id: shown.room, kind: "channel" };
    const press = (button: string, value?: string) =>
      this.act(who, room, { did: "pressed", button, value, message: shown.id }, shown);
    const { lines, buttons, menus } = shown.payload;
    return {
      text: lines.join("\n"),
      private: shown.onlyFor === who.id || room.kind === "personal",
      buttons: buttons.map(({ label, id, value }) => ({ label, press: () => press(id, value) })),
      menus: menus.map(({ id, label, options }) => ({
        label,
        options: options.map((one) => one.label),
        choose: (label) => press(id, options.find((one) => one.label === label)?.value),
      })),
      raw: shown.payload,
    };
  }

  #form(who: Member, open: Open): Screen {
    const { form, title, lines } = open;
    const fields = form.fields.flatMap((field) =>
      field.type === "note"
        ? []
        : partsOf(field).map((name) => ({
            name,
            label: field.label,
            value: open.values[name],
            error: name === field.name ? open.errors?.[name] : undefined,
          })),
    );
    return {
      text: lines.join("\n"),
      private: true,
      buttons: [],
      menus: [],
      raw: open,
      form: {
        title,
        fields,
        submit: (values) => {
          open.values = values;
          const sent = Object.fromEntries(form.fields.flatMap((field) => filled(field, values)));
          return this.act(who, open.room, { did: "filled", form: form.id, state: form.state, values: sent });
        },
        lookup: (name, query) => {
          const field = form.fields.find((one) => "name" in one && one.name === name);
          return this.lookup(who, open, field?.type === "lookup" ? field.source : "", query);
        },
      },
    };
  }
}

export const chatOf = (id: string): Event["room"] => ({ id: `chat-${id}`, kind: "personal" });

/** Courier refuses what is larger than it takes. */
function checked(payload: Payload): Payload {
  const { lines, buttons } = payload;
  const fits = lines.length <= LIMITS.lines && lines.every(({ length }) => length <= LIMITS.line);
  if (!fits || buttons.length > LIMITS.buttons) throw new Error("Courier takes no message of this size");
  return payload;
}

const partsOf = (field: Exclude<Field, { type: "note" }>): string[] =>
  field.type === "moment"
    ? [field.name, ...(field.time ? [`${field.name}:time`] : []), ...(field.none ? [`${field.name}:none`] : [])]
    : [field.name];

function standing(field: Field): [string, string | string[]][] {
  if (field.type === "note" || field.value === undefined) return [];
  if (field.type === "moment") {
    const { day = "", time = "" } = pickedParts(field.value);
    return [
      [field.name, day],
      [`${field.name}:time`, time],
    ];
  }
  const of = (value: string | { value: string }) => (typeof value === "string" ? value : value.value);
  const { value } = field;
  return [[field.name, Array.isArray(value) ? value.map(of) : of(value)]];
}

function filled(field: Field, values: Record<string, string | string[]>): [string, string | string[] | undefined][] {
  if (field.type === "note") return [];
  const { name } = field;
  const value = values[name];
  if (field.type !== "moment") return [[name, value]];
  const [day, time] = [value, values[`${name}:time`]].map((one) => (typeof one === "string" ? one : undefined));
  return [[name, pickedValue({ day, time, none: values[`${name}:none`] === "true" })]];
}
