import { subMinutes } from "date-fns";
import { sql } from "kysely";
import { readHeads, Signer } from "../audit/heads.js";
import { tailOf } from "../audit/leaving.js";
import type { Body } from "../people/model.js";
import { allBodies } from "../people/store.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { Check, CliParts, Finding } from "./parts.js";

/** The reconciler seals every quarter of a minute, and brings heads out every five. */
const LATE_MINUTES = 15;

/** What is quickly seen of the record: is it sealed, do its heads get out, does it hold those that did. */
export const recordCheck = (parts: CliParts): Check => ({
  name: "record",
  async run() {
    const { store } = parts.runtime;
    const troubles: string[] = [];
    for (const body of await store.outside((tx) => allBodies(tx)))
      troubles.push(...(await troublesOf(parts, body)).map((trouble) => `${body.slug}: ${trouble}`));
    return troubles.length ? { ok: false, say: troubles.join("; ") } : fine(parts);
  },
});

const fine = ({ config: { heads } }: CliParts): Finding => ({
  ok: true,
  say: heads.url
    ? `its heads go to ${heads.file} and to AUDIT_HEADS_URL`
    : `its heads go to ${heads.file}; set AUDIT_HEADS_URL and they leave this machine`,
});

async function troublesOf({ runtime, config }: CliParts, body: Body): Promise<string[]> {
  const { key } = await Signer.of(runtime.store, runtime.vault);
  const { heads } = readHeads(tailOf(config.heads.file), { body: body.id, key });
  return runtime.inBody(body.id, async (work) => {
    const lost = await firstLost(work, heads);
    const late = await unsealedSince(work);
    const posts = await work.tx.selectFrom("head_posts").select("attempts").executeTakeFirst();
    return [
      ...(lost
        ? [`the record does not hold the head of seal ${lost} any more: coord audit verify --head ${config.heads.file}`]
        : []),
      ...(heads.some(({ forged }) => forged) ? [`${config.heads.file} holds heads that were changed`] : []),
      ...(heads.some(({ foreign }) => foreign) ? [`${config.heads.file} holds heads of another key`] : []),
      ...(late
        ? [`events wait to be sealed since ${late.toISOString()}: is Coord running, or a transaction open since then?`]
        : []),
      ...(config.heads.url && posts?.attempts
        ? [`AUDIT_HEADS_URL did not take the last head, ${posts.attempts} tries`]
        : []),
    ];
  });
}

async function firstLost(
  { tx }: UnitOfWork,
  heads: readonly { n: number; hash: string; forged?: true }[],
): Promise<number | undefined> {
  const sound = heads.filter(({ forged }) => !forged);
  if (sound.length === 0) return undefined;
  const rows = await tx
    .selectFrom("seals")
    .select(["n", "hash"])
    .where("n", "in", [...new Set(sound.map(({ n }) => n))])
    .execute();
  const known = new Map(rows.map(({ n, hash }) => [n, hash]));
  return sound.find(({ n, hash }) => !known.get(n)?.startsWith(hash))?.n;
}

/** The oldest event after the last seal, where it should long be in one. */
async function unsealedSince({ tx, body, now }: UnitOfWork): Promise<Date | undefined> {
  const { rows } = await sql<{ at: Date }>`
    select at from events
    where body_id = ${body.id}::uuid and at < ${subMinutes(now, LATE_MINUTES)}
      and txid >= coalesce((select horizon from seals order by n desc limit 1), '0'::xid8)
      and not exists (select from seals s where s.last_id >= events.id and s.first_id <= events.id
        and events.id = any(s.event_ids))
    order by txid limit 1`.execute(tx);
  return rows[0]?.at;
}
