import { setImmediate } from "node:timers/promises";
import { messagesFor } from "../i18n/index.js";
import { Refusal } from "../lib/refusal.js";
import { enterAll } from "../people/enter.js";
import type { Runtime } from "../runtime/runtime.js";
import { codeOf } from "../store/held-back.js";
import { StartError } from "../store/lock.js";
import { type InBody, inSlices } from "../store/slices.js";
import { type Judged, judge } from "./people-judge.js";
import { type Fault, type ReadRow, readRows } from "./people-rows.js";
import { bodyOf, linkInto } from "./setup.js";

type Answer = { text: string; ok: boolean };

/**
 * People in bulk. A row is one person with all accounts that are theirs; a name says nothing of who it is. Every row is
 * judged and every fault named before anything is written; one fault and nothing is. What is right is written in slices,
 * so that others have their turn: where it breaks off, the same file brings the rest.
 */
export async function importPeople(runtime: Runtime, csv: string, o: { body?: string }): Promise<Answer> {
  const body = await bodyOf(runtime, o.body);
  const inBody: InBody = (act) => runtime.inBody(body.id, act);
  const read = await readRows(csv);
  if (typeof read === "string") return { ok: false, text: read };
  const { count, people, faults } = read;
  const judged = await judge(inBody, people);
  for (const row of judged.odd) faults.push(...(await tried(inBody, row)));
  if (faults.length > 0)
    return {
      ok: false,
      text: `Nothing was imported. ${faults.length} of ${count} rows need a correction:\n${linesOf(faults)}`,
    };
  return write(runtime, inBody, people.length, judged);
}

const linesOf = (faults: readonly Fault[]): string =>
  [...faults]
    .sort((a, b) => a.line - b.line)
    .map(({ line, why }) => `line ${line}: ${why}`)
    .join("\n");

/** What would be wrong with it: it is written, and undone. */
async function tried(inBody: InBody, row: ReadRow): Promise<Fault[]> {
  try {
    await inBody(async (work) => {
      await linkInto(work, row.agency, row.options);
      throw new Undone();
    });
    return [];
  } catch (error) {
    return error instanceof Undone ? [] : [{ line: row.line, why: faultOf(error) }];
  } finally {
    await setImmediate();
  }
}

class Undone extends Error {}

/** What is plain goes in at once, and the few odd rows one by one as `coord link` would take them. */
async function write(runtime: Runtime, inBody: InBody, count: number, { plain, odd }: Judged): Promise<Answer> {
  const namesakes: string[] = [];
  let done = 0;
  let line: number | undefined;
  try {
    await inSlices(
      inBody,
      plain,
      (work, slice) => enterAll(work, slice),
      (slice) => {
        done += slice.length;
      },
    );
    for (const row of odd) {
      line = row.line;
      const { namesake } = await inBody((work) => linkInto(work, row.agency, row.options));
      if (namesake) namesakes.push(`line ${line}: ${namesake}`);
      done++;
      await setImmediate();
    }
  } catch (error) {
    runtime.log.error("import.broken", error, { done, count });
    const why = line === undefined && isTaken(error) ? "Somebody was added meanwhile." : faultOf(error);
    return {
      ok: false,
      text: `${done} of ${count} people are in. ${line === undefined ? "" : `line ${line}: `}${why}\nImport the same file again: it brings the rest, and changes nothing of what is in.`,
    };
  }
  return { ok: true, text: [`${count} people are in.`, ...namesakes].join("\n") };
}

function faultOf(error: unknown): string {
  if (error instanceof StartError) return error.message;
  if (error instanceof Refusal) return error.say(messagesFor("en"));
  if (isTaken(error)) return "the account is linked to somebody already";
  // One row that cannot be written says so by its kind, and the others are judged all the same.
  return `could not be written (${codeOf(error)})`;
}

const isTaken = (error: unknown): boolean => (error as { code?: string }).code === "23505";
