import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inputId } from "../../../adapters/teams/actions.js";
import { renderForm, renderMessage } from "../../../adapters/teams/render.js";
import { cut, escapeMarkdown } from "../../../adapters/teams/text.js";
import {
  type Block,
  type Form,
  type InputField,
  type Message,
  oneLine,
  type Span,
  type Text,
  titleLine,
  withoutTurns,
} from "../../../src/chat/index.js";
import { cardErrors, walk } from "../../fakes/teams/checks.js";
import { readCard, readMarkdown } from "../../fakes/teams/eye.js";

const message = (blocks: Block[], lang = "en"): Message => ({ text: "words", blocks, lang });
const squeezed = (text: string) => text.replace(/\s+/g, " ").trim();
const seenText = (given: Message) => readCard(renderMessage(given).card).lines.join("\n");

/** Text made of what Markdown, HTML, Teams and Unicode might trip over. */
const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ..."*_~`#>-+=[](){}!|\\&<.:1\n\t",
        "[click](https://evil.example)",
        "<at>Omar</at>",
        "&lt;",
        "&nbsp;",
        "&#x41;",
        "{{DATE(2026-01-01T00:00:00Z,SHORT)}}",
        "{{TIME(2026-01-01T00:00:00Z)}}",
        "**bold**",
        "__x__",
        "```",
        "1. one",
        "- two",
        "# three",
        "> four",
        "---",
        "https://example.org/a_b_c",
        "\u202Eabc",
        "العربية",
        "中文",
        "👩‍👩‍👧",
        "\uD83D",
      ),
      fc.string({ maxLength: 8, unit: "grapheme" }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

const span: fc.Arbitrary<Span> = fc.oneof(
  nasty,
  nasty.map((bold) => ({ bold })),
  nasty.map((italic) => ({ italic })),
  nasty.map((code) => ({ code })),
  fc.record({ link: nasty, url: fc.oneof(fc.webUrl(), fc.constant("javascript:alert(1)"), nasty) }),
);
const text: fc.Arbitrary<Text> = fc.oneof(nasty, fc.array(span, { maxLength: 5 }));
const option = fc.record({ value: nasty, label: nasty });
const button = fc.record(
  {
    type: fc.constant("button" as const),
    id: fc.constantFrom("task.done", "a"),
    label: nasty.map((label) => `b${label}`),
    value: nasty,
    style: fc.constantFrom("primary" as const, "danger" as const),
    opens: fc.constant(true as const),
    confirm: fc.record({ title: nasty, text: nasty, yes: fc.constant("Yes"), no: nasty }),
  },
  { requiredKeys: ["type", "id", "label"] },
);
const menu = fc.record({
  type: fc.constant("menu" as const),
  id: fc.constant("give"),
  label: fc.constant("Give to"),
  prefix: nasty,
  options: fc.array(
    option.map((each) => ({ ...each, label: `o${each.label}` })),
    { minLength: 1, maxLength: 12 },
  ),
});
const link = fc.record({ type: fc.constant("link" as const), label: fc.constant("Open"), url: fc.webUrl() });
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ type: fc.constant("heading" as const), text: nasty }),
  fc.record({ type: fc.constant("text" as const), text }),
  fc.record({ type: fc.constant("context" as const), text }),
  fc.record({
    type: fc.constant("facts" as const),
    facts: fc.array(fc.record({ label: nasty, value: text }), { maxLength: 4 }),
  }),
  fc.record({
    type: fc.constant("list" as const),
    items: fc.array(fc.record({ title: text, detail: text, action: button }, { requiredKeys: ["title"] }), {
      maxLength: 5,
    }),
  }),
  fc.record({ type: fc.constant("quote" as const), text: nasty, by: nasty }),
  fc.record({ type: fc.constant("image" as const), url: fc.oneof(fc.webUrl(), nasty), alt: nasty, title: nasty }),
  fc.constant({ type: "divider" as const }),
  fc.record({
    type: fc.constant("actions" as const),
    actions: fc.array(fc.oneof(button, menu, link), { maxLength: 9 }),
  }),
);

describe("any message", () => {
  it("renders to a card that Teams takes", () => {
    const lang = fc.constantFrom("en", "fr", "ar", "ckb-IQ");
    fc.assert(
      fc.property(fc.array(block, { maxLength: 8 }), nasty, lang, (blocks, words, lang) => {
        const given = { text: words, blocks, lang };
        expect(cardErrors(renderMessage(given).card, "message")).toEqual([]);
        expect(cardErrors(renderMessage(given, "dialog").card, "dialog")).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("shows what was typed, letter by letter", () => {
    fc.assert(
      fc.property(nasty, (typed) => {
        const blocks: Block[] = [
          { type: "heading", text: typed },
          { type: "text", text: [{ bold: typed }] },
          { type: "context", text: typed },
          { type: "facts", facts: [{ label: "f", value: typed }] },
          { type: "list", items: [{ title: typed, detail: typed }] },
          { type: "quote", text: typed },
        ];
        const shown = squeezed(seenText(message(blocks)));
        // Titles show where their addresses lead, which is tested for itself.
        fc.pre(titleLine(typed) === oneLine(typed));
        const wanted = squeezed(withoutTurns(typed));
        if (wanted !== "") expect(shown.split(wanted).length - 1).toBeGreaterThanOrEqual(7);
      }),
      { numRuns: 500 },
    );
  });

  it("shows facts made of pieces, letter by letter", () => {
    const pieces = fc.array(fc.oneof(nasty, fc.constantFrom("1", ". x", "{", "{DATE(", "&", "amp;", "-", " ")), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(pieces, (parts) => {
        const value = parts.map((part, n): Span => (n % 2 === 0 ? part : { bold: part }));
        const [, shown] = readCard(
          renderMessage(message([{ type: "facts", facts: [{ label: "f", value }] }])).card,
        ).lines;
        expect(shown).toBe(squeezed(withoutTurns(parts.join(""))));
      }),
      { numRuns: 1_000 },
    );
  });

  it("fits whatever its size, and marks what it leaves out", () => {
    const big = fc.constantFrom("Ж", "x", "中", "👩", '"', "\\");
    fc.assert(
      fc.property(
        big,
        fc.integer({ min: 10_000, max: 60_000 }),
        fc.integer({ min: 1, max: 400 }),
        (letter, length, count) => {
          const long = letter.repeat(length);
          const blocks = Array.from({ length: count }, (): Block => ({ type: "text", text: long }));
          const { text, card } = renderMessage({ text: long, blocks, lang: "en" });
          expect(cardErrors(card, "message")).toEqual([]);
          expect(text.endsWith("…")).toBe(true);
          expect(text).not.toMatch(/[\uD800-\uDBFF]…$/);
          expect(readCard(card).lines.join("").includes("…")).toBe(true);
        },
      ),
      { numRuns: 20 },
    );
  });

  it("fits even where nothing can be cut", () => {
    const actions = Array.from({ length: 10 }, (_, n) => ({
      type: "button" as const,
      id: `a${n}`,
      label: "Open",
      value: "v".repeat(30_000),
    }));
    const { card } = renderMessage(message([{ type: "actions", actions }]));
    expect(cardErrors(card, "message")).toEqual([]);
    expect(readCard(card).lines.join("")).toBe("words …");
  });
});

describe("a card", () => {
  it("has at most six buttons in sight, the others behind …", () => {
    const actions = Array.from({ length: 14 }, (_, n) => ({ type: "button" as const, id: `a${n}`, label: `B${n}` }));
    const { card } = renderMessage(message([{ type: "actions", actions }]));
    const sets = card.body.map((each) => each.actions as { mode?: string }[]);
    expect(sets.map((set) => set.length)).toEqual([6, 6, 2]);
    expect(sets.map((set) => set.every((each) => each.mode === "secondary"))).toEqual([false, true, true]);
  });

  it("asks before it does what needs confirming", () => {
    const confirm = { title: "Recall I-31?", text: "Nobody can open it afterwards.", yes: "Recall", no: "Keep" };
    const { card } = renderMessage(
      message([
        {
          type: "actions",
          actions: [{ type: "button", id: "share.recall", label: "Recall", value: "I-31", style: "danger", confirm }],
        },
      ]),
    );
    const shown: string[] = [];
    walk(card, undefined, (element) => shown.push(`${element.type}${element.style ? ` ${element.style}` : ""}`));
    expect(shown).toEqual([
      "AdaptiveCard",
      "ActionSet",
      "Action.ShowCard destructive",
      "AdaptiveCard",
      "RichTextBlock",
      "TextRun",
      "RichTextBlock",
      "TextRun",
      "ActionSet",
      "Action.Execute destructive",
    ]);
    expect(readCard(card).buttons).toMatchObject([
      { label: "Recall", kind: "execute", data: { id: "share.recall", value: "I-31" } },
    ]);
  });

  it("shows few choices as buttons and many as a list", () => {
    const of = (count: number) =>
      readCard(
        renderMessage(
          message([
            {
              type: "actions",
              actions: [
                {
                  type: "menu",
                  id: "give",
                  label: "Give to",
                  prefix: "T-1/",
                  options: Array.from({ length: count }, (_, n) => ({ value: `p${n}`, label: `P${n}` })),
                },
              ],
            },
          ]),
        ).card,
      ).menus[0];
    expect(of(2)?.options[1]).toMatchObject({ label: "P1", inputs: {}, action: { data: { value: "T-1/p1" } } });
    expect(of(50)?.options[49]).toMatchObject({
      label: "P49",
      inputs: { menu1: "p49" },
      action: { data: { menu: "menu1" } },
    });
  });

  it("is laid out from right to left for languages written so", () => {
    expect(renderMessage(message([], "ar")).card.rtl).toBe(true);
    expect(renderMessage(message([], "en")).card.rtl).toBeUndefined();
  });

  it("draws a divider above what follows it", () => {
    const { card } = renderMessage(
      message([{ type: "text", text: "a" }, { type: "divider" }, { type: "text", text: "b" }]),
    );
    expect(card.body.map((each) => each.separator)).toEqual([undefined, true]);
  });

  it("links only to the web", () => {
    const links = ["https://coord.example/x?a=(1)", "javascript:alert(1)", "file:///etc/passwd", "nonsense"];
    const actions = links.map((url) => ({ type: "link" as const, label: url, url }));
    const value = links.map((url): Span => ({ link: "[x](y) ", url }));
    const { card } = renderMessage(
      message([
        { type: "text", text: value },
        { type: "facts", facts: [{ label: "f", value }] },
        { type: "actions", actions },
      ]),
    );
    const json = JSON.stringify(card);
    expect(readCard(card).buttons.map((each) => each.label)).toEqual([links[0]]);
    expect(json).toContain("https://coord.example/x?a=%281%29");
    expect(json).not.toContain('"url":"javascript');
    expect(json).not.toContain("](javascript");
    expect(json).not.toContain("](file");
  });

  it("gives nobody a mention that somebody typed", () => {
    const { card } = renderMessage(message([{ type: "text", text: "<at>Omar</at>" }]));
    expect(card).not.toHaveProperty("msteams");
    expect(seenText(message([{ type: "heading", text: "<at>Omar</at>" }]))).toBe("<at>Omar</at>");
  });
});

describe("a form", () => {
  const fields: Form["fields"] = [
    { type: "text", name: "title", label: "What", hint: "In a few words", maxLength: 200, value: "given" },
    { type: "text", name: "detail", label: "More", multiline: true, optional: true },
    {
      type: "choice",
      name: "priority",
      label: "Priority",
      options: [
        { value: "n", label: "Normal" },
        { value: "u,1", label: "Urgent" },
      ],
      value: "u,1",
    },
    {
      type: "choices",
      name: "codes",
      label: "Codes",
      options: [
        { value: "H1", label: "H1" },
        { value: "H2", label: "H2" },
      ],
      value: ["H1", "H2"],
    },
    { type: "lookup", name: "agency", label: "Agency", source: "agency", value: { value: "a1", label: "Labour" } },
    { type: "lookup", name: "people", label: "People", source: "person", several: true, optional: true },
    { type: "note", text: "A deadline binds once agreed." },
  ];
  const form: Form = {
    id: "task.new",
    title: "New task",
    submit: "Assign",
    cancel: "Cancel",
    state: "b/T-1",
    lang: "en",
    intro: "Who, what, when?",
    fields,
  };
  const inputs = (card: unknown) => Object.fromEntries(readCard(card).inputs.map((input) => [input.id, input]));

  it("renders labels, hints, values and what is required", () => {
    const card = renderForm(form);
    expect(cardErrors(card, "dialog")).toEqual([]);
    expect(inputs(card)).toMatchObject({
      t_title: { label: "What", required: true, value: "given" },
      t_detail: { required: false },
      o_priority: { value: "u%2C1", choices: [{ title: "Normal" }, { title: "Urgent", value: "u%2C1" }] },
      m_codes: { several: true, value: "H1,H2" },
      o_agency: { dataset: "agency", value: "a1", choices: [{ title: "Labour", value: "a1" }] },
      m_people: { dataset: "person", several: true, required: false },
    });
    expect(readCard(card).lines).toEqual(
      expect.arrayContaining(["Who, what, when?", "In a few words", "A deadline binds once agreed."]),
    );
    expect(readCard(card).buttons).toMatchObject([{ label: "Assign", data: { form: "task.new", state: "b/T-1" } }]);
  });

  it("is drawn again with what was typed, each error once, at its field, and above where to go", () => {
    const typed = {
      title: "bad",
      detail: "line 1\nline 2",
      priority: "n",
      codes: ["H2"],
      agency: "a2",
      people: ["p1", "p2"],
    };
    const labelOf = (_: string, value: string) => (value === "p2" ? "Zoe" : undefined);
    const card = renderForm(form, { title: "Say what, e.g. Inspect 3 farms.", "": "Not yet." }, typed, {
      key: "k",
      labelOf,
    });
    expect(cardErrors(card, "dialog")).toEqual([]);
    expect(inputs(card)).toMatchObject({
      t_title: { value: "bad", error: "Say what, e.g. Inspect 3 farms." },
      t_detail: { value: "line 1\nline 2" },
      o_priority: { value: "n" },
      m_codes: { value: "H2" },
      o_agency: { value: "a2" },
      m_people: { value: "p1,p2", choices: [{ title: "p1" }, { title: "Zoe" }] },
    });
    expect(inputs(card).t_detail?.error).toBeUndefined();
    expect(readCard(card).lines.slice(0, 2)).toEqual(["Not yet.", "↓ What"]);
    expect(readCard(card).buttons[0]?.data).toMatchObject({ key: "k" });
  });

  it("names no field above where all of them are in sight", () => {
    const few = { ...form, fields: form.fields.slice(0, 2) };
    const lines = readCard(renderForm(few, { title: "Say what." })).lines;
    expect(lines.filter((line) => line.includes("Say what."))).toHaveLength(1);
    expect(lines.join()).not.toContain("↓");
  });

  it("with nothing to send has no button", () => {
    const { submit: _, ...readOnly } = form;
    expect(readCard(renderForm(readOnly)).buttons).toEqual([]);
  });

  it("never cuts what somebody typed", () => {
    const typed = "Ж".repeat(20_000);
    expect(inputs(renderForm(form, { title: "no" }, { detail: typed })).t_detail?.value).toBe(typed);
  });

  it("keeps the chosen option where a long list is cut", () => {
    const options = Array.from({ length: 400 }, (_, n) => ({
      value: `v${n}`,
      label: `Option ${n} ${"x".repeat(100)}`,
    }));
    const long: InputField = { type: "choice", name: "one", label: "One", options, value: "v399" };
    const card = renderForm({ ...form, fields: [long] });
    expect(cardErrors(card, "dialog")).toEqual([]);
    expect(inputs(card).o_one?.choices.map((choice) => choice.value)).toContain("v399");
  });

  it("renders whatever is in it to a card that Teams takes", () => {
    const given = fc.record({
      intro: nasty,
      note: nasty,
      hint: nasty,
      label: nasty.map((x) => `l${x}`),
      value: nasty,
      error: nasty,
    });
    fc.assert(
      fc.property(given, ({ intro, note, hint, label, value, error }) => {
        const options = [{ value, label: `o${label}` }];
        const kinds: InputField[] = [
          { type: "text", name: "a", label, hint, value },
          { type: "choice", name: "b", label, hint, options, value, radio: true },
          { type: "choices", name: "c", label, optional: true, options, value: [value] },
          { type: "lookup", name: "d", label, source: "s", value: options[0] },
        ];
        const card = renderForm(
          { ...form, intro, fields: [...kinds, { type: "note", text: note }] },
          { a: error, d: error },
        );
        expect(cardErrors(card, "dialog")).toEqual([]);
        expect(new Set(readCard(card).inputs.map((input) => input.id))).toEqual(new Set(kinds.map(inputId)));
      }),
      { numRuns: 100 },
    );
  });
});

describe("text", () => {
  it("is never cut inside a character of two units", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 20 }), (typed, max) => {
        const shown = cut(typed, max);
        expect(shown.length).toBeLessThanOrEqual(max);
        if (shown !== typed) expect(typed.startsWith(shown.slice(0, -1)) && shown.endsWith("…")).toBe(true);
        expect(shown).not.toMatch(/[\uD800-\uDBFF]…$/);
      }),
    );
  });

  it("reads as typed once Markdown has read it", () => {
    fc.assert(
      fc.property(nasty, (typed) => {
        expect(readMarkdown(escapeMarkdown(typed))).toBe(squeezed(typed));
      }),
      { numRuns: 2_000 },
    );
  });
});
