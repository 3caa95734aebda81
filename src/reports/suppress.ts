import { min } from "date-fns";
import { idOf, type Line, type Printed, type Span } from "./inference.js";
import { type Counted, type Figure, figure, type TableId, table } from "./measures.js";
import type { Cell, Report, TableOf } from "./model.js";
import { instantsOf, type Period } from "./period.js";
import { isSmall, suppressSecondary } from "./secondary-suppression.js";

/**
 * What may be passed on. A small count can point at somebody, so cells from 1 up to below the threshold are suppressed,
 * and with them as many others as it takes that no suppressed one is known: from a total, from the period before, from
 * a summary published earlier, or from several of these together with all that is known of counts
 * (secondary-suppression.ts).
 *
 * Whatever is shown of a period that is not over is of the time up to when it was counted. A line that a breakdown does
 * not have is nothing, and everybody who reads the breakdown knows; where even that would tell, the line stands there,
 * suppressed.
 */

export const THRESHOLD = 5;

/** What was published: as it was passed on, and as it was counted. */
export type Published = { published: Report; counted: Report };

/**
 * The version of a report that may be passed on.
 * @param earlier what was published before in this body: it stays as it is
 */
export function shareable(report: Report, earlier: readonly Published[], threshold = THRESHOLD): Report {
  const printed = new Map<string, Printed>();
  const print = (one: Printed) => {
    const before = printed.get(idOf(one));
    // What was once told is known, wherever it stands again; what was suppressed stays so.
    if (!before) printed.set(idOf(one), one);
    else if (before.fixed && one.fixed) before.shown ||= one.shown;
  };
  const keys = keysOf([report, ...earlier.map(({ counted }) => counted)]);
  for (const { published: told, counted } of earlier) for (const one of cellsOf(counted, keys, told)) print(one);
  for (const one of cellsOf(report, keys)) print(one);
  const cells = [...printed.values()];
  for (const one of cells) if (!one.fixed && isSmall(one.value, threshold)) one.shown = false;
  suppressSecondary(cells, threshold);
  return asShown(report, keys, (one) => printed.get(idOf(one))?.shown !== false, threshold);
}

/** The lines that each table has in any of the reports. */
type Keys = ReadonlyMap<TableId, readonly string[]>;

function keysOf(reports: readonly Report[]): Keys {
  const keys = new Map<TableId, Set<string>>();
  for (const { tables } of reports)
    for (const { id, lines } of tables) {
      const of = keys.get(id) ?? new Set<string>();
      keys.set(id, of);
      for (const { key } of lines) of.add(key);
    }
  return new Map([...keys].map(([id, of]) => [id, [...of].sort()]));
}

/** Of the period and of the one before. */
function spansOf({ period, before, zone, over, madeAt }: Report): [Span, Span] {
  const spanOf = (one: Period): Span => {
    const { from, until } = instantsOf(one, zone);
    return { from: from.toISOString(), until: (over ? until : min([until, madeAt])).toISOString() };
  };
  return [spanOf(period), spanOf(before)];
}

/** @param told where it was published: which of its cells were shown */
function cellsOf(report: Report, keys: Keys, told?: Report): Printed[] {
  const spans = spansOf(report);
  const cells: Printed[] = [];
  const put = (line: Line & { stock?: true }, at: 0 | 1, value: Cell | undefined, as: Cell | undefined) => {
    if (typeof value === "number")
      cells.push({ ...line, ...spans[at], value, shown: as !== "withheld", fixed: told !== undefined });
  };
  for (const line of report.figures) {
    const of = figure(line.id);
    const as = told?.figures.find(({ id }) => id === line.id);
    if (of.of !== "count" && of.of !== "stock") continue;
    const name = of.of === "count" ? { measure: of.measure } : { measure: of.stock, stock: true as const };
    put(name, 0, line.now, as?.now);
    put(name, 1, line.before, as?.before);
  }
  for (const one of report.tables) {
    const as = told?.tables.find(({ id }) => id === one.id);
    for (const key of keys.get(one.id) ?? []) {
      const line = one.lines.find((line) => line.key === key)?.cells;
      const shown = as?.lines.find((line) => line.key === key)?.cells;
      for (const { measure, at, place } of placesOf(one))
        put({ measure, cut: table(one.id).cut, key }, at, line ? line[place] : 0, shown?.[place]);
    }
  }
  return cells;
}

/** What stands in each place of a table's line: which measure, of this period or of the one before. */
const placesOf = ({ columns, compared }: TableOf) =>
  columns.flatMap((measure, n) =>
    compared
      ? [
          { measure, at: 0 as const, place: n * 2 },
          { measure, at: 1 as const, place: n * 2 + 1 },
        ]
      : [{ measure, at: 0 as const, place: n }],
  );

/** The report with every cell that is not to be shown suppressed, and every figure that is worked out from one. */
function asShown(
  report: Report,
  keys: Keys,
  isShown: (one: Line & Span & { stock?: true }) => boolean,
  threshold: number,
): Report {
  const spans = spansOf(report);
  const shows = (one: Counted, at: 0 | 1) => isShown({ ...one, ...spans[at] });
  const tells = (of: Figure, at: 0 | 1): boolean => {
    switch (of.of) {
      case "count":
        return isShown({ measure: of.measure, ...spans[at] });
      case "stock":
        return isShown({ measure: of.stock, stock: true, ...spans[at] });
      case "plan":
        return true;
      case "rate":
        return [of.part, ...of.rest].every((one) => shows(one, at));
      case "share":
        return [of.part, of.whole].every((one) => shows(one, at));
      // Of few, it tells of each: it goes with their count.
      case "median":
        return isShown({ measure: of.measure, ...spans[at] });
    }
  };
  return {
    ...report,
    threshold,
    figures: report.figures.map((line) => ({
      ...line,
      now: tells(figure(line.id), 0) ? line.now : "withheld",
      before: tells(figure(line.id), 1) ? line.before : "withheld",
    })),
    tables: report.tables.map((one) => ({
      ...one,
      lines: (keys.get(one.id) ?? []).flatMap((key) => {
        const line = one.lines.find((line) => line.key === key);
        const cells = placesOf(one).map(({ measure, at, place }): Cell => {
          if (!shows({ measure, cut: table(one.id).cut, key }, at)) return "withheld";
          return line?.cells[place] ?? 0;
        });
        return line || cells.includes("withheld") ? [{ key, cells }] : [];
      }),
    })),
  };
}
