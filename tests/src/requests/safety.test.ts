import { afterAll, beforeAll, describe, expect } from "vitest";
import { steps } from "../../steps.js";
import { formOf, textOf, World } from "../../world.js";

/**
 * Life before the case (CTOC/COP/WG.7/2012/3 para 23): a technique in two States, what each side answers on the safety of the
 * people, and how it is stopped; on both platforms.
 */
let w: World;
beforeAll(async () => {
  w = await World.create({
    people: {
      Sofia: "secretariat coordinator",
      Petra: "prosecution staff",
      Pavel: "prosecution focal_point staff",
      Leila: "sudjustice focal_point staff teams",
      Lina: "sudjustice staff teams",
      Ines: "estjustice focal_point staff teams",
      Eleni: "labour focal_point staff teams",
    },
    lang: { Leila: "fr" },
  });
  const functions = "functions:special_techniques,joint_investigations,immigration,readmission";
  await w.ask("Sofia", `authority add XN Prosecutor General ${functions} countryname:Norland agency:@prosecution`);
  for (const [code, name, agency] of [
    ["XS", "Sudmark", "sudjustice"],
    ["XE", "Estavia", "estjustice"],
  ] as const) {
    const said = await w.ask(
      "Sofia",
      `authority add ${code} Ministry of Justice ${functions} countryname:${name} agency:@${agency}`,
    );
    const ref = /A-\d+/.exec(said)?.[0] ?? "";
    await w.ask("Sofia", `authority verify ${ref}`);
    if (name === "Sudmark") sud = ref;
    else est = ref;
  }
});
afterAll(() => w.close());
const it = steps();

let sud = "";
let est = "";
let ref = "";
let next = "";
const refIn = (text: string): string => /R-\d+/.exec(text)?.[0] ?? "";
const fill = async (name: string, one: string, part: string, values: Record<string, string | string[]>) =>
  textOf(await w.submit(name, formOf(await w.say(name, `request fill ${one} ${part}`)), values));
const answers = async (name: string, one: string, changed: Record<string, string> = {}) =>
  textOf(await w.submit(name, formOf(await w.say(name, `request safety ${one}`)), { ...SAFE, ...changed }));

const SAFE = {
  ...{ s1: "no", s2: "About 12, two children, in the van, in good state", s3: "Two cars, in turn", s3_minutes: "10" },
  ...{
    s4: "Van locked, heat, violence",
    s5: "Petra and Leila",
    s6: "Ambulance in Kilkis",
    s7: "Reception centre, told",
  },
  ...{ s8: "yes", s9: "It ends, and the van is stopped", s10_hours: "4" },
};

describe("a technique that lets something run", () => {
  it("takes no goods with people aboard, not even as a draft", async () => {
    const said = await w.ask("Petra", `request new technique ${sud} A van on Friday`);
    ref = refIn(said);
    expect(said).toMatch(/is a draft: Special investigative technique/);
    expect(said).toContain("One request goes to one State");
    await fill("Petra", ref, "1", {
      ...{ technique: "controlled_delivery_goods", basis: "untoc", language: "fr", confidential: "yes" },
      contact: "Petra, day and night",
    });
    const refused = await fill("Petra", ref, "2", { people_aboard: "yes", goods: "engines" });
    expect(refused).toContain("Goods are let through, people are not");
    expect(await w.ask("Petra", `request read ${ref}`)).not.toContain("engines");
    // The other way round too.
    await fill("Petra", ref, "people_aboard", { people_aboard: "yes" }).then((text) =>
      expect(text).toContain("people are not"),
    );
    await fill("Petra", ref, "technique", { technique: "observation" });
    expect(await fill("Petra", ref, "people_aboard", { people_aboard: "yes" })).toContain("missing");
    expect(await fill("Petra", ref, "technique", { technique: "controlled_delivery_goods" })).toContain(
      "people are not",
    );
  });

  it("is TLP:AMBER+STRICT of itself, and never less", async () => {
    expect(await w.ask("Petra", ref)).toContain("TLP:AMBER+STRICT");
    expect(await w.ask("Petra", `request new technique ${sud} tlp:amber Another van`)).toContain("at least");
  });

  it("waits until what it says of the people is safe", async () => {
    await fill("Petra", ref, "2", {
      ...{ people_aboard: "yes", facts: "A group moves people on Fridays.", purpose: "To find who leads it" },
      ...{ order: "District court, order 14", order_until: "2026-12-20 12:00", route: "Norland, Sudmark, Estavia" },
    });
    await fill("Petra", ref, "4", { adviser: "Legal desk, today" });
    const check = await fill("Petra", ref, "3", { command: "Norland leads", ...SAFE, s3_minutes: "90" });
    expect(check).toContain("Nobody may agree to it as long as this is the answer: Within how many minutes");
    expect(await w.ask("Petra", `request ready ${ref}`)).toMatch(
      /cannot go on with these answers: Within how many minutes/,
    );
    await fill("Petra", ref, "s3_minutes", { s3_minutes: "20" });
    expect(await w.ask("Petra", `request ready ${ref}`)).toContain("waits for approval");
    await w.ask("Pavel", `request approve ${ref}`);
    await w.ask("Petra", `request send ${ref}`);
  });

  it("asks the next State for the same, as one operation", async () => {
    const said = await w.ask("Petra", `request copy ${ref} ${est}`);
    next = refIn(said);
    expect(next).not.toBe(ref);
    expect(said).toContain("Estjustice");
    // Advice is taken for each.
    expect(said).toContain("Adviser");
    await fill("Petra", next, "4", { adviser: "Legal desk, today" });
    await w.ask("Petra", `request ready ${next}`);
    await w.ask("Pavel", `request approve ${next}`);
    await w.ask("Petra", `request send ${next}`);
    await w.ask("Ines", `request received ${next}`);
    await w.ask("Leila", `request received ${ref}`);
    expect(await w.ask("Petra", ref)).toMatch(/may not run: Sudjustice has not agreed.* Estjustice has not agreed/);
  });

  it("is agreed to only with the other side's own answers", async () => {
    expect(await w.ask("Ines", `request agree ${next}`)).toContain("answers on the safety of the people");
    expect(await answers("Ines", next)).toContain("on record");
    expect(await w.ask("Ines", `request agree ${next}`)).toMatch(
      /is agreed to\. Next: look at the safety of the people again/,
    );
    expect(await w.ask("Petra", ref)).toMatch(/may not run: Sudjustice has not agreed/);
    await answers("Leila", ref, { s10_hours: "2" });
    await w.ask("Leila", `request agree ${ref}`);
    expect(await w.ask("Petra", next)).toContain("Every State on the route has agreed");
  });
});

describe("it is stopped", () => {
  it("by whoever knows of it, everywhere, and everybody is told", async () => {
    await w.settle();
    const said = await w.ask("Ines", `stop ${next} they cry for help`);
    expect(said).toContain("STOPPED");
    // Whose request the other is she does not know.
    expect(said).not.toContain(ref);
    await w.settle();
    for (const one of [ref, next]) expect(await w.ask("Petra", one)).toContain("STOPPED for safety");
    expect(JSON.stringify(w.inbox("Leila").at(-1)?.message)).toContain("ARRÊT");
    expect(await w.ask("Leila", `request answer ${ref} we saw the van`)).toContain("ARRÊTÉE");
    expect(await w.ask("Ines", `request part ${next} we saw the van`)).toContain("STOPPED");
    expect(await w.ask("Petra", `request stop ${ref}`)).toMatch(/stopped already, since/);
    // A stranger learns nothing, and stops nothing.
    expect(await w.ask("Eleni", `request stop ${ref}`)).toBe(
      (await w.ask("Eleni", "request stop R-999999")).replace("R-999999", ref),
    );
  });

  it("starts again only when every side has answered anew", async () => {
    await w.pass({ minutes: 5 });
    expect(await w.ask("Leila", `request restart ${ref}`)).toMatch(/ne peut redémarrer/);
    await answers("Leila", ref);
    expect(await w.ask("Leila", `request restart ${ref}`)).toMatch(/partie requérante n’a pas répondu/);
    await answers("Petra", next);
    expect(await w.ask("Lina", `request restart ${ref}`)).not.toContain("reprend");
    expect(await w.ask("Leila", `request restart ${ref}`)).toContain("reprend");
    expect(await w.ask("Petra", ref)).toMatch(/may not run: Estjustice has not started again/);
    expect(await w.ask("Leila", `request answer ${ref} we saw the van`)).toContain("ARRÊTÉE");
    await answers("Ines", next);
    expect(await w.ask("Ines", `request restart ${next}`)).toContain("goes on");
    expect(await w.ask("Petra", ref)).toContain("Every State on the route has agreed");
  });

  it("by an answer that is not safe", async () => {
    const said = await answers("Petra", ref, { s1: "yes" });
    expect(said).toMatch(/not safe \(Is anybody in danger, now/);
    for (const one of [ref, next]) expect(await w.ask("Petra", one)).toContain("STOPPED for safety");
    await w.pass({ minutes: 5 });
    await answers("Petra", ref);
    await answers("Leila", ref);
    await answers("Ines", next);
    expect(await w.ask("Leila", `request restart ${ref}`)).toContain("reprend");
    expect(await w.ask("Ines", `request restart ${next}`)).toContain("goes on");
  });

  it("by the clock, where nobody looks at it in time", async () => {
    await w.pass({ hours: 3, minutes: 10 });
    await w.settle();
    expect(JSON.stringify(w.inbox("Ines").at(-1)?.message)).toMatch(/look at the safety of the people again/);
    await w.pass({ hours: 1 });
    await w.settle();
    for (const one of [ref, next])
      expect(await w.ask("Petra", one)).toMatch(/Stopped: .*safety was not looked at again in time/);
    expect(JSON.stringify(w.inbox("Ines").map(({ message }) => message))).toContain(
      "safety was not looked at again in time",
    );
  });

  it("by the no of one State, which takes it out of no route", async () => {
    for (const [name, one] of [
      ["Petra", ref],
      ["Leila", ref],
      ["Ines", next],
    ] as const)
      await answers(name, one);
    expect(await w.ask("Leila", `request restart ${ref}`)).toContain("reprend");
    await w.ask("Ines", `request restart ${next}`);
    await w.ask("Ines", `request refuse ${next} sit_safety the road is closed`);
    expect(await w.ask("Petra", ref)).toMatch(/Stopped: .*a State on the route refused/);
    await w.pass({ minutes: 1 });
    await answers("Petra", ref);
    await answers("Leila", ref);
    expect(await w.ask("Leila", `request restart ${ref}`)).toMatch(/refus d’un État du trajet/);
    expect(await w.ask("Pavel", `request withdraw ${ref} another way`)).toContain("is withdrawn");
    expect(await w.ask("Petra", ref)).not.toContain("STOPPED");
  });
});

describe("what somebody tried who wanted to get around it", () => {
  let first = "";
  let second = "";
  /** Sent to both States, received there; agreed to where it is said. */
  async function operation(o: { agreed: boolean; until?: string }): Promise<void> {
    first = refIn(await w.ask("Petra", `request new technique ${sud} Another van`));
    await fill("Petra", first, "1", {
      ...{ technique: "observation", basis: "untoc", language: "fr", confidential: "yes", contact: "Petra" },
    });
    await fill("Petra", first, "2", {
      ...{ people_aboard: "yes", facts: "A group", purpose: "To find who leads it", order: "Order 15" },
      ...{ order_until: o.until ?? "2026-12-20 12:00", route: "Norland, Sudmark, Estavia" },
    });
    await fill("Petra", first, "3", { command: "Norland leads", ...SAFE });
    await fill("Petra", first, "4", { adviser: "Legal desk" });
    await w.ask("Petra", `request ready ${first}`);
    await w.ask("Pavel", `request approve ${first}`);
    await w.ask("Petra", `request send ${first}`);
    second = refIn(await w.ask("Petra", `request copy ${first} ${est}`));
    await fill("Petra", second, "4", { adviser: "Legal desk" });
    await w.ask("Leila", `request received ${first}`);
  }
  async function both(): Promise<void> {
    await w.ask("Petra", `request ready ${second}`);
    await w.ask("Pavel", `request approve ${second}`);
    await w.ask("Petra", `request send ${second}`);
    await w.ask("Ines", `request received ${second}`);
    await answers("Leila", first);
    await answers("Ines", second);
    await w.ask("Leila", `request agree ${first}`);
    await w.ask("Ines", `request agree ${second}`);
  }

  it("whom else somebody is about to ask is seen by their side alone", async () => {
    await operation({ agreed: false });
    expect(await w.ask("Leila", first)).not.toMatch(/Estjustice/);
    expect(await w.ask("Petra", first)).toMatch(/Estjustice has not agreed/);
    await both();
    expect(await w.ask("Leila", first)).toContain("Chaque État du trajet a accepté");
  });

  it("a question, or what shall not come any more, stops nothing", async () => {
    for (const line of [
      `${first} stopped?`,
      `stop reminding me of ${first}`,
      `stop the clock of ${first}`,
      `arrêtez les rappels pour ${first}`,
      `don't stop ${first}`,
    ])
      expect(await w.ask("Petra", line), line).not.toContain("STOPPED");
    expect(await w.ask("Petra", first)).not.toContain("STOPPED");
  });

  it("answers of a dialog that was opened before a stop say nothing after it", async () => {
    const before = formOf(await w.say("Ines", `request safety ${second}`));
    await w.pass({ minutes: 2 });
    expect(await w.ask("Petra", `stop all of it, ${first}!`)).toContain("STOPPED");
    await w.pass({ minutes: 1 });
    expect(textOf(await w.submit("Ines", before, SAFE))).toContain(
      "was stopped or started after this dialog was opened",
    );
    expect(await w.ask("Petra", "requests turn")).toContain(first);
    expect(await answers("Petra", first, { s1: "yes" })).toContain(`${first} stays STOPPED`);
    await w.pass({ minutes: 1 });
    for (const [name, one] of [
      ["Petra", first],
      ["Leila", first],
      ["Ines", second],
    ] as const)
      await answers(name, one);
    await w.ask("Leila", `request restart ${first}`);
    expect(await w.ask("Ines", `request restart ${second}`)).toContain("goes on");
  });

  it("who has answered already stops the others, and what is missing waits until they run", async () => {
    await w.ask("Leila", `request answer ${first} we saw the van`);
    const said = await w.ask("Leila", `stop ${first} la porte est fermée`);
    expect(said).toContain("ARRÊTÉE");
    expect(await w.ask("Ines", second)).toContain("STOPPED for safety");
    expect(await w.ask("Petra", `request missing ${first} the times`)).toContain("STOPPED");
    expect(await w.ask("Leila", `stop ${first}`)).toContain("rien à arrêter");
  });

  it("a no stays a no when it is closed", async () => {
    await operation({ agreed: true });
    await both();
    await w.ask("Ines", `request refuse ${second} sit_safety the road is closed`);
    await w.ask("Petra", `request close ${second} they will not`);
    await w.pass({ minutes: 2 });
    await answers("Petra", first);
    await answers("Leila", first);
    expect(await w.ask("Leila", `request restart ${first}`)).toMatch(/refus d’un État du trajet/);
    await w.ask("Pavel", `request withdraw ${first} another way`);
  });

  it("what one side says with a stop is read with its own request alone", async () => {
    await operation({ agreed: true });
    await both();
    await w.ask("Ines", `stop ${second} zqwordsqz the boy fainted`);
    await w.settle();
    expect(JSON.stringify(await w.say("Petra", `request read ${second}`))).toContain("zqwordsqz");
    for (const said of [await w.say("Leila", `request read ${first}`), w.inbox("Leila")])
      expect(JSON.stringify(said)).not.toMatch(/zqwordsqz|Ines/);
    expect(await w.ask("Leila", first)).toContain("ARRÊTÉE pour la sécurité");
  });

  it("one side that looks does not look for the other", async () => {
    for (const [name, one] of [
      ["Petra", first],
      ["Leila", first],
      ["Ines", second],
    ] as const)
      await answers(name, one);
    await w.ask("Leila", `request restart ${first}`);
    expect(await w.ask("Ines", `request restart ${second}`)).toContain("goes on");
    await w.pass({ hours: 2 });
    await answers("Petra", first);
    await w.pass({ hours: 2, minutes: 5 });
    await w.settle();
    expect(await w.ask("Petra", first)).toMatch(/Stopped: .*safety was not looked at again in time/);
    await w.ask("Pavel", `request withdraw ${first} enough`);
    await w.ask("Pavel", `request withdraw ${second} enough`);
  });

  it("whose yes is only recorded is not recorded while it is stopped", async () => {
    await operation({ agreed: false });
    const said = await w.ask(
      "Sofia",
      "authority add XO Ministry of Justice functions:special_techniques countryname:Offland",
    );
    const off = refIn(await w.ask("Petra", `request copy ${first} ${/A-\d+/.exec(said)?.[0]}`));
    await fill("Petra", off, "4", { adviser: "Legal desk" });
    await w.ask("Petra", `request ready ${off}`);
    await w.ask("Pavel", `request approve ${off}`);
    expect(await w.ask("Petra", `request send ${off} by courier`)).toContain("on record as sent");
    await w.ask("Petra", `request received ${off}`);
    await w.ask("Petra", `stop ${off} danger`);
    expect(await w.ask("Petra", `request agree ${off}`)).toContain("STOPPED");
    await w.pass({ minutes: 2 });
    await answers("Petra", off);
    expect(await w.ask("Petra", `request restart ${off}`)).toContain("on record for");
    // The other State stands still yet.
    expect(await w.ask("Petra", `request agree ${off}`)).toContain("STOPPED");
    await answers("Leila", first);
    await w.ask("Leila", `request restart ${first}`);
    expect(await w.ask("Petra", `request agree ${off}`)).toContain("on record for");
    await w.ask("Pavel", `request withdraw ${off} enough`);
  });

  it("who acts for an agency that has nobody here answers for it", async () => {
    await w.ask("Sofia", "agency add kaljustice Kaldoria Justice");
    const said = await w.ask(
      "Sofia",
      "authority add XK Ministry of Justice functions:special_techniques countryname:Kaldoria agency:@kaljustice",
    );
    const kal = /A-\d+/.exec(said)?.[0] ?? "";
    await w.ask("Sofia", `authority verify ${kal}`);
    const one = refIn(await w.ask("Petra", `request copy ${first} ${kal}`));
    await fill("Petra", one, "4", { adviser: "Legal desk" });
    await w.ask("Petra", `request ready ${one}`);
    await w.ask("Pavel", `request approve ${one}`);
    await w.ask("Petra", `request send ${one}`);
    await w.ask("Sofia", `for @kaljustice request received ${one}`);
    const form = formOf(await w.say("Sofia", `for @kaljustice request safety ${one}`));
    expect(textOf(await w.submit("Sofia", form, SAFE))).toContain("on record");
    expect(await w.ask("Sofia", `for @kaljustice request agree ${one}`)).toContain("is agreed to");
  });

  it("an order that was prolonged stays so, also where another authority has it, or another State is asked", async () => {
    await operation({ agreed: false });
    await w.ask("Petra", `request prolong ${first} judge, order 16 by 20 January 12:00`);
    const later = refIn(await w.ask("Petra", `request copy ${first} ${est}`));
    expect(JSON.stringify(await w.say("Petra", `request read ${later}`))).toContain("20 Jan");
    await w.ask("Leila", `request redirect ${first} ${est} theirs`);
    expect(await w.ask("Petra", first)).toContain("20 Jan");
    const past = refIn(await w.ask("Petra", `request copy ${first} ${sud}`));
    await fill("Petra", past, "4", { adviser: "Legal desk" });
    // In half an hour, by the clock of Athens; and an hour goes by.
    const soon = new Date(w.clock.now().getTime() + 150 * 60_000).toISOString().slice(0, 16).replace("T", " ");
    await fill("Petra", past, "order_until", { order_until: soon });
    await w.pass({ hours: 1 });
    expect(await w.ask("Petra", `request ready ${past}`)).toContain("ends before now");
  });
});
