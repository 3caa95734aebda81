import fc from "fast-check";
import { strToU8 } from "fflate";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { EMPTY, saidIn } from "../../../src/requests/fields.js";
import { LONGEST_FIELD, partsOfText } from "../../../src/requests/parts.js";
import { steps } from "../../steps.js";
import { formOf, World } from "../../world.js";
import { ASSISTANCE, fill, give, paperIn, tokenIn } from "./files.js";

/** A text that is longer than a dialog takes, given as a file. */
let w: World;
let ref = "";
let justice = "";
beforeAll(async () => {
  w = await World.create({
    people: {
      Sofia: "secretariat coordinator",
      Petra: "prosecution staff",
      Pavel: "prosecution focal_point staff",
      Leila: "sudjustice focal_point staff teams",
      Eleni: "labour focal_point staff teams",
    },
    lang: { Pavel: "fr" },
  });
  w.runtime.site = "https://coord.example";
  await w.ask("Sofia", "authority add XN Prosecutor General functions:mla countryname:Norland agency:@prosecution");
  const said = await w.ask(
    "Sofia",
    "authority add XS Ministry of Justice functions:mla countryname:Sudmark agency:@sudjustice langs:en",
  );
  justice = /A-\d+/.exec(said)?.[0] ?? "";
  await w.ask("Sofia", `authority verify ${justice}`);
  ref = /R-\d+/.exec(await w.ask("Petra", `request new mla ${justice} Records of a company account`))?.[0] ?? "";
});
afterAll(() => w.close());
const it = steps();

const address = async (name: string) => tokenIn(await w.say(name, `request text ${ref}`), "upload");
const given = async (name: string, text: string) => give(w, await address(name), "facts.txt", strToU8(text));
const facts = async () => paperIn(w, await w.say("Petra", `request file ${ref}`));
const SENTENCE = "Le 12 novembre, à 02:40, un bateau de 31 personnes a été vu près du cap. ";
const LONG = `${SENTENCE.repeat(530)}\n\nLes personnes : Łukasz, Зоя, 王伟, مريم.`;

describe("parts of a text", () => {
  it("are the text again, each fits a dialog, and there is room for as many as the longest text has", () => {
    const letter = fc.constantFrom("a", "b", " ", " ", "\n", "é", "e\u0301", "👩‍👩‍👧", "王", "\u0645");
    fc.assert(
      fc.property(
        fc.array(letter, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 40_000 }),
        (some, long) => {
          const text = some
            .join("")
            .repeat(Math.ceil(long / some.join("").length))
            .slice(0, long);
          const parts = partsOfText(text);
          expect(saidIn({ ...EMPTY, values: { facts: parts } }, "facts")).toBe(text);
          for (const one of parts) expect(one.length).toBeLessThanOrEqual(LONGEST_FIELD);
          expect(parts.length).toBeLessThanOrEqual(Math.ceil(40_000 / LONGEST_FIELD));
        },
      ),
      { numRuns: 200 },
    );
  });

  it("are cut where a word ends, and in no letter", () => {
    const [first = "", second = ""] = partsOfText("word ".repeat(1_000));
    expect(first.endsWith("word \u2060")).toBe(true);
    expect(second.startsWith("word")).toBe(true);
    const family = "👩‍👩‍👧";
    for (const one of partsOfText(family.repeat(800)))
      expect(one.replaceAll(family, "").replace("\u2060", "")).toBe("");
  });

  it("that were typed stand on lines of their own", () => {
    expect(saidIn({ ...EMPTY, values: { facts: ["a", "b"] } }, "facts")).toBe("a\nb");
  });
});

describe("the facts as a file", () => {
  it("are asked for where the kind has a text that long, of who writes it and of nobody else", async () => {
    expect(await w.ask("Petra", `request text ${ref}`)).toMatch(
      /Choose a file with the text for R-\d+ on this page \(.*facts.*\): plain text, or a Word file .*40,?000/i,
    );
    expect(await w.ask("Pavel", `request text ${ref}`)).toMatch(/40\s?000 caractères au plus/);
    const unknown = (await w.ask("Eleni", "request text R-1")).replaceAll("R-1", ref);
    expect(await w.ask("Eleni", `request text ${ref}`)).toBe(unknown);
    expect(JSON.stringify(await w.say("Petra", `request check ${ref}`))).toContain("Text from a file");
    const police = /R-\d+/.exec(await w.ask("Petra", "request new police @labour Who owns it"))?.[0] ?? "";
    expect(await w.ask("Petra", `request text ${police}`)).toContain(`request fill ${police}`);
  });

  it("say what is wrong with them, and nothing is kept of that", async () => {
    expect(await given("Petra", "x".repeat(40_001))).toMatch(/40,?001 characters are too many, 40,?000 fit/);
    expect(await given("Petra", " \n\u200b")).toMatch(/empty|says nothing|facts/i);
    expect(await given("Petra", "%PDF-1.7\nfacts")).toContain("neither plain text nor a Word file");
    expect(await given("Pavel", "%PDF-1.7\nfacts")).toContain("ni du texte brut");
    expect(await w.ask("Petra", `request check ${ref}`)).toMatch(/Missing|missing/);
  });

  it("come through whole: to the dialogs, to the paper, and the approval is of them", async () => {
    expect(await given("Petra", `${LONG}\u202e\u0000`)).toContain("neither");
    expect(await given("Petra", `${LONG}\u202e`)).toBe("taken");
    const parts = JSON.stringify(await w.say("Petra", `request fill ${ref} facts-13`));
    expect(parts).toContain("12 novembre");
    const said = await facts();
    expect(said).toContain("Les personnes : Łukasz, Зоя, 王伟, مريم.");
    expect(said.split("un bateau de 31 personnes")).toHaveLength(531);
    // No line was broken that was not.
    expect(said).toContain(SENTENCE.repeat(530).trim());
    for (const [step, values] of Object.entries(ASSISTANCE)) await fill(w, "Petra", ref, step, values);
    expect(await w.ask("Petra", `request ready ${ref}`)).toContain("waits for approval");
    expect(await w.ask("Pavel", `request approve ${ref}`)).toMatch(/approuv/);
    expect(await facts()).toContain(SENTENCE.repeat(530).trim());
    expect(await given("Petra", LONG.replace("31", "32"))).toBe("taken");
    expect(await w.ask("Petra", ref)).toMatch(/draft/);
  });

  it("are a part changed in its dialog, the others as they were", async () => {
    const form = formOf(await w.say("Petra", `request fill ${ref} facts`));
    const standing = form.fields.flatMap((field) =>
      field.type === "text" && field.value ? [[field.name, field.value]] : [],
    );
    expect(standing).toHaveLength(3);
    await w.submit("Petra", form, Object.fromEntries(standing));
    expect(await facts()).toContain(LONG.replace("31", "32").slice(0, 20_000));
  });

  it("rest sealed, and are named in no record", async () => {
    const { owner } = w.runtime.store;
    const rows = JSON.stringify([
      await owner.selectFrom("requests").selectAll().execute(),
      await owner.selectFrom("outbox").selectAll().execute(),
      await owner.selectFrom("events").selectAll().execute(),
    ]);
    expect(rows).not.toMatch(/bateau|facts\.txt/);
  });

  it("stay as they were sent", async () => {
    const late = await address("Petra");
    await w.ask("Petra", `request ready ${ref}`);
    await w.ask("Pavel", `request approve ${ref}`);
    expect(await w.ask("Petra", `request send ${ref}`)).toContain("is sent to");
    const taken = await w.runtime.files.take(late, { name: "late.txt", bytes: strToU8("late") });
    expect(taken?.wrong).toContain("stays as it was sent");
    expect(await w.ask("Petra", `request text ${ref}`)).not.toContain("upload/");
    expect(await w.ask("Leila", `request text ${ref}`)).not.toContain("upload/");
  });

  it("are given after, where a request went first without them", async () => {
    ref = /R-\d+/.exec(await w.ask("Petra", `request new mla ${justice} urgent Freeze an account`))?.[0] ?? "";
    await fill(w, "Petra", ref, "1", {
      ...{ basis: "untoc", language: "en", confidential: "yes" },
      contact: "Petra",
      urgency_reason: "money leaves",
    });
    await fill(w, "Petra", ref, "2", { assistance: ["documents_records"] });
    expect(await w.ask("Petra", `request sendnow ${ref} money leaves tonight`)).toMatch(/paper/);
    expect(await given("Petra", "A boat of 31 people")).toBe("taken");
    expect(await facts()).toContain("A boat of 31 people");
    expect(await w.ask("Petra", `request text ${ref}`)).toContain("stays as it was sent");
  });
});
