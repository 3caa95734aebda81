import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { registry } from "../../../commands/index.js";
import type { Reply } from "../../../src/chat/index.js";
import { addAgency, initBody, linkPerson } from "../../../src/cli/setup.js";
import { counted } from "../../statements.js";
import { textOf, World, ZONE } from "../../world.js";
import type { Label } from "../policy/task-oracle.js";
import {
  aboutReference,
  type Case,
  cardOf,
  everyWord,
  LANG,
  type Name,
  PEOPLE,
  sightOf,
  spokenByThem,
  wayOf,
} from "./cast.js";
import {
  ABOUT_ONE,
  ABOUT_SHARE,
  DIRECTORY_COMMANDS,
  PLAN_COMMANDS,
  REPORT_COMMANDS,
  REQUEST_COMMANDS,
  TRAINING_COMMANDS,
} from "./rows.js";

/** "A reference that the reader may not see answers exactly like one that does not exist." */

/** What follows a reference, for every command that takes one; a new one without a row fails the suite. */
const AFTER: Record<string, string> = {
  ...{
    show: "",
    mine: "",
    read: "",
    accept: "",
    agree: "",
    keep: "",
    resolved: "",
    close: "",
    nudge: "",
    remind: "default",
  },
  ...{ give: "@Stan", decline: "because", date: "next Monday 12:00", done: "well", problem: "rain" },
  ...{ notyet: "missing", cancel: "because", edit: "words", support: "@Stan", say: "hello" },
  snooze: "tomorrow 09:00",
};
// Those about a meeting or a decision are asked in meeting-existence.matrix.ts, about shares in
// share-existence.matrix.ts, about training, objectives, summaries and authorities in tests/src/training, plan, reports and authorities.
const ELSEWHERE = [
  ...DIRECTORY_COMMANDS,
  ...REQUEST_COMMANDS,
  ...TRAINING_COMMANDS,
  ...PLAN_COMMANDS,
  ...REPORT_COMMANDS,
];
const takesReference = registry.commands.filter(
  ({ name, args }) => "ref" in args && !(name in ABOUT_ONE) && !(name in ABOUT_SHARE) && !ELSEWHERE.includes(name),
);

const MISSING = 999;
let w: World;
const cases: Case[] = [];
const READERS = ["Colin", "Faye", "Stan", "Lena", "Adele", "Sam", "Sid", "Dora", "Raul", "Ada", "Obi", "Otto"] as const;

spokenByThem();
beforeAll(async () => {
  w = await World.create({ people: PEOPLE, observers: ["ngo"], lang: LANG });
  const ask = async (label: Label, requester: Name, to: string, more: Partial<Case>) => {
    const task: Case = {
      ref: `T-${cases.length + 1}`,
      label,
      requester,
      lead: "labour",
      bornInMeeting: false,
      canaries: {},
      ...more,
    };
    cases.push(task);
    expect(await w.ask(requester, `task ${to} Look by tomorrow 12:00 tlp:${label}`)).toContain(task.ref);
  };
  await ask("RED", "Rhea", "@Asa", { assignee: "Asa" });
  await ask("AMBER+STRICT", "Rhea", "@labour", {});
  await ask("GREEN", "Rhea", "@labour", {});
  await ask("RED", "Cyd", "@Sue", { lead: "iom", assignee: "Sue" });
  await w.settle();
  // Another body, with a task of every number that is used here and one beyond.
  await initBody(w.runtime, { name: "South", slug: "south", zone: ZONE, lang: "en" });
  await addAgency(w.runtime, "coast", { name: "Coast", zone: ZONE, body: "south" });
  await linkPerson(w.runtime, "coast", {
    name: "Sven",
    account: ["slack:slack-coast:USven"],
    role: ["staff"],
    zone: ZONE,
    body: "south",
  });
  w.enrolled("Sven", { platform: "slack", tenant: "slack-coast", user: "USven" });
  for (let n = 0; n < 7; n++) await w.ask("Sven", "task @coast Look");
});
afterAll(() => w.close());

/** The same answer, but for the number asked about and for what is new in every answer. */
const alike = (reply: Reply, number: number): string =>
  everyWord(reply ?? "nothing")
    .replace(new RegExp(`T-${number}\\b`, "g"), "#")
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "an id");

const number = (task: Case): number => Number(task.ref.slice(2));
const ways: Record<string, (name: string, command: string, ref: string, after: string) => Promise<Reply>> = {
  typed: (name, command, ref, after) => w.say(name, `${command} ${ref} ${after}`),
  pressed: (name, command, ref, after) => w.click(name, command, `north/${ref}${after ? ` ${after}` : ""}`),
  "pressed for a form": (name, command, ref) => w.click(name, command, `north/${ref}`),
  sent: (name, command, ref, after) =>
    w.runtime.receive({
      ...w.from(name),
      type: "submit",
      form: `cmd.${command}`,
      state: JSON.stringify({ body: "north", nonce: crypto.randomUUID(), given: { ref } }),
      values: {
        reason: after,
        evidence: after,
        when: after,
        to: after,
        title: after,
        until: after,
        ladder: after,
        person: after,
      },
    }),
};

describe("what is hidden answers as what does not exist", () => {
  it("has a row for every command that takes a reference", () =>
    expect(takesReference.map(({ name }) => name).filter((name) => !(name in AFTER))).toEqual([]));

  let cells = 0;
  /**
   * Pairwise: whether a task is there for somebody is decided in one place for all commands, and its reference read in
   * one place for all ways. What can tell them apart is a command that looks first at something else (with each way and
   * each reader), a way that does (with each of both), or a rule of the policy (each reader with each label); no code
   * is of one reader, one command and one way at once, so the other triples would say nothing new.
   */
  it.each(READERS)("to %s", async (name) => {
    const reader = READERS.indexOf(name);
    const hidden = cases.filter((task) => sightOf(name, task) === "none");
    expect(hidden.length).toBeGreaterThan(0);
    for (const [n, { name: command }] of takesReference.entries()) {
      const way = wayOf(Object.keys(ways), reader, n);
      const go = (ref: string) =>
        counted(() => ways[way]?.(name, command, ref, AFTER[command] ?? "") ?? Promise.reject(way));
      const asked = await go(`T-${MISSING}`);
      const missing = alike(asked.value, MISSING);
      // The label goes round at another pace than the way, so that each command meets each of both.
      const task = hidden[(n + Math.floor(reader / Object.keys(ways).length)) % hidden.length] as Case;
      cells++;
      const about = `${way} ${command} ${task.label}`;
      const there = await go(task.ref);
      expect(alike(there.value, number(task)), about).toBe(missing);
      // Nor does the time tell: the database is asked the same, in the same order.
      expect(there.statements, about).toEqual(asked.statements);
      expect(missing, about).not.toMatch(/Rhea|Cyd|Police|Customs/);
      expect(missing, about).toSatisfy((said: string) => aboutReference(said, way.endsWith("a form")));
    }
    // A bare reference, of a task that is hidden, missing, and there in another body alone.
    const asked = await counted(() => w.say(name, `T-${MISSING}`));
    const bare = alike(asked.value, MISSING);
    for (const task of hidden) {
      const there = await counted(() => w.say(name, task.ref));
      expect(alike(there.value, number(task))).toBe(bare);
      expect(there.statements).toEqual(asked.statements);
    }
    expect(alike(await w.say(name, "T-7"), 7)).toBe(bare);
    // Another body's card, whether there is such a task in it or not.
    const foreign = alike(await w.click(name, "show", "south/T-7"), 7);
    expect(alike(await w.click(name, "show", "south/T-998"), 998)).toBe(foreign);
    expect(alike(await w.click(name, "show", "nowhere/T-1"), 1)).toBe(foreign);
    expect(foreign).not.toMatch(/Look|Coast/);
  });

  it("in the thread of a card that is not theirs, as in any thread", async () => {
    for (const name of ["Otto", "Stan", "Dora", "Lena"] as const)
      for (const task of cases.slice(0, 2)) {
        if (sightOf(name, task) !== "none") continue;
        // The reference of another's card, as somebody would have to forge it.
        const thread = cardOf(w, "Rhea", task.ref).ref;
        const said = await w.runtime.receive({ ...w.from(name), type: "threadReply", text: "hello", thread });
        const none = await w.runtime.receive({
          ...w.from(name),
          type: "threadReply",
          text: "hello",
          thread: { ...thread, id: "none" },
        });
        expect(said, `${name} ${task.ref}`).toEqual(none);
      }
  });

  it("in what was given away since: the copy is emptied, and the way back closed", async () => {
    const lena = cardOf(w, "Lena", "T-2");
    await w.runtime.store.owner.updateTable("tasks").set({ label: "RED" }).where("number", "=", 2).execute();
    await w.ask("Rhea", "edit T-2 priority:urgent");
    await w.settle();
    expect(everyWord(lena.message)).not.toMatch(/T-2\b|Look|Rhea/);
    expect(textOf(await w.click("Lena", "accept", "north/T-2", lena.ref))).toBe(
      textOf(await w.click("Lena", "accept", `north/T-${MISSING}`, lena.ref)).replace(`T-${MISSING}`, "T-2"),
    );
    console.info(
      `existence: ${cells} pairs of answers, ${takesReference.length} commands, ${Object.keys(ways).length} ways, ${READERS.length} readers`,
    );
  });

  it("by counts and pages, which count only what is seen", async () => {
    const total = async (name: Name, line: string) => Number(/\((\d+)\)/.exec(await w.ask(name, line))?.[1]);
    for (const name of READERS.filter((one) => !["Raul", "Ada", "Dora", "Adele"].includes(one))) {
      const seen = cases.filter((task) =>
        ["full", "title"].includes(sightOf(name, { ...task, label: task.ref === "T-2" ? "RED" : task.label })),
      );
      expect(await total(name, "tasks all"), name).toBe(seen.length);
      expect(await total(name, "tasks all page:2"), name).toBe(seen.length);
    }
  });

  it("by the words of a title that one may not read: they find nothing", async () => {
    expect(await w.ask("Rhea", "tasks all farms")).toContain("(0)");
    await w.ask("Rhea", "task @labour Inspect the heron farms");
    expect(await w.ask("Rhea", "tasks all heron")).toContain("(1)");
    // The coordinators know that the task is there, and not what it is called.
    expect(await w.ask("Dora", "tasks all")).toMatch(/T-5/);
    for (const name of ["Dora", "Otto", "Obi"]) expect(await w.ask(name, "tasks all heron"), name).toContain("(0)");
  });

  it("by what a leaver had: the count tells of no task that is hidden from who removes", async () => {
    const reply = await w.ask("Lena", "remove @Asa sure");
    expect(reply).not.toMatch(/1 open|open tasks? (is|are) back/);
    expect(reply).toBe((await w.ask("Sid", "remove @Sam sure")).replaceAll("Sam", "Asa"));
  });
});
