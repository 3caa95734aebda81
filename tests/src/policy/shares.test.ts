import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { addDays } from "date-fns";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agenciesOf, findPersons } from "../../../src/people/store.js";
import {
  mayShare,
  type ShareAct,
  type ShareSubject,
  sharesKnownTo,
  sharesOpenTo,
  sharesRecalledBy,
  sightOfShare,
  type Viewer,
} from "../../../src/policy/index.js";
import { listShares } from "../../../src/shares/lists.js";
import { sharesOf } from "../../../src/shares/store.js";
import { START, World } from "../../world.js";
import {
  ACTS,
  type Act,
  ADDRESSED,
  CODES,
  type Code,
  LIFE,
  type Life,
  NAMED,
  type Named,
  RELATIONS,
  type Reader,
  type Relation,
  type ShareFacts,
  type Sight,
  sight,
  type Verdict,
  verdict,
} from "./share-oracle.js";
import { LABELS, ROLES, type Role } from "./task-oracle.js";

/** Every act there is has its rule in the oracle, and no other: the compiler holds it. */
const acts: Record<Act, ShareAct> & Record<ShareAct, Act> = Object.fromEntries(
  Object.keys(ACTS).map((act) => [act, act]),
) as never;
const ALL_ACTS = Object.values(acts);

const AGENCY: Record<Relation, string> = { "provider's": "police", "recipient's": "labour", another: "border" };
const idOf = (named: Named, relation: Relation) => (named === "no" ? `one ${relation}` : `the ${named}`);

const viewerOf = ({ relation, named, roles, standsInFor, actingFor, speaks }: Reader): Viewer => ({
  id: actingFor ? "" : idOf(named, relation),
  agencyId: AGENCY[relation],
  roles,
  standsInFor: standsInFor && [{ id: idOf(standsInFor.named, relation), roles: standsInFor.roles }],
  onBehalf: actingFor,
  speaks,
});

const stateOf: Record<Life, ShareSubject["state"]> = {
  ...{ draft: "draft", review: "review", released: "released", lapsed: "released" },
  ...{ recalled: "recalled", expired: "expired", closed: "closed", discarded: "closed" },
};

const subjectOf = (facts: ShareFacts): ShareSubject => ({
  state: stateOf[facts.life],
  label: facts.label,
  codes: facts.codes,
  providerId: "the provider",
  providerAgencyId: "police",
  reviewerId: facts.reviewerNamed ? "the reviewer" : null,
  lapsed: facts.life === "lapsed",
  discarded: facts.life === "discarded",
  unattended: facts.unattended && { voice: facts.unattended === "nobody" ? undefined : facts.unattended },
  recipients: [
    ...(facts.addressed === "person"
      ? []
      : [{ agencyId: "labour", personId: null, declined: facts.declined === "all", suspended: facts.suspended }]),
    ...(facts.addressed === "agency"
      ? []
      : [
          {
            agencyId: "labour",
            personId: "the recipient",
            declined: facts.declined !== "no",
            suspended: facts.suspended,
          },
        ]),
  ],
});

/**
 * None, the one that keeps a share with its recipients, and the others together: a rule that read one of those would
 * answer the third set as it does not answer the first. All sixteen sets said nothing more.
 */
const CODE_SETS: Code[][] = [[], ["H2"], CODES.filter((code) => code !== "H2")];
/** No role, each, and each two: a rule asks whether one of one's roles is among some, so three say what two of them do. */
const ROLE_SETS: Role[][] = [
  [],
  ...ROLES.map((role) => [role]),
  ...ROLES.flatMap((role, n) => ROLES.slice(n + 1).map((other) => [role, other])),
];

function* facts(codes: readonly Code[][]): Generator<ShareFacts> {
  for (const life of LIFE)
    for (const label of LABELS)
      for (const set of codes)
        for (const addressed of ADDRESSED)
          for (const declined of ["no", "person", "all"] as const)
            for (const suspended of [false, true])
              for (const reviewerNamed of [false, true])
                yield { life, label, codes: set, addressed, declined, suspended, reviewerNamed };
}
const EVERY_CODE = [...facts(CODE_SETS)];
const FEW_CODES = [...facts([[], ["H2"]])];

describe("sightOfShare and mayShare against the oracle", () => {
  it("knows the states and codes that the oracle knows", () => {
    const sql = readFileSync(new URL("../../../src/store/migrations/0004_information.sql", import.meta.url), "utf8");
    const states = /state text not null default 'draft' check \(state in \(([^)]*)\)\)/.exec(sql)?.[1];
    expect(states?.match(/\w+/g)).toEqual([...new Set(Object.values(stateOf))]);
  });

  let cells = 0;
  const sights: Partial<Record<Sight, number>> = {};
  const verdicts: Partial<Record<Verdict, number>> = {};
  const wrong: string[] = [];

  function compare(reader: Reader, all: readonly ShareFacts[]) {
    const viewer = viewerOf(reader);
    for (const at of all) {
      const subject = subjectOf(at);
      const seen = sightOfShare(viewer, subject);
      cells++;
      sights[seen] = (sights[seen] ?? 0) + 1;
      if (seen !== sight(reader, at)) wrong.push(`sight ${seen}: ${JSON.stringify(reader)} ${JSON.stringify(at)}`);
      for (const act of ALL_ACTS) {
        const said: Verdict = mayShare(viewer, act, subject) ?? "may";
        cells++;
        verdicts[said] = (verdicts[said] ?? 0) + 1;
        const expected = verdict(reader, act, at);
        if (said !== expected)
          wrong.push(`${said}, not ${expected}: ${act} ${JSON.stringify(reader)} ${JSON.stringify(at)}`);
      }
    }
  }
  const none = () => expect(wrong.splice(0).slice(0, 8)).toEqual([]);

  it.each(RELATIONS)("for each role, named or not, %s agency, every set of codes", (relation) => {
    for (const named of NAMED)
      for (const role of [[], ...ROLES.map((one) => [one])] as Role[][])
        compare({ relation, named, roles: role }, EVERY_CODE);
    none();
  });

  it("for every set of roles", () => {
    for (const relation of RELATIONS)
      for (const named of NAMED) for (const roles of ROLE_SETS) compare({ relation, named, roles }, FEW_CODES);
    none();
  });

  it("for who stands in for each of them", () => {
    for (const relation of RELATIONS)
      for (const named of NAMED)
        for (const away of NAMED)
          for (const role of ROLES)
            for (const held of ["staff", "focal_point", "admin"] as const)
              if (named === "no" || named !== away)
                compare({ relation, named, roles: [role], standsInFor: { named: away, roles: [held] } }, FEW_CODES);
    none();
  });

  it("for who speaks for an agency without a focal point", () => {
    for (const relation of RELATIONS)
      for (const named of NAMED)
        for (const role of ["staff", "observer"] as const)
          compare({ relation, named, roles: [role], speaks: true }, FEW_CODES);
    none();
  });

  it("for RED whose provider is not there, whoever of their agency is", () => {
    const red = FEW_CODES.filter(({ label, codes }) => label === "RED" && codes.length === 0);
    for (const unattended of ["focal_point", "staff", "observer", "nobody"] as const) {
      const all = red.map((one) => ({ ...one, unattended }));
      for (const relation of RELATIONS)
        for (const named of NAMED) {
          for (const roles of ROLE_SETS) compare({ relation, named, roles }, all);
          for (const held of ["staff", "focal_point"] as const)
            compare({ relation, named, roles: ["staff"], standsInFor: { named: "no", roles: [held] } }, all);
          compare({ relation, named, roles: ["focal_point", "staff"], actingFor: true }, all);
        }
    }
    none();
  });

  it("for the secretariat acting for an agency, which opens nothing", () => {
    for (const relation of RELATIONS)
      compare({ relation, named: "no", roles: ["focal_point", "staff"], actingFor: true }, EVERY_CODE);
    none();
  });

  it("says every verdict somewhere", () => {
    console.info(
      `mayShare: ${cells} cells, by sight ${JSON.stringify(sights)}, by verdict ${JSON.stringify(verdicts)}`,
    );
    expect(Object.keys(sights).sort()).toEqual(["none", "open", "outline"]);
    expect(Object.keys(verdicts).sort()).toEqual(["hidden", "may", "party", "state"]);
  });
});

describe("the predicates of lists and searches against the oracle, on a real database", () => {
  let w: World;
  const PEOPLE = {
    Author: "police staff",
    Second: "police staff focal_point",
    Colleague: "police staff",
    Keys: "police admin",
    Named: "labour staff",
    Mate: "labour staff",
    Focal: "labour focal_point",
    Figures: "labour rapporteur",
    Other: "border focal_point staff",
    Watcher: "ngo observer",
    Desk: "secretariat coordinator",
  };
  beforeAll(async () => {
    w = await World.create({ people: PEOPLE, observers: ["ngo"] });
  });
  afterAll(() => w.close());

  it("agrees on every share for everybody, and the counts too", async () => {
    await w.work(async (work) => {
      const people = await findPersons(work.tx, {});
      const agencies = new Map((await agenciesOf(work.tx)).map((one) => [one.handle, one.id]));
      const person = (name: string) => people.find((one) => one.name === name)?.id ?? "";
      const agency = (name: string) => agencies.get(name) ?? "";
      const told = new Map<number, ShareFacts>();
      const shares: never[] = [];
      const recipients: never[] = [];
      for (const at of facts([[], ["H2"]])) {
        // What code keeps a share is asked of those that all members may find; the others carry none here.
        if (at.codes.length && !["CLEAR", "GREEN"].includes(at.label)) continue;
        // "The person's own place alone was declined" differs only where there are two.
        if (at.declined === "person" && at.addressed !== "both") continue;
        const number = told.size + 10;
        told.set(number, at);
        const id = randomUUID();
        const ended = !["draft", "review", "released", "lapsed"].includes(at.life);
        shares.push({
          id,
          number,
          codename: "heron",
          kind: "a",
          label: at.label,
          codes: [...at.codes],
          outcome_days: 14,
          state: stateOf[at.life],
          provider_id: person("Author"),
          provider_agency_id: agency("police"),
          reviewer_id: at.reviewerNamed ? person("Second") : null,
          created_at: START,
          released_at: ["draft", "review", "discarded"].includes(at.life) ? null : START,
          ended_at: ended ? START : null,
          valid_until: at.life === "lapsed" ? START : null,
          valid_zone: at.life === "lapsed" ? "Europe/Athens" : null,
        } as never);
        const place = (personId: string | null, declined: boolean) =>
          recipients.push({
            id: randomUUID(),
            share_id: id,
            agency_id: agency("labour"),
            person_id: personId,
            state: declined ? "declined" : "delivered",
            suspended: at.suspended,
            received_at: ["draft", "review", "discarded"].includes(at.life) ? null : START,
            added_at: START,
          } as never);
        if (at.addressed !== "person") place(null, at.declined === "all");
        if (at.addressed !== "agency") place(person("Named"), at.declined !== "no");
      }
      for (let n = 0; n < shares.length; n += 500)
        await work.tx
          .insertInto("shares")
          .values(shares.slice(n, n + 500))
          .execute();
      for (let n = 0; n < recipients.length; n += 500)
        await work.tx
          .insertInto("share_recipients")
          .values(recipients.slice(n, n + 500))
          .execute();

      const NAMED_AS: Record<string, Named> = { Author: "provider", Second: "reviewer", Named: "recipient" };
      const relationOf = (agencyId: string): Relation =>
        agencyId === agency("police") ? "provider's" : agencyId === agency("labour") ? "recipient's" : "another";
      type Seen = { name: string; viewer: Viewer; reader: Reader };
      const readers: Seen[] = people.flatMap((one) => {
        const relation = relationOf(one.agencyId);
        const named = NAMED_AS[one.name] ?? "no";
        const plain = { relation, named };
        const roleSets: Role[][] = [[...one.roles], [], ...ROLES.map((role) => [role])];
        const own: Seen[] = roleSets.map((roles) => ({
          name: `${one.name} as ${roles}`,
          viewer: { id: one.id, agencyId: one.agencyId, roles },
          reader: { ...plain, roles },
        }));
        const deputies: Seen[] = people
          .filter((away) => away.agencyId === one.agencyId && away.id !== one.id)
          .map((away) => ({
            name: `${one.name} for ${away.name}`,
            viewer: { id: one.id, agencyId: one.agencyId, roles: one.roles, standsInFor: [away] },
            reader: {
              ...plain,
              roles: one.roles,
              standsInFor: { named: NAMED_AS[away.name] ?? "no", roles: away.roles },
            },
          }));
        return [...own, ...deputies];
      });
      // Who has moved is named and works elsewhere.
      for (const [name, named] of Object.entries(NAMED_AS))
        for (const handle of ["police", "labour", "border"])
          readers.push({
            name: `${name} at ${handle}`,
            viewer: { id: person(name), agencyId: agency(handle), roles: ["staff"] },
            reader: { relation: relationOf(agency(handle)), named, roles: ["staff"] },
          });
      for (const handle of ["police", "labour", "border"])
        readers.push({
          name: `the desk for ${handle}`,
          viewer: { id: "", agencyId: agency(handle), roles: ["focal_point", "staff"], onBehalf: true },
          reader: {
            relation: relationOf(agency(handle)),
            named: "no",
            roles: ["focal_point", "staff"],
            actingFor: true,
          },
        });

      let cells = 0;
      const sizes = new Set<number>();
      const numbers = (rows: { number: number }[]) => rows.map(({ number }) => number).sort((a, b) => a - b);
      const select = () => work.tx.selectFrom("shares").select("number");
      for (const { name, viewer, reader } of readers) {
        const sights = new Map([...told].map(([number, at]) => [number, sight(reader, at)]));
        const by = (...which: Sight[]) =>
          [...sights].filter(([, one]) => which.includes(one)).map(([number]) => number);
        cells += 2 * told.size;
        sizes.add(by("open").length);
        expect(numbers(await select().where(sharesOpenTo(viewer, work.now)).execute()), `${name} opens`).toEqual(
          by("open"),
        );
        expect(numbers(await select().where(sharesKnownTo(viewer, work.now)).execute()), `${name} knows`).toEqual(
          by("open", "outline"),
        );
      }
      expect(sizes.size).toBeGreaterThan(8);

      // A subject loaded says what the rule is asked.
      for (const one of people) {
        const reader: Reader = {
          relation: relationOf(one.agencyId),
          named: NAMED_AS[one.name] ?? "no",
          roles: one.roles,
        };
        // What a list shows is what is known and not yet at its end: every sixty-first share, looked for by reference.
        for (const [number, at] of [...told].filter((_one, n) => n % 61 === 0)) {
          const listed = sight(reader, at) !== "none" && stateOf[at.life] !== "closed";
          const { shares: found } = await listShares(work, one, one, { view: "all", words: `I-${number}`, page: 1 });
          cells++;
          expect(
            found.map((share) => share.number),
            `${one.name} ${JSON.stringify(at)}`,
          ).toEqual(listed ? [number] : []);
        }
        const known = [...told].filter(([, at]) => sight(reader, at) !== "none" && stateOf[at.life] !== "closed");
        const page = await listShares(work, one, one, { view: "all", page: 1 });
        expect([page.shares.length, page.more], one.name).toEqual([Math.min(10, known.length), known.length > 10]);
        // The last page holds what is left: no page counts what its reader does not know.
        const last = Math.max(1, Math.ceil(known.length / 10));
        const end = await listShares(work, one, one, { view: "all", page: last });
        expect([end.shares.length, end.more], one.name).toEqual([known.length - 10 * (last - 1), false]);
        for (const share of page.shares)
          expect(sight(reader, told.get(share.number) as ShareFacts)).toBe(sightOfShare(one, share.subject));
      }
      console.info(`shares by SQL: ${cells} cells of ${told.size} shares and ${readers.length} readers`);
      const rows = await work.tx.selectFrom("shares").selectAll().limit(200).execute();
      for (const share of await sharesOf(work, rows)) {
        const at = told.get(share.number) as ShareFacts;
        expect(share.subject.discarded).toBe(at.life === "discarded");
        expect(share.subject.lapsed).toBe(at.life === "lapsed");
      }
      // Who may recall RED unread, as one after the other of the provider's agency goes away.
      const may: number[] = [];
      for (const name of [undefined, "Author", "Second", "Colleague"]) {
        const away = { id: randomUUID(), from_at: START, until_at: addDays(work.now, 1), deputy_id: null };
        if (name)
          await work.tx
            .insertInto("absences")
            .values({ ...away, person_id: person(name) })
            .execute();
        const red = await sharesOf(
          work,
          await work.tx.selectFrom("shares").selectAll().where("label", "=", "RED").execute(),
        );
        for (const { name: who, viewer } of readers) {
          const bySql = new Set(numbers(await select().where(sharesRecalledBy(viewer, work.now)).execute()));
          const wrong = red.filter(({ number, subject }) => {
            const controls = mayShare(viewer, "control", subject) === undefined;
            return (bySql.has(number) || controls) !== (mayShare(viewer, "recall", subject) === undefined);
          });
          expect(wrong.map(({ ref }) => ref).slice(0, 3), `${who} recalls, ${name} away`).toEqual([]);
          expect([...bySql].filter((number) => !red.some((one) => one.number === number))).toEqual([]);
          may.push(bySql.size);
        }
      }
      expect(new Set(may).size).toBeGreaterThan(1);
    });
  });

  it("holds the wall of the body", async () => {
    const viewer: Viewer = { id: randomUUID(), agencyId: randomUUID(), roles: ["focal_point"] };
    const rows = await w.runtime.store.inBody(randomUUID(), (tx) =>
      tx.selectFrom("shares").select("id").where(sharesKnownTo(viewer, START)).execute(),
    );
    expect(rows).toEqual([]);
  });
});
