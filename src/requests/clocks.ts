import { addHours, addMinutes } from "date-fns";
import type { RequestFlag, RequestKind, RequestState, RequestUrgency } from "../store/request-tables.js";
import { type Content, chosenIn, saidIn } from "./fields.js";

/**
 * How long each side has, from when, and whose number that is. No number here replaces the agreement that is in force between
 * the two States. A clock runs through nights and holidays; silence at its end neither grants nor refuses.
 */
export type ClockRow = {
  /**
   * `treaty`: binding text; `parties`: of a treaty that binds its parties alone; `model`: an instrument with no force here,
   * taken as a sensible default; else Coord's own.
   */
  status: "treaty" | "parties" | "model" | "product";
  source?: string;
  confirmed?: boolean;
  amount: number;
  unit: "minutes" | "hours" | "days";
  /** Counted back from a day that is fixed; in working days of whoever is asked. */
  before?: "days" | "working_days";
  /** It rests while this stands, and goes on with what was left. */
  pausesOn?: readonly RequestFlag[];
};

export const CLOCKS = {
  "police.urgent_direct": {
    ...{ status: "model", source: "Directive (EU) 2023/977 art 5(1)(a)", confirmed: true },
    ...{ amount: 8, unit: "hours", pausesOn: ["info_wanted", "postponed"] },
  },
  "police.urgent_indirect": {
    ...{ status: "model", source: "Directive (EU) 2023/977 art 5(1)(b)", confirmed: true },
    ...{ amount: 3, unit: "days", pausesOn: ["info_wanted", "postponed"] },
  },
  "police.normal": {
    ...{ status: "model", source: "Directive (EU) 2023/977 art 5(1)(c)", confirmed: true },
    ...{ amount: 7, unit: "days", pausesOn: ["info_wanted", "postponed"] },
  },
  "police.risk_after": { status: "product", amount: 24, unit: "hours" },
  "mla.acknowledge": {
    ...{ status: "model", source: "Directive 2014/41/EU art 16(1), annex B", confirmed: true },
    ...{ amount: 7, unit: "days" },
  },
  "mla.decide": {
    ...{ status: "model", source: "Directive 2014/41/EU art 12(3)", confirmed: true },
    ...{ amount: 30, unit: "days", pausesOn: ["postponed"] },
  },
  "mla.provisional": {
    ...{ status: "model", source: "Directive 2014/41/EU art 32(2)", confirmed: true },
    ...{ amount: 24, unit: "hours" },
  },
  "mla.execute": {
    ...{ status: "model", source: "Directive 2014/41/EU art 12(4)", confirmed: true },
    ...{ amount: 90, unit: "days", pausesOn: ["postponed"] },
  },
  "extradition.consent_notice": {
    ...{ status: "parties", source: "CETS 209 art 6(1)", confirmed: true, amount: 10, unit: "days" },
  },
  // Release is possible then; it must come at the end of the next one.
  "extradition.arrest_soft": {
    ...{ status: "parties", source: "ETS 24 art 16(4)", confirmed: true, amount: 18, unit: "days" },
  },
  "extradition.arrest_hard": {
    ...{ status: "parties", source: "ETS 24 art 16(4); A/RES/45/116 art 9(4)", confirmed: false },
    ...{ amount: 40, unit: "days" },
  },
  "extradition.pick_up": {
    ...{ status: "parties", source: "ETS 24 art 18(4)", confirmed: true, amount: 15, unit: "days" },
  },
  "extradition.pick_up_hard": {
    ...{ status: "parties", source: "ETS 24 art 18(4)", confirmed: true, amount: 30, unit: "days" },
  },
  "video.summons": { status: "product", amount: 15, unit: "days", before: "days" },
  "video.test": { status: "product", amount: 5, unit: "days", before: "working_days" },
  "video.hearing": { status: "product", amount: 1, unit: "days", before: "days" },
  // UNTOC 18(14) says "forthwith".
  "mla.confirm_oral": { status: "product", source: "UNTOC 18(14)", confirmed: true, amount: 24, unit: "hours" },
  // "Immediately", of traffic in drugs.
  "vessel.acknowledge": { status: "model", source: "ETS 156 art 7", confirmed: true, amount: 15, unit: "minutes" },
  // Protocol 8(4) says "expeditiously".
  "vessel.answer": { status: "model", source: "ETS 156 art 7", confirmed: true, amount: 4, unit: "hours" },
  // "Promptly".
  "vessel.report": { status: "product", source: "Protocol 8(3)", confirmed: true, amount: 12, unit: "hours" },
  // For a limited period, longer by mutual consent (EU MLA Convention 2000 art 13(1); CETS 182 art 20(1)).
  "jit.end": { status: "product", amount: 30, unit: "days", before: "days" },
  "jit.review": { status: "product", amount: 90, unit: "days" },
  "sit.authorisation": { status: "product", amount: 0, unit: "days" },
  "sit.safety_review": {
    status: "product",
    source: "CTOC/COP/WG.7/2012/3 para 23",
    confirmed: true,
    amount: 6,
    unit: "hours",
  },
  // Its length and when it starts are national.
  "stay.reflection": {
    ...{ status: "model", source: "Directive 2004/81/EC art 6(1)-(2)", confirmed: true, amount: 30, unit: "days" },
  },
  "stay.reflection_ends": { status: "product", amount: 0, unit: "days" },
  "stay.review": { status: "product", amount: 30, unit: "days", before: "days" },
  "border.test": { status: "product", amount: 30, unit: "days" },
  "border.review": { status: "product", amount: 30, unit: "days", before: "days" },
  // "Without undue or unreasonable delay": the number is of the agreement, where there is one.
  "return.verify": { status: "product", source: "Protocol 18(3)", confirmed: true, amount: 30, unit: "days" },
  "witness.full_request": { status: "product", amount: 24, unit: "hours" },
  "witness.threat_review": { status: "product", amount: 30, unit: "days" },
  "request.came_of_it": { status: "product", amount: 1, unit: "days" },
  "request.acknowledge_at_once": { status: "product", amount: 15, unit: "minutes" },
  "request.acknowledge_urgent": { status: "product", amount: 4, unit: "hours" },
  "request.acknowledge": { status: "product", amount: 7, unit: "days" },
  "request.decide": { status: "product", amount: 30, unit: "days", pausesOn: ["postponed"] },
} as const satisfies Record<string, ClockRow>;

export type Clock = keyof typeof CLOCKS;
export const clockRow = (clock: Clock): ClockRow => CLOCKS[clock];
export const isClock = (name: string): name is Clock => Object.hasOwn(CLOCKS, name);

export function endOf(clock: Clock, from: Date): Date {
  const { amount, unit } = clockRow(clock);
  // A day of a clock is 24 hours, whatever the zone of either side does in them.
  return unit === "minutes" ? addMinutes(from, amount) : addHours(from, unit === "hours" ? amount : 24 * amount);
}

type Timed = {
  kind: RequestKind;
  state: RequestState;
  urgency: RequestUrgency;
  sentAt?: Date;
  receivedAt?: Date;
  decidedAt?: Date;
};

/** The clock that runs in a state, and from when: from receipt, never from the click that told of it. */
export function runningClock(request: Timed, content: Content): { clock: Clock; from: Date } | undefined {
  const { state, sentAt, receivedAt, decidedAt } = request;
  if (state === "sent" && sentAt) return { clock: acknowledging(request, content), from: sentAt };
  if (state === "received" && receivedAt) return { clock: deciding(request, content), from: receivedAt };
  if (state === "agreed" && receivedAt && decidedAt)
    switch (request.kind) {
      case "mla":
        return { clock: "mla.execute", from: decidedAt };
      case "special_technique":
        return { clock: "sit.safety_review", from: decidedAt };
      case "joint_investigation":
      case "extradition":
      case "video_testimony":
        // From then on the days count that are fixed: src/requests/dates.ts.
        return undefined;
      default:
        return { clock: deciding(request, content), from: receivedAt };
    }
  return undefined;
}

function acknowledging({ kind, urgency }: Timed, content: Content): Clock {
  if (kind === "vessel") return "vessel.acknowledge";
  if (urgency === "life-safety") return "request.acknowledge_at_once";
  // "In case of urgency" (ETS 24 art 16(1)): somebody is about to leave.
  const arrest = kind === "extradition" && saidIn(content, "variant") === "provisional_arrest";
  if (urgency === "urgent" || arrest) return "request.acknowledge_urgent";
  return kind === "mla" || kind === "video_testimony" ? "mla.acknowledge" : "request.acknowledge";
}

function deciding({ kind, urgency }: Timed, content: Content): Clock {
  const urgent = urgency !== "normal";
  switch (kind) {
    case "police":
      if (!urgent) return "police.normal";
      // Until it is said to lie with others, it is taken to be there.
      return ["indirect", "unknown"].includes(saidIn(content, "availability"))
        ? "police.urgent_indirect"
        : "police.urgent_direct";
    case "mla": {
      const preserving = chosenIn(content, "assistance").some(
        (type) => type === "digital" || type === "search_seizure",
      );
      return urgent && preserving ? "mla.provisional" : "mla.decide";
    }
    case "video_testimony":
      return "mla.decide";
    case "vessel":
      return "vessel.answer";
    case "readmission":
      return "return.verify";
    case "extradition":
    case "transfer_sentenced":
    case "joint_investigation":
    case "special_technique":
    case "stay":
    case "border_channel":
    case "witness_protection":
      return "request.decide";
  }
}

/** What is stopped stops every clock. */
export const pauses = (clock: Clock | undefined, flags: readonly RequestFlag[]): boolean =>
  clock !== undefined && [...(clockRow(clock).pausesOn ?? []), "stopped" as const].some((flag) => flags.includes(flag));
