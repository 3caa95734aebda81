import { afterAll, beforeAll, describe, expect } from "vitest";
import { steps } from "../../steps.js";
import { formOf, textOf, World } from "../../world.js";

/** What goes by days that are fixed or that come: an arrest and a surrender, a hearing by video link; on both platforms. */
let w: World;
beforeAll(async () => {
  w = await World.create({
    people: {
      Sofia: "secretariat coordinator",
      Petra: "prosecution staff",
      Pavel: "prosecution focal_point staff",
      Sami: "sudpolice focal_point staff teams",
      Leila: "sudjustice focal_point staff teams",
      Lina: "sudjustice staff teams",
      Eleni: "labour focal_point staff teams",
    },
    lang: { Leila: "fr" },
  });
  await w.ask(
    "Sofia",
    "authority add XN Prosecutor General functions:mla,extradition countryname:Norland agency:@prosecution",
  );
  const said = await w.ask(
    "Sofia",
    "authority add XS Ministry of Justice functions:mla,extradition countryname:Sudmark agency:@sudjustice langs:fr",
  );
  justice = /A-\d+/.exec(said)?.[0] ?? "";
  await w.ask("Sofia", `authority verify ${justice}`);
});
afterAll(() => w.close());
const it = steps();

let justice = "";
const refIn = (text: string): string => /R-\d+/.exec(text)?.[0] ?? "";
const fill = async (name: string, ref: string, part: string, values: Record<string, string | string[]>) =>
  textOf(await w.submit(name, formOf(await w.say(name, `request fill ${ref} ${part}`)), values));
const passed = (days: number): Promise<void> => w.pass({ hours: days * 24 }, 720);
const until = async (day: string): Promise<void> => {
  await w.pass({ minutes: Math.round((Date.parse(day) - w.clock.now().getTime()) / 60_000) }, 720);
  await w.settle();
};
/** Messages that reached somebody with a line that begins so: reminders, whatever else they bring. */
const told = (name: string, words: RegExp | string) =>
  w
    .inbox(name)
    .filter(({ message }) =>
      new RegExp(`"detail":"${typeof words === "string" ? words : words.source}`).test(JSON.stringify(message)),
    ).length;
const ONE = { basis: "untoc", language: "fr", confidential: "yes", contact: "Petra, by day" };

describe("a provisional arrest, and the request with its papers after it", () => {
  let ref = "";
  it("is asked for by another than its drafter, with the least that it must say", async () => {
    const said = await w.ask("Petra", `request new extradition ${justice} The organiser`);
    ref = refIn(said);
    expect(said).toMatch(/is a draft: Extradition\. It is to go to Sudjustice/);
    expect(await w.ask("Pavel", `request sendnow ${ref} he leaves tonight`)).toContain("goes with its papers");
    await fill("Petra", ref, "1", { ...ONE, variant: "provisional_arrest" });
    expect(await w.ask("Pavel", `request sendnow ${ref} he leaves tonight`)).toMatch(
      /must say: Person sought.*; Place and time.*; Offence.*; Statement that a warrant/,
    );
    await fill("Petra", ref, "2", {
      ...{ person_sought: "A man of 41, Sudmark", stage: "accused", facts: "He led the crossings." },
      ...{ place_and_time: "Kilkis, 3 November", offence_and_law: "Smuggling of migrants, art 30: ten years" },
    });
    await fill("Petra", ref, "3", { warrant_exists: "Warrant 12/26; the request follows", limitation: "yes" });
    expect(await w.ask("Petra", `request sendnow ${ref} he leaves tonight`)).toContain("approved by somebody else");
    expect(await w.ask("Pavel", `request sendnow ${ref} he leaves tonight`)).toMatch(
      /is sent to Sudjustice\. Its paper is still owed\. Next: confirm receipt, by Mon 23 Nov 14:00/,
    );
    // What it owes is its papers; until an arrest no clock says when.
    expect(await w.ask("Petra", ref)).toContain("paper still owed");
  });

  it("counts the days from the arrest, and tells both sides before they end", async () => {
    await w.ask("Leila", `request received ${ref}`);
    expect(await w.ask("Petra", `request happened ${ref} arrested`)).toContain("That is for");
    expect(await w.ask("Leila", `request happened ${ref} held`)).toMatch(/aucune date de ce nom/);
    expect(await w.ask("Leila", `request date ${ref} hearing 15 May 2027 10:00`)).toMatch(/aucune date de ce nom/);
    expect(await w.ask("Leila", `request happened ${ref} arrested on:2027-01-04`)).toMatch(/est à venir/);
    const said = await w.ask("Leila", `request happened ${ref} arrested`);
    expect(said).toContain(ref);
    // ETS 24 art 16(4): 18 and 40 days after Mon 23 Nov; CETS 209 art 6(1): 10.
    const card = await w.ask("Petra", ref);
    expect(card).toMatch(/Provisionally arrested: Mon 23 Nov/);
    expect(card).toMatch(/say whether the person consents: .*3 Dec/i);
    expect(card).toMatch(/release possible unless .*: .*11 Dec/i);
    expect(card).toMatch(/provisional arrest ends: .*2 Jan/i);
    expect(card).toContain("binding between its parties (ETS 24 art 16(4))");
    await passed(6);
    expect(told("Leila", /dire si la personne consent/)).toBe(0);
    await passed(3);
    expect(told("Leila", /dire si la personne consent/)).toBeGreaterThan(0);
    expect(told("Petra", /release possible unless/)).toBe(0);
    await passed(6);
    expect(told("Petra", /release possible unless[^"]*11 Dec/)).toBeGreaterThan(0);
    expect(told("Leila", /mise en liberté possible/)).toBeGreaterThan(0);
    // Whoever has no part in it hears nothing.
    for (const name of ["Eleni", "Sami"])
      expect(w.inbox(name).filter(({ message }) => JSON.stringify(message).includes(ref))).toEqual([]);
  });

  it("owes the warrant, not the statement alone; with it the clock of the arrest ends", async () => {
    expect(await w.ask("Pavel", `request paper ${ref}`)).toContain("Warrant of arrest, or judgment");
    await fill("Petra", ref, "3", { warrant_or_judgment: "Warrant 12/26, certified" });
    expect(await w.ask("Pavel", `request paper ${ref}`)).toMatch(/Missing: Adviser[^;]*\. Type/);
  });

  it("is in order once the adviser is named, and no alarm comes after", async () => {
    await fill("Petra", ref, "4", { adviser: "Legal desk, 23 November" });
    const said = await w.ask("Pavel", `request paper ${ref}`);
    expect(said).toContain(ref);
    const card = await w.ask("Petra", ref);
    expect(card).not.toMatch(/release possible unless/i);
    expect(card).not.toContain("paper still owed");
    const before = told("Petra", /provisional arrest ends/);
    await passed(20);
    expect(told("Petra", /provisional arrest ends/)).toBe(before);
  });

  it("is refused after consultation, or it is said why there was none", async () => {
    expect(await w.ask("Leila", `request refuse ${ref} bank_secrecy no`)).toContain("UNTOC 18(8)");
    expect(await w.ask("Leila", `request refuse ${ref} ex_national un ressortissant`)).toMatch(/16\(16\)/);
  });

  it("is agreed to, and the days run from the surrender that is fixed", async () => {
    await w.ask("Leila", `request agree ${ref}`);
    await w.ask("Leila", `request date ${ref} surrender by 20 January`);
    const card = await w.ask("Petra", ref);
    expect(card).toMatch(/Surrender on: Wed 20 Jan/);
    expect(card).toMatch(/release possible if the person is not taken over: .*4 Feb/i);
    await w.ask("Leila", `request answer ${ref} remise le 20 janvier, 58 jours de détention`);
    await until("2027-01-29T09:00:00Z");
    expect(told("Pavel", /release possible if the person/)).toBeGreaterThan(0);
    expect(await w.ask("Petra", `request close ${ref}`)).toMatch(/day of the surrender .* is over/);
    await w.ask("Leila", `request happened ${ref} surrendered on:2027-01-27`);
    expect(await w.ask("Petra", ref)).toMatch(/Taken over: Wed 27 Jan/);
    expect(await w.ask("Petra", ref)).not.toMatch(/release possible/i);
    expect(await w.ask("Petra", `request close ${ref}`)).toContain("closed");
    // Its card is drawn no more: the days say their year.
    expect(await w.ask("Petra", ref)).toMatch(/Taken over: Wed 27 Jan 2027/);
  });
});

describe("what the first days of an arrest may also bring", () => {
  const drafted = async (): Promise<string> => {
    const ref = refIn(await w.ask("Petra", `request new extradition ${justice} Another one`));
    await fill("Petra", ref, "1", { ...ONE, variant: "provisional_arrest" });
    await fill("Petra", ref, "2", {
      ...{
        person_sought: "A man",
        stage: "accused",
        facts: "He led.",
        place_and_time: "Kilkis",
        offence_and_law: "art 30",
      },
    });
    await fill("Petra", ref, "3", { warrant_exists: "Warrant 13/26; the request follows", limitation: "yes" });
    await fill("Petra", ref, "4", { adviser: "Legal desk" });
    return ref;
  };

  it("owes its papers too where it was approved and sent as any other", async () => {
    const ref = await drafted();
    await w.ask("Petra", `request ready ${ref}`);
    await w.ask("Pavel", `request approve ${ref}`);
    expect(await w.ask("Petra", `request send ${ref}`)).toContain("is sent");
    expect(await w.ask("Petra", ref)).toContain("paper still owed");
    // A refusal leaves nothing to send after, and no alarm.
    await w.ask("Leila", `request received ${ref}`);
    await w.ask("Leila", `request happened ${ref} arrested`);
    expect(
      await w.ask("Leila", `request refuse ${ref} ex_political "la nature des faits" unconsulted:"urgence"`),
    ).toContain(ref);
    expect(await w.ask("Petra", ref)).not.toMatch(/paper still owed|release possible/i);
    expect(await w.ask("Petra", `request close ${ref}`)).toContain("closed");
  });

  it("is settled by a consent and conditions that are accepted", async () => {
    const ref = await drafted();
    await w.ask("Pavel", `request sendnow ${ref} he leaves tonight`);
    await w.ask("Leila", `request received ${ref}`);
    await w.ask("Leila", `request happened ${ref} arrested`);
    await w.ask("Leila", `request happened consented ${ref}`);
    await w.ask("Leila", `request conditions ${ref} pas de peine de mort`);
    expect(await w.ask("Pavel", `request accept ${ref}`)).toContain(ref);
    expect(await w.ask("Petra", ref)).not.toMatch(/paper still owed|release possible/i);
    // Released in the end: nothing is to be taken over.
    await w.ask("Leila", `request date ${ref} surrender by 26 March`);
    await w.ask("Leila", `request answer ${ref} remise impossible`);
    await until("2027-03-29T09:00:00Z");
    expect(told("Leila", /dire ce qu’il en fut/)).toBeGreaterThan(0);
    expect(told("Petra", /say what came of it/)).toBeGreaterThan(0);
    expect(await w.ask("Petra", `request happened ${ref} released`)).toContain("Sudjustice");
    await w.ask("Leila", `request happened ${ref} released`);
    expect(await w.ask("Petra", `request close ${ref}`)).toContain("closed");
  });

  it("stays with the authority where it happened", async () => {
    const ref = await drafted();
    await w.ask("Pavel", `request sendnow ${ref} he leaves tonight`);
    await w.ask("Leila", `request received ${ref}`);
    await w.ask("Leila", `request happened ${ref} arrested`);
    const other = /A-\d+/.exec(
      await w.ask("Sofia", "authority add XS Court of Appeal functions:extradition countryname:Sudmark langs:fr"),
    )?.[0];
    await w.ask("Leila", `request redirect ${ref} ${other} compétence`);
    expect(await w.ask("Petra", ref)).not.toContain("Provisionally arrested");
  });
});

describe("a hearing by video link", () => {
  let ref = "";
  it("says who is heard, by whom and when, and of a suspect that they consent", async () => {
    const said = await w.ask("Petra", `request new video ${justice} Hearing of a witness`);
    ref = refIn(said);
    expect(said).toContain("Testimony by video link");
    await fill("Petra", ref, "1", ONE);
    await fill("Petra", ref, "2", {
      ...{ proceeding: "case 7/26", conducting_authority: "Prosecution of Norland", facts: "31 people." },
      ...{
        persons: "W1",
        purpose: "trial",
        person_status: "suspect",
        why_not_here: "threats",
        court: "Court of Kilkis",
      },
    });
    const left = await fill("Petra", ref, "3", {
      ...{ technical: "H.323; the registry records", interpreter: "none needed", rights: "Code art 9" },
    });
    expect(left).toContain("Consent of the person");
    expect(left).toContain("Date and time of the hearing");
    await fill("Petra", ref, "consent", { consent: "12 January, before her lawyer" });
    await fill("Petra", ref, "hearing_at", { hearing_at: "2027-05-28 10:00" });
    expect(await fill("Petra", ref, "4", { adviser: "Legal desk" })).toContain("Nothing is missing.");
    await w.ask("Petra", `request ready ${ref}`);
    expect(await w.ask("Pavel", `request approve ${ref}`)).toContain("You approved");
    expect(await w.ask("Petra", `request send ${ref}`)).toContain("is sent to Sudjustice");
  });

  it("is agreed to by naming who conducts it there", async () => {
    await w.ask("Leila", `request received ${ref}`);
    expect(await w.ask("Leila", `request agree ${ref}`)).toContain("UNTOC 18(18)");
    await w.ask("Leila", `request agree ${ref} by:@Lina`);
    const card = await w.ask("Petra", ref);
    expect(card).toMatch(/Hearing: Fri 28 May.*10:00/);
    expect(card).toMatch(/test the line: .*21 May/i);
    expect(card).toMatch(/tell the person of the hearing: .*13 May/i);
  });

  it("is tested and told of before, and both sides are reminded", async () => {
    await until("2027-05-13T15:00:00Z");
    expect(told("Lina", /tell the person of the hearing/)).toBeGreaterThan(0);
    expect(told("Petra", /tell the person of the hearing/)).toBe(0);
    await w.ask("Lina", `request happened ${ref} summoned`);
    await until("2027-05-19T09:00:00Z");
    expect(told("Petra", /test the line/)).toBeGreaterThan(0);
    await w.ask("Lina", `request happened ${ref} tested on:2027-05-18`);
    expect(await w.ask("Petra", ref)).not.toMatch(/test the line/i);
    await until("2027-05-27T15:00:00Z");
    expect(told("Petra", /hearing: [^"]*28 May/)).toBeGreaterThan(0);
  });

  it("has a second day where the line fails, and is told of anew", async () => {
    await until("2027-05-28T15:00:00Z");
    expect(await w.ask("Lina", `request happened ${ref} failed`)).toContain("Say what happened");
    // The next day takes no one's place of which nobody has said what came of it.
    expect(await w.ask("Lina", `request date ${ref} hearing 11 June 10:00`)).toContain(
      "nobody has said what came of it",
    );
    await w.ask("Lina", `request happened ${ref} failed no sound from our side`);
    expect(await w.ask("Lina", `request date ${ref} hearing 11 June`)).toContain("begins at a time of the day");
    expect(await w.ask("Lina", `request happened ${ref} hearing cancelled, witness ill`)).not.toContain(
      "It is on record",
    );
    await w.ask("Lina", `request date ${ref} hearing 11 June 10:00`);
    const card = await w.ask("Petra", ref);
    expect(card).toMatch(/Hearing: Fri 11 Jun.*10:00/);
    expect(card).toMatch(/tell the person of the hearing/i);
    expect(card).not.toContain("Not held:");
  });

  it("closes with its minutes, and not before", async () => {
    await until("2027-06-11T15:00:00Z");
    await w.ask("Lina", `request answer ${ref} heard for two hours`);
    expect(await w.ask("Petra", `request close ${ref}`)).toContain("nobody has said what came of it");
    expect(await w.ask("Lina", `request happened ${ref} held`)).toContain("CETS 182 art 9(6)");
    await w.ask("Lina", `request happened ${ref} held Court of Sudmark, W1 sworn, the line held for two hours`);
    expect(JSON.stringify(formOf(await w.say("Petra", `request read ${ref}`)).fields)).toContain("W1 sworn");
    // The minutes are content: the chat has them not.
    for (const { message } of w.inbox("Petra")) expect(JSON.stringify(message)).not.toContain("W1 sworn");
    expect(await w.ask("Petra", `request close ${ref}`)).toContain("closed");
  });
});
