import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { registry } from "../../../commands/index.js";
import type { Reply } from "../../../src/chat/index.js";
import { textOf, type World } from "../../world.js";
import { rowsOf, twoBodies } from "./hall.js";

/** Whatever is typed, pressed or sent: an answer or silence, never an exception, and a refusal leaves nothing behind. */
let w: World;
beforeAll(async () => {
  w = await twoBodies();
  for (const line of ["task @labour Inspect by next Fri", "task @Omar Ask him tlp:RED", "task @border Count tlp:AMBER"])
    await w.ask("Pia", line);
  await w.settle();
});
afterAll(() => w.close());

const NAMES = ["Pia", "Fleur", "Lena", "Omar", "Sofia", "Otto", "Nora", "Sven"] as const;
const mention = fc.constantFrom(
  "@Pia",
  "@Omar",
  "@Sven",
  "@labour",
  "@coastguard",
  "@nobody",
  "@",
  "@@",
  "\uE0000\uE001",
  "\uE0007\uE001",
);
const reference = fc.constantFrom(
  "T-1",
  "t2",
  "T-3",
  "T-99",
  "T-0",
  "M-1",
  "I-31",
  "T-",
  "T-1x",
  "T-999999999",
  "T-99999999999",
);
const when = fc.constantFrom(
  "by Fri 17:00",
  "by 31 Feb",
  "by yesterday",
  "by",
  "by by by",
  "in -3 days",
  "tomorrow",
  "2026-12-01 08:00",
  "by Fri 25:99",
  "next Monday 12:00",
);
const key = fc.constantFrom(
  'detail:"a b"',
  "tlp:RED",
  "tlp:",
  "tlp:x",
  "priority:urgent",
  "with:@labour,@labour",
  'until:"tomorrow"',
  "page:2",
  "page:x",
  "reason:",
  'from:"',
  "lang:en",
  "zone:Europe/Athens",
  "role:staff",
  "at:7:30",
  "days:1,9",
);
const odd = fc.constantFrom(
  '"',
  "“",
  "«",
  "»",
  "\u0000",
  "\u202e",
  "\u200b",
  "\u0002v1.x",
  "\ud800",
  "👩🏽‍🌾",
  "%",
  "_",
  "\\",
  "'",
  "--",
  "$",
  "__proto__",
  "constructor",
  "no",
  "on",
  "off",
  "default",
  "urgent",
  "mine",
  "all",
);
const word = fc.oneof(
  { weight: 3, arbitrary: mention },
  { weight: 3, arbitrary: reference },
  { weight: 2, arbitrary: when },
  { weight: 2, arbitrary: key },
  { weight: 2, arbitrary: odd },
  fc.string({ maxLength: 20 }),
  fc.string({ unit: "binary", maxLength: 20 }),
);
const command = fc.constantFrom(...registry.words(), "for", "for @prosecution", "join", "/coord", "");
const line = fc
  .tuple(command, fc.array(word, { maxLength: 7 }), fc.constantFrom(" ", "  ", "\n", "\t"))
  .map(([first, words, gap]) => [first, ...words].join(gap));

/** Acts, looks at what came back, and at what was left behind. */
async function holds(act: () => Promise<Reply>): Promise<void> {
  const before = await rowsOf(w);
  const refusedBefore = await refusals();
  const reply = await act();
  const text = textOf(reply);
  expect(text).not.toMatch(/\bundefined\b|\[object|\bNaN\b/);
  // What was refused is undone in whole; the audit event says that it was tried.
  if ((await refusals()) > refusedBefore) {
    expect(await rowsOf(w)).toEqual(before);
    expect(text).not.toBe("");
  }
}
const refusals = async () =>
  (await w.runtime.store.owner.selectFrom("events").select("id").where("action", "=", "refused").execute()).length;

/** People and places as they were, so that one line that disables everybody does not make the rest idle. */
async function mend() {
  await w.runtime.store.owner.updateTable("persons").set({ active: true }).execute();
}

it("any line", async () => {
  let lines = 0;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...NAMES), line, async (name, text) => {
      lines++;
      await holds(() => w.say(name, text));
      await mend();
    }),
    { numRuns: 350 },
  );
  console.info(`fuzz: ${lines} lines`);
});

it("any button", async () => {
  const id = fc.oneof(
    fc.constantFrom(...registry.words(), "form.open", "__proto__", "toString"),
    fc.string({ maxLength: 12 }),
  );
  const value = fc
    .tuple(fc.constantFrom("north/", "south/", "nowhere/", "", "/"), fc.array(word, { maxLength: 4 }))
    .map(([slug, words]) => slug + words.join(" "));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...NAMES), id, value, async (name, button, said) => {
      await holds(() => w.click(name, button, said));
      await mend();
    }),
    { numRuns: 150 },
  );
});

it("any form", async () => {
  const form = fc.oneof(
    fc.constantFrom(...registry.words()).map((one) => `cmd.${one}`),
    fc.string({ maxLength: 12 }),
  );
  const state = fc.oneof(
    fc
      .record({
        body: fc.constantFrom("north", "south", "nowhere", "\u0000"),
        nonce: fc.uuid(),
        given: fc.dictionary(fc.constantFrom("ref", "to", "__proto__", "x"), fc.oneof(reference, odd)),
        onBehalf: fc.option(fc.constantFrom("prosecution", "labour", "\u0000", "x".repeat(99)), { nil: undefined }),
        draft: fc.option(fc.uuid(), { nil: undefined }),
        source: fc.option(fc.record({ kind: fc.oneof(fc.constantFrom("meeting"), odd), id: odd }), { nil: undefined }),
      })
      .map((one) => JSON.stringify(one)),
    fc.json(),
    fc.string({ maxLength: 30 }),
  );
  const names = fc.constantFrom(
    "to",
    "title",
    "by",
    "detail",
    "label",
    "reason",
    "when",
    "person",
    "until",
    "who",
    "account",
    "request",
    "__proto__",
    "constructor",
  );
  const values = fc.dictionary(names, fc.oneof(word, fc.array(word, { maxLength: 3 })));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...NAMES), form, state, values, async (name, id, said, typed) => {
      await holds(() => w.runtime.receive({ ...w.from(name), type: "submit", form: id, state: said, values: typed }));
      await mend();
    }),
    { numRuns: 200 },
  );
});

it("leaves everybody able to work, and the messages it made able to go out", async () => {
  await w.settle();
  const stuck = await w.runtime.store.owner
    .selectFrom("outbox")
    .select(["notice", "reason"])
    .where("state", "in", ["pending", "sending"])
    .where("due_at", "<", w.clock.now())
    .execute();
  expect(stuck).toEqual([]);
  for (const name of NAMES) expect(await w.ask(name, "inbox")).not.toBe("");
});
