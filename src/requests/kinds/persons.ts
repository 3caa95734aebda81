import { ADVISER } from "./common.js";
import type { KindRow } from "./row.js";

export const extradition: KindRow = {
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
};

export const transfer_sentenced: KindRow = {
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
};
