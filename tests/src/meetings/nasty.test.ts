import { randomUUID } from "node:crypto";
import { unzipSync } from "fflate";
import ICAL from "ical.js";
import { SaxesParser } from "saxes";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { silentLog } from "../../../src/lib/log.js";
import { invitationFile } from "../../../src/meetings/calendar.js";
import { minutesFile } from "../../../src/meetings/minutes-file.js";
import { decisionsOf, recordOf } from "../../../src/meetings/record.js";
import { currentOccurrence, MEETINGS } from "../../../src/meetings/store.js";
import { findPersons } from "../../../src/people/store.js";
import type { UnitOfWork } from "../../../src/store/unit-of-work.js";
import { formOf, textOf, World } from "../../world.js";
import { instantOf } from "./rows.js";

/**
 * What people type, or paste, or try. The world holds every card, form and message against both platforms' limits; the
 * calendar and the Word file are read again here and must say what was typed, but for what no reader should get.
 */

const PEOPLE = { Sofia: "secretariat coordinator focal_point", Eleni: "labour focal_point staff teams" };
const NASTY: [name: string, typed: string, kept?: string][] = [
  ["line breaks", "One\r\nBEGIN:VEVENT\r\nX-EVIL:1\nend", "One\nBEGIN:VEVENT\nX-EVIL:1\nend"],
  ["quotes and signs of calendars", `He said "no, never"; C:\\new\\, x:y=z; “x” 'y'`],
  ["escapes", "\\n \\, \\; \\\\ &amp; &lt;b&gt; %0D%0A =3D"],
  ["mark-up", "<b>bold</b> *bold* _it_ ~no~ `code` ]]> <!-- x --> <at>Maria</at>"],
  ["mentions", "<!here> <!channel> <@U123> @all @channel <#C1|x>"],
  ["links", "[x](https://evil.example) <https://evil.example|bank> javascript:alert(1)"],
  ["emoji and joiners", "👩‍👩‍👧‍👦 🇬🇷 👍🏽 می‌خواهم"],
  ["right to left", "اجتماع التنسيق שלום 12"],
  ["what turns words around", "safe\u202Eexe.pdf\u2066x\u2069", "safeexe.pdfx"],
  ["control characters", "a\u0000b\u0007c\u001Bde", "abcde"],
  ["half a pair", "a\uD83Db", "ab"],
  ["words of commands", "with @police by Fri 17:00 for:15m every Tue 10:00"],
  ["200 characters", `${"x".repeat(199)}é`],
  ["200 of four bytes", "𝕏".repeat(100)],
];

const MAILED = { from: "coord@body.example", to: "sofia@body.example" };
let w: World;
let logged: unknown[][];
async function open(): Promise<void> {
  logged = [];
  vi.spyOn(silentLog, "error").mockImplementation((...args) => void logged.push(args));
  w = await World.create({ people: PEOPLE });
  await w.ask("Sofia", "meet-rules quorum:none");
}
async function close(): Promise<void> {
  vi.restoreAllMocks();
  await w.close();
  expect(logged).toEqual([]);
}

/** The form of a command, filled in: what is typed there meets no parser of command lines. */
async function fill(command: string, values: Record<string, string | string[]>, about?: string): Promise<string> {
  const form = formOf(about ? await w.click("Sofia", command, `north/${about}`) : await w.say("Sofia", command));
  return textOf(await w.submit("Sofia", form, values));
}

/** No button opens this form, which asks for nothing that must be there: it is sent as one that was. */
async function change(values: Record<string, string>): Promise<string> {
  const state = JSON.stringify({ body: "north", nonce: randomUUID(), given: { ref: "M-1" } });
  return textOf(await w.runtime.receive({ ...w.from("Sofia"), type: "submit", form: "cmd.meet-edit", state, values }));
}

const held = async (work: UnitOfWork, number = 1) => {
  const [sofia] = await findPersons(work.tx, { role: "coordinator" });
  const meeting = sofia && (await MEETINGS.known({ work: work, viewer: sofia }, number));
  const occurrence = meeting && (await currentOccurrence(work, meeting));
  if (!meeting || !occurrence) throw new Error("no meeting");
  return { meeting, occurrence };
};

/** All words of a Word file, by a parser that refuses what is not well-formed. */
function wordsOf(bytes: Uint8Array): string {
  let text = "";
  for (const [path, data] of Object.entries(unzipSync(bytes))) {
    if (!path.endsWith(".xml") && !path.endsWith(".rels")) continue;
    const parser = new SaxesParser({ xmlns: true });
    parser.on("error", (error) => {
      throw error;
    });
    parser.on("opentag", ({ name }) => {
      if (name === "w:br" || name === "w:p") text += "\n";
      if (name === "w:tab") text += "\t";
    });
    parser.on("text", (words) => {
      text += words;
    });
    parser.write(new TextDecoder("utf-8", { fatal: true }).decode(data)).close();
  }
  return text;
}

/** White space between words is the document's own. */
const squeezed = (text: string) => text.replace(/\s+/g, " ");
const timesIn = (text: string, words: string) => squeezed(text).split(squeezed(words)).length - 1;

describe("what is typed", () => {
  beforeAll(open);
  afterAll(close);
  const KEPT = NASTY.map(([, typed, kept = typed]) => kept);

  // One meeting holds them all: what is typed meets the same form, card and file whatever stands beside it.
  it("is the title and the place of a meeting, its item, and what a calendar is told", async () => {
    const called = { title: "Plain", when: "2026-11-23 12:00", minutes: "60m", with: ["@labour"], place: "Here" };
    expect(await fill("meet", called)).toContain("M-1 is called");
    for (const [name, typed, kept = typed] of NASTY) {
      // A title is one line, so that what follows a break passes for none of a card's own.
      const line = kept.replaceAll("\n", " ");
      expect(await change({ title: typed, place: typed }), name).toContain("M-1");
      expect(await fill("agenda-add", { title: typed }, "M-1"), name).toMatch(/on the agenda/);
      await w.settle();
      const event = await w.work(async (work) => {
        const { meeting } = await held(work);
        expect(meeting, name).toMatchObject({ title: line, place: line });
        const file = await invitationFile(work, meeting, meeting.organizer, MAILED);
        // No control character but the ends of lines, and no line longer than RFC 5545 3.1 allows.
        expect(file.text, name).not.toMatch(/[^\P{Cc}\r\n\t]|\r(?!\n)|(?<!\r)\n/u);
        for (const line of file.text.split("\r\n")) expect(Buffer.byteLength(line), name).toBeLessThanOrEqual(75);
        const events = new ICAL.Component(ICAL.parse(file.text)).getAllSubcomponents("vevent");
        expect(events, name).toHaveLength(1);
        return events[0];
      });
      expect(event?.getFirstPropertyValue("summary"), name).toBe(`M-1 · ${line}`);
      expect(event?.getFirstPropertyValue("location"), name).toBe(line);
      expect(event?.getAllProperties().map((one) => one.name)).not.toContain("x-evil");
      for (const [who, command] of [
        ["Sofia", "M-1"],
        ["Eleni", "M-1"],
        ["Eleni", "meetings"],
      ] as const)
        expect(await w.ask(who, command), `${name}: ${command}`).not.toBe("");
    }
  });

  it("is a line of the record, a decision and a correction, and stands in the minutes as often as it was typed", async () => {
    w.clock.moveTo(instantOf("2026-11-23T12:00", "Europe/Athens"));
    await w.runtime.reconciler.moved();
    await w.settle();
    expect(await w.ask("Sofia", "start M-1")).toContain("has begun");
    for (const [index, [name, typed]] of NASTY.entries()) {
      expect(await fill("note", { words: typed }), name).toContain(`Line ${index + 1} is`);
      expect(await fill("decide", { words: typed }), name).toContain(`D-${index + 1} is decided`);
    }
    await w.settle();
    for (const command of ["M-1", "agenda M-1", "minutes M-1", "decisions", "D-1", "meetings"])
      for (const who of ["Sofia", "Eleni"]) expect(await w.ask(who, command), command).not.toBe("");
    expect(await w.ask("Sofia", "end M-1")).toContain("is over");
    await w.settle();
    expect(await w.ask("Sofia", "circulate M-1")).toContain("can be corrected");
    for (const [index, [name, typed]] of NASTY.entries()) {
      expect(await fill("correct", { words: typed }, "M-1"), name).toContain(`correction ${index + 1}`);
      expect(await w.ask("Sofia", `settle M-1 ${index + 1} take`), name).toContain("taken in");
    }
    await w.settle();
    await w.work(async (work) => {
      const now = await held(work);
      expect((await recordOf(work, now.occurrence)).map(({ words }) => words)).toEqual(KEPT);
      expect((await decisionsOf(work, [now.occurrence.id])).map(({ words }) => words)).toEqual(KEPT);
      const document = wordsOf(await minutesFile(work, now, "en"));
      // The item, the line, the decision and the correction: each as it was typed.
      for (const kept of KEPT) expect(timesIn(document, kept), kept).toBeGreaterThanOrEqual(4);
      for (const title of KEPT) {
        const called = wordsOf(
          await minutesFile(work, { ...now, meeting: { ...now.meeting, title, place: title } }, "en"),
        );
        expect(timesIn(called, title), title).toBeGreaterThanOrEqual(6);
      }
    });
  });
});

describe("what is too long", () => {
  beforeAll(async () => {
    await open();
    await w.ask("Sofia", "meet Plain 2026-12-01 12:00 60m with @labour");
  });
  afterAll(close);
  const LONG = "x".repeat(461);

  it.each([
    ["a title", `meet edit M-1 ${LONG}`],
    ["a place", `meet edit M-1 place:"${LONG}"`],
    ["an item", `agenda add M-1 ${LONG}`],
    ["a paper", `paper M-1 https://docs.example/a ${LONG}`],
  ])("%s is refused in a sentence that says how long it may be, and nothing is changed", async (_, command) => {
    const before = await w.work(async (work) => (await held(work)).meeting.version);
    expect(await w.ask("Sofia", command)).toMatch(/: 461 characters are too many, 200 fit\./);
    expect(await w.work(async (work) => (await held(work)).meeting.version)).toBe(before);
  });

  it("words of a meeting that is not there yet are refused alike", async () => {
    expect(await w.ask("Sofia", `meet ${LONG} 2026-12-01 12:00 60m with @labour`)).toMatch(
      /461 characters are too many, 200 fit/,
    );
    expect(await w.ask("Sofia", `meet Plain 2026-12-01 12:00 60m with @labour place:"${LONG}"`)).toMatch(
      /461 characters are too many, 200 fit/,
    );
    expect(await w.ask("Sofia", "M-2")).toContain("There is no M-2");
  });

  it("461 characters fit where a thousand do: a line of the record and a decision, in card and minutes", async () => {
    await w.ask("Sofia", "meet Plain 2026-11-23 12:00 60m with @labour");
    await w.settle();
    w.clock.moveTo(instantOf("2026-11-23T12:00", "Europe/Athens"));
    await w.ask("Sofia", "start M-2");
    for (let count = 0; count < 30; count++) {
      expect(await w.ask("Sofia", `note ${LONG}`)).toContain("in the record");
      expect(await w.ask("Sofia", `decide ${LONG}`)).toContain("is decided");
    }
    await w.settle();
    expect(await w.ask("Sofia", `decide ${"x".repeat(1_001)}`)).toContain("1001 characters are too many, 1000 fit");
    expect(await w.ask("Sofia", "M-2")).not.toBe("");
    expect(await w.ask("Sofia", "end M-2")).toContain("30 decisions");
    await w.settle();
    expect(await w.ask("Eleni", "minutes M-2")).toContain("D-1");
    const document = await w.work(async (work) => wordsOf(await minutesFile(work, await held(work, 2), "en")));
    expect(document.split(LONG).length - 1).toBe(60);
  });
});
