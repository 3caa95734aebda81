import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SILENT_DAILY, SILENT_HOURLY } from "../../../src/matches/silent.js";
import { formOf, textOf, World, words } from "../../world.js";

/** A silent entry is a question that nobody hears: it is asked seldom, and its count is told. */
const PEOPLE = {
  Maria: "police focal_point staff",
  Petros: "police staff",
  Pia: "police staff teams",
  Eleni: "labour focal_point staff teams",
  Lou: "labour staff",
  Jonas: "border staff focal_point",
  Sofia: "secretariat coordinator",
};
type Name = keyof typeof PEOPLE;

let w: World;
beforeEach(async () => {
  w = await World.create({ people: PEOPLE, lang: { Lou: "fr" } });
  w.runtime.site = "https://coord.example";
});
afterEach(() => w.close());

let turn = 0;
const number = () => `+30 697 ${5_550_000 + turn++}`;

async function add(name: Name, value: string, quiet: "yes" | "no" = "yes"): Promise<string> {
  const form = formOf(await w.say(name, "match add"));
  return textOf(await w.submit(name, form, { kind: "phone", value, case: "zqcaseqz", purpose: "zqpurposeqz", quiet }));
}

async function imports(name: Name, rows: { silent: boolean }[]): Promise<string> {
  const link = JSON.stringify(await w.say(name, "match import"));
  const token = /upload\/([\w-]+)/.exec(link)?.[1] ?? "";
  const lines = rows.map(({ silent }) => `phone,${number()},c,p,${silent ? "yes" : ""}`);
  const bytes = new TextEncoder().encode(["kind,value,case,purpose,silent", ...lines].join("\n"));
  const taken = await w.runtime.files.take(token, { name: "list.csv", bytes });
  if (!taken) throw new Error("no such address");
  return taken.wrong ?? "taken";
}
const silent = (n: number) => Array.from({ length: n }, () => ({ silent: true }));
const entries = async () =>
  Number(
    (
      await w.runtime.store.owner
        .selectFrom("match_entries")
        .select((eb) => eb.fn.countAll().as("n"))
        .execute()
    )[0]?.n,
  );
const later = (minutes: number) => w.clock.moveTo(new Date(w.clock.now().getTime() + minutes * 60_000));

describe("silent entries", () => {
  it("are few in an hour for a whole agency, however they come, removed or not", async () => {
    expect(await imports("Petros", silent(SILENT_HOURLY - 2))).toBe("taken");
    expect(await add("Pia", number())).toMatch(/is registered/);
    expect(await add("Petros", number())).toMatch(/is registered/);
    for (const name of ["Petros", "Pia", "Maria"] as const)
      expect(await add(name, number())).toMatch(
        /at most 10 silent entries an hour and 30 a day.*next one can be.*no such/,
      );
    expect(await imports("Maria", silent(1))).toMatch(/at most 10 silent entries an hour/);
    // What was asked was asked.
    expect(await w.ask("Petros", "match remove 1")).toContain("is removed");
    expect(await add("Petros", number())).toMatch(/at most 10/);
    // Of what both hear there is no such limit, and another agency has its own.
    expect(await add("Petros", number(), "no")).toMatch(/is registered/);
    expect(await imports("Petros", [...Array.from({ length: 40 }, () => ({ silent: false }))])).toBe("taken");
    expect(await add("Eleni", number())).toMatch(/is registered/);
    later(61);
    expect(await add("Petros", number())).toMatch(/is registered/);
  });

  it("come all or none: a list that asks too often leaves nothing, and stands in the record", async () => {
    expect(await imports("Petros", [...silent(SILENT_HOURLY + 1), { silent: false }])).toMatch(
      /You gave 11, and 10 can still be registered now/,
    );
    expect(await entries()).toBe(0);
    const refused = await w.runtime.store.owner
      .selectFrom("events")
      .select("code")
      .where("action", "=", "refused")
      .execute();
    expect(refused).toEqual([{ code: "match.silent" }]);
  });

  it("are few in a day, and the first that may follow is told", async () => {
    for (let done = 0; done < SILENT_DAILY; done += SILENT_HOURLY) {
      expect(await imports("Petros", silent(SILENT_HOURLY))).toBe("taken");
      later(70);
    }
    const answer = await add("Petros", number());
    expect(answer).toMatch(/at most 10 .* 30 a day.*The next one can be registered (tomorrow|Tue)/);
    later(60 * 20);
    expect(await add("Petros", number())).toMatch(/at most/);
    later(60 * 4);
    expect(await add("Petros", number())).toMatch(/is registered/);
  });
});

describe("how often was asked silently", () => {
  const news = (name: Name) =>
    w
      .inbox(name)
      .map(({ message }) => words(message))
      .filter((text) => /Silent deconfliction|Inscriptions discrètes/.test(text));

  it("is told on the morning after to the officers of who asks and of who is asked, in counts alone", async () => {
    expect(await w.ask("Maria", "officer @Pia")).toMatch(/Pia is the data protection officer of Police/);
    expect(await w.ask("Eleni", "officer @Lou")).toMatch(/Lou is the data protection officer of Labour/);
    const known = number();
    await add("Eleni", known, "no");
    await add("Eleni", number(), "no");
    for (const value of [known, number(), number()]) await add("Petros", value);
    await add("Maria", number());
    await w.settle();
    expect(news("Pia")).toEqual([]);
    await w.pass({ days: 1 }, 120);
    expect(news("Pia")).toHaveLength(1);
    expect(news("Pia")[0]).toMatch(
      /^Silent deconfliction, Police, .*\. Registered silently by Police: 4 \(people: 2\)\. You are told this as/,
    );
    expect(news("Lou")).toHaveLength(1);
    // In the officer's language; not who asked, not what, not whether it met.
    expect(news("Lou")[0]).toMatch(/^Inscriptions discrètes, Labour, .*organismes \(1\)\s: 4, .*inscrit \(2\)/);
    expect(news("Lou")[0]).not.toMatch(/Police|Petros|697|zq|Maria/);
    // Neither the focal points, where there is an officer, nor agencies that have nothing to be asked about.
    for (const name of ["Maria", "Petros", "Eleni", "Jonas", "Sofia"] as const) expect(news(name), name).toEqual([]);
    expect(JSON.stringify(w.payloads)).not.toMatch(/zqcaseqz|zqpurposeqz|697 555/);
  });

  it("is told to the focal point where there is no officer, or not any more, and not where nothing was asked", async () => {
    await add("Jonas", number(), "no");
    await add("Petros", number(), "no");
    await w.pass({ days: 1 }, 120);
    for (const name of ["Maria", "Jonas"] as const) expect(news(name), name).toEqual([]);
    await w.ask("Maria", "officer @Pia");
    expect(textOf(await w.say("Petros", "who @police"))).toBeTruthy();
    expect(words(((await w.say("Petros", "who @police")) as { post: Parameters<typeof words>[0] }).post)).toMatch(
      /Pia.*data protection officer/s,
    );
    expect(await w.ask("Maria", "remove @Pia sure")).toBeTruthy();
    await add("Petros", number());
    await w.pass({ days: 1 }, 120);
    expect(news("Pia")).toEqual([]);
    expect(news("Maria").join()).toMatch(/named no data protection officer.*officer @name/);
    expect(news("Jonas").join()).toMatch(
      /other agencies \(1\): 1, each compared with what Border had registered \(1\)/,
    );
  });

  it("is named by the agency's focal point alone, from among its own", async () => {
    expect(await w.ask("Petros", "officer @Petros")).toMatch(/focal point/);
    expect(await w.ask("Maria", "officer @Eleni")).not.toMatch(/is the data protection officer/);
    expect(await w.ask("Sofia", "officer @Sofia")).not.toMatch(/is the data protection officer/);
    const named = await w.runtime.store.owner
      .selectFrom("members")
      .select("officer_id")
      .where("officer_id", "is not", null)
      .execute();
    expect(named).toEqual([]);
  });
});
