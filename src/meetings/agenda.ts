import { refuse } from "../lib/refusal.js";
import type { Agency, Person } from "../people/model.js";
import { agenciesById, personsById } from "../people/store.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { readWords } from "../store/words.js";
import type { Meeting, Occurrence } from "./model.js";

export type AgendaItem = {
  id: string;
  /** Its place on the agenda, from 1; late ones that wait have none. */
  n?: number;
  title: string;
  minutes?: number;
  presenter?: Person;
  agency: Agency;
  proposedBy: string;
  standing: boolean;
  state: "on" | "late";
  papers: Paper[];
};

export type Paper = { id: string; title: string; url: string; itemId?: string };

/** Standing items and those of this occurrence in their order, then the late ones that wait for the chair's leave. */
export async function agendaOf(work: UnitOfWork, meeting: Meeting, occurrence: Occurrence): Promise<AgendaItem[]> {
  const rows = await work.tx
    .selectFrom("agenda_items")
    .selectAll()
    .where((eb) =>
      eb.or([
        eb("occurrence_id", "=", occurrence.id),
        eb.and([eb("meeting_id", "=", meeting.id), eb("occurrence_id", "is", null)]),
      ]),
    )
    .where("state", "!=", "off")
    .orderBy("position")
    .orderBy("at")
    .execute();
  const agencies = await agenciesById(
    work.tx,
    rows.map(({ agency_id }) => agency_id),
  );
  const presenterIds = rows.flatMap(({ presenter_id }) => (presenter_id ? [presenter_id] : []));
  const presenters = await personsById(work.tx, presenterIds);
  const papers = await papersOf(work, occurrence);
  const items: AgendaItem[] = [];
  for (const row of rows) {
    const agency = agencies.get(row.agency_id);
    if (!agency || row.state === "off") continue;
    items.push({
      id: row.id,
      title: await readWords(work, row.title),
      minutes: row.minutes ?? undefined,
      presenter: row.presenter_id ? presenters.get(row.presenter_id) : undefined,
      agency,
      proposedBy: row.proposed_by,
      standing: row.occurrence_id === null,
      state: row.state,
      papers: papers.filter(({ itemId }) => itemId === row.id),
    });
  }
  const on = items.filter(({ state }) => state === "on").map((item, index) => ({ ...item, n: index + 1 }));
  return [...on, ...items.filter(({ state }) => state === "late")];
}

export async function papersOf(work: UnitOfWork, occurrence: Occurrence): Promise<Paper[]> {
  const rows = await work.tx
    .selectFrom("papers")
    .selectAll()
    .where("occurrence_id", "=", occurrence.id)
    .orderBy("at")
    .execute();
  return Promise.all(
    rows.map(async ({ id, title, url, item_id }) => ({
      id,
      title: await readWords(work, title),
      url: await readWords(work, url),
      itemId: item_id ?? undefined,
    })),
  );
}

export async function itemAt(
  work: UnitOfWork,
  meeting: Meeting,
  occurrence: Occurrence,
  n: number,
): Promise<AgendaItem> {
  const found = (await agendaOf(work, meeting, occurrence)).find((item) => item.n === n);
  return found ?? refuse((t) => t.errors.noItem({ ref: occurrence.ref, n }));
}
