import { type Block, type Button, type Fact, type Form, type ListItem, type Message, plain } from "../chat/index.js";
import { pageFoot } from "../command/pages.js";
import type { Reader } from "../delivery/notification.js";
import type { Messages } from "../i18n/index.js";
import { countryName, languageName } from "../i18n/names.js";
import { may, within } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { showDay } from "../time/display.js";
import { dayOf } from "../time/index.js";
import { isNamed } from "./countries.js";
import { type AuthorityFunction, FUNCTIONS, functionRow } from "./functions.js";
import { type Authority, ageOf, nextCheck } from "./model.js";
import { type Query, readQuery } from "./query.js";
import { rulesOf } from "./rule-store.js";
import { QUESTIONS, type Rule, type Stage, type When } from "./rules.js";
import { count, functionsIn, type OwnStates, ownStates, PAGE, search, urgentOf } from "./store.js";
import { wordsIn } from "./words.js";

/** Authorities as one reader sees them. All is GREEN but an urgent channel, which is read in a dialog alone. */

export const countryOf = (
  { country, countryName: own }: Pick<Authority, "country" | "countryName">,
  lang: string,
): string => (isNamed(country) ? countryName(country, lang) : (own ?? country));

/** How a State is called of which the code is known. */
export const calledIn =
  ({ names }: OwnStates, lang: string) =>
  (code: string): string =>
    countryOf({ country: code, countryName: names.get(code) }, lang);

/** All of it is GREEN. Where that is too much, a card says what references, States and dates say. */
export const shows = ({ ceiling, wordless }: Reader): boolean => !wordless && within("GREEN", ceiling);

export const titled = ({ ref, name }: Pick<Authority, "ref" | "name">, reader: Reader): string =>
  shows(reader) ? reader.t.directory.title({ ref, name }) : ref;

export async function cardOf(work: UnitOfWork, one: Authority, reader: Reader): Promise<Message> {
  const { t } = reader;
  const rules = shows(reader) ? await rulesOf(work, [one]) : [];
  const title = titled(one, reader);
  const country = countryOf(one, reader.lang);
  const functions = functionsOf(one.functions, t);
  return {
    text: t.directory.summary({ what: title, country, functions }),
    lang: reader.lang,
    blocks: [
      { type: "heading", text: title },
      { type: "facts", facts: factsOf(work, one, reader) },
      ...(rules.length ? rulesShown(rules, t) : []),
      { type: "context", text: sourcesOf(one, t) },
      ...(shows(reader) ? [] : [{ type: "context" as const, text: t.directory.hidden }]),
      ...actionsOf(work, one, reader),
    ],
  };
}

/** Of a competence with rules it takes these cases alone; each by the number under which it is taken out. */
const rulesShown = (rules: readonly Rule[], t: Messages): Block[] => [
  { type: "text", text: [{ bold: t.directory.rules }] },
  {
    type: "list",
    items: rules.map((rule, n) => ({
      title: `${n + 1}. ${t.directory.functions[rule.function]}`,
      detail: whenSaid(rule.when, t),
    })),
  },
];

/** `Stage: trial · Region: North Coast`. */
export const whenSaid = (when: When, t: Messages): string =>
  QUESTIONS.flatMap((one) => {
    const said = when[one];
    if (said === undefined) return [];
    const { conditions, stages } = t.directory;
    if (one === "urgent") return [conditions.urgent];
    return [conditions[one]({ said: one === "stage" ? stages[said as Stage] : said })];
  }).join(" · ");

const functionsOf = (functions: readonly AuthorityFunction[], t: Messages): string =>
  functions.map((one) => t.directory.functions[one]).join(", ");

/** Each rule that it stands under, for who relies on it: where it comes from, and whether that was read. */
const sourcesOf = ({ functions }: Authority, t: Messages): string =>
  functions
    .map((one) => {
      const { source, confirmed } = functionRow(one);
      return t.directory.sourceOf({ label: t.directory.functions[one], source, confirmed });
    })
    .join(" · ");

function factsOf(work: UnitOfWork, one: Authority, reader: Reader): Fact[] {
  const { t, lang } = reader;
  const f = t.directory.facts;
  const open = shows(reader);
  const words = (label: string, value: string | undefined) => (open ? fact(label, value) : undefined);
  const said: (Fact | undefined)[] = [
    { label: f.country, value: countryOf(one, lang) },
    { label: f.functions, value: functionsOf(one.functions, t) },
    { label: f.kind, value: t.directory.kinds[one.kind] },
    one.state === "active" ? undefined : { label: f.state, value: [{ bold: t.directory.states[one.state] }] },
    fact(f.replacedBy, one.replacedBy),
    words(f.phone, one.phone),
    words(f.email, one.email),
    words(f.address, one.address),
    { label: f.urgent, value: one.urgent ? t.directory.urgentThere : t.directory.urgentNone },
    words(f.hours, one.hours),
    fact(f.langs, one.langs.map((code) => languageName(code, lang)).join(", ")),
    fact(f.channels, one.channels.map((channel) => t.directory.channels[channel]).join(", ")),
    words(f.requirements, one.requirements),
    words(f.networks, one.networks.join(", ")),
    words(f.source, one.source),
    { label: f.checked, value: checkedOf(work, one, reader) },
    one.verifiedOn && one.state !== "closed"
      ? { label: f.nextCheck, value: checkBy(work, one.verifiedOn, reader) }
      : undefined,
    fact(f.agency, one.agency?.name),
    { label: f.keeper, value: one.keeper.name },
    { label: f.label, value: "TLP:GREEN" },
  ];
  return said.filter((one) => one !== undefined);
}

const fact = (label: string, value: string | undefined): Fact | undefined => (value ? { label, value } : undefined);

/** What an act said of it, as it was understood: what is other than before. @param was absent: it is new */
export function saidOf(work: UnitOfWork, one: Authority, was: Authority | undefined, reader: Reader): string {
  const { t } = reader;
  const f = t.directory.facts;
  // Of a new one what nobody said goes without saying.
  const own = was ? [] : [f.kind, f.checked, f.keeper, f.label, f.country, ...(one.urgent ? [] : [f.urgent])];
  const said = factsSaid(was ? factsOf(work, was, reader) : [], factsOf(work, one, reader), own, t);
  if (was && was.name !== one.name) said.unshift(`${t.args.authorityName}: ${one.name}`);
  return said.length ? `${said.join("; ")}.` : "";
}

/** Each fact that is other than before, as it is now. @param silent labels of those that are not spoken of */
export function factsSaid(
  was: readonly Fact[],
  now: readonly Fact[],
  silent: readonly string[],
  t: Messages,
): string[] {
  const shown = (facts: readonly Fact[]) => new Map(facts.map(({ label, value }) => [label, plain(value)]));
  const [before, after] = [shown(was), shown(now)];
  return [...new Set([...after.keys(), ...before.keys()])]
    .filter((label) => before.get(label) !== after.get(label) && !silent.includes(label))
    .map((label) => `${label}: ${(after.get(label) ?? t.directory.gone).replace(/\.$/, "")}`);
}

/** `3 Mar 2025, more than a year ago: ask whether it is still right` */
export function checkedOf(work: UnitOfWork, one: Pick<Authority, "verifiedOn">, reader: Reader): string {
  const { ages } = reader.t.directory;
  const age = ageOf(one, dayOf(work.now, work.body.zone));
  return age === "never" || !one.verifiedOn ? ages.never : ages[age]({ when: showDay(work, reader, one.verifiedOn) });
}

export function checkBy(work: UnitOfWork, verifiedOn: string, reader: Reader): string {
  const day = nextCheck(verifiedOn);
  const when = showDay(work, reader, day);
  return day < dayOf(work.now, work.body.zone) ? reader.t.directory.checkLate({ when }) : when;
}

const button = (work: UnitOfWork, id: string, label: string, value: string, opens?: true): Button => ({
  ...{ type: "button", id, label, value: `${work.body.slug}/${value}` },
  ...(opens ? { opens } : {}),
});

function actionsOf(work: UnitOfWork, one: Authority, { t, viewer, person }: Reader): Block[] {
  if (!person) return [];
  const b = t.directory.buttons;
  const writes = may(viewer, "authority.write");
  const actions = [
    ...(one.urgent && may(viewer, "authority.urgent")
      ? [button(work, "authority-urgent", b.urgent, one.ref, true)]
      : []),
    ...(writes && one.state !== "closed" ? [button(work, "authority-verify", b.verify, one.ref, true)] : []),
    ...(writes ? [button(work, "authority-edit", b.edit, one.ref, true)] : []),
  ];
  return actions.length ? [{ type: "actions", actions }] : [];
}

/** The urgent channel, in a dialog: it rests in no conversation. */
export async function urgentForm(work: UnitOfWork, one: Authority, reader: Reader): Promise<Form> {
  const { t, lang } = reader;
  return {
    ...{ id: "open", title: one.ref, cancel: t.form.close, state: "", lang },
    fields: [
      { type: "note", text: [{ bold: titled(one, reader) }] },
      { type: "note", text: (await urgentOf(work, one)) ?? t.directory.urgentNone },
      { type: "note", text: `TLP:AMBER · ${t.directory.checkedLine({ when: checkedOf(work, one, reader) })}` },
    ],
  };
}

/**
 * What somebody looks for, said back as it was understood, and who there is for that. A word that stands in no name is left
 * out and said; a country's name that several have is asked about; where there is nobody, it says what that country has.
 */
export async function findPage(
  work: UnitOfWork,
  { words: line = "", page }: { words?: string; page: number },
  reader: Reader,
): Promise<Message> {
  const { t, lang } = reader;
  const own = await ownStates(work);
  const asked = readQuery(line, own.named);
  const called = calledIn(own, lang);
  if (asked.unclear) return which(work, line, asked.unclear, { called, again: "find" }, reader);
  const today = dayOf(work.now, work.body.zone);
  const whole = await search(work, asked, page, today);
  const dropped = whole.total === 0 && asked.words.length && isMore(asked) ? asked.words : [];
  const query = dropped.length ? { ...asked, words: [] } : asked;
  const { found, total } = dropped.length ? await search(work, query, page, today) : whole;
  const what = saysOf(query, called, reader);
  const [only] = found;
  if (only && total === 1 && what && page === 1) {
    const card = await cardOf(work, only, reader);
    const said = [
      t.directory.found({ what, count: 1 }),
      ...(dropped.length ? [t.directory.dropped({ said: dropped.join(" ") })] : []),
    ];
    return { ...card, blocks: [{ type: "context", text: said.join(" · ") }, ...card.blocks] };
  }
  const title = what ? t.directory.found({ what, count: total }) : t.directory.all({ count: total });
  const blocks: Block[] = [{ type: "heading", text: title }];
  if (dropped.length) blocks.push({ type: "context", text: t.directory.dropped({ said: dropped.join(" ") }) });
  if (found.length) blocks.push({ type: "list", items: found.map((one) => lineOf(work, one, query, reader)) });
  else if (total > 0)
    blocks.push({ type: "text", text: t.directory.pageOver({ page, last: Math.ceil(total / PAGE) }) });
  else blocks.push({ type: "text", text: await nobody(work, query, called, reader) });
  if (found.length && !shows(reader)) blocks.push({ type: "context", text: t.directory.hidden });
  if (!what && found.length) blocks.push({ type: "context", text: t.directory.how });
  blocks.push(
    ...pageFoot(t, work.body.slug, {
      ...{ page, size: PAGE, shown: found.length, total },
      again: { id: "find", words: [line.slice(0, MOST_CARRIED)] },
    }),
  );
  return { text: title, lang, blocks };
}

/** A button carries so much of a line; a longer one was read no further than its first words. */
export const MOST_CARRIED = 100;

/** Something but words of a name is asked for. */
const isMore = ({ countries, functions, kinds, langs, unchecked }: Query): boolean =>
  unchecked || [countries, functions, kinds, langs].some((one) => one.length > 0);

function saysOf(query: Query, called: (code: string) => string, { t, lang }: Reader): string {
  return [
    query.functions.map((one) => t.directory.functions[one]).join(", "),
    query.kinds.map((kind) => t.directory.kinds[kind]).join(", "),
    query.countries.map(called).join(", "),
    query.langs.length
      ? t.directory.langsAsked({ langs: query.langs.map((one) => languageName(one, lang)).join(", ") })
      : "",
    query.urgent ? t.directory.urgentAsked : "",
    query.unchecked ? t.directory.uncheckedAsked : "",
    query.words.length ? t.directory.wordsIn({ said: query.words.join(" ") }) : "",
  ]
    .filter(Boolean)
    .join(" · ");
}

function lineOf(work: UnitOfWork, one: Authority, { urgent }: Query, reader: Reader): ListItem {
  const { t, lang } = reader;
  const detail = [
    countryOf(one, lang),
    functionsOf(one.functions, t),
    one.state === "active" ? "" : t.directory.states[one.state],
    shows(reader) ? one.phone : "",
    one.urgent ? t.directory.urgentYes : urgent ? t.directory.urgentNone.replace(/\.$/, "") : "",
    t.directory.checkedLine({ when: checkedOf(work, one, reader) }),
  ];
  const opens = urgent && one.urgent && reader.person && may(reader.viewer, "authority.urgent");
  return {
    title: titled(one, reader),
    detail: detail.filter(Boolean).join(" · "),
    action: opens
      ? button(work, "authority-urgent", t.directory.buttons.urgent, one.ref, true)
      : button(work, "authority", t.directory.buttons.open, one.ref),
  };
}

/** One that is to be checked, with the button that says that it is. */
export const checkLine = (work: UnitOfWork, one: Authority, reader: Reader): ListItem => ({
  title: titled(one, reader),
  detail: [
    countryOf(one, reader.lang),
    functionsOf(one.functions, reader.t),
    reader.t.directory.checkedLine({ when: checkedOf(work, one, reader) }),
  ].join(" · "),
  action: button(work, "authority-verify", reader.t.directory.buttons.verify, one.ref, true),
});

async function nobody(
  work: UnitOfWork,
  query: Query,
  called: (code: string) => string,
  { t }: Reader,
): Promise<string> {
  if ((await count(work, NOTHING, dayOf(work.now, work.body.zone))) === 0) return t.directory.empty;
  const said = [t.directory.none as string];
  if (!query.countries.length) return [...said, t.directory.how].join(" ");
  return insteadIn(query.countries.map(called).join(", "), await functionsIn(work, query.countries), t);
}

/** There is nobody for that: what else the country has. @param there its competences */
export function insteadIn(country: string, there: readonly string[], t: Messages): string {
  const functions = FUNCTIONS.filter((one) => there.includes(one));
  const has = functions.length
    ? t.directory.instead({ country, functions: functionsOf(functions, t) })
    : t.directory.nobodyIn({ country });
  return `${t.directory.none} ${has}`;
}

/** One of several that may take a case, and which cases that are; without a rule it takes every one. */
export function takesLine(work: UnitOfWork, one: Authority, rules: readonly When[], reader: Reader): ListItem {
  const { t } = reader;
  const line = lineOf(work, one, NOTHING, reader);
  const cases = shows(reader) ? rules.map((when) => whenSaid(when, t)) : [];
  return cases.length
    ? { ...line, detail: `${t.directory.competent.takes({ cases: cases.join("; ") })} · ${line.detail}` }
    : line;
}

const NOTHING: Query = {
  countries: [],
  functions: [],
  kinds: [],
  langs: [],
  urgent: false,
  unchecked: false,
  words: [],
};

/**
 * One button a country; the rest of the line stays as it was typed.
 * @param again the command that takes the line once it says which
 */
export function which(
  work: UnitOfWork,
  line: string,
  { said, countries }: NonNullable<Query["unclear"]>,
  { called, again }: { called: (code: string) => string; again: string },
  { t, lang }: Reader,
): Message {
  const { typed, rest } = parted(line, said);
  const text = t.directory.which({ said: typed });
  return {
    ...{ text, lang },
    blocks: [
      { type: "text", text },
      {
        type: "actions",
        actions: countries.map((code) =>
          button(work, again, called(code), [rest.slice(0, MOST_CARRIED), code].filter(Boolean).join(" ")),
        ),
      },
    ],
  };
}

/** These words, which stand in a line in a row, as they were typed, and the others. */
function parted(line: string, said: string): { typed: string; rest: string } {
  const words = line.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const length = said.split(" ").length;
  const plain = words.map((word) => wordsIn(word).join(" "));
  for (let at = 0; at + length <= words.length; at++)
    if (plain.slice(at, at + length).join(" ") === said)
      return {
        typed: words.slice(at, at + length).join(" "),
        rest: [...words.slice(0, at), ...words.slice(at + length)].join(" "),
      };
  return { typed: said, rest: line };
}
