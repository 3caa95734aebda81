import { ADVISER } from "./common.js";
import type { FieldRow, KindRow } from "./row.js";

/** Mutual legal assistance (UNTOC 18), a hearing by video link among it (18(18)). */

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

export const mla: KindRow = {
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
};

export const video_testimony: KindRow = {
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
