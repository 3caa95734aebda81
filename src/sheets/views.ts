import { ownStates } from "../authorities/store.js";
import {
  titled as authorityTitled,
  calledIn,
  checkBy,
  checkedOf,
  countryOf,
  factsSaid,
  MOST_CARRIED,
  shows,
  which,
} from "../authorities/views.js";
import { type Block, buttonAbout, type Fact, type ListItem, type Message } from "../chat/index.js";
import { pageFoot } from "../command/pages.js";
import type { Reader } from "../delivery/notification.js";
import { languageName } from "../i18n/names.js";
import { may } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { kindFor, type Measure, measureName, readSheetLine } from "./measures.js";
import { SAID, type Said, type Sheet } from "./model.js";
import { findSheets, PAGE, type SheetFilter, sheetFor } from "./store.js";

/** Procedure sheets as one reader sees them. All of it is GREEN, as the directory is. */

/** `P-3 · Sudmark: Testimony by video link`; which State and what for are in every list of treaties. */
export const titled = (one: Sheet, { t, lang }: Reader): string =>
  t.sheets.title({ ref: one.ref, country: countryOf(one, lang), measure: measureName(t, one.measure) });

export function cardOf(work: UnitOfWork, one: Sheet, reader: Reader): Message {
  const { t, lang } = reader;
  const text = t.sheets.summary({ what: titled(one, reader), possible: one.possible });
  return {
    ...{ text, lang },
    blocks: [
      { type: "heading", text: titled(one, reader) },
      { type: "facts", facts: factsOf(work, one, reader) },
      ...(shows(reader) ? [] : [{ type: "context" as const, text: t.sheets.hidden }]),
      ...actionsOf(work, one, reader),
    ],
  };
}

/** What is said of it in words, before and behind what is read of lists. */
const FIRST = ["instead", "scope", "framework"] as const satisfies Said[];
const THEN = SAID.filter((one) => !(FIRST as readonly Said[]).includes(one));

function factsOf(work: UnitOfWork, one: Sheet, reader: Reader): Fact[] {
  const { t, lang } = reader;
  const f = t.sheets.facts;
  const receives = receivesOf(one, reader);
  const said = (name: Said): Fact[] => {
    const value = shows(reader) ? one[name] : undefined;
    return value ? [{ label: f[name], value }] : [];
  };
  return [
    { label: f.possible, value: [{ bold: t.sheets.possible[one.possible] }] },
    ...FIRST.flatMap(said),
    ...(receives ? [{ label: f.receives, value: receives }] : []),
    ...(one.langs.length
      ? [{ label: f.langs, value: one.langs.map((code) => languageName(code, lang)).join(", ") }]
      : []),
    ...THEN.flatMap(said),
    { label: f.checked, value: checkedOf(work, one, reader) },
    ...(one.verifiedOn ? [{ label: f.nextCheck, value: checkBy(work, one.verifiedOn, reader) }] : []),
    { label: f.keeper, value: one.keeper.name },
    { label: f.label, value: "TLP:GREEN" },
  ];
}

/** What an act changed of it, as it was understood. @param was absent: it is new */
export function saidOf(work: UnitOfWork, one: Sheet, was: Sheet | undefined, reader: Reader): string {
  const { checked, nextCheck, keeper, label } = reader.t.sheets.facts;
  const before = was ? factsOf(work, was, reader) : [];
  return factsSaid(before, factsOf(work, one, reader), [checked, nextCheck, keeper, label], reader.t).join("; ");
}

function actionsOf(work: UnitOfWork, one: Sheet, { t, viewer, person }: Reader): Block[] {
  if (!person) return [];
  const { buttons } = t.directory;
  const about = buttonAbout(`${work.body.slug}/${one.ref}`);
  const to = one.possible === "no" ? undefined : takesNow(one);
  const actions = [
    ...(to && may(viewer, "request.write")
      ? [
          buttonAbout(`${work.body.slug}/${kindFor(one.measure)} ${to}`)("request-new", t.sheets.request, {
            opens: true,
          }),
        ]
      : []),
    ...(may(viewer, "authority.write")
      ? [about("sheet-verify", buttons.verify, { opens: true }), about("sheet-edit", buttons.edit, { opens: true })]
      : []),
  ];
  return actions.length ? [{ type: "actions", actions }] : [];
}

/** Whom a request goes to as the directory stands: one that was closed takes none. */
const takesNow = ({ receives }: Sheet): string | undefined =>
  receives?.state === "closed" ? receives.replacedBy : receives?.ref;

function receivesOf({ receives }: Sheet, reader: Reader): string | undefined {
  if (!receives) return undefined;
  const { states, facts } = reader.t.directory;
  return [
    authorityTitled(receives, reader),
    ...(receives.state === "active" ? [] : [states[receives.state]]),
    ...(receives.replacedBy ? [`${facts.replacedBy}: ${receives.replacedBy}`] : []),
  ].join(" · ");
}

/**
 * The sheets that a line asks for, said back as it was understood: of one State and one measure the sheet itself; where
 * there is none, what there is instead of it.
 */
export async function sheetsPage(
  work: UnitOfWork,
  { words: line = "", page }: { words?: string; page: number },
  reader: Reader,
): Promise<Message> {
  const { t, lang } = reader;
  const own = await ownStates(work);
  const called = calledIn(own, lang);
  const { countries, unclear, meant, words } = readSheetLine(line, own.named);
  if (unclear) return which(work, line, unclear, { called, again: "sheet" }, reader);
  const measures = [...new Set(meant.filter((one) => one !== null))];
  const filter = { countries, measures };
  const dropped: Block[] = words.length
    ? [{ type: "context", text: t.sheets.dropped({ said: words.join(" ").slice(0, 60) }) }]
    : [];
  const [country, measure] = [countries[0], measures[0]];
  if (country && measure && countries.length === 1 && measures.length === 1) {
    const one = await sheetFor(work, country, measure);
    if (one) {
      const card = cardOf(work, one, reader);
      return { ...card, blocks: [...dropped, ...card.blocks] };
    }
    dropped.push(none({ country: called(country), code: country, measure }, reader));
    filter.measures = [];
  }
  const { found, total } = await findSheets(work, filter, page);
  const title = t.sheets.found({ what: saysOf(filter, called, reader), count: total });
  const blocks: Block[] = [...dropped, { type: "heading", text: title }];
  if (found.length) blocks.push({ type: "list", items: found.map((one) => lineOf(work, one, reader)) });
  else if (total > 0)
    blocks.push({ type: "text", text: t.directory.pageOver({ page, last: Math.ceil(total / PAGE) }) });
  else if (!dropped.length || words.length) blocks.push({ type: "text", text: t.sheets.nothing });
  blocks.push(
    ...pageFoot(t, work.body.slug, {
      ...{ page, size: PAGE, shown: found.length, total },
      again: { id: "sheet", words: [line.slice(0, MOST_CARRIED)] },
    }),
  );
  return { text: title, lang, blocks };
}

/** Nobody has written that one, and who may is told how. */
function none(
  { country, code, measure }: { country: string; code: string; measure: Measure },
  { t, viewer }: Reader,
): Block {
  const what = measureName(t, measure);
  const said = t.sheets.none({ country, measure: what });
  const how = may(viewer, "authority.write") ? ` ${t.sheets.write({ typed: `${code} ${measure}` })}` : "";
  return { type: "text", text: `${said}${how}` };
}

function saysOf({ countries, measures }: SheetFilter, called: (code: string) => string, { t }: Reader): string {
  return [countries.map(called).join(", "), measures.map((one) => measureName(t, one)).join(", ")]
    .filter(Boolean)
    .join(" · ");
}

/** One in a list: whether it is done there, and what instead. */
export function lineOf(work: UnitOfWork, one: Sheet, reader: Reader): ListItem {
  const { t } = reader;
  const detail = [
    t.sheets.possible[one.possible],
    shows(reader) && one.possible !== "yes" && one.instead ? t.sheets.insteadOf({ instead: shortly(one.instead) }) : "",
    shows(reader) && one.requirements ? t.sheets.needs({ requirements: shortly(one.requirements) }) : "",
    t.directory.checkedLine({ when: checkedOf(work, one, reader) }),
  ];
  return {
    title: titled(one, reader),
    detail: detail.filter(Boolean).join(" · "),
    action: buttonAbout(`${work.body.slug}/${one.ref}`)("sheet", t.directory.buttons.open),
  };
}

/** So much of what is said stands in a line. */
export const shortly = (words: string): string => (words.length > 160 ? `${words.slice(0, 159).trimEnd()}…` : words);
