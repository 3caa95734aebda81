import type { AuthorityFunction } from "../authorities/functions.js";
import type { RequestKind, RequestUrgency } from "../store/request-tables.js";

/**
 * What is asked for in each kind of request: its fields in the order of the treaty, who may answer at once, when it may go
 * first and its paper follow. Each field says where it comes from and whether that was read; one without a source is
 * Coord's own. (UNTOC: A/RES/55/25 annex I; Protocol: its annex III.)
 */
export type Required =
  | "always"
  /** Filled, or said not to be known. */
  | "if_known"
  | "no"
  /** Another field holds something. */
  | { filled: string }
  /** One of these fields holds one of these. */
  | { oneOf: { field: readonly string[]; in: readonly string[] } }
  /** Not where a field holds nothing but these. */
  | { unlessOnly: { field: string; in: readonly string[] } }
  /** A chosen type of assistance needs it. */
  | { assistance: string };

export type FieldType = "text" | "longtext" | "choice" | "choices" | "yesno" | "date" | "moment" | "language";

export type FieldRow = {
  id: string;
  type: FieldType;
  /** The dialog in which it is asked. */
  step: Step;
  required: Required;
  source?: string;
  confirmed?: boolean;
  options?: readonly string[];
  /** Characters; as many as one field of a platform takes where absent. */
  max?: number;
  /** Less is said to be unusual. */
  warnBelow?: number;
};

/** 1: who and on what basis; 2: the case; 3: the assistance; 4: advice, people and safety. */
export const STEPS = [1, 2, 3, 4] as const;
export type Step = (typeof STEPS)[number];

/** It may be sent first and its paper follow. */
export type SendFirst = {
  /** Where it is so urgent; */
  urgency?: readonly RequestUrgency[];
  /** or where one of these is chosen. */
  chosen?: { field: string; in: readonly string[] };
  /** What it must say at least. */
  minimum: readonly string[];
  /** Until when the paper is owed, by that clock from sending; absent: until the end of one that begins later. */
  paper?: string;
  /** Never by its drafter alone. */
  secondPair?: true;
};

export type KindRow = {
  /** What the authority that is asked must be competent for; what people call that names the kind. */
  function: AuthorityFunction;
  /** It goes out as a document of the authority; the others are between services. */
  formal: boolean;
  /** Approved by another than its drafter. */
  fourEyes: boolean;
  /** After so many working days without a word what was answered is taken for enough. */
  silenceDays?: number;
  /** It may be answered without a decision first. */
  straightAnswer?: true;
  /** The decision is the answer. */
  agreeIsAnswer?: true;
  /**
   * Whether a refusal needs to be consulted about first; which ground does is said there. `appropriate`: or it is said why
   * that was left out (UNTOC 16(16)).
   */
  consultation: "required" | "appropriate" | "none";
  sendFirst?: SendFirst;
  fields: readonly FieldRow[];
};

export const KIND_NAMES = [
  ...(["police", "mla", "video_testimony", "extradition", "vessel", "transfer_sentenced"] as const),
] satisfies readonly RequestKind[];

/** What is said of a proceeding in every request for mutual legal assistance (UNTOC 18(15)(b), (c), (f)). */
const PROCEEDING = {
  proceeding: {
    ...{ id: "proceeding", type: "longtext", step: 2, required: "always" },
    ...{ source: "UNTOC 18(15)(b)", confirmed: true },
  },
  conducting: {
    ...{ id: "conducting_authority", type: "text", step: 2, required: "always" },
    ...{ source: "UNTOC 18(15)(b)", confirmed: true },
  },
  purpose: {
    ...{ id: "purpose", type: "longtext", step: 2, required: "always" },
    ...{ source: "UNTOC 18(15)(f)", confirmed: true },
  },
} as const satisfies Record<string, FieldRow>;

/** Who was asked before it goes (CTOC/COP/WG.7/2012/3 para 9). */
const ADVISER: FieldRow = {
  ...{ id: "adviser", type: "text", step: 4, required: "always" },
  ...{ source: "CTOC/COP/WG.7/2012/3 para 9", confirmed: true },
};

/** Asked of every kind. */
const COMMON: readonly FieldRow[] = [
  {
    id: "basis",
    type: "choice",
    step: 1,
    required: "always",
    source: "CTOC/COP/WG.7/2012/3 para 7; UNTOC 16(4), 18(7), 27(2)",
    confirmed: true,
    options: ["treaty", "untoc", "agreement", "domestic_law", "reciprocity"],
  },
  {
    id: "basis_detail",
    type: "text",
    step: 1,
    required: { oneOf: { field: ["basis"], in: ["treaty", "agreement", "domestic_law"] } },
    source: "CTOC/COP/WG.7/2012/3 para 7",
    confirmed: true,
  },
  { id: "language", type: "language", step: 1, required: "always", source: "UNTOC 18(14)", confirmed: true },
  {
    id: "urgency_reason",
    type: "longtext",
    step: 1,
    required: { oneOf: { field: ["urgency"], in: ["life-safety", "urgent"] } },
    source: "Directive (EU) 2023/977 art 4; UNTOC 18(24)",
    confirmed: false,
  },
  { id: "wanted_by", type: "moment", step: 1, required: "no", source: "UNTOC 18(24)", confirmed: true },
  {
    id: "wanted_by_reason",
    type: "text",
    step: 1,
    required: { filled: "wanted_by" },
    source: "UNTOC 18(24)",
    confirmed: true,
  },
  { id: "confidential", type: "yesno", step: 1, required: "always", source: "UNTOC 18(20)", confirmed: true },
  {
    id: "use_limits",
    type: "longtext",
    step: 1,
    required: "no",
    source: "UNTOC 18(19), 18(5); Protocol 10(2)",
    confirmed: true,
  },
  {
    id: "resources",
    type: "longtext",
    step: 1,
    required: "no",
    source: "CTOC/COP/WG.7/2012/3 para 11, 23",
    confirmed: true,
  },
  { id: "costs", type: "text", step: 1, required: "no", source: "UNTOC 18(28)", confirmed: true },
  { id: "contact", type: "text", step: 1, required: "always" },
];

export const KINDS: Readonly<Record<RequestKind, KindRow>> = {
  police: {
    function: "law_enforcement_cooperation",
    formal: false,
    fourEyes: false,
    silenceDays: 10,
    straightAnswer: true,
    consultation: "none",
    sendFirst: { urgency: ["life-safety"], minimum: ["what", "urgency_reason"], paper: "police.risk_after" },
    fields: [
      {
        id: "what",
        type: "longtext",
        step: 2,
        required: "always",
        source: "Directive (EU) 2023/977 art 4",
        confirmed: false,
      },
      {
        id: "purpose",
        type: "longtext",
        step: 2,
        required: "always",
        source: "Directive (EU) 2023/977 art 4; UNTOC 27(1)",
        confirmed: false,
      },
      {
        id: "why_there",
        type: "longtext",
        step: 2,
        required: "always",
        source: "Directive (EU) 2023/977 art 4",
        confirmed: false,
      },
      {
        id: "link",
        type: "longtext",
        step: 2,
        required: { filled: "persons" },
        source: "Directive (EU) 2023/977 art 4",
        confirmed: false,
      },
      {
        id: "persons",
        type: "longtext",
        step: 2,
        required: "no",
        source: "UNTOC 27(1)(b)(i); Directive (EU) 2023/977 art 4",
        confirmed: false,
      },
      {
        id: "availability",
        type: "choice",
        step: 2,
        required: "always",
        source: "Directive (EU) 2023/977 art 5",
        confirmed: true,
        options: ["direct", "indirect", "unknown"],
      },
      {
        id: "evidence_later",
        type: "yesno",
        step: 2,
        required: "always",
        source: "CTOC/COP/WG.7/2012/3 para 9; Directive (EU) 2023/977 art 1",
        confirmed: true,
      },
      ADVISER,
      { id: "k1", type: "yesno", step: 4, required: "always" },
      { id: "k2", type: "yesno", step: 4, required: "always" },
      { id: "k3", type: "yesno", step: 4, required: "always" },
      { id: "k4", type: "yesno", step: 4, required: "always" },
      { id: "k5", type: "yesno", step: 4, required: "always" },
      { id: "k6", type: "longtext", step: 4, required: "always" },
      { id: "k7", type: "yesno", step: 4, required: "always" },
      { id: "k8", type: "longtext", step: 4, required: "always" },
      {
        id: "risk_measures",
        type: "longtext",
        step: 4,
        required: { oneOf: { field: ["k1", "k2", "k7"], in: ["yes"] } },
      },
    ],
  },
  mla: {
    function: "mla",
    formal: true,
    fourEyes: true,
    consultation: "required",
    sendFirst: {
      urgency: ["urgent", "life-safety"],
      minimum: ["assistance", "urgency_reason"],
      paper: "mla.confirm_oral",
    },
    fields: [
      PROCEEDING.proceeding,
      PROCEEDING.conducting,
      {
        id: "assistance",
        type: "choices",
        step: 2,
        required: "always",
        source: "UNTOC 18(3), 18(15)(d)",
        confirmed: true,
        options: [
          "evidence_statements",
          "service_of_documents",
          "search_seizure",
          "examine_objects",
          "information_experts",
          "documents_records",
          "trace_proceeds",
          "voluntary_appearance",
          "detained_person",
          "digital",
          "transfer_of_proceedings",
          "other",
        ],
      },
      {
        id: "assistance_detail",
        type: "longtext",
        step: 3,
        required: "always",
        source: "UNTOC 18(15)(d)",
        confirmed: true,
      },
      {
        id: "facts",
        type: "longtext",
        step: 2,
        required: { unlessOnly: { field: "assistance", in: ["service_of_documents"] } },
        source: "UNTOC 18(15)(c)",
        confirmed: true,
        max: 40000,
      },
      { id: "persons", type: "longtext", step: 2, required: "if_known", source: "UNTOC 18(15)(e)", confirmed: true },
      PROCEEDING.purpose,
      {
        id: "offence_and_law",
        type: "longtext",
        step: 2,
        required: { assistance: "offence_and_law" },
        source: "UN Model Treaty on MLA (A/RES/45/117) art 5; UNTOC 18(9)",
        confirmed: false,
      },
      {
        id: "procedure_wanted",
        type: "longtext",
        step: 3,
        required: "no",
        source: "UNTOC 18(15)(d), 18(17)",
        confirmed: true,
      },
      { id: "questions", type: "longtext", step: 3, required: "no" },
      {
        id: "person_status",
        type: "choice",
        step: 3,
        required: "no",
        source: "Directive 2014/41/EU annex A",
        confirmed: false,
        options: ["witness", "expert", "victim", "suspect"],
      },
      { id: "oath", type: "text", step: 3, required: "no", source: "UNTOC 18(17)", confirmed: true },
      {
        id: "documents_to_serve",
        type: "longtext",
        step: 3,
        required: "no",
        source: "UNTOC 18(3)(b)",
        confirmed: true,
      },
      { id: "appearance_date", type: "date", step: 3, required: "no" },
      { id: "place_or_thing", type: "longtext", step: 3, required: "no" },
      { id: "domestic_order", type: "longtext", step: 3, required: "no" },
      { id: "records_period", type: "text", step: 3, required: "no" },
      { id: "certification", type: "text", step: 3, required: "no", source: "UNTOC 18(17)", confirmed: true },
      {
        id: "provider_identifiers",
        type: "longtext",
        step: 3,
        required: "no",
        source: "UNODC Practical Guide on e-evidence",
        confirmed: false,
      },
      { id: "consent", type: "longtext", step: 3, required: "no", source: "UNTOC 18(10)(a), 18(27)", confirmed: true },
      { id: "safe_conduct", type: "text", step: 3, required: "no", source: "UNTOC 18(12), 18(27)", confirmed: true },
      { id: "custody_terms", type: "text", step: 3, required: "no", source: "UNTOC 18(11)", confirmed: true },
      { id: "file_summary", type: "longtext", step: 3, required: "no" },
      ADVISER,
    ],
  },
  video_testimony: {
    function: "mla",
    formal: true,
    fourEyes: true,
    consultation: "required",
    sendFirst: {
      urgency: ["urgent", "life-safety"],
      minimum: ["persons", "hearing_at", "urgency_reason"],
      paper: "mla.confirm_oral",
    },
    fields: [
      PROCEEDING.proceeding,
      PROCEEDING.conducting,
      {
        ...{ id: "facts", type: "longtext", step: 2, required: "always", max: 40000 },
        ...{ source: "UNTOC 18(15)(c)", confirmed: true },
      },
      { id: "persons", type: "longtext", step: 2, required: "always", source: "UNTOC 18(15)(e)", confirmed: true },
      PROCEEDING.purpose,
      {
        // UNTOC 18(18) speaks of witness and expert only; a suspect needs another basis and consents.
        ...{ id: "person_status", type: "choice", step: 2, required: "always" },
        ...{ source: "UNTOC 18(18); CETS 182 art 9(1), 9(8)", confirmed: true },
        options: ["witness", "expert", "suspect"],
      },
      {
        ...{ id: "consent", type: "longtext", step: 2 },
        required: { oneOf: { field: ["person_status"], in: ["suspect"] } },
        ...{ source: "CETS 182 art 9(8); Directive 2014/41/EU art 24(2)(a)", confirmed: true },
      },
      {
        ...{ id: "why_not_here", type: "longtext", step: 2, required: "always" },
        ...{ source: "UNTOC 18(18); CETS 182 art 9(3)", confirmed: true },
      },
      { id: "court", type: "text", step: 2, required: "always", source: "CETS 182 art 9(3)", confirmed: true },
      { id: "hearing_at", type: "moment", step: 3, required: "always" },
      {
        ...{ id: "technical", type: "longtext", step: 3, required: "always" },
        ...{ source: "Directive 2014/41/EU art 24(3)-(4)", confirmed: true },
      },
      { id: "interpreter", type: "text", step: 3, required: "always", source: "CETS 182 art 9(5)(d)", confirmed: true },
      {
        ...{ id: "protection", type: "choices", step: 3, required: "no" },
        ...{ source: "UNTOC 24(2)(b); CETS 182 art 9(5)(b)", confirmed: true },
        options: ["name_hidden", "face_hidden", "voice_changed", "place_hidden", "support_person"],
      },
      { id: "rights", type: "text", step: 3, required: "always", source: "CETS 182 art 9(5)(e)", confirmed: true },
      { id: "oath", type: "text", step: 3, required: "no", source: "CETS 182 art 9(6)", confirmed: true },
      ADVISER,
    ],
  },
  extradition: {
    function: "extradition",
    formal: true,
    fourEyes: true,
    consultation: "appropriate",
    // Asked by somebody who may ask for an arrest; the request with its papers follows before the arrest ends.
    sendFirst: {
      chosen: { field: "variant", in: ["provisional_arrest"] },
      minimum: ["person_sought", "offence_and_law", "place_and_time", "warrant_exists"],
      secondPair: true,
    },
    fields: [
      {
        ...{ id: "variant", type: "choice", step: 1, required: "always", source: "ETS 24 art 12, 16", confirmed: true },
        options: ["request", "provisional_arrest"],
      },
      {
        ...{ id: "person_sought", type: "longtext", step: 2, required: "always" },
        ...{ source: "ETS 24 art 12(2)(c); A/RES/45/116 art 5(1)(a)", confirmed: false },
      },
      {
        ...{ id: "stage", type: "choice", step: 2, required: "always", source: "A/RES/45/116 art 5", confirmed: false },
        options: ["accused", "convicted"],
      },
      {
        ...{ id: "facts", type: "longtext", step: 2, required: "always", max: 40000 },
        ...{ source: "ETS 24 art 12(2)(b); A/RES/45/116 art 5", confirmed: false },
      },
      {
        ...{ id: "place_and_time", type: "longtext", step: 2, required: "always" },
        ...{ source: "ETS 24 art 12(2)(b)", confirmed: true },
      },
      {
        ...{ id: "offence_and_law", type: "longtext", step: 2, required: "always" },
        ...{ source: "ETS 24 art 12(2)(b)-(c); A/RES/45/116 art 5", confirmed: false },
      },
      {
        ...{ id: "warrant_or_judgment", type: "longtext", step: 3 },
        required: { oneOf: { field: ["variant", "owes_paper"], in: ["request", "yes"] } },
        ...{ source: "ETS 24 art 12(2)(a)", confirmed: true },
      },
      {
        ...{ id: "warrant_exists", type: "text", step: 3 },
        required: { oneOf: { field: ["variant"], in: ["provisional_arrest"] } },
        ...{ source: "ETS 24 art 16(2)", confirmed: true },
      },
      {
        ...{ id: "limitation", type: "yesno", step: 3, required: "always" },
        ...{ source: "A/RES/45/116 art 3(e)", confirmed: false },
      },
      {
        ...{ id: "assurances", type: "longtext", step: 3, required: "no" },
        ...{ source: "A/RES/45/116 art 3(g), 4(d)", confirmed: false },
      },
      {
        ...{ id: "nationality_rule", type: "choice", step: 3, required: "no" },
        ...{ source: "UNTOC 16(10)-(12)", confirmed: true },
        options: ["surrender", "return_after_trial", "prosecute_there"],
      },
      ADVISER,
    ],
  },
  transfer_sentenced: {
    function: "transfer_sentenced_persons",
    formal: true,
    fourEyes: true,
    consultation: "none",
    fields: [
      {
        id: "asked_by",
        type: "choice",
        step: 1,
        required: "always",
        source: "ETS 112 art 2(3)",
        confirmed: true,
        options: ["sentencing_state", "administering_state"],
      },
      {
        id: "person_sentenced",
        type: "longtext",
        step: 2,
        required: "always",
        source: "ETS 112 art 4(3)",
        confirmed: true,
      },
      {
        id: "national",
        type: "longtext",
        step: 2,
        required: { oneOf: { field: ["asked_by"], in: ["administering_state"] } },
        source: "ETS 112 art 3(1)(a), 6(1)(a)",
        confirmed: true,
      },
      {
        id: "judgment_final",
        type: "longtext",
        step: 2,
        required: { oneOf: { field: ["asked_by"], in: ["sentencing_state"] } },
        source: "ETS 112 art 3(1)(b), 6(2)(a)",
        confirmed: true,
      },
      {
        id: "remaining_months",
        type: "text",
        step: 2,
        required: "if_known",
        source: "ETS 112 art 3(1)(c)",
        confirmed: true,
        warnBelow: 6,
      },
      {
        id: "consent",
        type: "longtext",
        step: 2,
        required: { oneOf: { field: ["asked_by"], in: ["sentencing_state"] } },
        source: "ETS 112 art 3(1)(d), 7; ETS 167 arts 2(3), 3 (amended by CETS 222)",
        confirmed: true,
      },
      {
        id: "double_criminality",
        type: "yesno",
        step: 2,
        required: "if_known",
        source: "ETS 112 art 3(1)(e)",
        confirmed: true,
      },
      {
        id: "served",
        type: "text",
        step: 3,
        required: { oneOf: { field: ["asked_by"], in: ["sentencing_state"] } },
        source: "ETS 112 art 4(3)(d), 6(2)(b)",
        confirmed: true,
      },
      { id: "reports", type: "longtext", step: 3, required: "no", source: "ETS 112 art 6(2)(d)", confirmed: true },
      ADVISER,
    ],
  },
  vessel: {
    function: "smuggling_by_sea",
    formal: true,
    fourEyes: false,
    straightAnswer: true,
    agreeIsAnswer: true,
    consultation: "none",
    sendFirst: {
      urgency: ["normal", "urgent", "life-safety"],
      minimum: ["vessel", "position", "grounds", "measures"],
      paper: "police.risk_after",
    },
    fields: [
      {
        id: "distress",
        type: "yesno",
        step: 1,
        required: "always",
        source: "Protocol 8(5), 9(1)(a); SOLAS V/33",
        confirmed: true,
      },
      {
        id: "vessel",
        type: "longtext",
        step: 1,
        required: "always",
        source: "UNODC Practical Guide for CNAs (2004) annex II",
        confirmed: false,
      },
      {
        id: "position",
        type: "text",
        step: 1,
        required: "always",
        source: "UNODC Practical Guide for CNAs (2004) annex II",
        confirmed: false,
      },
      { id: "grounds", type: "longtext", step: 1, required: "always", source: "Protocol 8(2)", confirmed: true },
      {
        id: "persons_aboard",
        type: "text",
        step: 1,
        required: "if_known",
        source: "Protocol 9(1)(a), 16(4)",
        confirmed: true,
      },
      {
        id: "measures",
        type: "choices",
        step: 2,
        required: "always",
        source: "Protocol 8(1)-(2)",
        confirmed: true,
        options: [
          "confirm_registry",
          "board",
          "search",
          "appropriate_measures_vessel",
          "appropriate_measures_persons",
          "appropriate_measures_cargo",
          "help_with_own_or_stateless_vessel",
        ],
      },
      {
        id: "own_ship",
        type: "text",
        step: 2,
        required: {
          oneOf: {
            field: ["measures"],
            in: [
              "board",
              "search",
              "appropriate_measures_vessel",
              "appropriate_measures_persons",
              "appropriate_measures_cargo",
            ],
          },
        },
        source: "Protocol 9(4)",
        confirmed: true,
      },
      {
        id: "plan_for_people",
        type: "longtext",
        step: 2,
        required: {
          oneOf: {
            field: ["measures"],
            in: [
              "board",
              "search",
              "appropriate_measures_vessel",
              "appropriate_measures_persons",
              "appropriate_measures_cargo",
            ],
          },
        },
        source: "Protocol 9(1), 19(1)",
        confirmed: true,
      },
      ADVISER,
    ],
  },
};

/** Types of assistance (UNTOC 18(3)), and the fields that each needs. */
export const ASSISTANCE: Readonly<Record<string, { needs: readonly string[]; coercive?: boolean }>> = {
  evidence_statements: { needs: ["persons", "questions", "person_status", "oath"] },
  service_of_documents: { needs: ["persons", "documents_to_serve", "appearance_date"] },
  search_seizure: { needs: ["place_or_thing", "offence_and_law"], coercive: true },
  examine_objects: { needs: ["place_or_thing"] },
  information_experts: { needs: [] },
  documents_records: { needs: ["records_period", "certification"] },
  trace_proceeds: { needs: ["offence_and_law"] },
  voluntary_appearance: { needs: ["persons", "consent", "safe_conduct"] },
  detained_person: { needs: ["persons", "consent", "custody_terms"] },
  digital: { needs: ["provider_identifiers", "records_period", "offence_and_law"], coercive: true },
  transfer_of_proceedings: { needs: ["persons", "offence_and_law", "file_summary"] },
  other: { needs: [] },
};

/** In the order in which they are asked. */
export const fieldsOf = (kind: RequestKind): readonly FieldRow[] =>
  STEPS.flatMap((step) => [...COMMON, ...KINDS[kind].fields].filter((field) => field.step === step));

export const fieldOf = (kind: RequestKind, id: string): FieldRow | undefined =>
  fieldsOf(kind).find((field) => field.id === id);
