import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Block, Reply } from "../../../src/chat/index.js";
import { LABELS } from "../../../src/policy/index.js";
import { CANARY } from "../../canary.js";
import { counted } from "../../statements.js";
import { textOf, World } from "../../world.js";
import { everyWord, mentions, NAMES, type Name, PEOPLE } from "../leaks/cast.js";
import { release } from "../shares/acting.js";

// Many answers from a real database: slow where others use the machine too.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

/**
 * What an objective is linked to: every kind, under every label. A link shows a reader exactly what the reference itself
 * would answer them, words and existence alike; figures' evidence names what it names and opens nothing that is hidden.
 */
type Linked = { ref: string; word?: string };

let w: World;
const linked: Record<"O-1" | "O-2" | "O-3", Linked[]> = { "O-1": [], "O-2": [], "O-3": [] };
const objectives = Object.keys(linked) as (keyof typeof linked)[];
const SAID = { title: "zqsharetitleqz", content: "zqsharecontentqz" };
const mark = (kind: string, label: string) => `zq${kind}${label.toLowerCase().replace(/\W/g, "")}qz`;

async function does(name: Name, line: string, answer: RegExp): Promise<string> {
  const text = await w.ask(name, line);
  expect(text, `${name}: ${line}`).toMatch(answer);
  return text;
}

beforeAll(async () => {
  w = await World.create({ people: PEOPLE, observers: ["ngo"] });
  w.runtime.site = "https://coord.example";
  for (const [n, title] of ["Tasks", "Information", "Decisions"].entries())
    await does(
      "Dora",
      `plan add cooperation ${title} by 2027-11-23 lead:@police with:@labour`,
      new RegExp(`^O-${n + 1} `),
    );
  for (const label of LABELS) {
    const word = mark("task", label);
    const text = await does("Rhea", `task @Asa Look ${word} by tomorrow 12:00 tlp:${label}`, /T-\d/);
    linked["O-1"].push({ ref: /T-\d+/.exec(text)?.[0] ?? "", word });
    const share = await release(w, "Rhea", "@Asa", { label, codes: label === "GREEN" ? [] : ["H2"] }, SAID);
    linked["O-2"].push({ ref: share });
    const to = label === "RED" ? "@Asa, @Rhea" : "@labour, @Asa, @Rhea";
    const called = await does("Faye", `meet Talks today 10:20 60m with ${to} tlp:${label}`, /^M-\d+ is called/);
    const meeting = /M-\d+/.exec(called)?.[0] ?? "";
    await does("Faye", `start ${meeting}`, /./);
    for (const name of ["Faye", "Asa", "Rhea"] as const) await w.say(name, `here ${meeting}`);
    const said = mark("decision", label);
    const decided = await does("Faye", `decide ${meeting} Do ${said}`, /D-\d+ is decided/);
    linked["O-3"].push({ ref: /D-\d+/.exec(decided)?.[0] ?? "", word: said });
  }
  await does(
    "Dora",
    "plan indicator O-1 Looks unit:looks from:0 to:9 every:monthly source:Count answers:@police due:2026-12-31",
    /O-1\/1 is measured/,
  );
  for (const objective of objectives)
    for (const { ref } of linked[objective])
      await does("Rhea", `plan link ${objective} ${ref}`, new RegExp(`^${ref} feeds`));
  for (const { ref } of linked["O-1"]) await does("Rhea", `plan progress O-1/1 1 evidence:${ref}`, /on track/);
  await w.settle();
});
afterAll(() => w.close());

const blocksOf = (reply: Reply): Block[] => (reply && "post" in reply ? reply.post.blocks : []);

/** The part of an answer that lists what feeds the objective, and how many it says there are. */
function feeding(reply: Reply): { text: string; count: number } {
  const blocks = blocksOf(reply);
  const at = blocks.findIndex((block) => block.type === "text" && everyWord(block.text).includes("What feeds it"));
  if (at < 0) return { text: "", count: 0 };
  const [, count] = /\((\d+)\)/.exec(everyWord(blocks[at])) ?? [];
  return { text: everyWord(blocks[at + 1]), count: Number(count) };
}

const ways: Record<string, (name: Name, ref: string) => Promise<Reply>> = {
  typed: (name, ref) => w.say(name, ref),
  "plan show": (name, ref) => w.say(name, `plan show ${ref}`),
  plan: (name, ref) => w.say(name, `plan ${ref}`),
  pressed: (name, ref) => w.click(name, "plan-show", `north/${ref}`),
};

describe("what feeds an objective", () => {
  it("shows each reader what the reference itself answers them, and counts no more", async () => {
    let shown = 0;
    let hidden = 0;
    for (const name of NAMES.filter((one) => !["Ada", "Adele"].includes(one))) {
      const answers = new Map<string, string>();
      for (const { ref } of objectives.flatMap((objective) => linked[objective]))
        answers.set(ref, textOf(await w.say(name, ref)));
      for (const objective of objectives)
        for (const [way, ask] of Object.entries(ways)) {
          const { text, count } = feeding(await ask(name, objective));
          let known = 0;
          for (const { ref, word } of linked[objective]) {
            const own = answers.get(ref) ?? "";
            const there = !own.startsWith("There is no");
            known += Number(there);
            expect(mentions(text, ref), `${ref} to ${name} by ${way}`).toBe(there);
            if (word) expect(text.includes(word), `${word} to ${name} by ${way}`).toBe(own.includes(word));
            shown += Number(there);
            hidden += Number(!there);
          }
          expect(count, `${objective} to ${name} by ${way}`).toBe(known);
        }
    }
    console.info(`links: ${shown} shown rightly, ${hidden} hidden rightly`);
    expect(Math.min(shown, hidden)).toBeGreaterThan(100);
    // Words of some are among them, and not of all: the test can tell.
    expect(everyWord(await w.say("Asa", "O-1"))).toContain(mark("task", "GREEN"));
    expect(everyWord(await w.say("Rhea", "O-1"))).toContain(linked["O-1"].at(-1)?.ref);
    expect(everyWord(await w.say("Dora", "O-3"))).toContain(mark("decision", "GREEN"));
  });

  it("is not on the live cards, nor in the plan, its file, who does what, or any reminder", async () => {
    await w.pass({ days: 32 }, 1_440);
    const cards = w.payloads.filter((payload) => /O-[123]\b/.test(everyWord(payload)));
    expect(cards.length).toBeGreaterThan(5);
    const told = everyWord(cards);
    for (const { ref, word } of objectives.flatMap((objective) => linked[objective])) {
      expect(mentions(told, ref), ref).toBe(false);
      if (word) expect(told).not.toContain(word);
    }
    for (const name of NAMES)
      for (const line of ["plan", "plan cooperation", "plan who", "plan file"]) {
        const text = everyWord(await w.say(name, line));
        expect(text, `${name}: ${line}`).not.toMatch(new RegExp(`${CANARY.source}|\\b[TDI]-\\d`));
      }
  });

  it("opens of the evidence what the reader may know, and shows the rest as it was written", async () => {
    for (const name of NAMES.filter((one) => !["Ada", "Adele"].includes(one))) {
      const reply = await w.say(name, "O-1");
      for (const { ref } of linked["O-1"]) {
        const there = !(await w.ask(name, ref)).startsWith("There is no");
        const lines = blocksOf(reply).flatMap((block) => (block.type === "list" ? block.items : []));
        const line = lines.find(
          ({ title, detail }) => everyWord(title).includes("period to") && mentions(everyWord(detail), ref),
        );
        expect(line, `${ref} to ${name}`).toBeDefined();
        expect(line?.action?.value, `${ref} to ${name}`).toBe(there ? `north/${ref}` : undefined);
        expect(everyWord(line?.title) + everyWord(line?.detail)).not.toMatch(CANARY);
      }
    }
  });

  it("answers who links or takes away what is hidden as if it were not there", async () => {
    const missing = { T: "T-999", D: "D-999", I: "I-99999999" };
    let asked = 0;
    for (const name of ["Lena", "Stan", "Colin", "Faye"] as const)
      for (const { ref } of objectives.flatMap((objective) => linked[objective])) {
        if (!(await w.ask(name, ref)).startsWith("There is no")) continue;
        const none = missing[ref.charAt(0) as keyof typeof missing];
        for (const act of ["link", "unlink"]) {
          asked++;
          const hidden = await counted(() => w.ask(name, `plan ${act} O-1 ${ref}`));
          const absent = await counted(() => w.ask(name, `plan ${act} O-1 ${none}`));
          expect(hidden.value.replaceAll(ref, "#"), `${name}: ${act} ${ref}`).toBe(absent.value.replaceAll(none, "#"));
          expect(hidden.statements, `${name}: ${act} ${ref}`).toEqual(absent.statements);
        }
      }
    expect(asked).toBeGreaterThan(10);
  });

  it("keeps its words off a channel that others read, and above its ceiling", async () => {
    const { tenant } = w.account("Lena");
    const conversation = {
      platform: "teams" as const,
      tenant,
      id: "C-shared",
      kind: "channel" as const,
      external: true,
    };
    await w.say("Lena", "bind @labour", { conversation });
    for (const line of ["O-1", "plan"]) {
      const text = everyWord(await w.say("Lena", line, { conversation }));
      expect(text, line).toContain("O-1");
      expect(text, line).not.toMatch(/Looks|O-1 · Tasks|O-1 Tasks|zqtask(?!clear)/);
    }
  });
});
