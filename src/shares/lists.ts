import type { ExpressionBuilder } from "kysely";
import { parseReference } from "../command/references.js";
import type { Person } from "../people/model.js";
import { type Viewer, waysToShares } from "../policy/index.js";
import type { Schema } from "../store/schema.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { wordsOf } from "./content.js";
import { GIVEN_STATES, type Share } from "./model.js";
import { COLUMNS, SHARES, sharesOf } from "./store.js";

export const SHARE_VIEWS = ["all", "received", "given", "owed"] as const;
export type ShareView = (typeof SHARE_VIEWS)[number];

export const PAGE = 10;
const MOST_WORDS = 8;
/** A word that more shares than this hold is no place to begin: then it is looked for in what one may open. */
const RARE = 1_000;

export type SharePage = {
  shares: Share[];
  /** Another page follows. How many there are is not counted: with a million it would cost more than the list. */
  more: boolean;
};

type Filter = { view: ShareView; words?: string; page: number };
type Shares = ExpressionBuilder<Schema, "shares">;
type Predicate = (eb: Shares) => ReturnType<Shares["and"]>;
type Found = { id: string; at: Date };

/**
 * What a person knows of, the latest first; with words, what they may open now. Each way is gone by its own index, and
 * no further than the page needs.
 */
export async function listShares(work: UnitOfWork, person: Person, viewer: Viewer, filter: Filter): Promise<SharePage> {
  const ways = waysToShares(viewer, work.now);
  const { view } = filter;
  const need = filter.page * PAGE + 1;
  const found: Found[] = [];
  for (const search of await searchesOf(work, filter.words)) {
    const received = search.open ? ways.receivedOpen : ways.receivedKnown;
    if (view === "all" || view === "given") found.push(...(await latest(work, ways.provided, search.meant, need)));
    if (view !== "given")
      found.push(...(await latestReceived(work, viewer, person, view === "owed", received, search.meant, need)));
    if (view === "all") found.push(...(await latest(work, ways.found, search.meant, need)));
  }
  const once = [...new Map(found.map((one) => [one.id, one])).values()].sort(
    (a, b) => b.at.getTime() - a.at.getTime() || a.id.localeCompare(b.id),
  );
  const ids = once.slice((filter.page - 1) * PAGE, filter.page * PAGE).map(({ id }) => id);
  const rows = ids.length ? await work.tx.selectFrom("shares").select(COLUMNS).where("id", "in", ids).execute() : [];
  const order = new Map(ids.map((id, index) => [id, index]));
  rows.sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
  return { shares: await sharesOf(work, rows), more: once.length > filter.page * PAGE };
}

type Search = {
  meant: Predicate;
  /** Only what may be opened: a hit on what is closed would say what it holds. */
  open: boolean;
};

/** Everything, or what was said: a reference, a codename, words. Each is a search of its own with an index of its own. */
async function searchesOf(work: UnitOfWork, said: string | undefined): Promise<Search[]> {
  if (said === undefined) return [{ meant: (eb) => eb("shares.state", "!=", "closed"), open: false }];
  const reference = parseReference(said);
  if (reference) {
    const number = reference.kind === SHARES.kind ? reference.number : -1;
    return [{ meant: (eb) => eb("shares.number", "=", number), open: false }];
  }
  const searches: Search[] = [];
  const codename = said.trim().toLowerCase();
  if (/^[a-z]{3,12}$/.test(codename))
    searches.push({ meant: (eb) => eb("shares.codename", "=", codename), open: false });
  const cipher = await work.cipher();
  const hashes = [...new Set(wordsOf(said))].slice(0, MOST_WORDS).map((word) => cipher.mark(word));
  if (hashes.length === 0) return searches;
  const rare = await rareOne(work, hashes);
  if (rare?.ids.length === 0) return searches;
  const holds: Predicate = (eb) =>
    eb.and([
      ...(rare ? [eb("shares.id", "in", rare.ids)] : []),
      ...hashes
        .filter((hash) => hash !== rare?.hash)
        .map((hash) =>
          eb.exists(
            eb
              .selectFrom("share_words")
              .select("share_words.share_id")
              .whereRef("share_words.share_id", "=", "shares.id")
              .where("share_words.hash", "=", hash),
          ),
        ),
    ]);
  return [...searches, { meant: holds, open: true }];
}

/** The shares that hold the first word that few hold; undefined when all of them are common. */
async function rareOne(
  work: UnitOfWork,
  hashes: readonly string[],
): Promise<{ hash: string; ids: string[] } | undefined> {
  for (const hash of hashes) {
    const rows = await work.tx
      .selectFrom("share_words")
      .select("share_id")
      .where("hash", "=", hash)
      .limit(RARE + 1)
      .execute();
    if (rows.length <= RARE) return { hash, ids: rows.map(({ share_id }) => share_id) };
  }
  return undefined;
}

function latest(work: UnitOfWork, way: Predicate, meant: Predicate, need: number): Promise<Found[]> {
  return work.tx
    .selectFrom("shares")
    .select(["shares.id", "shares.at"])
    .where("shares.state", "!=", "closed")
    .where((eb) => eb.and([way(eb), meant(eb), stillHere(eb)]))
    .orderBy("shares.at", "desc")
    .orderBy("shares.id")
    .limit(need)
    .execute();
}

async function latestReceived(
  work: UnitOfWork,
  viewer: Viewer,
  person: Person,
  owed: boolean,
  way: Predicate,
  meant: Predicate,
  need: number,
): Promise<Found[]> {
  const rows = await work.tx
    .selectFrom("share_recipients")
    .innerJoin("shares", "shares.id", "share_recipients.share_id")
    .select(["shares.id", "share_recipients.received_at as at"])
    .where("share_recipients.agency_id", "=", viewer.agencyId)
    .where("share_recipients.received_at", "is not", null)
    .where("shares.state", "!=", "closed")
    // The predicates speak of `shares`, which is joined here.
    .where((eb) =>
      eb.and([
        way(eb as unknown as Shares),
        meant(eb as unknown as Shares),
        stillHere(eb as unknown as Shares),
      ] as never),
    )
    .$if(owed, (q) =>
      q
        .where("share_recipients.outcome", "!=", "final")
        .where((eb) =>
          eb.or([
            eb("share_recipients.state", "=", "in_use"),
            eb.and([eb("share_recipients.state", "=", "delivered"), eb("shares.state", "=", "released")]),
          ]),
        )
        .where("share_recipients.outcome_due", "<=", work.now)
        .where("shares.state", "in", GIVEN_STATES)
        .where((eb) =>
          eb.or([eb("share_recipients.person_id", "is", null), eb("share_recipients.person_id", "=", person.id)]),
        ),
    )
    .orderBy("share_recipients.received_at", "desc")
    .orderBy("shares.id")
    // An agency can hold several places of one share: its persons by name, and itself.
    .limit(need * PLACES)
    .execute();
  return rows.flatMap(({ id, at }) => (at ? [{ id, at }] : []));
}

const PLACES = 4;

/** What an agency gave goes with it when it leaves the body. */
const stillHere: Predicate = (eb) =>
  eb.and([
    eb.exists(
      eb
        .selectFrom("members")
        .select("members.agency_id")
        .whereRef("members.agency_id", "=", "shares.provider_agency_id"),
    ),
  ]);
