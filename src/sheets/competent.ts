import { competentFor } from "../authorities/rule-store.js";
import { type Case, chosen, OTHER, openQuestions, type Question } from "../authorities/rules.js";
import { functionsIn, ownStates } from "../authorities/store.js";
import * as directory from "../authorities/views.js";
import { type Block, buttonAbout, type Message } from "../chat/index.js";
import type { Reader } from "../delivery/notification.js";
import type { Messages } from "../i18n/index.js";
import { may } from "../policy/index.js";
import { KINDS } from "../requests/kinds.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { kindFor, type Measure, measureName } from "./measures.js";
import type { Sheet } from "./model.js";
import { sheetFor } from "./store.js";
import { lineOf } from "./views.js";

/** Whom a request goes to, by the State, what is asked and a few questions about the case (EJN Judicial Atlas). */

const functionFor = (measure: Measure) => KINDS[kindFor(measure)].function;

/** What is to be asked about the case: where several authorities of the State could take it. */
export const questionsFor = async (
  work: UnitOfWork,
  country: string,
  measure: Measure,
  known: Case,
): Promise<{ question: Question; values: string[] }[]> =>
  openQuestions(await competentFor(work, country, functionFor(measure)), known);

/** Who takes it, with what the State does of that; where nobody does, what the State has. */
export async function competentPage(
  work: UnitOfWork,
  { country, measure, known }: { country: string; measure: Measure; known: Case },
  reader: Reader,
): Promise<Message> {
  const { t, lang } = reader;
  const called = directory.calledIn(await ownStates(work), lang)(country);
  const all = await competentFor(work, country, functionFor(measure));
  const fit = chosen(all, known);
  // Where rules leave a case to nobody, whoever is competent knows better.
  const takes = fit.length ? fit : all.map(({ authority }) => authority);
  const rulesOf = (id: string) => all.find(({ authority }) => authority.id === id)?.rules ?? [];
  const sheet = await sheetFor(work, country, measure);
  const title = t.directory.competent.title({ measure: measureName(t, measure), country: called, count: takes.length });
  const said = saidOf(known, t);
  const [only] = takes;
  const head: Block[] = [
    { type: "heading", text: title },
    ...(said ? [{ type: "context" as const, text: t.directory.competent.case({ said }) }] : []),
    ...(sheet ? [{ type: "list" as const, items: [lineOf(work, sheet, reader)] }] : []),
  ];
  if (!only) {
    const functions = await functionsIn(work, [country]);
    const text = directory.insteadIn(called, functions, t);
    return { text: title, lang, blocks: [...head, { type: "text", text }] };
  }
  if (takes.length === 1) {
    const { blocks } = await directory.cardOf(work, only, reader);
    const unruled: Block[] = fit.length ? [] : [{ type: "context", text: t.directory.competent.noRule }];
    return {
      text: title,
      lang,
      blocks: [...head, ...unruled, ...blocks, ...asking(work, only.ref, measure, sheet, reader)],
    };
  }
  return {
    ...{ text: title, lang },
    blocks: [
      ...head,
      { type: "list", items: takes.map((one) => directory.takesLine(work, one, rulesOf(one.id), reader)) },
      { type: "context", text: fit.length ? t.directory.competent.several : t.directory.competent.noRule },
    ],
  };
}

/** The request to it, where the State does such a thing. */
function asking(work: UnitOfWork, ref: string, measure: Measure, sheet: Sheet | undefined, reader: Reader): Block[] {
  if (!reader.person || sheet?.possible === "no" || !may(reader.viewer, "request.write")) return [];
  const button = buttonAbout(`${work.body.slug}/${kindFor(measure)} ${ref}`);
  return [
    { type: "actions", actions: [button("request-new", reader.t.sheets.request, { style: "primary", opens: true })] },
  ];
}

/** A case as it was said. */
const saidOf = (known: Case, t: Messages): string =>
  directory.whenSaid(Object.fromEntries(Object.entries(known).filter(([, value]) => value !== OTHER)), t);
