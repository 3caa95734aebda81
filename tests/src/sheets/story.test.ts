import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { inEvery } from "../../../src/i18n/index.js";
import { ASSISTANCE as TYPES } from "../../../src/requests/kinds/judicial.js";
import { KIND_NAMES } from "../../../src/requests/kinds.js";
import { MEASURES, measureName, measureNamed, readSheetLine } from "../../../src/sheets/measures.js";
import { steps } from "../../steps.js";
import { formOf, textOf, World, words } from "../../world.js";
import { ASSISTANCE, fill } from "../requests/files.js";

/** What another State does for a request, and what instead: written, found as people type it, and minded when one is sent. */
let w: World;
beforeAll(async () => {
  w = await World.create({
    people: {
      Sofia: "secretariat coordinator",
      Petra: "prosecution staff",
      Pavel: "prosecution focal_point staff",
      Eleni: "labour focal_point staff teams",
      Omar: "labour staff teams",
    },
    lang: { Eleni: "fr" },
  });
  // The database's clock stands while this world's runs on: what goes out would be tidied away at once as years old.
  await sql`alter table outbox alter created_at set default timestamptz '2100-01-01'`.execute(w.runtime.store.owner);
  await w.ask("Sofia", "authority add XN Prosecutor General functions:mla countryname:Norland agency:@prosecution");
  await w.ask("Sofia", "authority add XS Ministry of Justice functions:mla countryname:Sudmark langs:fr");
  await w.ask("Sofia", "authority verify A-2");
});
afterAll(() => w.close());
const it = steps();

const WRITTEN =
  "sheet write XS video_testimony possible:partly instead:written questions, put by a judge langs:fr,en " +
  "takes:3 months receives:A-2 law:Code of criminal procedure, article 12 requirements: the questions in French";

describe("a sheet", () => {
  it("is of each kind of request and each type of assistance, by its name in every language", () => {
    expect(MEASURES).toEqual([...KIND_NAMES, ...Object.keys(TYPES).filter((type) => type !== "other")]);
    for (const one of MEASURES) {
      expect(measureNamed(one), one).toBe(one);
      for (const { text } of inEvery((t) => measureName(t, one))) expect(measureNamed(text), text).toBe(one);
    }
  });

  it("is written in one line, and says back all of it", async () => {
    expect(await w.ask("Eleni", WRITTEN.replace("XS", "Sudmark").replace("A-2", "A-1"))).toMatch(
      /^A-1 est l’autorité d’un autre/,
    );
    expect(await w.ask("Sofia", WRITTEN)).toBe(
      "P-1 is written: Sudmark, Testimony by video link. Possible: in part; Instead: written questions, put by a judge; " +
        "Legal framework: Code of criminal procedure, article 12; Who receives: A-2 · Ministry of Justice; Languages accepted: French, English; " +
        "How long it takes: 3 months; Requirements and documents: the questions in French. It counts as checked today.",
    );
    expect(await w.ask("Sofia", WRITTEN)).toContain("There is a sheet for that already");
  });

  it("says what is done instead where it is not possible, or that nothing is", async () => {
    expect(await w.ask("Sofia", "sheet write XS documents_records possible:no")).toContain("instead:none");
    expect(
      await w.ask("Sofia", "sheet write XS documents_records possible:no instead:the company itself, asked"),
    ).toContain("P-2 is written");
    // What is no measure is not taken for one: the form offers them all.
    const form = formOf(await w.say("Sofia", "sheet write XS smoke possible:yes"));
    expect(JSON.stringify(form.fields)).toContain("Search, seizure, freezing");
  });

  it("names as who receives an authority of that State alone", async () => {
    expect(await w.ask("Sofia", "sheet edit P-1 receives:A-1")).toContain("A-1 is an authority of another State");
  });
});

describe("sheets are found", () => {
  it("as people type it, in either language", async () => {
    for (const line of [
      ...[
        "sheet sudmark video",
        "sheet: sudmark video link",
        "sheets XS videoconference",
        "fiche sudmark visioconférence",
      ],
      ...[
        "sheet video_testimony in sudmark",
        "fiche audition par vidéo sudmark",
        "P-1",
        "sheet P-1",
        "SHEET SUDMARK VIDEO",
      ],
    ])
      expect(await w.ask("Omar", line), line).toMatch(
        /P-1 · Sudmark: Testimony by video link\nPossible: in part\nInstead: /,
      );
    expect(await w.ask("Eleni", "fiche sudmark vidéo")).toMatch(/Réalisable: en partie/);
  });

  it("in a list where more than one fits, and asks which State is meant", async () => {
    const all = await w.ask("Omar", "sheet sudmark");
    expect(all).toMatch(/Procedure sheets: Sudmark \(2\)/);
    expect(all).toMatch(/P-2 · Sudmark: Originals.*no · instead: the company itself, asked/s);
    expect(await w.ask("Omar", "sheets")).toContain("Procedure sheets (2)");
    expect(await w.ask("Omar", "sheet guinea extradition")).toContain("Which country is “guinea”?");
    expect(await w.ask("Omar", "sheet sudmark smoke")).toMatch(/“smoke” is no State and nothing that is asked for/);
  });

  it("or it is said that there is none, and to who may write one how", async () => {
    const none = await w.ask("Omar", "sheet sudmark extradition");
    expect(none).toMatch(/Nobody has written yet what Sudmark does for: Extradition\./);
    expect(none).not.toContain("sheet write");
    expect(await w.ask("Pavel", "sheet sudmark extradition")).toContain("sheet write XS extradition");
  });

  it("read a line no longer than a search of the directory", () => {
    expect(readSheetLine(`${"x ".repeat(10_000)} video`, new Map()).meant).toEqual([]);
  });
});

describe("who sees and writes", () => {
  it("is who reads and writes the directory", async () => {
    expect(await w.ask("Omar", "sheet edit P-1 takes:long")).toMatch(/^That is for: focal point, coordinator/);
    expect(await w.ask("Omar", "sheet remove P-1")).toMatch(/^That is for: focal point, coordinator/);
    expect(textOf(await w.say("Omar", "P-1"))).not.toContain("Change");
    expect(textOf(await w.say("Pavel", "P-1"))).toMatch(/Request it.*Still right.*Change/s);
  });

  it("changes what is said, and in a form what is left empty", async () => {
    expect(await w.ask("Pavel", "sheet edit P-1 takes:2 months, in August 3")).toContain("2 months, in August 3");
    expect(await w.ask("Pavel", "sheet edit P-1 takes:2 months, in August 3")).toBe(
      "P-1 is changed; it says what it said.",
    );
    const form = formOf(await w.say("Pavel", "sheet edit P-1"));
    const said = textOf(await w.submit("Pavel", form, { possible: "partly", instead: "written questions", takes: "" }));
    expect(said).toMatch(/How long it takes: nothing/);
    expect(said).toMatch(/Who receives: nothing/);
    expect(await w.ask("Pavel", "sheet edit P-1 receives:A-2 takes:3 months")).toContain("Who receives: A-2");
  });

  it("ends a value of several words at the next key, however its colon is written", async () => {
    const said = await w.ask("Pavel", "sheet edit P-1 takes: 3 mois au plus langs : fr costs:the State’s own");
    expect(said).toMatch(/Languages accepted: French; How long it takes: 3 mois au plus; Costs: the State’s own/);
    expect(await w.ask("Pavel", "sheet edit P-1 takes:3 months langs:fr,en")).toContain("French, English");
    expect(await w.ask("Sofia", "authority edit A-2 hours:Mon to Fri, 8 to 16 langs : fr")).not.toMatch(/Name:/);
    expect(await w.ask("Sofia", "A-2")).toMatch(/A-2 · Ministry of Justice\n.*Hours: Mon to Fri, 8 to 16/s);
  });

  it("takes back nothing that another changed while a form was open", async () => {
    const form = formOf(await w.say("Pavel", "sheet edit P-1"));
    await w.ask("Sofia", "sheet edit P-1 scope:witnesses alone");
    expect(textOf(await w.submit("Pavel", form, { possible: "no", instead: "none" }))).toMatch(
      /^P-1 has changed since/,
    );
    expect(await w.ask("Omar", "P-1")).toContain("Scope: witnesses alone");
    const directory = formOf(await w.say("Pavel", "authority edit A-2"));
    await w.ask("Sofia", "authority edit A-2 address:1 Port Road");
    const values = {
      name: "Ministry",
      country: "XS",
      countryName: "Sudmark",
      functions: ["mla"],
      kind: "central_authority",
    };
    expect(textOf(await w.submit("Pavel", directory, { ...values, state: "active" }))).toMatch(
      /^A-2 has changed since/,
    );
  });

  it("is written once by two who write it at the same moment", async () => {
    const both = await Promise.all(
      ["Pavel", "Sofia"].map((name) => w.ask(name, "sheet write FR trace_proceeds possible:yes")),
    );
    expect(both.filter((said) => /is written/.test(said))).toHaveLength(1);
    expect(both.filter((said) => /There is a sheet for that already/.test(said))).toHaveLength(1);
  });

  it("shows whom a request goes to as the directory stands", async () => {
    expect(await w.ask("Omar", "P-1")).toContain("Who receives: A-2 · Ministry of Justice");
    await w.ask("Sofia", "authority add XS Courts Service functions:mla countryname:Sudmark langs:fr");
    await w.ask("Sofia", "authority close A-2 instead:A-3");
    const card = await w.say("Pavel", "P-1");
    expect(textOf(card)).toContain("Who receives: A-2 · Ministry of Justice · closed · Requests go to: A-3");
    expect(JSON.stringify(card)).toContain("video_testimony A-3");
    await w.ask("Sofia", "authority edit A-2 state:active");
    expect(JSON.stringify(await w.say("Pavel", "P-1"))).toContain("video_testimony A-2");
  });

  it("is on the record, without a word of it", async () => {
    const rows = await w.runtime.store.owner
      .selectFrom("events")
      .select(["action", "item_ref", "detail"])
      .where("item_kind", "=", "procedure_sheet")
      .execute();
    expect(rows.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["procedure_sheet.written", "procedure_sheet.changed"]),
    );
    expect(JSON.stringify(rows)).not.toMatch(/written questions|the company itself/);
  });
});

describe("a request", () => {
  let ref = "";
  it("says of its draft what the State does for it", async () => {
    const said = await w.ask("Petra", "request new mla A-2 Records of a company account");
    ref = /R-\d+/.exec(said)?.[0] ?? "";
    expect(said).not.toContain("P-2");
    for (const [step, values] of Object.entries(ASSISTANCE)) await fill(w, "Petra", ref, step, values);
    await fill(w, "Petra", ref, "language", { language: "fr" });
    await fill(w, "Petra", ref, "facts", { facts: "A boat of 31 people" });
    expect(await w.ask("Petra", `request check ${ref}`)).toMatch(
      /P-2 · Sudmark: Originals.*no · instead: the company itself, asked/s,
    );
  });

  it("does not go there without a reason where it is not done", async () => {
    expect(await w.ask("Petra", `request ready ${ref}`)).toContain("waits for approval");
    expect(await w.ask("Pavel", `request approve ${ref}`)).toMatch(/approved/);
    const said = await w.ask("Pavel", `request send ${ref}`);
    expect(said).toMatch(
      /Before R-\d+ goes: Sudmark does not do that \(sheet P-2\): Originals.*instead: the company itself/,
    );
    expect(await w.ask("Pavel", `request send ${ref} their ministry says it does now`)).toMatch(/is on record as sent/);
  });

  it("of a kind that is done needs none", async () => {
    expect(await w.ask("Sofia", "sheet edit P-2 possible:partly")).toContain("Possible: in part");
    const next = /R-\d+/.exec(await w.ask("Petra", "request new mla A-2 The same once more"))?.[0] ?? "";
    for (const [step, values] of Object.entries(ASSISTANCE)) await fill(w, "Petra", next, step, values);
    await fill(w, "Petra", next, "language", { language: "fr" });
    await fill(w, "Petra", next, "facts", { facts: "A boat of 31 people" });
    await w.ask("Petra", `request ready ${next}`);
    await w.ask("Pavel", `request approve ${next}`);
    expect(await w.ask("Pavel", `request send ${next}`)).not.toContain("Before R-");
  });
});

describe("the words of a verb", () => {
  it("mean what they mean for that kind: what is verified is not closed", async () => {
    expect(await w.ask("Pavel", "verify P-1")).toMatch(/^P-1 is checked today/);
    expect(await w.ask("Pavel", "verify A-2 called the desk")).toMatch(/^A-2 is checked today/);
    expect(await w.ask("Pavel", "P-1 verify")).toMatch(/^P-1 is checked today/);
    expect(await w.ask("Pavel", "vérifier: P-1")).not.toMatch(/closed|removed/);
    // To verify a task is to close it, and to close is something else for a request.
    for (const line of ["verify R-1", "verify M-1", "verify D-1", "finish R-1", "handover R-1"])
      expect(await w.ask("Pavel", line), line).toMatch(/is not a reference\. For example: T-12/);
  });
});

describe("after a year", () => {
  const told = (name: string) => w.inbox(name).filter(({ message }) => /procedure sheet|fiche/.test(words(message)));
  it("who keeps it is told once, in the first days of a month", async () => {
    await w.pass({ days: 360 }, 1_440 * 5);
    expect(told("Sofia")).toHaveLength(0);
    await w.pass({ days: 45 }, 360);
    expect(told("Sofia")).toHaveLength(1);
    expect(JSON.stringify(told("Sofia")[0]?.message)).toMatch(
      /2 procedure sheets that .* keeps have not been checked for a year/,
    );
    expect(told("Omar")).toHaveLength(0);
  });

  it("and a removed one is there for nobody", async () => {
    const asked = await w.ask("Pavel", "sheet remove P-2");
    expect(asked).toMatch(/^Remove P-2 · Sudmark: Originals.*Nobody finds it any more/);
    expect(await w.ask("Pavel", "P-2")).toMatch(/^P-2 · Sudmark/);
    await w.click("Pavel", "sheet-remove", "P-2 sure");
    expect(await w.ask("Pavel", "P-2")).toMatch(/^There is no sheet P-2/);
    expect(await w.ask("Sofia", "sheet write XS documents_records possible:yes")).toMatch(/^P-\d+ is written/);
  });
});
