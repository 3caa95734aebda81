import { setTimeout } from "node:timers/promises";
import { record } from "../audit/record.js";
import { faultWords } from "../files/faults.js";
import type { Taker } from "../files/serve.js";
import { type Messages, messagesFor } from "../i18n/index.js";
import { wordsOf } from "../lib/csv.js";
import { Refusal } from "../lib/refusal.js";
import type { Person } from "../people/model.js";
import { may } from "../policy/index.js";
import { drained, type InBody, inSlices } from "../store/slices.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { addAll, MATCH, withinQuota } from "./acts.js";
import { type ImportRow, readInTurns } from "./csv.js";
import { notifyAsked } from "./silent.js";
import { advance, claim, finish, type List, takeBack } from "./unfinished.js";

/** Entries that are taken back in one transaction. */
const TAKEN_BACK = 50;

/**
 * A list of identifiers, all of it or nothing: each row with a fault is named by its line, never by what it says. It is
 * read outside any transaction and written in slices, each its own: others have their turn in between. What a crash
 * broke off goes on when the same file comes again.
 */
export const takeList: Taker = async (_work, person, _agencyId, { bytes }) => {
  const t = messagesFor(person.lang);
  if (!may(person, "match.use")) return t.errors.notAllowed({ roles: [t.roles.staff, t.roles.focal_point] });
  return async (inBody) => {
    const { rows, faults } = await drained(readInTurns(wordsOf(bytes), countryOf(person)));
    if (faults.length === 0) return write(inBody, person, bytes, rows, t);
    return faultWords(t, faults, ({ line, code, column }) => t.matches.fault({ line, code, column }));
  };
};

const countryOf = (person: Person) => ({ country: person.agency.country ?? undefined });

async function write(
  inBody: InBody,
  person: Person,
  file: Uint8Array,
  rows: readonly ImportRow[],
  t: Messages,
): Promise<string | undefined> {
  let list: List | undefined;
  try {
    list = await begin(inBody, person, file, rows.length);
    await writeOn(inBody, person, rows, list);
    return undefined;
  } catch (error) {
    // Whatever else it is, the list is broken off, and the same file goes on after what stands.
    if (!(error instanceof Refusal)) throw error;
    if (list) await takeAllBack(inBody, person, list);
    const code = error.code ?? "input";
    await inBody((work) => record(work, { action: "refused", actorId: person.id, code, detail: { type: "import" } }));
    return error.say(t);
  }
}

/** What was being taken back when it broke off is taken back first. */
async function begin(inBody: InBody, person: Person, file: Uint8Array, rows: number): Promise<List> {
  const list = await inBody((work) => claim(work, person, file, rows));
  if (!list.undone) return list;
  await takeAllBack(inBody, person, list);
  return inBody((work) => claim(work, person, file, rows));
}

/** The quota is looked at with each slice, for all that is still to come. */
async function writeOn(inBody: InBody, person: Person, rows: readonly ImportRow[], list: List): Promise<void> {
  const { written } = list;
  await inSlices(inBody, rows.slice(written), async (work, slice, at) => {
    const from = written + at;
    await withinQuota(work, person, rows.slice(from));
    await advance(work, list, from, slice.length);
    await addAll(work, person, slice, list.id);
    if (from + slice.length < rows.length) return;
    await recordImport(work, person, rows);
    await finish(work, list);
  });
}

async function takeAllBack(inBody: InBody, person: Person, list: List): Promise<void> {
  while (await inBody((work) => takeBack(work, person, list, TAKEN_BACK))) await setTimeout();
}

async function recordImport(work: UnitOfWork, person: Person, rows: readonly ImportRow[]): Promise<void> {
  if (rows.some(({ silent }) => silent)) await notifyAsked(work, person.agencyId);
  await record(work, {
    action: "match.imported",
    actorId: person.id,
    item: { kind: MATCH, id: person.agencyId },
    detail: { rows: rows.length },
  });
}
