import { performance } from "node:perf_hooks";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { registry } from "../../../commands/index.js";
import type { FormValues, Reply } from "../../../src/chat/index.js";
import { addAgency, initBody, linkPerson } from "../../../src/cli/setup.js";
import { messagesFor } from "../../../src/i18n/index.js";
import { counted } from "../../statements.js";
import { formOf, textOf, World, ZONE } from "../../world.js";
import { askUse, draft, fill, open, release } from "../shares/acting.js";
import { aboutReference, everyWord, inEnglish, LANG, PEOPLE, spokenByThem, wayOf } from "./cast.js";
import { ABOUT_SHARE } from "./rows.js";

// Many answers from a real database: slow where others use the machine too.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

/** "A reference that the reader may not see answers exactly like one that does not exist": of shares and of requests. */
const MISSING = { I: "I-99999999", U: "U-99999999" };
const SAID = { title: "zqtitleqz", content: "zqcontentqz" };
const READERS = ["Colin", "Stan", "Lena", "Sam", "Sid", "Dora", "Raul", "Ada", "Obi", "Otto"] as const;
type Reader = (typeof READERS)[number];

/** What there is, and whom of the readers it is hidden from. */
type Hidden = { ref: string; what: string; from: readonly Reader[] };
const PROVIDING = ["Colin"] as const;
const others = (...known: Reader[]) => READERS.filter((name) => !known.includes(name));

let w: World;
const shares: Hidden[] = [];
const uses: Hidden[] = [];
let foreign = "";

spokenByThem();
beforeAll(async () => {
  w = await World.create({ people: PEOPLE, observers: ["ngo"], lang: LANG });
  w.runtime.site = "https://coord.example";
  const red = await release(w, "Rhea", "@Asa", { label: "RED", codes: ["H1"] }, SAID);
  shares.push({ ref: red, what: "RED", from: READERS });
  const strict = await release(w, "Rhea", "@Asa", { label: "AMBER+STRICT", codes: ["H1"] }, SAID);
  shares.push({ ref: strict, what: "AMBER+STRICT", from: others("Lena") });
  const recalled = await release(w, "Rhea", "@labour", { label: "AMBER" }, SAID);
  await w.say("Rhea", `recall ${recalled} sure`);
  shares.push({ ref: recalled, what: "recalled for others", from: others(...PROVIDING, "Stan", "Lena") });
  const green = await release(w, "Rhea", "@labour", { label: "GREEN" }, SAID);
  await open(w, "Sam", green);
  await w.say("Rhea", `recall ${green} sure`);
  shares.push({ ref: green, what: "GREEN, recalled", from: others(...PROVIDING, "Stan", "Lena") });
  const mine = await draft(w, "Rhea", "@labour", { label: "GREEN" }, SAID);
  shares.push({ ref: mine, what: "a draft", from: READERS });
  const discarded = await draft(w, "Rhea", "@labour", { label: "GREEN" }, SAID);
  await w.say("Rhea", `share discard ${discarded}`);
  shares.push({ ref: discarded, what: "discarded", from: READERS });
  const h2 = await release(w, "Rhea", "@labour", { label: "GREEN", codes: ["H2"] }, SAID);
  shares.push({ ref: h2, what: "GREEN under H2", from: others(...PROVIDING, "Stan", "Lena") });
  const use = await askUse(w, "Lena", h2, { code: "H2", purpose: "zqpurposeqz", to: ["@iom"] });
  uses.push({ ref: use, what: "a request", from: others("Stan", "Lena") });
  const ofRed = await askUse(w, "Asa", red, { code: "H1", purpose: "zqpurposeqz" });
  uses.push({ ref: ofRed, what: "a request about RED", from: READERS });
  const refused = await askUse(w, "Asa", strict, { code: "H1", purpose: "zqpurposeqz" });
  await fill(w, "Faye", "use-refuse", refused, { reason: "zqrefusalqz" });
  uses.push({ ref: refused, what: "refused", from: others("Lena") });
  await w.settle();
  await initBody(w.runtime, { name: "South", slug: "south", zone: ZONE, lang: "en" });
  for (const [handle, name] of [
    ["coast", "Sven"],
    ["harbour", "Hana"],
  ] as const) {
    await addAgency(w.runtime, handle, { name: handle, zone: ZONE, body: "south" });
    await linkPerson(w.runtime, handle, {
      name,
      account: [`slack:slack-${handle}:U${name}`],
      role: ["staff"],
      zone: ZONE,
      body: "south",
    });
    w.enrolled(name, { platform: "slack", tenant: `slack-${handle}`, user: `U${name}` });
  }
  const first = formOf(await w.say("Sven", "share @harbour"));
  const second = formOf(await w.submit("Sven", first, { with: ["@harbour"], kind: "a", label: "GREEN" }));
  foreign = /I-\d+/.exec(textOf(await w.submit("Sven", second, SAID)))?.[0] ?? "";
  await w.say("Sven", `share send ${foreign} sure`);
});
afterAll(() => w.close());

/** The same answer, but for the reference asked about and for what is new in every answer. */
const alike = (reply: Reply, ref: string): string =>
  everyWord(reply ?? "nothing")
    .replace(new RegExp(`${ref}\\b`, "g"), "#")
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "an id");

const given = (ref: string) =>
  JSON.stringify({ body: "north", nonce: crypto.randomUUID(), given: { ref, shown: "1" } });
const ways: Record<string, (name: string, command: string, ref: string) => Promise<Reply>> = {
  typed: (name, command, ref) => w.say(name, `${command} ${ref} ${ABOUT_SHARE[command]?.after}`),
  "typed with words after it": (name, command, ref) =>
    w.say(name, `${command} ${ref} ${ABOUT_SHARE[command]?.after} because`),
  pressed: (name, command, ref) => w.click(name, command, `north/${ref} ${ABOUT_SHARE[command]?.after}`.trim()),
  "pressed for a form": (name, command, ref) => w.click(name, command, `north/${ref}`),
  "sent as a form": (name, command, ref) =>
    w.runtime.receive({
      ...w.from(name),
      type: "submit",
      form: `cmd.${command}`,
      state: given(ref),
      values: (ABOUT_SHARE[command]?.form ?? {}) as FormValues,
    }),
  "opened as a form": (name, command, ref) => w.click(name, "form.open", `cmd.${command} ${given(ref)}`),
};

describe("what is hidden answers as what does not exist", () => {
  it("has a row for every command about a share or a request", () => {
    const about = registry.commands.filter(({ group, args }) => group === "information" && "ref" in args);
    expect(about.map(({ name }) => name).filter((name) => !(name in ABOUT_SHARE))).toEqual([]);
    expect(foreign).toMatch(/^I-\d+$/);
  });

  let cells = 0;
  const met = new Set<string>();
  /**
   * Pairwise, for the reason that existence.test.ts gives: shares and requests are found in one place each, too. Every
   * command and every way meets every kind of what is hidden, each reader a third of them with each command.
   */
  it.each(READERS)("to %s", async (name) => {
    const reader = READERS.indexOf(name);
    for (const [n, [command, { of }]] of Object.entries(ABOUT_SHARE).entries()) {
      const hidden = [
        ...(of === "I" ? shares : uses).filter(({ from }) => from.includes(name)),
        ...(of === "I" ? [{ ref: foreign, what: "another body's" }] : []),
      ];
      expect(hidden.length).toBeGreaterThan(0);
      const way = wayOf(Object.keys(ways), reader, n);
      const go = (ref: string) => counted(() => ways[way]?.(name, command, ref) ?? Promise.reject(way));
      const asked = await go(MISSING[of]);
      const missing = alike(asked.value, MISSING[of]);
      expect(missing, `${way} ${command}`).not.toMatch(/zq|Rhea|Police/);
      if (way === "sent as a form") expect(missing, command).toSatisfy((said: string) => aboutReference(said, false));
      else expect(inEnglish(missing), `${way} ${command}`).not.toContain(messagesFor("en").errors.formOld);
      for (const { ref, what } of hidden.filter((_one, k) => (k + reader) % 3 === 0 || hidden.length < 3)) {
        cells++;
        for (const one of [command, way]) met.add(`${one}: ${what}`);
        const there = await go(ref);
        expect(alike(there.value, ref), `${way} ${command}: ${what}`).toBe(missing);
        // Nor does the time tell: the database is asked the same, in the same order.
        expect(there.statements, `${way} ${command}: ${what}`).toEqual(asked.statements);
      }
    }
    for (const { ref, what } of [...shares, ...uses].filter(({ from }) => from.includes(name))) {
      const none = MISSING[ref.startsWith("I") ? "I" : "U"];
      expect(alike(await w.say(name, ref), ref), what).toBe(alike(await w.say(name, none), none));
      if (may(name))
        expect(alike(await w.say(name, `shares ${ref}`), ref), what).toBe(
          alike(await w.say(name, `shares ${none}`), none),
        );
    }
  });
  it("each command and each way with each kind of what is hidden", () => {
    for (const [command, { of }] of Object.entries(ABOUT_SHARE))
      for (const { what } of of === "I" ? [...shares, { what: "another body's" }] : uses)
        expect(met, command).toContain(`${command}: ${what}`);
    for (const way of Object.keys(ways))
      for (const { what } of [...shares, ...uses, { what: "another body's" }])
        expect(met, way).toContain(`${way}: ${what}`);
  });
  const may = (name: Reader) => !/rapporteur|admin/.test(PEOPLE[name]);

  it("by what it says, what it is called, and another body's card", async () => {
    for (const name of READERS.filter(may)) {
      const nothing = alike(await w.say(name, "shares zqnowhereqz"), "zqnowhereqz");
      const readable = name === "Colin";
      const found = everyWord(await w.say(name, "shares zqtitleqz zqcontentqz"));
      for (const { ref, from } of shares) if (from.includes(name)) expect(found, name).not.toContain(`${ref} `);
      if (!readable && !["Lena", "Stan"].includes(name))
        expect(alike(await w.say(name, "shares zqcontentqz"), "zqcontentqz"), name).toBe(nothing);
      expect(alike(await w.click(name, "open", `south/${foreign}`), foreign)).toBe(
        alike(await w.click(name, "open", "south/I-99999999"), "I-99999999"),
      );
    }
  });

  it("in the time that it takes, within the noise", async () => {
    const times: Record<string, number[]> = {};
    const timed = async (key: string, ref: string) => {
      const started = performance.now();
      await w.say("Otto", `share show ${ref}`);
      let list = times[key];
      if (!list) times[key] = list = [];
      list.push(performance.now() - started);
    };
    const asked: [string, string][] = [
      ["missing", MISSING.I],
      ["foreign", foreign],
      ...shares.filter(({ from }) => from.includes("Otto")).map(({ ref, what }): [string, string] => [what, ref]),
    ];
    for (let n = 0; n < 41; n++) for (const [key, ref] of asked) await timed(key, ref);
    const median = (list: number[]) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
    const medians = Object.fromEntries(Object.entries(times).map(([key, list]) => [key, median(list)]));
    console.info(
      `existence of shares: ${cells} pairs of answers, ${Object.keys(ABOUT_SHARE).length} commands, ${Object.keys(ways).length} ways; medians in ms ${JSON.stringify(medians, (_key, value) => (typeof value === "number" ? Math.round(value * 10) / 10 : value))}`,
    );
    const missing = medians.missing ?? 0;
    for (const [what, time] of Object.entries(medians)) expect(time, what).toBeLessThan(missing * 1.7 + 3);
  });
});
