import type { FieldRow } from "./row.js";

/** Who was asked before it goes (CTOC/COP/WG.7/2012/3 para 9). */
export const ADVISER: FieldRow = {
  ...{ id: "adviser", type: "text", step: 4, required: "always" },
  ...{ source: "CTOC/COP/WG.7/2012/3 para 9", confirmed: true },
};

/** Asked of every kind. */
export const COMMON: readonly FieldRow[] = [
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
