import { afterAll, beforeAll, describe, expect } from "vitest";
import { steps } from "../../steps.js";
import { formOf, World } from "../../world.js";
import { fill, give, paperIn, pdf, sha256, tokenIn, type Values } from "./files.js";

/** Files of the side that is asked: theirs alone until an act gives them, then part of what was said. */
let w: World;
let ref = "";
let away = "";
beforeAll(async () => {
  w = await World.create({
    people: {
      Sofia: "secretariat coordinator",
      Maria: "police focal_point staff",
      Milan: "police staff",
      Sami: "sudpolice focal_point staff teams",
      Salma: "sudpolice staff teams",
      Leila: "sudjustice focal_point staff teams",
      Eleni: "labour focal_point staff teams",
    },
    lang: { Salma: "fr" },
  });
  w.runtime.site = "https://coord.example";
  for (const line of [
    "XS Sudmark Police functions:law_enforcement_cooperation countryname:Sudmark agency:@sudpolice",
    "XS Ministry of Police functions:law_enforcement_cooperation countryname:Sudmark agency:@sudjustice",
    "XE Estavia Police functions:law_enforcement_cooperation countryname:Estavia email:desk@police.example",
  ]) {
    away = /A-\d+/.exec(await w.ask("Sofia", `authority add ${line}`))?.[0] ?? "";
    await w.ask("Sofia", `authority verify ${away}`);
  }
});
afterAll(() => w.close());
const it = steps();

/** With nothing missing. */
const ENQUIRY: Readonly<Record<string, Values>> = {
  1: { basis: "domestic_law", basis_detail: "x", language: "en", confidential: "yes", contact: "x" },
  2: { what: "x", purpose: "x", why_there: "x", availability: "direct", evidence_later: "no" },
  4: { adviser: "x", k1: "no", k2: "no", k3: "no", k4: "no", k5: "no", k6: "x", k7: "no", k8: "no" },
};

/** A request between police services that has gone out. */
async function sent(to: string): Promise<string> {
  const own = /R-\d+/.exec(await w.ask("Maria", `request new police ${to} Owner of a phone`))?.[0] ?? "";
  for (const [part, values] of Object.entries(ENQUIRY)) await fill(w, "Maria", own, part, values);
  for (const act of ["ready", "approve"]) await w.ask("Maria", `request ${act} ${own}`);
  expect(await w.ask("Maria", `request send ${own}`)).toMatch(/is sent to|is on record as sent/);
  await w.settle();
  return own;
}
const RECORD = pdf("subscriber record");
const address = async (name: string) => tokenIn(await w.say(name, `request attach ${ref}`), "upload");
const dialog = async (name: string): Promise<string> =>
  JSON.stringify(formOf(await w.say(name, `request read ${ref}`)));
const paper = async (name: string) => paperIn(w, await w.say(name, `request file ${ref} answer`));
const rows = () => w.runtime.store.owner.selectFrom("request_files").selectAll().execute();

describe("a file of an answer", () => {
  it("is given by the side that is asked once it may decide or answer, and by nobody else", async () => {
    ref = await sent("@sudpolice");
    expect(await w.ask("Sami", `request attach ${ref}`)).toMatch(/request received/);
    await w.ask("Sami", `request received ${ref}`);
    expect(await w.ask("Sami", `request attach ${ref}`)).toMatch(
      /Choose a file for the answer to R-\d+ on this page\. .*Police gets it with what is said next/,
    );
    for (const line of [`attach a file to ${ref}`, `attach ${ref}`, `joindre un fichier à ${ref}`])
      expect(await w.ask("Sami", line), line).toContain("Choose a file for the answer");
    const unknown = (await w.ask("Eleni", "request attach R-1")).replaceAll("R-1", ref);
    expect(await w.ask("Eleni", `request attach ${ref}`)).toBe(unknown);
    for (const name of ["Maria", "Milan"])
      expect(await w.ask(name, `request attach ${ref}`)).not.toContain("this page");
    await w.settle();
    expect(JSON.stringify(w.card("Sami", ref))).toContain("Attach a file");
    expect(JSON.stringify(w.card("Maria", ref))).not.toContain("Attach a file");
  });

  it("waits where that side alone sees it, numbered, and is taken out by its number", async () => {
    expect(await give(w, await address("Sami"), "..\\Subscriber +888.exe", RECORD)).toBe("taken");
    expect(await give(w, await address("Sami"), "twice.pdf", RECORD)).toContain("attached already, as attachment 1");
    expect(await give(w, await address("Sami"), "wrong one.pdf", pdf("of another case"))).toBe("taken");
    const form = await dialog("Sami");
    expect(form).toContain("2 files wait for what is said next");
    expect(form).toMatch(/Attachment 1: .*Subscriber \+888\.pdf.*Attachment 2: .*wrong one\.pdf/);
    expect(await dialog("Salma")).toMatch(/2 fichiers attendent/);
    expect(await dialog("Maria")).not.toMatch(/Subscriber|wait for|upload|files\//);
    expect(await w.ask("Sami", `request detach ${ref} 3`)).toMatch(/has no attachment 3.*1 to 2/);
    expect(await w.ask("Maria", `request detach ${ref} 2`)).not.toContain("taken out");
    expect(await w.ask("Sami", `request detach ${ref} 2`)).toContain("1 is left");
    expect(await rows()).toHaveLength(1);
  });

  it("goes with a part, and what comes later with the answer; each is opened by who asked", async () => {
    const early = tokenIn(await dialog("Sami"), "files");
    expect((await w.runtime.files.file(early))?.name).toBe("Subscriber +888.pdf");
    await w.ask("Sami", `request agree ${ref}`);
    // Over the dialog stands that a file goes with it; which one is read elsewhere, since a dialog may be offered in chat.
    const offered = formOf(await w.say("Sami", `request part ${ref}`));
    expect(offered.intro).toBe(`1 file goes with it; to see which: request read ${ref}`);
    expect(await w.ask("Sami", `request part ${ref} the owner is a company`)).toContain("1 file goes with it.");
    await w.settle();
    const seen = await dialog("Maria");
    expect(seen).toMatch(/Files: Subscriber \+888\.pdf.*Attachment 1: /);
    const file = await w.runtime.files.file(tokenIn(seen, "files"));
    expect(new Uint8Array(file?.bytes ?? [])).toEqual(RECORD);
    // What was given stays given.
    expect(await w.ask("Sami", `request detach ${ref} 1`)).toContain("has no attachment 1");
    expect(await give(w, await address("Sami"), "Régistre.pdf", pdf("company register"))).toBe("taken");
    expect(await w.ask("Sami", `request answer ${ref} and this is its register`)).toContain("1 file goes with it.");
    expect(await w.ask("Sami", `request attach ${ref}`)).not.toContain("upload/");
  });

  it("stands with its hash on the answer's paper and in the record, with its name in neither chat nor record", async () => {
    const said = await paper("Sami");
    expect(said).toContain("Attachments");
    expect(said).toContain("1. Subscriber +888.pdf");
    expect(said).toContain(`SHA-256 ${sha256(RECORD)}`);
    expect(said).toContain("2. Régistre.pdf");
    const { owner } = w.runtime.store;
    const events = await owner.selectFrom("events").selectAll().where("item_ref", "=", ref).execute();
    const part = events.find(({ action }) => action === "request.answer_part");
    expect(part?.detail).toMatchObject({ files: sha256(RECORD) });
    expect(events.filter(({ action }) => action === "request.attached")).toHaveLength(3);
    expect(events.filter(({ action }) => action === "request.detached")).toHaveLength(1);
    const resting = JSON.stringify([events, await rows(), await owner.selectFrom("outbox").selectAll().execute()]);
    expect(resting).not.toMatch(/Subscriber|Régistre|subscriber record/);
    expect(JSON.stringify(w.sent)).not.toMatch(/Subscriber|Régistre/);
    const late = await address("Sami");
    expect(late).toBe("");
  });

  it("is asked for again when it was not enough, up to ten at a time", async () => {
    await w.ask("Maria", `request missing ${ref} the second page`);
    for (let n = 1; n <= 10; n++) expect(await give(w, await address("Sami"), `p${n}.pdf`, pdf(`${n}`))).toBe("taken");
    expect(await give(w, await address("Sami"), "p11.pdf", pdf("11"))).toContain("10 files are the most");
    expect(await w.ask("Sami", `request answer ${ref} all pages`)).toContain("10 files go with it.");
    expect(await paper("Sami")).toContain("12. p10.pdf");
  });
});

describe("what waits for an answer", () => {
  it("goes with a refusal too, and its address is late once that is said", async () => {
    ref = await sent("@sudpolice");
    await w.ask("Sami", `request received ${ref}`);
    const late = await address("Sami");
    expect(await give(w, await address("Sami"), "decision.pdf", pdf("the judge says no"))).toBe("taken");
    expect(await w.ask("Sami", `request refuse ${ref} po_harm an inquiry of ours`)).toContain("1 file goes with it.");
    expect(await give(w, late, "late.pdf", pdf("late"))).toContain("takes no more files");
    expect(await dialog("Maria")).toContain("decision.pdf");
  });

  it("is not passed on to another authority, nor kept where no answer comes any more", async () => {
    for (const [name, act] of [
      ["Sami", "redirect R @sudjustice theirs"],
      ["Maria", "withdraw R no longer needed"],
    ]) {
      ref = await sent("@sudpolice");
      await w.ask("Sami", `request received ${ref}`);
      expect(await give(w, await address("Sami"), "draft.pdf", pdf(`${act}`))).toBe("taken");
      const before = (await rows()).length;
      await w.ask(String(name), `request ${String(act).replace("R", ref)}`);
      expect((await rows()).length, act).toBe(before - 1);
    }
    ref = await sent("@sudpolice");
    await w.ask("Sami", `request received ${ref}`);
    const token = await address("Sami");
    await give(w, token, "draft.pdf", pdf("drafted"));
    const open = tokenIn(await dialog("Sami"), "files");
    await w.ask("Sami", `request redirect ${ref} @sudjustice theirs`);
    expect(await w.runtime.files.file(open)).toBeUndefined();
  });

  it("of an authority that is not on Coord is what came from there, recorded by who asked", async () => {
    ref = await sent(away);
    await w.ask("Maria", `request received ${ref}`);
    expect(await w.ask("Maria", `request attach ${ref}`)).toContain("the answer to");
    expect(await give(w, await address("Maria"), "letter.pdf", pdf("letter of Estavia"))).toBe("taken");
    expect(await w.ask("Maria", `request answer ${ref} by letter`)).toContain("1 file goes with it.");
    expect(await dialog("Maria")).toMatch(/Files: letter\.pdf.*Attachment 1/);
  });

  it("is served as it was given or not at all", async () => {
    const { owner } = w.runtime.store;
    const token = tokenIn(await dialog("Maria"), "files");
    const other = (await w.work((work) => work.cipher())).sealBytes(pdf("another"));
    await owner.updateTable("request_files").set({ file: other }).execute();
    await expect(w.runtime.files.file(token)).rejects.toThrow("was altered");
  });
});
