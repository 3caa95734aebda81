import { unzipSync } from "fflate";
import ICAL from "ical.js";
import { SaxesParser } from "saxes";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { silentLog } from "../../../src/log.js";
import { invitationFile } from "../../../src/meetings/calendar.js";
import { minutesFile } from "../../../src/meetings/minutes-file.js";
import { decisionsOf, recordOf } from "../../../src/meetings/record.js";
import { currentOccurrence, meetingByNumber } from "../../../src/meetings/store.js";
import type { Work } from "../../../src/work.js";
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
  ["control characters", "a\u0000b\u0007c\u001Bd\u0085e", "abcde"],
  ["half a pair", "a\uD83Db", "ab"],
  ["words of commands", "with @police by Fri 17:00 for:15m tlp:RED every Tue 10:00"],
  ["200 characters", `${"x".repeat(199)}é`],
  ["200 of four bytes", "𝕏".repeat(100)],
];

let w: World;
let logged: unknown[][];
beforeEach(async () => {
  logged = [];
  vi.spyOn(silentLog, "error").mockImplementation((...args) => void logged.push(args));
  w = await World.create({ people: PEOPLE });
  await w.ask("Sofia", "meet-rules quorum:none");
});
afterEach(async () => {
  vi.restoreAllMocks();
  await w.close();
  expect(logged).toEqual([]);
});

/** The form of a command, filled in: what is typed there meets no parser of command lines. */
async function fill(command: string, values: Record<string, string | string[]>, about?: string): Promise<string> {
  const form = formOf(about ? await w.click("Sofia", command, `north/${about}`) : await w.say("Sofia", command));
  return textOf(await w.submit("Sofia", form, values));
}

const held = async (work: Work) => {
  const meeting = await meetingByNumber(work, 1);
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

describe("what is typed", () => {
  it.each(NASTY)(
    "%s",
    async (_, typed, kept = typed) => {
      const called = { title: typed, when: "2026-11-23 12:00", minutes: "60m", with: ["@labour"], place: typed };
      expect(await fill("meet", called)).toContain("M-1 is called");
      await w.settle();
      expect(await fill("agenda-add", { title: typed }, "M-1")).toMatch(/on the agenda/);
      await w.settle();
      const event = await w.work(async (work) => {
        const { meeting } = await held(work);
        expect(meeting).toMatchObject({ title: kept, place: kept });
        const file = await invitationFile(work, meeting, meeting.organizer);
        // No control character but the ends of lines, and no line longer than RFC 5545 3.1 allows.
        expect(file.text).not.toMatch(/[^\P{Cc}\r\n\t]|\r(?!\n)|(?<!\r)\n/u);
        for (const line of file.text.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        const events = new ICAL.Component(ICAL.parse(file.text)).getAllSubcomponents("vevent");
        expect(events).toHaveLength(1);
        return events[0];
      });
      expect(event?.getFirstPropertyValue("summary")).toBe(`M-1 · ${kept}`);
      expect(event?.getFirstPropertyValue("location")).toBe(kept);
      expect(event?.getAllProperties().map(({ name }) => name)).not.toContain("x-evil");
      w.clock.moveTo(instantOf("2026-11-23T12:00", "Europe/Athens"));
      await w.runtime.heart.moved();
      await w.settle();
      expect(await w.ask("Sofia", "start M-1")).toContain("has begun");
      expect(await fill("note", { words: typed })).toContain("Line 1");
      expect(await fill("decide", { words: typed })).toContain("D-1 is decided");
      await w.settle();
      for (const command of ["M-1", "agenda M-1", "minutes M-1", "decisions", "D-1", "meetings"])
        for (const name of ["Sofia", "Eleni"]) expect(await w.ask(name, command), command).not.toBe("");
      expect(await w.ask("Sofia", "end M-1")).toContain("is over");
      await w.settle();
      expect(await w.ask("Sofia", "circulate M-1")).toContain("can be corrected");
      expect(await fill("correct", { words: typed }, "M-1")).toMatch(/correction 1/);
      expect(await w.ask("Sofia", "settle M-1 1 take")).toContain("taken in");
      await w.settle();
      const { document, lines, decisions } = await w.work(async (work) => {
        const now = await held(work);
        return {
          document: wordsOf(await minutesFile(work, now, "en")),
          lines: await recordOf(work, now.occurrence),
          decisions: await decisionsOf(work, [now.occurrence.id]),
        };
      });
      expect(lines.map(({ words }) => words)).toEqual([kept]);
      expect(decisions.map(({ words }) => words)).toEqual([kept]);
      // The title, the place, the item, the line, the decision and the correction: each as it was typed.
      const squeezed = (text: string) => text.replace(/\s+/g, " ");
      expect(squeezed(document).split(squeezed(kept)).length - 1).toBeGreaterThanOrEqual(6);
    },
    120_000,
  );
});

describe("what is too long", () => {
  const LONG = "x".repeat(461);

  it.each([
    ["a title", `meet edit M-1 ${LONG}`],
    ["a place", `meet edit M-1 place:"${LONG}"`],
    ["an item", `agenda add M-1 ${LONG}`],
    ["a paper", `paper M-1 https://docs.example/a ${LONG}`],
  ])("%s is refused in a sentence that says how long it may be, and nothing is changed", async (_, command) => {
    await w.ask("Sofia", "meet Plain 2026-12-01 12:00 60m with @labour");
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
    expect(await w.ask("Sofia", "M-1")).toContain("There is no M-1");
  });

  it("461 characters fit where a thousand do: a line of the record and a decision, in card and minutes", async () => {
    await w.ask("Sofia", "meet Plain 2026-11-23 12:00 60m with @labour");
    await w.settle();
    w.clock.moveTo(instantOf("2026-11-23T12:00", "Europe/Athens"));
    await w.ask("Sofia", "start M-1");
    for (let count = 0; count < 30; count++) {
      expect(await w.ask("Sofia", `note ${LONG}`)).toContain("in the record");
      expect(await w.ask("Sofia", `decide ${LONG}`)).toContain("is decided");
    }
    await w.settle();
    expect(await w.ask("Sofia", `decide ${"x".repeat(1_001)}`)).toContain("1001 characters are too many, 1000 fit");
    expect(await w.ask("Sofia", "M-1")).not.toBe("");
    expect(await w.ask("Sofia", "end M-1")).toContain("30 decisions");
    await w.settle();
    expect(await w.ask("Eleni", "minutes M-1")).toContain("D-1");
    const document = await w.work(async (work) => wordsOf(await minutesFile(work, await held(work), "en")));
    expect(document.split(LONG).length - 1).toBe(60);
  }, 180_000);
});
