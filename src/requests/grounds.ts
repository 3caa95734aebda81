import type { RequestKind } from "../store/request-tables.js";

/** Why a request may be refused or postponed, for which kinds, and where that stands. */
export type GroundRow = {
  kinds: readonly RequestKind[];
  /** `never_alone`: only beside another; `never`: by treaty no ground at all. */
  effect: "refuse" | "postpone" | "answer" | "never" | "never_alone";
  source?: string;
  confirmed?: boolean;
  /** Kinds in which the other side is consulted first (UNTOC 18(26)). */
  consultation?: readonly RequestKind[];
  /** No reasons are owed (Protocol 8(2)). */
  reasonsOptional?: boolean;
  /** It holds where the request says one of these; of one kind alone, where that is named. */
  onlyFor?: readonly { kind?: RequestKind; field: string; in: readonly string[] }[];
};

const rows = {
  not_in_conformity: {
    kinds: ["mla", "video_testimony"],
    effect: "refuse",
    source: "UNTOC 18(21)(a)",
    confirmed: true,
    consultation: ["mla", "video_testimony"],
  },
  essential_interests: {
    kinds: ["mla", "video_testimony", "special_technique"],
    effect: "refuse",
    source: "UNTOC 18(21)(b)",
    confirmed: true,
    consultation: ["mla", "video_testimony", "special_technique"],
  },
  domestic_prohibition: {
    kinds: ["mla", "video_testimony", "special_technique"],
    effect: "refuse",
    source: "UNTOC 18(21)(c)",
    confirmed: true,
    consultation: ["mla", "video_testimony", "special_technique"],
  },
  contrary_to_mla_law: {
    kinds: ["mla", "video_testimony"],
    effect: "refuse",
    source: "UNTOC 18(21)(d)",
    confirmed: true,
    consultation: ["mla", "video_testimony"],
  },
  no_double_criminality: {
    kinds: ["mla", "video_testimony", "transfer_sentenced"],
    effect: "refuse",
    source: "UNTOC 18(9); ETS 112 art 3(1)(e)",
    confirmed: true,
  },
  treaty_ground: {
    kinds: ["mla", "video_testimony"],
    effect: "refuse",
    source: "UNTOC 18(6)-(7)",
    confirmed: true,
    onlyFor: [{ field: "basis", in: ["treaty", "agreement"] }],
  },
  ongoing_proceedings: {
    kinds: ["mla", "video_testimony", "police", "special_technique"],
    effect: "postpone",
    source: "UNTOC 18(25); Directive (EU) 2023/977 art 6(1)(f)(ii)",
    confirmed: true,
    consultation: ["mla", "video_testimony", "special_technique"],
  },
  fundamental_principles_video: {
    ...{ kinds: ["video_testimony"], effect: "refuse", source: "UNTOC 18(18); CETS 182 art 9(2)", confirmed: true },
  },
  person_does_not_consent: {
    kinds: ["mla", "video_testimony", "transfer_sentenced", "stay", "witness_protection"],
    effect: "refuse",
    source:
      "UNTOC 18(10)(a), 18(27); CETS 182 art 9(8); Directive 2014/41/EU art 24(2)(a); ETS 112 art 3(1)(d); Directive 2004/81/EC art 8(1)(b)",
    confirmed: true,
    onlyFor: [
      { kind: "mla", field: "assistance", in: ["detained_person", "voluntary_appearance"] },
      { kind: "video_testimony", field: "person_status", in: ["suspect"] },
    ],
  },
  po_not_available: {
    kinds: ["police"],
    effect: "refuse",
    source: "Directive (EU) 2023/977 art 6(1)(a)",
    confirmed: true,
  },
  po_form: { kinds: ["police"], effect: "refuse", source: "Directive (EU) 2023/977 art 6(1)(b)", confirmed: true },
  po_judge: { kinds: ["police"], effect: "refuse", source: "Directive (EU) 2023/977 art 6(1)(c)", confirmed: true },
  po_data_category: {
    kinds: ["police"],
    effect: "refuse",
    source: "Directive (EU) 2023/977 art 6(1)(d)",
    confirmed: true,
  },
  po_inaccurate: {
    kinds: ["police"],
    effect: "refuse",
    source: "Directive (EU) 2023/977 art 6(1)(e)",
    confirmed: true,
  },
  po_harm: {
    kinds: ["police", "border_channel"],
    effect: "refuse",
    source: "Directive (EU) 2023/977 art 6(1)(f)",
    confirmed: true,
  },
  po_minor: { kinds: ["police"], effect: "refuse", source: "Directive (EU) 2023/977 art 6(1)(g)", confirmed: true },
  po_third_origin: {
    kinds: ["police"],
    effect: "refuse",
    source: "Directive (EU) 2023/977 art 6(1)(h)",
    confirmed: true,
  },
  po_domestic_law: {
    kinds: ["police", "border_channel"],
    effect: "refuse",
    source:
      "UNTOC 27(1): consistent with domestic legal and administrative systems; the grounds before this one bind EU Member States only",
    confirmed: true,
  },
  // What is not safe is refused at once: talk about it comes after.
  sit_safety: {
    kinds: ["special_technique", "joint_investigation"],
    effect: "refuse",
    source: "CTOC/COP/WG.7/2012/3 para 23; Protocol 16",
    confirmed: true,
  },
  sit_no_agreement: {
    kinds: ["special_technique", "joint_investigation"],
    effect: "refuse",
    source: "UNTOC 19, 20(2)-(4)",
    confirmed: true,
    consultation: ["special_technique"],
  },
  st_not_needed: { kinds: ["stay"], effect: "refuse", source: "Directive 2004/81/EC art 8", confirmed: true },
  st_public_order: {
    kinds: ["stay"],
    effect: "refuse",
    source: "Directive 2004/81/EC art 6(4), 8(2), 14",
    confirmed: false,
  },
  bc_capacity: { kinds: ["border_channel"], effect: "refuse", source: "Protocol 11(6)", confirmed: true },
  re_not_national: { kinds: ["readmission"], effect: "refuse", source: "Protocol 18(1), 18(3)", confirmed: true },
  re_unknown: { kinds: ["readmission"], effect: "answer", source: "Protocol 18(3)", confirmed: true },
  re_former_resident: { kinds: ["readmission"], effect: "refuse", source: "Protocol 18(2)", confirmed: true },
  re_late: {
    kinds: ["readmission"],
    effect: "refuse",
    source: "EU–Russia readmission agreement art 12(1)",
    confirmed: true,
    onlyFor: [{ field: "claim", in: ["third_country_by_agreement"] }],
  },
  wp_capacity: {
    kinds: ["witness_protection"],
    effect: "refuse",
    source: "UNTOC 24(1)",
    confirmed: true,
    consultation: ["witness_protection"],
  },
  ts_remaining: { kinds: ["transfer_sentenced"], effect: "refuse", source: "ETS 112 art 3(1)(c)", confirmed: true },
  ts_not_national: { kinds: ["transfer_sentenced"], effect: "refuse", source: "ETS 112 art 3(1)(a)", confirmed: true },
  ts_discretion: {
    kinds: ["transfer_sentenced"],
    effect: "refuse",
    source: "ETS 112 art 3(1)(f); UNTOC 17",
    confirmed: true,
  },
  vs_not_registered: { kinds: ["vessel"], effect: "answer", source: "Protocol 8(4), 8(7)", confirmed: true },
  vs_no_authorisation: {
    kinds: ["vessel"],
    effect: "refuse",
    source: "Protocol 8(2), 8(5)",
    confirmed: true,
    reasonsOptional: true,
  },
  ex_discrimination: { kinds: ["extradition"], effect: "refuse", source: "UNTOC 16(14)", confirmed: true },
  ex_national: { kinds: ["extradition"], effect: "refuse", source: "UNTOC 16(10)-(12)", confirmed: true },
  ex_conditions_of_law: { kinds: ["extradition"], effect: "refuse", source: "UNTOC 16(1), 16(7)", confirmed: true },
  ex_political: {
    ...{ kinds: ["extradition"], effect: "refuse", source: "ETS 24 art 3(1); A/RES/45/116 art 3(a)", confirmed: true },
  },
  ex_bis: {
    ...{ kinds: ["extradition"], effect: "refuse", source: "ETS 24 art 9; A/RES/45/116 art 3(d)", confirmed: true },
  },
  // Between parties to CETS 212 the time-bar of the State that asks alone counts.
  ex_time: {
    ...{ kinds: ["extradition"], effect: "refuse", confirmed: true },
    source: "ETS 24 art 10; CETS 212 art 1; ETS 98 art 4; A/RES/45/116 art 3(e)",
  },
  ex_torture: {
    ...{ kinds: ["extradition"], effect: "refuse", confirmed: true },
    source: "CAT art 3(1); ICCPR art 7; A/RES/45/116 art 3(f)",
  },
  ex_absence: {
    ...{ kinds: ["extradition"], effect: "refuse", source: "ETS 98 art 3; A/RES/45/116 art 3(g)", confirmed: true },
  },
  ex_death: {
    ...{ kinds: ["extradition"], effect: "refuse", source: "ETS 24 art 11; A/RES/45/116 art 4(d)", confirmed: true },
  },
  ex_humanitarian: { kinds: ["extradition"], effect: "refuse", source: "A/RES/45/116 art 4(h)", confirmed: false },
  ex_serving: {
    ...{ kinds: ["extradition"], effect: "postpone", source: "ETS 24 art 19; A/RES/45/116 art 12", confirmed: true },
  },
  fiscal: {
    kinds: ["mla", "video_testimony", "extradition"],
    effect: "never_alone",
    source: "UNTOC 18(22), 16(15)",
    confirmed: true,
  },
  bank_secrecy: {
    kinds: ["mla", "video_testimony"],
    effect: "never",
    source: "UNTOC 18(8); for orders on bank records 12(6)",
    confirmed: true,
  },
  national_readmission: {
    kinds: ["readmission"],
    effect: "never",
    source: "Protocol 18(1), 18(4)",
    confirmed: true,
  },
} satisfies Record<string, GroundRow>;

export type Ground = keyof typeof rows;
export const GROUNDS: Readonly<Record<Ground, GroundRow>> = rows;
export const GROUND_NAMES = Object.keys(rows) as Ground[];
