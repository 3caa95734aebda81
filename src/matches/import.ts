import { setImmediate } from "node:timers/promises";
import { record } from "../audit/record.js";
import type { InBody, Taker } from "../files/serve.js";
import { type Messages, messagesFor } from "../i18n/index.js";
import type { Person } from "../people/model.js";
import { may } from "../policy/index.js";
import { Refusal } from "../refusal.js";
import type { Work } from "../work.js";
import { addAll, MATCH, withdrawAll, withinQuota } from "./acts.js";
import { type ImportRow, type ReadRows, readInTurns } from "./csv.js";
import { tellAsked } from "./silent.js";

/** More faults than these are not read by anybody. */
const MOST_FAULTS = 20;
/** Rows of one transaction: on the embedded database everybody else waits for it, some tens of milliseconds. */
const SLICE = 50;

/**
 * A list of identifiers, all of it or nothing: each row with a fault is named by its line, never by what it says. It is
 * read outside any transaction and written in slices, each its own: others have their turn in between.
 */
export const takeList: Taker = async (_work, person, _agencyId, { bytes }) => {
  const t = messagesFor(person.lang);
  if (!may(person, "match.use")) return t.errors.notAllowed({ roles: [t.roles.staff, t.roles.focal_point] });
  return async (inBody) => {
    const { rows, faults } = await inTurns(readInTurns(new TextDecoder().decode(bytes), countryOf(person)));
    return faults.length ? faultsIn(t, faults) : write(inBody, person, rows, t);
  };
};

const countryOf = (person: Person) => ({ country: person.agency.country ?? undefined });

async function inTurns(reading: Generator<void, ReadRows>): Promise<ReadRows> {
  for (;;) {
    const step = reading.next();
    if (step.done) return step.value;
    await setImmediate();
  }
}

function faultsIn(t: Messages, faults: ReadRows["faults"]): string {
  const lines = faults.slice(0, MOST_FAULTS).map(({ line, code, column }) => t.matches.fault({ line, code, column }));
  const more = faults.length - lines.length;
  return [...lines, ...(more > 0 ? [t.inbox.more({ count: more })] : [])].join(" ");
}

/** The quota is looked at with each slice, for all that is still to come; what was written is taken back where it ends. */
async function write(
  inBody: InBody,
  person: Person,
  rows: readonly ImportRow[],
  t: Messages,
): Promise<string | undefined> {
  const numbers: number[] = [];
  try {
    for (let at = 0; at < rows.length; at += SLICE) {
      const last = at + SLICE >= rows.length;
      numbers.push(
        ...(await inBody(async (work) => {
          await withinQuota(work, person, rows.slice(at));
          const added = await addAll(work, person, rows.slice(at, at + SLICE));
          if (last) await recordImport(work, person, rows);
          return added;
        })),
      );
    }
    return undefined;
  } catch (error) {
    for (let at = 0; at < numbers.length; at += SLICE)
      await inBody((work) => withdrawAll(work, person, numbers.slice(at, at + SLICE)));
    if (!(error instanceof Refusal)) throw error;
    const code = error.code ?? "input";
    await inBody((work) => record(work, { action: "refused", actorId: person.id, code, detail: { type: "import" } }));
    return error.say(t);
  }
}

async function recordImport(work: Work, person: Person, rows: readonly ImportRow[]): Promise<void> {
  if (rows.some(({ silent }) => silent)) await tellAsked(work, person.agencyId);
  await record(work, {
    action: "match.imported",
    actorId: person.id,
    item: { kind: MATCH, id: person.agencyId },
    detail: { rows: rows.length },
  });
}
