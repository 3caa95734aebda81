import { ADVISER } from "./common.js";
import type { FieldRow, KindRow, Required } from "./row.js";

/**
 * The safety of the people who are smuggled comes before the investigation (CTOC/COP/WG.7/2012/3 para 23; Protocol 16): what
 * each side answers before anything is let run, and at each look at it after.
 */

/** Longer until somebody can step in, and nobody may agree. Coord's own number, in minutes. */
const MOST_MINUTES = 30;
/** So many hours at most until it is looked at again. Coord's own number. */
export const MOST_HOURS = 24;

const ON_SAFETY = { source: "CTOC/COP/WG.7/2012/3 para 23; Protocol 16(1)-(3)", confirmed: true };

const questions = (required: Required): FieldRow[] => [
  { id: "s1", type: "yesno", step: 3, required, blocks: { is: "yes" }, ...ON_SAFETY },
  { id: "s2", type: "longtext", step: 3, required, ...ON_SAFETY },
  { id: "s3", type: "longtext", step: 3, required, ...ON_SAFETY },
  { id: "s3_minutes", type: "number", step: 3, required, blocks: { above: MOST_MINUTES } },
  { id: "s4", type: "longtext", step: 3, required, ...ON_SAFETY },
  { id: "s5", type: "longtext", step: 3, required, ...ON_SAFETY },
  { id: "s6", type: "longtext", step: 3, required, ...ON_SAFETY },
  { id: "s7", type: "longtext", step: 3, required, ...ON_SAFETY },
  { id: "s8", type: "yesno", step: 3, required, blocks: { is: "no" }, ...ON_SAFETY },
  { id: "s9", type: "longtext", step: 3, required, ...ON_SAFETY },
  // Looked at again after so many hours.
  { id: "s10_hours", type: "number", step: 3, required, blocks: { above: MOST_HOURS } },
];

/** The same that a request asks its own side, asked of whoever answers for a side later. */
export const SAFETY: readonly FieldRow[] = questions("always");

/** Special investigative techniques (UNTOC 20): the State's own, in one State a request. */
export const special_technique: KindRow = {
  function: "special_techniques",
  formal: true,
  fourEyes: true,
  consultation: "required",
  leastLabel: "AMBER+STRICT",
  stoppable: true,
  fields: [
    {
      ...{ id: "technique", type: "choice", step: 1, required: "always", source: "UNTOC 20(1)", confirmed: true },
      options: ["electronic_surveillance", "undercover", "observation", "controlled_delivery_goods"],
    },
    {
      // UNTOC 2(i) speaks of consignments: that people are none is our reading of it.
      ...{ id: "people_aboard", type: "yesno", step: 2, required: "always" },
      ...{ source: "CTOC/COP/WG.7/2012/3 para 23; UNTOC 2(i)", confirmed: false },
    },
    {
      ...{ id: "goods", type: "longtext", step: 2 },
      required: { oneOf: { field: ["technique"], in: ["controlled_delivery_goods"] } },
      ...{ source: "UNTOC 2(i), 20(4)", confirmed: true },
    },
    {
      ...{ id: "facts", type: "longtext", step: 2, required: "always", max: 40000 },
      ...{ source: "UNTOC 18(15)(c)", confirmed: false },
    },
    {
      ...{ id: "purpose", type: "longtext", step: 2, required: "always" },
      ...{ source: "UNTOC 18(15)(f)", confirmed: false },
    },
    { id: "order", type: "text", step: 2, required: "always", source: "UNTOC 20(1)", confirmed: true },
    { id: "order_until", type: "moment", step: 2, required: "always", source: "UNTOC 20(1)", confirmed: true },
    { id: "route", type: "longtext", step: 2, required: "always", source: "UNTOC 20(3)", confirmed: true },
    { id: "command", type: "longtext", step: 3, required: "always", source: "UNTOC 20(3)", confirmed: true },
    ...SAFETY,
    ADVISER,
  ],
};

/** UNTOC 19; what a team agrees on is that of the treaties of those that have them. */
export const joint_investigation: KindRow = {
  function: "joint_investigations",
  formal: true,
  fourEyes: true,
  consultation: "none",
  lasts: true,
  fields: [
    {
      ...{ id: "parties", type: "longtext", step: 1, required: "always" },
      ...{ source: "UNTOC 19; EU MLA Convention 2000 art 13; CETS 182 art 20", confirmed: true },
    },
    {
      ...{ id: "aim", type: "longtext", step: 2, required: "always" },
      ...{ source: "EU MLA Convention 2000 art 13(1)", confirmed: true },
    },
    {
      ...{ id: "period_from", type: "date", step: 2, required: "always" },
      ...{ source: "EU MLA Convention 2000 art 13(1)", confirmed: true },
    },
    {
      ...{ id: "period_until", type: "date", step: 2, required: "always" },
      ...{ source: "EU MLA Convention 2000 art 13(1); CETS 182 art 20(1)", confirmed: true },
    },
    {
      ...{ id: "territory", type: "text", step: 2, required: "always" },
      ...{ source: "UNTOC 19; EU MLA Convention 2000 art 13(3)(b)", confirmed: true },
    },
    {
      ...{ id: "leader", type: "text", step: 2, required: "always" },
      ...{ source: "EU MLA Convention 2000 art 13(3)(a)", confirmed: true },
    },
    {
      ...{ id: "members", type: "longtext", step: 2, required: "always" },
      ...{ source: "EU MLA Convention 2000 art 13(1), 13(4)-(6)", confirmed: true },
    },
    {
      ...{ id: "evidence_rules", type: "longtext", step: 3, required: "always" },
      ...{ source: "EU MLA Convention 2000 art 13(9)-(10)", confirmed: true },
    },
    {
      ...{ id: "techniques", type: "choices", step: 3, required: "no", source: "UNTOC 20", confirmed: true },
      options: ["electronic_surveillance", "undercover", "observation", "controlled_delivery_goods"],
    },
    // Asked before the team may use one; each use is a request of its own.
    ...questions({ filled: "techniques" }),
    {
      ...{ id: "cost_split", type: "longtext", step: 3, required: "no" },
      ...{ source: "Council Resolution 2017/C 18/01, appendix I", confirmed: false },
    },
    ADVISER,
  ],
};
