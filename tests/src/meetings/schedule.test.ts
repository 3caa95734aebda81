import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkRule, toInstant, turns } from "../../../src/meetings/recurrence.js";
import { describeRule } from "../../../src/meetings/rule-words.js";
import { type MeetingLine, parseMinutes, parseSchedule, splitMeeting } from "../../../src/meetings/schedule/index.js";
import type { WhenContext } from "../../../src/time/when.js";
import { expectWithin, Slowest, timed } from "../../growth.js";
import { ENGLISH, FRENCH, REFUSED } from "./schedules.js";

const ATHENS = "Europe/Athens";
const said: WhenContext = { now: new Date("2026-11-24T08:30:00Z"), zone: ATHENS, lang: "en" };
const french: WhenContext = { ...said, lang: "fr" };

function told(text: string, context: WhenContext) {
  const found = parseSchedule(text, context);
  if (!found.ok) return `${found.reason}${found.detail === undefined ? "" : `: ${found.detail}`}`;
  const { start, zone, rule = "", minutes } = found.schedule;
  return [start, rule, minutes, zone];
}

describe("parseSchedule", () => {
  const each = (phrases: typeof ENGLISH) => phrases.map((phrase) => ({ text: phrase[0], phrase }));
  test.each(each(ENGLISH))("$text", ({ phrase: [text, start, rule, minutes, zone = ATHENS] }) =>
    expect(told(text, said)).toEqual([start, rule, minutes, zone]),
  );
  test.each(each(FRENCH))("$text", ({ phrase: [text, start, rule, minutes, zone = ATHENS] }) =>
    expect(told(text, french)).toEqual([start, rule, minutes, zone]),
  );
  test.each(REFUSED)("refuses %s", (text, reason) => {
    const got = told(text, said);
    expect(typeof got === "string" && !reason.includes(":") ? got.split(":")[0] : got).toBe(reason);
  });

  test("whichever language the reader has, both are read", () => {
    for (const [text, start, rule, minutes, zone = ATHENS] of [...ENGLISH, ...FRENCH])
      for (const context of [said, french])
        expect([text, told(text, context)]).toEqual([text, [start, rule, minutes, zone]]);
  });

  test("what was typed comes back with a refusal", () =>
    expect(parseSchedule("  Every TUESDAY ", said)).toEqual({
      ok: false,
      reason: "no_time",
      said: "Every TUESDAY",
      detail: "every tuesday",
    }));

  test("every phrase that is taken begins with its own first turn, after now", () => {
    for (const [text] of [...ENGLISH, ...FRENCH]) {
      const found = parseSchedule(text, said);
      if (!found.ok) throw new Error(text);
      const { start, zone, rule } = found.schedule;
      expect(toInstant(start, zone) > said.now).toBe(true);
      expect(turns({ start, zone, rule }, { limit: 1 })[0]?.local).toBe(start);
      if (rule !== undefined) expect(checkRule(rule, start, zone)).toEqual({ ok: true, rule });
    }
  });

  test("strictly after now: at ten sharp, the turn of ten is over", () => {
    const at = (now: string) => told("every Tue 10:00", { ...said, now: new Date(now) });
    expect(at("2026-11-24T07:59:59Z")).toEqual(["2026-11-24T10:00", "FREQ=WEEKLY;BYDAY=TU", undefined, ATHENS]);
    expect(at("2026-11-24T08:00:00Z")).toEqual(["2026-12-01T10:00", "FREQ=WEEKLY;BYDAY=TU", undefined, ATHENS]);
  });

  test("the working days are those of the writer's week", () => {
    const sunday = { ...said, lastWorkingDay: 4 };
    expect(told("every working day 9:00", sunday)).toEqual([
      "2026-11-25T09:00",
      "FREQ=WEEKLY;BYDAY=SU,MO,TU,WE,TH",
      undefined,
      ATHENS,
    ]);
    expect(told("chaque dernier jour ouvré du mois à 9h", sunday)).toEqual([
      "2026-11-30T09:00",
      "FREQ=MONTHLY;BYDAY=SU,MO,TU,WE,TH;BYSETPOS=-1",
      undefined,
      ATHENS,
    ]);
  });

  test("today is the writer's", () => {
    const late = { ...said, now: new Date("2026-11-30T23:30:00Z") };
    expect(told("every first Tue 01:45", late)).toEqual([
      "2026-12-01T01:45",
      "FREQ=MONTHLY;BYDAY=1TU",
      undefined,
      ATHENS,
    ]);
    expect(told("every first Tue 9:45", { ...late, zone: "America/New_York" })).toEqual([
      "2026-12-01T09:45",
      "FREQ=MONTHLY;BYDAY=1TU",
      undefined,
      "America/New_York",
    ]);
  });

  const rules = fc.oneof(
    fc
      .record({
        interval: fc.integer({ min: 1, max: 4 }),
        days: fc.subarray(["MO", "TU", "WE", "TH", "FR", "SA", "SU"], { minLength: 1, maxLength: 6 }),
      })
      .map(
        ({ interval, days }) => `FREQ=WEEKLY${interval === 1 ? "" : `;INTERVAL=${interval}`};BYDAY=${days.join(",")}`,
      )
      .filter((rule) => !/^FREQ=WEEKLY;BYDAY=(?:\w\w,){4}\w\w$/.test(rule) || rule.endsWith("MO,TU,WE,TH,FR")),
    fc.integer({ min: 1, max: 9 }).map((n) => `FREQ=DAILY${n === 1 ? "" : `;INTERVAL=${n}`}`),
    fc
      .record({
        n: fc.constantFrom(1, 2, 3, 4, 5, -1, -2),
        day: fc.constantFrom("MO", "WE", "SU"),
        interval: fc.integer({ min: 1, max: 4 }),
      })
      .map(({ n, day, interval }) => `FREQ=MONTHLY${interval === 1 ? "" : `;INTERVAL=${interval}`};BYDAY=${n}${day}`),
    fc
      .subarray([1, 2, 3, 4, -1], { minLength: 2, maxLength: 3 })
      .map((ns) => `FREQ=MONTHLY;BYDAY=${ns.map((n) => `${n}TH`).join(",")}`),
    fc
      .subarray([1, 2, 11, 15, 21, 22, 31], { minLength: 1, maxLength: 3 })
      .map((ns) => `FREQ=MONTHLY;BYMONTHDAY=${ns.join(",")}`),
    fc.constantFrom(
      "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
      "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1",
      "FREQ=MONTHLY;BYMONTHDAY=-1",
    ),
  );
  const endings = fc.constantFrom("", ";COUNT=6", ";COUNT=12", ";UNTIL=20271231T080000Z", ";UNTIL=20280601T070000Z");

  test("what describeRule says of a rule is read as that rule again, in both languages", () => {
    fc.assert(
      fc.property(rules, endings, fc.constantFrom("en", "fr"), (rule, ending, lang) => {
        const words = describeRule(rule + ending, "2026-12-01T10:00", lang, ATHENS);
        const [, cut = words, tail = ""] = /^(.*?)((?: until | jusqu'au |, \d+ (?:times|fois)).*)$/.exec(words) ?? [];
        const typed = `${cut} ${lang === "en" ? "at 10:00" : "à 10h"}${tail}`;
        const found = parseSchedule(typed, lang === "en" ? said : french);
        expect([typed, found.ok ? found.schedule.rule : found]).toEqual([typed, rule + ending]);
      }),
      { numRuns: 400 },
    );
  });

  /** A line as people type them, with everything in it. */
  const ORDINARY = "Monthly coordination every first Tue 10:00 60m with all at Room 5";
  const readBoth = (text: string) => {
    splitMeeting(text, said);
    return parseSchedule(text, said);
  };

  const expectNearOrdinary = (text: string) =>
    expectWithin(100, { what: text, little: () => readBoth(ORDINARY), much: () => readBoth(text) });

  test("whatever is typed is answered, and none takes very much longer than an ordinary line", async () => {
    const slowest = new Slowest<string>();
    const word = fc.oneof(
      fc.constantFrom(
        "every",
        "chaque",
        "first",
        "second",
        "Tue",
        "mardi",
        "and",
        "et",
        "10:00",
        "60m",
        "until",
        "30 June",
        "6 times",
        "on",
        "the",
      ),
      fc.constantFrom(
        "15th",
        "of",
        "month",
        "monthly",
        "weeks",
        "2",
        "le",
        "du mois",
        "from",
        "-",
        ",",
        "with",
        "at",
        "pendant",
        "1h30",
        "last",
        "IST",
      ),
      fc.string({ maxLength: 6 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 24 }), async (words) => {
        const text = words.join(" ");
        const { ms, value: found } = await timed(() => readBoth(text));
        slowest.saw(text, ms);
        if (found.ok) expect(toInstant(found.schedule.start, found.schedule.zone) > said.now).toBe(true);
        else expect(found.said).toBe(text.trim());
      }),
      { numRuns: 400 },
    );
    const ratios: number[] = [];
    for (const text of slowest.all) ratios.push(await expectNearOrdinary(text));
    console.log(`the slowest of 400 lines: ${Math.max(...ratios).toFixed(1)} times as long as an ordinary one`);
  });

  // Each is nearly what a pattern takes, from every word on. In small steps: what doubles fails before it hangs.
  test.each<[string, (n: number) => string]>([
    ["ordinals", (n) => "first and ".repeat(n)],
    ["days", (n) => `every ${"Mon, ".repeat(n)}x 10:00`],
    ["articles", (n) => "the ".repeat(n)],
    ["figures", (n) => `every ${"2nd, ".repeat(n)}Tue 10:00`],
    ["places", (n) => `Talk ${"at Room ".repeat(n)}`],
    ["months", (n) => "every month the 1st and the ".repeat(n)],
    ["spaces", (n) => `every${" ".repeat(n)}x`],
  ])("a line of many %s stays near an ordinary one, however many they are", async (_what, line) => {
    for (const n of [4, 8, 12, 16, 20, 24, 28, 32, 128, 512]) await expectNearOrdinary(line(n));
  });
});

describe("parseMinutes", () => {
  test.each<[string, number | undefined]>([
    ["60m", 60],
    ["1h30", 90],
    ["90 min", 90],
    ["1 hour", 60],
    ["une heure et demie", 90],
    ["half an hour", 30],
    ["1h", 60],
    ["1.5 h", 90],
    ["5 min", 5],
    ["10 h", 600],
    ["4m", undefined],
    ["601 min", undefined],
    ["60", undefined],
    ["", undefined],
    ["an age", undefined],
    ["1 day", undefined],
    ["2 months", undefined],
    ["-30 min", undefined],
  ])("%s", (text, minutes) => expect(parseMinutes(text)).toBe(minutes));
});

describe("splitMeeting", () => {
  const when = "every first Tue 10:00";
  test.each<[string, MeetingLine]>([
    [
      "Monthly coordination every first Tue 10:00 60m with all at Room 5",
      { title: "Monthly coordination", when, minutes: "60m", with: "all", place: "Room 5" },
    ],
    [
      "Monthly coordination every first Tue 10:00 60m at Room 5 with all",
      { title: "Monthly coordination", when, minutes: "60m", with: "all", place: "Room 5" },
    ],
    [
      "Coordination every second Tuesday 10:00 for 60 min with police, immigration, iom",
      {
        title: "Coordination",
        when: "every second Tuesday 10:00",
        minutes: "60 min",
        with: "police, immigration, iom",
      },
    ],
    ["every first Tue 10:00", { when }],
    ["every first Tue 10:00 with @border", { when, with: "@border" }],
    ["Talks with Frontex every first Tue 10:00", { title: "Talks with Frontex", when }],
    ["Talks with Frontex every first Tue 10:00 with police", { title: "Talks with Frontex", when, with: "police" }],
    [
      "Talks with Interpol and Europol at Athens tomorrow at 9:00 with @interpol",
      { title: "Talks with Interpol and Europol at Athens", when: "tomorrow at 9:00", with: "@interpol" },
    ],
    [
      "Work with children at risk tomorrow 14:00 1h",
      { title: "Work with children at risk", when: "tomorrow 14:00", minutes: "1h" },
    ],
    ["Inspection at the border at 10:00 tomorrow", { title: "Inspection at the border", when: "at 10:00 tomorrow" }],
    [
      "Meet with @police, @border Fri 10:00 45m",
      { title: "Meet", when: "Fri 10:00", minutes: "45m", with: "@police, @border" },
    ],
    [
      "Sync every first Tue 10:00 with labour inspectorate, border guard and @iom at HQ",
      { title: "Sync", when, with: "labour inspectorate, border guard and @iom", place: "HQ" },
    ],
    ['"Every Tuesday with love" Fri 17:00', { title: "Every Tuesday with love", quoted: true, when: "Fri 17:00" }],
    ['"at 10:00" club Fri 17:00 with all', { title: '"at 10:00" club', when: "Fri 17:00", with: "all" }],
    [
      "«Chaque mardi avec eux» vendredi 17h pendant 1h avec tous",
      { title: "Chaque mardi avec eux", quoted: true, when: "vendredi 17h", minutes: "1h", with: "tous" },
    ],
    ["“Fri 17:00 with all”", { title: "Fri 17:00 with all" }],
    ['Sync Fri 10:00 at "Room with a view"', { title: "Sync", when: "Fri 10:00", place: "Room with a view" }],
    ['A "quote that never ends Fri 10:00', { title: 'A "quote that never ends', when: "Fri 10:00" }],
    [
      "Réunion mensuelle chaque premier mardi à 10h00 pendant 60 min avec @police et @oim à la salle 5",
      {
        title: "Réunion mensuelle",
        when: "chaque premier mardi à 10h00",
        minutes: "60 min",
        with: "@police et @oim",
        place: "la salle 5",
      },
    ],
    ["Réunion vendredi 10h 30 min", { title: "Réunion", when: "vendredi 10h 30 min" }],
    ["Réunion chaque mardi 10h", { title: "Réunion", when: "chaque mardi 10h" }],
    [
      "🚔 Joint ops every weekday 8:30 with @border,@labour",
      { title: "🚔 Joint ops", when: "every weekday 8:30", with: "@border,@labour" },
    ],
    ["👩‍👧‍👦 families 🛂 Fri 10:00 30m", { title: "👩‍👧‍👦 families 🛂", when: "Fri 10:00", minutes: "30m" }],
    [
      "اجتماع التنسيق every first Tue 10:00 30m with all",
      { title: "اجتماع التنسيق", when, minutes: "30m", with: "all" },
    ],
    ["\u202bישיבה\u202c Fri 10:00 with שוטרים", { title: "\u202bישיבה\u202c", when: "Fri 10:00", with: "שוטרים" }],
    ["Line one\r\nline two\nevery first Tue 10:00\r\n60m", { title: "Line one line two", when, minutes: "60m" }],
    ["Weekly coordination Tue 10:00", { title: "Weekly coordination", when: "Tue 10:00" }],
    ["Biweekly coordination Tue 10:00", { title: "Biweekly coordination", when: "Tue 10:00" }],
    ["Coordination biweekly on Tue 10:00", { title: "Coordination", when: "biweekly on Tue 10:00" }],
    ["Strategy for March every first Tue 10:00", { title: "Strategy for March", when }],
    [
      "Joint inspection: every 2 weeks on Mon at 9 until 30 June for 1h",
      { title: "Joint inspection", when: "every 2 weeks on Mon at 9 until 30 June", minutes: "1h" },
    ],
    [
      "Coordination monthly on the 15th at 14:00 for 1h30, 6 times",
      { title: "Coordination", when: "monthly on the 15th at 14:00 for 1h30, 6 times" },
    ],
    [
      "Case review tomorrow 10:00-11:30 in Room 5",
      { title: "Case review", when: "tomorrow 10:00-11:30", place: "Room 5" },
    ],
    ["Coordination, 2026-12-01 08:00, 90 min", { title: "Coordination", when: "2026-12-01 08:00", minutes: "90 min" }],
    ["Sync every Tue in Room 5 at 10:00", { title: "Sync", when: "every Tue", place: "Room 5 at 10:00" }],
    ["Debrief after Friday at HQ tomorrow 10:00", { title: "Debrief after Friday at HQ", when: "tomorrow 10:00" }],
    [
      "Réunion chaque mardi à 10h à partir du 15 décembre",
      { title: "Réunion", when: "chaque mardi à 10h à partir du 15 décembre" },
    ],
    // Refused later, rather than lost in a title.
    ["Board 31 Feb 10:00 with all", { title: "Board", when: "31 Feb 10:00", with: "all" }],
    ["Board Monday 27 Nov 10:00", { title: "Board", when: "Monday 27 Nov 10:00" }],
    ["Board 2020-01-01 10:00 30m", { title: "Board", when: "2020-01-01 10:00", minutes: "30m" }],
    ["Board Fri 9:00 IST", { title: "Board", when: "Fri 9:00 IST" }],
    ["Coordination in 3 days 10:00 60m", { title: "Coordination", when: "in 3 days 10:00", minutes: "60m" }],
    ["Coordination in 3 days 60m with @police", { title: "Coordination", when: "in 3 days 60m", with: "@police" }],
    ["Review on Monday", { title: "Review", when: "on Monday" }],
    ["Coordination chaque mardi", { title: "Coordination", when: "chaque mardi" }],
    // No schedule: a title, whatever it ends with.
    ["Coordination with partners", { title: "Coordination with partners" }],
    ["Meeting with all", { title: "Meeting with all" }],
    ["State of play this week", { title: "State of play this week" }],
    ["Lessons from last year", { title: "Lessons from last year" }],
    ["Training at Room 5", { title: "Training at Room 5" }],
    ["Monthly coordination", { title: "Monthly coordination" }],
    ["", {}],
    [" \r\n ", {}],
  ])("%j", (line, parts) => expect(splitMeeting(line, said)).toEqual(parts));

  const titles = fc.array(
    fc.constantFrom(
      "Joint",
      "inspection",
      "with",
      "at",
      "Kilkis",
      "farms",
      "🚔",
      "اجتماع",
      "and",
      "avec",
      "partners",
      "(draft)",
      "plan",
      "à",
    ),
    { minLength: 1, maxLength: 6 },
  );

  test("a title of such words survives any schedule, parties and place behind it", { timeout: 120_000 }, () => {
    const schedule = fc.constantFrom(
      ...[...ENGLISH, ...FRENCH].map(([text]) => text).filter((text) => /^(?:every|chaque|tous|toutes) /.test(text)),
    );
    fc.assert(
      fc.property(
        titles,
        schedule,
        fc.constantFrom("", " with all", " with @border, @labour", " avec police et oim"),
        (words, text, tail) => {
          const parts = splitMeeting(`${words.join(" ")} ${text}${tail}`, said);
          expect(parts.title).toBe(words.join(" "));
          const again = parseSchedule(`${parts.when} ${parts.minutes ? `for ${parts.minutes}` : ""}`, said);
          expect(again).toEqual(parseSchedule(text, said));
          expect(parts.with ?? "").toBe(tail.replace(/^ (?:with|avec) /, ""));
        },
      ),
      { numRuns: 400 },
    );
  });

  test("words without a day stay a title, quoted words too", () => {
    fc.assert(
      fc.property(titles, (words) => {
        const title = words.join(" ");
        expect(splitMeeting(title, said)).toEqual({ title });
        expect(splitMeeting(`"${title} Fri 10:00 with all"`, said)).toEqual({ title: `${title} Fri 10:00 with all` });
      }),
    );
  });
});
