import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { takeIn } from "../../../src/bot/intake.js";
import { type Inbound, mentionToken } from "../../../src/chat/index.js";
import { cleanEmail, cleanLocale, cleanName, cleanZone, isId } from "../../../src/people/clean.js";
import { textOf, World } from "../../world.js";

const MARK = "\uE0000\uE001";

describe("a name that somebody is told to have", () => {
  it.each<[string, string | undefined]>([
    ["Maria Papadaki", "Maria Papadaki"],
    ["  Maria \n\t Papadaki\r\n", "Maria Papadaki"],
    [MARK, "0"],
    [`Maria${MARK}`, "Maria0"],
    ["Maria\u202Eikadapap", "Mariaikadapap"],
    ["\u2066Maria\u2069 \u200FPapadaki\u200E", "Maria Papadaki"],
    ["Maria\u0000Papadaki", "Maria Papadaki"],
    ["Maria\u2028Police", "Maria Police"],
    ["\uFEFFMa\u00ADria\u200B", "Maria"],
    ["Maria\uDBFF", "Maria"],
    ["\u{F0000}Maria\u{E0041}", "Maria"],
    ["مریم می\u200Cرود", "مریم می\u200Cرود"],
    ["Μαρία Παπαδάκη", "Μαρία Παπαδάκη"],
    ["张伟", "张伟"],
    ["O’Neill-Çelik", "O’Neill-Çelik"],
    ["\u3164\u200B\u2800 \u200D", undefined],
    ["\u0301\u0301", undefined],
    ["", undefined],
  ])("%j stands as %j", (raw, name) => expect(cleanName(raw)).toBe(name));

  it("is never longer than a line, and no half of a letter", () => {
    expect(cleanName("x".repeat(1_000_000))).toHaveLength(80);
    expect(cleanName("😀".repeat(60))).toBe("😀".repeat(40));
    expect(cleanName(`${"x".repeat(79)}😀`)).toBe("x".repeat(79));
  });

  it("is nothing new when it is read again", () => {
    for (const raw of ["a\u202E b", " \u200F x \u200E y ", "\uE000 \uE001 a", "a \u00AD b"])
      expect(cleanName(cleanName(raw))).toBe(cleanName(raw));
  });
});

describe("what else a platform tells", () => {
  it.each([
    ["Mars/Base", undefined],
    ["", undefined],
    ["+02:00", undefined],
    ["Europe/Athens\n", undefined],
    ["__proto__", undefined],
    ["Europe/Athens", "Europe/Athens"],
    ["GTB Standard Time", "Europe/Bucharest"],
    ["UTC", "UTC"],
  ])("zone %j is %j", (raw, zone) => expect(cleanZone(raw)).toBe(zone));

  it.each([
    ["fr-FR", "fr-FR"],
    ["fr_fr", "fr-FR"],
    ["zz-\u0000", undefined],
    ["en-", undefined],
    ["e", undefined],
    ["x".repeat(300), undefined],
    ["en-a-a-a", undefined],
  ])("locale %j is %j", (raw, locale) => expect(cleanLocale(raw)).toBe(locale));

  it.each([
    ["maria@police.example", "maria@police.example"],
    [" maria@police.example ", "maria@police.example"],
    ["maria@police", undefined],
    ["maria@police.example\nBcc: all@x.example", undefined],
    ["<maria@police.example>", undefined],
    ["@police.example", undefined],
  ])("mail address %j is %j", (raw, email) => expect(cleanEmail(raw)).toBe(email));

  it("an id is one or is none", () => {
    expect(["U0123", "19:a_b@thread.tacv2", "a:1x"].every(isId)).toBe(true);
    expect(["", "U1\u0000", "U1\n", MARK, "\uD800", "x".repeat(600)].some(isId)).toBe(false);
  });
});

const frame = {
  key: "k1",
  actor: {
    platform: "slack" as const,
    tenant: "T1",
    user: "U1",
    displayName: `M${MARK}`,
    zone: "Mars/Base",
    locale: "??",
  },
  conversation: { platform: "slack" as const, tenant: "T1", id: "D1", kind: "personal" as const },
};
const omar = { platform: "slack" as const, tenant: "T1", user: "U2" };

describe("whatever comes in", () => {
  it("keeps of the person what holds", () => {
    expect(takeIn({ ...frame, type: "home" })?.actor).toEqual({
      platform: "slack",
      tenant: "T1",
      user: "U1",
      displayName: "M0",
    });
  });

  it("holds no mark but of a mention that there is", () => {
    const line = `task ${mentionToken(0)} ${mentionToken(1)} \uE000x\uE001 \uE0000 ${mentionToken(99_999)}`;
    expect(takeIn({ ...frame, type: "command", text: line, mentions: [omar] })).toMatchObject({
      text: `task ${mentionToken(0)}  x 0 `,
    });
  });

  it.each<[string, Inbound, object]>([
    [
      "the value of a button",
      { ...frame, type: "action", id: "share", value: `north/@${MARK}` },
      { value: "north/@0" },
    ],
    [
      "a form",
      { ...frame, type: "submit", form: "cmd.task", state: "{}", values: { a: MARK, b: [MARK, "x"], c: undefined } },
      { values: { a: "0", b: ["0", "x"], c: undefined } },
    ],
    ["what was typed so far", { ...frame, type: "suggest", source: "person", query: MARK }, { query: "0" }],
    [
      "a reply in a thread",
      { ...frame, type: "threadReply", text: MARK, thread: { conversation: frame.conversation, id: "1" } },
      { text: "0" },
    ],
    [
      "a message pointed at",
      {
        ...frame,
        type: "shortcut",
        id: "task.from_message",
        message: { ref: { conversation: frame.conversation, id: "1" }, text: MARK, fromCoord: false },
      },
      { message: { text: "0" } },
    ],
  ])("%s holds no mark", (_, inbound, expected) => expect(takeIn(inbound)).toMatchObject(expected));

  it.each<[string, Inbound]>([
    ["person", { ...frame, actor: { ...frame.actor, user: "U1\u0000" }, type: "home" }],
    ["tenant", { ...frame, actor: { ...frame.actor, tenant: "" }, type: "home" }],
    ["conversation", { ...frame, conversation: { ...frame.conversation, id: "D1\n" }, type: "home" }],
    ["delivery", { ...frame, key: "k\u0000", type: "home" }],
    ["mention", { ...frame, type: "command", text: "", mentions: [{ ...omar, user: "U\u0000" }] }],
    ["message", { ...frame, type: "action", id: "x", message: { conversation: frame.conversation, id: "\u0000" } }],
  ])("is nothing where the id of a %s is none: a mended one could be somebody else's", (_, inbound) =>
    expect(takeIn(inbound)).toBeUndefined(),
  );
});

describe("somebody whose name holds the marks of a mention", () => {
  let w: World;
  beforeAll(async () => {
    w = await World.create({ people: { Pia: "police focal_point staff", Omar: "labour focal_point staff" } });
    // As a row that was written before names were cleaned.
    const { owner } = w.runtime.store;
    await owner
      .updateTable("persons")
      .set({ name: `Omar ${MARK} ${MARK}` })
      .where("name", "=", "Omar")
      .execute();
  });
  afterAll(() => w.close());

  it("is mentioned in words, several times, and the line ends", async () => {
    expect(await w.ask("Pia", "task @labour Ask @Omar and @Omar, then @Pia")).toContain("T-1");
    const [{ title } = { title: "" }] = await w.runtime.store.owner.selectFrom("tasks").select("title").execute();
    expect(title).toBe("Ask Omar 0 0 and Omar 0 0, then Pia");
  });

  it("is cleaned when the platform tells the name: joining, and speaking for the first time", async () => {
    const code = /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(await w.ask("Pia", "add"))?.[0];
    const account = { platform: "slack" as const, tenant: "slack-police", user: "UNEW" };
    const hostile = `New\u202E ${MARK}\n[Confirm]`;
    const joining = {
      ...w.from("Pia"),
      actor: { ...account, displayName: hostile, zone: "Mars/Base", locale: "\u0000" },
    };
    await w.runtime.receive({ ...joining, type: "command", text: `join ${code}`, mentions: [] });
    const row = await w.runtime.store.owner
      .selectFrom("enrolments")
      .select("display_name")
      .where("user_id", "=", "UNEW")
      .executeTakeFirstOrThrow();
    expect(row.display_name).toBe("New 0 [Confirm]");
  });

  it("is a plain refusal where an id is none", async () => {
    const strange = { ...w.from("Pia"), key: "a\u0000b" };
    expect(textOf(await w.runtime.receive({ ...strange, type: "command", text: "inbox", mentions: [] }))).toBe("");
  });
});
