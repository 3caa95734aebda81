import { afterAll, beforeAll, describe, expect } from "vitest";
import { steps } from "../../steps.js";
import { formOf, textOf, World } from "../../world.js";
import * as shares from "../shares/acting.js";
import { ASSISTANCE, fill, paperIn, tokenIn } from "./files.js";

/**
 * Information that was shared goes with a request as its provider allows, and no further (docs/shares.md, "In a request").
 */
let w: World;
const A: Record<string, string> = {};
beforeAll(async () => {
  w = await World.create({
    people: {
      Sofia: "secretariat coordinator",
      Maria: "police focal_point staff",
      Petra: "prosecution staff",
      Paul: "prosecution staff",
      Ina: "immigration staff",
      Pavel: "prosecution focal_point staff",
      Sami: "sudpolice focal_point staff teams",
      Leila: "sudjustice focal_point staff teams",
      Lars: "court focal_point staff teams",
      Eleni: "labour focal_point staff",
    },
    lang: { Leila: "fr" },
  });
  w.runtime.site = "https://coord.example";
  const add = async (handle: string, line: string) => {
    A[handle] = /A-\d+/.exec(await w.ask("Sofia", `authority add ${line} agency:@${handle}`))?.[0] ?? "";
    await w.ask("Sofia", `authority verify ${A[handle]}`);
  };
  await add("prosecution", "XN Prosecutor General functions:mla countryname:Norland");
  await add("sudjustice", "XS Ministry of Justice functions:mla countryname:Sudmark langs:en,fr");
  await add("court", "XS Court of Appeal functions:mla countryname:Sudmark langs:en");
});
afterAll(() => w.close());
const it = steps();

const SAID = { title: "zqtitleqz The lorry", content: "zqtextqz It leaves on Friday.\n\nThe plate is AB 1234." };
const give = (to: string, conditions: Record<string, string | string[]> = {}) =>
  shares.release(w, "Sami", to, { codes: ["H1"], attribution: "yes", ...conditions }, SAID);

/** A request; one for legal assistance with nothing missing. */
async function drafted(line = `mla ${A.sudjustice} Records of an account`): Promise<string> {
  const ref = /R-\d+/.exec(await w.ask("Petra", `request new ${line}`))?.[0] ?? "";
  if (!line.startsWith("mla")) return ref;
  for (const [step, values] of Object.entries(ASSISTANCE)) await fill(w, "Petra", ref, step, values);
  await fill(w, "Petra", ref, "facts", { facts: "A boat of 31 people" });
  return ref;
}

/** Asked for with what the dialog offers, and answered. @returns the reference of what was asked */
async function allowed(
  name: string,
  ref: string,
  share: string,
  until = "2026-12-31 17:00",
  conditions = "zqcondqz Not the name of our officer.",
): Promise<string> {
  const said = textOf(
    await w.submit(name, formOf(await w.click(name, "request-use", `north/${ref} ${share}`)), {
      purpose: "for a request to Sudmark",
    }),
  );
  const use = /U-\d+/.exec(said)?.[0] ?? "";
  await shares.fill(w, "Sami", "use-grant", use, { until, conditions });
  await w.settle();
  return use;
}

let ref = "";
let share = "";
describe("information under H1", () => {
  it("goes with no request before its provider allows it, and it is said whom to ask", async () => {
    ref = await drafted();
    share = await give("@prosecution");
    expect(await w.ask("Petra", `request attach ${ref} ${share}`)).toBe(
      `${share} goes with ${ref} only as Sudpolice allows it: it is H1, not for judicial proceedings. Ask them; ${ref} is not named to them.\n[Ask its provider]`,
    );
    expect(await w.ask("Petra", `request check ${ref}`)).not.toContain(share);
  });

  it("is named as people name it", async () => {
    const plainly = await w.ask("Petra", `request attach ${ref} ${share}`);
    for (const line of [
      `attach ${share} to ${ref}`,
      `please attach ${share} to ${ref}, thanks`,
      `attach ${ref} ${share}`,
      `${ref} attach ${share}`,
      `demande joindre ${ref} ${share}`,
      `joindre ${share} à ${ref} merci`,
      `request attach ${ref}: ${share.toLowerCase().replace("-", "")}`,
      `request attach ${ref} ${share} please`,
    ])
      expect(await w.ask("Petra", line), line).toBe(plainly);
    expect(await w.ask("Petra", `detach ${share} from ${ref}`)).toContain(`${share} is not attached to ${ref}`);
    expect(formOf(await w.say("Petra", `use ${share} for ${ref}`)).title).toBe(`${ref} · Permission`);
    expect(await w.ask("Petra", `attach ${share} to T-1`)).toContain("not a command");
  });

  it("is asked for in a dialog that begins with the kind and the addressee, and names no request to the provider", async () => {
    const form = formOf(await w.click("Petra", "request-use", `north/${ref} ${share}`));
    expect(JSON.stringify(form)).toContain("Mutual legal assistance: to go with a request to Sudjustice.");
    expect(JSON.stringify(form.intro)).toContain("Sudpolice decides");
    const said = textOf(await w.submit("Petra", form, { purpose: "zqpurposeqz For a court in Sudmark" }));
    expect(said).toMatch(/^U-\d+ asks Sudpolice to let I-\d+ go with a request\./);
    await w.settle();
    const toSami = JSON.stringify(w.inbox("Sami"));
    expect(toSami).toContain("U-");
    expect(toSami).not.toContain(ref);
    expect(await w.ask("Petra", `request use ${ref} ${share}`)).not.toContain("zqpurposeqz");
  });

  it("goes with it once that is allowed, by one button, and is opened as any file", async () => {
    const use = /U-\d+/.exec(JSON.stringify(w.inbox("Sami")))?.[0] ?? "";
    await shares.fill(w, "Sami", "use-grant", use, { until: "2026-12-31 17:00", conditions: "zqcondqz No names." });
    await w.settle();
    expect(JSON.stringify(w.inbox("Petra").at(-1))).toContain(`Attach to ${ref}`);
    expect(JSON.stringify(w.inbox("Sami"))).not.toContain(ref);
    expect(textOf(await w.click("Petra", "request-attach", `north/${ref} ${share}`))).toContain(
      `Accept the conditions of ${share} first`,
    );
    await shares.open(w, "Petra", share);
    expect(textOf(await w.click("Petra", "request-attach", `north/${ref} ${share}`))).toContain(
      `${share} goes with ${ref}: request read names its file.`,
    );
    expect(await w.ask("Petra", `request attach ${ref} ${share}`)).toContain("is attached");
    const read = formOf(await w.say("Petra", `request read ${ref}`));
    expect(JSON.stringify(read)).toContain(`${share}.docx`);
    const paper = await paperIn(w, await w.say("Petra", `request read ${ref}`));
    for (const words of ["zqtitleqz", "zqtextqz", "AB 1234", "Sudpolice", "Not in judicial", "zqcondqz", "31 December"])
      expect(paper).toContain(words);
    expect(await w.ask("Petra", `request check ${ref}`)).toContain(`${share} | goes with it, as its provider allows`);
  });

  it("is approved and sent with the request, and its bytes are those on the paper", async () => {
    await w.ask("Petra", `request ready ${ref}`);
    expect(await w.ask("Pavel", `request approve ${ref}`)).toContain("approved");
    expect(await w.ask("Pavel", `request send ${ref}`)).toContain("is sent");
    await w.ask("Leila", `request received ${ref}`);
    expect(await paperIn(w, await w.say("Leila", `request read ${ref}`))).toContain("zqtextqz");
    expect(await paperIn(w, await w.say("Leila", `request file ${ref}`))).toContain(`${share}.docx`);
    expect(JSON.stringify(w.sent)).not.toMatch(/zq\w+qz/);
  });

  it("is passed on to no other authority, whom its provider did not allow", async () => {
    expect(await w.ask("Leila", `request redirect ${ref} ${A.court} not ours`)).toContain("request ask");
    expect(await w.ask("Petra", `request detach ${ref} ${share}`)).toContain("You may: request progress");
  });
});

describe("what holds no longer", () => {
  let other = "";
  it("keeps a request that is approved from being sent, and is read no more", async () => {
    other = await drafted();
    const given = await give("@prosecution");
    await shares.open(w, "Petra", given);
    await allowed("Petra", other, given);
    await w.ask("Petra", `request attach ${other} ${given}`);
    await w.ask("Petra", `request ready ${other}`);
    await w.ask("Pavel", `request approve ${other}`);
    const token = tokenIn(await w.say("Petra", `request read ${other}`), "files");
    await w.ask("Sami", `recall ${given}`);
    await w.say("Sami", `recall ${given} sure`);
    expect(await w.runtime.files.file(token)).toBeUndefined();
    expect(await w.ask("Pavel", `request send ${other}`)).toBe(
      `${given} may not go with ${other}: it was taken back, has run out, or is not your agency’s to read any more. Take it out: request detach ${other} ${given}`,
    );
    expect(await w.ask("Petra", `request check ${other}`)).toContain("does not go with it: it was taken back");
    expect(await w.ask("Petra", `request detach ${other} ${given}`)).toBe(`${given} is taken out of ${other}: 1 file.`);
    await w.ask("Petra", `request ready ${other}`);
    await w.ask("Pavel", `request approve ${other}`);
    expect(await w.ask("Pavel", `request send ${other}`)).toContain("is sent");
  });

  it("is a permission for another addressee, or one that has run out", async () => {
    const one = await drafted();
    const given = await give("@prosecution");
    await shares.open(w, "Petra", given);
    await allowed("Petra", one, given, "2026-11-25 17:00");
    await w.ask("Petra", `request attach ${one} ${given}`);
    await w.ask("Petra", `request edit ${one} to:${A.court}`);
    expect(await w.ask("Petra", `request ready ${one}`)).toContain("not for this addressee");
    await w.ask("Petra", `request edit ${one} to:${A.sudjustice}`);
    expect(await w.ask("Petra", `request ready ${one}`)).not.toContain("may not go");
    await w.ask("Pavel", `request approve ${one}`);
    await w.pass({ days: 4 });
    expect(await w.ask("Pavel", `request send ${one}`)).toContain("has not allowed it");
  });
});

describe("whose permission it needs", () => {
  it("is nobody's for one's own, nor for whoever has it", async () => {
    const one = await drafted();
    const own = await shares.release(w, "Petra", "@police", { codes: ["H1"] }, SAID);
    expect(await w.ask("Petra", `request attach ${one} ${own}`)).toContain("goes with");
    const police = /R-\d+/.exec(await w.ask("Petra", `request new police @sudpolice Owner of a phone`))?.[0] ?? "";
    const given = await give("@prosecution");
    await shares.open(w, "Petra", given);
    expect(await w.ask("Petra", `request attach ${police} ${given}`)).toContain("goes with");
  });

  it("is its provider's where somebody else would get it, whatever codes it carries", async () => {
    const police = /R-\d+/.exec(await w.ask("Petra", `request new police @labour Owner of a phone`))?.[0] ?? "";
    const given = await give("@prosecution", { codes: [] });
    expect(await w.ask("Petra", `request attach ${police} ${given}`)).toContain(
      "it was given to your agency and not to Labour",
    );
  });

  it("is nobody's to give under RED, and a stricter label wants a stricter request", async () => {
    const one = await drafted();
    const red = await give("@Petra", { label: "RED" });
    expect(await w.ask("Petra", `request attach ${one} ${red}`)).toContain("TLP:RED");
    const strict = await give("@Petra", { label: "AMBER+STRICT" });
    expect(await w.ask("Petra", `request attach ${one} ${strict}`)).toContain("TLP:AMBER");
  });
});

describe("who is not concerned", () => {
  it("learns neither of the information nor of the request", async () => {
    const one = await drafted();
    const given = await give("@police");
    const unknown = await w.ask("Petra", `request attach ${one} I-999999`);
    expect((await w.ask("Petra", `request attach ${one} ${given}`)).replaceAll(given, "I-999999")).toBe(unknown);
    const none = await w.ask("Maria", `request attach R-999999 ${given}`);
    expect((await w.ask("Maria", `request attach ${one} ${given}`)).replaceAll(one, "R-999999")).toBe(none);
    expect((await w.ask("Maria", `request use ${one} ${given}`)).replaceAll(one, "R-999999")).toBe(
      await w.ask("Maria", `request use R-999999 ${given}`),
    );
  });

  it("gets no draft handed over that carries what was not given to them", async () => {
    const one = await drafted();
    const given = await give("@prosecution");
    await shares.open(w, "Petra", given);
    await allowed("Petra", one, given);
    await w.ask("Petra", `request attach ${one} ${given}`);
    expect(await w.ask("Petra", `request hand ${one} @Maria`)).toContain(`${given} was not given to Maria`);
  });
});

/** What somebody gets who opens the first file that the dialog of a request offers. */
const paperOf = async (name: string, one: string): Promise<string> => {
  const token = tokenIn(await w.say(name, `request read ${one}`), "files");
  return token ? paperIn(w, await w.say(name, `request read ${one}`)).catch(() => "nothing") : "nothing";
};

describe("whoever reads the request", () => {
  it("reads no information that is not theirs: a colleague of whom AMBER+STRICT was for", async () => {
    const one = await drafted(`mla ${A.sudjustice} tlp:amber+strict Records`);
    const given = await give("@Petra", { label: "AMBER+STRICT" });
    await shares.open(w, "Petra", given);
    await allowed("Petra", one, given);
    expect(await w.ask("Petra", `request attach ${one} ${given}`)).toContain("goes with");
    expect(await w.ask("Petra", `request hand ${one} @Paul`)).toContain(`${given} was not given to Paul`);
    expect(await paperOf("Petra", one)).toContain("zqtextqz");
  });

  it("nor the secretariat that entered it", async () => {
    const one =
      /R-\d+/.exec(await w.ask("Sofia", `for @immigration request new mla ${A.sudjustice} Records`))?.[0] ?? "";
    const given = await give("@immigration");
    await shares.open(w, "Ina", given);
    await allowed("Ina", one, given);
    expect(await w.ask("Ina", `request attach ${one} ${given}`)).toContain("goes with");
    expect(await paperOf("Ina", one)).toContain("zqtextqz");
    expect(await paperOf("Sofia", one)).toBe("nothing");
  });

  it("nor what a request is for that they may not know, from what was asked of the provider", async () => {
    const one = await drafted(`mla ${A.sudjustice} tlp:amber+strict Records`);
    const given = await give("@prosecution");
    await shares.open(w, "Petra", given);
    const use = await allowed("Petra", one, given);
    for (const line of [use, `use read ${use}`])
      expect((await w.ask("Paul", line)).replaceAll(use, "U-999999")).toBe(
        await w.ask("Paul", line.replace(use, "U-999999")),
      );
    expect(await w.ask("Petra", use)).toContain("Granted");
  });
});

describe("conditions that changed since", () => {
  /** @returns the request, and what is attached to it */
  async function carrying(conditions: Record<string, string | string[]>, to: string, line: string) {
    const one = await drafted(line);
    const given = await give(to, conditions);
    await shares.open(w, "Petra", given);
    return { one, given };
  }
  const tighten = async (given: string) => {
    const form = formOf(await w.say("Sami", `tighten ${given}`));
    await w.submit("Sami", form, { codes: ["H1", "H3"], other: "zqnewcondqz only on paper" });
    await w.settle();
  };

  it("are on no paper, so that it is attached again", async () => {
    const { one, given } = await carrying({}, "@prosecution", `mla ${A.sudjustice} Records`);
    await allowed("Petra", one, given, "2026-12-25 17:00", "zqfirstqz free");
    await w.ask("Petra", `request attach ${one} ${given}`);
    await tighten(given);
    await shares.open(w, "Petra", given);
    await allowed("Petra", one, given, "2026-12-31 17:00", "zqsecondqz strict");
    expect(await w.ask("Petra", `request ready ${one}`)).toContain("changed since it was attached");
    await w.ask("Petra", `request detach ${one} ${given}`);
    await w.ask("Petra", `request attach ${one} ${given}`);
    const paper = await paperOf("Petra", one);
    for (const words of ["zqsecondqz", "zqnewcondqz"]) expect(paper).toContain(words);
    expect(await w.ask("Petra", `request ready ${one}`)).not.toContain("may not go");
  });

  it("count also where no permission is needed", async () => {
    const { one, given } = await carrying({ codes: [] }, "@prosecution @labour", "police @labour Owner of a phone");
    await w.ask("Petra", `request attach ${one} ${given}`);
    await tighten(given);
    expect(await w.ask("Petra", `request check ${one}`)).toContain("changed since it was attached");
  });
});

describe("what the provider gave", () => {
  it("goes whole or not: its files not without the conditions", async () => {
    const given = await shares.draft(w, "Sami", "@prosecution", { codes: ["H1"], attribution: "yes" }, SAID);
    const link = tokenIn(await w.say("Sami", `share file ${given}`), "upload");
    await w.runtime.files.take(link, { name: "list.pdf", bytes: new TextEncoder().encode("%PDF-1.7 abc") });
    await w.say("Sami", `share send ${given} sure`);
    await w.settle();
    const one = await drafted();
    await shares.open(w, "Petra", given);
    await allowed("Petra", one, given);
    expect(await w.ask("Petra", `request attach ${one} ${given}`)).toContain("its 2 files");
    expect(await w.ask("Petra", `request detach ${one} 2`)).toBe(`${given} is taken out of ${one}: 2 files.`);
  });

  it("reaches nobody whom a breach cut off, though all members might read it", async () => {
    const one = await drafted("police @labour Owner of a phone");
    const given = await give("@prosecution @labour", { codes: [], label: "GREEN" });
    await shares.open(w, "Petra", given);
    await w.submit("Sami", formOf(await w.say("Sami", `breach ${given}`)), { by: "@labour", words: "passed on" });
    await w.settle();
    expect(await w.ask("Petra", `request attach ${one} ${given}`)).toContain("only as Sudpolice allows it");
  });

  it("is permitted to who asked, for whom they asked", async () => {
    const one = await drafted("police @labour Owner of a phone");
    const given = await give("@prosecution @police", { codes: [] });
    for (const name of ["Petra", "Maria"]) await shares.open(w, name, given);
    await allowed("Petra", one, given);
    await w.ask("Petra", `request attach ${one} ${given}`);
    expect(await w.ask("Petra", `request hand ${one} @Maria`)).not.toContain("was not given");
    expect(await w.ask("Maria", `request draft ${one}`)).toContain("has not allowed it");
    const next = await drafted("police @labour Another phone");
    const ask = async () =>
      textOf(
        await w.submit("Petra", formOf(await w.click("Petra", "request-use", `north/${next} ${given}`)), {
          purpose: "p",
        }),
      );
    expect(await ask()).toContain("asks Sudpolice");
    expect(await ask()).toContain("asks for that already");
    await w.ask("Petra", `request edit ${next} to:@immigration`);
    expect(await ask()).toContain("asks Sudpolice");
  });
});
