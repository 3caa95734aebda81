import { sql } from "kysely";
import type { Person } from "../people/model.js";
import { sharesKnownTo, sharesOpenTo, type Viewer } from "../policy/index.js";
import { parseReference } from "../references.js";
import type { Work } from "../work.js";
import { wordsOf } from "./content.js";
import type { Share } from "./model.js";
import { COLUMNS, sharesOf } from "./store.js";

export const SHARE_VIEWS = ["all", "received", "given", "owed"] as const;
export type ShareView = (typeof SHARE_VIEWS)[number];

const PAGE = 10;
const MOST_WORDS = 8;

export type SharePage = { shares: Share[]; total: number; pages: number };

/** What a person knows of; with words, what they may open now. The same predicate gives the rows and the count. */
export async function listShares(
  work: Work,
  person: Person,
  viewer: Viewer,
  filter: { view: ShareView; words?: string; page: number },
): Promise<SharePage> {
  const { words } = filter;
  const reference = words ? parseReference(words) : undefined;
  const codename = words && /^[a-z]{3,12}$/i.test(words.trim()) ? words.trim().toLowerCase() : undefined;
  let query = work.tx
    .selectFrom("shares")
    .where(sharesKnownTo(viewer, work.now))
    .where("state", "!=", "closed")
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom("members")
          .select("members.agency_id")
          .whereRef("members.agency_id", "=", "shares.provider_agency_id"),
      ),
    );
  if (reference) query = query.where("number", "=", reference.kind === "information" ? reference.number : -1);
  else if (words) {
    const cipher = await work.cipher();
    const hashes = [...new Set(wordsOf(words))].slice(0, MOST_WORDS).map((word) => cipher.mark(word));
    const open = sharesOpenTo(viewer, work.now);
    query = query.where((eb) => {
      const named = codename ? [eb("codename", "=", codename)] : [];
      if (hashes.length === 0) return named[0] ?? eb("number", "<", 0);
      // Every word occurs in it, and it may be opened: a hit on what is closed would say what it holds.
      const holds = hashes.map((hash) =>
        eb.exists(
          eb
            .selectFrom("share_words")
            .select("share_words.share_id")
            .whereRef("share_words.share_id", "=", "shares.id")
            .where("share_words.hash", "=", hash),
        ),
      );
      return eb.or([...named, eb.and([open(eb), ...holds])]);
    });
  }
  const mine = viewer.agencyId;
  switch (filter.view) {
    case "given":
      query = query.where("provider_agency_id", "=", mine);
      break;
    case "received":
    case "owed":
      query = query.where((eb) =>
        eb.exists(
          eb
            .selectFrom("share_recipients")
            .select("share_recipients.id")
            .whereRef("share_recipients.share_id", "=", "shares.id")
            .where("share_recipients.agency_id", "=", mine)
            .$if(filter.view === "owed", (q) =>
              q
                .where("share_recipients.outcome", "!=", "final")
                .where("share_recipients.state", "!=", "declined")
                .where("share_recipients.outcome_due", "<=", work.now)
                .where((r) =>
                  r.or([r("share_recipients.person_id", "is", null), r("share_recipients.person_id", "=", person.id)]),
                ),
            ),
        ),
      );
      if (filter.view === "owed") query = query.where("state", "=", "released");
      break;
    case "all":
      break;
  }
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as("total")).executeTakeFirstOrThrow();
  const rows = await query
    .select(COLUMNS)
    .orderBy(sql`coalesce(released_at, created_at) desc`)
    .orderBy("id")
    .limit(PAGE)
    .offset((filter.page - 1) * PAGE)
    .execute();
  return {
    shares: await sharesOf(work, rows),
    total: Number(total),
    pages: Math.max(1, Math.ceil(Number(total) / PAGE)),
  };
}
