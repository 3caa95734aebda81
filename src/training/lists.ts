import type { Selectable } from "kysely";
import type { Block, Message } from "../chat/index.js";
import { pageFoot } from "../command/pages.js";
import type { Reader } from "../delivery/notification.js";
import type { TrainingRow } from "../store/training-tables.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { Topic, Training } from "./model.js";
import { trainingsOf } from "./store.js";
import { lineOf } from "./views.js";

export const TRAINING_VIEWS = ["needs", "offers", "sessions", "held", "mine"] as const;
export type TrainingView = (typeof TRAINING_VIEWS)[number];

export type TrainingFilter = {
  topic?: Topic;
  /** ISO 3166-1 alpha-2. */
  country?: string;
};

const PAGE = 10;
/** Of each in the overview. */
const GLANCE = 5;

type Found = { items: Training[]; total: number };

/** What is open of each kind, what is to come, what was held, or whatever one's own agency entered. */
async function listOf(
  work: UnitOfWork,
  view: TrainingView,
  agencyId: string,
  filter: TrainingFilter,
  { page, size }: { page: number; size: number },
): Promise<Found> {
  let query = work.tx
    .selectFrom("training_items")
    .leftJoin("occurrences", (join) =>
      join.onRef("occurrences.meeting_id", "=", "training_items.meeting_id").on("occurrences.n", "=", 1),
    )
    .leftJoin("meetings", "meetings.id", "training_items.meeting_id")
    // What an agency entered goes with it when it leaves the body.
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom("members")
          .select("members.agency_id")
          .whereRef("members.agency_id", "=", "training_items.agency_id"),
      ),
    );
  if (filter.topic) query = query.where("training_items.topic", "=", filter.topic);
  if (filter.country) query = query.where("training_items.country", "=", filter.country);
  switch (view) {
    case "needs":
    case "offers":
      query = query
        .where("training_items.kind", "=", view === "needs" ? "need" : "offer")
        .where("training_items.state", "=", "open");
      break;
    case "sessions":
      query = query
        .where("training_items.kind", "=", "session")
        .where("training_items.state", "=", "open")
        .where("meetings.state", "=", "scheduled")
        .where("occurrences.state", "in", ["scheduled", "running"])
        // One that nobody started is over when its time is.
        .where("occurrences.ends_at", ">", work.now);
      break;
    case "held":
      query = query.where("training_items.kind", "=", "session").where("training_items.state", "=", "met");
      break;
    case "mine":
      query = query.where("training_items.agency_id", "=", agencyId);
  }
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as("total")).executeTakeFirstOrThrow();
  const ordered =
    view === "sessions"
      ? query.orderBy("occurrences.starts_at").orderBy("training_items.number")
      : query.orderBy("training_items.number", "desc");
  const rows: Selectable<TrainingRow>[] = await ordered
    .selectAll("training_items")
    .limit(size)
    .offset((page - 1) * size)
    .execute();
  return { items: await trainingsOf(work, rows), total: Number(total) };
}

/** Open needs, open offers and what is to come, on one screen. */
export async function overview(work: UnitOfWork, filter: TrainingFilter, reader: Reader): Promise<Message> {
  const { t, lang } = reader;
  const blocks: Block[] = [{ type: "heading", text: t.training.title }];
  for (const view of ["sessions", "needs", "offers"] as const) {
    const { items, total } = await listOf(work, view, reader.viewer.agencyId, filter, { page: 1, size: GLANCE });
    blocks.push({ type: "text", text: [{ bold: t.training.list({ view: t.training.views[view], count: total }) }] });
    if (items.length) blocks.push(await listBlock(work, items, reader));
    if (total > GLANCE) {
      const value = `${work.body.slug}/${[...wordsOf(view, filter), "page:1"].filter(Boolean).join(" ")}`;
      blocks.push({
        type: "actions",
        actions: [{ type: "button", id: "training", label: t.tasks.buttons.more, value }],
      });
    }
  }
  return { text: t.training.title, lang, blocks };
}

export async function trainingPage(
  work: UnitOfWork,
  view: TrainingView,
  filter: TrainingFilter & { page: number },
  reader: Reader,
): Promise<Message> {
  const { t, lang } = reader;
  const { page, ...rest } = filter;
  const { items, total } = await listOf(work, view, reader.viewer.agencyId, rest, { page, size: PAGE });
  const title = t.training.list({ view: t.training.views[view], count: total });
  const blocks: Block[] = [{ type: "heading", text: title }];
  if (items.length) blocks.push(await listBlock(work, items, reader));
  else blocks.push({ type: "text", text: t.training.empty });
  blocks.push(
    ...pageFoot(t, work.body.slug, {
      ...{ page, size: PAGE, shown: items.length, total },
      again: { id: "training", words: wordsOf(view, rest) },
    }),
  );
  return { text: title, lang, blocks };
}

async function listBlock(work: UnitOfWork, items: readonly Training[], reader: Reader): Promise<Block> {
  const lines = [];
  for (const item of items) lines.push(await lineOf(work, item, reader));
  return { type: "list", items: lines };
}

const wordsOf = (view: TrainingView, { topic, country }: TrainingFilter): (string | undefined)[] => [
  view,
  topic && `topic:${topic}`,
  country && `country:${country}`,
];
