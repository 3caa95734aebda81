import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { REQUEST_PLACES, requestDocument, standardTemplate } from "../../../src/documents/request.js";
import { DOCUMENT_LANGUAGES, documentWords } from "../../../src/i18n/documents.js";
import { textsOf } from "../../../src/i18n/index.js";
import { fieldsOf, KIND_NAMES } from "../../../src/requests/kinds.js";
import { requestLetter, sectionOf } from "../../../src/requests/letters.js";
import { REQUESTS } from "../../../src/requests/store.js";
import { steps } from "../../steps.js";
import { formOf, World } from "../../world.js";
import { all, part, read, styled, words } from "../documents/office.js";

/** Requests on paper, by what people type, download and give back. */
let w: World;
beforeAll(async () => {
  w = await World.create({
    people: {
      Sofia: "secretariat coordinator",
      Petra: "prosecution staff",
      Pavel: "prosecution focal_point staff",
      Leila: "sudjustice focal_point staff teams",
      Lars: "sudjustice staff teams",
      Eleni: "labour focal_point staff teams",
    },
    lang: { Leila: "fr" },
    agencies: ["immigration"],
  });
  w.runtime.site = "https://coord.example";
});
afterAll(() => w.close());
const it = steps();

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const tokenIn = (reply: unknown, page: "files" | "upload") =>
  new RegExp(`${page}/([\\w-]+)`).exec(JSON.stringify(reply))?.[1] ?? "";
async function download(name: string, line: string): Promise<{ name: string; bytes: Uint8Array } | undefined> {
  return w.runtime.files.file(tokenIn(await w.say(name, line), "files"));
}
async function wordsOf(name: string, line: string): Promise<string> {
  const file = await download(name, line);
  if (!file) throw new Error(`nothing for ${line}`);
  return all(part(read(file.bytes), "word/document.xml"), "w:p")
    .map(words)
    .join("\n");
}
const fill = async (name: string, ref: string, step: string, values: Record<string, string | string[]>) =>
  w.submit(name, formOf(await w.say(name, `request fill ${ref} ${step}`)), values);
const documented = async (ref: string): Promise<{ sha256?: string; lang?: string }[]> => {
  const { rows } = await w.work(async (work) => ({
    rows: await work.tx
      .selectFrom("events")
      .select("detail")
      .where("action", "=", "request.documented")
      .where("item_ref", "=", ref)
      .orderBy("id")
      .execute(),
  }));
  return rows.map(({ detail }) => detail as { sha256?: string; lang?: string });
};

describe("every field of every kind", () => {
  it("has one place in the order of the treaty, or is the asking side's own", () => {
    const placed = Object.fromEntries(
      KIND_NAMES.map((kind) => [kind, fieldsOf(kind).map((field) => `${sectionOf(field) ?? "-"}: ${field.id}`)]),
    );
    for (const kind of KIND_NAMES)
      for (const field of fieldsOf(kind))
        if (field.step === 4 || field.id === "language") expect(sectionOf(field), field.id).toBeUndefined();
        else expect(sectionOf(field), field.id).toBeDefined();
    // UNTOC 18(15)(a) to (f).
    expect(placed.mla).toEqual(
      expect.arrayContaining([
        ...["authority: conducting_authority", "proceeding: proceeding", "facts: facts", "assistance: assistance"],
        ...["assistance: procedure_wanted", "persons: persons", "purpose: purpose", "law: offence_and_law"],
      ]),
    );
  });

  it("is named in every language in which documents are written", () => {
    for (const lang of DOCUMENT_LANGUAGES)
      for (const kind of KIND_NAMES)
        for (const { id, options = [] } of fieldsOf(kind)) {
          const { fields, options: names } = documentWords(lang);
          expect(fields[id as keyof typeof fields], `${lang} ${id}`).toEqual(expect.any(String));
          for (const option of options)
            expect(names[option as keyof typeof names], `${lang} ${option}`).toEqual(expect.any(String));
        }
  });

  it("has words of the same shape and with the same places in each of them", () => {
    const shape = (value: unknown, at = ""): string[] =>
      typeof value === "string"
        ? [`${at} ${[...new Set(value.match(/\{\w+/g) ?? [])].sort().join(" ")}`]
        : Object.entries(value as object).flatMap(([key, one]) => shape(one, `${at}.${key}`));
    const spanish = textsOf("es").requests as Record<string, unknown>;
    for (const lang of ["en", "fr"]) {
      const theirs = textsOf(lang).requests as Record<string, unknown>;
      for (const part of Object.keys(spanish))
        expect(shape(spanish[part], part).sort()).toEqual(shape(theirs[part], part).sort());
    }
    expect(Object.keys(spanish).sort()).toEqual(
      ["bases", "dates", "document", "fields", "grounds", "kinds", "options", "states", "urgencies", "words"].sort(),
    );
    // Nothing of it was left in English.
    const flat = (value: unknown): string[] =>
      typeof value === "string" ? [value] : Object.values(value as object).flatMap(flat);
    const english = new Set(
      flat(
        Object.fromEntries(
          Object.keys(spanish).map((part) => [part, (textsOf("en").requests as Record<string, unknown>)[part]]),
        ),
      ),
    );
    expect([...new Set(flat(spanish).filter((text) => english.has(text)))].sort()).toEqual(["no", "normal"]);
  });
});

describe("a request on paper", () => {
  let ref = "";
  let approved: Uint8Array;
  let first: Uint8Array;
  const SECRET = "the adviser whom we asked";

  it("is a draft until it is approved, and says when it is not complete", async () => {
    const justice = /A-\d+/.exec(
      await w.ask(
        "Sofia",
        "authority add XS Ministry of Justice functions:mla countryname:Sudmark agency:@sudjustice langs:fr,es",
      ),
    )?.[0];
    await w.ask("Sofia", `authority verify ${justice}`);
    await w.ask("Sofia", "authority add XN Prosecutor General functions:mla countryname:Norland agency:@prosecution");
    ref = /R-\d+/.exec(await w.ask("Petra", `request new mla ${justice} Records of a company account`))?.[0] ?? "";
    expect(await wordsOf("Petra", `request file ${ref} lang:en`)).toContain("Draft, not complete");
    await fill("Petra", ref, "1", { basis: "untoc", language: "fr", confidential: "yes", contact: "Petra, by day" });
    await fill("Petra", ref, "2", {
      ...{ proceeding: "smuggling of migrants, case 7/26", conducting_authority: "Prosecution of Norland" },
      ...{ purpose: "trial", assistance: ["documents_records"], facts: "A boat of 31 people: Иван, 王, أحمد" },
      unknown: ["persons"],
    });
    await fill("Petra", ref, "3", {
      assistance_detail: "Records of one account",
      records_period: "2026",
      certification: "stamp",
    });
    await fill("Petra", ref, "4", { adviser: SECRET });
    const said = await w.ask("Petra", `request file ${ref}`);
    expect(said).toMatch(/as a Word file: the request, French\. It is marked as a draft until it is approved\./);
    const draft = await wordsOf("Petra", `request file ${ref}`);
    expect(draft).toContain("Projet non approuvé");
    expect(draft).toContain("a) Autorité dont émane la demande");
    expect(draft).toContain("Originaux ou copies certifiées");
    expect(draft).toMatch(/e\) Personnes visées\ninconnu/);
    expect(await wordsOf("Petra", `request file ${ref} lang:español`)).toContain("Borrador no aprobado");
  });

  it("keeps advice and risk on the asking side, in every language", async () => {
    for (const lang of DOCUMENT_LANGUAGES)
      expect(await wordsOf("Petra", `request file ${ref} lang:${lang}`)).not.toContain(SECRET);
  });

  it("is the very file that was approved, with its hash on record", async () => {
    await w.ask("Petra", `request ready ${ref}`);
    expect(await w.ask("Pavel", `request approve ${ref}`)).toContain("You approved");
    approved = (await download("Pavel", `request file ${ref}`))?.bytes ?? new Uint8Array();
    expect(await documented(ref)).toEqual([expect.objectContaining({ sha256: sha256(approved), lang: "fr" })]);
    const said = all(part(read(approved), "word/document.xml"), "w:p").map(words);
    expect(said.join("\n")).toMatch(/Approbation\u00a0: \d+ \S+ \d{4}, version \d+/);
    expect(said).toContain("Pavel");
    // In the order of the treaty.
    const letters = said.flatMap((line) => /^([a-f])\) /.exec(line)?.[1] ?? []);
    expect(letters).toEqual(["a", "b", "c", "d", "e", "f"]);
    // A day later it is the same.
    await w.pass({ hours: 24 }, 720);
    expect((await download("Petra", `request file ${ref}`))?.bytes).toEqual(approved);
    // In another language it is a translation that nobody approved.
    expect(await wordsOf("Petra", `request file ${ref} lang:en`)).toContain("Draft, not approved");
  });

  it("is void with any edit, and another file once it is approved again", async () => {
    await w.ask("Petra", `request back ${ref}`);
    await fill("Petra", ref, "purpose", { purpose: "trial." });
    expect(await wordsOf("Petra", `request file ${ref}`)).toContain("Projet non approuvé");
    await w.ask("Petra", `request ready ${ref}`);
    await w.ask("Pavel", `request approve ${ref}`);
    const again = (await download("Pavel", `request file ${ref}`))?.bytes ?? new Uint8Array();
    expect(sha256(again)).not.toBe(sha256(approved));
    expect((await documented(ref)).map((one) => one.sha256)).toEqual([sha256(approved), sha256(again)]);
    first = approved;
    approved = again;
  });

  it("is sent by nobody where the kept file is another than was approved, nor may the application change one", async () => {
    const { owner } = w.runtime.store;
    const told = (sha: string) =>
      owner.updateTable("request_documents").set({ sha256: sha }).where("sha256", "!=", sha256(first)).execute();
    await told("0".repeat(64));
    try {
      await expect(w.ask("Petra", `request send ${ref}`)).rejects.toThrow("was altered");
      expect(await w.ask("Petra", ref)).toContain("approved, not sent");
    } finally {
      await told(sha256(approved));
    }
    const changed = w.work(({ tx }) => tx.updateTable("request_documents").set({ sha256: "0" }).execute());
    await expect(changed).rejects.toThrow(/permission denied/);
  });

  it("goes out in the bytes that were approved, and to nobody before", async () => {
    expect(await w.ask("Leila", `request file ${ref}`)).toBe(
      (await w.ask("Leila", "request file R-999999")).replaceAll("R-999999", ref),
    );
    expect(await w.ask("Petra", `request send ${ref}`)).toContain("is sent to");
    expect((await download("Leila", `request file ${ref}`))?.bytes).toEqual(approved);
    expect((await download("Petra", `request file ${ref}`))?.bytes).toEqual(approved);
    for (const name of ["Eleni", "Sofia"]) {
      const said = await w.ask(name, `request file ${ref}`);
      expect(said, name).not.toContain("files/");
      expect(said, name).not.toContain("account");
    }
  });

  it("an address opens once, for whom it was made, by the rights of that moment", async () => {
    const token = tokenIn(await w.say("Lars", `request file ${ref}`), "files");
    expect((await w.runtime.files.file(token))?.bytes).toEqual(approved);
    expect(await w.runtime.files.file(token)).toBeUndefined();
  });

  it("what is written back is there once there is something to write", async () => {
    expect(await w.ask("Leila", `request file ${ref} answer`)).toContain("rien à écrire encore");
    await w.ask("Leila", `request received ${ref} theirs:SJ-77`);
    const receipt = await wordsOf("Leila", `request file ${ref} acknowledgement`);
    expect(receipt).toContain("Accusé de réception");
    expect(receipt).toContain("SJ-77");
    await w.ask("Leila", `request ask ${ref} Which account?`);
    expect(await wordsOf("Leila", `request file ${ref} questions lang:es`)).toMatch(
      /Para seguir dando curso[\s\S]*Which account\?/,
    );
    await w.ask("Petra", `request reply ${ref} The one of the charter firm`);
    await w.ask("Leila", `request agree ${ref}`);
    await w.submit("Leila", formOf(await w.say("Leila", `request answer ${ref}`)), {
      answer: "Certified copies of 12 pages",
      evidence: "yes",
    });
    const answer = await wordsOf("Leila", `request file ${ref} answer lang:en`);
    expect(answer).toMatch(/Answer: Mutual legal assistance[\s\S]*Certified copies of 12 pages/);
    expect(answer).not.toContain(SECRET);
    expect(await wordsOf("Leila", `request file ${ref} progress`)).toContain("L’état de votre demande");
    // Whoever asked writes nothing in the name of whom they asked.
    expect(await w.ask("Petra", `request file ${ref} answer`)).toMatch(/nothing to write.*There is: the request/);
  });
});

describe("what one authority said", () => {
  it("is not written in the name of the next, to which it was passed on", async () => {
    const labour = /A-\d+/.exec(
      await w.ask(
        "Sofia",
        "authority add XS Second Ministry functions:mla countryname:Sudmark agency:@labour langs:fr",
      ),
    )?.[0];
    await w.ask("Sofia", `authority verify ${labour}`);
    const ref = /R-\d+/.exec(await w.ask("Petra", "request mla @sudjustice Records of a firm"))?.[0] ?? "";
    await fill("Petra", ref, "1", { basis: "untoc", language: "fr", confidential: "yes", contact: "Petra" });
    await fill("Petra", ref, "2", {
      ...{ proceeding: "case 8", conducting_authority: "x", purpose: "trial", facts: "x" },
      ...{ assistance: ["documents_records"], unknown: ["persons"] },
    });
    await fill("Petra", ref, "3", { assistance_detail: "x", records_period: "2026", certification: "stamp" });
    await fill("Petra", ref, "4", { adviser: "x" });
    for (const [name, act] of [
      ["Petra", "ready"],
      ["Pavel", "approve"],
      ["Petra", "send"],
    ] as const)
      expect(await w.ask(name, `request ${act} ${ref}`)).toContain(ref);
    await w.ask("Leila", `request received ${ref} theirs:SJ-88`);
    expect(await wordsOf("Leila", `request file ${ref} acknowledgement`)).toContain("SJ-88");
    expect(await w.ask("Leila", `request redirect ${ref} ${labour} c’est à eux`)).toContain(ref);
    expect(await w.ask("Eleni", `request file ${ref} acknowledgement`)).toContain("nothing to write");
    await w.ask("Eleni", `request received ${ref}`);
    const theirs = await wordsOf("Eleni", `request file ${ref} acknowledgement lang:en`);
    expect(theirs).toContain("Acknowledgement of receipt");
    expect(theirs).not.toContain("SJ-88");
  });
});

describe("an agency's own letterhead", () => {
  const own = async (change: string): Promise<Uint8Array> => {
    const { page } = documentWords("fr").document;
    return standardTemplate("fr", { page: page({ page: "{page}", pages: "{pages}" }), closing: change });
  };
  async function give(name: string, bytes: Uint8Array): Promise<string | undefined> {
    const taken = await w.runtime.files.take(tokenIn(await w.say(name, "request template fr"), "upload"), {
      name: "t.docx",
      bytes,
    });
    if (!taken) throw new Error("no such address");
    return taken.wrong;
  }

  it("is taken from its focal point alone, and what is wrong with it is said", async () => {
    expect(await w.ask("Petra", "request template fr")).toContain("That is for: focal point");
    expect(await give("Pavel", new TextEncoder().encode("letterhead"))).toContain("This is no Word file");
    expect(await give("Leila", await standardTemplate("fr", { page: "p", closing: "{{ministre}}" }))).toMatch(
      /Repères inconnus.*\{\{ministre\}\}/,
    );
  });

  it("is downloaded, changed, given back, and stands on what is written from then on, and on no other agency's", async () => {
    const standard = (await download("Pavel", "request template fr"))?.bytes ?? new Uint8Array();
    for (const place of REQUEST_PLACES.needed)
      expect(JSON.stringify([...read(standard).values()])).toContain(`{{${place}}}`);
    expect(await give("Pavel", await own("Parquet général de Norland, 1 place de la Loi"))).toBeUndefined();
    const ref = /R-\d+/.exec(await w.ask("Petra", "request new police @sudjustice lang Who owns it"))?.[0] ?? "";
    expect(await wordsOf("Petra", `request file ${ref} lang:fr`)).toContain("1 place de la Loi");
    expect(await wordsOf("Petra", `request file ${ref} lang:en`)).not.toContain("1 place de la Loi");
    expect(await w.ask("Pavel", "request template français standard")).toContain(
      "on the standard template again: French",
    );
    expect(await wordsOf("Petra", `request file ${ref} lang:fr`)).not.toContain("1 place de la Loi");
    expect(await w.ask("Pavel", "request template fr standard")).toContain("had no template of its own");
    // Of an agency that is on neither platform the secretariat sets it; of another it does not.
    const forImmigration = await download("Sofia", "for @immigration request template lang:fr");
    expect(forImmigration?.name).toBe("request-template-fr.docx");
    expect(await w.ask("Sofia", "for @sudjustice request template fr")).not.toContain("files/");
  });
});

describe("the model", () => {
  it("has nothing of the asking side's own for any kind, whatever is filled in", async () => {
    await w.work(async (work) => {
      const row = await work.tx.selectFrom("requests").select("id").executeTakeFirstOrThrow();
      const some = await REQUESTS.reload(work, row.id);
      for (const kind of KIND_NAMES) {
        const values = Object.fromEntries(
          fieldsOf(kind).map(({ id, type }) => [
            id,
            [type === "moment" ? "2026-12-02T09:00:00Z" : type === "language" ? "fr" : `said of ${id}`],
          ]),
        );
        const one = { ...some, kind, content: { values, unknown: [] } };
        for (const lang of DOCUMENT_LANGUAGES) {
          const letter = requestLetter(work, one, lang, undefined);
          const said = JSON.stringify(letter);
          const file = await requestDocument(letter, await own(lang));
          const spoken = styled(part(read(file), "word/document.xml"), "Spoken");
          for (const { id, step, type } of fieldsOf(kind)) {
            const text =
              type === "choice" || type === "choices" || type === "yesno" ? `said; of; ${id}` : `said of ${id}`;
            if (step === 4) expect(said, `${kind} ${id}`).not.toContain(text);
            else if (type === "text" || type === "longtext") expect(spoken, `${kind} ${id}`).toContain(text);
          }
        }
      }
    });
  });
  const own = (lang: string) => standardTemplate(lang, { page: "", closing: "" });
});
