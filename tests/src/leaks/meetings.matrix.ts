import { readdirSync, readFileSync } from "node:fs";
import { unzipSync } from "fflate";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { registry } from "../../../commands/index.js";
import type { Delivery, Reply } from "../../../src/chat/index.js";
import { doctor } from "../../../src/cli/doctor.js";
import { listOutbox } from "../../../src/cli/outbox.js";
import { silentLog } from "../../../src/lib/log.js";
import { formOf, relativeDays, textOf, World } from "../../world.js";
import { verdictOf } from "../policy/meeting-oracle.js";
import { LABELS, type Label } from "../policy/task-oracle.js";
import {
  agencyOf,
  channelOf,
  everyWord,
  LANG,
  mentions,
  NAMES,
  type Name,
  PEOPLE,
  spokenByThem,
  within,
} from "./cast.js";
import {
  attendant,
  CONTENT,
  type Held,
  mayRead,
  maySeeAction,
  open,
  sightOfChannel,
  sightOfMeeting,
  WORDS,
  type Word,
  word,
} from "./meeting-cast.js";
import { ABOUT_NONE, ABOUT_ONE, MEETING_COMMANDS, MEETING_NOTICES } from "./rows.js";

// Many answers from a real database: slow where others use the machine too.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

/**
 * The leak matrix of meetings: one of every label, a series and a poll, is filled with words that occur nowhere else and
 * lives a whole life; everything that anybody is shown, or that rests anywhere, is searched for them. What may be where
 * is said by the oracle (tests/src/policy/meeting-oracle.ts) and the ceilings of docs/access.md.
 */

type Seen = {
  path: string;
  /** A person, or a channel of an agency. */
  reader: Name | { channel: string };
  /** The highest label whose words may stand there. */
  ceiling: Label;
  /** Above it these words may stand all the same: a calendar has the link of what its owner is asked to. */
  beside?: readonly Word[];
  text: string;
  /** The reader typed the reference, so it is no news. */
  typed?: string;
  away: boolean;
};

const SITE = "https://coord.example";

describe("what is written into a meeting", () => {
  let w: World;
  const held: Held[] = [];
  const seen: Seen[] = [];
  const queued: unknown[] = [];
  const logged: unknown[] = [];
  const walked = new Set<string>();
  const original = { ...silentLog };
  let payloads = 0;
  let away = false;
  let cells = 0;
  const series = () => held.slice(0, LABELS.length);
  const polls = () => held.slice(LABELS.length);

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
    w.payloads.length = 0;
    await say("Lena", "bind @labour", { conversation: channelOf(w, "Lena", "C-labour", false) });
    await say("Cara", "bind @customs", { conversation: channelOf(w, "Cara", "C-customs", true) });
    await say("Otto", "bind @border", { conversation: channelOf(w, "Otto", "C-border", false) });
    await say("Dora", "meet-rules quorum:1 freeze:1 notice:1 correct:2");
  });
  afterAll(async () => {
    Object.assign(silentLog, original);
    await w.close();
  });

  type Said = { conversation?: ReturnType<typeof channelOf>; typed?: string };

  /** Says it, and keeps the answer as seen. */
  async function say(name: Name, line: string, o: Said = {}) {
    const command = line.split(" ")[0] ?? "";
    walked.add(command);
    const reply = await w.say(name, line, o.conversation ? { conversation: o.conversation } : {});
    answered(name, `answer to ${/^[MD]-/.test(command) ? "a reference" : command}`, reply, o);
    return reply;
  }

  /** Says it and sees that it was done. */
  async function does(name: Name, line: string, as: RegExp) {
    const text = textOf(await say(name, line, { typed: /[MD]-\d+/.exec(line)?.[0] }));
    expect(text, `${name}: ${line}`).toMatch(as);
    return text;
  }

  async function press(name: Name, id: string, value: string, typed?: string) {
    const reply = await w.click(name, id, `north/${value}`);
    answered(name, `button ${id}`, reply, { typed });
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
      if (!name && !conversation.startsWith("C-")) throw new Error(`sent to ${conversation}`);
      seen.push({
        path: `${payload.kind} to ${name ? "a person" : external ? "an external channel" : "a channel"}`,
        reader: name ?? { channel: conversation.slice(2) },
        ceiling: external ? "CLEAR" : "GREEN",
        text: everyWord(payload.message),
        away,
      });
    }
    payloads = w.payloads.length;
  }

  const pass = async (o: Parameters<World["pass"]>[0], step: number) => {
    await w.pass(o, step);
    await settle();
  };

  function write(meeting: Held, at: Word): string {
    const made = word(`${meeting.ref}${meeting.label}`, at);
    meeting.words[at] = made;
    return made;
  }

  function called(label: Label): Held {
    const red = label === "RED";
    const meeting: Held = {
      ref: `M-${held.length + 1}`,
      label,
      organizer: "Faye",
      chair: "Lena",
      secretary: "Rhea",
      persons: red ? ["Asa", "Cara"] : ["Asa", "Cara", "Sid"],
      agencies: red ? [] : ["labour", "iom", "ngo", "customs"],
      guests: [],
      present: [],
      words: {},
      decisions: [],
    };
    held.push(meeting);
    return meeting;
  }
  const invited = ({ label }: Held) => (label === "RED" ? "@Asa, @Cara" : "@labour, @iom, @ngo, @customs, @Asa");
  const where = (meeting: Held) =>
    `place:"${write(meeting, "place")}" link:https://meet.example/${write(meeting, "link")} tlp:${meeting.label} chair:@Lena secretary:@Rhea`;

  it("is called, put to the vote, answered and prepared", async () => {
    for (const label of LABELS) {
      const meeting = called(label);
      const line = `meet Weekly ${write(meeting, "title")} every Tue 12:00 60m with ${invited(meeting)} ${where(meeting)}`;
      await does("Faye", line, new RegExp(`^${meeting.ref} is called for`));
    }
    for (const label of LABELS) {
      const meeting = called(label);
      const line = `meet-poll Plan ${write(meeting, "title")} 60m with ${invited(meeting)} by Wed 17:00 slots:"Thu 10:00; Fri 11:00" ${where(meeting)}`;
      await does("Faye", line, new RegExp(`^${meeting.ref} asks for votes`));
    }
    await settle();
    for (const { ref } of polls()) {
      await does("Asa", `vote ${ref} yes:1`, /Your vote/);
      formOf(await press("Lena", "vote", ref, ref));
    }
    for (const meeting of series()) {
      const { ref, label } = meeting;
      await does("Asa", `attend ${ref} yes`, /Your answer/);
      await does("Cara", `attend ${ref}/1 maybe`, /Your answer/);
      if (label === "RED") await does("Cara", `deputise ${ref} @Cyd`, /RED|named/);
      else {
        await does("Sid", `deputise ${ref}/1 @Sam`, /comes to/);
        meeting.guests.push("Sam");
      }
      await does("Lena", `agenda-add ${ref} Trends ${write(meeting, "item")} for:15m presenter:@Asa`, /Item 1/);
      await does("Faye", `agenda-add ${ref} Standing for:5m standing:yes`, /Item 2/);
      await does("Lena", `agenda-move ${ref} 2 1`, /agenda/);
      await does("Faye", `agenda-drop ${ref} 1`, /off|agenda/);
      const url = `https://papers.example/${write(meeting, "url")}`;
      await does("Asa", `paper ${ref} ${url} About ${write(meeting, "paper")} item:1`, /pack/);
      await does("Lena", `meet-invite ${ref} @Sue`, /1 more|invited|asked/);
      meeting.persons = [...meeting.persons, "Sue"];
    }
    await settle();
    // The pack goes out a working day before.
    await pass({ hours: 3 }, 60);
  });

  const LISTS = [
    ...["inbox", "meetings", "meetings coming", "meetings past", "meetings cancelled", "decisions", "presence"],
    ...["meet-rules", "calendar", "tasks all", "digest", "undelivered"],
  ];

  const LINES = ["M/1", "meet-read M/1", "agenda M/1", "minutes M/1"];
  const FORMS = ["meet-move", "meet-edit", "attendance", "vote", "agenda-add", "correct", "decide", "note"];
  let turn = 0;

  /** Everybody looks at everything that is there. */
  async function look(o: { also?: readonly string[]; lines?: readonly string[]; names?: readonly Name[] } = {}) {
    for (const name of o.names ?? NAMES) {
      for (const meeting of held) {
        const { ref } = meeting;
        const sight = sightOfMeeting(name, meeting, away);
        const card = await say(name, ref, { typed: ref });
        // A look that shows nothing would hide a leak from this test.
        if (sight === "full" && open(meeting.label))
          expect(everyWord(card), `${name} ${ref}`).toContain(meeting.words.title);
        const lines = polls().includes(meeting)
          ? [`meet-read ${ref}`]
          : [...(o.lines ?? LINES), ...(o.also ?? [])].map((line) => line.replace("M", ref));
        for (const line of lines) await say(name, line, { typed: ref });
        // One form of each, another for every reader.
        await press(name, FORMS[turn++ % FORMS.length] ?? "", ref, ref);
        await press(name, "note-edit", `${ref}/1 line:1 v1`, ref);
        for (const decision of [...meeting.decisions, ...(meeting.strict ? [meeting.strict] : [])])
          await say(name, decision, { typed: decision });
      }
      const sights = series().map((meeting) => sightOfMeeting(name, meeting, away));
      const read = series().find((_, n) => sights[n] === "full");
      if (read)
        expect(everyWord(formOf(await say(name, `meet-read ${read.ref}/1`, { typed: read.ref })))).toContain(
          read.words.item,
        );
      const green = series()[1] as Held;
      const external = channelOf(w, name, "C-somewhere", true);
      for (const line of [green.ref, `${green.ref}/1`, `agenda ${green.ref}/1`, `minutes ${green.ref}/1`])
        await say(name, line, { typed: green.ref, conversation: external });
      for (const line of ["meetings", "decisions", "inbox"]) await say(name, line, { conversation: external });
      for (const line of LISTS) await say(name, line);
      // Nobody finds a restricted title or decision by its words, and what is hidden by none.
      for (const meeting of series().filter(({ label }) => ["GREEN", "AMBER", "RED"].includes(label)))
        for (const line of [
          `meetings coming ${meeting.words.title}`,
          `meetings past ${meeting.words.title}`,
          `decisions ${meeting.words.decision ?? "zq"}`,
        ]) {
          const found = textOf(await say(name, line));
          const may = line.startsWith("meetings")
            ? sightOfMeeting(name, meeting, away) === "full"
            : mayRead(name, meeting, away);
          if (!(may && open(meeting.label)))
            expect(found.replaceAll(/zq\w+qz/g, ""), `${name}: ${line}`).not.toMatch(/\([1-9]/);
        }
      answered(name, "home", await w.runtime.receive({ ...w.from(name), type: "home" }), {});
      for (const source of ["agency", "person", "colleague", "party", "invited", "meeting", "decision"])
        answered(
          name,
          "suggest",
          await w.runtime.receive({ ...w.from(name), type: "suggest", source, query: "z" }),
          {},
        );
    }
  }

  /** What each is refused: the sentences may not tell either. Acts that would be done are left out. */
  async function tryAll() {
    for (const name of NAMES)
      for (const [command, { of, after, act }] of Object.entries(ABOUT_ONE)) {
        const refused = series().filter((meeting) => {
          if (act === "read" || of === "D") return !mayRead(name, meeting, away);
          return verdictOf(attendant(name, meeting, away), act, meeting.label) !== "may";
        });
        // One of them for each reader, another for every command.
        for (const meeting of refused.slice(turn++ % Math.max(1, refused.length)).slice(0, 1)) {
          const ref = of === "D" ? meeting.decisions[0] : meeting.ref;
          if (ref === undefined) continue;
          await say(name, `${command} ${ref} ${after}`, { typed: ref });
          await press(name, command, `${ref} ${after}`.trim(), ref);
        }
      }
  }

  it("is looked at by everybody before it is held", async () => {
    await look();
    await settle();
  });

  it("comes to the agenda late, and is moved", async () => {
    // Tomorrow a quarter of an hour before it begins: the agenda is closed, and reminders say that it is about to.
    await pass({ hours: 22, minutes: 46 }, 120);
    for (const meeting of series()) {
      const { ref } = meeting;
      await does("Asa", `agenda-add ${ref} Late ${write(meeting, "late")}`, /waits for the chair/);
      const agenda = await say("Lena", `agenda ${ref}`, { typed: ref });
      if (open(meeting.label)) {
        const [, admit] = /"id":"agenda-admit"[^}]*"value":"north\/([^"]+)"/.exec(everyWord(agenda)) ?? [];
        expect(textOf(await press("Lena", "agenda-admit", admit ?? "", ref))).toContain("agenda");
      }
    }
    await settle();
  });

  it("is held, noted, decided and acted on", async () => {
    await pass({ minutes: 20 }, 10);
    for (const meeting of series()) {
      const { ref, label } = meeting;
      await does("Lena", `start ${ref}`, /has begun/);
      await does("Rhea", `here ${ref}`, /recorded as present/);
      await does("Asa", `here ${ref}`, /recorded as present/);
      meeting.present.push("Lena", "Rhea", "Asa");
      if (label !== "RED") {
        await does("Rhea", `present ${ref} @Sam`, /present/);
        await does("Rhea", `left ${ref} @Sam`, /present/);
      }
      const form = formOf(await press("Rhea", "attendance", ref, ref));
      expect(form.fields.length).toBeGreaterThan(0);
      const decided = await does(
        "Rhea",
        `decide ${ref} To check ${write(meeting, "decision")} for:3`,
        /D-\d+ is decided/,
      );
      const wrong = await does("Rhea", `decide ${ref} Wrongly ${write(meeting, "withdrawn")}`, /D-\d+ is decided/);
      for (const text of [decided, wrong]) meeting.decisions.push(/D-\d+/.exec(text)?.[0] ?? "");
      await does("Rhea", `withdraw ${meeting.decisions[1]}`, /withdrawn/);
      if (label === "GREEN" || label === "AMBER") {
        // Of an open meeting one thing is for those alone who are there.
        const text = await does("Rhea", `decide ${ref} Only ${write(meeting, "strict")} tlp:RED`, /D-\d+ is decided/);
        meeting.strict = /D-\d+/.exec(text)?.[0];
      }
      await does("Rhea", `note ${ref} Somebody said ${write(meeting, "line")} item:1`, /Line 1/);
      await does("Rhea", `note ${ref} It was ${meeting.words.line}`, /Line 2/);
      await does("Rhea", `note-edit ${ref} line:2 It was ${write(meeting, "changed")}`, /Line 2/);
      const to = label === "RED" ? "@Asa" : "@labour";
      await does(
        "Rhea",
        `action ${meeting.decisions[0]} ${to} Draw up ${write(meeting, "action")} by Fri 17:00`,
        /is asked/,
      );
      await does("Rhea", `task ${to} Count ${write(meeting, "born")} by Fri 17:00`, /is asked/);
      await settle();
      for (const name of NAMES) {
        for (const line of [ref, `agenda ${ref}`, `minutes ${ref}`, `meet-read ${ref}`, meeting.decisions[0] ?? ""])
          await say(name, line, { typed: line.startsWith("D") ? line : ref });
        await press(name, "note-edit", `${ref}/1 line:1 v1`, ref);
      }
      await does("Lena", `end ${ref}`, /is over/);
    }
    await settle();
  });

  it("is circulated and corrected", async () => {
    for (const { ref } of series()) await does("Rhea", `circulate ${ref}/1`, /can be corrected/);
    for (const meeting of series()) {
      const { ref, label } = meeting;
      await does("Asa", `correct ${ref}/1 Rather ${write(meeting, "correction")}`, /Your correction 1/);
      if (label === "RED") await does("Cara", `correct ${ref}/1 Rather this`, /present/);
      await does("Rhea", `settle ${ref}/1 1 take`, /taken/);
    }
    await settle();
    for (const { ref } of polls()) await does("Faye", `meet-close ${ref} 1 anyway`, /Thu/);
    await settle();
  });

  it("is looked at by everybody once it was held", async () => {
    await look({ also: ["M/2"] });
    await settle();
  });

  it("is tried by everybody who may not", tryAll);

  it("goes out as files to those who may have them at that moment, once", async () => {
    await files();
    // Silence approves, and the file is sealed; it opens to the same readers.
    await pass({ days: 4 }, 360);
    const approved = await w.runtime.store.owner.selectFrom("approved_minutes").select("sha256").execute();
    expect(approved.length).toBe(LABELS.length);
    await files();
  });

  /** The address of what somebody was given, if they were. */
  const address = (reply: Reply) =>
    /https:\/\/coord\.example\/(?:files\/([\w-]+)|calendar\/([\w-]+)\.ics)/.exec(everyWord(reply));
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

  async function files() {
    for (const name of NAMES) {
      for (const meeting of held) {
        const { ref } = meeting;
        const full = sightOfMeeting(name, meeting, away) === "full";
        const [, invitation] = address(await say(name, `invitation ${ref}`, { typed: ref })) ?? [];
        expect(invitation !== undefined, `invitation ${ref} to ${name}`).toBe(full);
        if (invitation) {
          const file = await w.runtime.files.file(invitation);
          const text = decode(file?.bytes ?? new Uint8Array()).replaceAll("\r\n ", "");
          expect(text).toContain("BEGIN:VEVENT");
          seen.push({
            path: "invitation file",
            reader: name,
            ceiling: "GREEN",
            beside: ["link"],
            text,
            typed: ref,
            away,
          });
          // Above GREEN a calendar knows reference, time and link, and not who else comes.
          if (!open(meeting.label)) {
            expect(text.match(/^ATTENDEE/gm)?.length ?? 0, `attendees in ${ref} to ${name}`).toBeLessThan(2);
            for (const other of NAMES)
              if (other !== name) expect(text, `${other} in ${ref} to ${name}`).not.toContain(`CN="${other}`);
          }
          expect(await w.runtime.files.file(invitation)).toBeUndefined();
        }
        if (polls().includes(meeting)) continue;
        const [, minutes] = address(await say(name, `minutes-file ${ref}/1`, { typed: ref })) ?? [];
        expect(minutes !== undefined, `minutes of ${ref} to ${name}`).toBe(mayRead(name, meeting, away));
        if (minutes) {
          const file = await w.runtime.files.file(minutes);
          const parts = Object.values(unzipSync(file?.bytes ?? new Uint8Array())).map(decode);
          const text = parts.join("\n");
          for (const at of ["title", "place", "item", "url", "line", "changed", "decision", "correction"] as const)
            expect(text, `${at} in the minutes of ${ref}`).toContain(meeting.words[at]);
          seen.push({ path: "word file", reader: name, ceiling: "RED", text, typed: ref, away });
          expect(await w.runtime.files.file(minutes)).toBeUndefined();
        }
      }
      const [, , feed] = address(await say(name, "calendar renew")) ?? [];
      const text = decode((await w.runtime.files.feed(feed ?? ""))?.bytes ?? new Uint8Array()).replaceAll("\r\n ", "");
      expect(text).toContain("BEGIN:VCALENDAR");
      seen.push({ path: "calendar feed", reader: name, ceiling: "GREEN", beside: ["link"], text, away });
    }
  }

  it("is a link that opens nothing once its person may not see it any more", async () => {
    const [, green, amber] = series() as [Held, Held, Held];
    const get = async (line: string, name: Name) =>
      address(await say(name, line, { typed: /M-\d+/.exec(line)?.[0] }))?.[1] ?? "";
    const disabled = (name: Name, active: boolean) =>
      w.runtime.store.owner.updateTable("persons").set({ active }).where("name", "=", name).execute();
    for (const meeting of [green, amber])
      for (const line of [`invitation ${meeting.ref}`, `minutes-file ${meeting.ref}/1`]) {
        const kept = await get(line, "Cyd");
        await disabled("Cyd", false);
        expect(await w.runtime.files.file(kept), line).toBeUndefined();
        await disabled("Cyd", true);
        // The attempt used it up.
        expect(await w.runtime.files.file(kept), line).toBeUndefined();
        const late = await get(line, "Cyd");
        w.clock.moveTo(new Date(w.clock.now().getTime() + 5 * 60_000 + 1_000));
        expect(await w.runtime.files.file(late), line).toBeUndefined();
      }
    const [, , feed] = address(await say("Cyd", "calendar renew")) ?? [];
    await disabled("Cyd", false);
    expect(await w.runtime.files.feed(feed ?? "")).toBeUndefined();
    await disabled("Cyd", true);
    const [, , newer] = address(await say("Cyd", "calendar renew")) ?? [];
    expect(await w.runtime.files.feed(feed ?? "")).toBeUndefined();
    expect(await w.runtime.files.feed(newer ?? "")).toBeDefined();
    // One who is not asked any more: Cara named in the RED meeting, and her seat is taken away.
    const red = series()[4] as Held;
    const kept = await get(`invitation ${red.ref}`, "Cara");
    const seat = w.runtime.store.owner
      .selectFrom("invitees")
      .innerJoin("persons", "persons.id", "invitees.person_id")
      .innerJoin("meetings", "meetings.id", "invitees.meeting_id")
      .select("invitees.id")
      .where("persons.name", "=", "Cara")
      .where("meetings.label", "=", "RED")
      .where("meetings.number", "=", Number(red.ref.slice(2)));
    const { id } = await seat.executeTakeFirstOrThrow();
    await w.runtime.store.owner.deleteFrom("rsvps").where("invitee_id", "=", id).execute();
    await w.runtime.store.owner.deleteFrom("attendance").where("invitee_id", "=", id).execute();
    await w.runtime.store.owner.deleteFrom("invitees").where("id", "=", id).execute();
    red.earlier = { until: seen.length, persons: red.persons };
    red.persons = red.persons.filter((name) => name !== "Cara");
    expect(await w.runtime.files.file(kept)).toBeUndefined();
    const [, , hers] = address(await say("Cara", "calendar renew")) ?? [];
    expect(decode((await w.runtime.files.feed(hers ?? ""))?.bytes ?? new Uint8Array())).not.toContain(`${red.ref}\r`);
    await say("Cara", red.ref, { typed: red.ref });
  });

  it("is moved and called off with a reason, and its chair is away", async () => {
    const before = seen.length;
    await say("Lena", 'away until:"in 30 days" deputy:@Stan');
    away = true;
    for (const meeting of series()) {
      const { ref } = meeting;
      await does("Faye", `meet-move ${ref}/2 next Wed 15:00`, /is now|moved/i);
      await does("Faye", `meet-edit ${ref} place:"${write(meeting, "move")}"`, /changed|edited|new/i);
    }
    await settle();
    for (const meeting of series())
      await does("Faye", `meet-cancel ${meeting.ref}/3 this ${write(meeting, "reason")}`, /called off|cancelled/i);
    for (const meeting of polls())
      await does(
        "Faye",
        `meet-cancel ${meeting.ref} ${write(meeting, "reason")}`,
        /called off|cancelled|was not held/i,
      );
    await settle();
    // One of every way to stand to it, the deputy first.
    const names = ["Stan", "Lena", "Colin", "Dora", "Otto", "Obi", "Sam", "Cara", "Raul", "Ada"] as const;
    await look({ lines: ["M/2", "M/3", "meet-read M/3"], names });
    for (const meeting of series())
      await does("Faye", `meet-cancel ${meeting.ref} all ${meeting.words.reason}`, /called off|cancelled/i);
    await settle();
    await pass({ hours: 30 }, 360);
    for (const name of NAMES) for (const { ref } of held) await say(name, ref, { typed: ref });
    expect(
      seen
        .slice(before)
        .some(({ reader, text }) => reader === "Stan" && text.includes(series()[1]?.words.reason ?? "-")),
    ).toBe(true);
  });

  it("has gone out by every notice there is, and was asked for with every command", async () => {
    const source = readdirSync(new URL("../../../src/meetings/", import.meta.url), {
      recursive: true,
      encoding: "utf8",
    })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => readFileSync(new URL(`../../../src/meetings/${file}`, import.meta.url), "utf8"))
      .join("\n");
    const defined = [...source.matchAll(/defineNotification\(\{\s*id: "([^"]+)"/g)].map((match) => match[1]);
    expect(defined.sort(), "a notice without a row in this matrix").toEqual([...MEETING_NOTICES].sort());
    const rows = await w.runtime.store.owner
      .selectFrom("outbox")
      .select("notice")
      .distinct()
      .where("state", "=", "sent")
      .execute();
    const sent = rows.map((row) => row.notice);
    // To calendars of who drops out, by mail alone: nobody here reads mail (tests/src/meetings/follows.test.ts).
    const told = MEETING_NOTICES.filter((id) => id !== "meeting.parted");
    expect([...told, "reminder", "digest.person"].filter((id) => !sent.includes(id))).toEqual([]);
    const ofMeetings = registry.commands.filter(({ group, name }) => group === "meetings" || name === "meet-rules");
    expect(
      ofMeetings.map(({ name }) => name).filter((name) => !MEETING_COMMANDS.includes(name)),
      "a command without a row",
    ).toEqual([]);
    // A reference alone is the two commands that show one; the leave for a late item is a button.
    const bare = ["meet-show", "decision", "agenda-admit", "attendance"];
    expect(
      [...Object.keys(ABOUT_ONE), ...ABOUT_NONE].filter((name) => !walked.has(name) && !bare.includes(name)),
    ).toEqual([]);
  });

  it("was shown to nobody whom the rules do not let see it", () => {
    const leaks: string[] = [];
    const positives = new Map<string, number>();
    const where = new Set<string>();
    for (const [n, one] of seen.entries()) {
      where.add(one.path);
      const { reader } = one;
      for (const now of held) {
        const meeting = now.earlier && n < now.earlier.until ? { ...now, persons: now.earlier.persons } : now;
        const sight =
          typeof reader === "string"
            ? sightOfMeeting(reader, meeting, one.away)
            : sightOfChannel(reader.channel, meeting);
        const reads =
          typeof reader === "string" ? mayRead(reader, meeting, one.away) : sight === "full" && meeting.label !== "RED";
        for (const at of WORDS) {
          const made = meeting.words[at];
          if (made === undefined) continue;
          cells++;
          if (!one.text.includes(made)) continue;
          const label = at === "strict" ? "RED" : meeting.label;
          const shows = within(label, one.ceiling) || one.beside?.includes(at) === true;
          const right =
            at === "action" || at === "born"
              ? typeof reader === "string"
                ? maySeeAction(reader, meeting, one.away)
                : reads || reader.channel === "labour"
              : at === "strict"
                ? typeof reader === "string" && mayRead(reader, meeting, one.away, "RED") && one.path !== "word file"
                : (CONTENT as readonly Word[]).includes(at)
                  ? sight === "full"
                  : reads;
          if (shows && right) positives.set(one.path, (positives.get(one.path) ?? 0) + 1);
          else
            leaks.push(
              `${meeting.ref} ${meeting.label} ${at} (${sight}, ${reads ? "reads" : "reads not"}) to ${JSON.stringify(reader)} by ${one.path}`,
            );
        }
        cells += 1 + meeting.decisions.length;
        // The reference of what is hidden from somebody reaches them in no way.
        if (sight === "none" && one.typed !== meeting.ref && mentions(one.text, meeting.ref))
          leaks.push(
            `${meeting.ref} ${meeting.label} reference to ${JSON.stringify(reader)} by ${one.path}: ${one.text.slice(0, 300)}`,
          );
        const strictly = typeof reader === "string" && mayRead(reader, meeting, one.away, "RED");
        if (meeting.strict && !strictly && one.typed !== meeting.strict && mentions(one.text, meeting.strict))
          leaks.push(
            `${meeting.strict}, RED, of ${meeting.ref} ${meeting.label} to ${JSON.stringify(reader)} by ${one.path}`,
          );
        for (const decision of meeting.decisions)
          if (!reads && one.typed !== decision && mentions(one.text, decision))
            leaks.push(
              `${decision} of ${meeting.ref} ${meeting.label} to ${JSON.stringify(reader)} by ${one.path}: ${one.text.slice(0, 300)}`,
            );
      }
    }
    console.info(
      `leaks of meetings: ${seen.length} answers, messages and files on ${where.size} paths, ${cells} cells; words shown rightly on ${positives.size} paths`,
    );
    expect([...new Set(leaks)].slice(0, 40)).toEqual([]);
    // Words do come through where they may: the test can see them.
    for (const path of [
      ...[
        "answer to a reference",
        "answer to agenda",
        "answer to minutes",
        "answer to decisions",
        "answer to meetings",
      ],
      ...[
        "answer to meet-read, dialog",
        "answer to minutes, dialog",
        "button note-edit, dialog",
        "answer to inbox",
        "home",
      ],
      ...["post to a person", "update to a person", "post to a channel", "post to an external channel"],
      ...["invitation file", "calendar feed", "word file"],
    ])
      expect(positives.get(path), path).toBeGreaterThan(0);
  });

  it("rests nowhere in the clear when it is restricted, and never beside the meeting", async () => {
    const tables = await sql<{
      name: string;
    }>`select tablename as name from pg_tables where schemaname = 'public'`.execute(w.runtime.store.owner);
    const homes = [
      "meetings",
      "occurrences",
      "agenda_items",
      "papers",
      "record_lines",
      "decisions",
      "corrections",
      "tasks",
      "undos",
    ];
    let searched = 0;
    const wrong: string[] = [];
    for (const { name } of tables.rows) {
      const { rows } = await sql`select to_jsonb(t) as row from ${sql.table(name)} t`.execute(w.runtime.store.owner);
      const text = everyWord(rows);
      for (const { label, words } of held)
        for (const [at, made] of Object.entries(words)) {
          searched++;
          if (text.includes(made) && !(homes.includes(name) && open(label) && at !== "strict"))
            wrong.push(`${at} of ${label} in ${name}`);
        }
      if (["meetings", "papers", "decisions", "corrections", "record_lines", "agenda_items"].includes(name))
        expect(text, name).toContain("zq");
    }
    console.info(`at rest: ${tables.rows.length} tables, ${searched} cells`);
    expect(wrong).toEqual([]);
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
    expect(queued.length).toBeGreaterThan(50);
    for (const [view, text] of Object.entries(views)) {
      expect(text, view).not.toContain("zq");
      expect(text, view).not.toMatch(/\b[MD]-\d/);
    }
    expect(logged.filter((line) => everyWord(line).includes("failed"))).toEqual([]);
  });

  it("has its audit event when a dialog, minutes or a file opened", async () => {
    const events = await w.runtime.store.owner.selectFrom("events").select(["action", "words"]).execute();
    for (const action of ["meeting.read", "minutes.read", "minutes.downloaded"])
      expect(events.filter((event) => event.action === action).length, action).toBeGreaterThan(20);
    // One whose time had passed is closed as not held; its reason is kept alike.
    const off = ["meeting.cancelled", "meeting.not_held"];
    expect(events.filter(({ action, words }) => off.includes(action) && words !== null).length).toBe(held.length);
    expect(agencyOf("Rhea")).toBe("police");
  });
});
