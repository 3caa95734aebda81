import { ADVISER } from "./common.js";
import type { KindRow } from "./row.js";

/** What is asked for the sake of a person: to remain where they are, or to be taken back (CTOC/COP/WG.7/2012/3 paras 24 to 27). */

/**
 * Permission to remain for whoever helps a proceeding. The directive binds for trafficked adults of its States; for people
 * who were smuggled and for children each State chooses (art 3(2)-(3)).
 */
export const stay: KindRow = {
  function: "immigration",
  formal: true,
  fourEyes: true,
  agreeIsAnswer: true,
  consultation: "none",
  lasts: true,
  fields: [
    {
      ...{ id: "person_here", type: "longtext", step: 1, required: "always" },
      ...{ source: "CTOC/COP/WG.7/2012/3 para 24", confirmed: true },
    },
    {
      ...{ id: "told", type: "longtext", step: 1, required: "always" },
      ...{ source: "Directive 2004/81/EC art 5", confirmed: false },
    },
    {
      ...{ id: "told_on", type: "date", step: 1, required: "always" },
      ...{ source: "Directive 2004/81/EC art 5", confirmed: false },
    },
    {
      ...{ id: "reflection_until", type: "date", step: 1, required: "if_known" },
      ...{ source: "Directive 2004/81/EC art 6, 8(1)", confirmed: true },
    },
    {
      ...{ id: "why_needed", type: "longtext", step: 2, required: "always" },
      ...{ source: "Directive 2004/81/EC art 8(1)(a)", confirmed: true },
    },
    {
      ...{ id: "cooperates", type: "yesno", step: 2, required: "always" },
      ...{ source: "Directive 2004/81/EC art 8(1)(b)", confirmed: true },
    },
    {
      ...{ id: "ties_cut", type: "yesno", step: 2, required: "always" },
      ...{ source: "Directive 2004/81/EC art 8(1)(c)", confirmed: true },
    },
    {
      ...{ id: "is_child", type: "yesno", step: 2, required: "always" },
      ...{ source: "Directive 2004/81/EC art 10", confirmed: false },
    },
    {
      ...{ id: "child", type: "longtext", step: 2, required: { oneOf: { field: ["is_child"], in: ["yes"] } } },
      ...{ source: "Directive 2004/81/EC art 10", confirmed: false },
    },
    {
      ...{ id: "support", type: "longtext", step: 2, required: "no" },
      ...{ source: "Directive 2004/81/EC art 7", confirmed: false },
    },
    ADVISER,
  ],
};

/**
 * That a State takes back its own (Protocol 18). Whether the person asked for protection, a hold and its reason, and health
 * without consent are never said to that State: they are no fields here, and whoever drafts it is told so.
 */
export const readmission: KindRow = {
  function: "readmission",
  formal: true,
  fourEyes: true,
  agreeIsAnswer: true,
  consultation: "none",
  leastLabel: "AMBER+STRICT",
  fields: [
    {
      ...{ id: "claim", type: "choice", step: 1, required: "always", source: "Protocol 18(1)-(2)", confirmed: true },
      options: ["national", "permanent_resident_now", "permanent_resident_at_entry", "third_country_by_agreement"],
    },
    {
      ...{ id: "procedure", type: "choice", step: 1, required: "always" },
      ...{ source: "EU–Russia readmission agreement art 11, 12", confirmed: true },
      options: ["ordinary", "accelerated"],
    },
    {
      ...{ id: "particulars", type: "longtext", step: 1, required: "if_known" },
      ...{ source: "EC–Sri Lanka readmission agreement art 7(1)(a)", confirmed: true },
    },
    {
      ...{ id: "nationality_evidence", type: "longtext", step: 2, required: "if_known" },
      ...{ source: "Protocol 18(3)", confirmed: true },
    },
    { id: "interview", type: "yesno", step: 2, required: "no" },
    {
      ...{ id: "care", type: "longtext", step: 2, required: "no" },
      ...{ source: "EC–Sri Lanka readmission agreement art 7", confirmed: true },
    },
    {
      ...{ id: "document_kind", type: "choice", step: 2, required: "no" },
      ...{ source: "Protocol 18(4); Regulation (EU) 2016/1953", confirmed: true },
      options: ["passport", "emergency_travel_document", "eu_travel_document_for_return"],
    },
    // The asking side's own, which the other never sees: that nothing stands against contact with that State.
    {
      ...{ id: "nothing_against", type: "yesno", step: 4, required: "always", blocks: { is: "no" } },
      ...{ source: "Protocol 19(1)", confirmed: true },
    },
    {
      id: "nothing_against_by",
      type: "longtext",
      step: 4,
      required: "always",
      source: "Protocol 19(1)",
      confirmed: true,
    },
    ADVISER,
  ],
};

/**
 * Protection of a witness, or a new place to live (UNTOC 24, 25). It is seen by the officers named and by nobody else; no
 * name and no place stands in it, and nothing of it goes on paper.
 */
export const witness_protection: KindRow = {
  function: "witness_protection",
  formal: true,
  fourEyes: true,
  agreeIsAnswer: true,
  consultation: "required",
  leastLabel: "RED",
  lasts: true,
  sendFirst: { urgency: ["life-safety"], minimum: ["code_name", "threat"], paper: "witness.full_request" },
  fields: [
    {
      ...{ id: "code_name", type: "text", step: 1, required: "always", max: 40 },
      ...{ source: "UNTOC 24(2)(a)", confirmed: true },
    },
    { id: "people_count", type: "text", step: 2, required: "always", source: "UNTOC 24(1), 24(4)", confirmed: true },
    {
      ...{ id: "threat", type: "longtext", step: 2, required: "always" },
      ...{ source: "UNODC Good Practices for the Protection of Witnesses (2008)", confirmed: false },
    },
    {
      ...{ id: "testimony", type: "longtext", step: 2, required: "always" },
      ...{ source: "UNODC Good Practices for the Protection of Witnesses (2008)", confirmed: false },
    },
    {
      ...{ id: "measures", type: "choices", step: 2, required: "always", source: "UNTOC 24(2)-(3)", confirmed: true },
      options: [
        ...["physical_protection", "relocation", "non_disclosure", "new_identity", "testimony_by_link"],
        "evidentiary_rules",
      ],
    },
    {
      ...{ id: "consent", type: "longtext", step: 2, required: "always" },
      ...{ source: "UNODC Good Practices for the Protection of Witnesses (2008)", confirmed: false },
    },
    {
      ...{ id: "needs", type: "longtext", step: 3, required: "no" },
      ...{ source: "UNODC Good Practices for the Protection of Witnesses (2008)", confirmed: false },
    },
    {
      ...{ id: "duration_costs", type: "longtext", step: 3, required: "always" },
      ...{ source: "UNODC Good Practices for the Protection of Witnesses (2008)", confirmed: false },
    },
    ADVISER,
  ],
};
