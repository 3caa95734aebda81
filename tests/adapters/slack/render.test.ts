import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readActionId } from "../../../adapters/slack/ids.js";
import { decodeMetadata } from "../../../adapters/slack/metadata.js";
import { renderForm, renderHome, renderMessage } from "../../../adapters/slack/render.js";
import { cut } from "../../../adapters/slack/text.js";
import {
  type Action,
  type Block,
  type Button,
  type Form,
  type InputField,
  type ListItem,
  type Message,
  type Option,
  oneLine,
  type Span,
  withoutTurns,
} from "../../../src/chat/index.js";
import { conformance, conformanceDir, conformanceFiles, NEEDS } from "../../conformance.js";
import { readBlocks, readMrkdwn } from "../../fakes/slack/read.js";
import { messageFaults, viewFaults } from "../../fakes/slack/rules.js";

type Json = Record<string, unknown>;

const message = (blocks: Block[], text = "Words"): Message => ({ text, blocks, lang: "en" });
const nasty = "<!channel> <@U1> *b* _i_ ~s~ `c` <https://evil.example|click> &amp; &lt;!here&gt; :tada: \u202Eabc";

// ---- Anything that the vocabulary allows --------------------------------------------------------------------------

const words = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.constantFrom(
    nasty,
    "",
    " ",
    "\n",
    "*",
    "<",
    "&",
    "\uD800",
    "👩‍👩‍👧".repeat(50),
    "Ж".repeat(5_000),
    "x\u0000y",
    "العربية",
  ),
);
const id = fc.constantFrom("task.done", "a", "a#1", "x".repeat(300), "");
const url = fc.oneof(
  fc.webUrl(),
  fc.constantFrom("", "javascript:alert(1)", `https://a.example/${"x".repeat(4_000)}`, "data:image/png;base64,x"),
);
const span: fc.Arbitrary<Span> = fc.oneof(
  words,
  words.map((bold) => ({ bold })),
  words.map((italic) => ({ italic })),
  words.map((code) => ({ code })),
  fc.record({ link: words, url }),
);
const textOf = fc.oneof(words, fc.array(span, { maxLength: 5 }));
const option: fc.Arbitrary<Option> = fc.record({
  value: fc.string({ maxLength: 200 }),
  label: words,
  detail: fc.option(words, { nil: undefined }),
});
const button: fc.Arbitrary<Button> = fc.record(
  {
    type: fc.constant("button" as const),
    id,
    label: words,
    value: fc.oneof(fc.string({ maxLength: 20 }), fc.constant("v".repeat(3_000))),
    style: fc.constantFrom("primary" as const, "danger" as const),
    confirm: fc.record({ title: words, text: words, yes: words, no: words }),
  },
  { requiredKeys: ["type", "id", "label"] },
);
const action: fc.Arbitrary<Action> = fc.oneof(
  button,
  fc.record({ type: fc.constant("link" as const), label: words, url }),
  fc.record({
    type: fc.constant("menu" as const),
    id,
    label: words,
    prefix: fc.option(fc.constantFrom("", "jcb/T-1/", "p".repeat(300)), { nil: undefined }),
    options: fc.array(option, { maxLength: 130 }),
  }),
);
const item: fc.Arbitrary<ListItem> = fc.record(
  { title: textOf, detail: textOf, action: button },
  { requiredKeys: ["title"] },
);
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ type: fc.constant("heading" as const), text: words }),
  fc.record({ type: fc.constant("text" as const), text: textOf }),
  fc.record({ type: fc.constant("context" as const), text: textOf }),
  fc.record({
    type: fc.constant("facts" as const),
    facts: fc.array(fc.record({ label: words, value: textOf }), { maxLength: 30 }),
  }),
  fc.record({ type: fc.constant("list" as const), items: fc.array(item, { maxLength: 80 }) }),
  fc.record({ type: fc.constant("quote" as const), text: words, by: fc.option(words, { nil: undefined }) }),
  fc.record({ type: fc.constant("image" as const), url, alt: words, title: fc.option(words, { nil: undefined }) }),
  fc.record({ type: fc.constant("divider" as const) }),
  fc.record({ type: fc.constant("actions" as const), actions: fc.array(action, { maxLength: 40 }) }),
);
const anyMessage: fc.Arbitrary<Message> = fc.record({
  text: words,
  blocks: fc.array(block, { maxLength: 70 }),
  lang: fc.constant("en"),
});

const named = {
  name: fc.constantFrom("title", "b", "c-1", "d_2"),
  label: words,
  hint: fc.option(words, { nil: undefined }),
};
const placeholder = fc.option(words, { nil: undefined });
const field: fc.Arbitrary<InputField> = fc.oneof(
  fc.record({
    ...named,
    placeholder,
    type: fc.constant("text" as const),
    value: fc.option(words, { nil: undefined }),
    maxLength: fc.option(fc.integer({ min: 0, max: 9_000 }), { nil: undefined }),
  }),
  fc.record({
    ...named,
    placeholder,
    type: fc.constant("choice" as const),
    options: fc.array(option, { maxLength: 15 }),
    radio: fc.option(fc.constant(true as const), { nil: undefined }),
    value: fc.constantFrom(undefined, "a"),
  }),
  fc.record({
    ...named,
    type: fc.constant("choices" as const),
    options: fc.array(option, { maxLength: 15 }),
    value: fc.option(fc.array(fc.constant("a"), { maxLength: 2 }), { nil: undefined }),
  }),
  fc.record({
    ...named,
    placeholder,
    type: fc.constant("lookup" as const),
    source: fc.constantFrom("agency", ""),
    value: fc.option(option, { nil: undefined }),
  }),
  fc.record({
    ...named,
    placeholder,
    type: fc.constant("lookup" as const),
    source: fc.constant("agency"),
    several: fc.constant(true as const),
    value: fc.option(fc.array(option, { maxLength: 5 }), { nil: undefined }),
  }),
);
const anyForm: fc.Arbitrary<Form> = fc.record({
  id: fc.constant("task.new"),
  title: words,
  submit: fc.option(words, { nil: undefined }),
  cancel: words,
  state: fc.string({ maxLength: 2_000 }),
  lang: fc.constant("en"),
  intro: fc.option(textOf, { nil: undefined }),
  fields: fc.array(fc.oneof(field, fc.record({ type: fc.constant("note" as const), text: textOf })), {
    maxLength: 120,
  }),
});

describe("whatever the words", () => {
  it("a message is one that Slack takes", () => {
    fc.assert(
      fc.property(anyMessage, (any) => {
        const rendered = renderMessage(any);
        expect(messageFaults(rendered)).toEqual([]);
        expect(rendered.text.trim()).not.toBe("");
        expect(rendered.blocks.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  it("a home screen is one that Slack takes", () => {
    fc.assert(
      fc.property(anyMessage, (any) => {
        expect(viewFaults(renderHome(any))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it("a form is one that Slack takes, and its state comes back unaltered", () => {
    fc.assert(
      fc.property(anyForm, fc.dictionary(fc.constantFrom("", "title", "b"), words), (any, errors) => {
        const view = renderForm(any, errors, { title: nasty, b: ["x"] });
        expect(viewFaults(view)).toEqual([]);
        expect(decodeMetadata(view.private_metadata).state).toBe(any.state);
      }),
      { numRuns: 200 },
    );
  });

  it("shows letter by letter what was typed, up to the cut", () => {
    // Titles are one line: what breaks one is looked at where lines are.
    const typed = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 100 })
      .filter((text) => text.trim() !== "" && oneLine(text) === withoutTurns(text));
    fc.assert(
      fc.property(fc.oneof(typed, fc.constant(nasty)), (text) => {
        for (const one of [
          { type: "heading", text },
          { type: "text", text },
          { type: "context", text },
          { type: "quote", text },
          { type: "list", items: [{ title: text }] },
          { type: "list", items: [{ title: text, action: { type: "button", id: "a", label: "Open" } }] },
        ] satisfies Block[])
          expect(readBlocks(renderMessage(message([one])).blocks)).toBe(withoutTurns(text));
        expect(readMrkdwn(renderMessage(message([], text)).text, false)).toBe(withoutTurns(text));
      }),
      { numRuns: 200 },
    );
  });

  it("nothing that was typed is parsed by Slack", () => {
    fc.assert(
      fc.property(anyMessage, (any) => {
        const rendered = renderMessage(any);
        expect(rendered.text).not.toMatch(/[<>]|&(?!(amp|lt|gt);)/);
        const kinds = new Set<string>();
        JSON.stringify(rendered.blocks, (key, value: unknown) => {
          if (key === "type") kinds.add(String(value));
          return value;
        });
        for (const parsed of ["mrkdwn", "user", "channel", "broadcast", "usergroup", "markdown"])
          expect(kinds).not.toContain(parsed);
      }),
      { numRuns: 100 },
    );
  });
});

// Made from @slack/types by others; the renderer is only held as well as the fake knows Slack's rules.
const CASES = "slack/blockkit/bad";

describe.skipIf(!conformanceDir)(`the rules of the fake ${NEEDS}`, () => {
  const cases = conformanceFiles(CASES);
  it("have all 18 cases to judge", () => expect(cases).toHaveLength(18));

  it.each(cases)("judge %s", (name) => {
    const it = conformance<Json>(`${CASES}/${name}`) ?? {};
    const faults = it.type === "modal" ? viewFaults(it) : messageFaults(it);
    if (name === "ok.json") expect(faults).toEqual([]);
    else expect(faults).not.toEqual([]);
  });
});

describe("cutting", () => {
  it("ends with an ellipsis and splits no pair", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 1, max: 20 }), (text, max) => {
        const short = cut(text, max);
        expect(short.length).toBeLessThanOrEqual(max);
        expect(short).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
        // What turns the words around it is no part of what is shown.
        const shown = withoutTurns(text);
        if (shown.length > max) expect(short.endsWith("…")).toBe(true);
        else expect(short).toBe(shown);
      }),
    );
  });
});

describe("lists", () => {
  const items = (count: number, action?: Button): ListItem[] =>
    Array.from({ length: count }, (_, n) => ({ title: `T-${n}`, ...(action ? { action } : {}) }));
  const open: Button = { type: "button", id: "task.open", label: "Open" };

  it("show what fits, say how much more there is, and leave what stands around them", () => {
    const { blocks } = renderMessage(
      message([
        { type: "heading", text: "Tasks" },
        { type: "list", items: items(200, open) },
        { type: "context", text: "Page 1" },
        { type: "actions", actions: [{ type: "button", id: "next", label: "Next" }] },
      ]),
    );
    expect(blocks).toHaveLength(50);
    expect(readBlocks(blocks)).toContain("T-45\n… +154\nPage 1");
    expect(blocks.at(-1)?.type).toBe("actions");
  });

  it("share one block where no item has a button", () => {
    const { blocks } = renderMessage(message([{ type: "list", items: items(30) }]));
    expect(blocks).toHaveLength(1);
    expect(readBlocks(blocks).split("\n")).toHaveLength(30);
  });

  it("say nothing of more where all fits", () => {
    expect(readBlocks(renderMessage(message([{ type: "list", items: items(50, open) }])).blocks)).not.toContain("…");
    expect(readBlocks(renderMessage(message([{ type: "list", items: items(51, open) }])).blocks)).toContain("… +2");
  });

  it("keep a link beside a button", () => {
    const item: ListItem = { title: ["See ", { link: "minutes", url: "https://coord.example/m" }], action: open };
    expect(renderMessage(message([{ type: "list", items: [item] }])).blocks.map(({ type }) => type)).toEqual([
      "rich_text",
      "actions",
    ]);
  });

  it("end a message that is all too long", () => {
    const many: Block[] = Array.from({ length: 80 }, (_, n) => ({ type: "context", text: `line ${n}` }));
    const { blocks } = renderMessage(message(many));
    expect(blocks).toHaveLength(50);
    expect(readBlocks(blocks)).toContain("line 48\n… +31");
  });
});

describe("actions", () => {
  const render = (actions: Action[]) =>
    (renderMessage(message([{ type: "actions", actions }])).blocks as unknown as { elements: Json[] }[]).flatMap(
      (one) => one.elements,
    );

  it("keep their id and value where the same one stands twice", () => {
    const outcome = (value: string): Button => ({ type: "button", id: "share.outcome", label: value, value });
    const elements = render(["arrest", "seizure", "none"].map(outcome));
    expect(new Set(elements.map((one) => one.action_id)).size).toBe(3);
    expect(elements.map((one) => readActionId(String(one.action_id)).id)).toEqual(Array(3).fill("share.outcome"));
    expect(elements.map((one) => one.value)).toEqual(["arrest", "seizure", "none"]);
  });

  it.each([
    ["task.give", "jcb/T-1/"],
    ["a#1", "p#2"],
    ["a", "x|y"],
    ["a", ""],
  ])("carry the prefix of a menu: %s %s", (id, prefix) => {
    const [menu] = render([{ type: "menu", id, label: "Give to", prefix, options: [{ value: "p1", label: "Maria" }] }]);
    expect(readActionId(String(menu?.action_id))).toEqual({ id, prefix });
  });

  it("spread over rows of 25", () => {
    const many = Array.from({ length: 60 }, (_, n): Button => ({ type: "button", id: `a${n}`, label: "x" }));
    const { blocks } = renderMessage(message([{ type: "actions", actions: many }]));
    expect(blocks.map((one) => (one as unknown as { elements: unknown[] }).elements.length)).toEqual([25, 25, 10]);
  });

  it("lose no half of an id or a value: what does not fit is left out", () => {
    const text: Block = { type: "text", text: "x" };
    const actions: Action[] = [
      { type: "button", id: "a", label: "x", value: "v".repeat(2_001) },
      { type: "menu", id: "a", label: "x", prefix: "p".repeat(255), options: [{ value: "1", label: "1" }] },
      { type: "menu", id: "a", label: "x", options: [{ value: "v".repeat(151), label: "1" }] },
    ];
    expect(renderMessage(message([text, { type: "actions", actions }])).blocks).toHaveLength(1);
  });
});

describe("forms", () => {
  const form = (fields: Form["fields"], over: Partial<Form> = {}): Form => ({
    id: "task.new",
    title: "New task",
    submit: "Assign",
    cancel: "Cancel",
    state: "s",
    lang: "en",
    fields,
    ...over,
  });

  it("only to read have nothing to send", () => {
    expect(renderForm(form([{ type: "note", text: "Read this" }], { submit: undefined }))).not.toHaveProperty("submit");
  });

  it("show an error under its field, the one about the whole on top, and what was typed", () => {
    const view = renderForm(
      form([{ type: "text", name: "title", label: "What" }]),
      { "": "The meeting is over.", title: "Say what." },
      { title: "bad" },
    );
    expect(readBlocks(view.blocks)).toBe("⚠️ The meeting is over.\nWhat\n⚠️ Say what.");
    expect(view.blocks[1]).toMatchObject({ element: { initial_value: "bad" } });
  });

  it("choose by boxes up to ten, by a list beyond", () => {
    const options = (count: number) => Array.from({ length: count }, (_, n) => ({ value: `${n}`, label: `${n}` }));
    const kinds = renderForm(
      form([
        { type: "choice", name: "a", label: "a", options: options(10), radio: true },
        { type: "choice", name: "b", label: "b", options: options(11), radio: true },
        { type: "choices", name: "c", label: "c", options: options(10) },
        { type: "choices", name: "d", label: "d", options: options(11), value: ["3"] },
      ]),
    ).blocks.map((one) => ("element" in one ? one.element.type : one.type));
    expect(kinds).toEqual(["radio_buttons", "static_select", "checkboxes", "multi_static_select"]);
  });
});
