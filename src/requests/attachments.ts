import { randomUUID } from "node:crypto";
import { record } from "../audit/record.js";
import { fileName, given, MOST_FILES } from "../files/given.js";
import type { Opener, Taker } from "../files/serve.js";
import { messagesFor } from "../i18n/index.js";
import { sightOfRequest } from "../policy/index.js";
import type { Acting } from "./acts/moving.js";
import { writeContent } from "./acts/writing.js";
import { sha256Of } from "./documents.js";
import type { AttachedFile } from "./fields.js";
import { type CoopRequest, itemOf } from "./model.js";
import { mayFill } from "./open.js";
import { REQUESTS } from "./store.js";

/**
 * Files that belong to a request: sealed at rest, named with their hash in the request and on its paper, so that what is
 * approved and what is opened there are the same bytes. Each opening is on record.
 */

/** Takes one file, until the request is sent, and after that while its paper is owed. */
export const takeAttached: Taker = async (work, person, requestId, { name, bytes }) => {
  const t = messagesFor(person.lang);
  const one = await REQUESTS.lock(work, requestId);
  if (!one || !mayFill(person, one)) return t.errors.requestFileLate;
  const type = given(bytes, t, "request attach");
  if ("wrong" in type) return type.wrong;
  const files = one.content.files ?? [];
  if (files.length >= MOST_FILES) return t.errors.requestFileCount({ max: MOST_FILES });
  const sha256 = sha256Of(bytes);
  const twice = files.findIndex((file) => file.sha256 === sha256);
  if (twice >= 0) return t.errors.requestFileTwice({ n: twice + 1 });
  const id = randomUUID();
  await work.tx
    .insertInto("request_files")
    .values({
      ...{ id, request_id: one.id, added_by: person.id, added_at: work.now },
      file: (await work.cipher()).sealBytes(bytes),
    })
    .execute();
  const file: AttachedFile = {
    ...{ id, name: fileName(name, type.extension), type: type.type, size: bytes.length, sha256 },
  };
  await writeContent({ work, person, viewer: person }, one, { ...one.content, files: [...files, file] });
  return undefined;
};

/** @param n which of them, from 1 @returns nothing where there is no such one, or where it went out already */
export async function detach(c: Acting, one: CoopRequest, n: number): Promise<CoopRequest | undefined> {
  const files = one.content.files ?? [];
  const file = files[n - 1];
  // What was sent stays as it was sent.
  if (!file || one.subject.sent) return undefined;
  await c.work.tx.deleteFrom("request_files").where("id", "=", file.id).execute();
  return writeContent(c, one, { ...one.content, files: files.filter(({ id }) => id !== file.id) });
}

export const openAttached: Opener = async (work, person, fileId) => {
  const row = await work.tx.selectFrom("request_files").selectAll().where("id", "=", fileId).executeTakeFirst();
  const one = row && (await REQUESTS.byId(work, row.request_id));
  const file = one?.content.files?.find(({ id }) => id === fileId);
  if (!row || !one || !file || sightOfRequest(person, one.subject) !== "full") return undefined;
  const bytes = (await work.cipher()).openBytes(row.file);
  if (sha256Of(bytes) !== file.sha256) throw new Error("a file of a request was altered");
  await record(work, {
    action: "request.downloaded",
    actorId: person.id,
    item: itemOf(one),
    detail: { sha256: file.sha256, kind: one.kind, letter: "attachment" },
  });
  return { name: file.name, type: file.type, bytes };
};
