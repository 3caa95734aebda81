import { ADVISER } from "./common.js";
import type { KindRow, Required } from "./row.js";

/** Where people go aboard, or more. */
const BOARDING: Required = {
  oneOf: {
    field: ["measures"],
    in: [
      ...["board", "search", "appropriate_measures_vessel", "appropriate_measures_persons"],
      "appropriate_measures_cargo",
    ],
  },
};

export const vessel: KindRow = {
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
      required: BOARDING,
      source: "Protocol 9(4)",
      confirmed: true,
    },
    {
      id: "plan_for_people",
      type: "longtext",
      step: 2,
      required: BOARDING,
      source: "Protocol 9(1), 19(1)",
      confirmed: true,
    },
    ADVISER,
  ],
};
