import fc from "fast-check";
import ICAL from "ical.js";
import { describe, expect, test } from "vitest";
import {
  type Attendee,
  type CalendarEvent,
  CalendarFileError,
  type CalendarMethod,
  calendarFile,
  type LocalIso,
  type Override,
} from "../../../src/calendar/ics.js";
import { conformance, conformanceDir, NEEDS } from "../../conformance.js";
import type { ZoneTransitions } from "../time/conformance.js";
import { checkAll, faulty, variants, withoutLibical } from "./checkers.js";

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** Every file made here: the checkers look at them all. */
const made = new Set<string>();
checkAll(made);

function file(method: CalendarMethod, events: readonly CalendarEvent[], options?: { name?: string; only?: LocalIso }) {
  const text = calendarFile(method, events, options);
  made.add(text);
  return text;
}

const someone = (email: string, more: Partial<Attendee> = {}): Attendee => ({
  name: email.slice(0, email.indexOf("@")),
  email,
  partstat: "NEEDS-ACTION",
  ...more,
});

const meeting = (more: Partial<CalendarEvent> = {}): CalendarEvent => ({
  uid: "mtg-1@coord.example",
  sequence: 0,
  stamp: new Date("2026-05-01T08:00:00Z"),
  summary: "Task force",
  organizer: { name: "Secretariat", email: "desk@coord.example" },
  attendees: [someone("ana@agency.example"), someone("ben@agency.example", { role: "OPT-PARTICIPANT" })],
  zone: "Europe/Vienna",
  start: "2026-06-01T10:00",
  minutes: 60,
  ...more,
});

const override = (recurrence: LocalIso, more: Partial<Override> = {}): Override => ({
  recurrence,
  start: recurrence,
  minutes: 60,
  sequence: 1,
  ...more,
});

const formats = new Map<string, Intl.DateTimeFormat>();

/** What the wall shows, by Intl alone. */
function shown(zone: string, at: number): LocalIso {
  let format = formats.get(zone);
  if (!format) {
    const [numeric, twoDigits] = ["numeric", "2-digit"] as const;
    format = new Intl.DateTimeFormat("en-US", {
      ...{ timeZone: zone, hourCycle: "h23", year: numeric, month: twoDigits, day: twoDigits },
      ...{ hour: twoDigits, minute: twoDigits },
    });
    formats.set(zone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}

const offsetAt = (zone: string, at: number): number => (Date.parse(`${shown(zone, at)}Z`) - at) / MINUTE;

/** The first instant at which the wall shows it, by Intl alone. */
function instant(wall: LocalIso, zone: string): string {
  const plain = Date.parse(`${wall}Z`);
  const found = [offsetAt(zone, plain - DAY), offsetAt(zone, plain + DAY)]
    .map((offset) => plain - offset * MINUTE)
    .filter((at) => shown(zone, at) === wall)
    .sort((a, b) => a - b);
  if (found[0] === undefined) throw new Error(`${wall} is no time in ${zone}`);
  return new Date(found[0]).toISOString();
}

const dayLater = (wall: LocalIso, days: number): LocalIso =>
  new Date(Date.parse(`${wall}Z`) + days * DAY).toISOString().slice(0, 16);

const calendar = (text: string): ICAL.Component => new ICAL.Component(ICAL.parse(text));
const vevents = (text: string): ICAL.Component[] => calendar(text).getAllSubcomponents("vevent");
const only = (text: string): ICAL.Component => {
  const [first, ...others] = vevents(text);
  if (!first || others.length > 0) throw new Error("one VEVENT was expected");
  return first;
};
const unfolded = (text: string): string[] => text.replaceAll("\r\n ", "").split("\r\n").slice(0, -1);
const fault = (make: () => string): string => {
  try {
    make();
  } catch (error) {
    if (error instanceof CalendarFileError) return error.fault;
    throw error;
  }
  return "none";
};

/** When each turn begins and how many minutes it takes, as ical.js reads it. */
function turnsOf(components: readonly ICAL.Component[]): { at: string; minutes: number; summary: string }[] {
  const whole = components.filter((one) => !one.hasProperty("recurrence-id"));
  const exceptions = components.filter((one) => one.hasProperty("recurrence-id"));
  return whole
    .flatMap((component) => {
      const event = new ICAL.Event(component, {
        strictExceptions: true,
        exceptions: exceptions.filter(
          (one) => one.getFirstPropertyValue("uid") === component.getFirstPropertyValue("uid"),
        ),
      });
      const found: { at: string; minutes: number; summary: string }[] = [];
      const iterator = event.iterator();
      for (let next = iterator.next(); next && found.length < 400; next = iterator.next()) {
        const turn = event.getOccurrenceDetails(next);
        found.push({
          at: turn.startDate.toJSDate().toISOString(),
          minutes: turn.item.duration.toSeconds() / 60,
          summary: turn.item.summary,
        });
      }
      return found;
    })
    .sort((a, b) => a.at.localeCompare(b.at));
}

const startsIn = (text: string): string[] => turnsOf(vevents(text)).map(({ at }) => at);

/** A reader's calendar, which knows nothing but the messages that came (RFC 5546, 2.1.5 and 3.2). */
class Diary {
  private components: ICAL.Component[] = [];

  receive(text: string): this {
    const method = calendar(text).getFirstPropertyValue("method");
    const came = vevents(text);
    for (const one of came) {
      const turn = this.turnOf(one);
      const known = this.components.find((other) => this.turnOf(other) === turn);
      if (known && this.sequence(known) > this.sequence(one)) throw new Error("older than what is known");
    }
    if (method === "REQUEST") {
      const whole = came.some((one) => this.turnOf(one) === "");
      const replaced = new Set(came.map((one) => this.turnOf(one)));
      this.components = [...this.components.filter((one) => !whole && !replaced.has(this.turnOf(one))), ...came];
    } else {
      for (const one of came) this.cancel(one);
    }
    return this;
  }

  private cancel(one: ICAL.Component): void {
    expect(one.getFirstPropertyValue("status")).toBe("CANCELLED");
    const turn = this.turnOf(one);
    const series = this.components.find((other) => this.turnOf(other) === "");
    this.components = this.components.filter((other) => turn !== "" && this.turnOf(other) !== turn);
    const gone = one.getFirstProperty("recurrence-id");
    if (turn === "" || !series || !gone) return;
    const except = new ICAL.Property("exdate", series);
    except.setParameter("tzid", String(gone.getParameter("tzid")));
    except.setValue(gone.getFirstValue() as ICAL.Time);
    series.addProperty(except);
  }

  private turnOf(one: ICAL.Component): string {
    return String(one.getFirstPropertyValue("recurrence-id") ?? "");
  }

  private sequence(one: ICAL.Component): number {
    return Number(one.getFirstPropertyValue("sequence"));
  }

  starts(): string[] {
    return turnsOf(this.components).map(({ at }) => at);
  }
}

const ZONES = [
  ...["Europe/Vienna", "Africa/Casablanca", "Asia/Gaza", "Africa/Cairo", "America/Santiago", "Australia/Lord_Howe"],
  ...["Asia/Kathmandu", "UTC", "America/New_York", "Asia/Jerusalem", "America/Nuuk", "Pacific/Chatham"],
];

describe.each(ZONES)("a weekly series in %s", (zone) => {
  const start = "2026-08-20T10:00";
  const weeks = Array.from({ length: 60 }, (_, i) => dayLater(start, 7 * i));
  const series = meeting({ zone, start, rule: "FREQ=WEEKLY;COUNT=60" });
  const at = (wall: LocalIso) => instant(wall, zone);
  const invited = () => new Diary().receive(file("REQUEST", [series]));
  const [, , third = "", fourth = "", fifth = ""] = weeks;
  const late = weeks[40] ?? "";

  test("stays at its time of day through every change of the clock", () => {
    expect(invited().starts()).toEqual(weeks.map(at));
  });

  test("is moved as a whole", () => {
    const moved = { ...series, sequence: 1, start: "2026-08-21T15:30" };
    const starts = invited()
      .receive(file("REQUEST", [moved]))
      .starts();
    expect(starts).toEqual(weeks.map((wall) => at(`${dayLater(wall, 1).slice(0, 10)}T15:30`)));
  });

  test("one turn is moved, by itself, in the whole and in a feed", () => {
    const moved = {
      ...series,
      overrides: [override(late, { start: dayLater(late, 2), minutes: 30, summary: "Moved" })],
    };
    const expected = weeks.map((wall) => at(wall === late ? dayLater(late, 2) : wall)).sort();
    expect(
      invited()
        .receive(file("REQUEST", [moved], { only: late }))
        .starts(),
    ).toEqual(expected);
    expect(new Diary().receive(file("REQUEST", [moved])).starts()).toEqual(expected);
    const feed = file("PUBLISH", [moved], { name: "Coord" });
    expect(startsIn(feed)).toEqual(expected);
    const turns = turnsOf(vevents(feed));
    expect(turns.filter(({ summary }) => summary === "Moved")).toEqual([
      { at: at(dayLater(late, 2)), minutes: 30, summary: "Moved" },
    ]);
    expect(turns.filter(({ minutes }) => minutes === 60)).toHaveLength(59);
  });

  test("turns are cancelled and left out, by themselves, in the whole and in a feed", () => {
    const left = {
      ...series,
      except: [third],
      overrides: [override(fourth, { cancelled: true }), override(fifth, { start: dayLater(fifth, 1) })],
    };
    const expected = weeks
      .filter((wall) => wall !== third && wall !== fourth)
      .map((wall) => at(wall === fifth ? dayLater(fifth, 1) : wall));
    const told = invited()
      .receive(file("CANCEL", [left], { only: third }))
      .receive(file("CANCEL", [left], { only: fourth }))
      .receive(file("REQUEST", [left], { only: fifth }));
    expect(told.starts()).toEqual(expected);
    expect(new Diary().receive(file("REQUEST", [left])).starts()).toEqual(expected);
    expect(startsIn(file("PUBLISH", [left]))).toEqual(expected);
  });

  test("a moved turn is cancelled, then everything", () => {
    const moved = { ...series, overrides: [override(late, { start: dayLater(late, 2) })] };
    const gone = { ...series, overrides: [override(late, { start: dayLater(late, 2), sequence: 2, cancelled: true })] };
    const diary = invited()
      .receive(file("REQUEST", [moved], { only: late }))
      .receive(file("CANCEL", [gone], { only: late }));
    expect(diary.starts()).toEqual(weeks.filter((wall) => wall !== late).map(at));
    const ended = { ...gone, sequence: 3, cancelled: true as const };
    expect(diary.receive(file("CANCEL", [ended])).starts()).toEqual([]);
    expect(vevents(file("PUBLISH", [ended]))).toEqual([]);
  });
});

describe("a clock that changes", () => {
  const length = (text: string) => turnsOf(vevents(text))[0]?.minutes;

  test("a meeting at a time that is skipped begins when the clocks show", () => {
    const text = file("REQUEST", [meeting({ start: "2027-03-28T02:30" })]);
    expect(unfolded(text)).toContain("DTSTART;TZID=Europe/Vienna:20270328T033000");
    expect(startsIn(text)).toEqual(["2027-03-28T01:30:00.000Z"]);
    expect(length(text)).toBe(60);
  });

  test.each([
    ["2026-10-25T01:30", 90],
    ["2026-10-25T02:50", 20],
    ["2027-03-28T01:30", 60],
    ["2026-10-24T10:00", 2880],
  ])("%s in Vienna takes %d real minutes", (start, minutes) => {
    const text = file("REQUEST", [meeting({ start, minutes })]);
    expect(startsIn(text)).toEqual([instant(start, "Europe/Vienna")]);
    expect(length(text)).toBe(minutes);
  });

  test("a time that comes twice is its first", () => {
    expect(startsIn(file("REQUEST", [meeting({ start: "2026-10-25T02:30" })]))).toEqual(["2026-10-25T00:30:00.000Z"]);
  });

  test("the turn of a series that is skipped is held where its override says", () => {
    const skipped = "2027-03-28T02:30";
    const series = meeting({ start: "2027-03-26T02:30", rule: "FREQ=DAILY;COUNT=4", overrides: [override(skipped)] });
    expect(startsIn(file("REQUEST", [series]))).toEqual([
      ...["2027-03-26T01:30:00.000Z", "2027-03-27T01:30:00.000Z"],
      ...["2027-03-28T01:30:00.000Z", "2027-03-29T00:30:00.000Z"],
    ]);
  });

  test("a series that begins at a time that is skipped keeps the time of its other turns", () => {
    const lines = unfolded(file("REQUEST", [meeting({ start: "2027-03-28T02:30", rule: "FREQ=DAILY;COUNT=3" })]));
    expect(lines).toContain("DTSTART;TZID=Europe/Vienna:20270328T023000");
    expect(lines).toContain("DURATION:PT1H");
  });
});

describe("VTIMEZONE", () => {
  // Outlook leaves RDATE out and then shows an hour that is not the meeting's.
  test.each(["Africa/Casablanca", "Africa/El_Aaiun", "Asia/Gaza", "Asia/Hebron", "Africa/Cairo", "Europe/Vienna"])(
    "%s tells each change of its clock in a way that every reader knows",
    (zone) => {
      const text = file("PUBLISH", [meeting({ zone, rule: "FREQ=WEEKLY;BYDAY=MO" })]);
      expect(text).not.toContain("RDATE");
      expect(text.match(/BEGIN:(?:STANDARD|DAYLIGHT)/g)?.length).toBeGreaterThan(1);
    },
  );

  const OWN: ZoneTransitions = {
    zones: [
      {
        zone: "Europe/Athens",
        transitions: [
          { utc: "2026-03-29T01:00Z", before: 120, after: 180, kind: "gap", minutes: 60 },
          { utc: "2026-10-25T01:00Z", before: 180, after: 120, kind: "overlap", minutes: 60 },
        ],
      },
    ],
  };
  const { zones } = conformance<ZoneTransitions>("dates/dst-transitions-2025-2029.json") ?? OWN;

  const zoneOf = (text: string): ICAL.Timezone => {
    const component = calendar(text).getFirstSubcomponent("vtimezone");
    if (!component) throw new Error("no VTIMEZONE");
    return new ICAL.Timezone({ component });
  };
  const offsetOf = (zone: ICAL.Timezone, wall: LocalIso): number => {
    const time = ICAL.Time.fromDateTimeString(`${wall}:00`);
    time.zone = zone;
    return zone.utcOffset(time) / 60;
  };

  test.each(zones.filter(({ zone }) => zone !== "UTC"))(
    "$zone is right around each of its changes",
    ({ zone, transitions }) => {
      const read = zoneOf(file("REQUEST", [meeting({ zone, start: "2025-01-06T10:00", rule: "FREQ=WEEKLY" })]));
      let looked = 0;
      for (const { utc } of transitions) {
        const change = Date.parse(utc);
        for (const minutes of [1, 30, 61, 180, 1440, 2 * 1440]) {
          for (const at of [change - minutes * MINUTE, change + (minutes - 1) * MINUTE]) {
            const wall = shown(zone, at);
            // A wall that comes twice stands for its first time, whatever it is looked at for.
            if (new Date(at).toISOString() !== instant(wall, zone)) continue;
            // Inside the repeated hour a wall names two offsets: readers differ, and no VTIMEZONE can say which.
            const twice = shown(zone, at + 60 * MINUTE) === wall || shown(zone, at + 30 * MINUTE) === wall;
            if (twice) continue;
            expect(`${wall} ${offsetOf(read, wall)}`).toBe(`${wall} ${offsetAt(zone, at)}`);
            looked++;
          }
        }
      }
      expect(looked).toBeGreaterThanOrEqual(transitions.length * 9);
    },
  );

  test("there were changes to look at", () => {
    const changing = zones.filter(({ transitions }) => transitions.length > 0);
    console.log(`clock changes: ${zones.flatMap((one) => one.transitions).length} in ${changing.length} zones`);
    expect(changing.length).toBeGreaterThanOrEqual(zones === OWN.zones ? 1 : 10);
  });

  test("every zone of the runtime is right at the turn of each month for eight years", () => {
    const wrong: string[] = [];
    for (const zone of Intl.supportedValuesOf("timeZone").filter((name) => name !== "UTC")) {
      // Not for the linter: it would look through each hour of each year of four hundred zones.
      const read = zoneOf(calendarFile("REQUEST", [meeting({ zone, rule: "FREQ=MONTHLY" })]));
      for (let month = 0; month < 96; month++) {
        const at = Date.UTC(2026, month, 1, 12);
        if (offsetAt(zone, at - DAY) !== offsetAt(zone, at + DAY)) continue;
        const wall = shown(zone, at);
        if (offsetOf(read, wall) !== offsetAt(zone, at)) wrong.push(`${zone} ${wall}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test.each([
    ["Europe/Vienna", ["FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"]],
    ["America/New_York", ["FREQ=YEARLY;BYMONTH=3;BYDAY=2SU", "FREQ=YEARLY;BYMONTH=11;BYDAY=1SU"]],
    [
      "America/Santiago",
      [
        "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=2,3,4,5,6,7,8;BYDAY=SU",
        "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=2,3,4,5,6,7,8;BYDAY=SU",
      ],
    ],
    ["Africa/Casablanca", []],
    ["Asia/Kathmandu", []],
  ])("%s: what comes every year is a rule", (zone, rules) => {
    const text = file("REQUEST", [meeting({ zone })]);
    expect(
      unfolded(text)
        .filter((line) => line.startsWith("RRULE:"))
        .map((line) => line.slice(6)),
    ).toEqual(rules);
  });

  test("Lord Howe moves by half an hour, Kathmandu never, and times in UTC need no zone", () => {
    expect(unfolded(file("REQUEST", [meeting({ zone: "Australia/Lord_Howe" })]))).toEqual(
      expect.arrayContaining(["TZOFFSETFROM:+1030", "TZOFFSETTO:+1100"]),
    );
    const kathmandu = unfolded(file("REQUEST", [meeting({ zone: "Asia/Kathmandu" })]));
    expect(kathmandu.filter((line) => line.startsWith("TZOFFSET"))).toEqual(["TZOFFSETFROM:+0545", "TZOFFSETTO:+0545"]);
    const utc = file("REQUEST", [meeting({ zone: "UTC", rule: "FREQ=DAILY", except: ["2026-06-02T10:00"] })]);
    expect(utc).not.toMatch(/TZID|VTIMEZONE/);
    expect(unfolded(utc)).toEqual(expect.arrayContaining(["DTSTART:20260601T100000Z", "EXDATE:20260602T100000Z"]));
  });

  test("a feed has each zone once, before the events, for all the years of its events", () => {
    const far = meeting({ uid: "far@coord.example", zone: "Africa/Casablanca", start: "2045-03-01T10:00" });
    const text = file("PUBLISH", [meeting(), meeting({ uid: "2@coord.example" }), meeting({ zone: far.zone }), far]);
    const names = calendar(text)
      .getAllSubcomponents()
      .map((one) => `${one.name} ${one.getFirstPropertyValue("tzid") ?? ""}`.trim());
    expect(names).toEqual([
      ...["vtimezone Europe/Vienna", "vtimezone Africa/Casablanca"],
      ...["vevent", "vevent", "vevent", "vevent"],
    ]);
    expect(turnsOf(vevents(text)).at(-1)?.at).toBe(instant("2045-03-01T10:00", "Africa/Casablanca"));
  });
});

/** What words should be once read again, written without the writer's expressions. */
function kept(words: string): string {
  let read = "";
  for (const character of words.replaceAll("\r\n", "\n")) {
    const point = character.codePointAt(0) ?? 0;
    if ([0x0a, 0x0d, 0x85, 0x2028, 0x2029].includes(point)) read += "\n";
    else if (point === 0x09) read += "\t";
    else if (point < 0x20 || (point >= 0x7f && point <= 0x9f)) continue;
    else read += point >= 0xd800 && point <= 0xdfff ? "\ufffd" : character;
  }
  return read;
}

/** What shows nothing is left out. */
const visible = (words: string): string | undefined => (kept(words).trim() === "" ? undefined : kept(words));

/** A name in which ical.js would miscount has a space more for each backslash. */
const called = (name: string): string | undefined => {
  const seen = visible(name);
  return seen?.includes(":") ? seen.padEnd(seen.length + seen.split("\\").length - 1) : seen;
};

/** TEXT read again; ical.js knows no type for the names of feeds. */
const unescaped = (value: string): string => value.replace(/\\(.)/g, (_, one: string) => (one === "n" ? "\n" : one));

/** The CN parameters read again by RFC 6868 alone: ical.js would also undo backslashes, which mean nothing there. */
const names = (text: string): string[] =>
  unfolded(text).flatMap((line) => {
    const value = /^(?:ORGANIZER|ATTENDEE);CN="([^"]*)"[;:]/.exec(line)?.[1];
    return value === undefined
      ? []
      : [value.replace(/\^([n'^])/g, (_, one: string) => ({ n: "\n", "'": '"' })[one] ?? "^")];
  });

const nasty = fc
  .array(
    fc.oneof(
      {
        weight: 4,
        arbitrary: fc.constantFrom(..."\r\n\"';,:\\^\t \0\x01\x0b\x1b\x7f\x85\u2028\u2029\ufeff\u202e\u200d"),
      },
      fc.constantFrom("\r\n", "^n", "^'", "\\n", "\\N", "\r\n ", "😀", "👩‍👩‍👧", "مرحبا", "\ud800", "\udc00", "é"),
      fc.constantFrom(
        "\r\nATTENDEE:mailto:evil@x.example",
        "\nEND:VEVENT\nBEGIN:VEVENT",
        ";X-EVIL=1",
        '":mailto:e@x.example',
      ),
      fc.constantFrom("x".repeat(461), "é".repeat(461), "😀".repeat(230)),
      fc.string({ unit: "binary", maxLength: 20 }),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((pieces) => pieces.join(""));

describe("whatever is typed", () => {
  const PROPERTIES = [
    ...["uid", "dtstamp", "sequence", "status", "dtstart", "dtend", "summary", "description", "location", "transp"],
    ...["organizer", "attendee", "attendee"],
  ];

  test("is read again as it was, and makes no property, parameter or component", () => {
    fc.assert(
      fc.property(fc.tuple(nasty, nasty, nasty, nasty, nasty), ([summary, description, location, chair, guest]) => {
        const attendees = [someone("ana@agency.example", { name: guest }), someone("ben@agency.example")];
        const organizer = { name: chair, email: "desk@coord.example" };
        const text = file("REQUEST", [meeting({ zone: "UTC", summary, description, location, organizer, attendees })]);
        const component = only(text);
        expect(component.getFirstPropertyValue("summary")).toBe(visible(summary) ?? "-");
        expect(component.getFirstPropertyValue("description") ?? undefined).toBe(visible(description));
        expect(component.getFirstPropertyValue("location") ?? undefined).toBe(visible(location));
        expect(names(text).filter((name) => name !== "ben")).toEqual(
          [chair, guest].map(called).filter((name) => name !== undefined),
        );
        expect(component.getFirstPropertyValue("organizer")).toBe("mailto:desk@coord.example");
        const first = component.getFirstProperty("attendee");
        expect(Object.keys(first?.toJSON()[1] ?? {}).filter((key) => key !== "cn")).toEqual([
          "role",
          "partstat",
          "rsvp",
        ]);
        expect(component.getAllProperties("attendee").map((one) => one.getFirstValue())).toEqual([
          ...["mailto:ana@agency.example", "mailto:ben@agency.example"],
        ]);
        expect(component.getAllProperties().map(({ name }) => name)).toEqual(
          PROPERTIES.filter((name) => !["description", "location"].includes(name) || component.hasProperty(name)),
        );
        expect(calendar(text).getAllSubcomponents()).toHaveLength(1);
      }),
      { numRuns: 300 },
    );
  });

  test("is folded by octets, between characters, and leaves no control character", () => {
    fc.assert(
      fc.property(nasty, nasty, (summary, name) => {
        const text = file("PUBLISH", [meeting({ zone: "UTC", summary, alarmMinutes: 10 })], { name });
        const bytes = Buffer.from(text);
        expect(text.endsWith("\r\n")).toBe(true);
        for (const line of text.split("\r\n")) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
          expect(line).not.toMatch(/[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]|\p{Surrogate}/u);
        }
        expect(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)).toBe(text);
        for (const line of unfolded(text)) expect(line).toMatch(/^[A-Z-]+[:;]/);
        const feed = unfolded(text).find((line) => line.startsWith("X-WR-CALNAME:")) ?? "";
        expect(unescaped(feed.slice("X-WR-CALNAME:".length))).toBe(visible(name) ?? "");
      }),
      { numRuns: 200 },
    );
  });

  test.each([1, 2, 3, 4])("a long line of characters of %d octets is cut between them", (octets) => {
    const character = { 1: "x", 2: "é", 3: "語", 4: "😀" }[octets] ?? "";
    for (let before = 0; before < 4; before++) {
      const summary = "-".repeat(before) + character.repeat(461);
      const text = file("REQUEST", [meeting({ zone: "UTC", summary })]);
      for (const line of Buffer.from(text).toString("latin1").split("\r\n")) {
        expect(line.length).toBeLessThanOrEqual(75);
        expect(Buffer.from(line, "latin1").toString()).not.toContain("\ufffd");
      }
      expect(only(text).getFirstPropertyValue("summary")).toBe(summary);
    }
  });
});

describe("people", () => {
  test("delegation, roles and answers are told, and only who has not answered is asked", () => {
    const text = file("REQUEST", [
      meeting({
        attendees: [
          someone("ana@agency.example", { partstat: "DELEGATED", delegatedTo: "cy@agency.example" }),
          someone("cy@agency.example", { delegatedFrom: "ana@agency.example", role: "CHAIR" }),
          someone("ben@agency.example", { partstat: "ACCEPTED", role: "OPT-PARTICIPANT" }),
        ],
      }),
    ]);
    const told = only(text)
      .getAllProperties("attendee")
      .map((one) => ["role", "partstat", "rsvp", "delegated-to", "delegated-from"].map((key) => one.getParameter(key)));
    expect(told).toEqual([
      ["REQ-PARTICIPANT", "DELEGATED", undefined, "mailto:cy@agency.example", undefined],
      ["CHAIR", "NEEDS-ACTION", "TRUE", undefined, "mailto:ana@agency.example"],
      ["OPT-PARTICIPANT", "ACCEPTED", undefined, undefined, undefined],
    ]);
  });

  test("a turn has its own people, and a turn that nobody changed can be invited to", () => {
    const guest = someone("guest@agency.example");
    const series = meeting({
      rule: "FREQ=WEEKLY",
      overrides: [override("2026-06-08T10:00", { attendees: [guest], location: "Room 2", description: "Bring maps" })],
    });
    const own = only(file("REQUEST", [series], { only: "2026-06-08T10:00" }));
    expect(own.getAllProperties("attendee").map((one) => one.getFirstValue())).toEqual(["mailto:guest@agency.example"]);
    expect(own.getFirstPropertyValue("location")).toBe("Room 2");
    expect(own.getFirstPropertyValue("description")).toBe("Bring maps");
    const plain = only(file("REQUEST", [series], { only: "2026-06-15T10:00" }));
    expect(plain.getFirstProperty("recurrence-id")?.toICALString()).toBe(
      "RECURRENCE-ID;TZID=Europe/Vienna:20260615T100000",
    );
    expect(plain.hasProperty("rrule")).toBe(false);
    expect(plain.getAllProperties("attendee")).toHaveLength(2);
  });

  test.each(["Desk\\n:", "Desk\\", "\\\\\\\\:", ":\\;\\,:\\N:", '":^^\\n^n:'])(
    "the name %j does not swallow what follows",
    (name) => {
      const organizer = { name, email: "desk@coord.example" };
      const attendees = [someone("ana@agency.example", { name, delegatedFrom: "cy@agency.example" })];
      const component = only(file("REQUEST", [meeting({ organizer, attendees })]));
      expect(component.getFirstPropertyValue("organizer")).toBe("mailto:desk@coord.example");
      expect(component.getFirstPropertyValue("attendee")).toBe("mailto:ana@agency.example");
      expect(component.getFirstProperty("attendee")?.getParameter("delegated-from")).toBe("mailto:cy@agency.example");
    },
  );

  test("an address is encoded where a URI wants it", () => {
    const text = file("REQUEST", [meeting({ attendees: [someone("a&b%c=d/e+f'g@agency.example")] })]);
    expect(only(text).getFirstPropertyValue("attendee")).toBe("mailto:a%26b%25c%3Dd%2Fe+f'g@agency.example");
  });

  const BAD = [
    ...["", "ana", "@agency.example", "ana@", "ana@localhost", "a b@agency.example", "ana@agency.example\r\nX-EVIL:1"],
    ...[
      "ana@@agency.example",
      '"ana"@agency.example',
      "ana@agency..example",
      "ana@-agency.example",
      "ana@agency.example\n",
    ],
    ...["mailto:ana@agency.example", "ána@agency.example", `${"x".repeat(65)}@agency.example`, ".a@agency.example"],
    ...["ana,ben@agency.example", "ana;ben@agency.example", "<ana@agency.example>", "ana@agency.example?cc=evil"],
  ];
  test.each(BAD)("%j is no address", (email) => {
    expect(fault(() => calendarFile("REQUEST", [meeting({ attendees: [someone(email)] })]))).toBe("address");
    expect(fault(() => calendarFile("PUBLISH", [meeting({ organizer: { name: "", email } })]))).toBe("address");
    const passed = [someone("ana@agency.example", { delegatedTo: email })];
    expect(fault(() => calendarFile("REQUEST", [meeting({ attendees: passed })]))).toBe("address");
    const taken = [someone("ana@agency.example", { delegatedFrom: email })];
    expect(fault(() => calendarFile("REQUEST", [meeting({ attendees: taken })]))).toBe("address");
  });
});

describe("what an event may say", () => {
  test("an invitation says all that a reader needs", () => {
    const text = file("REQUEST", [
      meeting({
        ...{ sequence: 3, modified: new Date("2026-05-02T09:30:15.999Z"), url: "https://meet.example/r?a=1,2;b" },
        ...{ description: "Line one\nline two", location: "Room 1; east", class: "PRIVATE" },
      }),
    ]);
    expect(unfolded(text).slice(0, 5)).toEqual([
      ...["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Coord//Coord//EN", "CALSCALE:GREGORIAN", "METHOD:REQUEST"],
    ]);
    const lines = unfolded(text);
    expect(lines.slice(lines.indexOf("BEGIN:VEVENT"), lines.indexOf("END:VEVENT"))).toEqual([
      ...["BEGIN:VEVENT", "UID:mtg-1@coord.example", "DTSTAMP:20260501T080000Z", "LAST-MODIFIED:20260502T093015Z"],
      ...["SEQUENCE:3", "STATUS:CONFIRMED"],
      ...["DTSTART;TZID=Europe/Vienna:20260601T100000", "DTEND;TZID=Europe/Vienna:20260601T110000"],
      ...["SUMMARY:Task force", "DESCRIPTION:Line one\\nline two", "LOCATION:Room 1\\; east"],
      ...["URL:https://meet.example/r?a=1,2;b", "CONFERENCE;VALUE=URI:https://meet.example/r?a=1,2;b"],
      ...["CLASS:PRIVATE", "TRANSP:OPAQUE", 'ORGANIZER;CN="Secretariat":mailto:desk@coord.example'],
      'ATTENDEE;CN="ana";ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:ana@agency.example',
      'ATTENDEE;CN="ben";ROLE=OPT-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:ben@agency.example',
    ]);
  });

  test("reminders are for feeds alone, attendees for all else, and a cancelled meeting takes no time", () => {
    const one = meeting({ alarmMinutes: 75 });
    const feed = only(file("PUBLISH", [one]));
    expect(feed.hasProperty("attendee")).toBe(false);
    expect(feed.getFirstSubcomponent("valarm")?.getFirstProperty("trigger")?.toICALString()).toBe("TRIGGER:-PT1H15M");
    for (const method of ["REQUEST", "CANCEL"] as const) {
      const component = only(file(method, [one]));
      expect(component.getAllProperties("attendee")).toHaveLength(2);
      expect(component.getAllSubcomponents()).toEqual([]);
      expect(component.getFirstPropertyValue("transp")).toBe(method === "CANCEL" ? "TRANSPARENT" : "OPAQUE");
    }
  });

  test("a feed leaves out what is cancelled, and is a calendar even with nothing in it", () => {
    const gone = meeting({ uid: "gone@coord.example", cancelled: true });
    expect(vevents(file("PUBLISH", [gone, meeting()])).map((one) => one.getFirstPropertyValue("uid"))).toEqual([
      "mtg-1@coord.example",
    ]);
    for (const events of [[], [gone]]) {
      const components = calendar(file("PUBLISH", events, { name: "Coord" })).getAllSubcomponents();
      expect(components.map(({ name }) => name)).toEqual(["vtimezone"]);
    }
  });

  const series = { rule: "FREQ=WEEKLY" };
  const REFUSED: [string, CalendarMethod, Partial<CalendarEvent>, LocalIso?][] = [
    ["attendees", "REQUEST", { attendees: [] }],
    ["attendees", "CANCEL", { attendees: [] }],
    ["cancelled", "REQUEST", { cancelled: true }],
    ["cancelled", "REQUEST", { ...series, except: ["2026-06-08T10:00"] }, "2026-06-08T10:00"],
    [
      "cancelled",
      "REQUEST",
      { ...series, overrides: [override("2026-06-08T10:00", { cancelled: true })] },
      "2026-06-08T10:00",
    ],
    ["only", "REQUEST", {}, "2026-06-01T10:00"],
    ["only", "PUBLISH", series, "2026-06-01T10:00"],
    ["time", "REQUEST", series, "2026-06-31T10:00"],
    ["time", "REQUEST", { start: "2026-06-01T24:00" }],
    ["time", "REQUEST", { start: "2026-06-01 10:00" }],
    ["time", "REQUEST", { start: "9026-06-01T10:00" }],
    ["time", "REQUEST", { ...series, except: ["2026-06-01T10:00\r\nX-EVIL:1"] }],
    ["minutes", "REQUEST", { minutes: 0 }],
    ["minutes", "REQUEST", { minutes: 1.5 }],
    ["minutes", "PUBLISH", { alarmMinutes: -5 }],
    ["sequence", "REQUEST", { sequence: -1 }],
    ["stamp", "REQUEST", { stamp: new Date(Number.NaN) }],
    ["uid", "REQUEST", { uid: "" }],
    ["uid", "REQUEST", { uid: "a\r\nX-EVIL:1" }],
    ["zone", "REQUEST", { zone: "Europe/Atlantis" }],
    ["zone", "REQUEST", { zone: "Europe/Vienna:1\r\nX-EVIL:1" }],
    ["zone", "REQUEST", { zone: "+02:00" }],
    ["rule", "REQUEST", { except: ["2026-06-08T10:00"] }],
    ["rule", "REQUEST", { overrides: [override("2026-06-08T10:00")] }],
    ...["", "WEEKLY", "FREQ=WEEKLY\r\nX-EVIL:1", "FREQ=SECONDLY", "FREQ=DAILY;FREQ=DAILY", "FREQ=DAILY;UNTIL=20270101"]
      .concat(
        "FREQ=DAILY;UNTIL=20270101T100000",
        "FREQ=DAILY;COUNT=2;UNTIL=20270101T100000Z",
        "freq=daily",
        "FREQ=DAILY;",
      )
      .map((rule): [string, CalendarMethod, Partial<CalendarEvent>] => ["rule", "REQUEST", { rule }]),
    ...["http://meet.example", "javascript:alert(1)", "meet.example", "https://", "https://a:b@meet.example", ""]
      .concat("https://meet.example/\r\nX-EVIL:1", "https://meet.example/ x", "https://meet.example/\x85")
      .map((url): [string, CalendarMethod, Partial<CalendarEvent>] => ["url", "REQUEST", { url }]),
  ];
  test.each(REFUSED)("%s is refused: %s %j %s", (expected, method, more, turn) => {
    expect(fault(() => calendarFile(method, [meeting(more)], turn === undefined ? {} : { only: turn }))).toBe(expected);
  });

  test("an invitation or a cancellation is about one event", () => {
    for (const method of ["REQUEST", "CANCEL"] as const) {
      expect(fault(() => calendarFile(method, []))).toBe("events");
      expect(fault(() => calendarFile(method, [meeting(), meeting()]))).toBe("events");
    }
  });
});

describe("independent checkers", () => {
  test.skipIf(!conformanceDir)(
    `find the broken variants and let the good ones pass ${NEEDS}`,
    { timeout: 60_000 },
    () => {
      const files = variants();
      const found = faulty(files);
      const names = files.map((name) => name.slice(name.lastIndexOf("/") + 1)).sort();
      expect(names).toHaveLength(20);
      // RFC 5546's tables, which forbid attendees in what is published, are known to libical alone.
      const tables = withoutLibical ? ["13publish-with-attendee.ics"] : [];
      expect(names.filter((name) => !found.has(name))).toEqual(["00good.ics", "07cancel-ok.ics", ...tables]);
    },
  );
});
