import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { registry } from "../../../commands/index.js";
import type { Reply } from "../../../src/chat/index.js";
import { readMarking } from "../../../src/command/marking.js";
import { LABELS, type Label, within } from "../../../src/policy/index.js";
import { formOf, textOf, type World } from "../../world.js";
import { refused, rowsOf, twoBodies } from "./hall.js";

// Many answers from a real database: slow where others use the machine too.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

/** Ways to write a marking, and the label that each sets. */
const MARKINGS: [typed: string, label: Label][] = [
  ["tlp:amber", "AMBER"],
  ["tlp: amber", "AMBER"],
  ["TLP:AMBER", "AMBER"],
  ["[TLP:AMBER]", "AMBER"],
  ["*TLP:AMBER*", "AMBER"],
  ["**TLP:AMBER**", "AMBER"],
  ["_TLP: AMBER_", "AMBER"],
  ["`tlp:amber`", "AMBER"],
  ["(TLP:AMBER)", "AMBER"],
  ["<TLP:AMBER>", "AMBER"],
  ["*[TLP:AMBER]*", "AMBER"],
  ["*TLP*: *AMBER*", "AMBER"],
  ["TLP：AMBER", "AMBER"],
  ["ＴＬＰ：ＡＭＢＥＲ", "AMBER"],
  ["TLP\u00a0: AMBER", "AMBER"],
  ["TLP\u202f:\u202fAMBER", "AMBER"],
  ["T\u200bLP:AM\u200bBER", "AMBER"],
  ["T.L.P.: amber", "AMBER"],
  ["tlp=amber", "AMBER"],
  ["TLP AMBER", "AMBER"],
  ["tlp-amber", "AMBER"],
  ["tlp–amber", "AMBER"],
  ["TLP_AMBER", "AMBER"],
  ["#tlpamber", "AMBER"],
  ['tlp:"amber"', "AMBER"],
  ["label:amber", "AMBER"],
  ["Label: AMBER", "AMBER"],
  ["label: TLP:AMBER", "AMBER"],
  ["étiquette : ambre", "AMBER"],
  ["e\u0301tiquette:AMBER", "AMBER"],
  ["étiquette : « ambre »", "AMBER"],
  ["marquage : ambre", "AMBER"],
  ["tlp:ambre", "AMBER"],
  ["tlp:amber strict", "AMBER+STRICT"],
  ["tlp: amber+strict", "AMBER+STRICT"],
  ["TLP:AMBER+STRICT", "AMBER+STRICT"],
  ["TLP AMBER-STRICT", "AMBER+STRICT"],
  ["[TLP:AMBER + STRICT]", "AMBER+STRICT"],
  ['tlp:"amber strict"', "AMBER+STRICT"],
  ["étiquette : ambre strict", "AMBER+STRICT"],
  ["tlp: red", "RED"],
  ["TLP:RED!", "RED"],
  ["étiquette : rouge", "RED"],
  ["tlp:green tlp:red", "RED"],
  ["tlp:red tlp:green", "RED"],
];

describe("a marking in a line", () => {
  it.each(MARKINGS)("%s", (typed, label) => {
    for (const line of [
      `${typed} Meet the source`,
      `Meet ${typed} the source`,
      `Meet the source ${typed}`,
      `Meet the source, ${typed}.`,
      `Meet the source - ${typed}`,
      `${typed}: Meet the source`,
      `${typed}\nMeet the source`,
    ]) {
      const read = readMarking(line);
      expect(read.label, line).toBe(label);
      expect(read.words.replace(/\s+/g, " "), line).toMatch(/^Meet the source,?$/);
    }
  });

  it.each([
    ["tlp:pink", "pink"],
    ["tlp:", "TLP:"],
    ["tlp: secret", "secret"],
    ["TLP ambar", "ambar"],
    ["label: ambr", "ambr"],
  ])("%s is asked about", (typed, unknown) => {
    expect(readMarking(`Meet ${typed}`)).toMatchObject({ unknown });
    expect(readMarking(`Meet ${typed}`).label).toBeUndefined();
  });

  it.each([
    "Explain TLP to the staff",
    "Explain the TLP. Red cars are for the border",
    "Paint label: fragile on the boxes",
    "Say “tlp:red” aloud",
    'Say "TLP:RED" aloud',
    "Dire « TLP:RED » à voix haute",
    "See https://example.org/tlp:red",
    "outlp:red",
    "Red and amber lights",
  ])("%s has none", (line) => expect(readMarking(line)).toEqual({ words: line }));

  it("is none between quotation marks, and one between signs for inches", () => {
    expect(readMarking('6" pipes tlp:red 7" pipes').label).toBe("RED");
    expect(readMarking("“ tlp:red").label).toBe("RED");
  });
});

let w: World;
beforeAll(async () => {
  w = await twoBodies();
  await w.ask("Pia", "task @Omar Keep the register tlp:AMBER");
  await w.ask("Pia", "task @border Count the boats");
  await w.ask("Sofia", "meet Monthly coordination every first Tue 10:00 60m with all");
  await w.ask("Sofia", "meet Closed session Fri 10:00 60m with @police, @labour tlp:AMBER");
  await w.settle();
});
afterAll(() => w.close());

/** Every row that has a label of its own, by table and id. */
async function labelled(): Promise<Map<string, Label>> {
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.columns c
    where table_schema = 'public' and column_name = 'label'
    and exists (select from information_schema.columns i where i.table_name = c.table_name and i.column_name = 'id')`.execute(
    w.runtime.store.owner,
  );
  const found = new Map<string, Label>();
  for (const { name } of tables) {
    const { rows } = await sql<{ id: string; label: Label }>`select id, label from ${sql.table(name)}`.execute(
      w.runtime.store.owner,
    );
    for (const { id, label } of rows) found.set(`${name} ${id}`, label);
  }
  return found;
}

/** What the items that a line names are labelled. */
async function named(line: string): Promise<Label[]> {
  const found: Label[] = [];
  for (const [, letter, number] of line.matchAll(/\b([TM])-(\d+)/g)) {
    const row = await w.runtime.store.owner
      .selectFrom(letter === "T" ? "tasks" : "meetings")
      .select("label")
      .where("number", "=", Number(number))
      .executeTakeFirst();
    if (row) found.push(row.label as Label);
  }
  return found;
}

/** Nothing is entered under less than `typed`; what was refused left nothing. */
async function holds(line: string, typed: Label, act: () => Promise<Reply>): Promise<void> {
  const [before, counts] = [await labelled(), await rowsOf(w)];
  const reply = await act();
  expect(textOf(reply), line).not.toBe("");
  const entered = [...(await labelled())].filter(([id]) => !before.has(id));
  for (const [id, label] of entered) expect(within(typed, label), `${line}: ${id} is ${label}`).toBe(true);
  if (reply && "form" in reply) {
    const field = reply.form.fields.find((one) => "name" in one && one.name === "label");
    const offered = field && "value" in field ? field.value : undefined;
    // A form without a label is about something that has one, as strict.
    const held =
      (typeof offered === "string" && within(typed, offered as Label)) ||
      (await named(line)).some((label) => within(typed, label));
    expect(held, `${line}: the form offers ${offered}`).toBe(true);
    return;
  }
  if (entered.length) return;
  const { drafts: _, ...after } = await rowsOf(w);
  const { drafts: __, ...rows } = counts;
  if (JSON.stringify(after) === JSON.stringify(rows)) return;
  // Words were added to something that is there: it is as strict.
  expect(
    (await named(line)).some((label) => within(typed, label)),
    line,
  ).toBe(true);
}

const SPOKEN = registry.commands.filter(({ hidden }) => !hidden).map(({ example }) => example);
const MORE = [
  "task @Omar Meet the source by Fri 17:00",
  "task @border Meet the source by Fri 17:00",
  "say T-1 He comes at six",
  "say T-2 He comes at six",
  "done T-1 He came",
  "date T-1 Mon 12:00 reason:late",
  "edit T-1 Keep the book",
  "edit T-2 Count the ships",
  "agenda add M-1 Trends",
  "agenda add M-2 Trends",
  "meet One more time Tue 10:00 60m with @Omar",
  "plan add protection Shelter for all by 2027-12-31 lead:@labour",
  "training need interviewing Children at first contact by 31 March",
  "library add https://example.org/a A handbook",
  "share @labour",
  "for @prosecution task @labour Inspect",
];

it("sets at least its label wherever it stands in whatever command, or the line is refused", async () => {
  const entered = new Set<string>();
  const before = new Set((await labelled()).keys());
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...SPOKEN, ...MORE, ...MORE),
      fc.constantFrom(...MARKINGS),
      fc.nat(),
      fc.constantFrom("Pia", "Fleur", "Sofia"),
      async (example, [typed, label], at, who) => {
        const words = example.split(" ");
        // After the command's name, which stands first.
        const place = 1 + (at % words.length);
        const line = [...words.slice(0, place), typed, ...words.slice(place)].join(" ");
        await holds(line, label, () => w.say(who, line));
      },
    ),
    { numRuns: 120 },
  );
  // A marking between the words that name a command, and a label that the form of another command does not offer.
  for (const line of [
    "request tlp:green tlp:red postpone R-9 ongoing_proceedings our own trial ends in March until 31 March",
    "request tlp:red drop R-9",
    "tlp:red request new mla",
    "request tlp:red new",
  ])
    await holds(line, "RED", () => w.say("Pia", line));
  // Two that are entered for certain, since chance may choose none.
  for (const line of ["task @Omar Meet the source tlp:amber", "meet Once more tlp:amber Tue 10:00 60m with @Omar"])
    await holds(line, "AMBER", () => w.say("Pia", line));
  for (const id of (await labelled()).keys()) if (!before.has(id)) entered.add(id.split(" ")[0] ?? "");
  // It says nothing of commands that only ever refused.
  expect(entered).toContain("tasks");
  expect(entered).toContain("meetings");
});

describe("a marking before, or between, the words that name a command", () => {
  it.each([
    ["meet tlp:amber cancel M-2", "meet cancel M-2 tlp:amber"],
    ["tlp:amber meet cancel M-2", "meet cancel M-2 tlp:amber"],
    ["meet [TLP:AMBER]: cancel M-2", "meet cancel M-2 [TLP:AMBER]"],
    ["meet *TLP: RED* cancel M-2", "meet cancel M-2 *TLP: RED*"],
    ["request étiquette : rouge postpone R-9 x", "request postpone R-9 x étiquette : rouge"],
    ["tlp:red: request tlp:green new mla", "request new mla tlp:red"],
    ["request tlp:ambr new mla", "request new mla tlp:ambr"],
    ["edit tlp:red T-1 Keep the book", "edit T-1 Keep the book tlp:red"],
  ])("%s", async (typed, same) => {
    expect(textOf(await w.say("Pia", typed))).toBe(textOf(await w.say("Pia", same)));
  });

  it("names nothing in quotation marks, and is never a command itself", async () => {
    expect(textOf(await w.say("Pia", "tlp:red"))).toContain("tlp:red");
    expect(formOf(await w.say("Pia", 'request "tlp:red" new')).id).toBe("cmd.request-new");
  });
});

describe("what was understood", () => {
  it("is repeated, is no part of the title, and leaves the date a date", async () => {
    const said = await w.ask("Pia", "task @Omar Meet the source by Fri 17:00 tlp: amber");
    expect(said).toMatch(/is asked of Omar, Labour, by Fri 27 Nov 17:00.*It is marked TLP:AMBER\./);
    const ref = /T-\d+/.exec(said)?.[0] ?? "";
    const card = await w.ask("Pia", ref);
    expect(card).toContain("Label: TLP:AMBER");
    expect(card).not.toContain("source");
    expect(JSON.stringify(formOf(await w.say("Pia", `read ${ref}`)))).toContain('"Meet the source"');
    expect(await w.ask("Fleur", "task @Omar Voir la source étiquette : rouge")).toContain("Marquage\u00a0: TLP:RED.");
    expect(await w.ask("Sofia", "meet Closed talk Thu 10:00 60m with @police [TLP:AMBER]")).toContain(
      "It is marked TLP:AMBER.",
    );
    expect(await w.ask("Pia", "task @border Count")).not.toContain("marked");
  });

  it("counts in a form, whatever its field for the label says", async () => {
    const form = formOf(await w.say("Pia", "task"));
    const reply = await w.submit("Pia", form, { to: "@labour", title: "Meet the source (TLP:AMBER)", label: "GREEN" });
    expect(textOf(reply)).toContain("It is marked TLP:AMBER.");
    const ref = /T-\d+/.exec(textOf(reply))?.[0] ?? "";
    expect(JSON.stringify(formOf(await w.say("Pia", `read ${ref}`)))).toContain('"Meet the source"');
    const red = formOf(await w.say("Pia", "task"));
    const detail = { to: "@labour", title: "Meet him", detail: "TLP:RED\nAt six." };
    expect(textOf(await w.submit("Pia", red, detail))).toMatch(/for named persons only/);
  });

  it("is what a form shows that a line opens", async () => {
    const form = formOf(await w.say("Pia", "task tlp: amber strict"));
    expect(form.fields).toContainEqual(expect.objectContaining({ name: "label", value: "AMBER+STRICT" }));
  });

  it("keeps words that were quoted as words, also by way of a form", async () => {
    const form = formOf(await w.say("Pia", 'task "Check the sign tlp:RED here"'));
    const title = form.fields.find((field) => "name" in field && field.name === "title");
    const value = title && "value" in title && typeof title.value === "string" ? title.value : "";
    expect(value).toBe("“Check the sign tlp:RED here”");
    const reply = await w.submit("Pia", form, { to: "@labour", title: value });
    expect(await w.ask("Pia", /T-\d+/.exec(textOf(reply))?.[0] ?? "")).toContain("Check the sign tlp:RED here\n");
  });

  it("counts in a message that a task is made of", async () => {
    const ref = { conversation: w.from("Pia").conversation, id: "1" };
    const message = { ref, text: "*TLP:AMBER* Meet the source\nat the gate", fromCoord: false };
    const form = formOf(
      await w.runtime.receive({ ...w.from("Pia"), type: "shortcut", id: "task.from_message", message }),
    );
    expect(form.fields).toContainEqual(expect.objectContaining({ name: "label", value: "AMBER" }));
    expect(form.fields).toContainEqual(expect.objectContaining({ name: "title", value: "Meet the source" }));
  });

  it("counts in a comment: the task is as strict, or nothing is taken", async () => {
    expect(await refused(w, () => w.say("Pia", "say T-2 TLP:RED he comes at six"))).toContain("marked TLP:RED");
    expect(await refused(w, () => w.say("Fleur", "say T-2 TLP:RED il vient à six heures"))).toContain("TLP:RED figure");
    expect(await w.ask("Pia", "say T-1 TLP:AMBER he comes at six")).toContain("T-1");
    // As if it were not there.
    expect(await refused(w, () => w.say("Otto", "say T-1 TLP:AMBER x"))).toBe(
      (await refused(w, () => w.say("Otto", "say T-99 TLP:AMBER x"))).replace("T-99", "T-1"),
    );
  });

  it("has words for each label that there is", () => {
    expect(new Set(MARKINGS.map(([, label]) => label))).toEqual(new Set(LABELS.slice(2)));
  });
});

describe("a key", () => {
  it.each([
    ["task @border Look priority: life-safety", "Priority: Life and safety"],
    ["task @border Look priority : urgent", "Priority: Urgent"],
    ["task @border Look priority：urgent", "Priority: Urgent"],
    ["task @border Look priority:\u00a0urgent", "Priority: Urgent"],
    ['task @border Look priority: "urgent"', "Priority: Urgent"],
    ["task @border Look with: @labour, @prosecution", "With: Labour (asked)"],
    ["task @border Look with: @labour with: @prosecution", "With: Labour (asked)"],
    ['task @border Look detail: "as many words as needed"', "as many words as needed"],
    ["task @border Look by: Fri 17:00", "Fri 27 Nov 17:00"],
    ["task @border Look deadline: Fri 17:00", "Fri 27 Nov 17:00"],
  ])("%s", async (line, holds) => {
    const card = await w.ask("Pia", /T-\d+/.exec(await w.ask("Pia", line))?.[0] ?? "");
    expect(card).toContain(holds);
    expect(card).toMatch(/T-\d+ · Look\n/);
  });

  it("may be followed by a space in whatever command", async () => {
    expect(await w.ask("Lena", "settings zone: Europe/Paris")).toContain("Europe/Paris");
    expect(await w.ask("Lena", "digest at: 07:30")).toContain("07:30");
    expect(await w.ask("Lena", "digest days: 1, 2, 3")).toMatch(/Mon.*Tue.*Wed/);
    expect(await w.ask("Lena", "settings lang : fr zone : Europe/Athens")).toContain("Europe/Athens");
    await w.ask("Lena", "settings lang:en");
  });

  it.each([
    ["task @border Look priorty: urgent", /“priorty:” is nothing that this takes\. Did you mean priority:/],
    ["task @border Look détails: en annexe", /Did you mean detail:/],
    ["task @border Look urgency:high", /“urgency:” is not known here\. There are: detail:…, priority:…, tlp:…, with:…/],
    ["task @border Look detail: as many words as needed", /in quotation marks, for example: detail:"as …"/],
    ["settings timezone: Europe/Athens", /“timezone:|timezone: Europe\/Athens” was not understood/],
    ["settings zone Europe/Athens", /“zone Europe\/Athens” was not understood/],
    ["digest at 07:30", /“at 07:30” was not understood/],
    ["T-2 thanks", /^More was typed than this takes, and nothing was done/],
  ])("%s is asked about", async (line, english) => {
    expect(await refused(w, () => w.say("Pia", line))).toMatch(english);
    expect(await refused(w, () => w.say("Fleur", line))).not.toMatch(english);
  });

  it.each([
    "Note: the gate is closed",
    "See https://example.org:8080/a?b=c and mailto:x@example.org",
    "Compare a:b and c::d",
    "Ratio 3:4 of cars",
    "Remarque : le portail",
    "Host localhost:8080 is down",
    "Visa: ask the consulate",
    ":fire: in the yard",
  ])("%s is prose", async (title) => {
    const said = await w.ask("Pia", `task @border ${title}`);
    expect(await w.ask("Pia", /T-\d+/.exec(said)?.[0] ?? said)).toContain(`· ${title}\n`);
  });
});
