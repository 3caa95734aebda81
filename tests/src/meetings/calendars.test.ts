import ICAL from "ical.js";
import { sql } from "kysely";
import { afterEach, describe, expect, it } from "vitest";
import { createMailAdapter } from "../../../adapters/mail/index.js";
import { linkPerson } from "../../../src/cli/setup.js";
import { invitationFile, ownFile } from "../../../src/meetings/calendar.js";
import { renewFeed } from "../../../src/meetings/feeds.js";
import { MEETINGS } from "../../../src/meetings/store.js";
import { findPersons } from "../../../src/people/store.js";
import { mailServer } from "../../fakes/smtp.js";
import { World, ZONE } from "../../world.js";
import { checkAll } from "../calendar/checkers.js";
import { instantOf, meetingRow, occurrenceRows } from "./rows.js";

/** What a calendar that reads Coord's files shows, held against the database, step by step through the commands. */

const PEOPLE = {
  Sofia: "secretariat coordinator focal_point",
  Maria: "police focal_point staff",
  Eleni: "labour focal_point staff teams",
  Omar: "labour staff teams",
  Jonas: "border focal_point staff",
};
type Name = keyof typeof PEOPLE;
const SITE = "https://coord.example";
const SENDER = "Coord <coord@body.example>";

let w: World;
afterEach(() => w?.close());
const made = new Set<string>();
checkAll(made);

async function world(): Promise<void> {
  w = await World.create({ people: PEOPLE });
  w.runtime.site = SITE;
  await w.runtime.store.owner
    .updateTable("persons")
    .set({ email: sql<string>`lower(name) || '@body.example'` })
    .execute();
}

const person = async (name: string) =>
  w.work(async (work) => {
    const found = (await findPersons(work.tx, {})).find((one) => one.name === name);
    if (!found) throw new Error(`nobody is called ${name}`);
    return found;
  });

async function invitation(name: Name, number = 1): Promise<{ text: string; type: string }> {
  const reader = await person(name);
  const file = await w.work(async (work) => {
    const meeting = await MEETINGS.known({ work: work, viewer: reader }, number);
    if (!meeting) throw new Error("no meeting");
    return invitationFile(work, meeting, reader, { from: SENDER, to: `${name.toLowerCase()}@body.example` });
  });
  made.add(file.text);
  return file;
}

async function feed(name: Name): Promise<string> {
  const { id } = await person(name);
  const url = await w.work((work) => renewFeed(work, id));
  const token = /calendar\/(.+)\.ics$/.exec(url ?? "")?.[1] ?? "";
  const file = await w.runtime.files.feed(token);
  if (!file) throw new Error("the feed is empty");
  const text = new TextDecoder().decode(file.bytes);
  made.add(text);
  return text;
}

const eventsIn = (text: string) => new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent");
const isOverride = (one: ICAL.Component) => one.hasProperty("recurrence-id");

type Turn = { at: string; minutes: number; answers: Record<string, string> };

/** The turns up to a moment, with who comes to each, as ical.js expands them. */
function turnsOf(text: string, until: Date): Turn[] {
  const components = eventsIn(text);
  return components
    .filter((one) => !isOverride(one) && one.getFirstPropertyValue("status") !== "CANCELLED")
    .flatMap((component) => {
      const uid = component.getFirstPropertyValue("uid");
      const exceptions = components.filter((one) => isOverride(one) && one.getFirstPropertyValue("uid") === uid);
      const event = new ICAL.Event(component, { strictExceptions: true, exceptions });
      const turns: Turn[] = [];
      const iterator = event.iterator();
      for (let next = iterator.next(); next && turns.length < 500; next = iterator.next()) {
        const { startDate, item } = event.getOccurrenceDetails(next);
        // One that was moved far ahead comes in its place in the rule.
        if (next.toJSDate() > until) break;
        turns.push({
          at: startDate.toJSDate().toISOString(),
          minutes: item.duration.toSeconds() / 60,
          answers: answersOf(item.component),
        });
      }
      return turns;
    })
    .sort((a, b) => a.at.localeCompare(b.at));
}

const answersOf = (component: ICAL.Component): Record<string, string> =>
  Object.fromEntries(
    component
      .getAllProperties("attendee")
      .map((one) => [String(one.getParameter("cn")).split(",")[0] ?? "", String(one.getParameter("partstat"))]),
  );

const PARTSTAT = { yes: "ACCEPTED", maybe: "TENTATIVE", no: "DECLINED", deputy: "DELEGATED", none: "NEEDS-ACTION" };

/** The same from the rows. */
async function expected(number = 1): Promise<{ turns: Turn[]; until: Date }> {
  const { starts, state, rule, zone } = await meetingRow(w, number);
  const rows = (await occurrenceRows(w, number)).filter(
    (row) => row.rule_wall !== "" && row.rule_wall >= (starts ?? ""),
  );
  const last = rows.at(-1);
  if (!last) throw new Error("nothing is written out");
  const until = rule ? instantOf(last.rule_wall, zone) : last.starts_at;
  const invitees = await w.work((work) =>
    work.tx
      .selectFrom("invitees")
      .innerJoin("persons", "persons.id", "invitees.person_id")
      .innerJoin("meetings", "meetings.id", "invitees.meeting_id")
      .select(["invitees.id", "persons.name", "invitees.guest"])
      .where("meetings.number", "=", number)
      .execute(),
  );
  const rsvps = await w.work((work) => work.tx.selectFrom("rsvps").selectAll().execute());
  const saidTo = (invitee: string, n: number) => rsvps.find((one) => one.invitee_id === invitee && one.n === n)?.answer;
  const turns = rows
    .filter((row) => row.state !== "cancelled" && state !== "cancelled")
    .map((row) => ({
      at: row.starts_at.toISOString(),
      minutes: row.minutes,
      answers: Object.fromEntries(
        invitees
          .filter(({ id, guest }) => !guest || saidTo(id, row.n) !== undefined)
          .map(({ id, name }) => [name, PARTSTAT[saidTo(id, row.n) ?? saidTo(id, 0) ?? "none"]]),
      ),
    }))
    .sort((a, b) => a.at.localeCompare(b.at));
  return { turns, until };
}

let lastSequence: Map<string, number>;
let uid: string | undefined;

/** Both files agree with the rows; sequences never fall, and the whole's rises where something changed. */
async function check(what: string, rises: boolean, number = 1): Promise<void> {
  const { turns, until } = await expected(number);
  const file = await invitation("Maria", number);
  expect(turnsOf(file.text, until), `invitation: ${what}`).toEqual(turns);
  // What is published names no attendees (RFC 5546 3.2.1).
  const published = turns.map((turn) => ({ ...turn, answers: {} }));
  expect(turnsOf(await feed("Maria"), until), `feed: ${what}`).toEqual(published);
  for (const event of eventsIn(file.text)) {
    const own = String(event.getFirstPropertyValue("uid"));
    expect(own).toBe(uid ?? own);
    uid = own;
    const key = String(event.getFirstPropertyValue("recurrence-id") ?? "");
    const sequence = Number(event.getFirstPropertyValue("sequence"));
    const before = lastSequence.get(key) ?? (key ? -1 : Number.NEGATIVE_INFINITY);
    expect(sequence, `sequence of ${key || "the whole"}: ${what}`).toBeGreaterThanOrEqual(before);
    if (rises && key === "") expect(sequence, what).toBeGreaterThan(before);
    lastSequence.set(key, sequence);
  }
}

const begin = () => {
  lastSequence = new Map();
  uid = undefined;
};

describe("a series in calendars", () => {
  it.each([
    ["in Athens", "", "14:30"],
    ["in New York", " America/New_York", "9:15"],
  ])("says what the database says, from the first invitation to the last cancellation, %s", async (_, zone, other) => {
    await world();
    begin();
    const say = async (text: string, name: Name = "Sofia") => {
      const said = await w.ask(name, text);
      expect(said, text).not.toMatch(/not a time|There is no|does not fit|cannot|\[form/);
      return said;
    };
    await say(`meet Weekly every Tue 10:00${zone} 60m with @police, @labour, @border place:"Room 5; left, \\\\2"`);
    await check("called", true);
    await say("attend M-1 yes", "Maria");
    await check("Maria comes to all", false);
    await say("attend M-1/2 no", "Maria");
    await say("attend M-1/3 maybe", "Jonas");
    await check("answers to one", false);
    await say("deputise M-1/4 @Omar", "Eleni");
    await check("a deputy for one", false);
    await say("meet move M-1/2 Thu 3 December 16:00");
    await check("one moved", true);
    await say("attend M-1/2 yes", "Jonas");
    await check("an answer to the one moved", false);
    await say("meet cancel M-1/3 The chair is ill");
    await check("one cancelled", true);
    await say("meet move M-1/5 2026-12-23 11:00 90m");
    await check("another moved, and longer", true);
    await say("meet edit M-1 place:Library");
    await check("another place", true);
    await say("meet invite M-1 @Omar");
    await check("one more invited", true);
    await say("deputise M-1 @Omar", "Eleni");
    await check("a deputy for all", false);
    await say(`meet move M-1 all ${other}`);
    await check("the whole moved in time", true);
    await say("attend M-1 maybe", "Eleni");
    await say("meet cancel M-1/2 Strike");
    await check("one cancelled after the move", true);
    await say("meet move M-1 all every second Thu 11:00 8 times");
    await check("the whole moved to another rule", true);
    await say("meet move M-1/6 2027-02-09 9:00");
    await check("one moved of the new rule", true);
    await say("meet cancel M-1 all No more");
    const off = await invitation("Maria");
    expect(off.type).toContain("method=CANCEL");
    const [whole] = eventsIn(off.text);
    expect(whole?.getFirstPropertyValue("status")).toBe("CANCELLED");
    expect(String(whole?.getFirstPropertyValue("uid"))).toBe(uid);
    expect(Number(whole?.getFirstPropertyValue("sequence"))).toBeGreaterThan(lastSequence.get("") ?? 0);
    expect(eventsIn(await feed("Maria"))).toEqual([]);
  });

  it("held, and moved in time afterwards, keeps what is to come", async () => {
    await world();
    begin();
    await w.ask("Sofia", "meet-rules quorum:none");
    await w.ask("Sofia", "meet Weekly every Tue 10:00 60m 6 times with @police, @labour");
    await check("called", true);
    await w.pass({ days: 1 }, 720);
    await w.ask("Sofia", "start M-1");
    await check("running", false);
    await w.ask("Sofia", "end M-1");
    await check("held", false);
    await w.ask("Sofia", "meet move M-1 all 15:00");
    await check("moved", true);
    expect((await expected()).turns).toHaveLength(5);
    await w.ask("Sofia", "meet cancel M-1/2");
    await w.ask("Sofia", "meet move M-1 all 16:00");
    await check("moved again, with one cancelled", true);
  });

  it("a single meeting moved, answered and called off", async () => {
    await world();
    begin();
    await w.ask("Sofia", "meet Once 2026-12-01 10:00 60m with @police, @labour");
    await check("called", true);
    await w.ask("Maria", "attend M-1 maybe");
    await check("answered", false);
    await w.ask("Sofia", "meet move M-1 2026-12-02 11:00 45m");
    await check("moved", true);
    await w.ask("Maria", "attend M-1 yes");
    await check("answered again", false);
    await w.ask("Sofia", "meet cancel M-1");
    expect((await invitation("Maria")).type).toContain("method=CANCEL");
  });

  it("put into one's own calendar invites nobody, and takes itself out again", async () => {
    await world();
    begin();
    await w.ask("Sofia", "meet Once 2026-12-10 10:00 60m with @police, @labour");
    const reader = await person("Maria");
    const own = () =>
      w.work(async (work) => {
        const meeting = await MEETINGS.known({ work: work, viewer: reader }, 1);
        if (!meeting) throw new Error("no meeting");
        const { text, type } = await ownFile(work, meeting, reader);
        made.add(text);
        return `${type} ${text}`;
      });
    expect(await own()).toMatch(/method=PUBLISH.*METHOD:PUBLISH/s);
    expect(await own()).not.toMatch(/ATTENDEE|RSVP/);
    await w.ask("Sofia", "meet cancel M-1");
    expect(await own()).toMatch(/METHOD:CANCEL/);
  });

  it("of a restricted meeting says reference and time alone, and no address but the reader's own", async () => {
    await world();
    await w.ask("Sofia", 'meet Raid on the harbour 2026-12-01 10:00 60m with @police tlp:AMBER place:"Pier 7"');
    const { text } = await invitation("Maria");
    expect(text).toContain("METHOD:REQUEST");
    expect(text).toContain("SUMMARY:M-1");
    for (const secret of ["Raid", "harbour", "Pier 7"]) expect(text.replaceAll("\r\n ", "")).not.toContain(secret);
    for (const [, address] of text.replaceAll("\r\n ", "").matchAll(/mailto:([^\r\n"]+)/g))
      expect(address).toMatch(/^(?:coord|maria)@body\.example$/);
  });
});

/** The calendar files of a mail. */
function attached(mail: string): { type: string; text: string }[] {
  const boundary = /boundary="?([^"\r\n;]+)"?/.exec(mail)?.[1];
  if (!boundary) return [];
  return mail
    .split(`--${boundary}`)
    .filter((part) => /filename="?[^"\r\n]*\.ics/.test(part))
    .map((part) => {
      const [head = "", ...body] = part.replace(/^\r\n/, "").split("\r\n\r\n");
      const raw = body.join("\r\n\r\n");
      const unquoted = () =>
        raw.replace(/=\r\n/g, "").replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
      const text = /base64/i.test(head)
        ? Buffer.from(raw, "base64").toString()
        : Buffer.from(/quoted-printable/i.test(head) ? unquoted() : raw, "latin1").toString();
      return { type: /content-type: ([^\r]+(?:\r\n\s[^\r]+)*)/i.exec(head)?.[1] ?? "", text };
    });
}

describe("in mail", () => {
  it("somebody on neither platform gets the invitation as a file, and what becomes of it, without a word of people", async () => {
    await world();
    const mail = await mailServer();
    const adapter = createMailAdapter({ smtpUrl: mail.url, from: "coord@body.example" });
    try {
      w.runtime.adapters.set("mail", adapter);
      await linkPerson(w.runtime, "police", {
        ...{ name: "Anna", account: ["mail:anna@police.example"], role: ["staff"] as ["staff"], zone: ZONE },
        email: "anna@police.example",
      });
      await w.settle();
      mail.mails.length = 0;
      // Nobody can mention her on a platform.
      await w.ask("Sofia", "meet Border watch every Tue 10:00 60m with anna@police.example, @labour");
      if ((await w.work((work) => work.tx.selectFrom("meetings").selectAll().execute())).length === 0)
        await w.ask("Sofia", "meet Border watch every Tue 10:00 60m with @anna, @labour");
      await w.settle();
      const first = mail.mails.flatMap(attached);
      expect(first).toHaveLength(1);
      expect(first[0]?.type).toMatch(/text\/calendar.*method=REQUEST/s);
      const { turns, until } = await expected();
      expect(turnsOf(first[0]?.text ?? "", until)).toEqual(turns);
      expect(first[0]?.text.replaceAll("\r\n ", "")).toContain("mailto:anna@police.example");
      mail.mails.length = 0;
      await w.ask("Sofia", "meet move M-1/2 2 December 16:00");
      await w.settle();
      await w.ask("Sofia", "meet cancel M-1/3 Strike");
      await w.settle();
      await w.ask("Sofia", "meet cancel M-1 all Strike");
      await w.settle();
      const later = mail.mails.flatMap(attached);
      expect(later.map(({ type }) => /method=(\w+)/.exec(type)?.[1])).toEqual(["REQUEST", "CANCEL", "CANCEL"]);
      for (const { text } of [...first, ...later]) made.add(text);
      for (const one of mail.mails) expect(one).not.toContain("Strike");
    } finally {
      adapter.close();
      await mail.close();
    }
  });
});
