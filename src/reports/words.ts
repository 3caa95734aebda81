import type { Messages } from "../i18n/index.js";
import { OFF_COORD } from "../requests/model.js";
import { type Cut, type FigureId, figure, type MeasureId, type TableId, table } from "./measures.js";
import type { Report } from "./model.js";

/** How figures, columns and lines are called in a language. */

/** Every count that stands in a column is a figure too, under the same name. */
export const columnName = (t: Messages, measure: MeasureId): string => t.reports.figures[measure].name;

export function lineName(t: Messages, id: TableId, key: string, report: Pick<Report, "agencies">): string {
  const { keys } = t.reports;
  if (key === "unsaid") return keys.unsaid;
  const names = namesOf(t, id, table(id).cut);
  return names?.[key] ?? report.agencies[key] ?? key;
}

function namesOf(t: Messages, id: TableId, cut: Cut): Readonly<Record<string, string>> | undefined {
  switch (cut) {
    case "quorum":
    case "time":
      return t.reports.keys[cut];
    case "topic":
      return t.training.topics;
    case "role":
      return t.training.roles;
    case "practice":
      return t.reports.keys.practice;
    case "priority":
      return t.priority;
    case "label":
      return {
        CLEAR: "TLP:CLEAR",
        GREEN: "TLP:GREEN",
        AMBER: "TLP:AMBER",
        "AMBER+STRICT": "TLP:AMBER+STRICT",
        RED: "TLP:RED",
      };
    case "agency":
      return { [OFF_COORD]: t.reports.keys.off_coord };
    case "ground":
      return t.requests.grounds;
    case "kind":
      if (id === "requests.by_kind") return t.requests.kinds;
      if (id === "information.by_outcome") return t.information.outcomes;
      return id === "matches.by_kind" ? t.matches.kinds : t.information.kinds;
    default:
      return undefined;
  }
}

export function unitOf(t: Messages, id: FigureId): string {
  const { units } = t.reports;
  switch (figure(id).of) {
    case "rate":
    case "share":
      return units.percent;
    case "median":
      return units.days;
    default:
      return units.count;
  }
}
