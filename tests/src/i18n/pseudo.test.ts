import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { registry } from "../../../commands/index.js";
import type { Form, Reply } from "../../../src/chat/index.js";
import { messagesFor, speak } from "../../../src/i18n/index.js";
import { TOOLS } from "../../../src/training/tools.js";
import { PSEUDO, pseudoRow, pseudoTexts } from "../../pseudo.js";
import { formOf, textOf, World } from "../../world.js";

/** Each answer and form goes through both platforms' strict renderers on its way (tests/world.ts). */
describe("a language that is one row and a tree of texts", () => {
  let w: World;
  let silence: () => void;
  beforeAll(async () => {
    silence = speak("ar", pseudoRow, pseudoTexts());
    w = await World.create({
      agencies: ["labour"],
      people: {
        Maria: "police focal_point staff coordinator rapporteur admin",
        Omar: "labour focal_point staff teams",
      },
      lang: { Maria: PSEUDO, Omar: PSEUDO },
    });
  });
  afterAll(async () => {
    await w.close();
    silence();
  });

  it("is spoken to whoever has chosen it", async () => {
    expect(messagesFor(PSEUDO).tasks.accepted({ ref: "T-1" })).toMatch(/^T-1 ís ágrééd\. ·+$/);
    expect(await w.ask("Maria", "task @labour Count the boats by Fri 17:00")).toMatch(/^T-1 ís áskéd óf/);
    await w.settle();
  });

  it("stands in nothing that was written into the code", async () => {
    const lines = ["", "help", "tasks", "T-1", "meetings", "who", "settings", "plan", "training", "library", "reports"];
    const more = [
      "shares",
      "ledger",
      "outcomes",
      "decisions",
      "digest",
      "undelivered",
      "setup",
      "nonsense",
      "nudge",
      "undo",
    ];
    const topics = ["help tasks", "help meetings", "help plan", "help people", "help information", "match list"];
    const plain: string[] = [];
    for (const line of [...lines, ...more, ...topics])
      for (const said of shownIn(await w.say("Maria", line)))
        plain.push(...plainWords(said).map((word) => `${line}: ${word}: ${said}`));
    expect(plain).toEqual([]);
  });

  it("stands in no card, notice, reminder or digest either", async () => {
    await w.ask("Omar", "accept T-1");
    await w.ask("Maria", "meet Count the boats every Tue 10:00 60m with @labour");
    await w.ask("Omar", "problem T-1 nonsense");
    await w.pass({ days: 8 }, 240);
    const sent = w.sent.flatMap(({ message }) => shownIn({ post: message }));
    expect(sent.length).toBeGreaterThan(100);
    expect(sent.flatMap((said) => plainWords(said).map((word) => `${word}: ${said}`))).toEqual([]);
  });

  it("asks for what is missing in no other words, with every command", async () => {
    const plain: string[] = [];
    for (const { name } of registry.commands) {
      const reply = await w.say("Maria", name);
      const said = reply && "form" in reply ? labelsOf(formOf(reply)) : shownIn(reply);
      plain.push(...said.flatMap((one) => plainWords(one).map((word) => `${name}: ${word}: ${one}`)));
    }
    expect(plain).toEqual([]);
  });
});

/** Names and titles of this world; days and months, which come from date-fns; what is typed alike in every language. */
const NAMES =
  /\b(?:Maria|Omar|Northern Body|Labour|Police|Count the boats|every Tuesday|nonsense|Slack|Teams|UNODC|CLEAR|GREEN|AMBER|STRICT)\b/g;
/** Words to choose from as one types them, between bars, and what stands for them: `[priority:low|normal]`. */
const CHOICES = /[\p{L}\d_:+-]+(?:\|[\p{L}\d_:+-]+)+/gu;
const TITLES = TOOLS.map(({ title }) => title);
const EXAMPLES = registry.commands.map(({ example }) => example).sort((x, y) => y.length - x.length);
const TYPED = new Set(registry.words().flatMap((word) => word.split("-")));

function plainWords(said: string): string[] {
  const own = [...EXAMPLES, ...TITLES]
    .reduce((text, known) => text.replaceAll(known, ""), said)
    .replace(CHOICES, "")
    .replace(NAMES, "");
  return (own.match(/(?<![\p{L}\d@:/.-])[a-z]{4,}(?![\p{L}\d:/@.-])/giu) ?? []).filter(
    (word) => /[aeiouy]/i.test(word) && !TYPED.has(word),
  );
}

const labelsOf = (form: Form): string[] => [
  form.title,
  ...(form.submit ? [form.submit] : []),
  ...form.fields.flatMap((field) => ("label" in field ? [field.label] : [])),
];

const shownIn = (reply: Reply): string[] => textOf(reply).split("\n");
