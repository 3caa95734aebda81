import { readdirSync, readFileSync } from "node:fs";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { registry } from "../../../commands/index.js";
import type { Delivery, Form, FormValues, Message, Reply } from "../../../src/chat/index.js";
import { doctor } from "../../../src/cli/doctor.js";
import { listOutbox } from "../../../src/cli/outbox.js";
import { silentLog } from "../../../src/lib/log.js";
import { CANARY } from "../../canary.js";
import { formOf, relativeDays, textOf, World } from "../../world.js";
import {
  type Act,
  type Addressed,
  type Code,
  type Named,
  type Reader,
  type ShareFacts,
  sight,
  verdict,
} from "../policy/share-oracle.js";
import { LABELS, type Label, type Role } from "../policy/task-oracle.js";
import { draft } from "../shares/acting.js";
import { agencyOf, channelOf, everyWord, LANG, mentions, NAMES, type Name, PEOPLE, spokenByThem } from "./cast.js";
import { ABOUT_NO_SHARE, ABOUT_SHARE, SHARE_COMMANDS, SHARE_NOTICES } from "./rows.js";

// Many answers from a real database: slow where others use the machine too.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

/**
 * The leak matrix of shares: every label with three sets of codes, to an agency, to a person, to both, is filled with
 * words that occur nowhere else and lives a whole life; everything that anybody is shown, or that rests anywhere, is
 * searched for them. "Content never rests in chat": a word may stand in a dialog that can be taken back, for the readers
 * whom the oracle (tests/src/policy/share-oracle.ts) lets read it, and nowhere else, whatever the label.
 */

/** What somebody wrote, by where. */
const WORDS = [
  ...["title", "content", "file", "condition", "purpose", "basis", "grant", "refusal"],
  ...["decline", "recall", "back", "outcome", "breach", "line", "thread"],
] as const;
type Word = (typeof WORDS)[number];

type Case = {
  ref: string;
  mark: string;
  /** As they are now; never changed in place, so that what was seen keeps those of its moment. */
  facts: ShareFacts;
  words: Partial<Record<Word, string>>;
  outcome?: Label;
  uses: string[];
  /** Who read it hears that it ended, whatever they may know of it then. */
  opened: Set<Name>;
};

type Seen = {
  path: string;
  reader?: Name;
  form?: Form;
  text: string;
  typed?: string;
  facts: ShareFacts[];
};

const word = (mark: string, at: Word): string => `zq${mark.toLowerCase().replace(/\W/g, "")}${at}qz`;
const rolesOf = (name: Name) =>
  PEOPLE[name]
    .split(" ")
    .slice(1)
    .filter((one) => one !== "teams") as Role[];

function readerOf(name: Name, facts: ShareFacts): Reader {
  const agency = agencyOf(name);
  const named: Named =
    name === "Rhea"
      ? "provider"
      : name === "Faye" && facts.reviewerNamed
        ? "reviewer"
        : name === "Asa" && facts.addressed !== "agency"
          ? "recipient"
          : "no";
  const relation = agency === "police" ? "provider's" : agency === "labour" ? "recipient's" : "another";
  return { relation, named, roles: rolesOf(name) };
}
const sightOf = (name: Name, facts: ShareFacts) => sight(readerOf(name, facts), facts);
const may = (name: Name, act: Act, facts: ShareFacts) => verdict(readerOf(name, facts), act, facts) === "may";

/** Of a request: the side that asked, and who answers for the provider. */
const knowsUse = (name: Name, facts: ShareFacts) => may(name, "receive", facts) || may(name, "answer", facts);

/** Whether the oracle lets this reader read what stands there, in a dialog. */
function mayRead(name: Name, at: Word, facts: ShareFacts, outcome?: Label): boolean {
  const provides = readerOf(name, facts).relation === "provider's" && sightOf(name, facts) === "open";
  switch (at) {
    case "title":
    case "content":
    case "file":
    case "condition":
      return sightOf(name, facts) === "open";
    case "purpose":
    case "basis":
    case "grant":
    case "refusal":
      return knowsUse(name, facts);
    case "decline":
    case "breach":
      return provides;
    case "outcome":
      return (
        provides &&
        (outcome === "RED" ? name === "Rhea" : sightOf(name, { ...facts, label: outcome ?? facts.label }) === "open")
      );
    case "back":
      return may(name, "edit", facts);
    // Why it was recalled is for the record; what was typed in a line or a thread is kept nowhere.
    case "recall":
    case "line":
    case "thread":
      return false;
  }
}

const SITE = "https://coord.example";
const CODE_SETS: readonly (readonly Code[])[] = [[], ["H1", "H2"], ["H0", "H1", "H3"]];
const TO: readonly Addressed[] = ["agency", "both", "person"];

/** Whose act a command is, where trying it could change what the story is about. */
const ACT: Record<string, Act> = {
  ...{ "share-write": "edit", "share-file": "edit", "share-send": "edit", "share-discard": "edit" },
  ...{ "share-review": "review", "share-return": "review", "share-decline": "receive", "share-add": "control" },
  ...{ tighten: "control", recall: "control", outcome: "receive", thank: "control", breach: "receive" },
  ...{ reinstate: "control", use: "receive", "use-grant": "answer", "use-refuse": "answer", "use-withdraw": "receive" },
};

const PLAIN = [
  ...["inbox", "nudge", "help", "who @labour", "undelivered", "settings", "digest", "tasks all", "meetings"],
  ...["shares", "shares received", "shares given", "shares owed", "shares page:2", "ledger", "share rule"],
];

describe("what is written into a share", () => {
  let w: World;
  const cases: Case[] = [];
  const seen: Seen[] = [];
  const queued: unknown[] = [];
  const logged: unknown[] = [];
  const walked = new Set<string>();
  const original = { ...silentLog };
  let payloads = 0;
  let cells = 0;

  spokenByThem();
  beforeAll(async () => {
    for (const level of ["debug", "info", "warn", "error"] as const)
      silentLog[level] = (...words: unknown[]) =>
        void logged.push(words.map((one) => (one instanceof Error ? String(one) : one)));
    w = await World.create({ people: PEOPLE, observers: ["ngo"], lang: LANG });
    w.runtime.site = SITE;
    const add = w.queue.add.bind(w.queue);
    w.queue.add = async (job, entries) => {
      queued.push(entries);
      return add(job, entries);
    };
    // Slack takes back what is open; what stands in its place is seen.
    const slack = w.runtime.adapters.get("slack");
    if (!slack) throw new Error("no adapter");
    slack.overwrite = async (account, _live, message: Message) => {
      const name = NAMES.find((one) => account.user === `U${one}`);
      keep({ path: "overwritten dialog", reader: name, text: everyWord(message) });
    };
    w.payloads.length = 0;
    await say("Lena", "bind @labour", { conversation: channelOf(w, "Lena", "C-labour", false) });
  });
  afterAll(async () => {
    Object.assign(silentLog, original);
    await w.close();
  });

  const keep = (one: Omit<Seen, "facts">) => void seen.push({ ...one, facts: cases.map(({ facts }) => facts) });

  function answered(reader: Name, path: string, reply: Reply, typed?: string): Reply {
    const form = reply && "form" in reply ? reply.form : undefined;
    keep({ path: form ? `${path}, dialog` : path, reader, form, text: everyWord(reply), typed });
    return reply;
  }

  async function say(
    name: Name,
    line: string,
    o: { conversation?: ReturnType<typeof channelOf>; typed?: string } = {},
  ) {
    const [first = "", second] = line.split(" ");
    const command = registry.find(`${first}-${second}`) ?? registry.find(first);
    if (command) walked.add(command.name);
    const path = `answer to ${command?.name ?? "a reference"}${o.conversation ? " in a channel" : ""}`;
    return answered(
      name,
      path,
      await w.say(name, line, o.conversation ? { conversation: o.conversation } : {}),
      o.typed,
    );
  }

  async function press(name: Name, command: string, ref: string): Promise<Reply> {
    walked.add(command);
    return answered(name, `button ${command}`, await w.click(name, command, `north/${ref}`), ref);
  }

  async function fill(name: Name, command: string, ref: string, values: FormValues, as = /./): Promise<string> {
    const reply = await w.submit(name, formOf(await press(name, command, ref)), values);
    answered(name, `form ${command}`, reply, ref);
    expect(textOf(reply), `${name} ${command} ${ref}`).toMatch(as);
    await settle();
    return textOf(reply);
  }

  /** Lets everything go out and keeps it, by whom it reached. */
  async function settle() {
    await w.settle();
    for (const payload of w.payloads.slice(payloads) as Delivery[]) {
      expect(relativeDays(payload)).toEqual([]);
      const to =
        payload.kind === "update"
          ? payload.ref.conversation.id
          : "person" in payload.to
            ? `D${payload.to.person.user}`
            : payload.to.conversation.id;
      const name = NAMES.find((one) => to === `DU${one}`);
      keep({
        path: `${payload.kind} to ${name ? "a person" : "a channel"}`,
        reader: name,
        text: everyWord(payload.message),
      });
    }
    payloads = w.payloads.length;
  }

  function write(one: Pick<Case, "mark" | "words">, at: Word): string {
    const text = word(one.mark, at);
    one.words[at] = text;
    return text;
  }

  function change(one: Case, facts: Partial<ShareFacts>): void {
    one.facts = { ...one.facts, ...facts };
  }

  async function make(mark: string, label: Label, codes: readonly Code[], addressed: Addressed): Promise<Case> {
    const words: Case["words"] = {};
    const about = { mark, words };
    const to = { agency: "@labour", person: "@Asa", both: "@labour @Asa" }[addressed];
    const conditions = {
      label,
      codes: [...codes],
      days: "2",
      ...(codes.includes("H3") ? { other: write(about, "condition") } : {}),
      ...(mark.endsWith("1") ? { until: "Fri 17:00" } : {}),
    };
    const said = { title: write(about, "title"), content: write(about, "content") };
    const ref = await draft(w, "Rhea", to, conditions, said);
    expect(ref).toMatch(/^I-\d+$/);
    const facts: ShareFacts = {
      ...{ life: "draft", label, codes, addressed, declined: "no", suspended: false, reviewerNamed: false },
    };
    const one: Case = { ref, mark, facts, words, uses: [], opened: new Set() };
    cases.push(one);
    return one;
  }

  it("is drafted, looked at by a second person, given back, discarded and released", async () => {
    for (const [row, label] of LABELS.entries())
      for (const [n, codes] of CODE_SETS.entries())
        await make(`${label}${n}`, label, codes, label === "RED" ? "person" : (TO[(row + n) % TO.length] ?? "agency"));
    const kept = await make("draft", "GREEN", [], "agency");
    const discarded = await make("discarded", "GREEN", [], "agency");
    const back = await make("back", "GREEN", ["H3"], "both");
    const waits = await make("waits", "AMBER", [], "agency");
    // A file of two of them.
    for (const one of cases.filter(({ mark }) => mark === "AMBER0" || mark === "RED2")) {
      const reply = await say("Rhea", `share file ${one.ref}`, { typed: one.ref });
      const token = /\/upload\/([\w-]+)/.exec(everyWord(reply))?.[1] ?? "";
      const bytes = new TextEncoder().encode(write(one, "file"));
      expect(await w.runtime.files.take(token, { name: `${one.words.file}.txt`, bytes })).toEqual({ wrong: undefined });
    }
    await say("Rhea", `share discard ${discarded.ref}`, { typed: discarded.ref });
    change(discarded, { life: "discarded" });
    await say("Faye", "share rule on");
    for (const one of [
      back,
      waits,
      ...cases.filter(({ mark, facts }) => mark.endsWith("0") && facts.label !== "RED"),
    ]) {
      await say("Rhea", `share send ${one.ref} sure`, { typed: one.ref });
      change(one, { life: "review" });
      await settle();
    }
    await fill("Faye", "share-return", back.ref, { reason: write(back, "back") });
    change(back, { life: "draft" });
    await look(["Colin", "Faye", "Stan", "Lena", "Asa", "Sam", "Dora"]);
    for (const one of cases.filter(({ mark, facts }) => mark.endsWith("0") && facts.label !== "RED")) {
      await say("Faye", `share review ${one.ref}`, { typed: one.ref });
      change(one, { life: "released", reviewerNamed: true });
      await settle();
    }
    await say("Faye", "share rule off");
    for (const one of cases.filter(({ facts, mark }) => facts.life === "draft" && !["back", "draft"].includes(mark))) {
      await say("Rhea", `share send ${one.ref} sure`, { typed: one.ref });
      change(one, { life: "released" });
      await settle();
    }
    expect(kept.facts.life).toBe("draft");
    expect(cases.filter(({ facts }) => facts.life === "released")).toHaveLength(15);
  });

  /** Everybody looks at everything; every second one accepts what is asked, the others see the conditions alone. */
  async function look(who: readonly Name[] = NAMES) {
    for (const [index, name] of NAMES.entries()) {
      if (!who.includes(name)) continue;
      for (const one of cases) {
        await say(name, one.ref, { typed: one.ref });
        const reply = await press(name, "open", one.ref);
        if (!reply || !("form" in reply)) {
          expect(sightOf(name, one.facts), `${name} ${one.mark}`).not.toBe("open");
          continue;
        }
        if (reply.form.submit && index % 2) continue;
        const read = reply.form.submit
          ? answered(name, "accepted", await w.submit(name, reply.form, { purpose: "investigation" }), one.ref)
          : reply;
        one.opened.add(name);
        // A look that shows nothing would hide a leak from this test.
        for (const at of ["title", "content", "file", "condition"] as const)
          if (one.words[at]) expect(everyWord(formOf(read)), `${name} ${one.mark} ${at}`).toContain(one.words[at]);
        const token = /\/files\/([\w-]+)/.exec(everyWord(read))?.[1];
        if (token) {
          const file = await w.runtime.files.file(token);
          expect(new TextDecoder().decode(file?.bytes), `${name} ${one.mark}`).toBe(one.words.file);
          expect(await w.runtime.files.file(token)).toBeUndefined();
        }
      }
      for (const line of PLAIN) await say(name, line);
      await say(name, "shares", { conversation: channelOf(w, name, "C-somewhere", true) });
      for (const [n, one] of cases.entries())
        if ((n + index) % 4 === 0) {
          await say(name, `shares ${one.words.title}`);
          await say(name, `shares ${one.words.content}`);
          await say(name, `shares ${one.ref}`, { typed: one.ref });
          await say(name, one.ref, { typed: one.ref, conversation: channelOf(w, name, "C-somewhere", true) });
          await say(name, `tasks all ${one.words.title}`);
        }
      answered(name, "home", await w.runtime.receive({ ...w.from(name), type: "home" }));
      for (const source of ["agency", "person", "invited", "share", "information"])
        for (const query of ["z", "I-"])
          answered(name, "suggest", await w.runtime.receive({ ...w.from(name), type: "suggest", source, query }));
    }
    await settle();
  }

  it("is looked at by everybody in every way there is", () => look());

  it("is declined, used, breached, and its outcome told", async () => {
    const find = (mark: string) => cases.find((one) => one.mark === mark) as Case;
    for (const one of cases.filter(({ facts }) => facts.life === "released" && facts.codes.includes("H1"))) {
      const asks: Name = one.facts.addressed === "agency" ? "Stan" : "Asa";
      const answers: Name = one.facts.label === "RED" ? "Rhea" : "Faye";
      // Whoever needs to know of AMBER+STRICT is the focal point.
      const by: Name = one.facts.label === "AMBER+STRICT" && one.facts.addressed === "agency" ? "Lena" : asks;
      for (const decided of ["grant", "refusal"] as const) {
        const said = await fill(by, "use", one.ref, {
          code: "H1",
          purpose: write(one, "purpose"),
          basis: write(one, "basis"),
          by: "in 30 days",
        });
        const use = /U-\d+/.exec(said)?.[0] ?? "";
        expect(use, said).toMatch(/^U-/);
        one.uses.push(use);
        await settle();
        for (const name of NAMES) {
          await say(name, use, { typed: use });
          const read = await press(name, "use-read", use);
          if (knowsUse(name, one.facts))
            expect(everyWord(formOf(read)), `${name} ${one.mark}`).toContain(one.words.purpose);
        }
        const values: FormValues =
          decided === "grant"
            ? { until: "in 25 days", conditions: write(one, "grant") }
            : { reason: write(one, "refusal") };
        await fill(answers, decided === "grant" ? "use-grant" : "use-refuse", use, values);
        await press(by, "use-read", use);
        await press(answers, "use-read", use);
      }
    }
    for (const [n, one] of cases.filter(({ facts }) => facts.life === "released").entries()) {
      const by: Name = one.facts.addressed === "agency" ? "Lena" : "Asa";
      // Some say nothing and are reminded.
      if (["CLEAR1", "AMBER+STRICT2"].includes(one.mark)) continue;
      const label = LABELS[Math.max(LABELS.indexOf(one.facts.label), n % LABELS.length)] ?? "RED";
      one.outcome = label;
      await fill(by, "outcome", one.ref, { kind: "arrest", narrative: write(one, "outcome"), label }, /is with/);
      // In the thread of a card, where nothing of it belongs.
      const thread = w.card(by, one.ref).ref;
      const text = write(one, "thread");
      answered(
        by,
        "answer in a thread",
        await w.runtime.receive({ ...w.from(by), type: "threadReply", text, thread }),
        one.ref,
      );
      for (const command of ["outcome", "recall", "breach", "use", "tighten", "share decline"])
        if (command !== "recall" || by !== "Asa")
          await say(by, `${command} ${one.ref} ${command === "breach" ? "@labour " : ""}${write(one, "line")}`, {
            typed: one.ref,
          });
    }
    const declined = find("AMBER1");
    await fill("Asa", "share-decline", declined.ref, { reason: write(declined, "decline") });
    change(declined, { declined: "all" });
    for (const mark of ["GREEN2", "AMBER+STRICT2"]) {
      const one = find(mark);
      const by: Name = one.facts.addressed === "agency" ? "Lena" : "Asa";
      await fill(by, "breach", one.ref, { by: "@labour", words: write(one, "breach") });
      change(one, { suspended: true });
    }
    await settle();
    for (const name of NAMES)
      for (const one of cases) {
        const reply = await press(name, "outcomes", one.ref);
        if (one.words.outcome && mayRead(name, "outcome", one.facts, one.outcome))
          expect(everyWord(formOf(reply)), `${name} ${one.mark}`).toContain(one.words.outcome);
        await say(name, `share log ${one.ref}`, { typed: one.ref });
      }
    for (const one of cases.slice(0, 15)) await say("Rhea", `thank ${one.ref}`, { typed: one.ref });
    await settle();
  });

  /** What each is refused: the sentences may not tell either. Acts that would be done are left out. */
  async function tryAll(who: readonly Name[] = NAMES) {
    for (const name of who)
      for (const [n, [command, { of, after, form }]] of Object.entries(ABOUT_SHARE).entries()) {
        const act = ACT[command] ?? "see";
        const open = cases.filter(
          ({ facts, uses }) =>
            (act === "see" || ["hidden", "party"].includes(verdict(readerOf(name, facts), act, facts))) &&
            (of === "I" || uses.length),
        );
        const one = open[(n + NAMES.indexOf(name)) % open.length];
        const ref = of === "I" ? one?.ref : one?.uses[0];
        if (!one || !ref || (of === "U" && act !== "see" && knowsUse(name, one.facts))) continue;
        if (command === "breach" && may(name, "control", one.facts)) continue;
        await say(name, `${command} ${ref} ${after}`.trim(), { typed: ref });
        await press(name, command, ref);
        const state = JSON.stringify({ body: "north", nonce: crypto.randomUUID(), given: { ref, shown: "1" } });
        const sent = { ...w.from(name), type: "submit" as const, form: `cmd.${command}`, state, values: form ?? {} };
        answered(name, `form ${command}`, await w.runtime.receive(sent), ref);
      }
    await settle();
  }

  it("is tried by everybody who may not", () => tryAll());

  it("is tightened, recalled and outlives its validity", async () => {
    const ofMark = (...marks: string[]) => cases.filter(({ mark }) => marks.includes(mark));
    for (const one of ofMark("CLEAR0", "GREEN1", "AMBER2", "AMBER+STRICT1")) {
      // Under which label it stands now: one step stricter, RED where persons alone have it.
      const next = LABELS[LABELS.indexOf(one.facts.label) + 1] ?? "RED";
      const label = next === "RED" && one.facts.addressed !== "person" ? one.facts.label : next;
      await fill("Rhea", "tighten", one.ref, { label, codes: ["H0", "H3"], other: write(one, "condition") });
      change(one, { label, codes: ["H0", "H3"] });
      await settle();
    }
    for (const one of ofMark("CLEAR2", "GREEN0", "AMBER0", "RED2")) {
      await fill("Rhea", "recall", one.ref, { reason: write(one, "recall") });
      change(one, { life: "recalled" });
      await settle();
    }
    await look(["Rhea", "Colin", "Faye", "Rita", "Stan", "Lena", "Asa", "Adele", "Obi", "Otto"]);
    await w.pass({ days: 6 }, 2_880);
    for (const one of cases)
      if (one.mark.endsWith("1") && one.facts.life === "released") change(one, { life: "expired" });
    await settle();
    for (const line of ["inbox", "digest", "shares", "shares owed", "undelivered"])
      for (const name of NAMES) await say(name, line);
    await tryAll(["Colin", "Stan", "Asa", "Sid", "Dora"]);
    // Who gave RED is away: that there is any is told to who may recall it unread, and nothing of what it is.
    await say("Rhea", 'away until:"in 2 days"');
    await settle();
    const { id } = await w.runtime.store.owner
      .selectFrom("persons")
      .select("id")
      .where("name", "=", "Rhea")
      .executeTakeFirstOrThrow();
    for (const name of NAMES) await say(name, `recall-red ${id}`);
  });

  it("was shown to nobody whom the rules do not let read it, and in dialogs alone", () => {
    const leaks: string[] = [];
    const positives = new Map<string, number>();
    const where = new Set<string>();
    for (const one of seen) {
      where.add(one.path);
      for (const [n, about] of cases.entries()) {
        const facts = one.facts[n];
        if (!facts) continue;
        const to = `${about.ref} ${about.mark} ${facts.life} to ${one.reader} by ${one.path}`;
        for (const at of WORDS) {
          const text = about.words[at];
          if (text === undefined) continue;
          cells++;
          if (!one.text.includes(text)) continue;
          // A dialog whose words can be taken back, for a reader who may read them.
          const dialog = one.form !== undefined && (one.form.live !== undefined || at === "back");
          const held = one.form !== undefined && !one.form.state.includes("zq");
          if (dialog && held && one.reader && mayRead(one.reader, at, facts, about.outcome))
            positives.set(`${at} ${one.path}`, (positives.get(`${at} ${one.path}`) ?? 0) + 1);
          else leaks.push(`${at} of ${to}: ${one.text.slice(0, 200)}`);
        }
        cells++;
        const knows =
          one.reader !== undefined && (sightOf(one.reader, facts) !== "none" || about.opened.has(one.reader));
        if (!knows && one.typed !== about.ref && mentions(one.text, about.ref))
          leaks.push(`reference of ${to}: ${one.text.slice(0, 200)}`);
        for (const use of about.uses) {
          cells++;
          if (one.typed !== use && mentions(one.text, use) && !(one.reader && knowsUse(one.reader, facts)))
            leaks.push(`${use} of ${to}: ${one.text.slice(0, 200)}`);
        }
      }
    }
    console.info(
      `leaks of shares: ${seen.length} answers and messages on ${where.size} paths, ${cells} cells; words shown rightly on ${positives.size} paths`,
    );
    expect([...new Set(leaks)].slice(0, 20)).toEqual([]);
    for (const path of [
      ...[
        "title accepted, dialog",
        "title button open, dialog",
        "condition button open, dialog",
        "file accepted, dialog",
      ],
      ...["purpose button use-read, dialog", "grant button use-read, dialog", "refusal button use-read, dialog"],
      ...["outcome button outcomes, dialog", "decline button outcomes, dialog", "breach button outcomes, dialog"],
    ])
      expect(positives.get(path) ?? 0, `${path} of ${[...positives.keys()]}`).toBeGreaterThan(0);
  });

  it("has gone out by every notice there is, and was asked for with every command", async () => {
    const files = readdirSync(new URL("../../../src/shares/", import.meta.url), {
      recursive: true,
      encoding: "utf8",
    });
    const source = files
      .filter((file) => file.endsWith(".ts"))
      .map((file) => readFileSync(new URL(`../../../src/shares/${file}`, import.meta.url), "utf8"))
      .join("\n");
    const defined = [...source.matchAll(/defineNotification\(\{\s*id: "([^"]+)"/g)].map((match) => match[1]);
    expect(defined.sort(), "a notice without a row in this matrix").toEqual([...SHARE_NOTICES].sort());
    const rows = await w.runtime.store.owner
      .selectFrom("outbox")
      .select("notice")
      .distinct()
      .where("state", "=", "sent")
      .execute();
    const sent = rows.map((row) => row.notice);
    // That one takes the place of what is open, and is no message.
    expect([...SHARE_NOTICES, "reminder"].filter((id) => !sent.includes(id))).toEqual(["share.gone"]);
    expect(seen.filter(({ path }) => path === "overwritten dialog").length).toBeGreaterThan(5);
    const ours = registry.commands.filter(
      ({ group, name }) => name === "share-rule" || (group === "information" && !name.startsWith("match-")),
    );
    expect(
      ours.map(({ name }) => name).filter((name) => !SHARE_COMMANDS.includes(name)),
      "a command without a row",
    ).toEqual([]);
    // Conditions are asked by the helper that drafts; a bare reference is the two commands that show one.
    const bare = ["share", "share-show", "use-show"];
    expect(
      [...Object.keys(ABOUT_SHARE), ...ABOUT_NO_SHARE].filter((name) => !walked.has(name) && !bare.includes(name)),
    ).toEqual([]);
  });

  it("rests nowhere in the clear, whatever its label", async () => {
    const { owner } = w.runtime.store;
    const tables = await sql<{
      name: string;
    }>`select tablename as name from pg_tables where schemaname = 'public'`.execute(owner);
    let searched = 0;
    for (const { name } of tables.rows) {
      const { rows } = await sql`select to_jsonb(t) as row from ${sql.table(name)} t`.execute(owner);
      searched += rows.length;
      expect(everyWord(rows).match(CANARY)?.[0], name).toBeUndefined();
    }
    console.info(`at rest: ${tables.rows.length} tables, ${searched} rows`);
    expect(searched).toBeGreaterThan(1_000);
  });

  it("is in no queue, log, figure, payload or operator's view", async () => {
    const config = { slack: undefined, teams: undefined, mail: undefined, demo: true } as never;
    const views: Record<string, string> = {
      queue: everyWord(queued),
      log: everyWord(logged),
      payloads: everyWord(w.payloads),
      metrics: await w.runtime.metricsText(),
      doctor: (await doctor({ runtime: w.runtime, config, checks: [] } as never)).text,
    };
    for (const state of ["pending", "sending", "failed"])
      views[`outbox ${state}`] = await listOutbox(w.runtime, { state });
    expect(queued.length).toBeGreaterThan(50);
    for (const [view, text] of Object.entries(views)) {
      expect(text, view).not.toContain("zq");
      if (view !== "payloads") expect(text, view).not.toMatch(/\b[IU]-\d/);
    }
    expect(logged.filter((line) => everyWord(line).includes("failed"))).toEqual([]);
  });
});
