import type { Adapter, Receive } from "../../../src/chat/index.js";
import { adapterContract } from "../../contract/contract.js";
import type { Harness, Screen, Who } from "../../contract/harness.js";
import { elementsOf, readBlocks, readText } from "../../fakes/slack/read.js";
import type { Effect, OpenView, Person, Posted } from "../../fakes/slack.js";
import { type World, world } from "./world.js";

type Json = Record<string, unknown>;

adapterContract("slack", async () => new SlackHarness(await world()));

class SlackHarness implements Harness {
  readonly maria: Who;
  readonly omar: Who;
  readonly adapter: Adapter;

  constructor(private readonly w: World) {
    const who = (person: Person): Who => ({
      platform: "slack",
      tenant: person.team,
      user: person.id,
      displayName: person.name,
    });
    this.maria = who(w.maria);
    this.omar = who(w.omar);
    this.adapter = w.adapter;
  }

  async start(receive: Receive) {
    this.w.answer = receive;
  }

  stop = () => this.w.stop();
  posted = () => this.w.slack.posted;
  failNext: Harness["failNext"] = (how) => this.w.slack.failNext(how);

  async command(who: Who, text: string, where: "personal" | "channel") {
    const { slack, team, maria, omar } = this.w;
    const channel = where === "personal" ? slack.direct(this.#person(who)) : slack.channel(team, "desk", [maria, omar]);
    return this.#after(who, () => slack.command(this.#person(who), text, channel));
  }

  async inbox(who: Who) {
    const message = this.w.slack.inbox(this.#person(who));
    if (!message) throw new Error("an empty inbox");
    return this.#message(who, message);
  }

  async replyInThread(who: Who, text: string) {
    const { slack } = this.w;
    const person = this.#person(who);
    await slack.say(person, text, slack.direct(person), slack.inbox(person)?.ts);
  }

  async makeTaskOf(who: Who, quoted: string) {
    const { slack, team, maria, omar } = this.w;
    const channel = slack.channel(team, "border", [maria, omar], { bot: false });
    await slack.say(this.w.omar, quoted, channel);
    const message = slack.messages.at(-1);
    if (!message) throw new Error("nothing was said");
    return this.#after(who, () => slack.pointAt(this.#person(who), message));
  }

  async home(who: Who) {
    return this.#after(who, () => this.w.slack.openHome(this.#person(who)));
  }

  async reading(who: Who) {
    const view = this.w.slack.modalOf(this.#person(who))?.view;
    return view && [readText(view.title), readBlocks(view.blocks)].join("\n");
  }

  async redeliverLast() {
    return (await this.w.slack.redeliver()).status;
  }

  #person(who: Who): Person {
    return who.user === this.w.maria.id ? this.w.maria : this.w.omar;
  }

  /** Acts, waits for what the bot does after its acknowledgement, and looks at the screen. */
  async #after(who: Who, act: () => Promise<{ status: number }>): Promise<Screen> {
    const { slack } = this.w;
    const before = slack.effects.length;
    const { status } = await act();
    if (status !== 200) throw new Error(`HTTP ${status}`);
    await this.w.adapter.idle();
    const mine = slack.effects.slice(before).filter((it) => it.user === undefined || it.user === who.user);
    return this.#screen(who, mine.at(-1));
  }

  #screen(who: Who, effect: Effect | undefined): Screen {
    switch (effect?.kind) {
      case "message":
        return this.#message(who, effect.message);
      case "modal":
        return {
          text: readBlocks(effect.view.view.blocks),
          private: true,
          buttons: [],
          menus: [],
          ...this.#form(who, effect.view),
        };
      case "home":
        return { text: readBlocks(effect.view.blocks), private: true, buttons: [], menus: [], raw: effect.view };
      default:
        return { text: "", private: true, buttons: [], menus: [], raw: undefined };
    }
  }

  #message(who: Who, message: Posted): Screen {
    const { slack } = this.w;
    const person = this.#person(who);
    const elements = elementsOf(message.blocks).map(({ element }) => element);
    return {
      text: slack.read(message),
      private: message.onlyFor === person.id || slack.channels.get(message.channel)?.kind === "im",
      buttons: elements
        .filter((it) => it.type === "button")
        .map((it) => readText(it.text))
        .map((label) => ({ label, press: () => this.#after(who, () => slack.press(person, message, label)) })),
      menus: elements
        .filter((it) => it.type === "static_select")
        .map((it) => ({
          label: readText(it.placeholder),
          options: (it.options as Json[]).map((one) => readText(one.text)),
          choose: (option: string) =>
            this.#after(who, () => slack.choose(person, message, readText(it.placeholder), option)),
        })),
      raw: { text: message.text, blocks: message.blocks },
    };
  }

  #form(who: Who, open: OpenView): Pick<Screen, "form" | "raw"> {
    const { slack } = this.w;
    const person = this.#person(who);
    const inputs = (open.view.blocks as Json[]).filter((block) => block.type === "input");
    return {
      raw: open.view,
      form: {
        title: readText(open.view.title),
        fields: inputs.map((block) => {
          const name = String(block.block_id);
          const error = open.errors[name];
          return {
            name,
            label: readText(block.label),
            value: fieldValue(open.values[name] as Json),
            ...(error ? { error: String(error) } : {}),
          };
        }),
        submit: (values) => this.#after(who, () => slack.submit(person, values)),
        lookup: (name, query) => slack.lookup(person, name, query),
      },
    };
  }
}

function fieldValue(held: Json): string | string[] | undefined {
  const [state] = Object.values(held) as Json[];
  const options = state?.selected_options as Json[] | undefined;
  if (options) return options.map((one) => String(one.value));
  const picked = state?.selected_date ?? state?.selected_time;
  const value = picked ?? state?.value ?? (state?.selected_option as Json | null | undefined)?.value;
  return typeof value === "string" ? value : undefined;
}
