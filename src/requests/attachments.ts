import { randomUUID } from "node:crypto";
import { record } from "../audit/record.js";
import { fileName, given, MOST_FILES } from "../files/given.js";
import type { Opener, Taker } from "../files/serve.js";
import { messagesFor } from "../i18n/index.js";
import type { Person } from "../people/model.js";
import { sightOfRequest } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { Acting } from "./acts/moving.js";
import { writeContent } from "./acts/writing.js";
import { opened, seesAnswerFile, waitingFor } from "./answer-files.js";
import { sha256Of } from "./documents.js";
import type { AttachedFile } from "./fields.js";
import { type CoopRequest, itemOf } from "./model.js";
import { attachesTo } from "./open.js";
import { readsShared } from "./shared.js";
import { REQUESTS } from "./store.js";

/**
 * Files that belong to a request or to its answer: sealed at rest, named with their hash in the request or with what was said,
 * and on its paper, so that what is approved or given and what is opened there are the same bytes. Each opening is on record.
 */

/**
 * Takes one file: for the request until it is sent, and after that while its paper is owed; for the answer as long as
 * something can be said about it.
 */
export const takeAttached: Taker = async (work, person, requestId, { name, bytes }) => {
  const t = messagesFor(person.lang);
  const one = await REQUESTS.lock(work, requestId);
  const side = one && attachesTo({ viewer: person }, one);
  if (!one || !side) return t.errors.requestFileLate;
  const type = given(bytes, t, "request attach");
  if ("wrong" in type) return type.wrong;
  const files = await beside(work, person, one, side);
  if (files.length >= MOST_FILES) return t.errors.requestFileCount({ max: MOST_FILES });
  const sha256 = sha256Of(bytes);
  const twice = files.findIndex((file) => file.sha256 === sha256);
  if (twice >= 0) return t.errors.requestFileTwice({ n: twice + 1 });
  const cipher = await work.cipher();
  const id = randomUUID();
  const about = { name: fileName(name, type.extension), type: type.type, size: bytes.length, sha256 };
  await work.tx
    .insertInto("request_files")
    .values({
      ...{ id, request_id: one.id, added_by: person.id, added_at: work.now, file: cipher.sealBytes(bytes) },
      ...(side === "answer" ? { agency_id: person.agencyId, about: cipher.seal(JSON.stringify(about)) } : {}),
    })
    .execute();
  if (side === "request")
    await writeContent({ work, person, viewer: person }, one, { ...one.content, files: [...files, { ...about, id }] });
  else await record(work, { action: "request.attached", actorId: person.id, item: itemOf(one), detail: { sha256 } });
  return undefined;
};

/** Those that a file attached now stands with, in the order of their numbers. */
const beside = async (
  work: UnitOfWork,
  { agencyId }: Pick<Person, "agencyId">,
  one: CoopRequest,
  side: "request" | "answer",
): Promise<readonly AttachedFile[]> =>
  side === "request" ? (one.content.files ?? []) : waitingFor(work, one, agencyId);

/**
 * Takes out one file; of what was shared all of its files, since none goes without the conditions that are on the first.
 * @param which its number, from 1; or the reference of what was shared
 * @returns how many there were, and those that are out: none where there is no such one, or where it went out already
 */
export async function detach(
  c: Acting,
  one: CoopRequest,
  which: number | string,
  side: "request" | "answer",
): Promise<{ before: number; out: readonly AttachedFile[] }> {
  const files = await beside(c.work, c.person, one, side);
  const before = files.length;
  const named = typeof which === "number" ? files[which - 1] : files.find(({ share }) => share?.ref === which);
  // What was sent stays as it was sent.
  if (!named || (side === "request" && one.subject.sent)) return { before, out: [] };
  const out = named.share ? files.filter(({ share }) => share?.id === named.share?.id) : [named];
  const ids = out.map(({ id }) => id);
  await c.work.tx.deleteFrom("request_files").where("id", "in", ids).execute();
  if (side === "request")
    await writeContent(c, one, { ...one.content, files: files.filter(({ id }) => !ids.includes(id)) });
  else
    await record(c.work, {
      ...{ action: "request.detached", actorId: c.person.id, item: itemOf(one), detail: { sha256: named.sha256 } },
    });
  return { before, out };
}

export const openAttached: Opener = async (work, person, fileId) => {
  const row = await work.tx.selectFrom("request_files").selectAll().where("id", "=", fileId).executeTakeFirst();
  const one = row && (await REQUESTS.byId(work, row.request_id));
  if (!row || !one || sightOfRequest(person, one.subject) !== "full") return undefined;
  const cipher = await work.cipher();
  const answers = opened(row, cipher.open.bind(cipher));
  if (answers && !seesAnswerFile(person, answers)) return undefined;
  const file = answers ?? one.content.files?.find(({ id }) => id === fileId);
  if (!file || (file.share && !(await readsShared(work, person, one, file.share.id)))) return undefined;
  const bytes = cipher.openBytes(row.file);
  if (sha256Of(bytes) !== file.sha256) throw new Error("a file of a request was altered");
  await record(work, {
    action: "request.downloaded",
    actorId: person.id,
    item: itemOf(one),
    detail: { sha256: file.sha256, kind: one.kind, letter: "attachment" },
  });
  return { name: file.name, type: file.type, bytes };
};
