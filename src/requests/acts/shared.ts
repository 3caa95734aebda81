import { randomUUID } from "node:crypto";
import { recordAct } from "../../audit/record.js";
import type { Context } from "../../command/define.js";
import { annexDocument } from "../../documents/annex.js";
import { DOCX } from "../../documents/word.js";
import { fileName, MOST_FILES } from "../../files/given.js";
import { documentWords } from "../../i18n/documents.js";
import { refuse } from "../../lib/refusal.js";
import { open } from "../../shares/acts/opening.js";
import { askUse } from "../../shares/acts/using.js";
import { attachmentsOf } from "../../shares/attachments.js";
import { otherCondition, readContent } from "../../shares/content.js";
import { type Share, itemOf as shareItem } from "../../shares/model.js";
import { type UseRequest, useWords } from "../../shares/use-requests.js";
import { sha256Of } from "../documents.js";
import type { AttachedFile } from "../fields.js";
import { dayIn, languageOf } from "../letters.js";
import type { CoopRequest } from "../model.js";
import { checkLabel, checkShared, cooperationOf, pending, permissionFor, permissions } from "../shared.js";
import { writeContent } from "./writing.js";

/** Information that was shared, as an annex of a request: what it says as a Word file, and the files that were with it. */

/**
 * @returns how many files it is
 * @throws Refusal where the provider's conditions do not allow it, were not accepted, or it is attached already
 */
export async function attachShare(c: Context, one: CoopRequest, share: Share): Promise<number> {
  const { work, person } = c;
  const files = one.content.files ?? [];
  checkLabel(share, one);
  if (files.some((file) => file.share?.id === share.id))
    refuse((t) => t.errors.requestSharedThere({ ref: one.ref, share: share.ref }));
  await open(c, share);
  const [use] = permissionFor(share, one) ? await permissions(work, share, one) : [];
  const given = [await annexOf(c, one, share, use), ...(await filesOf(c, share))];
  if (files.length + given.length > MOST_FILES) refuse((t) => t.errors.requestFileCount({ max: MOST_FILES }));
  const cipher = await work.cipher();
  const added = given.map(({ bytes, ...about }): AttachedFile & { bytes: Uint8Array } => ({
    ...{ ...about, id: randomUUID(), size: bytes.length, sha256: sha256Of(bytes), bytes },
    share: { id: share.id, ref: share.ref, conditions: share.conditions, use: use?.id },
  }));
  await work.tx
    .insertInto("request_files")
    .values(
      added.map(({ id, bytes }) => ({
        ...{ id, request_id: one.id, added_by: person.id, added_at: work.now, file: cipher.sealBytes(bytes) },
      })),
    )
    .execute();
  const content = { ...one.content, files: [...files, ...added.map(({ bytes: _bytes, ...file }) => file)] };
  await checkShared(work, { ...one, content });
  await writeContent(c, one, content);
  await recordAct(c, {
    ...{ action: "share.attached", item: shareItem(share) },
    detail: { agency: person.agency.handle, kind: one.kind },
  });
  return given.length;
}

type Given = { name: string; type: string; bytes: Uint8Array };

/** As the provider gave them; named for the information that they are of. */
async function filesOf({ work }: Context, share: Share): Promise<Given[]> {
  const cipher = await work.cipher();
  const files = await attachmentsOf(work, share);
  return Promise.all(
    files.map(async ({ id, name, type }) => {
      const { content } = await work.tx
        .selectFrom("attachments")
        .select("content")
        .where("id", "=", id)
        .executeTakeFirstOrThrow();
      const [, extension = ""] = /\.([A-Za-z0-9]{1,5})$/.exec(name) ?? [];
      return { name: fileName(`${share.ref} ${name}`, extension), type, bytes: cipher.openBytes(content) };
    }),
  );
}

/** On paper, in the language of the request: what it says, from whom, and under which conditions. */
async function annexOf({ work }: Context, one: CoopRequest, share: Share, use: UseRequest | undefined): Promise<Given> {
  const lang = languageOf(one);
  const d = documentWords(lang).document;
  const s = d.shared;
  const { title, content } = await readContent(work, share);
  const other = await otherCondition(work, share);
  const conditions = use && (await useWords(work, use)).answer;
  const given = share.releasedAt ?? share.createdAt;
  const handling = share.codes.map((code) => (code === "H3" ? (other ?? code) : s.codes[code]));
  const grade = [share.sourceGrade, share.contentGrade].filter(Boolean).join("");
  const fact = (label: string, value: string | undefined) => (value ? [{ label, value }] : []);
  const bytes = await annexDocument({
    ...{ lang, title, ref: share.ref, label: `TLP:${share.label}`, status: s.title, body: one.from.name, footer: "" },
    ...{ created: given, words: { page: d.page({ page: "{page}", pages: "{pages}" }) } },
    facts: [
      ...fact(s.provider, share.attribution ? share.providerAgency.name : s.unnamed),
      ...fact(d.facts.date, dayIn(work, given, lang)),
      ...fact(s.handling, [`TLP:${share.label}`, ...handling].join("\n")),
      ...fact(s.grade, grade),
      ...fact(s.permission, use?.expiresAt && s.until({ day: dayIn(work, use.expiresAt, lang) })),
      ...fact(s.conditions, conditions),
    ],
    sections: [{ heading: s.content, entries: content.split(/\n{2,}/).map((value) => ({ value })) }],
  });
  return { name: `${share.ref}.docx`, type: DOCX, bytes };
}

/** Asks its provider to let it go with this request, and with no other. */
export async function askPermission(
  c: Context,
  one: CoopRequest,
  share: Share,
  { purpose, basis, by }: { purpose: string; basis?: string; by?: Date },
): Promise<UseRequest> {
  checkLabel(share, one);
  const code = permissionFor(share, one);
  if (!code) return refuse((t) => t.errors.requestSharedFree({ ref: one.ref, share: share.ref }));
  const [waiting] = await pending(c.work, share, one);
  if (waiting) refuse((t) => t.errors.requestSharedAsked({ use: waiting.ref }));
  const agencies = one.to ? [one.to] : [];
  const cooperation = cooperationOf(one);
  return askUse(c, share, { code, purpose, cooperation, agencies, persons: [], legalBasis: basis, neededBy: by });
}
