import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { loadPerson, personOfAccount } from "../../../src/people/store.js";
import { FORMATS, openSummary } from "../../../src/reports/files.js";
import { openKey } from "../../../src/reports/keys.js";
import { openapi } from "../../../src/reports/openapi.js";
import { CANARY } from "../../canary.js";
import { formOf, textOf, World } from "../../world.js";
import { fill, open, release } from "../shares/acting.js";

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

const LABELS = ["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"] as const;
const canary = (what: string, label: string) => `zq${what}${label.toLowerCase().replace(/\W/g, "")}qz`;

/**
 * Every way out of a summary, walked by every reader, with words of every label in what it counts: it may say how many,
 * and nothing of what they were. No reference of an item stands in it either.
 */
describe("what a summary tells of what it counts", () => {
  let w: World;
  const out: { path: string; text: string }[] = [];
  const keep = (path: string, ...values: unknown[]) => {
    for (const value of values)
      out.push({ path, text: typeof value === "string" ? value : (JSON.stringify(value) ?? "") });
  };
  const READERS = ["Maria", "Omar", "Carla", "Rana", "Olga"] as const;

  beforeAll(async () => {
    w = await World.create({
      people: {
        Maria: "police staff focal_point",
        Omar: "labour focal_point staff",
        Carla: "ministry coordinator teams",
        Rana: "ministry rapporteur",
        Olga: "unhcr observer",
      },
    });
    w.runtime.site = "https://coord.example";
    for (const label of LABELS) {
      const to = label === "RED" ? "@Omar" : "@labour";
      await w.say("Maria", `task ${to} ${canary("task", label)} tlp:${label} by Fri 17:00`);
      await w.say(
        "Carla",
        `meet ${canary("meeting", label)} today 10:30 30m with ${label === "RED" ? "@Maria, @Omar" : "@police, @labour"} tlp:${label}`,
      );
      const ref = await release(
        w,
        "Maria",
        to,
        { label, kind: "b" },
        {
          title: canary("title", label),
          content: canary("content", label),
        },
      );
      await open(w, "Omar", ref);
      await fill(w, "Omar", "outcome", ref, { kind: "arrest", final: "final", narrative: canary("outcome", label) });
    }
    await w.settle();
    for (let n = 1; n <= LABELS.length; n++) {
      await w.say("Omar", `accept T-${n}`);
      await w.say("Omar", `done T-${n} ${canary("evidence", String(n))}`);
      await w.say("Carla", `start M-${n}`);
      await w.say("Carla", `present M-${n} @Maria`);
      await w.say("Carla", `present M-${n} @Omar`);
      await w.say("Carla", `decide M-${n} ${canary("decision", String(n))}`);
      await w.say("Carla", `end M-${n}`);
    }
    await w.settle();
    await w.pass({ days: 10 }, 14_400);
    w.sent.length = 0;
    w.payloads.length = 0;
    keep("answer", await w.say("Rana", "report last month by agency"), await w.say("Carla", "report November by kind"));
    await w.settle();
    await w.submit("Rana", formOf(await w.click("Rana", "report-notes", "north/S-1")), { notes: "Counted by hand." });
    for (const state of ["draft", "published"]) {
      for (const reader of READERS) {
        keep(`${state} show`, await w.say(reader, "report show S-1"), await w.say(reader, "reports"));
        for (const format of FORMATS) {
          const bytes = await w.work(async (work) => {
            const who = await personOfAccount(work.tx, w.account(reader));
            const person = who && (await loadPerson(work.tx, who.id));
            const row = await work.tx
              .selectFrom("summaries")
              .select("id")
              .where("number", "=", 1)
              .executeTakeFirstOrThrow();
            return person && (await openSummary(format)(work, person, row.id))?.bytes;
          });
          if (!bytes) continue;
          const parts = format === "docx" || format === "xlsx" ? Object.values(unzipSync(bytes)) : [bytes];
          keep(`${state} ${format}`, ...parts.map((part) => new TextDecoder().decode(part)));
        }
      }
      if (state === "draft") keep("publish", await w.say("Rana", "report publish S-1 sure"));
      await w.settle();
    }
    const key = await w.work(async (work) => {
      const person = await personOfAccount(work.tx, w.account("Rana"));
      const file = person && (await openKey(work, person, person.id));
      return /coord_report_[\w-]+/.exec(new TextDecoder().decode(file?.bytes))?.[0];
    });
    const { reports } = w.runtime;
    for (const { bytes } of [
      await reports.figures(key, "2026-11"),
      await reports.summaries(key, {}),
      await reports.summary(key, "S-1"),
    ])
      keep("api", new TextDecoder().decode(bytes));
    keep("cards", ...w.payloads);
    keep("openapi", openapi);
  });
  afterAll(() => w.close());

  it("counts all of it", () => {
    const json = out.find(({ path }) => path === "draft json")?.text ?? "";
    const summary = JSON.parse(json) as { sections: { figures: { id: string; now: unknown }[] }[] };
    const figures = new Map(summary.sections.flatMap(({ figures }) => figures).map(({ id, now }) => [id, now]));
    for (const id of [
      "tasks.asked",
      "tasks.done",
      "meetings.held",
      "meetings.decided",
      "information.released",
      "information.final",
    ])
      expect({ id, now: figures.get(id) }).toEqual({ id, now: { kind: "count", value: 5 } });
    expect(new Set(out.map(({ path }) => path)).size).toBeGreaterThan(10);
  });

  it("says no word of an item, whatever its label, and no reference of one", () => {
    const found = out.filter(({ text }) => CANARY.test(text)).map(({ path }) => path);
    expect(found).toEqual([]);
    const referring = out
      .filter(({ path }) => path !== "openapi")
      .flatMap(({ path, text }) => (text.match(/\b[TMDIU]-\d+\b/g) ?? []).map((ref) => `${path}: ${ref}`));
    expect(referring).toEqual([]);
  });

  it("gives a draft, with its small numbers, to nobody but who makes summaries", async () => {
    for (const reader of ["Maria", "Omar", "Olga"] as const)
      expect(textOf(await w.say(reader, "report show S-2"))).toContain("There is no S-2 that you can see");
  });

  it("leaves nothing of it in rows that are not sealed", async () => {
    const rows = await w.work((work) => work.tx.selectFrom("summaries").selectAll().execute());
    for (const row of rows) expect(JSON.stringify(row)).not.toMatch(/tasks\.asked|Counted by hand|charts\//);
  });
});
