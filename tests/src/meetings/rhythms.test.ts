import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Button, Reply } from "../../../src/chat/index.js";
import { turns } from "../../../src/meetings/recurrence.js";
import { describeRule } from "../../../src/meetings/rule-words.js";
import {
  doubtIn,
  doubtInPlace,
  parseSchedule,
  readingsNear,
  splitMeeting,
} from "../../../src/meetings/schedule/index.js";
import type { WhenContext } from "../../../src/time/when.js";
import { textOf, World } from "../../world.js";
import { RHYTHMS_EN, RHYTHMS_FR, type Row } from "./rhythms.js";

const ATHENS = "Europe/Athens";
const english: WhenContext = { now: new Date("2026-11-24T08:30:00Z"), zone: ATHENS, lang: "en" };
const french: WhenContext = { ...english, lang: "fr" };

function told(line: string, context: WhenContext): Row {
  const found = parseSchedule(line, context);
  if (!found.ok) return [line, found.reason];
  const { rule, except } = found.schedule;
  const days = turns(found.schedule, { limit: 3 }).map(({ local: wall }) => wall.slice(0, 10));
  return [line, rule ?? "once", days.join(" "), ...(except ? [except.join(" ")] : [])] as unknown as Row;
}

describe("a rhythm is the one that was said, or is refused", () => {
  const rows = (table: readonly Row[]) => table.map((row) => ({ line: row[0], row }));
  test.each(rows(RHYTHMS_EN))("$line", ({ line, row }) => expect(told(line, english)).toEqual(row));
  test.each(rows(RHYTHMS_FR))("$line", ({ line, row }) => expect(told(line, french)).toEqual(row));

  test("what is said back of it is read as the same days, whatever it leaves out", () => {
    for (const [lang, table] of [
      ["en", RHYTHMS_EN],
      ["fr", RHYTHMS_FR],
    ] as const)
      for (const [line, rule, days] of table) {
        const found = parseSchedule(line, lang === "en" ? english : french);
        if (!found.ok) continue;
        const { start, zone, except } = found.schedule;
        const words = describeRule(rule, start, lang, zone, except);
        // A week that ends on a Thursday is said so beside it, which nobody would type.
        if (words.includes("(")) continue;
        const [, head = words, tail = ""] =
          /^(.*?)((?: until | jusqu'au |, \d+ (?:times|fois)| except on | sauf le \d).*)$/.exec(words) ?? [];
        const typed = `${head} ${lang === "en" ? "at" : "à"} ${start.slice(11)}${zone === ATHENS ? "" : ` ${zone}`}${tail} ${lang === "en" ? "from" : "à partir du"} ${start.slice(0, 10)}`;
        expect([line, typed, told(typed, lang === "en" ? english : french)[2]]).toEqual([line, typed, days]);
      }
  });

  test.each<[string, string[]]>([
    [
      "every Tuesday and every other Thursday 10:00",
      ["every tuesday and every thursday 10:00", "every tuesday 10:00", "every other thursday 10:00"],
    ],
    ["every Tuesday except public holidays 10:00", ["every tuesday 10:00"]],
    ["every Tuesday in even weeks 10:00", ["every other tuesday 10:00", "every tuesday 10:00"]],
    ["Monday and Thursday 10:00", ["every monday and thursday 10:00", "every monday 10:00", "every thursday 10:00"]],
    ["biweekly on Tue 10:00", ["every 2 weeks on tue 10:00"]],
    ["every Fri at 5", ["every fri 17:00"]],
    ["every Tue 10:00 and Thu 14:00", ["every tue 10:00", "every thu 14:00"]],
    ["every Monday or Tuesday 10:00", ["every monday 10:00", "every tuesday 10:00"]],
  ])("%s: what is near can be typed", (line, near) => {
    expect(readingsNear(line, english).map(({ when }) => when)).toEqual(near);
    for (const when of near) expect(parseSchedule(when, english)).toMatchObject({ ok: true });
  });
});

describe("no word of rhythm stays in a title and counts for nothing", () => {
  const doubt = (line: string, context = english) => {
    const { title, quoted, when, place } = splitMeeting(line, context);
    if (when === undefined || quoted) return undefined;
    return (title && doubtIn(title, when, context)?.said) ?? (place && doubtInPlace(place, when, context)?.said);
  };
  test.each<[string, string]>([
    ["Working group first Tue 10:00", "first"],
    ["Weekly coordination Tue 10:00", "weekly"],
    ["Monthly coordination every Tue 10:00", "monthly"],
    ["Biweekly coordination Tue 10:00", "biweekly"],
    ["Sync from 1 December every Tue 10:00", "from 1 December"],
    ["Sync until 30 June every Tue 10:00", "until 30 June"],
    ["Sync 6 times Tue 10:00", "6 times"],
    ["Sync every Tue 10:00 at Room 5 except in August", "except in August"],
  ])("%s: %s is asked about", (line, said) => expect(doubt(line)).toBe(said));
  test.each([
    "Monthly coordination every first Tue 10:00",
    "Daily briefing every weekday 8:30",
    "Réunion mensuelle chaque premier mardi à 10h",
    "Second committee Tue 10:00",
    "Every child counts: conference Tue 10:00",
    "Strategy for March every first Tue 10:00",
    "Review of last week Tue 10:00",
    "Search and rescue Tue 10:00",
    '"Every Tuesday with love" Fri 17:00',
    "Conférence annuelle le 15 décembre à 9h",
  ])("%s is nobody's question", (line) => expect(doubt(line)).toBeUndefined());

  const broken = fc.constantFrom(
    ...[
      "every",
      "every weekday except",
      "first and",
      "every other",
      "except",
      "Monday and",
      "the last",
      "twice a week on",
    ],
    ...["until 30 June", "6 times", "but not", "alternate", "weekdays", "every month on the", "Tuesdays and"],
    ...["chaque", "tous les jours sauf le", "le premier et le", "sauf", "lundi et", "jusqu'au 30 juin", "deux fois"],
  );
  const tails = fc.constantFrom("Friday 9:00", "Tue 10:00 60m", "every Tue 10:00", "vendredi 9h", "chaque mardi à 10h");
  const titles = fc.array(fc.constantFrom("Joint", "plan", "Kilkis", "farms", "réunion", "🚔"), {
    minLength: 1,
    maxLength: 3,
  });
  test("whatever stands before the schedule is part of it, refused or asked about", () => {
    fc.assert(
      fc.property(titles, broken, tails, fc.constantFrom("", " with all", " at Room 5"), (title, words, tail, end) => {
        const line = `${title.join(" ")} ${words} ${tail}${end}`;
        const { when = "" } = splitMeeting(line, english);
        const taken = when.startsWith(words.split(" ")[0] ?? "") || !parseSchedule(when, english).ok;
        expect([line, taken || doubt(line) !== undefined]).toEqual([line, true]);
      }),
      { numRuns: 600 },
    );
  });
});

describe.each(["slack", "teams"])("a meeting that is called on %s", (platform) => {
  let w: World;
  beforeAll(async () => {
    w = await World.create({
      people: {
        Maria: `desk coordinator focal_point${platform === "teams" ? " teams" : ""}`,
        Omar: "labour focal_point",
      },
      lang: { Omar: "fr" },
    });
  });
  afterAll(() => w.close());
  const buttonsOf = (reply: Reply): Button[] =>
    reply && "post" in reply
      ? reply.post.blocks.flatMap((block) => (block.type === "actions" ? (block.actions as Button[]) : []))
      : [];
  const called = () => w.inbox("Omar").length;

  test("says title, rhythm and the next three days, and goes back whole within five minutes", async () => {
    const reply = await w.say("Maria", "meet Sync every first and third Tue 10:00 with @labour");
    const said = textOf(reply);
    expect(said).toMatch(
      /^M-\d+ is called for .*1 Dec.*10:00, 60 min: every first and third Tuesday of the month, next on .*15 Dec.*5 Jan 2027\. Title: “Sync”/,
    );
    await w.settle();
    const before = called();
    const [back] = buttonsOf(reply);
    expect(textOf(await w.click("Maria", back?.id ?? "", back?.value ?? ""))).toMatch(/M-\d+ is taken back/);
    await w.settle();
    expect(
      w
        .inbox("Omar")
        .slice(before)
        .map(({ message }) => message.text),
    ).toEqual([expect.stringContaining("a convoqué par erreur")]);
    expect(textOf(await w.say("Maria", "meetings"))).not.toContain("Sync");
    expect(textOf(await w.say("Maria", "undo"))).toContain("nothing of yours to undo");
  });

  test("the last step is undone, were it a task or a meeting, and after five minutes neither", async () => {
    await w.say("Maria", "meet poll Dates 60m with @labour by Fri 17:00");
    expect(textOf(await w.say("Maria", "undo"))).toMatch(/M-\d+ is taken back/);
    const reply = await w.say("Maria", "meet Late every Tue 10:00 with @labour");
    await w.pass({ minutes: 6 });
    const [back] = buttonsOf(reply);
    expect(textOf(await w.click("Maria", back?.id ?? "", back?.value ?? ""))).toContain("nothing of yours to undo");
    expect(textOf(await w.click("Omar", back?.id ?? "", back?.value ?? ""))).toContain("annuler");
  });

  test("asks where it could be another, sends nothing, and one tap answers", async () => {
    await w.settle();
    const before = called();
    const reply = await w.say("Maria", "meet Talks Monday and Thursday 10:00 with @labour");
    expect(textOf(reply)).toContain("“Monday and Thursday 10:00” can be read in more than one way");
    await w.settle();
    expect(called()).toBe(before);
    const [both] = buttonsOf(reply);
    expect(both?.label).toMatch(/^every Monday and Thursday, first .*10:00/);
    expect(textOf(await w.click("Maria", both?.id ?? "", both?.value ?? ""))).toMatch(
      /M-\d+ is called for .*every Monday and Thursday.*“Talks”/,
    );
  });

  test.each([
    ["meet Talks every Tuesday and every other Thursday 10:00 with all", "No single rule of a calendar"],
    ["meet Talks every Tuesday except public holidays 10:00 with all", "No single rule of a calendar"],
    ["meet Talks biweekly on Tue 10:00 with all", "more than one way"],
    ["meet Weekly talks Tue 10:00 with all", "“weekly” would stay in the title"],
    ["meet move M-1 all every Tuesday and every other Thursday 10:00", "No single rule"],
  ])("%s", async (line, said) => {
    await w.settle();
    const before = called();
    expect(textOf(await w.say("Maria", line))).toContain(said);
    await w.settle();
    expect(called()).toBe(before);
  });

  test("a day that is left out is in no list and no calendar", async () => {
    const said = textOf(
      await w.say("Maria", "meet Board every Tue 10:00 until 12 January except 29 December with @labour"),
    );
    expect(said).toContain("except on 29 December 2026");
    const ref = /M-\d+/.exec(said)?.[0] ?? "";
    const days = await w.work(async (work) =>
      work.tx
        .selectFrom("occurrences")
        .innerJoin("meetings", "meetings.id", "occurrences.meeting_id")
        .select("occurrences.wall")
        .where("meetings.number", "=", Number(ref.slice(2)))
        .orderBy("occurrences.n")
        .execute(),
    );
    expect(days.map(({ wall }) => wall.slice(0, 10))).not.toContain("2026-12-29");
    expect(days.map(({ wall }) => wall.slice(0, 10))).toContain("2027-01-05");
  });
});
