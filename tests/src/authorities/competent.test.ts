import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it as plainly } from "vitest";
import {
  type Case,
  type Competent,
  chosen,
  OTHER,
  openQuestions,
  QUESTIONS,
  ties,
  type When,
} from "../../../src/authorities/rules.js";
import { steps } from "../../steps.js";
import { formOf, textOf, World } from "../../world.js";

describe("of several that are competent", () => {
  const all: Competent<string>[] = [
    { authority: "Ministry", rules: [] },
    { authority: "Prosecutor", rules: [{ stage: "investigation" }] },
    { authority: "North", rules: [{ stage: "investigation", region: "North Coast" }] },
    { authority: "Duty desk", rules: [{ urgent: "yes" }, { stage: "trial", urgent: "yes" }] },
  ];

  plainly.each<[Case, string[]]>([
    [{ stage: "trial", region: OTHER, urgent: OTHER }, ["Ministry"]],
    [{ stage: "investigation", region: OTHER, urgent: OTHER }, ["Prosecutor"]],
    [{ stage: "investigation", region: "north  coast", urgent: OTHER }, ["North"]],
    [{ stage: "trial", region: OTHER, urgent: "yes" }, ["Duty desk"]],
    // As specific: nothing decides.
    [{ stage: "investigation", region: OTHER, urgent: "yes" }, ["Prosecutor", "Duty desk"]],
    // What is not known could decide.
    [{ stage: "investigation", urgent: OTHER }, ["Prosecutor", "North"]],
    [{}, ["Ministry", "Prosecutor", "North", "Duty desk"]],
  ])("%j goes to %j", (known, takes) => {
    expect(chosen(all, known)).toEqual(takes);
  });

  plainly("asks only what decides, and no more than three things", () => {
    expect(openQuestions(all, {}).map(({ question }) => question)).toEqual(["stage", "region", "urgent"]);
    expect(openQuestions(all, { stage: "trial" }).map(({ question }) => question)).toEqual(["urgent"]);
    expect(openQuestions(all.slice(0, 1), {})).toEqual([]);
    const four = [{ authority: "a", rules: [{ stage: "trial", matter: "drugs", region: "N", urgent: "yes" }] }, ...all];
    expect(openQuestions(four, {})).toHaveLength(3);
  });

  plainly("knows where nothing decides between two rules", () => {
    expect(ties({ stage: "trial" }, { region: "North" })).toBe(true);
    expect(ties({ stage: "trial" }, { stage: "investigation" })).toBe(false);
    expect(ties({ stage: "trial" }, { stage: "trial", region: "North" })).toBe(false);
    expect(ties({ region: "north coast" }, { region: " North  Coast" })).toBe(true);
  });

  const value = fc.constantFrom("a", "b", "c");
  const when: fc.Arbitrary<When> = fc
    .record({ stage: value, matter: value, region: value, urgent: fc.constant("yes") }, { requiredKeys: [] })
    .filter((one) => Object.keys(one).length > 0);
  const competent = fc.array(fc.array(when, { maxLength: 3 }), { minLength: 1, maxLength: 5 });
  const whole = fc.record(
    Object.fromEntries(QUESTIONS.map((one) => [one, fc.constantFrom("a", "b", "c", "yes", OTHER)])),
  );

  plainly("whoever takes a case that is wholly known is among those who could while it was not", () => {
    fc.assert(
      fc.property(competent, whole, fc.subarray([...QUESTIONS]), (rules, known, hidden) => {
        const them = rules.map((one, n) => ({ authority: n, rules: one }));
        const partly = Object.fromEntries(Object.entries(known).filter(([one]) => !hidden.includes(one as never)));
        const could = chosen(them, partly as Case);
        for (const one of chosen(them, known as Case)) expect(could).toContain(one);
        if (rules.some((one) => one.length === 0)) expect(could.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe("the State, what is asked, a few questions", () => {
  const it = steps();
  let w: World;
  beforeAll(async () => {
    w = await World.create({
      people: {
        Sofia: "secretariat coordinator",
        Petra: "prosecution staff",
        Leila: "sudjustice focal_point staff teams",
      },
      lang: { Leila: "fr" },
    });
    for (const line of [
      "XS Ministry of Justice functions:mla countryname:Sudmark langs:en,fr",
      "XS Prosecutor General functions:mla countryname:Sudmark",
      "XS Court of the North functions:mla countryname:Sudmark kind:executing_authority",
      "GN Ministère de la Justice functions:mla",
    ])
      await w.ask("Sofia", `authority add ${line}`);
  });
  afterAll(() => w.close());

  it("opens with find alone and asks for both", async () => {
    const form = formOf(await w.say("Petra", "find"));
    expect(form.title).toBe("Whom to ask");
    expect(form.fields.map((one) => "name" in one && one.name)).toEqual(["country", "measure"]);
    expect(await w.submit("Petra", form, {})).toMatchObject({
      errors: { country: expect.stringContaining("Country") },
    });
    expect(await w.submit("Petra", form, { country: "XS" })).toMatchObject({ errors: { measure: expect.any(String) } });
    for (const line of ["directory", "find all", "authorities", "find everybody"])
      expect(await w.ask("Petra", line), line).toContain("Directory of authorities (4)");
    for (const line of ["annuaire", "trouver tout"]) expect(await w.ask("Leila", line), line).toContain("(4)");
    expect(await w.ask("Petra", "directory gn")).toContain("A-4");
  });

  it("shows all who may take it where no rule tells them apart", async () => {
    const said = await w.ask("Petra", "competent sudmark video hearing");
    expect(said).toContain("Competent: Testimony by video link, Sudmark (3)");
    expect(said).toContain("Each of them may take it");
  });

  it("is told by an editor which cases one takes, and where that leaves a tie", async () => {
    expect(await w.ask("Sofia", "authority rule A-2 mla stage:investigation")).toBe(
      "A-2 takes these cases: Mutual legal assistance, stage: investigation. Of that competence it takes no others now, unless another rule says so.",
    );
    expect(await w.ask("Sofia", "authority rule A-3 mla region:North Coast stage:trial")).toContain(
      "stage: trial · region: North Coast",
    );
    expect(await w.ask("Sofia", "authority rule A-3 mla stage:investigation")).toContain(
      "A-2 has a rule for the same case that says as much",
    );
    expect(await w.ask("Sofia", "authority unrule A-3 2")).toContain(
      "Take rule 2 of A-3 out? Mutual legal assistance, stage: investigation.",
    );
    expect(await w.ask("Sofia", "authority unrule A-3 2 sure")).toBe(
      "Rule 2 of A-3 is taken out: Mutual legal assistance, stage: investigation.",
    );
    expect(await w.ask("Sofia", "authority rule A-3 mla trial")).toContain("is not among");
    expect(await w.ask("Sofia", "authority rule A-3 mutual legal assistance region:South")).toContain("region: South");
    await w.ask("Sofia", "authority unrule A-3 2 sure");
    expect(await w.ask("Sofia", "authority rule A-3 mla")).not.toContain("takes these");
    expect(await w.ask("Sofia", "authority rule A-3 extradition stage:trial")).toContain("not competent for that");
    expect(await w.ask("Sofia", "authority rule A-2 mla stage:investigation")).toContain("has that rule already");
    expect(await w.ask("Sofia", "authority unrule A-3 7")).toContain("They are 1 to 1");
    expect(await w.ask("Sofia", "A-3")).toContain("1. Mutual legal assistance | stage: trial · region: North Coast");
    expect(await w.ask("Petra", "authority rule A-2 mla stage:trial")).toContain("That is for");
  });

  it("asks what decides, once, and says who it is", async () => {
    const first = formOf(await w.say("Petra", "competent sudmark video hearing"));
    expect(first.fields.map((one) => "name" in one && one.name)).toEqual(["country", "measure", "stage", "region"]);
    expect(JSON.stringify(first)).toContain("North Coast");
    const said = textOf(
      await w.submit("Petra", first, {
        country: "XS",
        measure: "video_testimony",
        stage: "investigation",
        region: OTHER,
      }),
    );
    expect(said).toContain("Competent: Testimony by video link, Sudmark (1)");
    expect(said).toContain("As you said: stage: investigation.");
    expect(said).toContain("A-2 · Prosecutor General");
    expect(said).toContain("[Request it]");
    const again = formOf(await w.say("Leila", "competent sudmark audition par vidéo"));
    const all = textOf(await w.submit("Leila", again, { country: "XS", measure: "video_testimony", stage: "trial" }));
    expect(all).toContain("Court of the North");
    expect(all).toContain("Ministry of Justice");
  });

  it("is drawn again where another State is chosen", async () => {
    const first = formOf(await w.say("Petra", "competent sudmark video"));
    const said = textOf(await w.submit("Petra", first, { country: "GN", measure: "extradition", stage: "trial" }));
    expect(said).toContain("In Guinea it has: Mutual legal assistance");
    const form = formOf(await w.say("Petra", "competent"));
    const next = formOf(await w.submit("Petra", form, { country: "XS", measure: "mla" }));
    expect(JSON.stringify(next.intro)).toContain("More than one authority");
    expect(textOf(await w.submit("Petra", next, { country: "XS", measure: "mla" }))).toContain("(3)");
  });

  it("asks which of four, reads a line that says a part, and suggests States as they are called", async () => {
    expect(await w.ask("Petra", "competent guinea mla")).toMatch(/^Which country is “guinea”\?.*\[Guinea\]/s);
    const form = formOf(await w.click("Petra", "competent", "north/mla XS"));
    expect(form.fields.map((one) => "name" in one && one.name)).toEqual(["country", "measure", "stage", "region"]);
    for (const line of [
      "competent extradition atlantis",
      "competent france sudmark mla",
      "competent sudmark mla extradition",
    ])
      expect(await w.ask("Petra", line), line).toContain("Not understood");
    const pressing = formOf(await w.say("Petra", "competent sudmark mla urgent"));
    expect(pressing.fields.map((one) => "name" in one && one.name)).toContain("stage");
    expect(await w.ask("Petra", "competent gn mla urgent")).toContain("As you said: urgent cases.");
    expect(formOf(await w.say("Leila", "autorité compétente sudmark entraide")).title).toBe("À qui écrire");
    const half = formOf(await w.say("Petra", "competent extradition"));
    expect(JSON.stringify(half.fields)).toContain('"value":"extradition"');
    const query = { type: "suggest", source: "directory_state", query: "guin" } as const;
    const offered = await w.runtime.receive({ ...w.from("Leila"), ...query });
    expect(offered).toMatchObject({ options: [{ value: "GN", label: "Guinée" }] });
  });

  it("says what is not done there, and offers no request", async () => {
    await w.ask("Sofia", "sheet write XS video_testimony possible:no instead:written questions");
    const said = await w.ask("Petra", "competent sudmark video");
    const form = formOf(await w.say("Petra", "competent sudmark video"));
    expect(JSON.stringify(form)).toContain("Not done: Testimony by video link");
    expect(said).not.toContain("[Request it]");
    const shown = textOf(
      await w.submit("Petra", form, {
        country: "XS",
        measure: "video_testimony",
        stage: "investigation",
        region: OTHER,
      }),
    );
    expect(shown).toContain("written questions");
    expect(shown).not.toContain("[Request it]");
  });

  it("keeps what the line says of its urgency, and asks the other things", async () => {
    for (const line of [
      "XQ Duty desk functions:extradition countryname:Quark",
      "XQ Ministry functions:extradition countryname:Quark",
      "XQ Court functions:extradition countryname:Quark",
    ])
      await w.ask("Sofia", `authority add ${line}`);
    const found = await w.ask("Sofia", "find quark");
    const ref = (name: string) => new RegExp(`(A-\\d+) · ${name}`).exec(found)?.[1];
    await w.ask("Sofia", `authority rule ${ref("Duty desk")} extradition urgent:yes stage:trial matter:drugs`);
    await w.ask("Sofia", `authority rule ${ref("Ministry")} extradition stage:trial matter:drugs`);
    await w.ask("Sofia", `authority rule ${ref("Court")} extradition stage:investigation region:North`);
    const form = formOf(await w.say("Petra", "competent quark extradition urgent"));
    const asked = form.fields.map((one) => "name" in one && one.name);
    expect(asked).toEqual(["country", "measure", "stage", "matter", "region"]);
    const values = { country: "XQ", measure: "extradition", stage: "trial", matter: "drugs" };
    const said = textOf(await w.submit("Petra", form, values));
    expect(said).toContain("(1)");
    expect(said).toContain("Duty desk");
    expect(said).toContain("urgent cases");
    // Every rule speaks of another case: who is competent is shown all the same.
    const last = formOf(await w.say("Petra", "competent quark extradition"));
    const none = textOf(await w.submit("Petra", last, { ...values, stage: "after_judgment" }));
    expect(none).toContain("No rule speaks of such a case");
    expect(none).toContain("(3)");
    expect(none).toContain("Duty desk | takes stage: trial · about: drugs · urgent cases · Quark");
  });

  it("shows no rule of a competence that an authority has no longer", async () => {
    await w.ask("Sofia", "authority edit A-3 functions:extradition");
    expect(await w.ask("Sofia", "A-3")).not.toContain("Takes these cases");
    expect(await w.ask("Sofia", "authority unrule A-3 1")).toContain("has no rule 1");
  });
});
