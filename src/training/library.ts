import { randomUUID } from "node:crypto";
import { type Expression, type ExpressionBuilder, type SqlBool, sql } from "kysely";
import { recordAct } from "../audit/record.js";
import type { Block, ListItem, Message } from "../chat/index.js";
import type { Context } from "../command/define.js";
import { pageFoot } from "../command/pages.js";
import type { Reader } from "../delivery/notification.js";
import type { Messages } from "../i18n/index.js";
import { LANGS, languageName } from "../i18n/names.js";
import { refuse } from "../lib/refusal.js";
import { fold } from "../people/names.js";
import { has, within } from "../policy/index.js";
import { containing } from "../store/database.js";
import type { Schema } from "../store/schema.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { OPEN_LABELS, type OpenLabel, TOPICS, type Topic } from "./model.js";
import { RESOURCE_KINDS, type ResourceKind, TOOLS, type Tool } from "./tools.js";

/** The library: the tools that come with Coord, and what agencies add, in one list. */

const PAGE = 10;
const MOST_WORDS = 8;

export type Adding = {
  title: string;
  kind: ResourceKind;
  topics: readonly Topic[];
  langs: readonly string[];
  /** Begins with https:// and is well-formed; nobody looks whether it answers. */
  url: string;
  publisher?: string;
  year?: number;
  label?: OpenLabel;
};

/** @returns the number by which it is removed again */
export async function addResource(c: Context, adding: Adding): Promise<number> {
  const { work, person } = c;
  const id = randomUUID();
  const number = await work.next("resource");
  await work.tx
    .insertInto("resources")
    .values({
      id,
      number,
      title: adding.title,
      kind: adding.kind,
      topics: [...adding.topics],
      langs: [...adding.langs],
      url: adding.url,
      publisher: adding.publisher ?? person.agency.name,
      year: adding.year ?? null,
      label: adding.label ?? "GREEN",
      agency_id: person.agencyId,
      person_id: c.person.id,
      added_at: work.now,
      removed_at: null,
    })
    .execute();
  await recordAct(c, {
    action: "library.added",
    item: { kind: "resource", id },
    detail: { agency: person.agency.handle, kind: adding.kind, topics: adding.topics.join(" ") },
  });
  return number;
}

/** By the agency that added it, or the coordinators. Unknown and another agency's answer alike. */
export async function removeResource(c: Context, number: number): Promise<void> {
  const { work, viewer } = c;
  const row = await work.tx
    .updateTable("resources")
    .set({ removed_at: work.now })
    .where("number", "=", number)
    .where("removed_at", "is", null)
    .$if(!has(viewer, "coordinator"), (q) => q.where("agency_id", "=", viewer.agencyId))
    .returning("id")
    .executeTakeFirst();
  if (!row) return refuse((t) => t.errors.noResource({ number }), "hidden");
  await recordAct(c, {
    action: "library.removed",
    item: { kind: "resource", id: row.id },
    detail: { agency: c.person.agency.handle },
  });
}

type Shelved = Tool & {
  label: OpenLabel;
  /** Of what an agency added. */
  own?: { number: number; agency: string; agencyId: string };
};

/** What each word may mean beside itself: a topic, a kind, a language as the reader calls them. */
type Meant = { word: string; topics: Topic[]; kinds: ResourceKind[]; langs: string[] };

function meant(words: string | undefined, t: Messages, lang: string): Meant[] {
  return fold(words ?? "")
    .split(" ")
    .filter(Boolean)
    .slice(0, MOST_WORDS)
    .map((word) => ({
      word,
      topics: TOPICS.filter((topic) => holds(`${t.training.topics[topic]} ${topic}`, word)),
      kinds: RESOURCE_KINDS.filter((kind) => holds(t.training.resourceKinds[kind], word)),
      langs: LANGS.filter((code) => code === word || (word.length > 2 && holds(languageName(code, lang), word))),
    }));
}

const holds = (text: string, word: string): boolean => fold(text.replaceAll("_", " ")).includes(word);

/** Every word is found in it, or in what it is about. */
export const fitsWords = (tool: Tool, words: readonly Meant[]): boolean =>
  words.every(
    ({ word, topics, kinds, langs }) =>
      holds(`${tool.title} ${tool.publisher} ${tool.year ?? ""}`, word) ||
      topics.some((topic) => tool.topics.includes(topic)) ||
      kinds.includes(tool.kind) ||
      langs.some((code) => tool.langs.includes(code)),
  );

type Resources = ExpressionBuilder<Schema, "resources">;

/** The same rule for what agencies added. Accents count there, since the database folds none. */
const alsoFits =
  (words: readonly Meant[]) =>
  (eb: Resources): Expression<SqlBool> =>
    eb.and(
      words.map(({ word, topics, kinds, langs }) =>
        eb.or([
          eb("resources.title", "ilike", containing(word)),
          eb("resources.publisher", "ilike", containing(word)),
          ...(/^\d{4}$/.test(word) ? [eb("resources.year", "=", Number(word))] : []),
          ...(topics.length ? [overlaps("topics", topics)] : []),
          ...(kinds.length ? [eb("resources.kind", "in", kinds)] : []),
          ...(langs.length ? [overlaps("langs", langs)] : []),
        ]),
      ),
    );

const overlaps = (column: "topics" | "langs", values: readonly string[]) =>
  sql<boolean>`${sql.ref(`resources.${column}`)} && ${sql.val([...values])}::text[]`;

async function shelf(
  work: UnitOfWork,
  words: readonly Meant[],
  labels: readonly OpenLabel[],
  page: number,
): Promise<{ found: Shelved[]; total: number }> {
  const tools = TOOLS.filter((tool) => fitsWords(tool, words)).map((tool): Shelved => ({ ...tool, label: "CLEAR" }));
  const query = work.tx
    .selectFrom("resources")
    .where("removed_at", "is", null)
    .where("resources.label", "in", [...labels])
    .where(alsoFits(words));
  const { count } = await query.select((eb) => eb.fn.countAll<number>().as("count")).executeTakeFirstOrThrow();
  const from = (page - 1) * PAGE;
  const found = tools.slice(from, from + PAGE);
  const rows =
    found.length === PAGE
      ? []
      : await query
          .innerJoin("agencies", "agencies.id", "resources.agency_id")
          .selectAll("resources")
          .select("agencies.name as agency")
          .orderBy("number", "desc")
          .limit(PAGE - found.length)
          .offset(Math.max(0, from - tools.length))
          .execute();
  const added = rows.map(
    (row): Shelved => ({
      title: row.title,
      kind: RESOURCE_KINDS.find((kind) => kind === row.kind) ?? "other",
      topics: TOPICS.filter((topic) => row.topics.includes(topic)),
      langs: row.langs,
      url: row.url,
      page: "resource",
      publisher: row.publisher,
      year: row.year ?? undefined,
      label: row.label,
      own: { number: row.number, agency: row.agency, agencyId: row.agency_id },
    }),
  );
  return { found: [...found, ...added], total: tools.length + Number(count) };
}

/** What comes with Coord first, then what was added, the newest first; nothing above what the conversation may hold. */
export async function libraryPage(
  work: UnitOfWork,
  filter: { words?: string; page: number },
  reader: Reader,
): Promise<Message> {
  const { t, lang } = reader;
  const labels = OPEN_LABELS.filter((label) => within(label, reader.ceiling));
  const { page, words } = filter;
  const { found, total } = await shelf(work, meant(words, t, lang), labels, page);
  const title = t.training.library({ count: total });
  const blocks: Block[] = [{ type: "heading", text: title }];
  if (found.length) blocks.push({ type: "list", items: found.map((one) => shelfLine(work, one, reader)) });
  else blocks.push({ type: "text", text: t.training.noResources });
  blocks.push(
    ...pageFoot(t, work.body.slug, {
      ...{ page, size: PAGE, shown: found.length, total },
      again: { id: "library", words: [words] },
    }),
  );
  return { text: title, lang, blocks };
}

function shelfLine(work: UnitOfWork, one: Shelved, { t, viewer, lang }: Reader): ListItem {
  const removable = one.own && (one.own.agencyId === viewer.agencyId || has(viewer, "coordinator"));
  const detail = [
    t.training.resourceKinds[one.kind],
    [one.publisher, one.year].filter(Boolean).join(" "),
    one.langs.map((code) => languageName(code, lang)).join(", "),
    one.topics.map((topic) => t.training.topics[topic]).join(", "),
    one.page === "publisher" ? t.training.publisherPage : undefined,
    one.own && t.training.addedBy({ agency: one.own.agency, number: one.own.number }),
  ];
  return {
    title: [{ link: one.title, url: one.url }],
    detail: detail.filter(Boolean).join(" · "),
    ...(removable && one.own
      ? {
          action: {
            type: "button" as const,
            id: "library-remove",
            label: t.training.buttons.remove,
            value: `${work.body.slug}/${one.own.number}`,
          },
        }
      : {}),
  };
}
