import { afterAll, beforeAll, describe, expect } from "vitest";
import { EMPTY } from "../../../src/requests/fields.js";
import { hashOf } from "../../../src/requests/store.js";
import { steps } from "../../steps.js";
import { formOf, World } from "../../world.js";
import { ASSISTANCE, fill, give, paperIn, pdf, sha256, tokenIn } from "./files.js";

/** Files that belong to a request, given past the chat and opened past it. */
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
    lang: { Leila: "fr" },
  });
  w.runtime.site = "https://coord.example";
  await w.ask("Sofia", "authority add XN Prosecutor General functions:mla countryname:Norland agency:@prosecution");
  const said = await w.ask(
    "Sofia",
    "authority add XS Ministry of Justice functions:mla countryname:Sudmark agency:@sudjustice langs:fr",
  );
  justice = /A-\d+/.exec(said)?.[0] ?? "";
  await w.ask("Sofia", `authority verify ${justice}`);
  ref = /R-\d+/.exec(await w.ask("Petra", `request new mla ${justice} Records of a company account`))?.[0] ?? "";
  for (const [step, values] of Object.entries(ASSISTANCE)) await fill(w, "Petra", ref, step, values);
  await fill(w, "Petra", ref, "language", { language: "fr" });
  await fill(w, "Petra", ref, "facts", { facts: "A boat of 31 people" });
});
afterAll(() => w.close());
const it = steps();

const ORDER = pdf("court order of 12 November");
const address = async (name: string) => tokenIn(await w.say(name, `request attach ${ref}`), "upload");
type Dialog = ReturnType<typeof formOf>;
const dialog = async (name: string): Promise<Dialog> => formOf(await w.say(name, `request read ${ref}`));
const tokensIn = (form: Dialog) =>
  [...JSON.stringify(form).matchAll(/files\/([\w-]+)/g)].map(([, token]) => token ?? "");
const paper = async (name: string) => paperIn(w, await w.say(name, `request file ${ref}`));

describe("a file of a draft", () => {
  it("is given at an address that takes one, from who writes the request", async () => {
    expect(await w.ask("Petra", `request attach ${ref}`)).toMatch(/Choose a file for R-\d+ on this page/);
    const token = await address("Petra");
    expect(await give(w, token, "C:\\cases\\..\\Court order\u0007 12 Nov.exe", ORDER)).toBe("taken");
    expect(await give(w, token, "again.pdf", pdf("another"))).toBeUndefined();
    expect(await w.ask("Petra", `request check ${ref}`)).toContain("1 file is attached: request read names it");
  });

  it("is named in the dialog alone, with a safe name, and opened there once", async () => {
    const form = await dialog("Pavel");
    expect(JSON.stringify(form)).toMatch(/Attachment 1: .*Court order 12 Nov\.pdf/);
    const [token = ""] = tokensIn(form);
    const file = await w.runtime.files.file(token);
    expect(file?.name).toBe("Court order 12 Nov.pdf");
    expect(new Uint8Array(file?.bytes ?? [])).toEqual(ORDER);
    expect(await w.runtime.files.file(token)).toBeUndefined();
    expect(JSON.stringify(w.sent)).not.toContain("Court order");
  });

  it("is taken by what it is: nothing that runs, nothing empty, nothing twice", async () => {
    const macro = new TextEncoder().encode("MZ\u0090\u0000\u0003");
    expect(await give(w, await address("Petra"), "order.pdf", macro)).toMatch(/That kind of file is not taken/);
    expect(await give(w, await address("Petra"), "order.pdf", new Uint8Array())).toContain("request attach");
    expect(await give(w, await address("Petra"), "other name.pdf", ORDER)).toContain(
      "attached already, as attachment 1",
    );
    expect(await w.ask("Petra", `request check ${ref}`)).toContain("1 file is attached");
  });

  it("is given by nobody else, neither by who is asked nor by a stranger", async () => {
    const unknown = (await w.ask("Eleni", "request attach R-1")).replaceAll("R-1", ref);
    for (const name of ["Leila", "Eleni"]) {
      const said = await w.ask(name, `request attach ${ref}`);
      expect(said).not.toContain("upload/");
      if (name === "Eleni") expect(said).toBe(unknown);
    }
  });

  it("is approved with the request: another file, another approval; its hash stands on the paper", async () => {
    await w.ask("Petra", `request ready ${ref}`);
    expect(await w.ask("Pavel", `request approve ${ref}`)).toContain("You approved");
    const approved = await paper("Pavel");
    expect(approved).toContain("Pièces jointes");
    expect(approved).toContain("1. Court order 12 Nov.pdf");
    expect(approved).toContain(`SHA-256 ${sha256(ORDER)}`);
    expect(await give(w, await address("Petra"), "Kontoauszüge ‮fdp.csv", new TextEncoder().encode("a;b\n1;2\n"))).toBe(
      "taken",
    );
    expect(await w.ask("Petra", ref)).toMatch(/draft/i);
    expect(await w.ask("Pavel", `request send ${ref}`)).not.toContain("is sent to");
    expect(await paper("Pavel")).toContain("Projet non approuvé");
  });

  it("is taken out by its number, and what is not there is said", async () => {
    expect(await w.ask("Petra", `request detach ${ref} 7`)).toMatch(/has no attachment 7.*1 to 2/);
    expect(await w.ask("Petra", `request detach ${ref} 2`)).toContain(`Attachment 2 of ${ref} is taken out. 1 is left`);
    const kept = await w.runtime.store.owner.selectFrom("request_files").select("id").execute();
    expect(kept).toHaveLength(1);
    expect(await w.ask("Petra", `request detach 1 ${ref}`)).toContain("None is left");
    expect(await w.ask("Petra", `request detach ${ref} 1`)).toContain(`None is attached: request attach ${ref}`);
    expect(await give(w, await address("Petra"), "Court order 12 Nov.pdf", ORDER)).toBe("taken");
  });

  it("goes no further than ten", async () => {
    for (let n = 2; n <= 10; n++) expect(await give(w, await address("Petra"), `p${n}.pdf`, pdf(`${n}`))).toBe("taken");
    expect(await give(w, await address("Petra"), "p11.pdf", pdf("11"))).toContain("10 files are the most");
    for (let n = 10; n > 1; n--) await w.ask("Petra", `request detach ${ref} ${n}`);
  });
});

describe("a file of a request that was sent", () => {
  it("is opened by the authority that is asked, each time on record, and by nobody else", async () => {
    const late = await address("Petra");
    await w.ask("Petra", `request ready ${ref}`);
    await w.ask("Pavel", `request approve ${ref}`);
    expect(await w.ask("Pavel", `request send ${ref}`)).toContain("is sent to Sudjustice");
    await w.settle();
    expect(await give(w, late, "late.pdf", pdf("late"))).toContain("takes no more files");
    const form = await dialog("Leila");
    expect(await w.ask("Leila", ref)).toMatch(/Pièces jointes: 1/);
    expect(JSON.stringify(form)).toMatch(/Pièce jointe 1/);
    const [token = ""] = tokensIn(form);
    expect(new Uint8Array((await w.runtime.files.file(token))?.bytes ?? [])).toEqual(ORDER);
    const opened = await w.runtime.store.owner
      .selectFrom("events")
      .select("detail")
      .where("action", "=", "request.downloaded")
      .where("item_ref", "=", ref)
      .execute();
    expect(opened.filter(({ detail }) => (detail as { letter?: string }).letter === "attachment")).toHaveLength(2);
    expect(JSON.stringify(opened)).not.toContain("Court order");
  });

  it("stays with it, and can be added to no more", async () => {
    for (const name of ["Petra", "Leila"]) {
      expect(await w.ask(name, `request attach ${ref}`)).not.toContain("upload/");
      expect(await w.ask(name, `request detach ${ref} 1`)).not.toContain("taken out");
    }
  });

  it("is not opened by an address of somebody who may not see it any more", async () => {
    const [token = ""] = tokensIn(await dialog("Leila"));
    await w.ask("Sofia", "remove @Leila sure");
    expect(await w.runtime.files.file(token)).toBeUndefined();
  });

  it("is served as it was given or not at all, and rests nowhere in the clear", async () => {
    const [token = ""] = tokensIn(await dialog("Pavel"));
    const { owner } = w.runtime.store;
    const rows = JSON.stringify([
      await owner.selectFrom("request_files").selectAll().execute(),
      await owner.selectFrom("requests").selectAll().execute(),
      await owner.selectFrom("outbox").selectAll().execute(),
      await owner.selectFrom("events").selectAll().execute(),
    ]);
    expect(rows).not.toContain("Court order");
    expect(rows).not.toContain("court order of");
    const other = (await w.work((work) => work.cipher())).sealBytes(pdf("another order"));
    await owner.updateTable("request_files").set({ file: other }).execute();
    await expect(w.runtime.files.file(token)).rejects.toThrow("was altered");
  });
});

describe("an approval", () => {
  it("holds for these files under these names alone", () => {
    const some = { kind: "mla", urgency: "normal", label: "AMBER", subjectLine: "x" } as const;
    const file = { id: "1", name: "order.pdf", type: "application/pdf", size: 1, sha256: "a" };
    const withFiles = (...files: (typeof file)[]) => hashOf({ ...some, content: { ...EMPTY, files } });
    const hashes = [
      ...[withFiles(), withFiles(file), withFiles(file, { ...file, sha256: "b" })],
      ...[withFiles({ ...file, sha256: "b" }), withFiles({ ...file, name: "other.pdf" })],
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
    // What was approved before there were files is approved still.
    expect(withFiles()).toBe(hashOf({ ...some, content: EMPTY }));
  });
});

describe("a request that went first", () => {
  it("takes the files of its paper while that is owed", async () => {
    ref = /R-\d+/.exec(await w.ask("Petra", `request new mla ${justice} urgent Freeze an account`))?.[0] ?? "";
    await fill(w, "Petra", ref, "1", {
      ...{ basis: "untoc", language: "fr", confidential: "yes" },
      contact: "Petra",
      urgency_reason: "money leaves",
    });
    await fill(w, "Petra", ref, "2", { assistance: ["documents_records"] });
    expect(await w.ask("Petra", `request sendnow ${ref} money leaves tonight`)).toMatch(/paper/);
    expect(await give(w, await address("Petra"), "order.pdf", ORDER)).toBe("taken");
    expect(JSON.stringify(await dialog("Pavel"))).toContain("Attachment 1");
    // What was sent stays with it.
    expect(await w.ask("Petra", `request detach ${ref} 1`)).toContain("stays with it");
  });
});
