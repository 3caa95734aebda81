import type { Persona } from "../../../adapters/web/index.js";
import type { Delivery } from "../../../src/chat/index.js";
import type { Harness, Screen, Who } from "../../contract/harness.js";
import { nameOf } from "../teams/harness.js";
import { openBench } from "./bench.js";
import { type Json, type Line, Page } from "./page.js";
import { readBlocks, readCard } from "./reading.js";

type Flavour = "slack" | "teams";

/** Drives the workbench over HTTP as its page does, and reads the payloads back as the platform's client would. */
export async function webHarness(flavour: Flavour): Promise<Harness> {
  const maria = who(flavour, "police", "maria", "Maria Petrou");
  const omar = who(flavour, "labour", "omar", "Omar Haddad");
  const people = [persona(maria, "police"), persona(omar, "labour")];
  let posted = 0;
  /** Making trouble is an HTTP request, and the harness's failNext does not wait: the next delivery does. */
  let trouble: Promise<unknown> = Promise.resolve();
  let receive: Parameters<Harness["start"]>[0] | undefined;

  const bench = await openBench(
    async (inbound) => {
      if (!receive) throw new Error("not started");
      return receive(inbound);
    },
    { personas: async () => people },
  );
  const page = new Page(bench.url);

  const newest = (lines: Line[]) =>
    lines.filter((line) => line.by === "coord").sort((a, b) => b.revision - a.revision)[0];

  /** What the person has before the eyes: an open form, else Coord's newest message. */
  async function screen(person: Who, place: "personal" | "channel"): Promise<Screen> {
    const state = await page.state(person);
    // Teams answers privately in the personal conversation, wherever the question was asked.
    const shown = [newest(state.personal), newest(state.channel)]
      .filter((line) => line !== undefined)
      .sort((a, b) => b.revision - a.revision)[0];
    const where = shown && state.channel.some((line) => line.id === shown.id) ? "channel" : "personal";
    const reading = shown ? read(shown.payload) : { text: "", buttons: [], menus: [] };
    const click = async (raw: object) => {
      await page.act(person, { type: "click", place: where, line: shown?.id, raw });
      return screen(person, place);
    };
    return {
      text: reading.text,
      private: where === "personal" || shown?.private === true,
      buttons: reading.buttons.map(({ label, raw }) => ({ label, press: () => click(raw) })),
      menus: reading.menus.map(({ label, options, raw }) => ({
        label,
        options,
        choose: (option) => click(raw(option)),
      })),
      raw: shown?.payload,
      ...(state.form ? { form: formScreen(person, place, state.form) } : {}),
    };
  }

  const read = (payload: Json) => (flavour === "slack" ? readBlocks(payload.blocks) : readCard(payload.card));

  function formScreen(person: Who, place: "personal" | "channel", form: { id: string; title: string; payload: Json }) {
    const { title, fields, raw, source } =
      flavour === "slack" ? slackForm(form.payload) : teamsForm(form.payload, form.title);
    return {
      title,
      fields,
      async submit(values: Record<string, string | string[]>) {
        await page.act(person, { type: "submit", form: form.id, raw: raw(values) });
        return screen(person, place);
      },
      async lookup(name: string, query: string) {
        const { options } = await page.act(person, { type: "suggest", form: form.id, raw: source(name), query });
        return (options ?? []).map((option) => option.label);
      },
    };
  }

  return {
    get adapter() {
      const { adapter } = bench;
      return {
        ...adapter,
        async deliver(delivery: Delivery) {
          await trouble;
          const ref = await adapter.deliver(delivery);
          if (delivery.kind === "post") posted += 1;
          return ref;
        },
      };
    },
    maria,
    omar,
    async start(given) {
      receive = given;
    },
    stop: () => bench.stop(),
    async command(person, text, where) {
      const words = where === "channel" ? (flavour === "slack" ? `/coord ${text}` : `@Coord ${text}`) : text;
      await page.act(person, { type: "command", place: where, text: words });
      return screen(person, where);
    },
    inbox: (person) => screen(person, "personal"),
    posted: () => posted,
    async replyInThread(person, text) {
      const { personal } = await page.state(person);
      await page.act(person, { type: "threadReply", place: "personal", thread: newest(personal)?.id, text });
    },
    async makeTaskOf(person, quoted) {
      await page.act(person, { type: "command", place: "channel", text: quoted });
      const { channel } = await page.state(person);
      await page.act(person, { type: "shortcut", place: "channel", line: channel.at(-1)?.id });
      return screen(person, "channel");
    },
    ...(flavour === "slack"
      ? {
          async home(person: Who) {
            await page.act(person, { type: "home" });
            const { home } = await page.state(person);
            return {
              ...readBlocks(home?.payload.blocks ?? []),
              private: true,
              raw: home?.payload,
              buttons: [],
              menus: [],
            };
          },
        }
      : {}),
    async reading(person) {
      const { form } = await page.state(person);
      if (!form) return undefined;
      const shown = flavour === "slack" ? readBlocks(form.payload.blocks) : readCard(form.payload);
      return [form.title, shown.text, ...shown.buttons.map(({ label }) => label)].join("\n");
    },
    async redeliverLast() {
      if (!page.last) throw new Error("nothing was sent");
      return (await page.post(page.last.path, page.last.body)).status;
    },
    failNext(how) {
      trouble = page.post("/workbench/trouble", JSON.stringify({ next: how }));
    },
  };
}

const who = (flavour: Flavour, agency: string, user: string, displayName: string): Who => ({
  platform: "web",
  tenant: `${flavour}:${agency}`,
  user,
  displayName,
});

const persona = ({ displayName, ...account }: Who, agency: string): Persona => ({
  account,
  name: displayName,
  agency,
  agencyName: agency,
  roles: [],
  lang: "en",
  zone: "Europe/Athens",
});

type FormReading = {
  title: string;
  fields: { name: string; label: string; value?: string | string[]; error?: string }[];
  raw: (values: Record<string, string | string[]>) => object;
  source: (name: string) => object;
};

function slackForm(view: Json): FormReading {
  const inputs: Json[] = view.blocks.filter((block: Json) => block.type === "input");
  return {
    title: view.title.text,
    fields: inputs.map((block) => {
      const { element } = block;
      const next = view.blocks[view.blocks.indexOf(block) + 1];
      return {
        name: block.block_id,
        label: block.label.text,
        value:
          element.initial_value ??
          element.initial_date ??
          element.initial_time ??
          element.initial_option?.value ??
          element.initial_options?.map((option: Json) => option.value),
        ...(next?.type === "context" && next.elements[0].text.startsWith("⚠️") ? { error: next.elements[0].text } : {}),
      };
    }),
    raw: (values) => ({
      values: Object.fromEntries(
        inputs.map(({ block_id, element }) => [
          block_id,
          { [element.action_id]: { type: element.type, ...slackValue(element.type, values[block_id]) } },
        ]),
      ),
    }),
    source: (name) => {
      const block = inputs.find((input) => input.block_id === name);
      return { block_id: name, action_id: block?.element.action_id };
    },
  };
}

function slackValue(type: string, value: string | string[] | undefined): object {
  if (type === "plain_text_input") return { value: value || null };
  if (type === "datepicker") return { selected_date: value || null };
  if (type === "timepicker") return { selected_time: value || null };
  if (Array.isArray(value)) return { selected_options: value.map((one) => ({ value: one })) };
  return { selected_option: value ? { value } : null };
}

function teamsForm(card: Json, title: string): FormReading {
  const inputs: { input: Json; error?: string }[] = [];
  const walk = (element: Json, error?: string): void => {
    if (element.type.startsWith("Input.")) inputs.push({ input: element, error });
    const words =
      element.type === "Container" && element.style === "attention"
        ? element.items[0].inlines.map((run: Json) => run.text).join("")
        : undefined;
    for (const child of element.items ?? element.body ?? element.columns ?? []) walk(child, words);
  };
  walk(card);
  return {
    title,
    fields: inputs.map(({ input, error }) => ({
      name: nameOf({ id: input.id }),
      label: input.label ?? input.title,
      value: input.isMultiSelect ? input.value?.split(",") : input.value,
      ...(error ? { error } : {}),
    })),
    raw: (values) => ({
      ...card.actions[0].data,
      ...Object.fromEntries(
        inputs.map(({ input }) => {
          const value = values[nameOf({ id: input.id })] ?? "";
          return [input.id, Array.isArray(value) ? value.join(",") : value];
        }),
      ),
    }),
    source: (name) => {
      const found = inputs.find(({ input }) => input.id.slice(2) === name);
      return { dataset: found?.input["choices.data"]?.dataset };
    },
  };
}
