import { afterAll, beforeAll, describe, expect } from "vitest";
import { steps } from "../../steps.js";
import { formOf, textOf, World } from "../../world.js";
import * as shares from "../shares/acting.js";

/** An answer under conditions is information that was shared: it goes into a formal request as its provider allows (UNTOC 18(19)). */
let w: World;
let sud = "";
beforeAll(async () => {
  w = await World.create({
    people: {
      Sofia: "secretariat coordinator",
      Maria: "police focal_point staff",
      Mark: "police staff",
      Sami: "sudpolice focal_point staff teams",
      Sara: "sudpolice staff teams",
      Leila: "sudjustice focal_point staff teams",
    },
    lang: { Sara: "fr" },
  });
  w.runtime.site = "https://coord.example";
  await w.ask("Sofia", "authority add XN Prosecutor General functions:mla countryname:Norland agency:@police");
  const said = await w.ask(
    "Sofia",
    "authority add XS Ministry of Justice functions:mla countryname:Sudmark agency:@sudjustice",
  );
  sud = /A-\d+/.exec(said)?.[0] ?? "";
});
afterAll(() => w.close());
const it = steps();
const refIn = (text: string, letter = "R"): string => new RegExp(`${letter}-\\d+`).exec(text)?.[0] ?? "";

/** Asked at once between the police, and received there. */
async function asked(about: string, more = ""): Promise<string> {
  const ref = refIn(await w.ask("Mark", `request new police @sudpolice urgency:life-safety ${more} ${about}`));
  await w.submit("Mark", formOf(await w.say("Mark", `request fill ${ref} 1`)), { urgency_reason: "people in a lorry" });
  await w.submit("Mark", formOf(await w.say("Mark", `request fill ${ref} what`)), { what: about });
  await w.ask("Mark", `request sendnow ${ref} tonight`);
  await w.ask("Sami", `request received ${ref}`);
  return ref;
}

describe("an answer that is given under a handling code", () => {
  let ref = "";
  let share = "";
  it("becomes information of whoever gives it", async () => {
    ref = await asked("Owner of a lorry");
    const said = await w.ask(
      "Sami",
      `request answer ${ref} as:b code:H1 limits:"no names in public" zqanswerqz It is Haddad's`,
    );
    share = refIn(said, "I");
    expect(said).toContain(
      `It is ${share} now (Identity and methods of organisations and groups; handling codes: H1, H3): Police opens it`,
    );
    const card = await w.ask("Mark", share);
    expect(card).toMatch(/H1/);
    expect(card).not.toContain("zqanswerqz");
    expect(JSON.stringify(await w.say("Mark", `request read ${ref}`))).toContain(`Shared as: ${share}`);
  });

  it("goes into the formal request that follows only as they allow it", async () => {
    const formal = refIn(await w.ask("Mark", `request formalise ${ref} mla to:${sud}`));
    expect(formal).not.toBe(ref);
    expect(await w.ask("Mark", `attach ${share} to ${formal}`)).toContain(
      `${share} goes with ${formal} only as Sudpolice allows it`,
    );
    const use = refIn(
      textOf(
        await w.submit("Mark", formOf(await w.click("Mark", "request-use", `north/${formal} ${share}`)), {
          purpose: "trial",
        }),
      ),
      "U",
    );
    await shares.fill(w, "Sami", "use-grant", use, { until: "2026-12-31 17:00", conditions: "Not the name" });
    await shares.open(w, "Mark", share);
    expect(await w.ask("Mark", `attach ${share} to ${formal}`)).toContain(`${share} goes with ${formal}`);
  });

  it("is disclosed in spite of a limit only where it clears somebody, and they are told (UNTOC 18(5), 18(19))", async () => {
    expect(await w.ask("Sami", `request disclose ${ref} all of it`)).toContain("That is for who drafted");
    const said = await w.ask(
      "Mark",
      `request disclose ${ref} unnoticed:"the hearing was this morning" the plate, to the defence`,
    );
    expect(said).toContain("Sudpolice is told what of");
    await w.settle();
    const told = JSON.stringify(w.inbox("Sami").at(-1)?.message);
    expect(told).toContain("clears a person");
    await w.ask("Maria", `request paper ${ref}`);
    const read = JSON.stringify(await w.say("Sami", `request read ${ref}`));
    expect(read).toContain("Not told before, because: the hearing was this morning");
  });

  it("says which codes were understood, also where none was", async () => {
    const bare = await asked("Owner of a car");
    expect(await w.ask("Sami", `répondre ${bare} as:c H2 nobody`)).toContain("no handling code");
    expect(await w.ask("Mark", `request copy ${bare} @sudpolice`)).toContain("Name another: request copy");
  });

  it("says what kind it is, or is an answer in words alone", async () => {
    const second = await asked("Owner of a boat");
    expect(await w.ask("Sami", `request answer ${second} code:H1 nobody`)).toContain(
      "say what kind of information it is",
    );
    const plain = await w.ask("Sami", `request answer ${second} limits:"this case only" nobody we know`);
    expect(plain).toContain("is answered");
    expect(plain).not.toMatch(/I-\d+/);
  });

  it("under AMBER+STRICT is opened by who asked, beside the focal points", async () => {
    const strict = await asked("Owner of a van", "tlp:amber+strict");
    await w.ask("Sami", `request agree ${strict}`);
    const given = refIn(await w.ask("Sami", `request part ${strict} as:a code:H2 zqpartqz The first half`), "I");
    expect(await w.ask("Mark", given)).toContain("AMBER+STRICT");
    expect(textOf(await w.say("Sara", `request answer ${strict} as:b x`))).not.toMatch(/I-\d+/);
  });
});
