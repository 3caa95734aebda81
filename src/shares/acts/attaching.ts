import { randomUUID } from "node:crypto";
import { record } from "../../audit/record.js";
import { fileName, given, MOST_FILES } from "../../files/given.js";
import type { Opener, Taker } from "../../files/serve.js";
import { messagesFor } from "../../i18n/index.js";
import { mayShare } from "../../policy/index.js";
import { attachmentsOf } from "../attachments.js";
import { itemOf } from "../model.js";
import { accepted, purposeOf } from "../openings.js";
import { SHARES } from "../store.js";
import { bump, recordFor } from "./sharing.js";

/** Takes a file for a draft of this person's. */
export const takeAttachment: Taker = async (work, person, shareId, { name, bytes }) => {
  const t = messagesFor(person.lang);
  const share = await SHARES.lock(work, shareId);
  if (!share || mayShare(person, "edit", share.subject) !== undefined) return t.errors.fileLate;
  const type = given(bytes, t, "share file");
  if ("wrong" in type) return type.wrong;
  if ((await attachmentsOf(work, share)).length >= MOST_FILES) return t.errors.fileCount({ max: MOST_FILES });
  const cipher = await work.cipher();
  const id = randomUUID();
  await work.tx
    .insertInto("attachments")
    .values({
      id,
      share_id: share.id,
      name: cipher.seal(fileName(name, type.extension)),
      type: type.type,
      size: bytes.length,
      content: cipher.sealBytes(bytes),
      by: person.id,
      at: work.now,
    })
    .execute();
  await recordFor(work, person, await bump(work, share, {}), "share.file_added");
  return undefined;
};

export const openAttachment: Opener = async (work, person, attachmentId) => {
  const row = await work.tx.selectFrom("attachments").selectAll().where("id", "=", attachmentId).executeTakeFirst();
  // Held until the commit: a recall comes before the download or after it.
  const share = row && (await SHARES.lock(work, row.share_id));
  if (!row || !share || mayShare(person, "open", share.subject) !== undefined) return undefined;
  const ours = share.providerAgency.id === person.agencyId;
  if (!ours && !(await accepted(work, share, person.id))) return undefined;
  await work.tx
    .insertInto("share_openings")
    .values({
      share_id: share.id,
      person_id: person.id,
      agency_id: person.agencyId,
      conditions: share.conditions,
      purpose: (await purposeOf(work, share, person.id)) ?? "assessment",
      accepted: false,
      attachment_id: row.id,
      at: work.now,
    })
    .execute();
  await record(work, { action: "share.downloaded", actorId: person.id, item: itemOf(share) });
  const cipher = await work.cipher();
  return { name: cipher.open(row.name), type: row.type, bytes: cipher.openBytes(row.content) };
};
