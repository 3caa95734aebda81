import { randomUUID } from "node:crypto";
import type { Receive } from "../../../src/chat/index.js";
import type { Harness, Screen } from "../../contract/harness.js";
import { readCard, type SeenAction, type SeenInput } from "../../fakes/teams/eye.js";
import { type Answer, type Conversation, FakeTeams, type Person, type Posted } from "../../fakes/teams.js";
import { type Bot, startBot } from "./bot.js";

type Json = { [key: string]: unknown };

/** The contract's harness over the fake: what a client of Teams does with what it gets. */
export async function teamsHarness(): Promise<Harness> {
  const fake = await FakeTeams.start();
  const tenant = randomUUID();
  const maria = fake.addPerson(tenant, "Maria");
  const omar = fake.addPerson(tenant, "Omar");
  const channel = fake.addConversation("channel", [maria, omar]);
  const bot: Bot = await startBot(fake, [tenant]);
  const screens = clientOf(fake);
  const people = new Map([maria, omar].map((each) => [each.user, each]));
  const personOf = (who: { user: string }) => people.get(who.user) ?? maria;
  let lastCommand: Json = {};

  return {
    adapter: bot.adapter,
    maria,
    omar,
    async start(receive: Receive) {
      let ready = false;
      await bot.adapter.start(async (inbound) => (ready ? receive(inbound) : undefined));
      await fake.install(maria);
      await fake.install(omar);
      ready = true;
    },
    async stop() {
      await bot.close();
      await fake.stop();
      if (fake.refusals.length > 0) throw new Error(`refused: ${fake.refusals.join("; ")}`);
    },
    async command(who, text, where) {
      const person = personOf(who);
      const conversation = where === "personal" ? fake.personalOf(person) : channel;
      lastCommand = typed(fake, text, person, conversation, [maria, omar]);
      return screens.after(person, conversation, () => fake.deliver(lastCommand));
    },
    inbox: async (who) => screens.newest(personOf(who), fake.personalOf(personOf(who))),
    posted: () => fake.posts.length,
    async replyInThread(who, text) {
      const person = personOf(who);
      const conversation = fake.personalOf(person);
      const quoted = fake.in(conversation).at(-1)?.id;
      const quote = `<blockquote itemscope itemtype="http://schema.skype.com/Reply" itemid="${quoted}"><strong>Coord</strong><p>T-4</p></blockquote>`;
      const content = `${quote}<p>${encode(text)}</p>`;
      const attachments = [{ contentType: "text/html", content }];
      await fake.send({ type: "message", text: encode(`Coord T-4 ${text}`), attachments }, person, conversation);
    },
    async makeTaskOf(who, quoted) {
      const person = personOf(who);
      const messagePayload = {
        id: fake.newId(),
        replyToId: null,
        linkToMessage: "https://teams.microsoft.com/l/message/1",
        body: { contentType: "html", content: `<div><div>${encode(quoted)}</div>\n</div>` },
        from: { user: { userIdentityType: "aadUser", id: omar.user, displayName: "Omar" }, application: null },
      };
      const value = { commandId: "taskFromMessage", commandContext: "message", messagePayload };
      return screens.invoke("composeExtension/fetchTask", value, person, channel);
    },
    redeliverLast: async () => (await fake.deliver(lastCommand)).status,
    failNext(how) {
      if (how === "rate_limited") fake.failNext({ status: 429, headers: { "retry-after": "7" } });
      if (how === "server_error") fake.failNext({ status: 502 });
      if (how === "account_gone") fake.failNext({ status: 404, code: "UserNotFound" });
    },
  };
}

/** Teams writes `<`, `>` and `&` of typed text as entities. */
export const encode = (text: string): string => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

/** Typed words as Teams sends them: mentions are tags with an entity that often has the Teams id alone. */
export function typed(fake: FakeTeams, text: string, from: Person, conversation: Conversation, people: Person[]): Json {
  const mentioned = people.filter((each) => text.includes(`@${each.displayName.toLowerCase()}`));
  const tag = (name: string) => `<at>${name}</at>`;
  const words = mentioned.reduce(
    (all, each) => all.replace(`@${each.displayName.toLowerCase()}`, tag(each.displayName)),
    encode(text),
  );
  const bot = conversation.kind === "personal" ? [] : [{ id: `28:${fake.appId}`, name: "Coord" }];
  const entities = [...bot, ...mentioned.map((each) => ({ id: each.mri, name: each.displayName }))].map((each) => ({
    type: "mention",
    mentioned: each,
    text: tag(each.name),
  }));
  const addressed = bot.length > 0 ? `${tag("Coord")}&nbsp;${words}` : words;
  return fake.activity({ type: "message", textFormat: "plain", text: addressed, entities }, from, conversation);
}

export function clientOf(fake: FakeTeams) {
  return { after, newest, invoke };

  /** What the person sees once something was sent: the newest message of any conversation it is in. */
  async function after(person: Person, conversation: Conversation, act: () => Promise<Answer>): Promise<Screen> {
    const before = fake.posts.length;
    const { status, body } = await act();
    if (status >= 300) throw new Error(`HTTP ${status} ${JSON.stringify(body)}`);
    const posted = fake.posts.slice(before).at(-1);
    return posted ? messageScreen(posted, person) : newest(person, conversation);
  }

  function newest(person: Person, conversation: Conversation): Screen {
    const last = fake.in(conversation).at(-1);
    if (!last) throw new Error("no message here");
    return messageScreen(last, person);
  }

  function messageScreen(posted: Posted, person: Person): Screen {
    const [attachment] = posted.activity.attachments as { content: unknown }[];
    return cardScreen(attachment?.content, person, posted.conversation, posted.id, posted.root);
  }

  function cardScreen(
    card: unknown,
    person: Person,
    conversation: Conversation,
    message?: string,
    root?: string,
  ): Screen {
    const seen = readCard(card);
    const press = (action: SeenAction, inputs: Json = {}) => click(action, inputs, person, conversation, message, root);
    return {
      text: seen.lines.join("\n"),
      private: conversation.kind === "personal",
      buttons: seen.buttons.map((each) => ({ label: each.label, press: () => press(each) })),
      menus: seen.menus.map((menu) => ({
        label: menu.label,
        options: menu.options.map((option) => option.label),
        async choose(label) {
          const chosen = menu.options.find((option) => option.label === label);
          if (!chosen) throw new Error(`no option ${label}`);
          return press(chosen.action, chosen.inputs);
        },
      })),
      raw: card,
    };
  }

  async function click(
    action: SeenAction,
    inputs: Json,
    person: Person,
    conversation: Conversation,
    id?: string,
    root?: string,
  ) {
    const data = { ...action.data, ...inputs };
    const carrier = id ? { replyToId: id } : {};
    if (action.kind === "fetch")
      return invoke("task/fetch", { data, context: { theme: "default" } }, person, conversation, carrier, root);
    if (action.kind === "submit") return invoke("task/submit", { data }, person, conversation, carrier, root);
    const execute = { action: { type: "Action.Execute", verb: action.verb, data }, trigger: "manual" };
    return invoke("adaptiveCard/action", execute, person, conversation, carrier, root);
  }

  async function invoke(
    name: string,
    value: Json,
    person: Person,
    conversation: Conversation,
    carrier: Json = {},
    root?: string,
  ): Promise<Screen> {
    const before = fake.posts.length;
    const { status, body } = await fake.send({ type: "invoke", name, value, ...carrier }, person, conversation, root);
    if (status !== 200) throw new Error(`HTTP ${status} ${JSON.stringify(body)}`);
    const { type, value: shown, task } = (body ?? {}) as { type?: string; value?: unknown; task?: Json };
    if (task?.type === "message") return words(String(task.value));
    if (task?.type === "continue") return dialogScreen(task.value as Json, person, conversation);
    if (type === "application/vnd.microsoft.card.adaptive") {
      fake.checkCard(shown, "message");
      return cardScreen(shown, person, conversation, carrier.replyToId as string | undefined, root);
    }
    if (type === "application/vnd.microsoft.activity.message" && shown) return words(String(shown));
    // Nothing in the answer itself: something may be posted, a moment later.
    for (let waited = 0; waited < 40 && fake.posts.length === before; waited += 1)
      await new Promise((go) => setTimeout(go, 5));
    const posted = fake.posts.slice(before).at(-1);
    return posted ? messageScreen(posted, person) : words("");
  }

  function dialogScreen(dialog: Json, person: Person, conversation: Conversation): Screen {
    const card = (dialog.card as { content: unknown }).content;
    fake.checkCard(card, "dialog");
    const seen = readCard(card);
    const screen = { ...cardScreen(card, person, conversation), private: true };
    const [send] = seen.buttons.filter((each) => each.kind === "submit").slice(-1);
    if (seen.inputs.length === 0) return screen;
    return {
      ...screen,
      form: {
        title: String(dialog.title),
        fields: seen.inputs.map(fieldOf),
        async submit(values) {
          if (!send) throw new Error("nothing to submit with");
          const inputs = seen.inputs.map((input) => [input.id, filled(input, values[nameOf(input)])]);
          return click({ ...send, kind: "submit" }, Object.fromEntries(inputs), person, conversation);
        },
        async lookup(name, query) {
          const input = seen.inputs.find((each) => nameOf(each) === name);
          const value = { queryText: query, queryOptions: { skip: 0, top: 15 }, dataset: input?.dataset };
          const { body } = await fake.send({ type: "invoke", name: "application/search", value }, person, conversation);
          const { results } = (body as { value: { results: { title: string }[] } }).value;
          return results.map((each) => each.title);
        },
      },
    };
  }
}

const words = (text: string): Screen => ({ text, private: true, buttons: [], menus: [], raw: text });

/** The field's own name: the input's id begins with its kind; of a moment's parts as Slack calls them. */
export const nameOf = ({ id }: Pick<SeenInput, "id">): string => `${id.slice(2)}${PARTS[id.slice(0, 2)] ?? ""}`;
const PARTS: Record<string, string> = { h_: ":time", n_: ":none", w_: ":words" };

const fieldOf = (input: SeenInput) => ({
  name: nameOf(input),
  label: input.label,
  ...(input.value === undefined ? {} : { value: input.several ? input.value.split(",") : input.value }),
  ...(input.error === undefined ? {} : { error: input.error }),
});

/** The client itself holds back what is required and empty. */
function filled(input: SeenInput, value: string | string[] | undefined): string {
  const text = value === undefined ? (input.value ?? "") : [value].flat().join(",");
  if (input.required && text === "") throw new Error(`${input.label} is required`);
  return text;
}
