import { sql } from "kysely";
import { z } from "zod";
import { record } from "../audit/record.js";
import { knownBy } from "../command/references.js";
import { summaryJson } from "../documents/summary-text.js";
import { hashOf } from "../files/links.js";
import { openPicture } from "../files/pictures.js";
import { take } from "../lib/rates.js";
import type { Person } from "../people/model.js";
import type { Store } from "../store/database.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { dayOf } from "../time/index.js";
import { documentOf } from "./document.js";
import { reportOn } from "./figures.js";
import { holderOf } from "./keys.js";
import { type Summary, summaryItem } from "./model.js";
import { openapi } from "./openapi.js";
import { type Period, readPeriod } from "./period.js";
import { countedReport, SUMMARIES, summaryPage } from "./store.js";

/** What is answered over HTTP. `bytes` is JSON where `status` is not 200 too. */
export type Answer = { status: 200 | 400 | 401 | 404 | 429; bytes: Uint8Array; retryAfter?: number };

export type ApiParts = {
  store: Store;
  now: () => Date;
  inBody: <T>(body: string, act: (work: UnitOfWork) => Promise<T>) => Promise<T>;
  /** Told of a key that was used too often. */
  limited?: () => void;
};

const PAGE = 50;
const query = z.object({ page: z.coerce.number().int().min(1).max(10_000).default(1) });

/**
 * The figures for programs of the rapporteur's office: read only, metadata only, by a key of one body. A key that is
 * none, has run out or was taken back gets the same 401.
 */
export class ReportsApi {
  constructor(private readonly parts: ApiParts) {}

  description(): Uint8Array {
    return utf8(openapi);
  }

  /** Figures of any period, counted now. Nothing is kept of it but that it was read. */
  figures(key: string | undefined, said: string | undefined): Promise<Answer> {
    return this.#as(key, async (work, person) => {
      const found = readPeriod(said ?? "", dayOf(work.now, work.body.zone), "en");
      if (!found.ok) return problem(400, `period: ${found.reason}; for example period=2026-Q3`);
      await this.#read(work, person, "figures", found.period.key);
      const report = await reportOn(work, found.period);
      const document = documentOf(work.body, unkept(work, person, found.period), report, "en");
      return { status: 200, bytes: summaryJson(document) };
    });
  }

  summaries(key: string | undefined, said: Record<string, string>): Promise<Answer> {
    return this.#as(key, async (work, person) => {
      const asked = query.safeParse(said);
      if (!asked.success) return problem(400, "page: a whole number of 1 or more, for example page=2");
      const { page } = asked.data;
      const found = await summaryPage(work, person, page, PAGE);
      await this.#read(work, person, "list");
      return {
        status: 200,
        bytes: utf8({
          summaries: found.slice(0, PAGE).map(({ ref, period, state, madeAt, publishedAt }) => ({
            ref,
            period: period.key,
            first: period.first,
            last: period.last,
            state,
            made: madeAt?.toISOString() ?? null,
            published: publishedAt?.toISOString() ?? null,
          })),
          next: found.length > PAGE ? page + 1 : null,
        }),
      };
    });
  }

  /** One summary with every number, as it was counted. */
  summary(key: string | undefined, said: string): Promise<Answer> {
    return this.#as(key, async (work, person) => {
      const summary = await knownBy({ work, viewer: person }, SUMMARIES, said);
      const report = summary && (await countedReport(work, summary.id));
      if (!summary || !report) return problem(404, "no such summary");
      await this.#read(work, person, "summary", summary.period.key, summary);
      return { status: 200, bytes: summaryJson(documentOf(work.body, summary, report, "en")) };
    });
  }

  /** A chart by the secret in its address. */
  async picture(token: string): Promise<Uint8Array | undefined> {
    const body = await this.#body(sql`body_of_picture(${hashOf(token)}, ${this.parts.now()})`);
    return body ? this.parts.inBody(body, (work) => openPicture(work, token)) : undefined;
  }

  async #as(key: string | undefined, act: (work: UnitOfWork, person: Person) => Promise<Answer>): Promise<Answer> {
    const body = key && (await this.#body(sql`body_of_report_key(${hashOf(key)}, ${this.parts.now()})`));
    if (!key || !body) return UNKNOWN;
    // A key that is none leaves no clock behind.
    const waitMs = await this.parts.store.outside((tx) => take(tx, ["apiKey"], hashOf(key)));
    if (waitMs > 0) return this.#tooOften(waitMs);
    return this.parts.inBody(body, async (work) => {
      const person = await holderOf(work, key);
      return person ? act(work, person) : UNKNOWN;
    });
  }

  #tooOften(waitMs: number): Answer {
    this.parts.limited?.();
    const retryAfter = Math.ceil(waitMs / 1_000);
    return { status: 429, bytes: utf8({ error: `too often: try again in ${retryAfter} s` }), retryAfter };
  }

  #read(work: UnitOfWork, person: Person, code: string, period?: string, summary?: Summary): Promise<void> {
    return record(work, {
      action: "report.read_by_key",
      actorId: person.id,
      code,
      item: summary && summaryItem(summary),
      detail: { period },
    });
  }

  async #body(which: ReturnType<typeof sql>): Promise<string | undefined> {
    const { rows } = await this.parts.store.outside((tx) =>
      sql<{ body: string | null }>`select ${which} as body`.execute(tx),
    );
    return rows[0]?.body ?? undefined;
  }
}

/** Figures that were asked for by a program have no number and no notes. */
const unkept = (work: UnitOfWork, by: Person, period: Period): Summary => ({
  id: "",
  number: 0,
  ref: "",
  period,
  by,
  state: "ready",
  done: 0,
  pictures: [],
  createdAt: work.now,
  version: 1,
});

const utf8 = (value: unknown): Uint8Array => new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
const problem = (status: 400 | 404, error: string): Answer => ({ status, bytes: utf8({ error }) });
const UNKNOWN: Answer = { status: 401, bytes: utf8({ error: "no such key" }) };
