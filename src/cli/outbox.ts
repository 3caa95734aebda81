import { record } from "../audit/record.js";
import type { Runtime } from "../runtime/runtime.js";
import { StartError } from "../store/lock.js";
import { bodyOf } from "./setup.js";

/** What waits or failed, by row: kind, whom, why. The words are not here; they are made when a row is sent. */
export async function listOutbox(runtime: Runtime, o: { state: string; body?: string }): Promise<string> {
  const body = await bodyOf(runtime, o.body);
  const states = ["pending", "sending", "sent", "nothing", "failed", "dropped"] as const;
  const state = states.find((candidate) => candidate === o.state);
  if (!state) throw new StartError(`--state: one of ${states.join(", ")}.`);
  const rows = await runtime.inBody(body.id, (work) =>
    work.tx
      .selectFrom("outbox")
      .leftJoin("persons", "persons.id", "outbox.person_id")
      .select([
        "outbox.id",
        "notice",
        "persons.name",
        "attempts",
        "reason",
        "acknowledged_at",
        "outbox.created_at",
        "due_at",
      ])
      .where("state", "=", state)
      .orderBy("outbox.created_at", "desc")
      .limit(200)
      .execute(),
  );
  if (rows.length === 0) return `Nothing is ${state}.`;
  return rows
    .map((row) =>
      [
        row.id,
        row.created_at.toISOString(),
        row.notice,
        row.name ?? "-",
        `${row.attempts} tries`,
        row.reason ?? "",
        row.acknowledged_at ? `read ${row.acknowledged_at.toISOString()}` : "",
      ].join("  "),
    )
    .join("\n");
}

export async function retryOutbox(runtime: Runtime, id: string | undefined, o: { body?: string }): Promise<string> {
  const body = await bodyOf(runtime, o.body);
  return runtime.inBody(body.id, async (work) => {
    let query = work.tx
      .updateTable("outbox")
      .set({ state: "pending", due_at: work.now, tried: "[]", reason: null, lease_until: null })
      .where("state", "=", "failed");
    if (id) query = query.where("id", "=", id);
    const rows = await query.returning(["id", "priority", "person_id"]).execute();
    for (const row of rows) {
      // The account is given another chance: whoever retries believes that it is back.
      if (row.person_id)
        await work.tx
          .updateTable("accounts")
          .set({ unreachable: null })
          .where("person_id", "=", row.person_id)
          .execute();
      work.queued.push({ job: "deliver", id: row.id, dueAt: work.now, priority: row.priority });
    }
    await record(work, { action: "delivery.retried", detail: { rows: rows.length } });
    return rows.length ? `${rows.length} on their way again.` : "Nothing had failed.";
  });
}

export async function dropOutbox(runtime: Runtime, id: string, o: { body?: string }): Promise<string> {
  const body = await bodyOf(runtime, o.body);
  return runtime.inBody(body.id, async (work) => {
    const row = await work.tx
      .updateTable("outbox")
      .set({ state: "dropped" })
      .where("id", "=", id)
      .where("state", "in", ["failed", "pending"])
      .returning("id")
      .executeTakeFirst();
    if (!row) return "There is no such row to drop; coord outbox list shows them.";
    await record(work, { action: "delivery.dropped", item: { kind: "outbox", id } });
    return "Dropped.";
  });
}
