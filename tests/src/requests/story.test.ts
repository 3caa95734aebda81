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
    expect(said).toMatch(/R-\d+ is a draft: Police-to-police request/);
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
    expect(await w.ask("Maria", `request send ${ref}`)).toMatch(/is draft\. You may: .*request ready/);
    expect(await w.ask("Maria", `${ref} ready`)).toContain("waits for approval now");
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
    expect(await w.ask("Maria", `request close ${ref}`)).toMatch(/is received, to be decided\. You may: /);
    expect(await w.ask("Sami", `request answer ${ref} evidence:ask A company in Sudmark, no name`)).toContain(
      "is answered",
    );
    expect(await w.ask("Sami", `request close ${ref}`)).toMatch(/^That is for Police/);
    expect(await w.ask("Maria", `request missing ${ref} the address`)).toContain("is told what");
    expect(await w.ask("Sami", `request answer ${ref} 12 Port Road`)).toContain("is answered");
    expect(await w.ask("Maria", `request close ${ref} a lead`)).toContain("is closed");
    expect(await w.ask("Maria", `request close ${ref}`)).toMatch(
      /is closed\. You may: request formalise, request read/,
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
