import { sql } from "kysely";
import { type CalendarEvent, calendarFile } from "../calendar/ics.js";
import type { Person } from "../people/model.js";
import { asDeputy, loadPerson } from "../people/store.js";
import type { Store } from "../store/database.js";
import type { InBody } from "../store/slices.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { type FileKind, hashOf } from "./links.js";

export type ServedFile = { name: string; type: string; bytes: Uint8Array };

/** Opens what an address names, for the person it was made for, by the rights of this moment. */
export type Opener = (work: UnitOfWork, person: Person, itemId: string) => Promise<ServedFile | undefined>;

/** What somebody sends to an upload address. */
export type Upload = { name: string; bytes: Uint8Array };
/** What is wrong, in the person's language; undefined when it was taken. */
type Verdict = string | undefined;
/** @returns the verdict, or what leads to it once the address is used up: what takes long is done outside its transaction */
export type Taker = (
  work: UnitOfWork,
  person: Person,
  itemId: string,
  upload: Upload,
) => Promise<Verdict | ((inBody: InBody) => Promise<Verdict>)>;

export type FileParts = {
  store: Store;
  now: () => Date;
  inBody: <T>(body: string, act: (work: UnitOfWork) => Promise<T>) => Promise<T>;
  openers: Readonly<Record<FileKind, Opener>>;
  takers: Readonly<Record<FileKind, Taker>>;
  /** What stands in a person's calendar in one body. */
  feeds: readonly ((work: UnitOfWork, person: Person) => Promise<CalendarEvent[]>)[];
};

/**
 * What an address that Coord gave out opens. One that never was, has run out or was used, or whose person may not see
 * it any more gives the same nothing.
 */
export class Files {
  constructor(private readonly parts: FileParts) {}

  async file(token: string): Promise<ServedFile | undefined> {
    const body = await this.#bodyOf(token);
    if (!body) return undefined;
    const { openers } = this.parts;
    return this.#use(token, body, openers, async (work, person, link) =>
      openers[link.kind]?.(work, person, link.item_id),
    );
  }

  /** For a reader of which language an address still opens a file; looking does not use it up. */
  async gives(token: string): Promise<{ lang: string } | undefined> {
    return this.#look(token, this.parts.openers);
  }

  /** The same of an address that takes a file. */
  async takes(token: string): Promise<boolean> {
    return (await this.#look(token, this.parts.takers)) !== undefined;
  }

  /** @returns undefined when there is no such address; else what was wrong, or nothing */
  async take(token: string, upload: Upload): Promise<{ wrong?: string } | undefined> {
    const body = await this.#bodyOf(token);
    if (!body) return undefined;
    const { takers } = this.parts;
    const taken = await this.#use(token, body, takers, async (work, person, link) => {
      const take = takers[link.kind];
      return take && { verdict: await take(work, person, link.item_id, upload) };
    });
    if (!taken) return undefined;
    const { verdict } = taken;
    return { wrong: typeof verdict === "function" ? await verdict((act) => this.parts.inBody(body, act)) : verdict };
  }

  async #look(token: string, kinds: object): Promise<{ lang: string } | undefined> {
    const body = await this.#bodyOf(token);
    if (!body) return undefined;
    return this.parts.inBody(body, async (work) => {
      const link = await work.tx
        .selectFrom("file_links")
        .select(["person_id"])
        .where("token_hash", "=", hashOf(token))
        .where("expires_at", ">", work.now)
        .where("kind", "in", Object.keys(kinds))
        .executeTakeFirst();
      const person = link && (await this.#holder(work, link.person_id));
      return person && { lang: person.lang };
    });
  }

  /** Whom an address was made for, while they may do anything here. */
  async #holder(work: UnitOfWork, id: string): Promise<Person | undefined> {
    const person = await loadPerson(work.tx, id);
    return person?.active && person.roles.length > 0 ? person : undefined;
  }

  async #use<T>(
    token: string,
    body: string,
    kinds: object,
    act: (work: UnitOfWork, person: Person, link: { kind: FileKind; item_id: string }) => Promise<T | undefined>,
  ): Promise<T | undefined> {
    return this.parts.inBody(body, async (work) => {
      const link = await work.tx
        .deleteFrom("file_links")
        .where("token_hash", "=", hashOf(token))
        .where("expires_at", ">", work.now)
        // An address for one thing is not used up by what is for the other.
        .where("kind", "in", Object.keys(kinds))
        .returning(["person_id", "kind", "item_id"])
        .executeTakeFirst();
      const loaded = link && (await this.#holder(work, link.person_id));
      if (!link || !loaded) return undefined;
      const kind = link.kind as FileKind;
      return act(work, await asDeputy(work.tx, loaded, work.now), { kind, item_id: link.item_id });
    });
  }

  async #bodyOf(token: string): Promise<string | undefined> {
    // What cannot be one of ours asks nothing of the database.
    if (!/^[\w-]{20,64}$/.test(token)) return undefined;
    const { rows } = await this.parts.store.outside((tx) =>
      sql<{ body: string | null }>`select body_of_file(${hashOf(token)}, ${this.parts.now()}) as body`.execute(tx),
    );
    return rows[0]?.body ?? undefined;
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
        const reader = await asDeputy(work.tx, person, work.now);
        for (const feed of this.parts.feeds) events.push(...(await feed(work, reader)));
      });
    const bytes = new TextEncoder().encode(calendarFile("PUBLISH", events, { name }));
    return { name: "coord.ics", type: "text/calendar; charset=utf-8", bytes };
  }
}
