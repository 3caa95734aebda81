import { createHash, randomUUID } from "node:crypto";
import { record } from "../audit/record.js";
import { REQUEST_PLACES, requestDocument, standardTemplate } from "../documents/request.js";
import { DOCX } from "../documents/word.js";
import type { FileKind } from "../files/links.js";
import type { Opener, ServedFile, Taker } from "../files/serve.js";
import { templateProblem } from "../files/word-template.js";
import { DOCUMENT_LANGUAGES, type DocumentLanguage, documentWords } from "../i18n/documents.js";
import { messagesFor } from "../i18n/index.js";
import type { Agency, Person } from "../people/model.js";
import { focalPoints } from "../people/store.js";
import { may, sightOfRequest } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { LETTERS, type Letter, languageOf, lettersOpen, replyLetter, requestLetter } from "./letters.js";
import { type CoopRequest, itemOf } from "./model.js";
import { REQUESTS } from "./store.js";

/** Requests as Word files: written on the letterhead of the agency, kept as they were approved, opened by the rights of the moment. */

export const sha256Of = (file: Uint8Array): string => createHash("sha256").update(file).digest("hex");

/** The agency's own template, else the standard one. */
async function templateOf(work: UnitOfWork, agencyId: string | undefined, lang: DocumentLanguage): Promise<Uint8Array> {
  const row = agencyId
    ? await work.tx
        .selectFrom("request_templates")
        .select("file")
        .where("agency_id", "=", agencyId)
        .where("lang", "=", lang)
        .executeTakeFirst()
    : undefined;
  return row ? (await work.cipher()).openBytes(row.file) : standardIn(lang);
}

const standards = new Map<DocumentLanguage, Promise<Uint8Array>>();

/** Made once: packing a Word file takes longer than the rest of an approval. */
function standardIn(lang: DocumentLanguage): Promise<Uint8Array> {
  const { page, closing } = documentWords(lang).document;
  const words = { page: page({ page: "{page}", pages: "{pages}" }), closing };
  const standard = standards.get(lang) ?? standardTemplate(lang, words);
  standards.set(lang, standard);
  return standard;
}

/** Writes what was approved as the file that goes out, once. */
export async function keepApproved(work: UnitOfWork, one: CoopRequest, person: Person): Promise<void> {
  const lang = languageOf(one);
  const file = await requestDocument(
    requestLetter(work, one, lang, work.now),
    await templateOf(work, one.from.id, lang),
  );
  const sha256 = sha256Of(file);
  await work.tx
    .insertInto("request_documents")
    .values({
      ...{ id: randomUUID(), request_id: one.id, lang, sha256, approved_hash: one.approvedHash ?? "" },
      ...{ file: (await work.cipher()).sealBytes(file), made_at: work.now },
    })
    .execute();
  await record(work, {
    action: "request.documented",
    actorId: person.id,
    item: itemOf(one),
    detail: { sha256, lang, kind: one.kind },
  });
}

/**
 * The file that was approved, while what it says is approved still.
 * @throws Error where the kept file is not the one that was approved
 */
export async function approvedFile(
  work: UnitOfWork,
  one: CoopRequest,
): Promise<{ file: Uint8Array; lang: string; sha256: string } | undefined> {
  if (!one.approvedHash) return undefined;
  const row = await work.tx
    .selectFrom("request_documents")
    .selectAll()
    .where("request_id", "=", one.id)
    .where("approved_hash", "=", one.approvedHash)
    .orderBy("made_at", "desc")
    .limit(1)
    .executeTakeFirst();
  if (!row) return undefined;
  const file = (await work.cipher()).openBytes(row.file);
  if (sha256Of(file) !== row.sha256) throw new Error("an approved request was altered");
  return { file, lang: row.lang, sha256: row.sha256 };
}

/** One letter in one language: the bytes that were approved where it is that, else as it would be written now. */
async function fileOf(work: UnitOfWork, one: CoopRequest, letter: Letter, lang: DocumentLanguage): Promise<Uint8Array> {
  if (letter !== "request") {
    const written = await replyLetter(work, one, letter, lang);
    return requestDocument(written, await templateOf(work, one.to?.id, lang));
  }
  const approved = await approvedFile(work, one);
  if (approved?.lang === lang) return approved.file;
  return requestDocument(requestLetter(work, one, lang, undefined), await templateOf(work, one.from.id, lang));
}

/** As an address calls a letter in a language. */
export const letterKind = (letter: Letter, lang: DocumentLanguage): FileKind => `request_${letter}_${lang}`;

const opener =
  (letter: Letter, lang: DocumentLanguage): Opener =>
  async (work, person, id): Promise<ServedFile | undefined> => {
    const one = await REQUESTS.byId(work, id);
    if (!one || sightOfRequest(person, one.subject) !== "full") return undefined;
    if (!(await lettersOpen(work, one, person)).includes(letter)) return undefined;
    const bytes = await fileOf(work, one, letter, lang);
    await record(work, {
      action: "request.downloaded",
      actorId: person.id,
      item: itemOf(one),
      detail: { sha256: sha256Of(bytes), lang, kind: one.kind, letter },
    });
    const name = letter === "request" ? one.ref : `${one.ref}-${letter}`;
    return { name: `${name}-${lang}.docx`, type: DOCX, bytes };
  };

/** The agency's focal point; of one that has none, the secretariat that acts for it. */
const mayTend = async (work: UnitOfWork, person: Person, agencyId: string): Promise<boolean> =>
  may(person, "agency.rules", agencyId) ||
  (may(person, "act.for") && (await focalPoints(work.tx, agencyId)).length === 0);

export const templateKind = (lang: DocumentLanguage): FileKind => `request_template_${lang}`;

/** The template in use, to be changed in Word and given back. */
const templateOpener =
  (lang: DocumentLanguage): Opener =>
  async (work, person, agencyId) => {
    if (!(await mayTend(work, person, agencyId))) return undefined;
    const bytes = await templateOf(work, agencyId, lang);
    return { name: `request-template-${lang}.docx`, type: DOCX, bytes };
  };

const templateTaker =
  (lang: DocumentLanguage): Taker =>
  async (work, person, agencyId, { bytes }) => {
    const t = messagesFor(person.lang);
    if (!(await mayTend(work, person, agencyId))) return t.errors.notAllowed({ roles: [t.roles.focal_point] });
    const problem = templateProblem(bytes, REQUEST_PLACES);
    if (problem) {
      const places = "places" in problem ? problem.places.map((place) => `{{${place}}}`) : [];
      return t.requests.templateProblem({ what: problem.what, places });
    }
    const sha256 = sha256Of(bytes);
    const row = { file: (await work.cipher()).sealBytes(bytes), sha256, set_at: work.now, set_by: person.id };
    await work.tx
      .insertInto("request_templates")
      .values({ ...row, agency_id: agencyId, lang })
      .onConflict((conflict) => conflict.columns(["body_id", "agency_id", "lang"]).doUpdateSet(row))
      .execute();
    await record(work, {
      action: "agency.template",
      actorId: person.id,
      item: { kind: "agency", id: agencyId },
      detail: { sha256, lang },
    });
    return undefined;
  };

/** The standard one from now on. @returns whether there was another */
export async function dropTemplate(
  work: UnitOfWork,
  { id }: Pick<Agency, "id">,
  lang: DocumentLanguage,
): Promise<boolean> {
  const row = await work.tx
    .deleteFrom("request_templates")
    .where("agency_id", "=", id)
    .where("lang", "=", lang)
    .executeTakeFirst();
  return row.numDeletedRows > 0n;
}

export const requestFiles = Object.fromEntries([
  ...LETTERS.flatMap((letter) =>
    DOCUMENT_LANGUAGES.map((lang) => [letterKind(letter, lang), opener(letter, lang)] as const),
  ),
  ...DOCUMENT_LANGUAGES.map((lang) => [templateKind(lang), templateOpener(lang)] as const),
]);

export const requestUploads = Object.fromEntries(
  DOCUMENT_LANGUAGES.map((lang) => [templateKind(lang), templateTaker(lang)]),
);
