import { addDays, subDays, subHours } from "date-fns";
import type { Context } from "../command/define.js";
import type { Agency, Person } from "../people/model.js";
import { sendFirst, sendRequest } from "../requests/acts/asking.js";
import { recordEvent } from "../requests/acts/dates.js";
import { acknowledge, agree, askInfo } from "../requests/acts/deciding.js";
import { answerSafety } from "../requests/acts/stopping.js";
import { approveRequest, completeRequest, draftRequest, fillRequest } from "../requests/acts/writing.js";
import { fieldsOf } from "../requests/kinds.js";
import type { CoopRequest } from "../requests/model.js";
import type { RequestKind, RequestUrgency } from "../store/request-tables.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { dayOf } from "../time/index.js";
import { resolve, splitDay } from "../time/local.js";
import { workAt } from "./moment.js";

/** Requests between the two States of the demo, one for each thing that there is to do next. */
export type RequestPeople = Record<"maria" | "jonas" | "petra" | "pavel" | "sami" | "leila", Person>;

/** Which offices of the directory the agencies here are, by their names there. */
const OFFICES = (people: RequestPeople): readonly (readonly [string, Agency])[] => [
  ["National Police, contact point (Norland)", people.maria.agency],
  ["Coast Guard operations centre (Norland)", people.jonas.agency],
  ["Ministry of Justice, mutual assistance (Norland)", people.pavel.agency],
  ["National Police, contact point (Sudmark)", people.sami.agency],
  ["Ministry of Justice, mutual assistance (Sudmark)", people.leila.agency],
  ["Ministry of Justice, extradition (Norland)", people.pavel.agency],
  ["Ministry of Justice, extradition (Sudmark)", people.leila.agency],
  ["Organised Crime Prosecution (Norland)", people.pavel.agency],
  ["Organised Crime Prosecution (Sudmark)", people.leila.agency],
  ["Witness Protection Unit (Norland)", people.maria.agency],
  ["Witness Protection Unit (Sudmark)", people.sami.agency],
];

type Filled = Readonly<Record<string, string | readonly string[]>>;

const RISK: Filled = {
  adviser: "Legal desk, last week",
  ...{ k1: "no", k2: "no", k3: "yes", k4: "no", k5: "no", k7: "no" },
  k6: "They kept to our limits in the last three cases",
  k8: "No",
};

const PHONE: Filled = {
  ...{ basis: "agreement", basis_detail: "Police cooperation agreement, art 4", language: "en", confidential: "yes" },
  urgency_reason: "The group moves people on Mondays",
  contact: "Duty desk, day and night",
  what: "Who the number is registered to, and since when",
  purpose: "Inquiry into the smuggling of migrants over the northern crossing",
  why_there: "The number is one of a provider in Sudmark",
  ...{ availability: "direct", evidence_later: "yes" },
  ...RISK,
};

const ACCOUNT: Filled = {
  ...{ basis: "untoc", language: "fr", confidential: "yes", contact: "Petra Vance, by day" },
  proceeding: "Criminal proceedings for smuggling of migrants, case 7 of this year",
  conducting_authority: "Ministry of Justice of Norland, for the investigating judge",
  assistance: ["documents_records"],
  facts: "Between March and May a charter firm was paid for three crossings; the payments came from one account.",
  purpose: "Proof of who paid for the crossings, for the trial in spring",
  offence_and_law: "Smuggling of migrants, Criminal Code art 112: one to eight years",
};

const VESSEL: Filled = {
  ...{ basis: "untoc", language: "en", confidential: "yes", contact: "Operations centre, day and night" },
  ...{ distress: "no", vessel: "Heron, wooden, blue, flag of Sudmark claimed, no number seen" },
  ...{ position: "36 12 N 22 40 E, 02:10 UTC, 6 knots north", grounds: "About 30 people on deck, lights out" },
  ...{ measures: ["confirm_registry", "board"], own_ship: "Patrol boat 7, marked as on government service" },
  plan_for_people: "Harbour of Northgate, medical team and interpreters on the quay",
};

const ORGANISER: Filled = {
  ...{ basis: "treaty", basis_detail: "Extradition treaty, art 9", language: "en", confidential: "yes" },
  ...{ contact: "Petra Vance, day and night this week", variant: "provisional_arrest", stage: "accused" },
  urgency_reason: "He has a ticket out of Sudmark for tomorrow",
  person_sought: "A man of 41, national of Norland, living in the harbour town",
  facts: ACCOUNT.facts ?? "",
  place_and_time: "Northgate and the northern crossing, March to May",
  offence_and_law: ACCOUNT.offence_and_law ?? "",
  warrant_exists: "Warrant of arrest of the district court of Northgate; the request follows",
  limitation: "yes",
};

const HEARING: Filled = {
  ...ACCOUNT,
  ...{ persons: "One witness, known to the court there as W2", person_status: "witness", interpreter: "none needed" },
  ...{ court: "District court of Northgate, two judges and the prosecutor", rights: "Code of procedure art 60" },
  why_not_here: "The witness was threatened on the way to an earlier hearing",
  technical: "Room 4, an hour and a half, recorded here; a second date is the same hour a week later",
  adviser: "Legal desk, last week",
};

/** What both sides answered on the safety of the people. */
const SAFE: Readonly<Record<string, string>> = {
  ...{
    s1: "no",
    s2: "About ten, no child seen, in the van, in good state",
    s3: "Two cars in turn, a helicopter by day",
  },
  ...{ s3_minutes: "10", s4: "Van locked from outside, heat, violence, a child alone, contact lost for ten minutes" },
  ...{ s5: "Petra Vance and Leila Mansour, day and night", s6: "Ambulance at the old customs post" },
  ...{ s7: "Reception centre at Northgate, with interpreters; they know", s8: "yes" },
  ...{ s9: "It ends, and the van is stopped on whichever side it is", s10_hours: "12" },
};

const VAN: Filled = {
  ...{ basis: "untoc", language: "en", confidential: "yes", contact: "Petra Vance, day and night this week" },
  urgency_reason: "It leaves on Friday",
  ...{
    technique: "observation",
    people_aboard: "yes",
    facts: ACCOUNT.facts ?? "",
    purpose: "To find who leads the group",
  },
  ...{ order: "District court of Northgate, order 14", route: "Norland, northern crossing, Sudmark" },
  command: "Norland leads to the crossing, Sudmark after it; one radio channel",
  adviser: "Legal desk, this week",
  ...SAFE,
};

/** @param as somebody acting in a unit of work */
export async function addRequests(
  work: UnitOfWork,
  people: RequestPeople,
  as: (work: UnitOfWork, person: Person) => Context,
): Promise<void> {
  for (const [name, agency] of OFFICES(people))
    await work.tx
      .updateTable("authorities")
      .set({ agency_id: agency.id, verified_on: dayOf(subDays(work.now, 40), work.body.zone) })
      .where("name", "=", name)
      .execute();
  const { maria, jonas, petra, pavel, sami, leila } = people;
  const anHourAgo = workAt(work, subHours(work.now, 1));
  const [lastWeek, yesterday] = [workAt(work, subDays(work.now, 6)), workAt(work, subDays(work.now, 1))];

  // A question of theirs waits for an answer.
  const phone = await sent(as, lastWeek, maria, maria, {
    ...{ kind: "police", to: sami.agency, urgency: "urgent", subjectLine: "Owner of a phone number", filled: PHONE },
  });
  const received = await acknowledge(as(yesterday, sami), phone, { theirRef: "SP-204" });
  await askInfo(as(yesterday, sami), received, "Which of the two numbers in your annex is meant?");
  // Asked of us, to be decided.
  const lorry = await sent(as, lastWeek, sami, sami, {
    ...{ kind: "police", to: maria.agency, subjectLine: "Lorry seen at the old customs post" },
    filled: { ...PHONE, what: "Where the lorry with the plate in the annex was seen since June" },
  });
  await acknowledge(as(yesterday, maria), lorry, {});
  // A vessel waits: it went first, and its paper is owed.
  const heron = await drafted(as(anHourAgo, jonas), {
    ...{ kind: "vessel", to: sami.agency, urgency: "life-safety", subjectLine: "Vessel off the cape", filled: VESSEL },
  });
  await sendFirst(as(anHourAgo, jonas), heron, {
    why: "It is under way",
    spokenWith: "Sami Haddad",
  });
  // Complete, waiting for the second pair of eyes; and one of which half is missing.
  const account = await drafted(as(yesterday, petra), {
    ...{ kind: "mla", to: leila.agency, subjectLine: "Records of a company account" },
    filled: {
      ...ACCOUNT,
      ...{ assistance_detail: "Statements of the account, certified", records_period: "March to May" },
      ...{ certification: "Stamp of the bank and of the court", adviser: "Legal desk, last week" },
    },
    unknown: ["persons"],
  });
  await completeRequest(as(yesterday, petra), account);
  await drafted(as(work, petra), {
    ...{ kind: "mla", to: leila.agency, subjectLine: "Statement of a witness", filled: ACCOUNT },
  });
  // An arrest: the days run until its papers are there.
  const arrest = await drafted(as(lastWeek, petra), {
    ...{ kind: "extradition", to: leila.agency, urgency: "urgent", subjectLine: "Organiser of the crossings" },
    filled: ORGANISER,
  });
  const asked = await sendFirst(as(lastWeek, pavel), arrest, {
    why: "He leaves tomorrow",
    spokenWith: "Leila Mansour",
  });
  const arrived = await acknowledge(as(lastWeek, leila), asked, { theirRef: "EX-31" });
  await recordEvent(as(lastWeek, leila), arrived, "arrested", {});
  // A hearing whose line is still to be tested.
  const hearing = await sent(as, lastWeek, petra, pavel, {
    ...{ kind: "video_testimony", to: leila.agency, subjectLine: "Hearing of a witness" },
    filled: { ...HEARING, hearing_at: tenOClock(work, HEARING_IN_DAYS).toISOString() },
  });
  const taken = await acknowledge(as(yesterday, leila), hearing, { theirRef: "MJ-77" });
  await agree(as(yesterday, leila), taken, { scope: "The investigating judge there conducts it" });
  // Both sides let a van run and look at the safety of the people; anybody stops it.
  const van = await sent(as, yesterday, petra, pavel, {
    ...{ kind: "special_technique", to: leila.agency, urgency: "urgent", subjectLine: "Van on the northern road" },
    filled: { ...VAN, order_until: tenOClock(work, ORDER_IN_DAYS).toISOString() },
  });
  const watched = await acknowledge(as(anHourAgo, leila), van, { theirRef: "MJ-80" });
  const { one: safe } = await answerSafety(as(anHourAgo, leila), watched, SAFE);
  await agree(as(anHourAgo, leila), safe, { scope: "Observation by two cars, in turn" });
  // Sent and not received yet.
  await sent(as, yesterday, petra, pavel, {
    ...{ kind: "mla", to: leila.agency, subjectLine: "Records of a charter firm" },
    filled: {
      ...ACCOUNT,
      ...{ assistance_detail: "The contracts of three crossings", records_period: "March to May" },
      ...{ certification: "Stamp of the court", adviser: "Legal desk, last week" },
    },
    unknown: ["persons"],
  });
}

const HEARING_IN_DAYS = 12;
const ORDER_IN_DAYS = 20;

/** Ten in the morning of the body, so many days from now. */
const tenOClock = ({ now, body }: UnitOfWork, days: number): Date =>
  resolve({ ...splitDay(dayOf(addDays(now, days), body.zone)), hour: 10, minute: 0 }, body.zone).at;

type Drafting = {
  kind: RequestKind;
  to: Agency;
  subjectLine: string;
  urgency?: RequestUrgency;
  filled: Filled;
  unknown?: readonly string[];
};

async function drafted(c: Context, { to, filled, unknown = [], ...one }: Drafting): Promise<CoopRequest> {
  const known = new Set(fieldsOf(one.kind).map(({ id }) => id));
  const values = Object.fromEntries(
    Object.entries(filled).flatMap(([id, said]) =>
      known.has(id) ? [[id, [typeof said === "string" ? said : said.join(" ")]]] : [],
    ),
  );
  return fillRequest(c, await draftRequest(c, { ...one, to: { agency: to } }), { values, unknown, asked: [] });
}

/** Drafted, approved by another where its kind wants that, and sent. */
async function sent(
  as: (work: UnitOfWork, person: Person) => Context,
  work: UnitOfWork,
  drafter: Person,
  approver: Person,
  drafting: Drafting,
): Promise<CoopRequest> {
  const ready = await completeRequest(as(work, drafter), await drafted(as(work, drafter), drafting));
  return sendRequest(as(work, drafter), await approveRequest(as(work, approver), ready), {});
}
