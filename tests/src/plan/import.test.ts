import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { counted } from "../../statements.js";
import { steps } from "../../steps.js";
import { textOf, World, words } from "../../world.js";
import { type Name, news, PEOPLE, send } from "./acting.js";

/** A plan comes as a file, all of it or nothing, and goes as one. */
let w: World;
beforeAll(async () => {
  w = await World.create({ people: PEOPLE, observers: ["iom"], lang: { Maria: "fr" } });
  w.runtime.site = "https://coord.example";
});
afterAll(() => w.close());
const it = steps();

const HEAD = "title,pillar,lead,supporting,due,indicator,unit,baseline,target,frequency,source,answers,next_due\n";
const GOOD = `${HEAD}Shelter zqoneqz,protection,@labour,"@police, @iom",2027-12-31,Places,places,10,50,quarterly,Register,,2026-11-30
,,,,,Nights,nights,0,900,yearly,Register,police,2026-12-31
Radio,prevention,police,,2027-06-30,,,,,,,,
`;
const plan = () => w.ask("Obi", "plan");

describe("an import", () => {
  it("with faults is refused by line, and leaves nothing", async () => {
    const wrong = await send(
      w,
      "Dora",
      `${GOOD}Cases,prosecution,@nobody,,2027-12-31,,,,,,,,\nCamp,protection,iom,,2027-12-31,Beds,beds,1,x,once,Count,,2026-12-31\n`,
    );
    // What one body alone can say is said once the table itself is in order.
    expect(wrong).toBe("Line 6 (target): that is not a number; write 1200 or 12.5.");
    expect(
      await send(
        w,
        "Dora",
        `${GOOD}Cases,prosecution,@nobody,,2027-12-31,,,,,,,,\nCamp,protection,iom,,2027-12-31,,,,,,,,\n`,
      ),
    ).toBe(
      "Line 5 (lead): no agency here has that short name; type who to see them. Line 6 (lead): an observer neither leads nor answers.",
    );
    await w.settle();
    expect(await plan()).toContain("no objectives yet");
    expect(news(w, "Dora")).toEqual([]);
  });

  it("is shown in figures first, taken in once, and told to whom it concerns", async () => {
    expect(await send(w, "Dora", GOOD)).toBeUndefined();
    await w.settle();
    expect(await plan()).toContain("no objectives yet");
    const preview = w.last("Dora");
    expect(words(preview.message)).toMatch(
      /Objectives: 2, indicators: 2\. Nothing is in the plan yet.*Protection and assistance: 1\nPrevention: 1/s,
    );
    const drafts = await w.runtime.store.owner.selectFrom("drafts").selectAll().execute();
    expect(JSON.stringify(drafts)).not.toContain("zqoneqz");
    expect(textOf(await w.click("Maria", "plan-take", "north/x", preview.ref))).toMatch(/point|coord/i);
    expect(textOf(await w.press("Dora", preview, "Take it into the plan"))).toBe("New in the plan: 2 objectives.");
    expect(textOf(await w.press("Dora", preview, "Take it into the plan"))).toContain("no longer there to be taken in");
    await w.settle();
    expect(await plan()).toMatch(/Action plan \(2\).*O-1 Shelter zqoneqz.*O-2 Radio/s);
    expect(await w.ask("Jonas", "O-1")).toMatch(/O-1\/1 Places.*Labour.*O-1\/2 Nights.*Police/s);
    expect(news(w, "Eleni").join()).toContain("new objectives that concern your agency");
    expect(news(w, "Maria").join()).toContain("nouveaux objectifs");
    expect(news(w, "Jonas")).toEqual([]);
    const events = await w.runtime.store.owner
      .selectFrom("events")
      .select(["action", "detail", "words"])
      .where("action", "like", "plan.%")
      .execute();
    expect(events).toMatchObject([
      { action: "plan.imported", detail: { objectives: 2, indicators: 2, agency: "secretariat" } },
    ]);
    // The same file a second time would double it.
    expect(await send(w, "Dora", GOOD)).toContain("Line 2 (title): an objective of that title is in the plan already.");
    await w.pass({ hours: 12 }, 720);
    expect(news(w, "Eleni").join()).toContain("O-1/1 Places");
  });

  it("is for who writes the plan, also when the address is used", async () => {
    const link = JSON.stringify(await w.say("Dora", "plan import"));
    const token = /upload\/([\w-]+)/.exec(link)?.[1] ?? "";
    const { owner } = w.runtime.store;
    const dora = await owner.selectFrom("persons").select("id").where("name", "=", "Dora").executeTakeFirstOrThrow();
    await owner.updateTable("roles").set({ role: "staff" }).where("person_id", "=", dora.id).execute();
    const taken = await w.runtime.files.take(token, { name: "plan.csv", bytes: new TextEncoder().encode(GOOD) });
    expect(taken?.wrong).toMatch(/^That is for: coordinator/i);
    await owner.updateTable("roles").set({ role: "coordinator" }).where("person_id", "=", dora.id).execute();
  });
});

describe("a long one", () => {
  test("asks the database as often as a short one, so that it holds nobody up", async () => {
    const own = await World.create({ people: PEOPLE, observers: ["iom"] });
    own.runtime.site = "https://coord.example";
    const rows = (count: number, of: string) =>
      Array.from(
        { length: count },
        (_, n) =>
          `${of} ${n},protection,labour,police,2027-12-31,Places,places,10,50,quarterly,Register,,2027-03-31\n,,,,,Nights,nights,0,9,yearly,Register,police,2027-01-31\n`,
      ).join("");
    const takes = async (table: string) => {
      expect(await send(own, "Dora", `${HEAD}${table}`)).toBeUndefined();
      await own.settle();
      const preview = own.last("Dora");
      const began = performance.now();
      const { value, statements } = await counted(() => own.press("Dora", preview, "Take it into the plan"));
      return { said: textOf(value), statements: statements.length, ms: performance.now() - began };
    };
    const few = await takes(rows(2, "Few"));
    const many = await takes(rows(150, "Many"));
    expect(many.said).toBe("New in the plan: 150 objectives.");
    // A plan that is there is read once more, to hold the titles against it.
    expect(many.statements).toBeLessThanOrEqual(few.statements + 4);
    console.log(
      `plan import: 150 objectives, ${many.statements} statements, ${(many.ms / few.ms).toFixed(1)} times as long as 2`,
    );
    const laid = await own.runtime.store.owner
      .selectFrom("reminder_steps")
      .select((eb) => [eb.fn.countAll<string>().as("steps"), eb.fn.count<string>("item_id").distinct().as("items")])
      .where("item_kind", "=", "indicator")
      .executeTakeFirstOrThrow();
    expect(Number(laid.items)).toBe(304);
    expect(await own.ask("Obi", "O-152")).toContain("Many 149");
    await own.close();
  });
});

describe("the plan as a Word file", () => {
  async function file(name: Name): Promise<string> {
    const token = /files\/([\w-]+)/.exec(JSON.stringify(await w.say(name, "plan file")))?.[1] ?? "";
    const found = await w.runtime.files.file(token);
    expect(await w.runtime.files.file(token), "an address opens once").toBeUndefined();
    const part = found && unzipSync(found.bytes)["word/document.xml"];
    return new TextDecoder()
      .decode(part)
      .replace(/<\/w:p>/g, "\n")
      .replace(/<[^>]+>/g, "");
  }

  it("says all of it, in the reader's language, and what each agency does", async () => {
    await w.ask("Eleni", "plan progress O-1/1 12,5 evidence:T-1");
    await w.ask("Eleni", "plan obstacle O-1 No interpreters");
    const english = await file("Obi");
    for (const words of [
      "Action plan",
      "Protection and assistance",
      "O-1 · Shelter zqoneqz",
      "12.5 places",
      "on track",
      "No interpreters",
      "Who does what",
      "O-1/2",
    ])
      expect(english, words).toContain(words);
    expect(english).not.toContain("T-1");
    const french = await file("Maria");
    for (const words of ["Plan d’action", "12,5 places", "en bonne voie", "Qui fait quoi", "Organisme chef de file"])
      expect(french, words).toContain(words);
    expect(await w.ask("Ada", "plan file")).toMatch(/^That is for/);
  });
});
