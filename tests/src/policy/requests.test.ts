import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Person } from "../../../src/people/model.js";
import { findPersons } from "../../../src/people/store.js";
import {
  isSecondPair,
  mayRequest,
  type RequestAct,
  type RequestSubject,
  requestRule,
  requestsKnownTo,
  sightOfRequest,
  standing,
  type Viewer,
} from "../../../src/policy/index.js";
import { EMPTY } from "../../../src/requests/fields.js";
import { KIND_NAMES } from "../../../src/requests/kinds.js";
import { requestsOf, sealedContent } from "../../../src/requests/store.js";
import { START, World } from "../../world.js";
import {
  ACTS,
  type Act,
  type Facts,
  FLAGS,
  type Flag,
  LABELS,
  type Named,
  namesOf,
  READERS,
  ruleOf,
  type Side,
  STATES,
  sight,
  stands,
  verdict,
  type Who,
} from "./request-oracle.js";
import { ROLES, type Role } from "./task-oracle.js";

/** Every act there is must have its rule in the oracle, and no other: the compiler holds it. */
const acts: Record<Act, RequestAct> & Record<RequestAct, Act> = Object.fromEntries(
  Object.keys(ACTS).map((act) => [act, act]),
) as never;
const ALL = Object.values(acts);

const AGENCY: Record<Side, string> = { asking: "police", asked: "sudpolice", elsewhere: "border" };
const idOf = (name: Named | undefined, otherwise: string) => (name ? `the ${name}` : otherwise);

const viewer = ({ side, is, roles, deputyOf, actingFor, speaks, onDuty }: Who): Viewer => ({
  id: actingFor ? "" : idOf(is, "me"),
  agencyId: AGENCY[side],
  roles,
  standsInFor: deputyOf && [{ id: idOf(deputyOf.is, "away"), roles: deputyOf.roles }],
  onBehalf: actingFor,
  ...{ speaks, onDuty },
});

const subject = (at: Facts): RequestSubject => ({
  kind: ({ decides: "police", watches: "special_technique", none: "mla" } as const)[at.duty],
  ...{ state: at.state, flags: at.flags, label: at.label, sent: at.sent, entered: at.entered },
  ...{ fromAgencyId: AGENCY.asking, toAgencyId: at.onCoord ? AGENCY.asked : null },
  drafterId: at.entered ? "the clerk" : "the drafter",
  approverId: namesOf(at).includes("approver") ? "the approver" : null,
  executorId: namesOf(at).includes("executor") ? "the executor" : null,
  officerIds: at.label === "RED" ? ["the officer", "the their officer"] : [],
});

const BOTH = [true, false] as const;
const DUTY = ["decides", "watches", "none"] as const;
/** Nothing open, each thing open alone, everything open at once. */
const flagSets: Flag[][] = [[], ...FLAGS.map((flag) => [flag as Flag]), [...FLAGS] as Flag[]];
const facts = (sets: Flag[][]): Facts[] =>
  STATES.flatMap((state) =>
    LABELS.flatMap((label) =>
      sets.flatMap((flags) =>
        BOTH.flatMap((sent) =>
          BOTH.flatMap((onCoord) =>
            BOTH.flatMap((entered) =>
              DUTY.map(
                (duty): Facts => ({
                  ...{ state: state as Facts["state"], flags, label, sent, onCoord, entered, duty },
                }),
              ),
            ),
          ),
        ),
      ),
    ),
  );
const everywhere = facts(flagSets).map((at) => ({ at, request: subject(at) }));
/** What decides about sight, with nothing open and with everything. */
const coarse = everywhere.filter(
  ({ at }) => !at.entered && (at.flags.length === 0 || at.flags.length === FLAGS.length),
);

/** All 64 ways to hold roles, none among them. */
const roleSets: Role[][] = Array.from({ length: 2 ** ROLES.length }, (_, bits) =>
  ROLES.filter((_role, n) => bits & (1 << n)),
);

/** Where the policy and the oracle differ, in words; and how often each answer was given. */
function differences(people: readonly (readonly [string, Who])[], where: typeof everywhere) {
  const wrong: string[] = [];
  const counts: Record<string, number> = {};
  for (const [name, who] of people) {
    const me = viewer(who);
    for (const { at, request } of where) {
      const say = (what: string) => wrong.push(`${name}: ${what} ${JSON.stringify(at)}`);
      const [seen, due] = [sightOfRequest(me, request), sight(who, at)];
      if (seen !== due) say(`sees ${seen}, not ${due}`);
      for (const act of ALL) {
        // What went first may owe a risk assessment or an approval, so whether who drafted it says that it is there is
        // not looked at here: whoever approves does.
        if (act === "settle_paper" && stands(who, "complete", at) && !stands(who, "approve", at)) continue;
        const [said, right] = [mayRequest(me, act, request) ?? "may", verdict(who, act, at)];
        counts[said] = (counts[said] ?? 0) + 1;
        if (said !== right) say(`${act} ${said}, not ${right}`);
        const [is, should] = [standing(me, act, request), stands(who, act, at)];
        if (is !== should) say(`${act} is ${is}, not ${should}`);
      }
    }
  }
  return { wrong, counts };
}

describe("mayRequest, standing and sightOfRequest against the oracle", () => {
  it("knows the states, labels and acts that the oracle knows", () => {
    // What the database lets in is what there is.
    const read = (name: string) =>
      readFileSync(new URL(`../../../src/store/migrations/${name}.sql`, import.meta.url), "utf8");
    const listed = (column: string, name = "0035_requests") => {
      const sql = read(name);
      const found = new RegExp(`check \\(${column} in\\s*\\(([^)]*)\\)\\)`).exec(sql)?.[1] ?? "";
      return [...found.matchAll(/'([^']*)'/g)].map(([, word]) => word);
    };
    expect(listed("state")).toEqual(STATES);
    expect(listed("label", "0045_named_officers")).toEqual(LABELS);
  });

  it.each(ALL)("%s: from its states alone, to where it leads, in need of what it answers", (act) => {
    const { from, to, recordable, needs } = requestRule(act);
    const { when, leads, recorded, answers } = ruleOf(act);
    expect([...from].sort()).toEqual([...when].sort());
    expect({ to, recordable, needs }).toEqual({ to: leads, recordable: recorded, needs: answers });
  });

  const told = new Set<string>();
  it.each(Object.entries<Who>(READERS))("%s", (name, who) => {
    const { wrong, counts } = differences([[name, who]], everywhere);
    expect(wrong.slice(0, 10)).toEqual([]);
    for (const said of Object.keys(counts)) told.add(said);
  });

  it("gives every answer somewhere: a table that never says no proves nothing", () => {
    expect([...told].sort()).toEqual(["flag", "hidden", "may", "party", "state"]);
  });

  it("agrees for every set of roles, for whoever is named and whoever is not", () => {
    const people = (["asking", "asked", "elsewhere"] as const).flatMap((side) =>
      ([undefined, "drafter", "approver", "executor"] as const)
        // A name counts at its own agency; who has left it is looked at below.
        .filter((is) => !is || (is === "executor" ? side === "asked" : side === "asking"))
        .flatMap((is) =>
          roleSets.map((roles) => [`${is ?? "somebody"} ${side} ${roles}`, { side, is, roles } as Who] as const),
        ),
    );
    expect(differences(people, coarse).wrong.slice(0, 10)).toEqual([]);
  });

  it("agrees about deputies: whoever stands in may and sees what the other would", () => {
    const away = [undefined, "drafter", "approver", "executor"] as const;
    const people = (["asking", "asked"] as const).flatMap((side) =>
      away
        .filter((is) => !is || (is === "executor" ? side === "asked" : side === "asking"))
        .flatMap((is) =>
          ROLES.flatMap((held) =>
            ROLES.map(
              (role) =>
                [
                  `${role} ${side} for ${is ?? "a"} ${held}`,
                  { side, roles: [role], deputyOf: { is, roles: [held] } } as Who,
                ] as const,
            ),
          ),
        ),
    );
    expect(differences(people, coarse).wrong.slice(0, 10)).toEqual([]);
  });
});

describe("rules that hold whoever looks", () => {
  const role = fc.subarray([...ROLES]);
  const party = fc.constantFrom("police", "sudpolice", "border");
  const name = fc.constantFrom("a", "b", "c", "d");
  const viewers: fc.Arbitrary<Viewer> = fc.record({
    ...{ id: name, agencyId: party, roles: role },
    standsInFor: fc.array(fc.record({ id: name, roles: role }), { maxLength: 2 }),
    ...{ speaks: fc.boolean(), onDuty: fc.boolean() },
  });
  const requests: fc.Arbitrary<RequestSubject> = fc.record({
    kind: fc.constantFrom(...KIND_NAMES),
    state: fc.constantFrom(...(STATES as readonly Facts["state"][])),
    flags: fc.subarray([...(FLAGS as readonly Flag[])]),
    label: fc.constantFrom(...LABELS),
    officerIds: fc.subarray(["a", "b", "c", "d"]),
    fromAgencyId: fc.constant("police"),
    drafterId: name,
    toAgencyId: fc.constantFrom("sudpolice", null),
    executorId: fc.option(name, { nil: null }),
    approverId: fc.option(name, { nil: null }),
    ...{ sent: fc.boolean(), entered: fc.boolean() },
  });
  const order = ["none", "outline", "full"];
  const seen = (me: Viewer, request: RequestSubject) => order.indexOf(sightOfRequest(me, request));

  it("a stricter label never shows more, and a role that is lost never does", () => {
    fc.assert(
      fc.property(viewers, requests, (me, request) => {
        const loose = seen(me, { ...request, label: "AMBER" });
        const strict = seen(me, { ...request, label: "AMBER+STRICT" });
        expect(strict).toBeLessThanOrEqual(loose);
        // But for whom it names.
        expect(seen(me, { ...request, label: "RED", officerIds: [] })).toBeLessThanOrEqual(strict);
        for (const lost of me.roles)
          expect(seen({ ...me, roles: me.roles.filter((one) => one !== lost) }, request)).toBeLessThanOrEqual(
            seen(me, request),
          );
      }),
    );
  });

  it("an agency that takes no part knows of nothing but by its coordinators, and what it did not see it cannot do", () => {
    fc.assert(
      fc.property(viewers, requests, fc.constantFrom(...ALL), (me, request, act) => {
        const known = sightOfRequest(me, request);
        if (known === "none") expect(mayRequest(me, act, request)).toBe("hidden");
        const takesPart = me.agencyId === request.fromAgencyId || me.agencyId === request.toAgencyId;
        const clerk = request.entered && me.id === request.drafterId;
        if (!takesPart && !clerk)
          expect(known).toBe(
            request.sent && me.roles.includes("coordinator") && request.label !== "RED" ? "outline" : "none",
          );
      }),
    );
  });

  it("the two sides never hold the same act, and nobody records what the other side does itself", () => {
    fc.assert(
      fc.property(viewers, requests, fc.constantFrom(...ALL), (me, request, act) => {
        const how = standing(me, act, request);
        if (how === "recorded") expect(request.toAgencyId).toBeNull();
        // Of RED each side names its own officers.
        if (
          act === "read" ||
          act === "stop" ||
          act === "officer" ||
          how !== "own" ||
          (request.entered && me.id === request.drafterId)
        )
          return;
        const asks = ruleOf(act).whose.some((part) => ["drafter", "approver", "night"].includes(part));
        expect(me.agencyId).toBe(asks ? request.fromAgencyId : request.toAgencyId);
      }),
    );
  });

  it("what is over is only read, and made formal", () => {
    fc.assert(
      fc.property(viewers, requests, fc.constantFrom(...ALL), (me, request, act) => {
        if (mayRequest(me, act, { ...request, state: "withdrawn" }) === undefined) expect(act).toBe("read");
        if (mayRequest(me, act, { ...request, state: "closed" }) === undefined)
          expect(["read", "formalise", "disclose"]).toContain(act);
      }),
    );
  });
});

describe("the second pair of eyes", () => {
  const focal: Role[] = ["focal_point"];
  const me = (id: string, roles: Role[], more: Partial<Viewer> = {}): Viewer => ({
    ...{ id, agencyId: "police", roles },
    ...more,
  });
  const standIn = (...standsInFor: { id: string; roles: Role[] }[]) => ({ standsInFor });
  /** Who drafted it is `petra`; who really acts comes third, where it is not the viewer. */
  const rows: [what: string, viewer: Viewer, second: boolean, actor?: string][] = [
    ["another focal point", me("pavel", focal), true],
    ["who drafted it, focal point though they be", me("petra", focal), false],
    [
      "who drafted it, for the focal point who is away",
      me("petra", ["staff"], standIn({ id: "pavel", roles: focal })),
      false,
    ],
    [
      "a deputy of the focal point who drafted it",
      me("dora", ["staff"], standIn({ id: "petra", roles: focal })),
      false,
    ],
    ["a deputy of another focal point", me("dora", ["staff"], standIn({ id: "pavel", roles: focal })), true],
    [
      "a deputy of both",
      me("dora", ["staff"], standIn({ id: "petra", roles: focal }, { id: "pavel", roles: focal })),
      true,
    ],
    [
      "a focal point who also stands in for who drafted it",
      me("pavel", focal, standIn({ id: "petra", roles: focal })),
      true,
    ],
    ["staff that speaks where there is no focal point", me("paul", ["staff"], { speaks: true }), true],
    ["staff", me("paul", ["staff"]), false],
    // Acting for an agency has no id of its own: who typed it counts.
    ["the secretariat, for an agency, of what it drafted", me("", focal, { onBehalf: true }), false, "petra"],
    ["the secretariat, for an agency, by somebody else there", me("", focal, { onBehalf: true }), true, "sofia"],
  ];
  it.each(rows)("%s", (_what, viewer, second, actor) => {
    expect(isSecondPair(viewer, actor ?? viewer.id, "petra")).toBe(second);
  });
});

describe("the predicate of every list, beside the rule of a single look", () => {
  let w: World;
  let people: Person[];
  /** Printed where it fails, so that the same rows come again. */
  const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31);

  beforeAll(async () => {
    w = await World.create({
      people: {
        Kostas: "coast staff",
        Katia: "coast staff",
        Klio: "coast focal_point",
        Kimon: "coast coordinator",
        Kyra: "coast rapporteur",
        Sami: "sudpolice focal_point staff",
        Sara: "sudpolice staff",
        Selim: "sudpolice admin",
        Soraya: "sudpolice observer",
        Eleni: "border focal_point staff",
        Sofia: "secretariat coordinator",
        Raul: "secretariat rapporteur",
      },
    });
    people = await w.work((work) => findPersons(work.tx, {}));
    const agencies = [...new Set(people.map(({ agencyId }) => agencyId))];
    const persons = people.map(({ id }) => id);
    const rows = fc.record({
      state: fc.constantFrom(...(STATES as readonly Facts["state"][])),
      kind: fc.constantFrom(...KIND_NAMES),
      flags: fc.subarray([...(FLAGS as readonly Flag[])]),
      label: fc.constantFrom(...LABELS),
      officers: fc.subarray(persons, { maxLength: 3 }),
      from_agency_id: fc.constantFrom(...agencies),
      // Anybody at all: who drafted it may have left the agency since.
      drafter_id: fc.constantFrom(...persons),
      to: fc.option(fc.constantFrom(...agencies)),
      executor_id: fc.option(fc.constantFrom(...persons)),
      approver_id: fc.option(fc.constantFrom(...persons)),
      ...{ sent: fc.boolean(), entered: fc.boolean() },
    });
    await w.work(async (work) => {
      const authority = randomUUID();
      await work.tx
        .insertInto("authorities")
        .values({
          ...{
            id: authority,
            number: 55,
            name: "Ministry of Justice",
            plain: "ministry of justice",
            kind: "central_authority",
          },
          ...{ other_names: [], langs: [], channels: [], networks: [] },
          ...{ country: "FR", functions: ["mla"], keeper_id: agencies[0] as string, created_at: START },
        })
        .execute();
      const subjectLine = (await work.cipher()).seal("Owner of a phone");
      const content = await sealedContent(work, EMPTY);
      const drawn = fc.sample(rows, { numRuns: 400, seed });
      await work.tx
        .insertInto("requests")
        .values(
          drawn.map(({ to, sent, ...row }, n) => ({
            ...row,
            ...{ id: randomUUID(), number: n + 10, subject: subjectLine, content, urgency: "normal" as const },
            to_agency_id: to === row.from_agency_id ? null : to,
            ...{ authority_id: authority, created_at: START, sent_at: sent ? START : null },
          })),
        )
        .execute();
    });
  });
  afterAll(() => w.close());

  it("knows the same rows for everybody", async () => {
    await w.work(async (work) => {
      const rows = await work.tx.selectFrom("requests").selectAll().orderBy("number").execute();
      const requests = await requestsOf(work, rows);
      expect(requests).toHaveLength(400);
      // Everybody as they are, in each role and in none, as a deputy, for an agency; a channel.
      const viewers: [string, Viewer][] = people.flatMap((person): [string, Viewer][] => [
        [person.name, person],
        ...[[], ...ROLES.map((role) => [role])].map((roles): [string, Viewer] => [
          `${person.name} as ${roles}`,
          { ...person, roles },
        ]),
        ...people
          .filter((away) => away.agencyId === person.agencyId && away.id !== person.id)
          .map((away): [string, Viewer] => [
            `${person.name} for ${away.name}`,
            { ...person, standsInFor: [{ id: away.id, roles: away.roles }] },
          ]),
        [`for ${person.agency.handle}`, { ...person, id: "", roles: ["focal_point", "staff"], onBehalf: true }],
        [`${person.name} on duty`, { ...person, onDuty: true }],
        [`${person.name} speaks`, { ...person, roles: ["staff"], speaks: true }],
        [`a channel of ${person.agency.handle}`, { id: "", agencyId: person.agencyId, roles: [] }],
      ]);
      // And people whom nobody thought of.
      const drawn = fc.sample(
        fc.record({
          id: fc.constantFrom("", ...people.map(({ id }) => id)),
          agencyId: fc.constantFrom(...people.map(({ agencyId }) => agencyId)),
          roles: fc.subarray([...ROLES]),
          standsInFor: fc.array(
            fc.record({ id: fc.constantFrom(...people.map(({ id }) => id)), roles: fc.subarray([...ROLES]) }),
            { maxLength: 2 },
          ),
          ...{ speaks: fc.boolean(), onDuty: fc.boolean() },
          onBehalf: fc.constantFrom(undefined, undefined, true as const),
        }),
        { numRuns: 100, seed },
      );
      viewers.push(...drawn.map((one): [string, Viewer] => [JSON.stringify(one), one]));
      const sizes = new Set<number>();
      for (const [name, me] of viewers) {
        const known = requests.filter((one) => sightOfRequest(me, one.subject) !== "none");
        const found = await work.tx
          .selectFrom("requests")
          .select("number")
          .where(requestsKnownTo(me))
          .orderBy("number")
          .execute();
        sizes.add(known.length);
        expect(
          found.map(({ number }) => number),
          `${name}, seed ${seed}`,
        ).toEqual(known.map(({ number }) => number));
      }
      expect(sizes.size, `seed ${seed}`).toBeGreaterThan(10);
    });
  });
});
