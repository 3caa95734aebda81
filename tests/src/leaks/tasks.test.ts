import { readdirSync, readFileSync } from "node:fs";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { registry } from "../../../commands/index.js";
import { type Delivery, DeliveryError, type Reply } from "../../../src/chat/index.js";
import { doctor } from "../../../src/cli/doctor.js";
import { listOutbox } from "../../../src/cli/outbox.js";
import { everyPart } from "../../../src/items/define.js";
import { silentLog } from "../../../src/lib/log.js";
import { steps } from "../../steps.js";
import { formOf, relativeDays, textOf, World } from "../../world.js";
import { type Act, LABELS, type Label, type State, verdict } from "../policy/task-oracle.js";
import {
  agencyOf,
  type Case,
  canary,
  cardOf,
  channelOf,
  everyWord,
  FIELDS,
  type Field,
  LANG,
  mentions,
  NAMES,
  type Name,
  ORDER,
  PEOPLE,
  sightOf,
  sightOfChannel,
  spokenByThem,
  whoIs,
  within,
} from "./cast.js";
import {
  DIRECTORY_COMMANDS,
  DIRECTORY_NOTICES,
  MATCH_COMMANDS,
  MATCH_NOTICES,
  MEETING_COMMANDS,
  MEETING_NOTICES,
  PLAN_COMMANDS,
  PLAN_NOTICES,
  REPORT_COMMANDS,
  REPORT_NOTICES,
  REQUEST_COMMANDS,
  REQUEST_NOTICES,
  SHARE_COMMANDS,
  SHARE_NOTICES,
  TRAINING_COMMANDS,
  TRAINING_NOTICES,
} from "./rows.js";

/**
 * The leak matrix: every task of every label is filled with words that occur nowhere else, lives a whole life, and
 * everything that anybody is shown, or that rests anywhere, is searched for them. What may be where is said by the
 * oracle (tests/src/policy/task-oracle.ts) and the ceilings of docs/access.md.
 */

type Seen = {
  path: string;
  /** A person, or a channel of an agency; nobody for what rests or is an operator's. */
  reader?: Name | { channel: string };
  /** The highest label whose words may stand there; nothing for a place where no words may stand. */
  ceiling?: Label;
  text: string;
  /** The reader typed the reference, so it is no news. */
  typed?: string;
  /** Deputies stood in at that time. */
  away: boolean;
};

/** Every notice is a way out and has a row here, with the kinds of reader who get it in this story. */
const NOTICES = [
  "task.card",
  "task.posted",
  "task.news",
  "task.comment",
  "task.likeness",
  "reminder",
  "delivery.undelivered",
  "people.welcome",
  "people.standing_in",
  "information.unattended",
  "people.join_asked",
  "people.please_bind",
  "people.second_asked",
  "people.second_joined",
  "place.ceiling",
  "place.left",
  "digest.person",
  "digest.body",
  "digest.agency",
];

/** What every reader types, by command; `T` is replaced by each reference. The rest of the registry takes none. */
const LINES: Record<string, { line: string; act?: Act }> = {
  show: { line: "T" },
  mine: { line: "mine T" },
  read: { line: "read T" },
  give: { line: "give T @Stan", act: "give" },
  accept: { line: "accept T", act: "accept" },
  decline: { line: "decline T because", act: "decline" },
  date: { line: "date T next Monday 12:00", act: "date" },
  agree: { line: "agree T", act: "date" },
  keep: { line: "keep T", act: "date" },
  done: { line: "done T finished", act: "done" },
  problem: { line: "problem T rain", act: "problem" },
  resolved: { line: "resolved T", act: "problem" },
  close: { line: "close T", act: "close" },
  notyet: { line: "notyet T missing", act: "reopen" },
  cancel: { line: "cancel T because", act: "cancel" },
  edit: { line: "edit T other words", act: "edit" },
  support: { line: "support T @Stan", act: "support" },
  say: { line: "say T hello", act: "comment" },
  nudge: { line: "nudge T", act: "nudge" },
  remind: { line: "remind T gentle", act: "date" },
  snooze: { line: "snooze T tomorrow" },
  gotit: { line: "gotit T" },
};
/** Commands without a reference, as every reader types them. */
const PLAIN = [
  ...["inbox", "nudge", "help", "who @labour", "undelivered", "joiners", "settings", "body", "back", "hints on"],
  ...[
    "agency @labour",
    "setup",
    "tasks",
    "tasks mine",
    "tasks agency",
    "tasks asked",
    "tasks late",
    "tasks done",
    "tasks closed",
  ],
  ...["tasks all page:2", "tasks all @labour", "tasks all Inspect", "digest", "digest body", "digest agency"],
];
/** Commands whose answers to all readers would change what the story is about; each is walked once in it. */
const ONCE = [
  "agency-add",
  "ladder",
  "task",
  "undo",
  "nudgeall",
  "remove",
  "away",
  "duty",
  "officer",
  "bind",
  "channel",
  "add",
  "addaccount",
  "letin",
  "recall-red",
  "refuse",
  "account",
  "accountmine",
  "accountnot",
];

describe("what is written into a task", () => {
  const it = steps();
  let w: World;
  const cases: Case[] = [];
  const seen: Seen[] = [];
  const queued: unknown[] = [];
  const logged: unknown[] = [];
  const original = { ...silentLog };
  let payloads = 0;
  let away = false;
  let cells = 0;

  spokenByThem();
  beforeAll(async () => {
    for (const level of ["debug", "info", "warn", "error"] as const)
      silentLog[level] = (...words: unknown[]) =>
        void logged.push(words.map((one) => (one instanceof Error ? String(one) : one)));
    w = await World.create({ people: PEOPLE, observers: ["ngo"], lang: LANG });
    const add = w.queue.add.bind(w.queue);
    w.queue.add = async (job, entries) => {
      queued.push(entries);
      return add(job, entries);
    };
    w.payloads.length = 0;
    await say("Lena", "bind @labour", { conversation: channelOf(w, "Lena", "C-labour", false) });
    await say("Cara", "bind @customs", { conversation: channelOf(w, "Cara", "C-customs", true) });
    await say("Cara", "channel", { conversation: channelOf(w, "Cara", "C-customs", true) });
    for (const focal of ["Faye", "Lena", "Otto", "Cara"] as const) await say(focal, "hints on");
  });
  afterAll(async () => {
    Object.assign(silentLog, original);
    await w.close();
  });

  /** Says it, and keeps the answer as seen. */
  async function say(
    name: Name,
    line: string,
    o: { conversation?: ReturnType<typeof channelOf>; typed?: string; dialog?: boolean } = {},
  ) {
    const reply = await w.say(name, line, o.conversation ? { conversation: o.conversation } : {});
    answered(name, `answer to ${line.split(" ")[0]}`, reply, o);
    return reply;
  }

  function answered(
    name: Name,
    path: string,
    reply: Reply,
    o: { conversation?: { external?: boolean }; typed?: string },
  ) {
    const dialog = reply !== undefined && "form" in reply;
    seen.push({
      path: dialog ? `${path}, dialog` : path,
      reader: name,
      ceiling: dialog ? "RED" : o.conversation?.external ? "CLEAR" : "GREEN",
      text: everyWord(reply),
      typed: o.typed,
      away,
    });
  }

  /** Lets everything go out and keeps it, by whom it reached. */
  async function settle() {
    await w.settle();
    for (const payload of w.payloads.slice(payloads) as Delivery[]) {
      expect(relativeDays(payload)).toEqual([]);
      const conversation =
        payload.kind === "update"
          ? payload.ref.conversation.id
          : "person" in payload.to
            ? `D${payload.to.person.user}`
            : payload.to.conversation.id;
      const name = NAMES.find((one) => conversation === `DU${one}`);
      const external = conversation === "C-customs";
      const path = `${payload.kind} to ${name ? "a person" : external ? "an external channel" : "a channel"}`;
      if (!name && !conversation.startsWith("C-")) throw new Error(`sent to ${conversation}`);
      seen.push({
        path,
        reader: name ?? { channel: conversation.slice(2) },
        ceiling: external ? "CLEAR" : "GREEN",
        text: everyWord(payload.message),
        away,
      });
    }
    payloads = w.payloads.length;
  }

  function write(task: Case, field: Field): string {
    const word = canary(`${task.ref}${task.label}${task.bornInMeeting ? "met" : ""}`, field);
    task.canaries[field] = word;
    return word;
  }

  async function ask(label: Label, lead: "labour" | "customs", o: { met?: boolean } = {}): Promise<Case> {
    const red = label === "RED";
    const task: Case = {
      ref: `T-${cases.length + 1}`,
      label,
      requester: "Rhea",
      lead,
      supporting: red ? undefined : "iom",
      bornInMeeting: false,
      assignee: red ? (lead === "labour" ? "Asa" : "Cyd") : undefined,
      canaries: {},
    };
    task.bornInMeeting = o.met ?? false;
    const to = red ? `@${task.assignee}` : `@${lead}`;
    const line = `task ${to} Inspect the greenhouses ${write(task, "title")} by next Fri 17:00 tlp:${label} detail:"${write(task, "detail")}"${red ? "" : " with:@iom"}`;
    cases.push(task);
    expect(textOf(await say("Rhea", line, { typed: task.ref }))).toContain(`${task.ref} is asked of`);
    if (o.met)
      await w.runtime.store.owner
        .updateTable("tasks")
        .set({ source_kind: "meeting", source_id: "1" })
        .where("number", "=", cases.length)
        .execute();
    return task;
  }

  /** From asked to a problem and another date on the table. */
  async function work(task: Case) {
    const doer: Name = task.lead === "labour" ? "Asa" : "Cyd";
    const chief: Name = task.lead === "labour" ? "Lena" : "Cara";
    if (task.assignee) await say(doer, `accept ${task.ref}`, { typed: task.ref });
    else await say(chief, `give ${task.ref} @${doer}`, { typed: task.ref });
    task.assignee = doer;
    if (task.supporting) {
      await say("Sid", `support ${task.ref} @Sue`, { typed: task.ref });
      task.supporter = "Sue";
    }
    await settle();
    await say(doer, `date ${task.ref} next Thu 17:00 reason:"${write(task, "proposal")}"`, { typed: task.ref });
    await say(doer, `problem ${task.ref} ${write(task, "blocked")}`, { typed: task.ref });
    await say(doer, `say ${task.ref} ${write(task, "comment")}`, { typed: task.ref });
    await settle();
    // In the thread of the card where the chat may hold it, else as a command.
    const card = cardOf(w, "Rhea", task.ref);
    const reply = await w.runtime.receive({
      ...w.from("Rhea"),
      type: "threadReply",
      text: within(task.label, "GREEN") ? write(task, "answer") : "not for here",
      thread: card.ref,
    });
    answered("Rhea", "answer in a thread", reply, { typed: task.ref });
    if (!within(task.label, "GREEN")) {
      expect(textOf(reply)).toContain("your words were not taken");
      await say("Rhea", `say ${task.ref} ${write(task, "answer")}`, { typed: task.ref });
    }
    await settle();
  }

  it("is asked, worked on and talked about", async () => {
    for (const label of LABELS) await ask(label, "labour");
    for (const label of ["GREEN", "AMBER"] as const) await ask(label, "labour", { met: true });
    for (const label of LABELS.slice(0, 4)) await ask(label, "customs");
    await settle();
    for (const task of cases) await work(task);
  });

  /** Everybody looks at everything. */
  async function look() {
    for (const name of NAMES) {
      for (const task of cases.filter(({ lead }) => lead === "labour")) {
        const reply = await say(name, task.ref, { typed: task.ref });
        // A look that shows nothing would hide a leak from this test.
        if (within(task.label, "GREEN") && ["full", "title"].includes(sightOf(name, task)))
          expect(everyWord(reply)).toContain(task.canaries.title);
        const read = await say(name, `read ${task.ref}`, { typed: task.ref });
        if (sightOf(name, task) === "full")
          for (const field of ["title", "detail", "comment", "answer", "blocked"] as const)
            expect(everyWord(formOf(read)), `${name} ${task.ref} ${field}`).toContain(task.canaries[field]);
        else expect(read, `${name} ${task.ref}`).not.toHaveProperty("form");
      }
      const green = cases.find(({ label, lead }) => label === "GREEN" && lead === "labour") as Case;
      await say(name, green.ref, { typed: green.ref, conversation: channelOf(w, name, "C-somewhere", true) });
      await say(name, "inbox", { conversation: channelOf(w, name, "C-somewhere", true) });
      // Help shows how a line is typed, whatever has that number here.
      for (const line of PLAIN) await say(name, line, line === "help" ? { typed: "T-12" } : {});
      // Nobody finds a restricted title by its words, and what is hidden by none.
      for (const label of ["AMBER", "RED"])
        await say(name, `tasks all ${cases.find((task) => task.label === label)?.canaries.title}`);
      await say(name, `mine ${green.ref}`, { typed: green.ref });
      answered(name, "home", await w.runtime.receive({ ...w.from(name), type: "home" }), {});
      for (const source of ["agency", "person", "colleague", "party", "task"])
        answered(
          name,
          "suggest",
          await w.runtime.receive({ ...w.from(name), type: "suggest", source, query: "z" }),
          {},
        );
    }
  }

  async function tryAll() {
    const state = async (task: Case) =>
      (
        await w.runtime.store.owner
          .selectFrom("tasks")
          .select("state")
          .where("number", "=", Number(task.ref.slice(2)))
          .executeTakeFirstOrThrow()
      ).state as State;
    // What each is refused: the sentences may not tell either. Acts that would be done are left out.
    for (const name of NAMES) {
      // The newest of those that this reader sees in part or not at all; which label, differs by reader.
      const one = cases.findLast((task) => task.lead === "labour" && sightOf(name, task) !== "full");
      for (const [command, { line, act }] of Object.entries(LINES))
        if (one && act && verdict(whoIs(name, one), act, { ...one, state: await state(one) }) !== "may") {
          await say(name, line.replace("T", one.ref), { typed: one.ref });
          answered(
            name,
            `button ${command}`,
            await w.click(name, command, `north/${line.replace("T", one.ref).replace(/^\w+ /, "")}`),
            { typed: one.ref },
          );
        }
    }
  }

  it("is looked at by everybody in every way there is", look);

  it("is tried by everybody who may not", tryAll);

  it("is done, refused, done again, cancelled, declined and undone", async () => {
    for (const task of cases.filter(({ lead }) => lead === "labour")) {
      await say("Rhea", `agree ${task.ref}`, { typed: task.ref });
      await say("Asa", `resolved ${task.ref}`, { typed: task.ref });
      await say("Asa", `done ${task.ref} ${write(task, "evidence")}`, { typed: task.ref });
      await settle();
      await say("Rhea", `notyet ${task.ref} ${write(task, "reason")}`, { typed: task.ref });
      await settle();
      await say("Asa", `done ${task.ref} ${task.canaries.evidence}`, { typed: task.ref });
      await say("Asa", "undo", { typed: task.ref });
    }
    for (const task of cases.filter(({ lead }) => lead === "customs"))
      await say("Rhea", `cancel ${task.ref} ${write(task, "reason")}`, { typed: task.ref });
    await settle();
    for (const label of LABELS) {
      const task = await ask(label, "labour");
      if (label !== "RED") {
        await say("Sid", `support ${task.ref} no ${write(task, "support")}`, { typed: task.ref });
        await settle();
        await say("Lena", `decline ${task.ref} ${write(task, "reason")}`, { typed: task.ref });
      } else await say("Asa", `decline ${task.ref} ${write(task, "reason")}`, { typed: task.ref });
    }
    await settle();
  });

  it("waits sealed where a form had to be opened first", async () => {
    for (const label of LABELS) {
      const reply = await w.say(
        "Rhea",
        `task ${canary(label, "title")} tlp:${label} detail:"${canary(label, "detail")}"`,
      );
      const form = formOf(reply);
      expect(everyWord(form.state)).not.toContain("zq");
      const other = await w.click("Colin", "form.open", `${form.id} ${form.state}`);
      expect(other && "form" in other, "a form of another person").toBe(false);
      expect(everyWord(other)).not.toContain("zq");
    }
  });

  it("resembles other work, is late, and cannot be delivered", async () => {
    const otto = await say("Otto", "task @customs Inspect the greenhouses by next Fri");
    expect(everyWord(otto)).not.toContain("zq");
    cases.push({
      ref: `T-${cases.length + 1}`,
      label: "GREEN",
      requester: "Otto",
      lead: "customs",
      bornInMeeting: false,
      canaries: {},
    });
    const colin = await say("Colin", "task @border Inspect the greenhouses by next Fri");
    // What a colleague may see is hinted at, with its title; restricted likeness is not.
    expect(everyWord(colin)).toContain("close to this one");
    cases.push({
      ref: `T-${cases.length + 1}`,
      label: "GREEN",
      requester: "Colin",
      lead: "border",
      bornInMeeting: false,
      canaries: {},
    });
    await settle();
    // One who cannot be reached: the focal point gets it instead, where it may see it.
    w.fail = (delivery) =>
      delivery.kind === "post" && "person" in delivery.to && delivery.to.person.user === "UAsa"
        ? DeliveryError.permanent("blocked", "blocked")
        : undefined;
    for (const label of ["GREEN", "AMBER+STRICT", "RED"] as const) {
      const task: Case = {
        ref: `T-${cases.length + 1}`,
        label,
        requester: "Rhea",
        lead: "labour",
        assignee: "Asa",
        bornInMeeting: false,
        canaries: {},
      };
      cases.push(task);
      await say("Rhea", `task @Asa Ask about ${write(task, "title")} by tomorrow 12:00 tlp:${label}`, {
        typed: task.ref,
      });
      await settle();
    }
    // The sender is told who has it now, and of RED that nobody has.
    const told = seen.filter(({ reader, text }) => reader === "Rhea" && text.includes("could not be delivered"));
    expect(told.length).toBeGreaterThan(2);
    expect(told.filter(({ text }) => text.includes("Nobody else has it"))).toEqual(told.slice(-1));
    // For days nothing reaches them, their digests neither.
    await w.pass({ days: 12 }, 300);
    await settle();
    w.fail = undefined;
    for (const name of NAMES) await say(name, "undelivered");
    for (const name of NAMES) for (const line of ["nudge", "inbox", "tasks late"]) await say(name, line);
    for (const name of ["Rhea", "Dora", "Colin"] as const) await say(name, "nudgeall");
    await settle();
  });

  it("stays where it was when its person is away or leaves", async () => {
    await say("Lena", 'away until:"in 30 days" deputy:@Stan');
    away = true;
    for (const label of LABELS) await ask(label, "labour");
    const before = seen.length;
    await settle();
    // The deputy gets what may pass, and nothing of the other.
    const got = seen.slice(before).filter(({ reader }) => reader === "Stan");
    for (const task of cases.slice(-5))
      expect(
        got.some(({ text }) => mentions(text, task.ref)),
        task.label,
      ).toBe(task.label !== "RED");
    for (const task of cases.slice(-5)) {
      await say("Rhea", `say ${task.ref} ${write(task, "comment")}`, { typed: task.ref });
      await say("Rhea", `edit ${task.ref} Inspect the greenhouses ${task.canaries.title} priority:urgent`, {
        typed: task.ref,
      });
    }
    await w.pass({ hours: 6 }, 120);
    await settle();
    await say("Stan", "inbox");
    await say("Stan", "tasks all");
    await say("Lena", 'duty @Stan until:"in 2 days"');
    await say("Lena", "officer @Stan");
    await say("Lena", "add Somebody New");
    const reply = await say("Lena", "remove @Asa sure");
    expect(everyWord(reply)).not.toMatch(/T-\d/);
    for (const task of cases) if (task.assignee === "Asa" && task.label === "RED") task.requester = "Rhea";
    await settle();
  });

  it("has gone out by every notice there is, and was asked for with every command", async () => {
    const source = readdirSync(new URL("../../../src/", import.meta.url), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => readFileSync(new URL(`../../../src/${file}`, import.meta.url), "utf8"))
      .join("\n");
    const defined = [...source.matchAll(/defineNotification\(\{\s*id: "([^"]+)"/g)].map((match) => match[1]);
    expect(
      defined.filter(
        (id) =>
          ![
            ...NOTICES,
            ...MEETING_NOTICES,
            ...SHARE_NOTICES,
            ...MATCH_NOTICES,
            ...TRAINING_NOTICES,
            ...REPORT_NOTICES,
            ...PLAN_NOTICES,
            ...DIRECTORY_NOTICES,
            ...REQUEST_NOTICES,
            ...DIRECTORY_NOTICES,
            ...REQUEST_NOTICES,
          ].includes(id ?? ""),
      ),
      "a notice without a row in this matrix",
    ).toEqual([]);
    // Two belong to the runtime: the bundle of reminders, and that something was not delivered.
    const registered = [...everyPart().flatMap(({ notifications = [] }) => notifications), "reminder", "undelivered"];
    expect(registered.length).toBe(defined.length);
    const rows = await w.runtime.store.owner
      .selectFrom("outbox")
      .select("notice")
      .distinct()
      .where("state", "=", "sent")
      .execute();
    // Those of people are walked in tests/src/people, that of a conversation in tests/src/conversations, those of meetings and shares in suites of their own.
    const elsewhere = [
      ...["people.join_asked", "people.please_bind", "people.second_asked", "people.second_joined", "place.left"],
      ...MEETING_NOTICES,
      ...SHARE_NOTICES,
      ...MATCH_NOTICES,
      ...TRAINING_NOTICES,
      ...REPORT_NOTICES,
      ...PLAN_NOTICES,
      ...DIRECTORY_NOTICES,
      ...REQUEST_NOTICES,
    ];
    expect(rows.map((row) => row.notice).sort()).toEqual(defined.filter((id) => !elsewhere.includes(id ?? "")).sort());
    const lines = PLAIN.map((line) => line.split(" ")[0] ?? "");
    const words = new Set([
      ...Object.keys(LINES),
      ...lines,
      ...ONCE,
      ...MEETING_COMMANDS,
      ...SHARE_COMMANDS,
      ...MATCH_COMMANDS,
      ...REPORT_COMMANDS,
      ...TRAINING_COMMANDS,
      ...PLAN_COMMANDS,
      ...DIRECTORY_COMMANDS,
      ...REQUEST_COMMANDS,
    ]);
    expect(
      registry.commands.map(({ name }) => name).filter((name) => !words.has(name)),
      "a command without a row",
    ).toEqual([]);
  });

  it("was shown to nobody whom the rules do not let see it", () => {
    const leaks: string[] = [];
    const positives = new Map<string, number>();
    const where = new Set<string>();
    for (const one of seen) {
      where.add(one.path);
      for (const task of cases) {
        const sight =
          one.reader === undefined
            ? "none"
            : typeof one.reader === "string"
              ? sightOf(one.reader, task, one.away)
              : sightOfChannel(one.reader.channel, task);
        const shows = one.ceiling !== undefined && within(task.label, one.ceiling);
        for (const field of FIELDS) {
          const word = task.canaries[field];
          if (word === undefined) continue;
          cells++;
          const may = shows && (sight === "full" || (sight === "title" && field === "title"));
          if (!one.text.includes(word)) continue;
          if (may) positives.set(one.path, (positives.get(one.path) ?? 0) + 1);
          // Who searched for a word typed it.
          else
            leaks.push(`${task.ref} ${task.label} ${field} (${sight}) to ${JSON.stringify(one.reader)} by ${one.path}`);
        }
        cells++;
        // The reference of a task that is hidden from somebody reaches them in no way.
        if (sight === "none" && one.typed !== task.ref && mentions(one.text, task.ref))
          leaks.push(
            `${task.ref} ${task.label} reference to ${JSON.stringify(one.reader)} by ${one.path}: ${one.text.slice(0, 200)}`,
          );
      }
    }
    console.info(
      `leaks: ${seen.length} answers and messages on ${where.size} paths, ${cells} cells; words shown rightly on ${positives.size} paths`,
    );
    expect([...new Set(leaks)]).toEqual([]);
    // Words do come through where they may: the test can see them.
    for (const path of [
      "answer to T-1",
      "answer to read, dialog",
      "post to a person",
      "update to a person",
      "post to a channel",
      "update to a channel",
      "home",
      "answer to tasks",
      "answer to inbox",
      "post to an external channel",
    ])
      expect(positives.get(path), path).toBeGreaterThan(0);
  });

  it("rests nowhere in the clear when it is restricted, and never beside the task", async () => {
    const tables = await sql<{
      name: string;
    }>`select tablename as name from pg_tables where schemaname = 'public'`.execute(w.runtime.store.owner);
    const words = LABELS.flatMap((label) =>
      FIELDS.flatMap((field) =>
        [canary(label, field)]
          .concat(cases.filter((task) => task.label === label).flatMap((task) => task.canaries[field] ?? []))
          .map((word) => ({ label, word })),
      ),
    );
    let searched = 0;
    for (const { name } of tables.rows) {
      const { rows } = await sql`select to_jsonb(t) as row from ${sql.table(name)} t`.execute(w.runtime.store.owner);
      const text = everyWord(rows);
      for (const { label, word } of words) {
        searched++;
        const home =
          ["tasks", "task_comments", "undos"].includes(name) && ORDER.indexOf(label) < ORDER.indexOf("AMBER");
        if (!home) expect(text.includes(word), `${word} of ${label} in ${name}`).toBe(false);
      }
      if (name === "tasks") expect(text).toContain("zq");
    }
    console.info(`at rest: ${tables.rows.length} tables, ${searched} cells`);
  });

  it("is in no queue, log, figure or operator's view", async () => {
    const config = { slack: undefined, teams: undefined, mail: undefined, demo: true } as never;
    const views: Record<string, string> = {
      queue: everyWord(queued),
      log: everyWord(logged),
      metrics: await w.runtime.metricsText(),
      doctor: (await doctor({ runtime: w.runtime, config, checks: [] } as never)).text,
    };
    for (const state of ["pending", "sending", "failed"])
      views[`outbox ${state}`] = await listOutbox(w.runtime, { state });
    expect(views["outbox failed"]).toContain("task.card");
    expect(queued.length).toBeGreaterThan(50);
    for (const [view, text] of Object.entries(views)) {
      expect(text, view).not.toContain("zq");
      expect(text, view).not.toMatch(/\bT-\d/);
    }
    expect(logged.filter((line) => everyWord(line).includes("failed"))).toEqual([]);
  });

  it("has its audit event, its words sealed, when a dialog opened", async () => {
    const events = await w.runtime.store.owner.selectFrom("events").select(["action", "words", "detail"]).execute();
    expect(events.filter(({ action }) => action === "task.read").length).toBeGreaterThan(20);
    expect(events.filter(({ action, words }) => action === "task.commented" && words !== null).length).toBeGreaterThan(
      5,
    );
    expect(agencyOf("Rhea")).toBe("police");
  });
});
