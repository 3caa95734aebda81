import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { unzipSync } from "fflate";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { openapi } from "../../../src/reports/openapi.js";
import { publish } from "../../../src/reports/publishing.js";
import { SUMMARIES } from "../../../src/reports/store.js";
import { createHttp, createPages } from "../../../src/runtime/http.js";
import { counted } from "../../statements.js";
import { steps } from "../../steps.js";
import { formOf, textOf, World, words } from "../../world.js";

const addFormats = formats as unknown as (ajv: object) => void;

/** A summary from the line that asks for it to the files that nobody can change any more, through commands alone. */
describe("an activity summary", () => {
  let w: World;
  let site: string;
  let close = () => {};

  beforeAll(async () => {
    w = await World.create({
      people: {
        Maria: "police staff focal_point",
        Eleni: "labour focal_point staff teams",
        Carla: "ministry coordinator",
        Rana: "ministry rapporteur",
        Ravi: "ministry rapporteur teams",
        Olga: "unhcr observer",
      },
      lang: { Ravi: "fr" },
    });
    const server = createHttp({
      pages: createPages({ files: w.runtime.files, reports: w.runtime.reports, ready: async () => "ready" }),
    });
    const port = await new Promise<number>((done) =>
      server.listen(0, "127.0.0.1", () => done((server.address() as { port: number }).port)),
    );
    close = () => server.close();
    site = `http://127.0.0.1:${port}`;
    w.runtime.site = site;
    for (let n = 0; n < 12; n++) await w.say("Maria", `task @labour Secret case ${n} by Fri 17:00`);
    for (const n of [1, 2, 3, 4, 5, 6]) {
      await w.say("Eleni", `accept T-${n}`);
      await w.say("Eleni", `done T-${n} finished`);
    }
    await w.settle();
    // Into the month after, so that the summary's is over.
    await w.pass({ days: 10 }, 14_400);
    w.sent.length = 0;
  });
  afterAll(async () => {
    close();
    await w.close();
  });
  const it = steps();

  const urlIn = (reply: unknown): string =>
    /http:\/\/[\w.:]+\/(?:files|charts)\/[\w-]+(?:\.png)?/.exec(JSON.stringify(reply))?.[0] ?? "";
  /** What the description does not allow. */
  const faults = (schema: keyof typeof openapi.components.schemas, answer: unknown) => {
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats(ajv);
    const check = ajv.compile({ ...openapi, $ref: `#/components/schemas/${schema}` });
    check(answer);
    return check.errors ?? [];
  };
  const get = (url: string, key?: string) => fetch(url, key ? { headers: { authorization: `Bearer ${key}` } } : {});
  /** Presses the button that such an address shows. */
  const opened = (url: string) => fetch(url, { method: "POST" });

  it("is asked for in one line, by who may", async () => {
    expect(await w.ask("Maria", "report November")).toContain("rapporteur");
    expect(await w.ask("Rana", "report Octember")).toBe(
      '"Octember" is not a period that Coord can read. Type for example: report 2026-Q3, report last month, or report 1 Jan to 31 Mar',
    );
    expect(await w.ask("Rana", "report 2027")).toContain("has not begun yet");
    expect(await w.ask("Rana", "report last month by agency")).toBe(
      "S-1 is being made: the activity summary of 2026-11. Its card in our chat always shows how it stands.",
    );
  });

  it("comes as a card that says how far it is and then the figures, each with its definition", async () => {
    await w.settle();
    await w.pass({ minutes: 1 });
    const card = w.card("Rana", "Activity");
    const text = words(card.message);
    expect(text).toContain("State: Draft");
    expect(text).toContain("Tasks asked  12 | 2026-10: 0. Tasks that one agency asked of another in the period.");
    expect(text).toContain("Tasks done  6");
    expect(text).toContain("Done in time  100.0%");
    expect(text).toMatch(/Labour \| Tasks asked: 12 · Tasks agreed: 6 · Tasks declined: 0 · Tasks done: 6/);
    expect(text).not.toContain("Secret");
    const images = card.message.blocks.filter((block) => block.type === "image");
    expect(images.length).toBeGreaterThanOrEqual(2);
    for (const image of images) {
      const answer = await get((image as { url: string }).url);
      expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "image/png"]);
      expect([...new Uint8Array(await answer.arrayBuffer()).slice(1, 4)]).toEqual([0x50, 0x4e, 0x47]);
      expect((image as { alt: string }).alt.length).toBeGreaterThan(20);
    }
    expect((await get(`${site}/charts/${"A".repeat(32)}.png`)).status).toBe(404);
  });

  it("takes the rapporteur's notes by a form, which opens again with what was written", async () => {
    const form = formOf(await w.click("Rana", "report-notes", "north/S-1"));
    await w.submit("Rana", form, { notes: "A quiet month.\nStaff changed.", recommendations: "Meet more often." });
    const again = formOf(await w.click("Rana", "report-notes", "north/S-1"));
    expect(again.fields.map((field) => ("value" in field ? field.value : ""))).toEqual([
      "A quiet month.\nStaff changed.",
      "Meet more often.",
    ]);
  });

  it("is a draft for nobody but who makes summaries, and unknown and forbidden look the same", async () => {
    const unknown = await w.ask("Maria", "report show S-77");
    for (const [name, line] of [
      ["Maria", "report show S-1"],
      ["Olga", "report file S-1 word"],
    ] as const) {
      const [draft, none] = [
        await counted(() => w.ask(name, line)),
        await counted(() => w.ask(name, line.replace("S-1", "S-77"))),
      ];
      expect(draft.value).toBe(unknown.replaceAll("S-77", "S-1"));
      expect(draft.statements).toEqual(none.statements);
    }
    expect(await w.ask("Maria", "reports")).toContain("No activity summary is published yet.");
    expect(textOf(await w.say("Carla", "reports"))).toContain("S-1 2026-11");
  });

  it("is had as Word, Excel, CSV and JSON, with every number, once for each address", async () => {
    for (const [format, type] of [
      ["word", "wordprocessingml"],
      ["excel", "spreadsheetml"],
      ["csv", "text/csv"],
      ["json", "application/json"],
    ] as const) {
      const url = urlIn(await w.say("Rana", `report file S-1 ${format}`));
      const answer = await opened(url);
      expect(answer.status, format).toBe(200);
      expect(answer.headers.get("content-type")).toContain(type);
      const bytes = new Uint8Array(await answer.arrayBuffer());
      const text =
        format === "word"
          ? new TextDecoder().decode(unzipSync(bytes)["word/document.xml"])
          : new TextDecoder().decode(format === "excel" ? new Uint8Array() : bytes);
      if (format !== "excel") expect(text).toContain("A quiet month.");
      expect(text).not.toContain("Secret");
      expect((await get(url)).status).toBe(404);
      expect((await opened(url)).status).toBe(404);
    }
  });

  it("makes the same files of the same figures", async () => {
    const files = [];
    for (let n = 0; n < 2; n++)
      files.push(
        new Uint8Array(await (await opened(urlIn(await w.say("Rana", "report file S-1 word")))).arrayBuffer()),
      );
    expect(files[0]).toEqual(files[1]);
  });

  it("is published once and for all, listed, and told to the secretariat and the other rapporteurs", async () => {
    expect(await w.ask("Rana", "report December")).toContain("S-2");
    await w.settle();
    expect(await w.ask("Rana", "report publish S-2 sure")).toContain(
      "S-2 tells of a period that lasts until 31 Dec 2026",
    );
    expect(await w.ask("Rana", "report publish S-1 sure")).toContain("S-1 is being published");
    expect(await w.ask("Rana", "report publish S-1 sure")).toContain('S-1 is in the state "Being published"');
    // Its job is lost with the process: the next one finds it.
    w.queue.waiting.clear();
    await w.pass({ minutes: 2 });
    expect(await w.ask("Rana", "report publish S-1 sure")).toContain('S-1 is in the state "Published"');
    expect(await w.ask("Rana", "report notes S-1")).not.toContain("kept with");
    expect(words(w.card("Carla", "Activity").message)).toContain("State: Published");
    expect(words(w.card("Ravi", "Bilan").message)).toContain("Tâches demandées  12");
    for (const reader of ["Maria", "Eleni", "Olga"]) {
      expect(textOf(await w.say(reader, "reports"))).toContain("S-1 2026-11");
      expect(textOf(await w.say(reader, "report show S-1"))).toContain("Tasks asked  12");
      expect(textOf(await w.say(reader, "S-1"))).toContain("Tasks asked  12");
    }
    expect(await w.ask("Carla", "report last month")).toContain("S-3");
    await w.settle();
    expect(await w.ask("Carla", "report publish S-3 sure")).toContain("2026-11 is published already as S-1");
  });

  it("keeps its files as they were published, whatever happens afterwards", async () => {
    const json = async () => (await opened(urlIn(await w.say("Maria", "report file S-1 json")))).text();
    const before = await json();
    await w.say("Maria", "task @labour Secret case 8 by Fri 17:00");
    expect(await json()).toBe(before);
    await expect(
      w.work((work) => work.tx.updateTable("published_files").set({ sha256: "0" }).execute()),
    ).rejects.toThrow(/permission denied/);
    await expect(w.work((work) => work.tx.deleteFrom("published_summaries").execute())).rejects.toThrow(
      /permission denied/,
    );
  });

  it("can be stopped while it is made", async () => {
    // Two drafts of one period are one.
    for (const _ of [1, 2]) expect(await w.ask("Rana", "report 2026-10")).toContain("S-4");
    expect(await w.ask("Rana", "report cancel S-4")).toBe("S-4 is cancelled; nothing of it is kept.");
    await w.settle();
    expect(textOf(await w.say("Rana", "report show S-4"))).toContain("State: Cancelled");
    expect(await w.ask("Rana", "report cancel S-4")).toContain('in the state "Cancelled"');
  });

  it("is passed on by two at one moment one after the other, each knowing of the other, and one period once", async () => {
    const refs: string[] = [];
    for (const period of ["2026-07", "2026-08", "2026-08 by agency"])
      refs.push(/S-\d+/.exec(await w.ask("Rana", `report ${period}`))?.[0] ?? "");
    await w.settle();
    const summaries = await w.work(async (work) => {
      const rows = await work.tx.selectFrom("summaries").select(["id", "number"]).execute();
      await work.tx
        .updateTable("summaries")
        .set({ state: "publishing" })
        .where(
          "number",
          "in",
          refs.map((ref) => Number(ref.slice(2))),
        )
        .execute();
      return Promise.all(
        refs.map(async (ref) => {
          const found = await SUMMARIES.byId(work, rows.find(({ number }) => `S-${number}` === ref)?.id ?? "");
          if (!found) throw new Error(ref);
          return found;
        }),
      );
    });
    // Each has read what was published before any of them wrote.
    let readers = 0;
    let go = () => {};
    const all = new Promise<void>((resolve) => {
      go = resolve;
    });
    const took = await Promise.all(
      summaries.map(async (summary) => {
        let turns = 0;
        await publish(async (act) => {
          const done = await w.work(act);
          if (turns++ === 0) {
            if (++readers === summaries.length) go();
            await all;
          }
          return done;
        }, summary);
        return turns;
      }),
    );
    // The first is read and written; the others find that another came between.
    expect(Math.min(...took)).toBe(2);
    expect(took.filter((turns) => turns > 2)).toHaveLength(2);
    const states = await w.work((work) =>
      work.tx
        .selectFrom("summaries")
        .select(["period", "state"])
        .where("period", "in", ["2026-07", "2026-08"])
        .execute(),
    );
    expect(states.map(({ period, state }) => `${period} ${state}`).sort()).toEqual([
      "2026-07 published",
      "2026-08 published",
      "2026-08 ready",
    ]);
  });

  it("is made by another process where the one that made it died", async () => {
    expect(await w.ask("Rana", "report 2026-09")).toContain("S-8");
    w.queue.waiting.clear();
    await w.pass({ minutes: 10 });
    expect(textOf(await w.say("Rana", "report show S-8"))).toContain("State: Draft");
  });

  it("gives the rapporteur's office the same figures by a key, and nobody else", async () => {
    expect(await w.ask("Carla", "report key")).toContain("That is for: rapporteur.");
    const reply = await w.say("Rana", "report key");
    expect(JSON.stringify(reply)).not.toContain("coord_report_");
    const told = await (await opened(urlIn(reply))).text();
    const key = /coord_report_[\w-]+/.exec(told)?.[0] ?? "";
    expect(told).toContain(`${site}/api/v1/openapi.json`);
    const figures = await get(`${site}/api/v1/figures?period=2026-11`, key);
    expect(figures.status).toBe(200);
    const said = await figures.json();
    expect(faults("summary", said)).toEqual([]);
    const body = JSON.stringify(said);
    expect(body).toContain('"id":"tasks.asked"');
    expect(body).not.toContain("Secret");
    const list = (await (await get(`${site}/api/v1/summaries`, key)).json()) as { summaries: { ref: string }[] };
    expect(faults("summaries", list)).toEqual([]);
    expect(list.summaries.map(({ ref }) => ref)).toContain("S-1");
    expect(faults("summary", await (await get(`${site}/api/v1/summaries/S-1`, key)).json())).toEqual([]);
    expect(await (await get(`${site}/api/v1/openapi.json`)).json()).toEqual(openapi);
    expect((await get(`${site}/api/v1/summaries/S-99`, key)).status).toBe(404);
    expect((await get(`${site}/api/v1/summaries/T-1`, key)).status).toBe(404);
    expect((await get(`${site}/api/v1/figures?period=nonsense`, key)).status).toBe(400);
    for (const wrong of [undefined, `${key}x`, "coord_report_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"])
      expect((await get(`${site}/api/v1/figures?period=2026-11`, wrong)).status).toBe(401);
    expect(await w.ask("Rana", "report key revoke")).toBe("Your key no longer works.");
    expect((await get(`${site}/api/v1/figures?period=2026-11`, key)).status).toBe(401);
    expect(await w.ask("Rana", "report key revoke")).toContain("You have no key");

    // A newer one takes the place of the one before; none outlives its year, or the role of whom it is.
    const status = async (of: string) => (await get(`${site}/api/v1/figures?period=2026-11`, of)).status;
    const fresh = async () =>
      /coord_report_[\w-]+/.exec(
        await (await fetch(urlIn(await w.say("Rana", "report key")), { method: "POST" })).text(),
      )?.[0] ?? "";
    const [older, newer] = [await fresh(), await fresh()];
    expect([await status(older), await status(newer)]).toEqual([401, 200]);
    const { owner } = w.runtime.store;
    const kept = await owner
      .selectFrom("report_keys")
      .select(["id", "expires_at", "person_id"])
      .where("revoked_at", "is", null)
      .executeTakeFirstOrThrow();
    const until = (at: Date) =>
      owner.updateTable("report_keys").set({ expires_at: at }).where("id", "=", kept.id).execute();
    await until(w.clock.now());
    expect(await status(newer)).toBe(401);
    await until(kept.expires_at);
    expect(await status(newer)).toBe(200);
    const role = (to: "staff" | "rapporteur") =>
      owner.updateTable("roles").set({ role: to }).where("person_id", "=", kept.person_id).execute();
    await role("staff");
    expect(await status(newer)).toBe(401);
    await role("rapporteur");
    expect(await status(newer)).toBe(200);

    // By key, from wherever: another key is not held up, and a key that is none leaves nothing behind.
    const clocks = () =>
      owner.selectFrom("pace").select(["key", "free_at"]).where("key", "like", "apiKey %").orderBy("key").execute();
    const before = await clocks();
    await status(older);
    expect(await clocks()).toEqual(before);
    await status(newer);
    const { key: clock = "" } = (await clocks()).find(({ free_at }, n) => free_at > (before[n]?.free_at ?? 0)) ?? {};
    expect(clock).not.toContain(newer);
    const free = (at: ReturnType<typeof sql<Date>>) =>
      owner.updateTable("pace").set({ free_at: at }).where("key", "=", clock).execute();
    await free(sql<Date>`now() + interval '61 seconds'`);
    const refused = await get(`${site}/api/v1/figures?period=2026-11`, newer);
    expect([refused.status, Number(refused.headers.get("retry-after"))]).toEqual([429, expect.any(Number)]);
    expect(faults("error", await refused.json())).toEqual([]);
    expect(await status(older)).toBe(401);
    await free(sql<Date>`now()`);
    expect(await status(newer)).toBe(200);
  });
});
