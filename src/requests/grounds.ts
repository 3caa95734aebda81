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
  onlyFor?: { kind?: RequestKind; field: string; in: readonly string[] };
};

const rows = {
  not_in_conformity: {
    kinds: ["mla"],
    effect: "refuse",
    source: "UNTOC 18(21)(a)",
    confirmed: true,
    consultation: ["mla"],
  },
  essential_interests: {
    kinds: ["mla"],
    effect: "refuse",
    source: "UNTOC 18(21)(b)",
    confirmed: true,
    consultation: ["mla"],
  },
  domestic_prohibition: {
    kinds: ["mla"],
    effect: "refuse",
    source: "UNTOC 18(21)(c)",
    confirmed: true,
    consultation: ["mla"],
  },
  contrary_to_mla_law: {
    kinds: ["mla"],
    effect: "refuse",
    source: "UNTOC 18(21)(d)",
    confirmed: true,
    consultation: ["mla"],
  },
  no_double_criminality: {
    kinds: ["mla", "transfer_sentenced"],
    effect: "refuse",
    source: "UNTOC 18(9); ETS 112 art 3(1)(e)",
    confirmed: true,
  },
  treaty_ground: {
    kinds: ["mla"],
    effect: "refuse",
    source: "UNTOC 18(6)-(7)",
    confirmed: true,
    onlyFor: { field: "basis", in: ["treaty", "agreement"] },
  },
  ongoing_proceedings: {
    kinds: ["mla", "police"],
    effect: "postpone",
    source: "UNTOC 18(25); Directive (EU) 2023/977 art 6(1)(f)(ii)",
    confirmed: true,
    consultation: ["mla"],
  },
  person_does_not_consent: {
    kinds: ["mla", "transfer_sentenced"],
    effect: "refuse",
    source:
      "UNTOC 18(10)(a), 18(27); CETS 182 art 9(8); Directive 2014/41/EU art 24(2)(a); ETS 112 art 3(1)(d); Directive 2004/81/EC art 8(1)(b)",
    confirmed: true,
    onlyFor: { kind: "mla", field: "assistance", in: ["detained_person", "voluntary_appearance"] },
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
  po_harm: { kinds: ["police"], effect: "refuse", source: "Directive (EU) 2023/977 art 6(1)(f)", confirmed: true },
  po_minor: { kinds: ["police"], effect: "refuse", source: "Directive (EU) 2023/977 art 6(1)(g)", confirmed: true },
  po_third_origin: {
    kinds: ["police"],
    effect: "refuse",
    source: "Directive (EU) 2023/977 art 6(1)(h)",
    confirmed: true,
  },
  po_domestic_law: {
    kinds: ["police"],
    effect: "refuse",
    source:
      "UNTOC 27(1): consistent with domestic legal and administrative systems; the grounds before this one bind EU Member States only",
    confirmed: true,
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
  fiscal: { kinds: ["mla"], effect: "never_alone", source: "UNTOC 18(22), 16(15)", confirmed: true },
  bank_secrecy: {
    kinds: ["mla"],
    effect: "never",
    source: "UNTOC 18(8); for orders on bank records 12(6)",
    confirmed: true,
  },
} satisfies Record<string, GroundRow>;

export type Ground = keyof typeof rows;
export const GROUNDS: Readonly<Record<Ground, GroundRow>> = rows;
export const GROUND_NAMES = Object.keys(rows) as Ground[];
