import { createHash, randomInt, randomUUID } from "node:crypto";
import { type Selectable, sql, type Updateable } from "kysely";
import { AUTHORITIES } from "../authorities/store.js";
import { chosen, defineKind, held } from "../items/kind.js";
import type { Person } from "../people/model.js";
import { agenciesById, personsById } from "../people/store.js";
import { type RequestAct, requestsKnownTo, sightOfRequest } from "../policy/index.js";
import type { RequestMoveRow, RequestRow } from "../store/request-tables.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { isClock } from "./clocks.js";
import type { Content } from "./fields.js";
import { KINDS } from "./kinds.js";
import { type Beside, type CoopRequest, type Done, REQUEST, type StopCode, UNDER_WAY, type Words } from "./model.js";

export const REQUESTS = defineKind<CoopRequest>({
  ...{ kind: REQUEST, letter: "R", show: "request", unknown: (t) => t.errors.noRequest },
  async load(work, { viewer, hold, ...which }) {
    const query = work.tx.selectFrom("requests").selectAll().where(chosen(which)).orderBy("number");
    return requestsOf(work, await held(viewer ? query.where(requestsKnownTo(viewer)) : query, hold).execute());
  },
  sees: (viewer, { subject }) => sightOfRequest(viewer, subject) !== "none",
});

/** In the order given. */
export async function requestsOf(work: UnitOfWork, rows: readonly Selectable<RequestRow>[]): Promise<CoopRequest[]> {
  if (rows.length === 0) return [];
  const agencies = await agenciesById(
    work.tx,
    rows.flatMap(({ from_agency_id, to_agency_id }) => [from_agency_id, ...(to_agency_id ? [to_agency_id] : [])]),
  );
  const persons = await personsById(
    work.tx,
    rows.flatMap(({ drafter_id, approver_id, executor_id, officers }) =>
      [drafter_id, approver_id, executor_id, ...officers].filter((id) => id !== null),
    ),
  );
  const authorities = byId(
    await AUTHORITIES.byIds(work, [...new Set(rows.flatMap(({ authority_id }) => authority_id ?? []))]),
  );
  const followed = await refsOf(
    work,
    rows.flatMap(({ follows_id }) => follows_id ?? []),
  );
  const others = await besides(
    work,
    rows.filter(({ kind }) => KINDS[kind].stoppable),
  );
  const cipher = await work.cipher();
  const found: CoopRequest[] = [];
  for (const row of rows) {
    const from = agencies.get(row.from_agency_id);
    const drafter = persons.get(row.drafter_id);
    if (!from || !drafter) continue;
    // One that cannot be read holds up no other; asked for alone, it is said.
    let words: { subjectLine: string; content: Content };
    try {
      words = { subjectLine: cipher.open(row.subject), content: JSON.parse(cipher.open(row.content)) as Content };
    } catch (error) {
      if (rows.length === 1) throw error;
      await work.holdBack("request", row.id, error);
      continue;
    }
    found.push({
      ...{ id: row.id, number: row.number, ref: `R-${row.number}`, kind: row.kind, state: row.state },
      ...{ flags: row.flags, label: row.label, urgency: row.urgency, ...words, from, drafter },
      to: row.to_agency_id ? agencies.get(row.to_agency_id) : undefined,
      authority: row.authority_id ? authorities.get(row.authority_id) : undefined,
      approver: row.approver_id ? persons.get(row.approver_id) : undefined,
      executor: row.executor_id ? persons.get(row.executor_id) : undefined,
      officers: row.officers.flatMap((id) => persons.get(id) ?? []),
      approvedHash: row.approved_hash ?? undefined,
      createdAt: row.created_at,
      sentAt: row.sent_at ?? undefined,
      receivedAt: row.received_at ?? undefined,
      decidedAt: row.decided_at ?? undefined,
      answeredAt: row.answered_at ?? undefined,
      closedAt: row.closed_at ?? undefined,
      clock: row.clock && isClock(row.clock) ? row.clock : undefined,
      dueAt: row.due_at ?? undefined,
      originalDueAt: row.original_due_at ?? undefined,
      leftMs: row.left_ms === null ? undefined : Number(row.left_ms),
      postponedUntil: row.postponed_until ?? undefined,
      paperDueAt: row.paper_due_at ?? undefined,
      reportDueAt: row.report_due_at ?? undefined,
      dates: row.dates,
      goesOnUntil: row.goes_on_until ?? undefined,
      follows: row.follows_id ? followed.get(row.follows_id) : undefined,
      operation: operationOf(row),
      others: (others.get(operationOf(row)) ?? []).filter(({ id }) => id !== row.id),
      stopped: row.stopped_at ? { at: row.stopped_at, why: (row.stopped_for ?? "person") as StopCode } : undefined,
      version: row.version,
      scheduleVersion: row.ladder,
      subject: {
        ...{
          kind: row.kind,
          state: row.state,
          flags: row.flags,
          label: row.label,
          sent: row.sent_at !== null,
          entered: row.entered,
        },
        ...{ fromAgencyId: row.from_agency_id, drafterId: row.drafter_id, toAgencyId: row.to_agency_id },
        ...{ executorId: row.executor_id, approverId: row.approver_id, officerIds: row.officers },
      },
    });
  }
  return found;
}

const operationOf = ({ operation_id, id }: Pick<RequestRow, "operation_id" | "id">): string => operation_id ?? id;

/** By operation, all its requests in the order of their numbers. */
async function besides(
  work: UnitOfWork,
  rows: readonly Pick<RequestRow, "operation_id" | "id">[],
): Promise<Map<string, Beside[]>> {
  const found = new Map<string, Beside[]>();
  if (rows.length === 0) return found;
  const operations = [...new Set(rows.map(operationOf))];
  const all = await work.tx
    .selectFrom("requests")
    .leftJoin("agencies", "agencies.id", "requests.to_agency_id")
    .leftJoin("authorities", "authorities.id", "requests.authority_id")
    .select(["requests.id", "requests.number", "requests.state", "requests.flags", "requests.operation_id"])
    .select("requests.answered_at")
    .select(["agencies.name as agency", "authorities.name as authority"])
    .where((eb) => eb.or([eb("requests.id", "in", operations), eb("requests.operation_id", "in", operations)]))
    .orderBy("requests.number")
    .execute();
  for (const { agency, authority, number, flags, answered_at, ...row } of all) {
    // What is closed was answered before, or refused.
    const refused = row.state === "refused" || (row.state === "closed" && answered_at === null);
    const beside = {
      id: row.id,
      ref: `R-${number}`,
      state: row.state,
      stopped: UNDER_WAY.includes(row.state) && flags.includes("stopped"),
    };
    const there = found.get(operationOf(row)) ?? [];
    found.set(operationOf(row), [...there, { ...beside, refused, called: agency ?? authority ?? "" }]);
  }
  return found;
}

const byId = <T extends { id: string }>(all: readonly T[]): Map<string, T> => new Map(all.map((one) => [one.id, one]));

async function refsOf(work: UnitOfWork, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await work.tx.selectFrom("requests").select(["id", "number"]).where("id", "in", ids).execute();
  return new Map(rows.map(({ id, number }) => [id, `R-${number}`]));
}

/** SHA-256 of everything that is approved: what it says, of which kind, how urgent, and to whom it goes. */
export const hashOf = ({
  kind,
  urgency,
  label,
  subjectLine,
  content,
  to,
  authority,
}: Pick<CoopRequest, "kind" | "urgency" | "label" | "subjectLine" | "content" | "to" | "authority">): string =>
  createHash("sha256")
    .update(
      JSON.stringify([
        ...[kind, urgency, label, subjectLine, to?.id ?? null, authority?.id ?? null],
        Object.entries(content.values).sort(([a], [b]) => (a < b ? -1 : 1)),
        [...content.unknown].sort(),
        ...(content.files?.length ? [content.files.map(({ name, sha256 }) => [name, sha256])] : []),
      ]),
    )
    .digest("hex");

export const sealedContent = async (work: UnitOfWork, content: Content): Promise<string> =>
  (await work.cipher()).seal(JSON.stringify(content));

const TRIES = 12;

/** A number that nobody has, drawn by lot, so that one tells nothing of how many there are: of few digits while few are used. */
export async function freeNumber(work: UnitOfWork): Promise<number> {
  const { used } = await work.tx
    .selectFrom("requests")
    .select(sql<number>`count(*)::int`.as("used"))
    .executeTakeFirstOrThrow();
  for (let n = 0; n < TRIES; n++) {
    const number = randomInt(10, Math.max(10_000, used * 20));
    const taken = await work.tx.selectFrom("requests").select("id").where("number", "=", number).executeTakeFirst();
    if (!taken) return number;
  }
  throw new Error("no free number for a request");
}

export type Patch = Updateable<RequestRow>;

export async function updateRequest(work: UnitOfWork, id: string, patch: Patch): Promise<CoopRequest> {
  const row = await work.tx
    .updateTable("requests")
    .set({ ...patch, version: sql<number>`version + 1`, ladder: sql<number>`ladder + 1` })
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();
  const [changed] = await requestsOf(work, [row]);
  if (!changed) throw new Error("a request is gone");
  return changed;
}

export async function addMove(
  work: UnitOfWork,
  one: Pick<CoopRequest, "id">,
  move: { act: RequestAct; person: Person; recorded: boolean; words?: Words; code?: string },
): Promise<string> {
  const id = randomUUID();
  const said = move.words && Object.keys(move.words).length > 0;
  await work.tx
    .insertInto("request_moves")
    .values({
      ...{ id, request_id: one.id, act: move.act, at: work.now, recorded: move.recorded },
      ...{ person_id: move.person.id, agency_id: move.person.agencyId, code: move.code ?? null },
      words: said ? (await work.cipher()).seal(JSON.stringify(move.words)) : null,
    })
    .execute();
  return id;
}

/** What was done with it, the oldest first. @param acts these alone */
export async function movesOf(
  work: UnitOfWork,
  { id }: Pick<CoopRequest, "id">,
  acts?: readonly RequestAct[],
): Promise<Done[]> {
  const rows = await work.tx
    .selectFrom("request_moves")
    .selectAll()
    .where("request_id", "=", id)
    .$if(acts !== undefined, (q) => q.where("act", "in", [...(acts ?? [])]))
    .orderBy("at")
    .orderBy("id")
    .execute();
  return donesOf(work, rows);
}

export async function moveById(work: UnitOfWork, id: string): Promise<Done | undefined> {
  const rows = await work.tx.selectFrom("request_moves").selectAll().where("id", "=", id).execute();
  return (await donesOf(work, rows))[0];
}

async function donesOf(work: UnitOfWork, rows: readonly Selectable<RequestMoveRow>[]): Promise<Done[]> {
  const persons = await personsById(
    work.tx,
    rows.map(({ person_id }) => person_id),
  );
  const agencies = await agenciesById(
    work.tx,
    rows.map(({ agency_id }) => agency_id),
  );
  const cipher = await work.cipher();
  return rows.flatMap((row) => {
    const [person, agency] = [persons.get(row.person_id), agencies.get(row.agency_id)];
    if (!person || !agency) return [];
    return [
      {
        ...{ id: row.id, act: row.act as RequestAct, at: row.at, person, agency, recorded: row.recorded },
        words: row.words === null ? {} : (JSON.parse(cipher.open(row.words)) as Words),
        code: row.code ?? undefined,
      },
    ];
  });
}
