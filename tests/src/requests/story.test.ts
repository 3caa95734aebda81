import { afterAll, beforeAll, describe, expect } from "vitest";
import type { Reply } from "../../../src/chat/index.js";
import { steps } from "../../steps.js";
import { formOf, textOf, World } from "../../world.js";

/** Requests from the first word to the last, by what people type and press, on both platforms. */
let w: World;
beforeAll(async () => {
  w = await World.create({
    people: {
      Sofia: "secretariat coordinator",
      Kostas: "coast focal_point staff",
      Kira: "coast staff",
      Maria: "police focal_point staff",
      Petra: "prosecution staff",
      Pavel: "prosecution focal_point staff",
      Sami: "sudpolice focal_point staff teams",
      Sara: "sudpolice staff teams",
      Leila: "sudjustice focal_point staff teams",
      Eleni: "labour focal_point staff teams",
      Raul: "secretariat rapporteur",
    },
    lang: { Leila: "fr" },
  });
});
afterAll(() => w.close());
const it = steps();

/** Goes on with the clock until so many hours have passed, and lets everything that is due happen. */
async function later(hours: number): Promise<void> {
  await w.pass({ hours }, 60);
}
const refIn = (text: string): string => /R-\d+/.exec(text)?.[0] ?? "";
/** Fills in one dialog of the writer by its name. */
async function fill(
  name: string,
  ref: string,
  part: string,
  values: Record<string, string | string[]>,
): Promise<Reply> {
  return w.submit(name, formOf(await w.say(name, `request fill ${ref} ${part}`)), values);
}
const STRANGER = "There is no R-999999, or you may not see it. Type requests to see yours.";

describe("advice before asking", () => {
  it("is life first, then what only a court can order", async () => {
    const ask = (line: string) => w.ask("Maria", `request advice ${line}`);
    expect(await ask("danger:yes coercive:yes evidence:no")).toContain("life and safety go first");
    expect(await ask("danger:no coercive:yes evidence:no")).toContain("Formally: what a court");
    expect(await ask("danger:no coercive:no evidence:yes")).toContain("Both: informally to find it");
    expect(await ask("danger:no coercive:no evidence:no channel:yes")).toContain("over the channel that there is");
    expect(await ask("danger:no coercive:no evidence:no")).toContain("liaison officer or INTERPOL");
    expect(await ask("danger:oui coercive:non evidence:non")).toContain("life and safety go first");
    expect(await ask("danger:maybe coercive:no evidence:no")).toContain("maybe");
  });
});

describe("between two police services", () => {
  let ref = "";
  it("a draft says what is missing, and nobody else knows of it", async () => {
    const said = await w.ask("Maria", "request new police @sudpolice urgency:urgent Owner of a phone");
    ref = refIn(said);
    expect(said).toMatch(/R-\d+ is a draft: Police-to-police request. It is to go to Sudpolice, urgency urgent\./);
    expect(said).toContain("What is asked, precisely");
    expect(said).toContain("Directive (EU) 2023/977 art 4");
    for (const name of ["Sami", "Eleni", "Sofia", "Raul"])
      expect((await w.ask(name, ref)).replaceAll(ref, "R-999999"), name).toBe(await w.ask(name, "R-999999"));
    expect(await w.ask("Eleni", "R-999999")).toBe(STRANGER);
  });

  it("cannot be ready before it is complete; each gap is named", async () => {
    expect(await w.ask("Maria", `request ready ${ref}`)).toMatch(
      /is not complete\. Missing: .*What is asked, precisely;/,
    );
    await fill("Maria", ref, "1", {
      ...{
        basis: "domestic_law",
        basis_detail: "Police Act art 12",
        language: "en",
        urgency_reason: "they move on Monday",
      },
      ...{ confidential: "yes", contact: "Maria, by day" },
    });
    await fill("Maria", ref, "2", {
      ...{ what: "Owner of +888 555 1", purpose: "smuggling inquiry", why_there: "numbers of Sudmark", link: "" },
      ...{ availability: "direct", evidence_later: "yes" },
    });
    const said = textOf(
      await fill("Maria", ref, "4", {
        ...{ adviser: "Legal desk, 4 December", k1: "yes", k2: "no", k3: "yes", k4: "no", k5: "no", k7: "no" },
        ...{ k6: "yes, two years of it", k8: "no" },
      }),
    );
    // Somebody may be tipped off: then what makes it acceptable is asked too.
    expect(said).toContain("One thing is missing");
    expect(said).toContain("What makes it acceptable");
    expect(textOf(await fill("Maria", ref, "risk_measures", { risk_measures: "asked without the name" }))).toContain(
      "Nothing is missing.",
    );
  });

  it("goes out once it is approved, and not what was changed after", async () => {
    expect(await w.ask("Maria", `request send ${ref}`)).toMatch(/stands so: draft\. You may: .*request ready/);
    expect(await w.ask("Maria", `ready ${ref}`)).toContain("waits for approval now");
    // Between police services the focal point who drafted it may approve it.
    expect(await w.ask("Maria", `request approve ${ref}`)).toContain("You approved");
    await fill("Maria", ref, "what", { what: "Owner of +888 555 2" });
    expect(await w.ask("Maria", ref)).toContain("draft");
    await w.ask("Maria", `request ready ${ref}`);
    await w.ask("Maria", `request approve ${ref}`);
    expect(await w.ask("Maria", `request send ${ref}`)).toMatch(
      /is sent to Sudpolice\. Next: confirm receipt, by Mon 23 Nov 14:00/,
    );
    await w.settle();
    const card = JSON.stringify(w.last("Sami").message);
    expect(card).toContain(ref);
    // The words are AMBER: none of them stands in the chat.
    expect(card).not.toContain("Owner");
    expect(card).not.toContain("smuggling inquiry");
    expect(await w.ask("Sofia", ref)).toMatch(/Police-to-police request[\s\S]*sent, receipt not confirmed/);
    expect(await w.ask("Eleni", ref)).toBe(STRANGER.replace("R-999999", ref));
  });

  it("is read in a dialog, and each opening is on the record", async () => {
    const form = formOf(await w.say("Sara", `request read ${ref}`));
    const said = JSON.stringify(form.fields);
    expect(said).toContain("Owner of +888 555 2");
    // Advice and risk are the asking side's own.
    expect(said).not.toContain("Legal desk");
    const events = await w.runtime.store.owner
      .selectFrom("events")
      .select(["action", "item_ref"])
      .where("action", "=", "request.read")
      .execute();
    expect(events).toEqual([{ action: "request.read", item_ref: ref }]);
    expect(textOf(await w.say("Sofia", `request read ${ref}`))).toContain("That is for");
  });

  it("has eight hours from receipt, which rest while a question is open", async () => {
    expect(await w.ask("Maria", `request received ${ref}`)).toMatch(/^That is for Sudpolice/);
    expect(await w.ask("Sara", `request received ${ref}`)).toMatch(
      /Receipt of R-\d+ is confirmed\. Next: answer, by .* 18:00/,
    );
    await later(3);
    expect(await w.ask("Sami", `request ask ${ref} which of the two numbers?`)).toContain("is put to Police");
    await w.settle();
    expect(await w.ask("Sami", ref)).toContain("the clock rests, with 5 hours left");
    expect(await w.ask("Maria", "inbox")).toContain("A question waits for your answer");
    await later(20);
    expect(await w.ask("Maria", `request reply ${ref} the second`)).toMatch(/Next: answer, by .*/);
    const card = await w.ask("Sami", ref);
    expect(card).toMatch(/By: Tue 24 Nov 14:0\d/);
    expect(card).toMatch(/First due: Mon 23 Nov 18:00/);
  });

  it("is answered at once, and its answer closes it by whoever asked alone", async () => {
    expect(await w.ask("Maria", `request close ${ref}`)).toMatch(/stands so: received, to be decided\. You may: /);
    expect(await w.ask("Sami", `request answer ${ref} evidence:ask A company in Sudmark, no name`)).toContain(
      "is answered",
    );
    expect(await w.ask("Sami", `request close ${ref}`)).toMatch(
      /^That is for who drafted R-\d+, or a focal point of Police/,
    );
    expect(await w.ask("Maria", `request missing ${ref} the address`)).toContain("is told what");
    expect(await w.ask("Sami", `request answer ${ref} 12 Port Road`)).toContain("is answered");
    expect(await w.ask("Maria", `request close ${ref} a lead`)).toContain("is closed");
    expect(await w.ask("Maria", `request close ${ref}`)).toMatch(
      /stands so: closed\. You may: request formalise, request read/,
    );
  });

  it("is made formal: a draft of its own that follows it, without what was shared", async () => {
    const said = await w.ask("Maria", `request formalise ${ref} mla to:@sudjustice`);
    expect(said).toMatch(new RegExp(`R-\\d+ is a draft that follows ${ref}: Mutual legal assistance`));
    const formal = refIn(said.replaceAll(ref, ""));
    const read = JSON.stringify(formOf(await w.say("Maria", `request read ${formal}`)).fields);
    expect(read).toContain("numbers of Sudmark");
    expect(read).toContain("smuggling inquiry");
    expect(read).not.toContain("Legal desk");
    // The other side of the first learns nothing of the draft.
    const theirs = JSON.stringify(formOf(await w.say("Sami", `request read ${ref}`)).fields);
    expect(theirs).not.toContain("formal");
    expect((await w.ask("Leila", formal)).replaceAll(formal, "R-999999")).toBe(await w.ask("Leila", "R-999999"));
  });
});

describe("legal assistance", () => {
  let ref = "";
  const MLA = {
    one: {
      ...{ basis: "untoc", language: "fr", confidential: "yes", contact: "Petra, by day" },
    },
    two: {
      ...{
        proceeding: "smuggling of migrants, case 7/26",
        conducting_authority: "Prosecution of Norland",
        purpose: "trial",
      },
      ...{ assistance: ["documents_records"], facts: "A boat of 31 people.", unknown: ["persons"] },
    },
    three: { assistance_detail: "Records of one account", records_period: "2026", certification: "stamp" },
    four: { adviser: "Legal desk, 4 December" },
  };
  const place = async (name: string, country: string, line: string): Promise<string> => {
    const said = await w.ask("Sofia", `authority add ${country} ${name} ${line}`);
    return /A-\d+/.exec(said)?.[0] ?? "";
  };
  let justice = "";

  it("is approved by another than its drafter, of an agency that may ask for it", async () => {
    justice = await place("Ministry of Justice", "XS", "functions:mla countryname:Sudmark agency:@sudjustice langs:fr");
    await w.ask("Sofia", `authority verify ${justice}`);
    const said = await w.ask("Petra", `request new mla ${justice} Records of a company account`);
    ref = refIn(said);
    await fill("Petra", ref, "1", MLA.one);
    await fill("Petra", ref, "2", MLA.two);
    await fill("Petra", ref, "3", MLA.three);
    expect(textOf(await fill("Petra", ref, "4", MLA.four))).toContain("Nothing is missing.");
    await w.ask("Petra", `request ready ${ref}`);
    expect(await w.ask("Petra", `request approve ${ref}`)).toContain("That is for a focal point of Prosecution");
    expect(await w.ask("Pavel", `request approve ${ref}`)).toContain("stands in the directory for nothing of the kind");
    await place("Prosecutor General", "XN", "functions:mla countryname:Norland agency:@prosecution");
    await w.settle();
    const card = w.card("Pavel", ref);
    // What was changed since is not approved by a button that showed the words before.
    await w.ask("Petra", `request back ${ref}`);
    await fill("Petra", ref, "purpose", { purpose: "another trial" });
    await w.ask("Petra", `request ready ${ref}`);
    const old = JSON.stringify(card.message).match(/north\/R-\d+ v\d+/)?.[0] ?? "";
    expect(textOf(await w.click("Pavel", "request-approve", old))).toMatch(/changed/i);
    expect(await w.ask("Pavel", `request approve ${ref}`)).toContain("You approved");
    await w.settle();
    expect(await w.ask("Petra", `request send ${ref}`)).toContain("is sent to Sudjustice");
    await w.settle();
    // What told her that it could be sent says still who approved it, and offers no sending any more.
    const told = w.inbox("Petra").find(({ message }) => message.text.includes("approved"));
    expect(told?.message.text).toContain(ref);
    expect(JSON.stringify(told?.message)).not.toContain("request-send");
  });

  it("cannot be approved by who drafted it, whatever else they are", async () => {
    const own = refIn(await w.ask("Pavel", `request new mla ${justice} Of my own`));
    await fill("Pavel", own, "1", MLA.one);
    await fill("Pavel", own, "2", MLA.two);
    await fill("Pavel", own, "3", MLA.three);
    await fill("Pavel", own, "4", MLA.four);
    await w.ask("Pavel", `request ready ${own}`);
    expect(await w.ask("Pavel", `request approve ${own}`)).toContain("must be approved by somebody else");
    await w.ask("Pavel", `request withdraw ${own}`);
  });

  it("cannot be approved by who wrote it and then handed it to a colleague, nor by who wrote a part of it", async () => {
    const own = refIn(await w.ask("Pavel", `request new mla ${justice} Through a colleague`));
    await fill("Pavel", own, "1", MLA.one);
    expect(await w.ask("Pavel", `request hand ${own} @Petra`)).toContain("is handed over");
    await fill("Petra", own, "2", MLA.two);
    await fill("Petra", own, "3", MLA.three);
    await fill("Petra", own, "4", MLA.four);
    await w.ask("Petra", `request ready ${own}`);
    expect(await w.ask("Pavel", `request approve ${own}`)).toContain("must be approved by somebody else");
    await w.ask("Petra", `request withdraw ${own}`);
  });

  it("is not written over by a dialog that showed an older draft", async () => {
    const own = refIn(await w.ask("Petra", `request new mla ${justice} Two at once`));
    const [first, second] = [
      formOf(await w.say("Petra", `request fill ${own} purpose`)),
      await w.say("Pavel", `request fill ${own} purpose`),
    ];
    await w.submit("Pavel", formOf(second), { purpose: "his words" });
    expect(textOf(await w.submit("Petra", first, { purpose: "her words" }))).toContain("has changed since");
    expect(JSON.stringify(formOf(await w.say("Petra", `request read ${own}`)).fields)).toContain("his words");
    await w.ask("Petra", `request withdraw ${own}`);
  });

  it("leaves no button and no word with the authority that it was taken from", async () => {
    await place(
      "Police Registry",
      "XS",
      "functions:law_enforcement_cooperation countryname:Sudmark agency:@sudjustice",
    );
    const own = refIn(await w.ask("Maria", "request new police @sudpolice Passed on"));
    await fill("Maria", own, "1", {
      basis: "domestic_law",
      basis_detail: "x",
      language: "en",
      confidential: "yes",
      contact: "x",
    });
    await fill("Maria", own, "2", {
      what: "x",
      purpose: "x",
      why_there: "x",
      availability: "direct",
      evidence_later: "no",
    });
    await fill("Maria", own, "4", {
      ...{ adviser: "x", k1: "no", k2: "no", k3: "no", k4: "no", k5: "no", k6: "x", k7: "no", k8: "no" },
    });
    for (const act of ["ready", "approve", "send"]) await w.ask("Maria", `request ${act} ${own}`);
    await w.ask("Sara", `request received ${own}`);
    await w.settle();
    await w.ask("Sami", `request ask ${own} which van?`);
    await w.ask("Maria", `request reply ${own} the white one`);
    await w.settle();
    // The card, and the news of the receipt and of the answer.
    expect(w.inbox("Sami").filter(({ message }) => JSON.stringify(message).includes(own))).toHaveLength(3);
    await w.ask("Sami", `request redirect ${own} @sudjustice theirs`);
    await w.settle();
    // He passed it on himself: what stands with him says nothing of it any more.
    expect(w.inbox("Sami").filter(({ message }) => JSON.stringify(message).includes(own))).toEqual([]);
    expect(w.card("Leila", own)).toBeDefined();
  });

  it("is refused on a ground of the law alone, after consultation where the law wants it", async () => {
    expect(await w.ask("Leila", `request received ${ref}`)).toContain("Étape suivante");
    expect(await w.ask("Leila", `request refuse ${ref} bank_secrecy nos banques`)).toContain(
      "ne permet pas de refuser",
    );
    expect(await w.ask("Leila", `request refuse ${ref} fiscal impôts`)).toContain("ne permet pas de refuser");
    expect(await w.ask("Leila", `request refuse ${ref} po_form motifs`)).toContain("Motifs possibles");
    expect(await w.ask("Leila", `request refuse ${ref} essential_interests motifs`)).toContain("request consult");
    expect(await w.ask("Leila", `request postpone ${ref} ongoing_proceedings procès by next Monday 12:00`)).toContain(
      "request consult",
    );
    await w.ask("Leila", `request consult ${ref} with:Petra how:téléphone réponse sans les noms, ils réfléchissent`);
    expect(await w.ask("Leila", `request agree ${ref} without:comptes`)).toContain("ground:");
    expect(await w.ask("Leila", `request postpone ${ref} ongoing_proceedings procès by next Monday 12:00`)).toContain(
      "différée",
    );
    expect(await w.ask("Leila", ref)).toContain("délai suspendu");
    await w.ask("Leila", `request resume ${ref}`);
    expect(await w.ask("Leila", `request conditions ${ref} pas d'usage fiscal`)).toContain("proposées");
    expect(await w.ask("Petra", `request accept ${ref}`)).toContain("focal point of Prosecution");
    expect(await w.ask("Pavel", `request accept ${ref}`)).toMatch(/accepted and bind your side\. Next: execute, by/);
    expect(await w.ask("Petra", ref)).toContain("conditions bind");
    expect(await w.ask("Leila", `request answer ${ref} limits:procès relevés joints`)).toContain("Réponse donnée");
    expect(await w.ask("Petra", `request close ${ref} used`)).toContain("is closed");
  });

  it("goes to nobody who is closed, stale or unknown without a reason", async () => {
    const old = await place("Old Court", "XS", "functions:mla countryname:Sudmark langs:en");
    const own = refIn(await w.ask("Petra", `request new mla ${old} To an old court`));
    await fill("Petra", own, "1", MLA.one);
    await fill("Petra", own, "2", MLA.two);
    await fill("Petra", own, "3", MLA.three);
    await fill("Petra", own, "4", MLA.four);
    await w.ask("Petra", `request ready ${own}`);
    await w.ask("Pavel", `request approve ${own}`);
    expect(await w.ask("Petra", `request send ${own}`)).toMatch(
      /nobody has checked A-\d+ in the last two years; .*English/,
    );
    expect(await w.ask("Petra", `request send ${own} their clerk confirmed it by phone`)).toContain(
      "send it there yourself",
    );
    // Not on Coord: what they do is recorded, as it was, also what no treaty allows.
    expect(await w.ask("Petra", `request received ${own} on:2026-01-01`)).toContain("was not there yet");
    expect(await w.ask("Petra", `request received ${own} theirs:88/26`)).toContain("it is on record for Old Court");
    // Nor does it hand to an agency here what nobody approved for it.
    expect(await w.ask("Petra", `request redirect ${own} ${justice} they said so`)).toContain("must be approved");
    await w.ask("Petra", `request refuse ${own} bank_secrecy`);
    const read = JSON.stringify(formOf(await w.say("Petra", `request read ${own}`)).fields);
    expect(read).toContain("This is no lawful ground of refusal");
    expect(read).toContain("Recorded by the side that asks");
    await w.ask("Sofia", `authority close ${old}`);
    expect(await w.ask("Petra", `request new mla ${old} Once more`)).toContain("is closed and takes no requests");
  });

  it("drafted by the police is handed over to who may ask for it", async () => {
    const own = refIn(await w.ask("Maria", `request new mla ${justice} Of the police`));
    expect(await w.ask("Maria", `request hand ${own} @Petra`)).toContain("is handed over");
    expect(await w.ask("Maria", own)).toContain("or you may not see it");
    expect(await w.ask("Petra", own)).toContain("Prosecution");
    await w.ask("Petra", `request withdraw ${own}`);
  });

  it("takes a text of any length in parts, and loses none of it", async () => {
    const own = refIn(await w.ask("Petra", `request new mla ${justice} Long facts`));
    const part = (n: number) => `${n} ${"ماء وسفينة ".repeat(260)}`.slice(0, 2_990);
    for (const first of [1, 4, 7, 10]) {
      const name = first === 1 ? "facts" : `facts-${first}`;
      const values = Object.fromEntries(
        [first, first + 1, first + 2].map((n) => [n === 1 ? "facts" : `facts-${n}`, part(n)]),
      );
      await fill("Petra", own, name, values);
    }
    await fill("Petra", own, "facts-4", { "facts-4": "changed", "facts-5": part(5), "facts-6": part(6) });
    let read = "";
    const [, parts = "0"] = /Part 1 of (\d+)/.exec(JSON.stringify(await w.say("Petra", `request read ${own}`))) ?? [];
    for (let part = 1; part <= Number(parts); part++)
      read += JSON.stringify(formOf(await w.say("Petra", `request read ${own} ${part}`)).fields);
    for (const n of [1, 2, 3, 5, 6, 7, 12]) expect(read).toContain(`${n} ماء`);
    expect(read).toContain("changed");
    await w.ask("Petra", `request withdraw ${own}`);
  });
});

describe("at sea", () => {
  let ref = "";
  it("goes at once and owes its paper; leave to board needs the registry", async () => {
    const coast = /A-\d+/.exec(
      await w.ask("Sofia", "authority add XN Coast Guard functions:smuggling_by_sea countryname:Norland agency:@coast"),
    )?.[0];
    expect(coast).toBeDefined();
    ref = refIn(await w.ask("Kostas", "request new boarding @sudpolice Vessel off the cape"));
    expect(await w.ask("Kostas", `request sendnow ${ref} it takes water`)).toContain("can go at once it must say");
    await fill("Kostas", ref, "1", {
      ...{ distress: "no", vessel: "Heron, flag claimed Sudmark", position: "36 12 N 22 40 E 20:00 UTC" },
      ...{ grounds: "30 people on deck", basis: "untoc", language: "en", confidential: "yes", contact: "duty desk" },
      unknown: ["persons_aboard"],
    });
    await fill("Kostas", ref, "2", {
      measures: ["confirm_registry", "board"],
      own_ship: "CG-7",
      plan_for_people: "harbour",
    });
    expect(await w.ask("Kostas", `request sendnow ${ref} with:Sami it will not wait`)).toMatch(
      /Its paper is still owed\. Next: confirm receipt/,
    );
    await w.ask("Sami", `request received ${ref}`);
    expect(await w.ask("Sami", `request agree ${ref}`)).toContain("once the registry is confirmed");
    expect(await w.ask("Sami", `request conditions ${ref} board, no diversion`)).toContain(
      "once the registry is confirmed",
    );
    expect(await w.ask("Sami", `request conditions ${ref} registry:yes board, no diversion`)).toContain(
      "are offered to Coast",
    );
    expect(await w.ask("Kostas", `request accept ${ref}`)).toContain("bind your side");
    expect(await w.ask("Kostas", ref)).toMatch(/answered · .*conditions bind/);
  });

  it("a measure says what it rested on, and its results are owed before it closes", async () => {
    // On what it rested is asked, not taken for nothing.
    expect(formOf(await w.say("Kostas", `request measure ${ref} 31 people taken aboard`)).fields).toContainEqual(
      expect.objectContaining({ name: "basis" }),
    );
    expect(await w.ask("Kostas", `request measure ${ref} basis:danger 31 people taken aboard`)).toContain(
      "owed to the flag State",
    );
    await later(13);
    expect(JSON.stringify(w.inbox("Kostas").map(({ message }) => message.text))).toContain("results are owed");
    expect(await w.ask("Kostas", `request close ${ref}`)).toContain("request paper");
    await fill("Kostas", ref, "4", { adviser: "Legal desk" });
    expect(await w.ask("Kostas", `request paper ${ref}`)).toContain("is in order");
    expect(await w.ask("Kostas", `request close ${ref}`)).toContain("request report");
    expect(await w.ask("Kostas", `report ${ref} boarded 22:10, all safe`)).toContain("are reported to Sudpolice");
    expect(await w.ask("Kostas", `close ${ref}`)).toContain("is closed");
    const read = JSON.stringify(formOf(await w.say("Sami", `request read ${ref}`)).fields);
    expect(read).toContain("imminent danger to life (Protocol 8(5))");
  });
});

describe("at three in the morning", () => {
  let ref = "";
  const written = {
    ...{ distress: "no", vessel: "Egret, no flag", position: "36 12 N 22 40 E", grounds: "people on deck" },
    ...{ basis: "untoc", language: "en", confidential: "yes", contact: "duty desk" },
    unknown: ["persons_aboard"],
  };

  it("who is on duty decides for the flag State, and nobody who is not", async () => {
    ref = refIn(await w.ask("Kostas", "request new vessel @sudpolice tlp:AMBER+STRICT Vessel at night"));
    await fill("Kostas", ref, "1", written);
    await fill("Kostas", ref, "2", { measures: ["confirm_registry"], own_ship: "CG-7", plan_for_people: "harbour" });
    await w.ask("Kostas", `request sendnow ${ref} with:Sami it will not wait`);
    const unknown = (await w.ask("Sara", "R-999999")).replaceAll("R-999999", ref);
    expect(await w.ask("Sara", ref)).toBe(unknown);
    expect(await w.ask("Sara", "inbox")).not.toContain(ref);
    await w.ask("Sami", "duty @Sara until:+8h");
    expect(await w.ask("Sara", "inbox")).toContain(ref);
    await w.ask("Sara", `request received ${ref}`);
    expect(await w.ask("Sara", ref)).toContain("Agree");
    expect(await w.ask("Sara", `request conditions ${ref} registry:yes board, no diversion`)).toContain(
      "are offered to Coast",
    );
  });

  it("and at the asking side takes the conditions, but approves nothing", async () => {
    await w.ask("Kostas", "duty @Kira until:+8h");
    expect(await w.ask("Kira", `request accept ${ref}`)).toContain("bind your side");
    const police = refIn(await w.ask("Kira", "request new police @sudpolice Who owns a boat"));
    expect(await w.ask("Kira", `request approve ${police}`)).toContain("a focal point of Coast");
  });

  it("stands for the agency no longer once the night is over", async () => {
    await later(9);
    expect(await w.ask("Sara", `request read ${ref}`)).toContain("There is no");
    expect(await w.ask("Sara", "inbox")).not.toContain(ref);
  });
});

describe("the clock", () => {
  it("reminds whose turn it is, and closes between services what nobody speaks of", async () => {
    const ref = refIn(await w.ask("Maria", "request new police @sudpolice Who owns a van"));
    await fill("Maria", ref, "1", {
      basis: "domestic_law",
      basis_detail: "x",
      language: "en",
      confidential: "yes",
      contact: "x",
    });
    await fill("Maria", ref, "2", {
      what: "x",
      purpose: "x",
      why_there: "x",
      availability: "direct",
      evidence_later: "no",
    });
    await fill("Maria", ref, "4", {
      ...{ adviser: "x", k1: "no", k2: "no", k3: "no", k4: "no", k5: "no", k6: "x", k7: "no", k8: "no" },
    });
    for (const act of ["ready", "approve", "send"]) await w.ask("Maria", `request ${act} ${ref}`);
    const before = w.inbox("Sami").length;
    await later(24 * 8);
    const said = w
      .inbox("Sami")
      .slice(before)
      .map(({ message }) => message.text)
      .join("\n");
    expect(said).toMatch(/Reminder/);
    await w.ask("Sami", `request received ${ref}`);
    await w.ask("Sami", `request answer ${ref} nobody we know`);
    await later(24 * 18);
    expect(await w.ask("Maria", ref)).toContain("State: closed");
    expect(
      w
        .inbox("Sami")
        .map(({ message }) => message.text)
        .join("\n"),
    ).toContain("went by without a word");
  });
});
