import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LANGUAGES, messagesFor } from "../../../src/i18n/index.js";
import { type RequestAct, requestRule } from "../../../src/policy/index.js";
import { BASES } from "../../../src/requests/acts/sea.js";
import { ADVICE, adviceOn } from "../../../src/requests/advice.js";
import { URGENCIES } from "../../../src/requests/args.js";
import { CLOCKS, type Clock, clockRow, endOf, pauses, runningClock } from "../../../src/requests/clocks.js";
import {
  type Content,
  EMPTY,
  gapsOf,
  isCoercive,
  leastMissing,
  mayBeUnknown,
  maySendFirst,
  saidIn,
} from "../../../src/requests/fields.js";
import { GROUND_NAMES, GROUNDS } from "../../../src/requests/grounds.js";
import { ASSISTANCE } from "../../../src/requests/kinds/judicial.js";
import { STEPS } from "../../../src/requests/kinds/row.js";
import { fieldOf, fieldsOf, KIND_NAMES, KINDS } from "../../../src/requests/kinds.js";
import type { CoopRequest } from "../../../src/requests/model.js";
import { TYPED } from "../../../src/requests/open.js";
import { type Next, timesOf } from "../../../src/requests/times.js";
import type { RequestFlag, RequestKind, RequestState, RequestUrgency } from "../../../src/store/request-tables.js";
import { FLAGS, STATES } from "../policy/request-oracle.js";

/** What a request must say, how long each side has, and what is advised: without a database, from the treaties' own words. */

const filled = (values: Record<string, string | string[]>, unknown: string[] = []): Content => ({
  values: Object.fromEntries(Object.entries(values).map(([id, said]) => [id, [said].flat()])),
  unknown,
});
const gaps = (kind: RequestKind, content: Content) => gapsOf(kind, content, "normal").map(({ id }) => id);
const sorted = (ids: Iterable<string>) => [...ids].sort();

/** Whatever every request says: UNTOC 18(14) and 18(20), on what it rests, and whom to ask. */
const COMMON = { basis: "untoc", language: "fr", confidential: "yes", contact: "Petra, by day" };
/** What UNTOC 18(15) asks of every request for legal assistance, but for the facts, the persons and what is asked for. */
const MLA = {
  ...COMMON,
  ...{ proceeding: "investigation of an organiser", conducting_authority: "Prosecution of Norland" },
  ...{ assistance_detail: "as below", purpose: "the trial", adviser: "Legal desk, 4 December" },
};

/** S1 to S10 of what is asked about the safety of people; two of them are a number beside the words. */
const SAFETY_IDS = [...["s1", "s2", "s3", "s3_minutes", "s4", "s5", "s6", "s7", "s8", "s9"], "s10_hours"];

describe("what must be filled", () => {
  it.each<[RequestKind, string[]]>([
    [
      "police",
      ["what", "purpose", "why_there", "availability", "evidence_later", "adviser"].concat(
        ["k1", "k2", "k3", "k4"],
        ["k5", "k6", "k7", "k8"],
      ),
    ],
    [
      "mla",
      ["proceeding", "conducting_authority", "assistance", "facts", "persons", "purpose"].concat(
        "assistance_detail",
        "adviser",
      ),
    ],
    ["transfer_sentenced", ["asked_by", "person_sentenced", "remaining_months", "double_criminality", "adviser"]],
    ["vessel", ["distress", "vessel", "position", "grounds", "persons_aboard", "measures", "adviser"]],
    [
      "special_technique",
      ["technique", "people_aboard", "facts", "purpose", "order", "order_until", "route", "command", "adviser"].concat(
        SAFETY_IDS,
      ),
    ],
    [
      "joint_investigation",
      ["parties", "aim", "period_from", "period_until", "territory", "leader", "members", "evidence_rules", "adviser"],
    ],
    [
      "stay",
      ["person_here", "told", "told_on", "reflection_until", "why_needed", "cooperates", "ties_cut", "is_child"].concat(
        "adviser",
      ),
    ],
    ["border_channel", ["points", "posts", "may_pass", "log", "channel_until", "adviser"]],
    [
      "witness_protection",
      ["code_name", "people_count", "threat", "testimony", "measures", "consent", "duration_costs", "adviser"],
    ],
    [
      "readmission",
      ["claim", "procedure", "particulars", "nationality_evidence", "nothing_against", "nothing_against_by", "adviser"],
    ],
  ])("an empty %s request lacks all that is always asked", (kind, own) => {
    expect(sorted(gaps(kind, EMPTY))).toEqual(sorted([...Object.keys(COMMON), ...own]));
  });

  // UNTOC 18(15)(c): no facts "in relation to requests for the purpose of service of judicial documents".
  it("service of documents alone needs no facts; statements beside it need them and their own fields", () => {
    const serving = {
      ...MLA,
      ...{ assistance: "service_of_documents", documents_to_serve: "a summons", appearance_date: "2027-02-01" },
    };
    expect(gaps("mla", filled({ ...serving, persons: "the witness" }))).toEqual([]);
    expect(gaps("mla", filled(serving, ["persons"]))).toEqual([]);
    const both = filled({ ...serving, assistance: "service_of_documents evidence_statements" });
    expect(sorted(gaps("mla", both))).toEqual(["facts", "oath", "person_status", "persons", "questions"]);
    // In whatever way several are written down.
    const parts = filled({ ...serving, assistance: ["service_of_documents", "evidence_statements"] });
    expect(gaps("mla", parts)).toEqual(gaps("mla", both));
  });

  /** UNTOC 18(3), each with what it cannot be done without. */
  const NEEDS: Record<string, string[]> = {
    evidence_statements: ["persons", "questions", "person_status", "oath"],
    service_of_documents: ["persons", "documents_to_serve", "appearance_date"],
    search_seizure: ["place_or_thing", "offence_and_law"],
    examine_objects: ["place_or_thing"],
    information_experts: [],
    documents_records: ["records_period", "certification"],
    trace_proceeds: ["offence_and_law"],
    voluntary_appearance: ["persons", "consent", "safe_conduct"],
    detained_person: ["persons", "consent", "custody_terms"],
    digital: ["provider_identifiers", "records_period", "offence_and_law"],
    transfer_of_proceedings: ["persons", "offence_and_law", "file_summary"],
    other: [],
  };
  const TYPES = Object.keys(NEEDS);

  it("offers every type of assistance that has needs, and no other", () => {
    expect(Object.keys(ASSISTANCE)).toEqual(TYPES);
    expect(fieldOf("mla", "assistance")?.options).toEqual(TYPES);
  });

  it("asks for exactly what the chosen types need together", () => {
    fc.assert(
      fc.property(fc.subarray(TYPES, { minLength: 1 }), fc.boolean(), (types, known) => {
        const content = filled({ ...MLA, assistance: types.join(" ") }, known ? [] : ["persons"]);
        const needed = new Set(types.flatMap((type) => NEEDS[type] ?? []));
        if (types.some((type) => type !== "service_of_documents")) needed.add("facts");
        // Persons are asked for always (18(15)(e)), "where possible".
        if (known) needed.add("persons");
        else needed.delete("persons");
        expect(sorted(gaps("mla", content))).toEqual(sorted(needed));
        for (const id of needed) expect(fieldOf("mla", id), id).toBeDefined();
      }),
    );
  });

  // UNTOC 18(9): what is no coercive action is given though the act is no offence there.
  it.each(TYPES)("%s: whether a court or prosecutor must order it", (type) => {
    expect(isCoercive(filled({ assistance: type }))).toBe(type === "search_seizure" || type === "digital");
  });

  it.each<[RequestKind, Record<string, string>, string[]]>([
    ["mla", { basis: "treaty" }, ["basis_detail"]],
    ["mla", { basis: "agreement" }, ["basis_detail"]],
    ["mla", { basis: "domestic_law" }, ["basis_detail"]],
    ["mla", { basis: "untoc" }, []],
    ["mla", { basis: "reciprocity" }, []],
    ["mla", { wanted_by: "2027-01-15T09:00:00Z" }, ["wanted_by_reason"]],
    ["police", { persons: "the owner" }, ["link"]],
    ["police", { k1: "yes" }, ["risk_measures"]],
    ["police", { k2: "yes" }, ["risk_measures"]],
    ["police", { k7: "yes" }, ["risk_measures"]],
    ["police", { k1: "no", k2: "no", k3: "yes", k4: "yes", k5: "yes", k7: "no" }, []],
    ["transfer_sentenced", { asked_by: "sentencing_state" }, ["judgment_final", "consent", "served"]],
    ["transfer_sentenced", { asked_by: "administering_state" }, ["national"]],
    ["extradition", { variant: "request" }, ["warrant_or_judgment"]],
    // The statement that a warrant exists is enough at first (ETS 24 art 16(2)).
    ["extradition", { variant: "provisional_arrest" }, ["warrant_exists"]],
    ["video_testimony", { person_status: "witness" }, []],
    ["video_testimony", { person_status: "suspect" }, ["consent"]],
    ["special_technique", { technique: "controlled_delivery_goods" }, ["goods"]],
    ["special_technique", { technique: "observation" }, []],
    // A team that foresees a technique thinks of the people first.
    ["joint_investigation", { techniques: "observation" }, SAFETY_IDS],
    ["stay", { is_child: "yes" }, ["child"]],
    ["stay", { is_child: "no" }, []],
    ["vessel", { measures: "confirm_registry" }, []],
    // The own vessel, or one without nationality, is not boarded by leave of another State (Protocol 8(1)).
    ["vessel", { measures: "help_with_own_or_stateless_vessel" }, []],
    ["vessel", { measures: "board" }, ["own_ship", "plan_for_people"]],
    ["vessel", { measures: "confirm_registry search" }, ["own_ship", "plan_for_people"]],
    ["vessel", { measures: "appropriate_measures_vessel" }, ["own_ship", "plan_for_people"]],
    ["vessel", { measures: "appropriate_measures_persons" }, ["own_ship", "plan_for_people"]],
    ["vessel", { measures: "appropriate_measures_cargo" }, ["own_ship", "plan_for_people"]],
  ])("%s with %j asks for %j beside", (kind, values, more) => {
    const before = gaps(kind, EMPTY).filter((id) => !(id in values));
    expect(sorted(gaps(kind, filled(values)))).toEqual(sorted([...before, ...more]));
  });

  const IF_KNOWN: Record<RequestKind, string[]> = {
    police: [],
    mla: ["persons"],
    video_testimony: [],
    extradition: [],
    transfer_sentenced: ["remaining_months", "double_criminality"],
    vessel: ["persons_aboard"],
    special_technique: [],
    joint_investigation: [],
    stay: ["reflection_until"],
    border_channel: [],
    readmission: ["particulars", "nationality_evidence"],
    witness_protection: [],
  };
  it.each(KIND_NAMES)("%s: not known answers what asks for what may not be known, and nothing else", (kind) => {
    const fields = fieldsOf(kind);
    const ids = fields.map(({ id }) => id);
    expect(sorted(fields.filter(mayBeUnknown).map(({ id }) => id))).toEqual(sorted(IF_KNOWN[kind]));
    const value = fc.constantFrom("yes", "no", "treaty", "service_of_documents digital", "board", "sentencing_state");
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...ids), value), fc.subarray(ids), (values, unknown) => {
        const left = gaps(kind, filled(values)).filter((id) => !(unknown.includes(id) && IF_KNOWN[kind].includes(id)));
        expect(gaps(kind, filled(values, unknown))).toEqual(left);
      }),
    );
  });

  it.each(KIND_NAMES)("%s: to fill a gap closes it, and a gap is never filled already", (kind) => {
    const ids = fieldsOf(kind).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const value = fc.constantFrom("yes", "treaty", "detained_person", "search", "administering_state", "words");
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...ids), value), (values) => {
        let content = filled(values);
        // One field may ask for another; each is asked for once.
        for (let turns = 0; turns <= ids.length; turns++) {
          const [next] = gapsOf(kind, content, "normal");
          if (!next) break;
          expect(saidIn(content, next.id)).toBe("");
          const said = next.options?.[0] ?? (next.type === "yesno" ? "no" : "words");
          content = { ...content, values: { ...content.values, [next.id]: [said] } };
        }
        expect(gapsOf(kind, content, "normal")).toEqual([]);
      }),
    );
  });

  it("names the gaps in the order of its dialogs", () => {
    for (const kind of KIND_NAMES) {
      const steps = gapsOf(kind, EMPTY, "normal").map(({ step }) => step);
      expect(steps).toEqual([...steps].sort());
    }
  });

  it.each<[RequestKind, string[]]>([
    ["police", ["urgency_reason", "what"]],
    ["mla", ["assistance", "urgency_reason"]],
    ["video_testimony", ["hearing_at", "persons", "urgency_reason"]],
    ["extradition", ["offence_and_law", "person_sought", "place_and_time", "warrant_exists"]],
    ["vessel", ["grounds", "measures", "position", "vessel"]],
    ["transfer_sentenced", []],
    // What needs an order, a signature or a finding first never goes first.
    ["special_technique", []],
    ["joint_investigation", []],
    ["stay", []],
    ["border_channel", []],
    ["readmission", []],
    ["witness_protection", ["code_name", "threat"]],
  ])("the least that a %s request says when it goes first", (kind, least) => {
    expect(sorted(leastMissing(kind, EMPTY).map(({ id }) => id))).toEqual(least);
    expect(leastMissing(kind, filled(Object.fromEntries(least.map((id) => [id, "said"]))))).toEqual([]);
    const [first, ...others] = least;
    if (first)
      expect(
        leastMissing(kind, filled({ [first]: "said" }))
          .map(({ id }) => id)
          .sort(),
      ).toEqual(others);
  });

  // Life-safety between police services; oral in urgent circumstances (UNTOC 18(14)); at sea always.
  it.each<[RequestKind, RequestUrgency[]]>([
    ["police", ["life-safety"]],
    ["mla", ["life-safety", "urgent"]],
    ["vessel", ["life-safety", "normal", "urgent"]],
    ["transfer_sentenced", []],
    ["special_technique", []],
    ["readmission", []],
    ["witness_protection", ["life-safety"]],
    ["video_testimony", ["life-safety", "urgent"]],
    // Whatever the hurry: what decides is that an arrest is asked for (below).
    ["extradition", []],
  ])("when a %s request may go first", (kind, urgencies) => {
    const first = (["life-safety", "normal", "urgent"] as const).filter((one) => maySendFirst(kind, EMPTY, one));
    expect(first).toEqual(urgencies);
  });

  // ETS 24 art 16: the arrest first, the request with its papers before it ends; those it owes from then on.
  it("a provisional arrest is asked for before the papers, which are owed then", () => {
    const arrest = filled({ variant: "provisional_arrest" });
    expect(maySendFirst("extradition", arrest, "normal")).toBe(true);
    expect(maySendFirst("extradition", filled({ variant: "request" }), "life-safety")).toBe(false);
    const ids = (flags: RequestFlag[]) => gapsOf("extradition", arrest, "normal", flags).map(({ id }) => id);
    expect(ids([])).not.toContain("warrant_or_judgment");
    expect(ids(["owes_paper"])).toContain("warrant_or_judgment");
  });

  it.each<[RequestKind, Partial<(typeof KINDS)["mla"]>]>([
    ["police", { formal: false, fourEyes: false, consultation: "none", straightAnswer: true, silenceDays: 10 }],
    ["mla", { formal: true, fourEyes: true, consultation: "required" }],
    ["video_testimony", { formal: true, fourEyes: true, consultation: "required" }],
    ["extradition", { formal: true, fourEyes: true, consultation: "appropriate" }],
    ["transfer_sentenced", { formal: true, fourEyes: true, consultation: "none" }],
    ["vessel", { formal: true, fourEyes: false, consultation: "none", straightAnswer: true, agreeIsAnswer: true }],
    ["joint_investigation", { formal: true, fourEyes: true, consultation: "none" }],
    ["special_technique", { formal: true, fourEyes: true, consultation: "required" }],
    ["stay", { formal: true, fourEyes: true, consultation: "none", agreeIsAnswer: true }],
    ["border_channel", { formal: false, fourEyes: false, consultation: "none", agreeIsAnswer: true }],
    ["readmission", { formal: true, fourEyes: true, consultation: "none", agreeIsAnswer: true }],
  ])("what is particular to %s", (kind, row) => {
    const { formal, fourEyes, consultation, straightAnswer, agreeIsAnswer, silenceDays } = KINDS[kind];
    const none = { straightAnswer: undefined, agreeIsAnswer: undefined, silenceDays: undefined };
    expect({ formal, fourEyes, consultation, straightAnswer, agreeIsAnswer, silenceDays }).toEqual({ ...none, ...row });
  });
});

describe("why a request may be refused or postponed", () => {
  // UNTOC 18(26): before refusing under 18(21) or postponing under 18(25); not under 18(9), and never between police.
  it("is consulted about first where the law says so", () => {
    const due = GROUND_NAMES.filter((ground) => GROUNDS[ground].consultation);
    expect(sorted(due)).toEqual([
      ...["contrary_to_mla_law", "domestic_prohibition", "essential_interests"],
      ...["not_in_conformity", "ongoing_proceedings", "sit_no_agreement", "wp_capacity"],
    ]);
    // Techniques too (20(3): arrangements between the States), but for safety: what is dangerous is refused at once.
    const kinds = (ground: (typeof due)[number]) => GROUNDS[ground].consultation ?? [];
    expect(due.filter((ground) => kinds(ground).includes("special_technique"))).toEqual([
      ...["essential_interests", "domestic_prohibition", "ongoing_proceedings", "sit_no_agreement"],
    ]);
    for (const ground of due)
      if (ground !== "sit_no_agreement" && ground !== "wp_capacity")
        expect(kinds(ground).slice(0, 2)).toEqual(["mla", "video_testimony"]);
  });

  it("is never bank secrecy, and never that it is a fiscal matter alone (UNTOC 18(8), 18(22))", () => {
    const never = GROUND_NAMES.filter((ground) => GROUNDS[ground].effect.startsWith("never"));
    expect(sorted(never)).toEqual(["bank_secrecy", "fiscal", "national_readmission"]);
    expect(GROUND_NAMES.filter((ground) => GROUNDS[ground].effect === "postpone")).toEqual([
      ...["ongoing_proceedings", "ex_serving"],
    ]);
    // A vessel that is not registered is answered so: nobody refused anything (Protocol 8(4), 8(7)).
    expect(GROUND_NAMES.filter((ground) => GROUNDS[ground].effect === "answer")).toEqual([
      ...["re_unknown", "vs_not_registered"],
    ]);
  });

  it("owes reasons, but for a flag State (Protocol 8(2))", () => {
    expect(GROUND_NAMES.filter((ground) => GROUNDS[ground].reasonsOptional)).toEqual(["vs_no_authorisation"]);
  });

  it("holds only where the request says what it is about", () => {
    expect(GROUNDS.treaty_ground.onlyFor).toEqual([{ field: "basis", in: ["treaty", "agreement"] }]);
    expect(GROUNDS.person_does_not_consent.onlyFor).toEqual([
      { kind: "mla", field: "assistance", in: ["detained_person", "voluntary_appearance"] },
      { kind: "video_testimony", field: "person_status", in: ["suspect"] },
    ]);
  });

  it.each(KIND_NAMES)("gives %s at least one ground to refuse", (kind) => {
    expect(GROUND_NAMES.some((name) => GROUNDS[name].kinds.includes(kind) && GROUNDS[name].effect === "refuse")).toBe(
      true,
    );
  });
});

const at = (text: string) => new Date(text);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const T = at("2026-12-01T10:00:00Z").getTime();
const since = (ms: number) => new Date(T + ms);

describe("which clock runs", () => {
  const [SENT, RECEIVED, DECIDED] = [
    at("2026-12-01T08:00:00Z"),
    at("2026-12-02T08:00:00Z"),
    at("2026-12-20T08:00:00Z"),
  ];
  const running = (kind: RequestKind, urgency: RequestUrgency, state: RequestState, content = EMPTY) =>
    runningClock({ kind, urgency, state, sentAt: SENT, receivedAt: RECEIVED, decidedAt: DECIDED }, content);
  const direct = filled({ availability: "direct" });
  const digital = filled({ assistance: "digital" });

  it.each<[RequestKind, RequestUrgency, RequestState, Content, Clock, Date, number]>([
    ["police", "urgent", "received", direct, "police.urgent_direct", RECEIVED, 8 * HOUR],
    ["police", "life-safety", "received", direct, "police.urgent_direct", RECEIVED, 8 * HOUR],
    ["police", "urgent", "received", filled({ availability: "indirect" }), "police.urgent_indirect", RECEIVED, 3 * DAY],
    ["police", "urgent", "received", filled({ availability: "unknown" }), "police.urgent_indirect", RECEIVED, 3 * DAY],
    ["police", "normal", "received", direct, "police.normal", RECEIVED, 7 * DAY],
    // Between police services the answer counts, whether it was agreed to first or not.
    ["police", "normal", "agreed", EMPTY, "police.normal", RECEIVED, 7 * DAY],
    ["mla", "normal", "sent", EMPTY, "mla.acknowledge", SENT, 7 * DAY],
    ["mla", "normal", "received", EMPTY, "mla.decide", RECEIVED, 30 * DAY],
    ["mla", "urgent", "received", EMPTY, "mla.decide", RECEIVED, 30 * DAY],
    ["mla", "normal", "received", digital, "mla.decide", RECEIVED, 30 * DAY],
    ["mla", "urgent", "received", digital, "mla.provisional", RECEIVED, DAY],
    [
      "mla",
      "life-safety",
      "received",
      filled({ assistance: "other search_seizure" }),
      "mla.provisional",
      RECEIVED,
      DAY,
    ],
    ["mla", "normal", "agreed", EMPTY, "mla.execute", DECIDED, 90 * DAY],
    ["mla", "urgent", "agreed", digital, "mla.execute", DECIDED, 90 * DAY],
    ["vessel", "normal", "sent", EMPTY, "vessel.acknowledge", SENT, HOUR / 4],
    ["vessel", "urgent", "received", EMPTY, "vessel.answer", RECEIVED, 4 * HOUR],
  ])("%s, %s, %s", (kind, urgency, state, content, clock, from, length) => {
    expect(running(kind, urgency, state, content)).toEqual({ clock, from });
    expect(endOf(clock, from).getTime() - from.getTime()).toBe(length);
  });

  it("runs only while the other side has something to do", () => {
    for (const kind of KIND_NAMES)
      for (const urgency of URGENCIES)
        for (const state of STATES as readonly RequestState[]) {
          const runs = ["sent", "received", "agreed"].includes(state);
          // Where the decision is the answer nothing is executed after it.
          if (KINDS[kind].agreeIsAnswer && state === "agreed") continue;
          // Then the days count that are fixed: of the surrender, of the hearing, of the team.
          if (["extradition", "video_testimony", "joint_investigation"].includes(kind) && state === "agreed") continue;
          expect(running(kind, urgency, state) !== undefined, `${kind} ${urgency} ${state}`).toBe(runs);
        }
  });

  it("rests on a question between police services alone, and on a postponement where one may be postponed", () => {
    const resting = (flag: RequestFlag) => (Object.keys(CLOCKS) as Clock[]).filter((clock) => pauses(clock, [flag]));
    expect(sorted(resting("info_wanted"))).toEqual(["police.normal", "police.urgent_direct", "police.urgent_indirect"]);
    expect(sorted(resting("postponed"))).toEqual([
      ...["mla.decide", "mla.execute", "police.normal", "police.urgent_direct", "police.urgent_indirect"],
      // "Serving a sentence or on trial here": an extradition waits as long as that lasts.
      "request.decide",
    ]);
    for (const flag of FLAGS)
      if (!["info_wanted", "postponed", "stopped"].includes(flag)) expect(resting(flag as RequestFlag)).toEqual([]);
    // What is stopped for the safety of people stops every clock.
    expect(resting("stopped")).toEqual(Object.keys(CLOCKS));
    expect(pauses(undefined, ["info_wanted", "postponed"])).toBe(false);
  });
});

describe("when each side is due", () => {
  /** A request as far as its clocks look at it, which moves on as the acts move it. */
  class Running {
    one: CoopRequest;
    constructor(kind: RequestKind, urgency: RequestUrgency, values: Record<string, string> = {}) {
      const one = { kind, urgency, state: "approved", flags: [], content: filled(values) };
      this.one = one as Partial<CoopRequest> as CoopRequest;
    }
    move(next: Partial<Next>, now: Date): this {
      const { state, flags, sentAt, receivedAt, decidedAt } = this.one;
      const dated: Next = { ...{ state, flags, sentAt, receivedAt, decidedAt }, ...next };
      const { clock, due_at, original_due_at, left_ms } = timesOf(this.one, dated, now);
      this.one = {
        ...{ ...this.one, ...dated, clock: (clock ?? undefined) as Clock | undefined },
        ...{ dueAt: (due_at ?? undefined) as Date | undefined },
        ...{ originalDueAt: (original_due_at ?? undefined) as Date | undefined },
        // As it comes back from the database, which holds it as a word.
        leftMs: left_ms === null || left_ms === undefined ? undefined : Number(left_ms),
      };
      return this;
    }
    sent = (now: Date) => this.move({ state: "sent", sentAt: now }, now);
    received = (when: Date, now = when) => this.move({ state: "received", receivedAt: when }, now);
    flagged = (flags: RequestFlag[], now: Date) => this.move({ flags }, now);
    agreed = (now: Date) => this.move({ state: "agreed", decidedAt: now }, now);
  }

  it("a letter of 1 December that is entered on the 8th is decided by the 31st, executed 90 days from the decision", () => {
    const letter = new Running("mla", "normal").sent(at("2026-11-27T10:00:00Z"));
    expect(letter.one.dueAt).toEqual(at("2026-12-04T10:00:00Z"));
    letter.received(at("2026-12-01T10:00:00Z"), at("2026-12-08T10:00:00Z"));
    expect(letter.one).toMatchObject({ clock: "mla.decide", dueAt: at("2026-12-31T10:00:00Z") });
    // Not from the end of the time to decide: that would be the 31st of March.
    letter.agreed(at("2026-12-20T10:00:00Z"));
    expect(letter.one).toMatchObject({ clock: "mla.execute", dueAt: at("2027-03-20T10:00:00Z") });
    expect(letter.one.originalDueAt).toEqual(at("2027-03-20T10:00:00Z"));
    letter.move({ state: "answered" }, at("2027-01-20T10:00:00Z"));
    // It rests while the answer is looked at: if something is missing in it, what was left goes on.
    expect(letter.one).toMatchObject({ clock: "mla.execute", dueAt: undefined });
    letter.move({ state: "agreed" }, at("2027-01-25T10:00:00Z"));
    expect(letter.one.dueAt).toEqual(at("2027-03-25T10:00:00Z"));
  });

  it("eight hours rest while a question is open and go on with what was left", () => {
    const phone = new Running("police", "urgent", { availability: "direct" }).sent(since(-HOUR)).received(since(0));
    expect(phone.one.dueAt).toEqual(since(8 * HOUR));
    phone.flagged(["info_wanted"], since(3 * HOUR));
    expect([phone.one.dueAt, phone.one.leftMs, phone.one.originalDueAt]).toEqual([
      ...[undefined, 5 * HOUR, since(8 * HOUR)],
    ]);
    phone.flagged([], since(66 * HOUR));
    expect([phone.one.dueAt, phone.one.leftMs, phone.one.originalDueAt]).toEqual([
      ...[since(71 * HOUR), undefined, since(8 * HOUR)],
    ]);
  });

  it("rest as often as is asked: what they ran adds up to eight hours, and how it first ended stays", () => {
    const pause = fc.record({ after: fc.integer({ min: 0, max: 60 }), rest: fc.integer({ min: 0, max: 10_000 }) });
    fc.assert(
      fc.property(fc.array(pause, { maxLength: 8 }), fc.boolean(), (turns, decides) => {
        const phone = new Running("police", "life-safety", { availability: "direct" })
          .sent(since(0))
          .received(since(0));
        let [now, rested] = [0, 0];
        for (const [n, { after, rest }] of turns.entries()) {
          // Whether it was agreed to meanwhile, or something else was said, changes nothing.
          if (decides && n === 1) phone.agreed(since(now));
          now += after * 60_000;
          phone.flagged(["info_wanted"], since(now));
          const left = phone.one.leftMs;
          expect(phone.one.dueAt).toBeUndefined();
          // What is late stays as late as it was.
          expect(left).toBe(8 * HOUR - (now - rested));
          phone.flagged(["info_wanted", "conditions_offered"], since(now + (rest * 60_000) / 2));
          expect(phone.one.leftMs).toBe(left);
          now += rest * 60_000;
          rested += rest * 60_000;
          phone.flagged([], since(now));
          expect(phone.one.dueAt).toEqual(since(8 * HOUR + rested));
          expect(phone.one.originalDueAt).toEqual(since(8 * HOUR));
        }
      }),
    );
  });

  it("thirty days rest while it is postponed, and a question does not rest them", () => {
    const letter = new Running("mla", "normal").sent(since(0)).received(since(0));
    letter.flagged(["info_wanted"], since(DAY));
    expect(letter.one.dueAt).toEqual(since(30 * DAY));
    letter.flagged(["info_wanted", "postponed"], since(10 * DAY)).flagged(["postponed"], since(20 * DAY));
    expect([letter.one.dueAt, letter.one.leftMs]).toEqual([undefined, 20 * DAY]);
    letter.flagged([], since(100 * DAY));
    expect([letter.one.dueAt, letter.one.originalDueAt]).toEqual([since(120 * DAY), since(30 * DAY)]);
    // What is postponed while it is executed rests as well; the time to execute is a new one.
    letter.agreed(since(101 * DAY));
    expect(letter.one.originalDueAt).toEqual(since(191 * DAY));
    letter.flagged(["postponed"], since(151 * DAY)).flagged([], since(171 * DAY));
    expect([letter.one.dueAt, letter.one.originalDueAt]).toEqual([since(211 * DAY), since(191 * DAY)]);
  });

  it("another date that was named stays, beside how it first ended, until another clock runs", () => {
    const letter = new Running("mla", "normal").sent(since(0)).received(since(0));
    letter.one = { ...letter.one, dueAt: since(45 * DAY) };
    letter.flagged(["info_wanted"], since(DAY)).flagged([], since(2 * DAY));
    expect([letter.one.dueAt, letter.one.originalDueAt]).toEqual([since(45 * DAY), since(30 * DAY)]);
    letter.agreed(since(40 * DAY));
    expect([letter.one.dueAt, letter.one.originalDueAt]).toEqual([since(130 * DAY), since(130 * DAY)]);
  });

  it.each(KIND_NAMES)("%s: the first end of a clock never changes while that clock runs", (kind) => {
    const flags = fc.subarray<RequestFlag>(["info_wanted", "conditions_offered", "postponed", "part_answered"]);
    fc.assert(
      fc.property(
        fc.constantFrom(...URGENCIES),
        fc.array(fc.tuple(flags, fc.integer({ min: 0, max: 40 * 24 })), { minLength: 1, maxLength: 10 }),
        (urgency, turns) => {
          const one = new Running(kind, urgency).sent(since(0)).received(since(0));
          const first = one.one.originalDueAt;
          expect(first).toEqual(one.one.dueAt);
          let now = 0;
          for (const [open, hours] of turns) {
            now += hours * HOUR;
            one.flagged(open, since(now));
            expect(one.one.originalDueAt).toEqual(first);
            // It runs or it rests, never both and never neither.
            expect((one.one.dueAt === undefined) !== (one.one.leftMs === undefined)).toBe(true);
            if (one.one.dueAt && first) expect(one.one.dueAt.getTime()).toBeGreaterThanOrEqual(first.getTime());
          }
        },
      ),
    );
  });

  it("a request that is passed on to another authority starts anew", () => {
    const letter = new Running("mla", "normal").sent(since(0)).received(since(2 * DAY));
    const again = { state: "sent" as const, sentAt: since(9 * DAY), receivedAt: undefined, decidedAt: undefined };
    letter.flagged(["postponed"], since(5 * DAY)).move({ ...again, flags: [] }, since(9 * DAY));
    expect([letter.one.clock, letter.one.dueAt, letter.one.originalDueAt, letter.one.leftMs]).toEqual([
      ...["mla.acknowledge", since(16 * DAY), since(16 * DAY), undefined],
    ]);
    letter.received(since(12 * DAY));
    expect([letter.one.dueAt, letter.one.originalDueAt]).toEqual([since(42 * DAY), since(42 * DAY)]);
    // Before anybody confirmed receipt as well.
    const unread = new Running("police", "urgent").sent(since(0));
    unread.move({ state: "sent", sentAt: since(3 * HOUR) }, since(3 * HOUR));
    expect([unread.one.dueAt, unread.one.originalDueAt]).toEqual([since(7 * HOUR), since(7 * HOUR)]);
  });
});

describe("what is advised before asking", () => {
  it.each([
    // danger, coercive, evidence, channel
    [true, false, false, false, "life"],
    [true, true, true, true, "life"],
    [true, false, true, false, "life"],
    [false, true, false, false, "formal"],
    [false, true, true, true, "formal"],
    [false, false, true, false, "both"],
    [false, false, true, true, "both"],
    [false, false, false, true, "channel"],
    [false, false, false, false, "liaison"],
  ] as const)("danger %s, coercive %s, evidence %s, channel %s: %s", (danger, coercive, evidence, channel, advice) => {
    expect(adviceOn({ danger, coercive, evidence, channel })).toBe(advice);
  });

  it("puts life first whatever else is so, and never less than formal before what only a court can order", () => {
    fc.assert(
      fc.property(fc.boolean(), fc.boolean(), fc.boolean(), (coercive, evidence, channel) => {
        expect(adviceOn({ danger: true, coercive, evidence, channel })).toBe("life");
        expect(adviceOn({ danger: false, coercive: true, evidence, channel })).toBe("formal");
      }),
    );
  });
});

describe("words and sources", () => {
  const ACTS = Object.keys(TYPED) as RequestAct[];
  const fields = KIND_NAMES.flatMap((kind) => fieldsOf(kind));
  const listed: Record<string, readonly string[]> = {
    kinds: KIND_NAMES,
    fields: fields.map(({ id }) => id),
    options: [...fields.flatMap(({ options }) => options ?? []), ...URGENCIES, "yes", "no"],
    grounds: GROUND_NAMES,
    clocks: Object.keys(CLOCKS),
    states: STATES,
    flags: FLAGS,
    urgencies: URGENCIES,
    bases: BASES,
    steps: STEPS.map((step) => `s${step}`),
    buttons: ACTS,
    news: ACTS,
  };

  /** A text, or what makes one. */
  const words = (said: unknown): string =>
    typeof said === "function" ? String(said({ what: "R-9", who: "Maria" })) : typeof said === "string" ? said : "";

  it.each(Object.keys(LANGUAGES))("%s has words for everything that the data names", (lang) => {
    const { requests } = messagesFor(lang);
    const missing = Object.entries(listed).flatMap(([of, ids]) => {
      const texts = (requests as unknown as Record<string, Record<string, unknown>>)[of] ?? {};
      return ids.filter((id) => !Object.hasOwn(texts, id) || words(texts[id]).trim() === "").map((id) => `${of}.${id}`);
    });
    for (const advice of ADVICE) if (!requests.advice.given[advice]) missing.push(`advice.${advice}`);
    expect(missing).toEqual([]);
    for (const clock of Object.keys(CLOCKS) as Clock[]) {
      const { unit, amount } = clockRow(clock);
      expect(requests.spans[unit]({ count: amount }), clock).toMatch(new RegExp(`\\b${amount}\\b`));
    }
  });

  it("names every act by a word of its own, and none that has no rule", () => {
    const typed = Object.values(TYPED);
    expect(new Set(typed).size).toBe(typed.length);
    for (const act of ACTS) expect(requestRule(act).from.length, act).toBeGreaterThan(0);
  });

  it("quotes sources that whoever reads it can look up, and says of each whether it was read", () => {
    const sources = [
      ...fields.map(({ id, source, confirmed }) => ({ of: `field ${id}`, source, confirmed })),
      ...GROUND_NAMES.map((name) => ({ of: `ground ${name}`, ...GROUNDS[name] })),
      ...(Object.keys(CLOCKS) as Clock[]).map((clock) => ({ of: `clock ${clock}`, ...clockRow(clock) })),
    ];
    for (const { of, source, confirmed } of sources) {
      expect(source ?? "", of).not.toMatch(/\bseed\b|DESIGN|\bours\b|^product$|^same$/i);
      expect(confirmed !== undefined, of).toBe(source !== undefined);
    }
    // A number that is not Coord's own says whose it is; a ground of refusal is always somebody's law.
    for (const clock of Object.keys(CLOCKS) as Clock[])
      if (clockRow(clock).status !== "product") expect(clockRow(clock).source, clock).toBeTruthy();
    for (const name of GROUND_NAMES) expect(GROUNDS[name].source, name).toBeTruthy();
  });
});
