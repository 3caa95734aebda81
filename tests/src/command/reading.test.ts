import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderForm as onSlack } from "../../../adapters/slack/form.js";
import { renderForm as onTeams } from "../../../adapters/teams/form.js";
import { plain } from "../../../src/chat/index.js";
import { type Line, linesOf, partsOf } from "../../../src/command/reading.js";
import { formOf, World } from "../../world.js";
import { lettersOf, wordsIn } from "../drawn.js";

describe("what is read in parts", () => {
  const said = (lines: readonly Line[]): string[] =>
    lines.map((line) => ("text" in line ? plain(line.text) : `made ${line.length}`));

  it("is all there, in order, and no part holds more than it may", () => {
    const lines = Array.from({ length: 300 }, (_, n): Line => {
      const length = (n * 7919) % 2_801;
      return n % 7 ? { text: "x".repeat(length) } : { length, made: async () => "" };
    });
    const parts = partsOf(lines);
    expect(said(parts.flat()).join("")).toBe(said(lines).join(""));
    for (const part of parts) {
      expect(part.length).toBeLessThanOrEqual(60);
      const long = part.reduce((sum, line) => sum + ("text" in line ? plain(line.text).length : line.length), 0);
      expect(long).toBeLessThanOrEqual(5_000);
    }
    expect(partsOf([])).toEqual([]);
  });

  it("has what is longer than a block on several lines, after what stands before it", () => {
    const long = "é".repeat(6_000);
    const lines = linesOf([{ bold: "Maria" }, " at noon\n", long]).map(({ text }) => text);
    expect(lines[0]).toMatchObject([{ bold: "Maria" }, " at noon\n", expect.any(String)]);
    expect(lines.map((text) => plain(text)).join("")).toBe(plain([{ bold: "Maria" }, " at noon\n", long]));
    for (const text of lines) expect(plain(text).length).toBeLessThanOrEqual(3_000);
    expect(linesOf("")).toEqual([{ text: "" }]);
    expect(linesOf([{ bold: "no words" }])).toEqual([{ text: [{ bold: "no words" }] }]);
  });
});

describe("a long history", () => {
  let w: World;
  beforeAll(async () => {
    w = await World.create({
      people: {
        Sofia: "secretariat coordinator",
        Maria: "police focal_point staff",
        Eleni: "labour focal_point staff teams",
        Omar: "immigration focal_point staff",
      },
      lang: { Eleni: "fr" },
    });
  });
  afterAll(() => w?.close());

  type Dialog = ReturnType<typeof formOf>;
  /** Each part, as its foot says where the next is. */
  async function parts(name: string, line: string): Promise<Dialog[]> {
    const all = [formOf(await w.say(name, line))];
    const count = Number(/(?:Part|Partie) 1 (?:of|sur) (\d+)/.exec(JSON.stringify(all))?.[1] ?? 1);
    for (let part = 2; part <= count; part++) all.push(formOf(await w.say(name, `${line} ${part}`)));
    return all;
  }
  const shownOn = (draw: (form: Dialog) => unknown, all: readonly Dialog[]): string =>
    all.map((form) => lettersOf(wordsIn(draw(form)))).join("");

  it("of a task is read to its last comment on both platforms", async () => {
    const ref = /T-\d+/.exec(await w.ask("Maria", "task @labour Inspect the farms by Fri 17:00"))?.[0] ?? "";
    for (let n = 1; n <= 20; n++)
      await w.ask(n % 2 ? "Maria" : "Eleni", `say ${ref} begins${n} ${"слово ".repeat(400)} ends${n}`);
    const all = await parts("Eleni", `read ${ref}`);
    expect(all.length).toBeGreaterThan(5);
    expect(await parts("Eleni", `read ${ref} page:2`)).toHaveLength(1);
    for (const shown of [shownOn(onSlack, all), shownOn(onTeams, all)])
      for (let n = 1; n <= 20; n++) {
        expect(shown).toContain(`begins${n}`);
        expect(shown).toContain(`ends${n}`);
      }
    expect(await w.ask("Maria", `read ${ref} 99`)).toContain("there is no part 99");
    const unknown = (await w.ask("Omar", "read T-999 2")).replaceAll("T-999", ref);
    expect(await w.ask("Omar", `read ${ref} 2`)).toBe(unknown);
  });

  it("of little is one part, with nothing about parts", async () => {
    const ref = /T-\d+/.exec(await w.ask("Maria", "task @labour Inspect a farm by Fri 17:00"))?.[0] ?? "";
    expect(JSON.stringify(await w.say("Maria", `read ${ref}`))).not.toContain("Part 1");
    expect(await w.ask("Maria", `read ${ref} 2`)).toContain(`It is read in one part: read ${ref}`);
    expect(await w.ask("Maria", `read ${ref} zero`)).not.toContain("Part");
  });

  it("of a meeting's agenda is read to its end", async () => {
    const said = await w.ask("Sofia", "meet Case conference 2026-12-10 10:00 60m with @labour, @police");
    const ref = /M-\d+/.exec(said)?.[0] ?? "";
    for (let n = 1; n <= 40; n++) await w.ask("Maria", `agenda add ${ref} point${n} ${"words ".repeat(25)}`);
    const all = await parts("Maria", `meet read ${ref}`);
    expect(all.length).toBeGreaterThan(1);
    for (const shown of [shownOn(onSlack, all), shownOn(onTeams, all)])
      for (let n = 1; n <= 40; n++) expect(shown).toContain(`point${n}words`);
  });
});
