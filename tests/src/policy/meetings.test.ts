import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listMeetings } from "../../../src/meetings/lists.js";
import { meetingsOf } from "../../../src/meetings/store.js";
import type { Person } from "../../../src/people/model.js";
import { findPersons } from "../../../src/people/store.js";
import {
  type MeetingSubject,
  mayMeeting,
  mayReadRecord,
  meetingsKnownTo,
  meetingsSeenBy,
  sightOfMeeting,
  type Viewer,
} from "../../../src/policy/index.js";
import { START, World } from "../../world.js";
import {
  type Attendant,
  NAMED,
  type Named,
  RELATIONS,
  type Relation,
  readsRecord,
  sightOf,
  verdictOf,
} from "./meeting-oracle.js";
import { LABELS, type Label, ROLES, type Role } from "./task-oracle.js";

const MINE = "mine";

/** A meeting to which the viewer, and whom they stand in for, stand as described. */
function subjectOf(who: Attendant, label: Label): MeetingSubject {
  const at = (named: Named) => [
    ...(who.named === named ? ["viewer"] : []),
    ...(who.deputyOf?.named === named ? ["absent"] : []),
  ];
  const [organizerId = "another"] = at("organizer");
  return {
    label,
    state: "scheduled",
    organizerId,
    organizerAgencyId: who.agency === "organizer's" ? MINE : "another agency",
    officerIds: [...at("chair"), ...at("secretary"), "third"],
    invitedIds: ["fourth", ...at("invited"), ...at("guest")],
    invitedAgencyIds: ["some agency", ...(who.agency === "invited" ? [MINE] : [])],
  };
}

const viewerOf = (who: Attendant): Viewer => ({
  id: who.actingFor ? "" : "viewer",
  agencyId: MINE,
  roles: who.roles,
  ...(who.deputyOf ? { standsInFor: [{ id: "absent", roles: who.deputyOf.roles }] } : {}),
  ...(who.actingFor ? { onBehalf: true as const } : {}),
});

const ROLE_SETS: Role[][] = [
  [],
  ...ROLES.map((role) => [role]),
  ...ROLES.flatMap((a, i) => ROLES.slice(i + 1).map((b) => [a, b])),
];
const DEPUTIES: Attendant["deputyOf"][] = [
  undefined,
  ...NAMED.flatMap((named) => ROLES.map((role) => ({ named, roles: [role] }))),
];

function everybody(): Attendant[] {
  const all: Attendant[] = [];
  for (const agency of RELATIONS) {
    // One organizer a meeting.
    for (const named of NAMED)
      for (const roles of ROLE_SETS)
        for (const deputyOf of DEPUTIES)
          if (!(named === "organizer" && deputyOf?.named === "organizer")) all.push({ agency, named, roles, deputyOf });
    all.push({ agency, named: "none", roles: ["focal_point", "staff"], actingFor: true });
  }
  return all;
}

describe("the rule of one meeting", () => {
  it("says of everybody what the text says", () => {
    let cells = 0;
    const wrong: string[] = [];
    const met = new Set<string>();
    const compare = (who: Attendant, label: Label, what: string, is: unknown, should: unknown) => {
      cells++;
      met.add(`${what} ${should}`);
      if (is !== should) wrong.push(`${what}: ${is}, should be ${should}: ${label} ${JSON.stringify(who)}`);
    };
    for (const who of everybody())
      for (const label of LABELS) {
        const viewer = viewerOf(who);
        const subject = subjectOf(who, label);
        compare(who, label, "sight", sightOfMeeting(viewer, subject), sightOf(who, label));
        for (const act of ["see", "run", "answer", "propose"] as const)
          compare(who, label, act, mayMeeting(viewer, act, subject) ?? "may", verdictOf(who, act, label));
        for (const present of [true, false]) {
          // A record names persons; somebody else was there too, and where one stands in, the absent is not.
          const ids = ["fourth", ...(present && !who.actingFor ? ["viewer"] : [])];
          compare(who, label, "record", mayReadRecord(viewer, subject, ids), readsRecord(who, label, present));
        }
        // Being recorded as present is for the present: it passes to nobody.
        const absent = mayReadRecord(viewer, subject, ["absent", ""]);
        compare(who, label, "record of the absent", absent, readsRecord(who, label, false));
      }
    console.info(`meetings: ${cells} cells`);
    expect(wrong.slice(0, 20)).toEqual([]);
    expect(met).toEqual(
      new Set([
        ...["sight none", "sight outline", "sight full", "see may", "see hidden"],
        ...["run", "answer", "propose"].flatMap((act) => ["may", "hidden", "party"].map((is) => `${act} ${is}`)),
        ...["record true", "record false", "record of the absent true", "record of the absent false"],
      ]),
    );
  });
});

describe("the rule of one meeting, the predicate of lists, and the text", () => {
  let w: World;
  let people: Person[];
  const PEOPLE = {
    Org: "police staff",
    Colleague: "police staff",
    Chief: "police focal_point",
    Numbers: "police rapporteur",
    Chair: "labour staff",
    Named: "labour staff",
    Worker: "labour staff",
    Leading: "labour focal_point",
    Keys: "labour admin",
    Guest: "iom staff",
    Other: "iom staff",
    Head: "iom focal_point",
    Watcher: "ngo observer",
    Centre: "secretariat coordinator",
    Reporter: "secretariat rapporteur",
    Stranger: "border focal_point staff",
  };
  const id = (name: string) => people.find((person) => person.name === name)?.id ?? "";
  const agency = (name: string) => people.find((person) => person.agency.handle === name)?.agencyId ?? "";
  /** Who is asked: persons, agencies with nobody here, guests. */
  const ASKED: { persons: string[]; seats: string[]; guests: string[] }[] = [
    { persons: [], seats: [], guests: [] },
    { persons: ["Named"], seats: [], guests: [] },
    { persons: ["Leading", "Named"], seats: ["ngo"], guests: ["Guest"] },
    { persons: ["Keys", "Reporter"], seats: ["labour"], guests: [] },
    { persons: [], seats: ["iom"], guests: ["Worker"] },
    { persons: ["Watcher"], seats: ["border"], guests: ["Numbers"] },
  ];
  const ORGANIZERS = [
    ["Org", "police"],
    ["Centre", "secretariat"],
    // Called by the secretariat for an agency.
    ["Centre", "iom"],
  ] as const;
  type Facts = { label: Label; organizer: string; from: string; chair?: string; secretary?: string; asked: number };
  const facts: Facts[] = [];

  beforeAll(async () => {
    w = await World.create({ people: PEOPLE });
    people = await w.work((work) => findPersons(work.tx, {}));
    await w.work(async (work) => {
      for (const label of LABELS)
        for (const asked of ASKED.keys())
          for (const called of ORGANIZERS) {
            const [organizer, from] = called;
            for (const [index, [chair, secretary]] of ([[], ["Chair"], ["Stranger", "Colleague"]] as const).entries()) {
              // Each pair of organizer, officers, asked and label is there; who presides opens a meeting whoever called
              // it, and one organizer in three shows that for each who is asked.
              if (ORGANIZERS.indexOf(called) !== (index + asked + LABELS.indexOf(label)) % ORGANIZERS.length) continue;
              const meeting = randomUUID();
              facts.push({ label, organizer, from, chair, secretary, asked });
              const number = facts.length;
              await work.tx
                .insertInto("meetings")
                .values({
                  id: meeting,
                  number,
                  title: `meeting ${number}`,
                  label,
                  state: (["polling", "scheduled", "cancelled"] as const)[number % 3] ?? "polling",
                  zone: "Europe/Athens",
                  starts: null,
                  rule: null,
                  minutes: 60,
                  place: null,
                  link: null,
                  organizer_id: id(organizer),
                  organizer_agency_id: agency(from),
                  chair_id: chair ? id(chair) : null,
                  secretary_id: secretary ? id(secretary) : null,
                  reason: null,
                  poll_until: null,
                  created_at: START,
                })
                .execute();
              const { persons, seats, guests } = ASKED[asked] as (typeof ASKED)[number];
              const seat = (agency_id: string, person_id: string | null, guest: boolean) => ({
                ...{ id: randomUUID(), meeting_id: meeting, agency_id, person_id, guest, added_at: START },
              });
              const rows = [
                ...persons.map((name) => seat(agency(PEOPLE[name as "Org"].split(" ")[0] ?? ""), id(name), false)),
                ...seats.map((handle) => seat(agency(handle), null, false)),
                ...guests.map((name) => seat(agency(PEOPLE[name as "Org"].split(" ")[0] ?? ""), id(name), true)),
              ];
              if (rows.length) await work.tx.insertInto("invitees").values(rows).execute();
            }
          }
    });
  });
  afterAll(() => w.close());

  /** What the text asks to know of a person, from the facts alone. */
  function attendant(viewer: Viewer, fact: Facts): Attendant {
    const name = (one: string) => people.find((person) => person.id === one)?.name;
    const handle = people.find((person) => person.agencyId === viewer.agencyId)?.agency.handle ?? "";
    const { persons, seats, guests } = ASKED[fact.asked] as (typeof ASKED)[number];
    const invitedAgencies = [...seats, ...persons.map((one) => PEOPLE[one as "Org"].split(" ")[0])];
    const agency: Relation = invitedAgencies.includes(handle)
      ? "invited"
      : fact.from === handle
        ? "organizer's"
        : "not invited";
    const named = (one: string | undefined): Named =>
      one === undefined
        ? "none"
        : one === fact.organizer
          ? "organizer"
          : one === fact.chair
            ? "chair"
            : one === fact.secretary
              ? "secretary"
              : persons.includes(one)
                ? "invited"
                : guests.includes(one)
                  ? "guest"
                  : "none";
    const absent = viewer.standsInFor?.[0];
    return {
      agency,
      named: named(name(viewer.id)),
      roles: viewer.roles,
      ...(absent ? { deputyOf: { named: named(name(absent.id)), roles: absent.roles } } : {}),
      ...(viewer.onBehalf ? { actingFor: true as const } : {}),
    };
  }

  it("agree on every meeting for everybody, and the counts too", async () => {
    await w.work(async (work) => {
      const rows = await work.tx.selectFrom("meetings").selectAll().orderBy("number").execute();
      const meetings = await meetingsOf(work, rows);
      // Everybody as they are, in each single role and as a deputy; the secretariat for an agency; a channel.
      const viewers: { name: string; viewer: Viewer }[] = people.flatMap((person) => [
        { name: person.name, viewer: person },
        ...ROLES.map((role) => ({ name: `${person.name} as ${role}`, viewer: { ...person, roles: [role] } })),
        ...people
          .filter((away) => away.agencyId === person.agencyId && away.id !== person.id)
          .map((away) => ({
            name: `${person.name} for ${away.name}`,
            viewer: { ...person, standsInFor: [{ id: away.id, roles: away.roles }] },
          })),
      ]);
      for (const agencyId of new Set(people.map((person) => person.agencyId))) {
        viewers.push({
          name: "on behalf",
          viewer: { id: "", agencyId, roles: ["focal_point", "staff"], onBehalf: true },
        });
        viewers.push({ name: "channel", viewer: { id: "", agencyId, roles: ["staff"] } });
        viewers.push({ name: "nobody", viewer: { id: "", agencyId, roles: [] } });
      }
      let cells = 0;
      const sizes = new Set<number>();
      for (const { name, viewer } of viewers) {
        const text = meetings.map((_, n) => sightOf(attendant(viewer, facts[n] as Facts), (facts[n] as Facts).label));
        const rule = meetings.map(({ subject }) => sightOfMeeting(viewer, subject));
        expect(rule, name).toEqual(text);
        const numbers = async (where: typeof meetingsSeenBy) => {
          const found = await work.tx.selectFrom("meetings").select("number").where(where(viewer)).execute();
          return found.map((row) => row.number).sort((a, b) => a - b);
        };
        const full = meetings.filter((_, n) => rule[n] === "full").map(({ number }) => number);
        const known = meetings.filter((_, n) => rule[n] !== "none").map(({ number }) => number);
        expect(await numbers(meetingsSeenBy), name).toEqual(full);
        expect(await numbers(meetingsKnownTo), name).toEqual(known);
        const off = meetings.filter(({ state }, n) => state === "cancelled" && rule[n] !== "none");
        expect((await listMeetings(work, viewer, { view: "cancelled", page: 1 })).total, name).toBe(off.length);
        const open = meetings.filter(
          ({ label, state }, n) => state === "cancelled" && rule[n] === "full" && ["CLEAR", "GREEN"].includes(label),
        );
        const found = await listMeetings(work, viewer, { view: "cancelled", words: "meeting", page: 1 });
        expect(found.total, name).toBe(open.length);
        sizes.add(full.length);
        cells += meetings.length;
      }
      console.info(`sight of meetings: ${cells} pairs of ${meetings.length} meetings and ${viewers.length} viewers`);
      expect(sizes.size).toBeGreaterThan(8);
    });
  });

  it("holds the wall of the body under both", async () => {
    const other = await w.runtime.store.inBody(randomUUID(), (tx) => tx.selectFrom("meetings").select("id").execute());
    expect(other).toEqual([]);
  });
});
