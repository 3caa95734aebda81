import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Inbound } from "../../../src/chat/index.js";
import { invite } from "../../../src/cli/setup.js";
import { messagesFor } from "../../../src/i18n/index.js";
import { expectWithin } from "../../growth.js";
import { formOf, textOf, type World, words } from "../../world.js";
import { cardOf } from "../leaks/cast.js";
import { refused, rowsOf, twoBodies } from "./hall.js";

/** What the issue names as bad input: one clear sentence with an example, nothing half done, never an exception. */
let w: World;
beforeAll(async () => {
  w = await twoBodies();
  // T-1, which Pia asked of labour; T-2, which is between others.
  await w.ask("Pia", "task @labour Inspect 3 farms in Kilkis by next Fri 17:00");
  await w.ask("Sofia", "task @border Count the boats");
  // T-3 is with police, whose focal points may give it on.
  await w.ask("Sofia", "task @police Count the cars");
  await w.settle();
});
afterAll(() => w.close());

/** As Coord writes it, with the mark that lets a form through once. */
const formState = (body: string) => JSON.stringify({ body, nonce: randomUUID(), given: {} });

const LONG_WORD = "a".repeat(40_000);
const LONG_TEXT = "farm ".repeat(8_000);

/** What is typed; what is answered in English; what the answer holds in every language. */
const LINES: [line: string, english: RegExp, holds: string[]][] = [
  ["tusk @labour Inspect", /“tusk” is not a command\. Did you mean .*task/, ["task"]],
  ["donne T-1", /Did you mean done/, ["done"]],
  ["qqqqqqqq", /not a command\. For example: task @labour/, ["task @labour"]],
  ["<script>alert(1)</script>", /is not a command/, ["task @labour"]],
  ["T-99", /There is no T-99 for you here/, ["T-99", "tasks"]],
  ["T-0", /There is no T-0 for you here/, ["T-0"]],
  ["t99", /There is no T-99 for you here/, ["T-99"]],
  ["M-12", /There is no M-12 for you here/, ["M-12"]],
  ["T-99999999999", /is not a command|There is no/, []],
  ["done", /Still missing.*done T-12/, ["done T-12"]],
  ["done X-4 well", /“X-4” is not a reference\. For example: T-12/, ["X-4", "T-12"]],
  ["done T-4294967296 well", /“T-4294967296” is not a reference/, ["T-12"]],
  ["done Kilkis", /Still missing/, ["done T-12"]],
  [
    "task @labour Inspect by 31 Feb",
    /“31 Feb” does not exist. Which date is meant\?.*\[No date\] \[Pick a date\]/s,
    ["31 Feb"],
  ],
  ["task @labour Inspect by 1 Jan 2020", /has passed already. Which date is meant\?/, ["1 Jan 2020"]],
  ["task @labour Inspect by yesterday", /lies in the past. By when/, ["yesterday"]],
  ["date T-1 -3 days", /goes back in time.*in 3 days/, ["-3 days"]],
  ["date T-1 blue", /“blue” is not a date.*Fri 17:00/, ["blue"]],
  ["date T-1 29 Mar 2027 25:00", /does not exist|not a date/, []],
  ["task @labor Inspect", /There is no agency @labor\. Which one is meant\?.*\[@labour\]/s, ["@labour"]],
  ["task @qqqqqqqq Inspect", /There is no agency @qqqqqqqq\. There are: @border/, ["@qqqqqqqq", "@labour"]],
  ["who @labuor", /Did you mean @labour/, ["@labour"]],
  ["task @labour Inspect with:@nobody", /There is no agency @nobody/, ["@nobody"]],
  ["task @labour Inspect tlp:PINK", /“PINK” is not a label.*tlp:GREEN/, ["PINK", "tlp:GREEN"]],
  ["task @labour Inspect priority:soonish", /“soonish” is not among: life-safety, urgent/, ["soonish", "urgent"]],
  ["task @labour Inspect tlp:RED", /ask a person/, ["tlp:RED"]],
  [`task @labour ${LONG_WORD}`, /40013 characters are too many/, ["task @labour"]],
  [`task @labour ${LONG_WORD.slice(0, 3_900)}`, /3900 characters are too many, 200 fit/, ["200"]],
  [`task @labour ${LONG_TEXT.slice(0, 3_900)}`, /3899 characters are too many, 200 fit/, ["200"]],
  [`task @labour ${LONG_TEXT}`, /characters are too many/, ["task @labour"]],
  [`say T-1 ${LONG_TEXT}`, /characters are too many/, []],
  [`say T-1 ${"“".repeat(40_000)}`, /characters are too many/, []],
  [`say T-1 ${"«  ".repeat(13_000)}`, /characters are too many/, []],
  [LONG_WORD, /characters are too many/, ["task @labour"]],
  [LONG_WORD.slice(0, 3_999), /is not a command/, ["task @labour"]],
  [`T-1${LONG_WORD}`, /characters are too many/, []],
  [`date T-1 ${LONG_WORD}`, /is not a date|too many/, []],
  [`task @${LONG_WORD.slice(0, 3_900)} Inspect`, /There is no agency/, ["@labour"]],
  ["tasks all page:0", /“0” is not a page number.*page:2/, ["page:2"]],
  ["tasks all page:-1", /not a page number/, ["page:2"]],
  ["tasks all page:02", /“02” is not a page number/, ["page:2"]],
  ["tasks all page:2x", /“2x” is not a page number/, ["page:2"]],
  ["tasks all page:100000", /“100000” is not a page number/, ["page:2"]],
  ["settings zone:Europe/Athnes", /Did you mean Europe\/Athens/, ["Europe/Athens"]],
  ["settings zone:__proto__", /not a time zone/, []],
  ["settings hours:25:00-26:00", /08:00-16:00/, ["08:00-16:00"]],
  ["settings hours:16:00-08:00", /08:00-16:00/, ["08:00-16:00"]],
  ["settings lang:tlh", /“tlh” is not among: en, fr/, ["en, fr"]],
  ["body nowhere", /You are in no body called nowhere\. You are in: north/, ["north"]],
  ["body south", /You are in no body called south\. You are in: north/, ["north"]],
  ['away until:"tomorrow 09:00" from:"tomorrow 10:00"', /The end must be after the beginning/, []],
  ['away until:"31 Feb"', /does not exist/, ["31 Feb"]],
  ["give T-1 @Pia", /for the person it is with, or the focal point of Labour/, ["T-1"]],
  ["close T-1", /T-1 has moved on: it is asked now/, ["T-1"]],
  ["agree T-1", /Nobody has asked for another date for T-1.*date T-1/, ["date T-1"]],
  ["support T-1 no nobody free", /for the focal point of a supporting agency/, ["T-1"]],
  ["remove @Lena", /for the agency itself/, []],
  ['duty @Lena until:"tomorrow 08:00"', /for the agency itself/, []],
  ['away until:"tomorrow 09:00" deputy:@Lena', /Lena does not belong to Police/, ["Lena"]],
  ["give T-1 @nobody", /nobody called @nobody.*@maria\.papadaki/, ["@nobody", "@maria.papadaki"]],
  ["bind @police", /Type this in the conversation/, []],
  ["join ABCD-EFGH", /That code does not work here: it was used, has run out/, []],
  ["for @prosecution task @labour Inspect", /coordinator/, []],
];

describe("a line that cannot be", () => {
  it.each(LINES.map(([line, english, holds]) => [line.slice(0, 60), line, english, holds] as const))(
    "%s",
    async (_short, line, english, holds) => {
      const text = await refused(w, () => w.say("Pia", line));
      expect(text).toMatch(english);
      const french = await refused(w, () => w.say("Fleur", line));
      for (const word of holds) {
        expect(text).toContain(word);
        expect(french).toContain(word);
      }
      expect(french, "in the reader's language").not.toBe(text);
    },
  );

  /** What is not understood of these is asked in a form, in the reader's language; nothing is done yet. */
  it.each([
    ["remove Nobody", "remove", "person"],
    ['remove "Nobody At All"', "remove", "person"],
    ["give T-3 Nobody", "give", "to"],
    ['give T-3 "Nobody At All"', "give", "to"],
  ] as const)("%s asks who is meant", async (line, command, field) => {
    const before = await rowsOf(w);
    for (const [name, lang] of [
      ["Pia", "en"],
      ["Fleur", "fr"],
    ] as const) {
      const t = messagesFor(lang);
      const form = formOf(await w.say(name, line));
      expect(form.title).toBe(`${command === "give" ? "T-3 · " : ""}${t.titles[command]}`);
      expect(form.fields[0]).toMatchObject({ type: "lookup", name: field, label: t.args.who });
    }
    expect(await rowsOf(w)).toEqual(before);
  });

  it("says of words that nothing takes that they were not understood, and does nothing", async () => {
    expect(await w.ask("Pia", "undelivered")).toBe(messagesFor("en").delivery.none);
    expect(await refused(w, () => w.say("Pia", "undelivered boats"))).toMatch(/^“boats” was not understood/);
    expect(await refused(w, () => w.say("Fleur", "undelivered boats"))).toMatch(/^«\sboats\s» n’a pas été compris/);
    expect(await refused(w, () => w.say("Omar", "undelivered"))).toMatch(/^That is for: focal point/);
  });

  it.each(LINES.filter(([line]) => line.length > 2_000).map(([line]) => [line.slice(0, 40), line] as const))(
    "is refused nearly as soon as a short one: %s",
    async (what, line) => {
      const say = (text: string) => async () => expect(textOf(await w.say("Pia", text))).not.toBe("");
      await expectWithin(12, { what, little: say("tusk @labour Inspect"), much: say(line) });
    },
  );

  it("is answered to the desk, too, that acts for an agency with people of its own", async () => {
    const { errors } = messagesFor("en");
    for (const line of ["for @labour inbox", "for @police task @border Look", "for @labour done T-1 well"])
      expect(await refused(w, () => w.say("Sofia", line)), line).toBe(
        errors.notRepresented({ agency: line.includes("@labour") ? "Labour" : "Police" }),
      );
    expect(await w.ask("Sofia", "for @prosecution inbox")).not.toBe("");
  });

  it("is answered to the desk, too, that names nobody to act for", async () => {
    for (const line of ["for @nobody task @labour Inspect", "for", "for @", "for @la\u0000bour inbox"])
      expect(await refused(w, () => w.say("Sofia", line)), line).toMatch(
        /There is no agency|Still missing|people of its own/,
      );
  });
});

describe("words that look like something else", () => {
  const cases: [line: string, title: string, due?: RegExp][] = [
    ["task @border Report by mail", "Report by mail"],
    ["task @border Stand by the gate by Fri 17:00", "Stand by the gate", /Fri 27 Nov 17:00/],
    ["task @border Send it by hand by tomorrow 12:00", "Send it by hand", /12:00/],
    ['task @border "Report by Friday"', "Report by Friday"],
    ['task @border "Check the sign tlp:RED here"', "Check the sign tlp:RED here"],
    ["task @border Visit https://example.org:8080/a?b=c", "Visit https://example.org:8080/a?b=c"],
    ['task @border Note: call a:b "at 12:00"', 'Note: call a:b "at 12:00"'],
    ["task @border Say “stop by:me” aloud", "Say “stop by:me” aloud"],
    ["task @border <@U123> & <b>bold</b> *stars* _and_ `ticks`", "<@U123> & <b>bold</b> *stars* _and_ `ticks`"],
    ["task @border تفتيش المزارع 👩🏽‍🌾 by Fri 17:00", "تفتيش المزارع 👩🏽‍🌾", /Fri 27 Nov/],
    ["task @border __proto__ constructor hasOwnProperty", "__proto__ constructor hasOwnProperty"],
    ["task @border '; drop table tasks; --", "'; drop table tasks; --"],
  ];
  it.each(cases)("%s", async (line, title, due) => {
    const reply = await w.ask("Pia", line);
    const ref = /T-\d+/.exec(reply)?.[0] ?? reply;
    const card = await w.ask("Pia", ref);
    expect(card).toContain(`${ref} · ${title}\n`);
    if (due) expect(card).toMatch(due);
    else expect(card).toContain("By: no date");
  });

  it.each(["Report by 31 Feb", "Report by 32 March", "Report by Fri 25:00"])(
    "%s is a date that cannot be",
    async (words) =>
      expect(await refused(w, () => w.say("Pia", `task @border ${words}`))).toMatch(/does not exist|not a date/),
  );

  it("says who is mentioned in a text, since a mention is a mark and no word", async () => {
    const ref = /T-\d+/.exec(await w.ask("Pia", "task @border Ask @Omar and @Lena first"))?.[0] ?? "";
    const card = await w.ask("Pia", ref);
    expect(card).toContain(`${ref} · Ask Omar and Lena first`);
    expect(card).not.toMatch(/[\uE000-\uE0FF]/);
  });

  it("takes out what turns or hides other words, and nothing that a language needs", async () => {
    const ref =
      /T-\d+/.exec(
        await w.ask("Pia", "task @border Pay \u202Eevil\u202C \u2066x\u2069 now\u0000\u0007\u001b[31m می\u200cخواهم"),
      )?.[0] ?? "";
    const card = await w.ask("Pia", ref);
    expect(card).toContain("Pay evil x now[31m می\u200cخواهم");
    expect(card).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u0000-\u0008\u001b]/);
    for (const nothing of ["\u200b\u200b", "\u2060", "\ufeff", "\u200e\u200f", "\u00ad", "\u202e"])
      expect(await refused(w, () => w.say("Pia", `say T-1 ${nothing}`)), escape(nothing)).toMatch(
        /please fill this in|Still missing|^\[form/,
      );
  });

  it("keeps the last of a key given twice, and does not take a key for a word in quotation marks", async () => {
    const reply = await w.ask("Pia", 'task @border Look priority:low priority:urgent detail:"see priority:low"');
    const card = await w.ask("Pia", /T-\d+/.exec(reply)?.[0] ?? "");
    expect(card).toContain("Priority: Urgent");
    expect(card).toContain("see priority:low");
  });

  it("asks the same agency for support once", async () => {
    const reply = await w.ask("Pia", 'task @border Look with:"@labour @labour, @LABOUR"');
    expect(await w.ask("Pia", /T-\d+/.exec(reply)?.[0] ?? reply)).toContain("With: Labour (asked)");
  });
});

describe("a button or a form that was forged or is old", () => {
  const values: [what: string, id: string, value: string][] = [
    ["nothing", "done", ""],
    ["a body alone", "done", "north/"],
    ["no body", "done", "T-99 x"],
    ["another body", "T-1", "south/T-1"],
    ["another body's task", "show", "south/T-1"],
    ["a body that is not", "cancel", "nowhere/T-1 x"],
    ["another body's act", "cancel", "south/T-1 because"],
    ["garbage", "done", "\u0000\uffff{}[]'\"`;--"],
    ["5,000 letters", "done", `north/${"x".repeat(5_000)}`],
    ["5,000 letters behind a reference", "say", `north/T-1 ${"x".repeat(5_000)}`],
    ["a path", "show", "north/../../T-2"],
    ["somebody else's task", "cancel", "north/T-2 because"],
    ["another agency's step", "give", "north/T-1 @Lou"],
    ["a person who is not", "give", "north/T-1 person:00000000-0000-4000-8000-000000000000"],
    ["a person's id that is none", "give", "north/T-1 person:'; drop table tasks"],
    ["no command", "nothing", "north/T-1"],
    ["a name of JavaScript", "constructor", "north/T-1"],
    ["another one", "__proto__", "north/T-1"],
    ["a form that is not", "form.open", "cmd.nothing {}"],
    ["a form with no state", "form.open", "cmd.task"],
    ["a form with a broken state", "form.open", 'cmd.task {"body":'],
    ["somebody to let in who did not ask", "letin", "north/00000000-0000-4000-8000-000000000000"],
    ["an id that is none", "letin", "north/1 or 1=1"],
    ["an account that nobody mentioned", "addaccount", "north/slack t u staff"],
    ["a mention that is not", "addaccount", "north/00000000-0000-4000-8000-000000000000"],
    ["which of nobody", "which", "north/00000000-0000-4000-8000-000000000000 0"],
    ["which of nothing", "which", "north/"],
  ];
  it.each(values)("%s: %s", async (_what, id, value) => {
    const text = await refused(w, () => w.click("Pia", id, value));
    if (value.startsWith("south/") || value.startsWith("nowhere/")) {
      // As if there were neither the body nor the task, and never one's own task of the same number.
      expect(text).not.toContain("farms");
      expect(text).toBe(await refused(w, () => w.click("Pia", id, value.replace(/^\w+/, "elsewhere"))));
      expect(text).toBe(messagesFor("en").errors.stale);
      expect(await refused(w, () => w.click("Fleur", id, value))).toBe(messagesFor("fr").errors.stale);
    }
  });

  const state = (more: object) => JSON.stringify({ body: "north", nonce: randomUUID(), given: {}, ...more });
  const forms: [what: string, form: string, state: string, values: Record<string, string | string[]>][] = [
    ["nothing", "cmd.task", "", { to: "@labour", title: "x" }],
    ["garbage", "cmd.task", "\u0000{]", { to: "@labour", title: "x" }],
    ["an empty state", "cmd.task", "{}", { to: "@labour", title: "x" }],
    ["a list", "cmd.task", "[]", {}],
    ["another body", "cmd.task", state({ body: "south" }), { to: "@labour", title: "x" }],
    ["a body that is not", "cmd.task", state({ body: "nowhere" }), { to: "@labour", title: "x" }],
    ["no form", "cmd.nothing", state({}), {}],
    [
      "an agency that one may not act for",
      "cmd.task",
      state({ onBehalf: "prosecution" }),
      { to: "@labour", title: "x" },
    ],
    ["an agency that is none", "cmd.task", state({ onBehalf: "\u0000" }), { to: "@labour", title: "x" }],
    [
      "a source of control characters",
      "cmd.task",
      state({ source: { kind: "meeting\u0000", id: "1" } }),
      { to: "@labour", title: "x" },
    ],
    [
      "a source of 5,000 letters",
      "cmd.task",
      state({ source: { kind: "message", id: "x".repeat(5_000) } }),
      { to: "@labour", title: "x" },
    ],
    ["somebody else's task", "cmd.cancel", state({ given: { ref: "T-2" } }), { reason: "x" }],
    ["no reference", "cmd.decline", state({}), { reason: "x" }],
    ["prototypes", "cmd.task", state({}), JSON.parse('{"__proto__":"x","constructor":"y","toString":"z"}')],
    ["a hidden command", "cmd.addaccount", state({}), { shown: "slack t u admin" }],
    [
      "a source that was not shown",
      "cmd.task",
      state({ source: { kind: "meeting", id: randomUUID() } }),
      { to: "@labour", title: "x" },
    ],
    ["somebody else's name on it", "cmd.task", state({ for: randomUUID() }), { to: "@labour", title: "x" }],
    ["an agency that is not", "cmd.task", state({}), { to: "@nobody", title: "x" }],
    ["40,000 letters", "cmd.task", state({}), { to: "@labour", title: LONG_WORD }],
    ["a date that cannot be", "cmd.task", state({}), { to: "@labour", title: "x", by: "31 Feb" }],
    ["several for one", "cmd.task", state({}), { to: ["@labour", "@border"], title: "x" }],
  ];
  it.each(forms)("a form with %s", async (_what, form, said, values) => {
    const reply = () => w.runtime.receive({ ...w.from("Pia"), type: "submit", form, state: said, values });
    await refused(w, reply);
    const french = await w.runtime.receive({ ...w.from("Fleur"), type: "submit", form, state: said, values });
    expect(french).toHaveProperty("errors");
    expect(Object.prototype).not.toHaveProperty("x");
  });

  it("tells every field what is wrong with it at once", async () => {
    const form = formOf(await w.say("Pia", "task"));
    const reply = await w.submit("Pia", form, { to: "@nobody", title: "x", by: "31 Feb" });
    expect(reply).toMatchObject({
      errors: { to: expect.stringContaining("@nobody"), by: expect.stringContaining("31 Feb") },
    });
    expect(await w.submit("Pia", form, {})).toMatchObject({
      errors: { to: expect.any(String), title: expect.any(String) },
    });
  });

  it("opens a draft to whoever wrote it alone", async () => {
    const form = formOf(await w.say("Pia", "task detail:heron by:tomorrow"));
    const mine = formOf(await w.click("Pia", "form.open", `${form.id} ${form.state}`));
    expect(JSON.stringify(mine)).toContain("heron");
    const theirs = await w.click("Fleur", "form.open", `${form.id} ${form.state}`);
    expect(theirs && "form" in theirs).toBe(false);
    expect(JSON.stringify(theirs)).not.toContain("heron");
    // And another's sending it does not throw it away.
    await w.submit("Fleur", form, { to: "@labour" });
    expect(JSON.stringify(formOf(await w.click("Pia", "form.open", `${form.id} ${form.state}`)))).toContain("heron");
  });

  it.each([
    ["of a command", "task", { to: "@border", title: "Once only" }, "is asked of Border"],
    ["that was begun in a line", "task detail:heron", { to: "@border", title: "Once more" }, "is asked of Border"],
    ["of a task", "say T-1", { reason: "Hello" }, "T-1"],
  ])("takes a form %s once, by one delivery or by another", async (_what, line, values, said) => {
    const form = formOf(await w.say("Pia", line));
    const key = `sent ${randomUUID()}`;
    expect(textOf(await w.submit("Pia", form, values, key))).toContain(said);
    const before = await rowsOf(w);
    expect(await w.submit("Pia", form, values, key)).toBeUndefined();
    expect(await rowsOf(w)).toEqual(before);
    // By another delivery, with other words, and by another person who got hold of it.
    const { errors } = messagesFor("en");
    expect(await refused(w, () => w.submit("Pia", form, values))).toBe(errors.formSent);
    expect(await refused(w, () => w.submit("Pia", form, { ...values, title: "Another", reason: "More" }))).toBe(
      errors.formSent,
    );
    expect(await rowsOf(w)).toEqual(before);
    // One that was refused was not sent.
    const second = formOf(await w.say("Pia", "task"));
    expect(await w.submit("Pia", second, { to: "@border" })).toHaveProperty("errors");
    expect(textOf(await w.submit("Pia", second, { to: "@border", title: "Twice" }))).toContain("is asked of Border");
  });

  it("says what is true now to a button on a card that is old", async () => {
    const ref = /T-\d+/.exec(await w.ask("Pia", "task @labour An old card"))?.[0] ?? "";
    await w.settle();
    const card = cardOf(w, "Lena", ref);
    await w.press("Lena", card, "Omar");
    await w.ask("Pia", `cancel ${ref}`);
    expect(await refused(w, () => w.click("Lena", "accept", `north/${ref}`, card.ref))).toContain(
      "it is cancelled now",
    );
    expect(await refused(w, () => w.click("Lena", "decline", `north/${ref} because`, card.ref))).toContain("cancelled");
  });
});

describe("somebody who is not there", () => {
  const all = (name: string, locale?: string): Inbound[] => [
    { ...w.from(name, { locale }), type: "command", text: "T-1", mentions: [] },
    { ...w.from(name, { locale }), type: "command", text: "join NOPE-NOPE", mentions: [] },
    { ...w.from(name, { locale }), type: "action", id: "show", value: "north/T-1" },
    {
      ...w.from(name, { locale }),
      type: "submit",
      form: "cmd.task",
      state: formState("north"),
      values: {},
    },
    {
      ...w.from(name, { locale }),
      type: "suggest",
      source: "person",
      query: "o",
      state: formState("north"),
    },
    { ...w.from(name, { locale }), type: "shortcut", id: "task.from_message" },
    { ...w.from(name, { locale }), type: "home" },
  ];

  it("gets one helpful line, in the language of the platform, and nothing else", async () => {
    w.enrolled("Xenia", { platform: "slack", tenant: "slack-police", user: "UXENIA" });
    const before = await rowsOf(w);
    for (const locale of ["en-GB", "fr-FR"])
      for (const inbound of all("Xenia", locale)) {
        const reply = await w.runtime.receive(inbound);
        const text = textOf(reply);
        const t = messagesFor(locale);
        if (inbound.type === "suggest") expect(reply).toEqual({ options: [] });
        else if (inbound.type === "command" && inbound.text.startsWith("join")) expect(text).toBe(t.errors.code);
        else expect(text).toBe(t.people.unknown({ name: "Xenia" }));
        expect(text).not.toMatch(/T-1|farms|Omar/);
      }
    expect(await rowsOf(w)).toEqual(before);
  });

  it("is shown by a name that hides and turns nothing to whoever lets them in", async () => {
    const code = /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(await w.ask("Lena", "add"))?.[0];
    const actor = {
      platform: "slack" as const,
      tenant: "slack-labour",
      user: "UODD",
      displayName: "Maria\u202e nimda\u0000\u0007",
    };
    const reply = await w.runtime.receive({
      ...w.from("Xenia"),
      actor,
      type: "command",
      text: `join ${code}`,
      mentions: [],
    });
    expect(textOf(reply)).toContain("Labour");
    await w.settle();
    const asked = JSON.stringify(w.last("Lena").message);
    expect(asked).toContain("Maria nimda");
    expect(asked).not.toMatch(/\u202e|\\u0000|\\u0007/);
  });

  it("comes in by a code of 72 hours and the focal point of that very agency", async () => {
    const { owner } = w.runtime.store;
    const codeOf = async () => /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(await w.ask("Lena", "add Newt"))?.[0] ?? "";
    w.enrolled("Newt", { platform: "slack", tenant: "slack-labour", user: "UNEWT" });
    const late = await codeOf();
    const { id, expires_at } = await owner
      .selectFrom("enrolments")
      .select(["id", "expires_at"])
      .where("state", "=", "issued")
      .orderBy("expires_at", "desc")
      .limit(1)
      .executeTakeFirstOrThrow();
    const hours = (expires_at.getTime() - w.clock.now().getTime()) / 3_600_000;
    expect(hours).toBeLessThanOrEqual(72);
    expect(hours).toBeGreaterThan(71);
    await owner.updateTable("enrolments").set({ expires_at: w.clock.now() }).where("id", "=", id).execute();
    const wrong = await w.ask("Newt", "join NOPE-NOPE");
    expect(await w.ask("Newt", `join ${late}`)).toBe(wrong);

    const good = await codeOf();
    expect(await w.ask("Newt", `join ${good}`)).toContain("Labour");
    expect(await w.ask("Newt", `join ${good}`)).toBe(wrong);
    const request = await owner
      .selectFrom("enrolments")
      .select("id")
      .where("state", "=", "asked")
      .where("user_id", "=", "UNEWT")
      .executeTakeFirstOrThrow();
    // Pia and Otto decide for their own agencies; the coordinators may add people, and let in their own alone.
    for (const name of ["Pia", "Otto", "Sofia"])
      for (const act of ["letin", "refuse"])
        expect(await refused(w, () => w.click(name, act, `north/${request.id}`)), `${name} ${act}`).toBe(
          messagesFor("en").errors.noJoin,
        );
    await refused(w, () => w.click("Omar", "letin", `north/${request.id}`));
    expect(textOf(await w.click("Lena", "letin", `north/${request.id}`))).toContain("Newt");
    expect(await w.ask("Newt", "T-1")).toContain("T-1");

    // Who works for one agency is let into no other; and of a leaver nothing is left who comes back.
    const elsewhere = /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(await w.ask("Pia", "add Newt"))?.[0] ?? "";
    expect(await w.ask("Newt", `join ${elsewhere}`)).toContain("Police");
    const asked = async () =>
      (
        await owner
          .selectFrom("enrolments")
          .select("id")
          .where("state", "=", "asked")
          .where("user_id", "=", "UNEWT")
          .executeTakeFirstOrThrow()
      ).id;
    const wanted = await asked();
    expect(await refused(w, () => w.click("Pia", "letin", `north/${wanted}`))).toBe(
      messagesFor("en").errors.accountElsewhere,
    );
    await w.click("Pia", "refuse", `north/${wanted}`);
    await w.ask("Lena", 'duty @Newt until:"in 2 days"');
    expect(await w.ask("Pia", "who @labour")).toMatch(/Newt.*\n?.*on duty/i);
    await w.ask("Lena", "remove @Newt sure");
    // As if some minutes had passed: nobody types so many codes in a row.
    await owner.deleteFrom("pace").execute();
    await w.ask("Newt", `join ${await codeOf()}`);
    await w.click("Lena", "letin", `north/${await asked()}`);
    const who = await w.ask("Pia", "who @labour");
    expect(who).toContain("Newt");
    expect(who).not.toMatch(/on duty/i);
    await w.ask("Lena", "remove @Newt sure");
  });

  it("is confirmed by the agency where it has a focal point, whoever gave out the code", async () => {
    const code = /[A-Z2-9]{4}-[A-Z2-9]{4}/;
    const issued = async (handle: string) =>
      code.exec(await invite(w.runtime, handle, { role: "focal_point", body: "north" }))?.[0] ?? "";
    w.enrolled("Igor", { platform: "slack", tenant: "slack-labour", user: "UIGOR" });
    expect(await w.ask("Igor", `join ${await issued("labour")}`)).toBe(
      messagesFor("en").people.askedToJoin({ agency: "Labour" }),
    );
    expect(await w.ask("Igor", "T-1")).not.toContain("farms");
    const { id } = await w.runtime.store.owner
      .selectFrom("enrolments")
      .select("id")
      .where("state", "=", "asked")
      .where("user_id", "=", "UIGOR")
      .executeTakeFirstOrThrow();
    await w.click("Lena", "refuse", `north/${id}`);
    expect(await refused(w, () => w.click("Lena", "letin", `north/${id}`))).toBe(messagesFor("en").errors.noJoin);
  });

  it("is answered alike when the account is disabled", async () => {
    await w.runtime.store.owner.updateTable("persons").set({ active: false }).where("name", "=", "Lou").execute();
    for (const [n, inbound] of all("Lou").entries()) {
      const stranger = all("Xenia")[n];
      const said = stranger && (await w.runtime.receive(stranger));
      expect(textOf(await w.runtime.receive(inbound)).replace("Lou", "Xenia")).toBe(textOf(said));
    }
    // And is given nothing to do any more.
    for (const line of [
      "task @Lou Look",
      "give T-1 @Lou",
      "away until:tomorrow deputy:@Lou",
      "duty @Lou until:tomorrow",
    ])
      expect(await refused(w, () => w.say(line.startsWith("task") ? "Pia" : "Lena", line)), line).toMatch(
        /not known here|nobody called/,
      );
    await w.runtime.store.owner.updateTable("persons").set({ active: true }).where("name", "=", "Lou").execute();
  });
});

describe("two bodies", () => {
  beforeAll(async () => {
    await w.ask("Sven", "task @labour Southern secret one");
    await w.settle();
  });

  it("names on duty in one nobody who works in the other alone", async () => {
    expect(await w.ask("Nora", 'duty @Nora until:"in 2 days"')).toContain("Nora");
    expect(await w.ask("Sven", "who")).toMatch(/Nora \(on duty now\)/i);
    expect(await w.ask("Pia", "who")).not.toContain("Nora");
    await w.runtime.store.owner.deleteFrom("duties").execute();
  });

  it("keeps references of one out of the other", async () => {
    expect(await w.ask("Sven", "T-1")).toContain("Southern secret one");
    expect(await w.ask("Pia", "T-1")).toContain("Inspect 3 farms");
    expect(await refused(w, () => w.say("Sven", "T-2"))).toBe(
      (await refused(w, () => w.say("Sven", "T-999"))).replace("T-999", "T-2"),
    );
    for (const line of ["tasks all", "tasks all secret", "inbox"]) {
      expect(await w.ask("Lena", line)).not.toContain("Southern");
      expect(await w.ask("Nora", line)).not.toContain("farms");
    }
    expect(await w.ask("Nora", "inbox")).toContain("Southern secret one");
  });

  it("knows nobody of the other: no agency, no person, no suggestion", async () => {
    expect(await refused(w, () => w.say("Pia", "task @coastguard Look"))).toContain("There is no agency @coastguard");
    expect(await refused(w, () => w.say("Pia", "who @coastguard"))).not.toContain("Sven");
    expect(await refused(w, () => w.say("Pia", "task @Sven Look"))).toMatch(/not known here|no agency/);
    expect(await w.ask("Pia", "who")).not.toMatch(/coastguard|Sven/);
    for (const source of ["agency", "person", "party"]) {
      const reply = await w.runtime.receive({ ...w.from("Pia"), type: "suggest", source, query: "" });
      expect(textOf(reply)).not.toMatch(/coastguard|Sven/i);
      // A forged state does not open the other body.
      const forged = await w.runtime.receive({
        ...w.from("Pia"),
        type: "suggest",
        source,
        query: "",
        state: formState("south"),
      });
      expect(textOf(forged)).not.toMatch(/coastguard|Sven/i);
    }
  });

  it("gives nothing to a colleague who works in the other body alone", async () => {
    for (const line of ["task @Nora Look", 'task "@Nora" Look'])
      expect(await refused(w, () => w.say("Pia", line)), line).toMatch(/not known here|no agency|nobody called/);
    expect(await refused(w, () => w.say("Lena", "give T-1 @Nora"))).toMatch(/not known here|nobody called/);
    expect(await w.ask("Pia", "who @labour")).not.toContain("Nora");
    const reply = await w.runtime.receive({ ...w.from("Pia"), type: "suggest", source: "person", query: "nora" });
    expect(reply).toEqual({ options: [] });
  });

  it("asks a person in both which one they speak in, and remembers", async () => {
    expect(await w.ask("Omar", "body")).toMatch(/north: Northern Body.*\n?.*south: Southern Body/s);
    await w.ask("Omar", "body north");
    expect(await refused(w, () => w.say("Omar", "who @coastguard"))).toContain("There is no agency @coastguard");
    await w.ask("Omar", "body south");
    expect(await w.ask("Omar", "who @coastguard")).toContain("Sven");
    expect(await refused(w, () => w.say("Omar", "task @police Look"))).toContain("There is no agency @police");
    await w.ask("Omar", "body north");
  });

  it("acts in the body of the card, whatever the person speaks in", async () => {
    await w.ask("Nora", "give T-1 @Omar");
    await w.settle();
    const card = w.inbox("Omar").findLast(({ message }) => words(message).includes("Southern secret one"));
    if (!card) throw new Error("no card of the south");
    expect(textOf(await w.press("Omar", card, "Problem"))).toContain("[form");
    // So does a reply in its thread.
    await w.runtime.receive({ ...w.from("Omar"), type: "threadReply", text: "From the thread", thread: card.ref });
    expect(textOf(await w.say("Sven", "read T-1"))).toBe("[form T-1]");
    expect(JSON.stringify(await w.say("Sven", "read T-1"))).toContain("From the thread");
    expect(JSON.stringify(await w.say("Pia", "read T-1"))).not.toContain("From the thread");
  });

  it("binds a channel to one body and never silently to another", async () => {
    const conversation = {
      platform: "teams" as const,
      tenant: "teams-labour",
      id: "C-shared",
      kind: "channel" as const,
    };
    const slack = { platform: "slack" as const, tenant: "slack-labour", id: "C-slack", kind: "channel" as const };
    expect(textOf(await w.say("Lena", "bind @labour", { conversation: slack }))).toContain("Notices to Labour come");
    // Until Slack has said who reads it, it shows no words.
    await w.settle();
    // In the channel of the north one speaks in the north, though one has chosen the south.
    await w.ask("Omar", "body south");
    expect(textOf(await w.say("Omar", "T-1", { conversation: slack }))).toContain("farms");
    await w.ask("Omar", "body north");
    // Who is in the south alone cannot take it away.
    const text = await refused(w, () => w.say("Nora", "bind @labour", { conversation: slack }));
    expect(text).not.toContain("north");
    expect(textOf(await w.say("Nora", "bind @labour", { conversation }))).toContain("come to this conversation");
    await w.ask("Pia", "task @labour Northern post");
    await w.settle();
    expect(
      w.sent
        .filter(({ place: id }) => id === "C-shared")
        .map(({ message }) => words(message))
        .join("\n"),
    ).not.toContain("Northern post");
  });

  it("adds an account that the other body knows without saying so", async () => {
    const reply = await w.say("Pia", "add @Sven");
    const before = await rowsOf(w);
    const button = JSON.stringify(reply).match(/"value":"(north\/[0-9a-f-]{36})"/)?.[1] ?? "";
    const said = textOf(await w.click("Pia", "addaccount", button));
    expect(`${textOf(reply)} ${said}`).not.toMatch(/coastguard, |with coastguard/);
    expect(await rowsOf(w)).toEqual(before);
  });
});

describe("a reply in a thread", () => {
  it("is taken as words, whatever characters it holds", async () => {
    const card = cardOf(w, "Pia", "T-1");
    for (const text of [
      "\u0002v1.abc",
      "nul \u0000 here",
      "\ud800 half",
      "\u202eevil",
      "x".repeat(40_000),
      "   ",
      "\u200b",
    ])
      await w.runtime.receive({ ...w.from("Pia"), type: "threadReply", text, thread: card.ref });
    await w.settle();
    const read = JSON.stringify(await w.say("Pia", "read T-1"));
    expect(read).toContain("v1.abc");
    expect(read).toContain("nul  here");
    expect(read).not.toMatch(/\\u0002|\\u202e/);
  });

  it("in another thread is no affair of Coord's", async () => {
    const before = await rowsOf(w);
    const thread = { conversation: w.from("Pia").conversation, id: "unknown" };
    expect(await w.runtime.receive({ ...w.from("Pia"), type: "threadReply", text: "hello", thread })).toBeUndefined();
    expect(await rowsOf(w)).toEqual(before);
  });
});
