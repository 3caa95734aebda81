import { addDays } from "date-fns";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { registry } from "../../../commands/index.js";
import { type Reading, readLine } from "../../../src/command/parse.js";
import { unpasted } from "../../../src/command/pasted.js";
import { formatWhen, parseWhen, takeMoment, type When, type WhenContext } from "../../../src/time/index.js";
import { START, textOf, World, ZONE } from "../../world.js";
import * as when from "../time/phrases.js";
import { ENGLISH, FRENCH, LED, PASTED, type Phrase } from "./phrases.js";

const task = registry.find("task");
if (!task) throw new Error("no command task");
const EN: WhenContext = {
  ...{ now: START, zone: ZONE, lang: "en", addWorkingDays: (at, n) => addDays(at, n), period: "last" },
};
const FR: WhenContext = { ...EN, lang: "fr" };

const read = (line: string, time: WhenContext): Reading => readLine(unpasted(`@labour ${line}`), task.args, time);
const shown = ({ at }: When): string => formatWhen(at, ZONE, "en", { now: START });

function told({ raws, unsure }: Reading, time: WhenContext): Phrase[] | unknown[] {
  const found = raws.by === undefined ? undefined : parseWhen(raws.by, time);
  const due = found?.ok ? shown(found) : (found?.reason ?? "-");
  const asked = unsure.map(({ said, readings }) => `${said}: ${readings.map(shown).join(", ")}`);
  return [raws.title, due, ...(asked.length ? [asked.join("; ")] : [])];
}

describe("a line of task", () => {
  const tried = (rows: readonly Phrase[], time: WhenContext) =>
    it.each(rows.map((row) => [row[0], row] as const))("%s", (line, [, ...meant]) =>
      expect(told(read(line, time), time)).toEqual(meant),
    );
  tried(ENGLISH, EN);
  tried(FRENCH, FR);
  tried(LED, EN);
  tried(PASTED, EN);

  it("keeps a list and the head of a mail below it as detail", () => {
    const { raws } = read("Inspect the farms by Friday\n• Kilkis\n• Serres", EN);
    expect(raws.detail).toBe("• Kilkis\n• Serres");
  });

  it("says where each word went", () => {
    const line = "@labour Inspect 3 farms by Fri 17:00 priority:urgent tlp:GREEN";
    const { taken } = readLine(line, task.args, EN);
    expect(Object.fromEntries(taken.map(({ as, start, end }) => [as, line.slice(start, end)]))).toEqual({
      to: "@labour",
      by: expect.stringMatching(/^by Fri 17:00/),
      priority: "priority:urgent",
      label: "tlp:GREEN",
    });
  });
});

describe("one reader", () => {
  /** Said on another day than the lines above. */
  const tuesday = (time: WhenContext): WhenContext => ({
    ...time,
    now: new Date("2026-11-24T08:30:00Z"),
    period: undefined,
  });
  const rows = [
    ...when.ENGLISH.map(([phrase]) => ["by", phrase, tuesday(EN)] as const),
    ...when.FRENCH.map(([phrase]) => ["avant", phrase, tuesday(FR)] as const),
  ];
  it("finds behind a lead what it reads by itself", () => {
    const different = rows.flatMap(([lead, phrase, time]) => {
      const alone = parseWhen(phrase, time);
      const { moment, unsure } = takeMoment(`Inspect ${lead} ${phrase}`, time);
      // By asap: no date, and asked about.
      if (alone.ok && alone.at.getTime() === time.now.getTime()) return moment ? [`${lead} ${phrase}: a date`] : [];
      if (alone.ok && !alone.month)
        return moment && moment.found.at.getTime() === alone.at.getTime() ? [] : [`${lead} ${phrase}: read alone`];
      // What is no date alone may hold one: Fri 17:00 and notify @police.
      if (!alone.ok && alone.reason === "not_a_date") return [];
      return unsure && !moment ? [] : [`${lead} ${phrase}: refused alone`];
    });
    expect(different).toEqual([]);
  });
});

describe("nothing is lost in silence", () => {
  const TIMES = [
    ...[
      "Monday",
      "friday",
      "tomorrow",
      "today",
      "tonight",
      "4 December",
      "Dec 4",
      "2026-12-04",
      "4/12",
      "17:00",
      "5pm",
    ],
    ...[
      "next week",
      "in 3 days",
      "by Friday",
      "EOD",
      "week 50",
      "in spring",
      "noon",
      "2/3 December",
      "Fri 17:00",
      "Q1",
    ],
    ...[
      "vendredi",
      "demain",
      "le 4 décembre",
      "sous 48h",
      "la semaine prochaine",
      "au printemps",
      "17h30",
      "aujourd’hui",
    ],
    ...["yesterday", "last Friday", "every Monday", "end of month", "September", "octobre", "18:30", "the weekend"],
  ];
  const OTHERS =
    "Inspect 3 farms in Kilkis by mail for the police with report avant la porte pour en mer of , . - ( ) ; !";
  const word = fc.oneof(
    fc.constantFrom(...OTHERS.split(" ")).map((said) => ({ said, time: false })),
    fc.constantFrom(...TIMES).map((said) => ({ said, time: true })),
    fc.stringMatching(/^[a-zé0-9àü]{1,9}$/).map((said) => ({ said, time: false })),
  );

  it("every word that names a time is used, or asked about", () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 9 }), fc.constantFrom(EN, FR), (words, time) => {
        let line = "@labour";
        const named: { start: number; end: number; said: string }[] = [];
        for (const { said, time: names } of words) {
          if (names) named.push({ start: line.length + 1, end: line.length + 1 + said.length, said });
          line += ` ${said}`;
        }
        const { taken, unsure } = readLine(line, task.args, time);
        const found = [...taken.filter(({ as }) => as === "by"), ...unsure];
        for (const one of named)
          expect(
            found.some(({ start, end }) => start < one.end && one.start < end),
            `${one.said} in ${line}`,
          ).toBe(true);
      }),
      { numRuns: 600 },
    );
  });
});

describe("through the whole bot", () => {
  let w: World;
  beforeAll(async () => {
    w = await World.create({
      agencies: ["labour", "border"],
      people: {
        Maria: "police focal_point staff coordinator",
        Eleni: "labour focal_point staff teams",
        Fleur: "border focal_point staff",
        Theo: "border staff teams",
      },
      lang: { Fleur: "fr", Theo: "fr" },
    });
  });
  afterAll(() => w.close());

  const refOf = (text: string): string => /T-\d+/.exec(text)?.[0] ?? "";
  const buttons = (text: string): string[] => [...text.matchAll(/\[([^\]]+)\]/g)].map(([, label = ""]) => label);
  const post = async (name: string, line: string) => {
    const reply = await w.say(name, line);
    if (!reply || !("post" in reply)) throw new Error(`no message but: ${textOf(reply)}`);
    const ref = { conversation: w.from(name).conversation, id: `m${line.length}-${name}` };
    return { ref, message: reply.post, updates: 0 };
  };

  const sample = [...ENGLISH, ...LED.filter((_, n) => n % 17 === 0)].filter((_, n) => n % 5 === 0);
  it.each(sample.map((row, n) => [row[0], n % 2 ? "Eleni" : "Maria", row] as const))(
    "%s, typed by %s",
    async (line, who, [, title, due, asked]) => {
      const said = await w.ask(who, `task @border ${line}`);
      if (due === "-" && asked !== undefined) {
        expect(refOf(said)).toBe("");
        expect(said).toContain("Nothing has been done yet.");
        expect(buttons(said)).toEqual(expect.arrayContaining(["No date", "Pick a date"]));
      } else if (due === "-") {
        expect(said).toContain("No date was set.");
        expect(buttons(said)).toEqual(["Today", "Tomorrow", "Fri", "Pick a date"]);
      } else {
        expect(said).toContain(`, by ${due}`);
        expect(await w.ask(who, refOf(said))).toContain(`${refOf(said)} · ${title}\n`);
      }
    },
  );

  it.each(FRENCH.filter((_, n) => n % 9 === 0).map((row, n) => [row[0], n % 2 ? "Fleur" : "Theo", row] as const))(
    "%s, typed by %s",
    async (line, who, [, title, due, asked]) => {
      const said = await w.ask(who, `task @labour ${line}`);
      if (due === "-" && asked !== undefined) expect(said).toContain("Rien n’a encore été fait.");
      else if (due === "-") expect(said).toContain("Aucune échéance n’a été fixée.");
      else expect(await w.ask(who, refOf(said))).toContain(`${refOf(said)} · ${title}\n`);
    },
  );

  it("takes the reading that is pressed, and the words out of the title", async () => {
    const asked = await post("Eleni", "task @border Inspect by 2/3 December");
    const done = textOf(await w.press("Eleni", asked, "By Thu 3 Dec 17:00"));
    expect(done).toContain(", by Thu 3 Dec 17:00");
    expect(await w.ask("Eleni", refOf(done))).toContain(`${refOf(done)} · Inspect\n`);
    expect(textOf(await w.press("Eleni", asked, "By Thu 3 Dec 17:00"))).not.toContain("is asked of");
  });

  it("goes without a date where that is pressed, and keeps the words", async () => {
    const asked = await post("Maria", "task @labour Prepare Friday's meeting");
    const done = textOf(await w.press("Maria", asked, "No date"));
    expect(done).toContain("No date was set.");
    expect(await w.ask("Maria", refOf(done))).toContain("· Prepare Friday's meeting\n");
  });

  it("sets the date that is pressed under the answer", async () => {
    const asked = await post("Maria", "task @labour Look at the gate");
    await w.press("Maria", asked, "Fri");
    expect(await w.ask("Maria", refOf(textOf({ post: asked.message })))).toContain("By: Fri 27 Nov 17:00");
  });

  it("says what of a line stayed in the title beside the deadline", async () => {
    const said = await w.ask("Maria", "task @labour Prepare Monday's briefing by Friday");
    expect(said).toContain("by Fri 27 Nov 17:00");
    expect(said).toContain("“Monday's” stayed in the title.");
    expect(buttons(said)).toEqual(["By Mon 23 Nov 17:00"]);
  });

  it("offers the nearest agency, and reads the day all the same", async () => {
    const asked = await post("Maria", "task labor inspect farms friday");
    const done = textOf(await w.press("Maria", asked, "@labour"));
    expect(done).toMatch(/is asked of labour, by Fri 27 Nov 17:00/i);
  });

  it("asks whether a second agency supports", async () => {
    const asked = await post("Maria", "task @labour @border inspect the farms by Friday");
    expect(textOf({ post: asked.message })).toContain("does it support this");
    const done = textOf(await w.press("Maria", asked, "It supports"));
    const card = await w.ask("Maria", refOf(done));
    expect(card).toContain(`${refOf(done)} · inspect the farms\n`);
    expect(card).toMatch(/With: border/i);
  });

  it.each([
    ["date", "Friday 3:00", "Fri 27 Nov 15:00"],
    ["snooze", "Friday 3:00", "Fri 27 Nov 15:00"],
  ])("%s asks about %s in one tap", async (command, words, label) => {
    const ref = refOf(await w.ask("Maria", "task @police Count the keys by Fri 17:00"));
    const asked = await post("Maria", `${command} ${ref} ${words}`);
    expect(textOf(await w.press("Maria", asked, label))).toContain(label);
  });

  it.each([
    ["what do I owe", "inbox"],
    ["overdue", "tasks late"],
    ["my tasks", "tasks mine"],
    ["status", "inbox"],
    ["Tâches", "tasks"],
    ["aide", "help"],
    ["mes tâches", "tasks mine"],
    ["\u200btasks", "tasks"],
    ["• tasks late", "tasks late"],
  ])("%s is %s", async (line, command) => {
    expect(await w.ask("Maria", line)).toBe(await w.ask("Maria", command));
  });

  it("about one thing is taken for it, in both languages", async () => {
    const ref = refOf(await w.ask("Maria", "task @police Count the seals by Fri 17:00"));
    const number = ref.slice(2);
    for (const line of [
      ...[
        `status ${ref}`,
        `Status of ${ref}?`,
        `what about t${number}`,
        `show me ${ref}`,
        `find ${ref}`,
        `search for ${ref}`,
        `chercher ${ref}`,
        `*${ref}*`,
        `_${ref}_.`,
      ],
      ...[`statut ${ref}`, `où en est ${ref} ?`, `Où en est ${ref}?`, `état de ${ref}`, `**${ref}**`, `\`${ref}\``],
    ])
      expect(await w.ask("Maria", line), line).toContain("Count the seals");
    for (const line of [
      ...[`remind me of ${ref} in 2h`, `remind me about ${ref} 2h`, `Remind me in 2h of ${ref}`, `remind me ${ref} 2h`],
      ...[`rappelle-moi ${ref} dans 2h`, `rappelez-moi de ${ref} dans 2h`, `snooze *${ref}* 2h`],
    ])
      expect(await w.ask("Maria", line), line).toContain("Mon 23 Nov 12:0");
    // Of nothing that is named it is asked of which, as ever; and words that hold a reference stay words.
    expect(await w.ask("Maria", "remind me tomorrow")).toContain("to be reminded");
    expect(await w.ask("Maria", `task @police what about ${ref}`)).toContain("is asked of Police");
  });

  it("takes the reference first, as people write it", async () => {
    const ref = refOf(await w.ask("Maria", "task @police Seal the doors by Fri 17:00"));
    const number = ref.slice(2);
    for (const said of [`T–${number}`, `T\u2011${number}`, `#${ref}`, `${ref}.`, `${ref}:`])
      expect(await w.ask("Maria", said), said).toContain("Seal the doors");
    expect(await w.ask("Maria", `snooze T-${number} 2h`)).toContain("Mon 23 Nov 12:0");
    await w.ask("Maria", `give ${ref} @Maria`);
    expect(await w.ask("Maria", `${ref} fait Portes scellées`)).toContain(`${ref} is done`);
  });

  it.each([
    ["away until Mon 09:00", "Mon 30 Nov 09:00"],
    ["away until: Mon 09:00", "Mon 30 Nov 09:00"],
    ["away jusqu’au 30 novembre", "Mon 30 Nov 17:00"],
    ["absente jusqu'à lundi 9h", "Mon 30 Nov 09:00"],
  ])("%s needs no colon and no quotation marks", async (line, until) => {
    expect(await w.ask("Maria", line)).toContain(until);
  });

  /** What is read, or the first of what is asked about, where the moment is not a task's. */
  const MOMENTS: [phrase: string, read: string | RegExp, asked?: true][] = [
    ["Friday 12:00", "Fri 27 Nov 12:00"],
    ["tomorrow", "Tue 24 Nov"],
    ["4 December 12:00", "Fri 4 Dec 12:00"],
    ["demain 9h", "Tue 24 Nov 09:00"],
    ["fridya 12:00", "Fri 27 Nov 12:00", true],
    ["2/3 December", "Wed 2 Dec 17:00", true],
    ["Friday 3:00", "Fri 27 Nov 03:00", true],
  ];
  const SAID: [line: (phrase: string, ref: string) => string, command: string][] = [
    [(phrase, ref) => `date ${ref} ${phrase}`, "date"],
    [(phrase, ref) => `snooze ${ref} ${phrase}`, "snooze"],
    [(phrase) => `away until: ${phrase}`, "away"],
  ];
  it.each(
    SAID.flatMap(([line, command]) =>
      MOMENTS.map(
        ([phrase, read, asked], n) => [command, phrase, n % 2 ? "Eleni" : "Maria", line, read, asked] as const,
      ),
    ),
  )("%s %s, typed by %s", async (command, phrase, who, line, read, asked) => {
    const own = who === "Maria" ? "@police" : "@labour";
    const ref = refOf(await w.ask(who, `task ${own} Count the boats by 15 December`));
    const said = await w.ask(who, line(phrase, ref));
    if (asked) expect(buttons(said)[0], command).toContain(read);
    else expect(said, command).toContain(read);
  });

  it.each([
    ["meet Briefing Friday 10:00 with all", "Fri 27 Nov 10:00"],
    ["meet Point vendredi 10h with all", "Fri 27 Nov 10:00"],
    ["training offer interviewing Course on forged papers until Fri", "27 Nov"],
    ["training offer interviewing Another course from Monday until 4 December people:10", "4 Dec"],
  ])("%s", async (line, read) => {
    const said = await w.ask("Maria", line);
    const ref = /K-\d+/.exec(said)?.[0];
    expect(ref ? `${said}\n${await w.ask("Maria", ref)}` : said).toContain(read);
  });

  it("asks about a key that is nearly one, and takes the value that is pressed", async () => {
    const asked = await post("Maria", "task @labour Look at the lorry by Friday priorty:high");
    const labels = buttons(textOf({ post: asked.message }));
    expect(labels).toEqual([
      "priority:life-safety",
      "priority:urgent",
      "priority:normal",
      "priority:low",
      "Only mentioned",
    ]);
    const done = textOf(await w.press("Maria", asked, "priority:urgent"));
    expect(await w.ask("Maria", refOf(done))).toMatch(/Look at the lorry\n[\s\S]*urgent/i);
  });

  it("calls a meeting with what was said of it", async () => {
    const reply = await w.say("Maria", "meeting monday 10");
    expect(reply && "form" in reply && reply.form.id).toBe("cmd.meet");
  });

  it("answers a sentence with the line to press", async () => {
    const asked = await post("Maria", "@labour: please inspect 3 farms by Friday");
    expect(textOf({ post: asked.message })).toMatch(/Is that a task for labour\?/i);
    expect(textOf(await w.press("Maria", asked, buttons(textOf({ post: asked.message }))[0] ?? ""))).toContain(
      "by Fri 27 Nov 17:00",
    );
    expect(buttons(await w.ask("Maria", "1"))).toEqual(["T-1", "M-1"]);
    expect(await w.ask("Maria", "remind me tomorrow")).toMatch(/of which task|no open task/);
  });
});
