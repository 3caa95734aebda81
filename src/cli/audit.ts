import type { Finding } from "../audit/findings.js";
import { readHeads, Signer, shortHead } from "../audit/heads.js";
import type { KeptHead } from "../audit/kept.js";
import { recordOf } from "../audit/proof.js";
import { record } from "../audit/record.js";
import { headOf, seal } from "../audit/seal.js";
import { type Access, type Verdict, verify } from "../audit/verify.js";
import { parseReference } from "../command/references.js";
import type { Body } from "../people/model.js";
import { changedSummaries, sealsInSummaries } from "../reports/recount.js";
import type { Runtime } from "../runtime/runtime.js";
import { StartError } from "../store/lock.js";
import { recordPage } from "./record-page.js";
import { bodyOf } from "./setup.js";

type Where = { body?: string };
/** What the operator's files hold, by the path as it was typed. */
type Files = Readonly<Record<string, string>>;

/** @param o.head heads that were kept elsewhere, or files of them */
export async function verifyRecord(
  runtime: Runtime,
  files: Files,
  o: Where & { head?: string[] },
): Promise<{ text: string; ok: boolean }> {
  const body = await bodyOf(runtime, o.body);
  return verified(runtime, files, body, o.head ?? []);
}

/** Seals what is new. @returns the head with its signature, as a line of JSON */
export async function signedHead(runtime: Runtime, o: Where): Promise<string> {
  const body = await bodyOf(runtime, o.body);
  const head = await sealedHead(runtime, body);
  if (!head) return "Nothing has happened yet.";
  const signer = await Signer.of(runtime.store, runtime.vault);
  return JSON.stringify(signer.sign(body.id, head));
}

export async function publicKey(runtime: Runtime): Promise<string> {
  const signer = await Signer.of(runtime.store, runtime.vault);
  return `${signer.key}\n${signer.pem.trim()}`;
}

/** Writes the record of one item, with its proof, to `o.out`. @returns what was written, and how it is checked */
export async function exportRecord(
  runtime: Runtime,
  files: Files,
  save: (path: string, text: string) => void,
  item: string,
  o: Where & { out: string; head?: string[] },
): Promise<string> {
  const body = await bodyOf(runtime, o.body);
  return exported({ runtime, files, save }, body, item, o);
}

/** Seals what is new, in steps, and tells where the chain ends then. */
async function sealedHead(runtime: Runtime, body: Body) {
  while ((await runtime.inBody(body.id, (work) => seal(work))).more);
  return runtime.inBody(body.id, (work) => headOf(work.tx));
}

export const accessTo = (runtime: Runtime, body: Pick<Body, "id">): Access => ({
  inWork: (act) => runtime.inBody(body.id, act),
  outside: (act) => runtime.store.outside(act),
  keysOpen: () => runtime.vault.check(runtime.store),
});

async function verified(
  runtime: Runtime,
  files: Files,
  body: Body,
  given: readonly string[],
): Promise<{ text: string; ok: boolean }> {
  const access = accessTo(runtime, body);
  const { inWork } = access;
  const { heads, notes } = await keptHeads(runtime, files, body, given);
  const told = await sealsInSummaries(inWork);
  const verdict = await verify(access, [...heads, ...told]);
  const changed = await changedSummaries(inWork);
  const ok = verdict.ok && changed.length === 0;
  const { seals, events } = verdict;
  const lines = [
    ok
      ? `The record of ${body.slug} is whole: ${events} events in ${seals} seals${heads.length ? `, and it holds each of ${heads.length} heads kept elsewhere` : ""}.`
      : `The record of ${body.slug} is BROKEN. Keep the database as it is and compare it with a backup.`,
    ...verdict.findings.map((finding) => `- ${sentence(finding)}`),
    ...changed.map(
      ({ ref, figures }) =>
        `- ${ref} was made of other figures than the record has now (${figures.slice(0, 5).join(", ")}${figures.length > 5 ? ", …" : ""}): events of its period came or went since.`,
    ),
    ...remarks(verdict),
    ...notes,
  ];
  return { text: lines.join("\n"), ok };
}

function remarks({ waiting, restored, head }: Verdict): string[] {
  return [
    ...(waiting ? [`Not sealed yet: ${waiting}.`] : []),
    ...restored.map((n) => `Seal ${n} was the first after the database was restored from a dump. Was it?`),
    ...(head ? [`Head: ${shortHead(head)} (${head.size} events, ${head.at.toISOString()})`] : []),
  ];
}

/** @throws StartError where something given is no head, or none is of this body: nothing would be checked by it */
async function keptHeads(
  runtime: Runtime,
  files: Files,
  body: Body,
  given: readonly string[],
): Promise<{ heads: KeptHead[]; notes: string[] }> {
  const { key } = await Signer.of(runtime.store, runtime.vault);
  const heads: KeptHead[] = [];
  const notes: string[] = [];
  for (const one of given) {
    const read = readHeads(files[one] ?? one, { body: body.id, key });
    if (read.heads.length === 0)
      throw new StartError(
        read.ofOthers
          ? `--head: the heads there are of other bodies than ${body.slug}. Say which with --body.`
          : `--head: neither a file that is there nor a head. Write a file of heads, e.g. heads.jsonl, or a head, e.g. 812:9f2c7a1b0c3d4e5f.`,
      );
    if (read.unreadable) notes.push(`${read.unreadable} lines could not be read as heads.`);
    heads.push(...read.heads);
  }
  return { heads, notes };
}

async function exported(
  { runtime, files, save }: { runtime: Runtime; files: Files; save: (path: string, text: string) => void },
  body: Body,
  said: string,
  o: { out: string; head?: string[] },
): Promise<string> {
  const reference = parseReference(said);
  if (!reference) throw new StartError(`"${said.slice(0, 40)}" is no reference of an item. Write e.g. T-12.`);
  const { heads } = await keptHeads(runtime, files, body, o.head ?? []);
  await sealedHead(runtime, body);
  const signer = await Signer.of(runtime.store, runtime.vault);
  const made = await runtime.inBody(body.id, async (work) => {
    const via = heads.map(({ n }) => n);
    const found = await recordOf(work, reference.text, via, (head) => signer.sign(body.id, head));
    if (found) await record(work, { action: "audit.exported", item: found.item });
    return found;
  });
  if (!made) throw new StartError(`${body.slug} has no ${reference.text} on record.`);
  save(o.out, o.out.toLowerCase().endsWith(".html") ? recordPage(made) : `${JSON.stringify(made, null, 1)}\n`);
  return [
    `${made.events.length} events of ${made.item.ref} with their proof are in ${o.out}. Check it anywhere: node verify.mjs ${o.out} (docs/verify.mjs).`,
    ...(made.unproven.length
      ? [
          `${made.unproven.length} older events are in it without a proof of their own: \`coord audit verify\` shows that they stand in the chain.`,
        ]
      : []),
    ...(made.waiting ? [`${made.waiting} newer ones are not sealed yet: export it again in a minute.`] : []),
  ].join("\n");
}

const events = (count: number, ids: readonly number[]): string =>
  `${count === 1 ? "event" : `${count} events, numbers`} ${ids.join(", ")}${count > ids.length ? ", …" : ""}`;
const after = (since: Date | undefined): string => (since ? ` since ${since.toISOString()}` : "");

/** What is wrong, where, and since when. */
export function sentence(finding: Finding): string {
  switch (finding.why) {
    case "removed":
      return `Seal ${finding.seal}: gone from the events: ${events(finding.count, finding.events)}.`;
    case "altered":
      return `Seal ${finding.seal}: its events are not those that were sealed, or not in that order.`;
    case "seal":
      return `Seal ${finding.seal} was changed itself.`;
    case "gap":
      return finding.until > finding.seal
        ? `Seals ${finding.seal} to ${finding.until} are gone.`
        : `Seal ${finding.seal} is gone.`;
    case "link":
      return `Seal ${finding.seal} does not follow those before it.`;
    case "words":
      return `Seal ${finding.seal}: the words are not those that were written: ${events(finding.count, finding.events)}.`;
    case "twice":
      return `Seal ${finding.seal} holds what another seal holds too: ${events(finding.count, finding.events)}.`;
    case "misdated":
      return `Seal ${finding.seal}: dated to another time than when they were sealed (or the clock was set): ${events(finding.count, finding.events)}.`;
    case "clock":
      return `Seal ${finding.seal} says an earlier time than the one before it.`;
    case "horizon":
      return `Seal ${finding.seal} covers fewer transactions than the one before it.`;
    case "outside":
      return `In no seal, though a later one says that all of their time are sealed: ${events(finding.count, finding.events)}.`;
    case "bodiless":
      return `Of no coordination body, which Coord never writes: ${events(finding.count, finding.events)}.`;
    case "keys":
      return "A data key in the database is not one that COORD_SECRET_KEYS wrapped: it was exchanged, or a secret key is missing.";
    case "late":
      return `${finding.count} events wait to be sealed${after(finding.since)}: start Coord or run \`coord audit head\`, then verify again. If they stay, a transaction on this PostgreSQL is open since then.`;
    case "cut":
      return `The end is missing: seals ${finding.seal} to ${finding.until}, at least ${finding.atLeast} events${after(finding.since)}.`;
    case "rewritten":
      return `The chain was written anew${finding.after ? ` after seal ${finding.after}` : ""}: seal ${finding.seal} is not the one that was kept${finding.atLeast ? `, at least ${finding.atLeast} events are missing` : ""}${after(finding.since)}.`;
    case "signature":
      return `${finding.count} of the kept heads, first that of seal ${finding.seal}, do not bear their signature: they were changed where they were kept.`;
    case "key":
      return `${finding.count} of the kept heads, first that of seal ${finding.seal}, were signed with another key (${finding.key}) than this deployment's.`;
  }
}
