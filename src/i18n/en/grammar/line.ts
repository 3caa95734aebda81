import type { LineWords } from "../../grammar/line.js";

export const line: LineWords = {
  everybody: "all|everybody|everyone",
  keys: {},
  endsValue: "by|with",
  // White is of TLP 1.0; CLEAR has replaced it.
  colours: { clear: "CLEAR", white: "CLEAR", green: "GREEN", amber: "AMBER", red: "RED" },
  label: "label|marking",
  mailHead: "from|sent|to|cc|subject|date",
  yes: ["yes", "y", "true"],
  no: ["no", "n", "false"],
  none: "none",
  cut: { by: "by", agency: "agency", kind: "kind" },
  period: {
    the: "the ",
    units: { week: "week", month: "month", quarter: "quarter", year: "year" },
    last: "last|previous",
    lastBehind: "(?!)",
    this: "this|current",
    thisTied: "(?!)",
    thisBehind: "(?!)",
    months: [
      ...[["january", "jan"], ["february", "feb"], ["march", "mar"], ["april", "apr"], ["may"], ["june", "jun"]],
      ...[
        ["july", "jul"],
        ["august", "aug"],
        ["september", "sept", "sep"],
        ["october", "oct"],
        ["november", "nov"],
      ],
      ["december", "dec"],
    ],
    from: "from ",
    to: "to|until",
  },
};
