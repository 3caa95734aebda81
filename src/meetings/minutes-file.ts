import { createHash } from "node:crypto";
import { type MinutesDocument, minutesDocument } from "../documents/minutes.js";
import { messagesFor } from "../i18n/index.js";
import { findPersons } from "../people/store.js";
import { within } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { formatWhen } from "../time/index.js";
import { agendaOf, papersOf } from "./agenda.js";
import { actionsOf, showsTitleIn } from "./carry-over.js";
import { correctionsOf, decisionsOf, presentIds, recordOf } from "./record.js";
import { isQuorate } from "./rules.js";
import type { Held } from "./store.js";

/** The approved file as it was sealed, else the draft as it stands now. @throws Error when the sealed file was changed */
export async function minutesOf(work: UnitOfWork, held: Held, lang: string): Promise<Uint8Array> {
  const row = await work.tx
    .selectFrom("approved_minutes")
    .selectAll()
    .where("occurrence_id", "=", held.occurrence.id)
    .executeTakeFirst();
  if (!row) return minutesFile(work, held, lang);
  const file = (await work.cipher()).openBytes(row.file);
  if (createHash("sha256").update(file).digest("hex") !== row.sha256) throw new Error("approved minutes were altered");
  return file;
}

export const minutesFile = async (work: UnitOfWork, held: Held, lang: string): Promise<Uint8Array> =>
  minutesDocument(await minutesModel(work, held, lang));

/** Everything that the minutes say, in one language and in the zone of the meeting. */
async function minutesModel(work: UnitOfWork, held: Held, lang: string): Promise<MinutesDocument> {
  const { meeting, occurrence } = held;
  const t = messagesFor(lang);
  const m = t.meetings;
  const when = (at: Date) => formatWhen(at, meeting.zone, lang, { showZone: true });
  const agenda = await agendaOf(work, meeting, occurrence);
  const lines = await recordOf(work, occurrence);
  // One file for all who read it: a decision more secret than the meeting is for fewer, and stays in the register.
  const decisions = (await decisionsOf(work, [occurrence.id])).filter(
    ({ withdrawn, label }) => !withdrawn && within(label, meeting.label),
  );
  const actions = await actionsOf(work, [occurrence.id]);
  const corrections = (await correctionsOf(work, occurrence.id)).filter(({ state }) => state === "taken");
  const authors = new Map(
    (await findPersons(work.tx, { ids: [...new Set(corrections.map(({ by }) => by))] })).map((one) => [one.id, one]),
  );
  const present = await presentIds(work, occurrence);
  const papers = await papersOf(work, occurrence);
  const noted = (itemId: string | undefined) =>
    lines.filter((line) => line.itemId === itemId).map(({ words }) => ({ text: words }));
  const approved = occurrence.approvedAt;
  const started = occurrence.startedAt ?? occurrence.startsAt;
  return {
    lang,
    body: work.body.name,
    title: meeting.title,
    ref: occurrence.ref,
    label: `TLP:${meeting.label}`,
    status: approved ? m.document.approved({ when: when(approved) }) : m.minutesState[occurrence.minutesState],
    facts: [
      { label: m.facts.when, value: `${when(started)} – ${when(occurrence.endedAt ?? occurrence.endsAt)}` },
      ...((occurrence.place ?? meeting.place)
        ? [{ label: m.facts.where, value: occurrence.place ?? meeting.place ?? "" }]
        : []),
      ...(meeting.chair ? [{ label: m.facts.chair, value: who(meeting.chair) }] : []),
      ...(meeting.secretary ? [{ label: m.facts.secretary, value: who(meeting.secretary) }] : []),
      { label: m.facts.organizer, value: meeting.organizerAgency.name },
    ],
    words: m.document.words,
    attendance: attendanceRows(held, present, m.document.words.deputyNote),
    agenda: agenda
      .filter(({ n }) => n !== undefined)
      .map((item) => ({
        n: item.n ?? 0,
        title: item.title,
        minutes: item.minutes ? m.minutesLong({ minutes: item.minutes }) : undefined,
        presenter: item.presenter ? who(item.presenter) : item.agency.name,
        papers: item.papers.map(({ title, url }) => ({ title, url })),
        record: noted(item.id),
      })),
    record: [
      ...noted(undefined),
      ...papers.filter(({ itemId }) => !itemId).map(({ title, url }) => ({ text: `${title}: ${url}` })),
    ],
    decisions: decisions.map(({ ref, words, votes, quorum }) => ({
      ref,
      text: words,
      votes: votes && m.votes(votes),
      quorum: m.quorum({ ...quorum, met: isQuorate(quorum) }),
    })),
    actions: actions.map((task) => ({
      ref: task.ref,
      title: showsTitleIn(task, meeting.label) ? task.title : t.labels.hidden(task),
      owner: task.lead.name,
      due: task.due ? when(task.due.at) : t.tasks.noDate,
      state: t.state[task.state],
    })),
    corrections: corrections.map(({ by, words }) => ({
      by: authors.get(by)?.agency.name ?? "",
      text: words,
      outcome: m.correction.taken,
    })),
    madeAt: m.document.madeAt({ when: when(work.now) }),
    footer: m.document.footer({ body: work.body.name, ref: occurrence.ref }),
    created: work.now,
  };
}

const who = (person: { name: string; agency: { name: string } }): string => `${person.name}, ${person.agency.name}`;

/** One row an agency: who was there for it. */
function attendanceRows({ meeting, occurrence }: Held, present: ReadonlySet<string>, deputyNote: string) {
  const asked = meeting.invitees.filter(
    (one) => present.has(one.id) || (!one.left && (!one.guest || one.rsvps.has(occurrence.n))),
  );
  const agencies = [...new Map(asked.map(({ agency }) => [agency.id, agency])).values()];
  return agencies
    .sort((a, b) => a.name.localeCompare(b.name))
    .map((agency) => {
      const there = asked.filter((one) => one.agency.id === agency.id && present.has(one.id));
      return {
        agency: agency.name,
        people: there
          .map(({ person: now, left, guest }) => ({ person: now ?? left?.was, guest }))
          .map(({ person, guest }) => (person ? `${person.name}${guest ? ` (${deputyNote})` : ""}` : ""))
          .join(", "),
        present: there.length > 0,
        note: agency.observer ? "" : undefined,
      };
    });
}
