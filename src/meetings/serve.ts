import { sql } from "kysely";
import { record } from "../audit/record.js";
import { DOCX } from "../documents/minutes.js";
import { asDeputy, loadPerson } from "../people/store.js";
import { sightOfMeeting } from "../policy/index.js";
import type { Store } from "../store/database.js";
import type { Work } from "../work.js";
import { feedEvents, invitationFile } from "./calendar.js";
import { type CalendarEvent, calendarFile } from "./calendar-file.js";
import { hashOf } from "./files.js";
import { minutesOf } from "./minutes-file.js";
import { occurrenceItem } from "./model.js";
import { readsRecord } from "./record.js";
import { heldById, meetingById } from "./store.js";

export type ServedFile = { name: string; type: string; bytes: Uint8Array };

export type FileParts = {
  store: Store;
  now: () => Date;
  inBody: <T>(body: string, act: (work: Work) => Promise<T>) => Promise<T>;
};

/**
 * What an address that Coord gave out opens, by the rights of this moment. One that never was, has run out, or whose
 * person may not see it any more gives the same nothing.
 */
export class Files {
  constructor(private readonly parts: FileParts) {}

  /** A file by its short-lived address; it opens once. */
  async file(token: string): Promise<ServedFile | undefined> {
    const hash = hashOf(token);
    const { rows } = await this.parts.store.outside((tx) =>
      sql<{ body: string | null }>`select body_of_file(${hash}, ${this.parts.now()}) as body`.execute(tx),
    );
    const body = rows[0]?.body;
    return body ? this.parts.inBody(body, (work) => openFile(work, hash)) : undefined;
  }

  /** All that a person is asked to, in every body they belong to. */
  async feed(token: string): Promise<ServedFile | undefined> {
    const { rows } = await this.parts.store.outside((tx) =>
      sql<{ person_id: string; bodies: string[] }>`select * from feed_of(${hashOf(token)})`.execute(tx),
    );
    const [owner] = rows;
    if (!owner?.bodies.length) return undefined;
    const events: CalendarEvent[] = [];
    let name = "Coord";
    for (const body of owner.bodies)
      await this.parts.inBody(body, async (work) => {
        const person = await loadPerson(work.tx, owner.person_id);
        if (!person?.active) return;
        name = owner.bodies.length === 1 ? `Coord: ${work.body.name}` : name;
        events.push(...(await feedEvents(work, person, await asDeputy(work.tx, person, work.now))));
      });
    const text = calendarFile("PUBLISH", events, { name });
    return { name: "coord.ics", type: "text/calendar; charset=utf-8", bytes: new TextEncoder().encode(text) };
  }
}

async function openFile(work: Work, hash: string): Promise<ServedFile | undefined> {
  const link = await work.tx
    .deleteFrom("file_links")
    .where("token_hash", "=", hash)
    .where("expires_at", ">", work.now)
    .returning(["person_id", "kind", "item_id"])
    .executeTakeFirst();
  const loaded = link && (await loadPerson(work.tx, link.person_id));
  if (!link || !loaded?.active || loaded.roles.length === 0) return undefined;
  const person = await asDeputy(work.tx, loaded, work.now);
  if (link.kind === "calendar") {
    const meeting = await meetingById(work, link.item_id);
    if (!meeting?.starts || sightOfMeeting(person, meeting.subject) !== "full") return undefined;
    const { name, type, text } = await invitationFile(work, meeting, person);
    return { name, type, bytes: new TextEncoder().encode(text) };
  }
  const held = await heldById(work, link.item_id);
  if (!held || !(await readsRecord(work, person, held))) return undefined;
  await record(work, { action: "minutes.downloaded", actorId: person.id, item: occurrenceItem(held.occurrence) });
  return {
    name: `${held.occurrence.ref.replace("/", "-")}.docx`,
    type: DOCX,
    bytes: await minutesOf(work, held, person.lang),
  };
}
