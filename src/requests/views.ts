import { countryOf } from "../authorities/views.js";
import { type Block, type Button, buttonAbout, type Fact, type ListItem, type Message } from "../chat/index.js";
import type { Line } from "../command/reading.js";
import type { Reader } from "../delivery/notification.js";
import { fileLine } from "../files/given.js";
import type { Messages } from "../i18n/index.js";
import { languageName } from "../i18n/names.js";
import { mayRequest, type RequestAct, sightOfRequest, within } from "../policy/index.js";
import { lineOf as sheetLine } from "../sheets/views.js";
import type { RequestDate, RequestState } from "../store/request-tables.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { showAt, showDay, trueUntil } from "../time/display.js";
import { dayOf, isDay } from "../time/index.js";
import { answerFilesOf, isWaiting, seesAnswerFile } from "./answer-files.js";
import { blocking, fieldName, sheetsAbout } from "./checks.js";
import { clockRow } from "./clocks.js";
import { DATE_NAMES, DATES, dateOf, isAside, isDateName, isOf, type RunningDate, runningDates } from "./dates.js";
import { type AttachedFile, gapsOf, saidIn } from "./fields.js";
import { GROUNDS, type Ground } from "./grounds.js";
import { type FieldRow, STEPS } from "./kinds/row.js";
import { fieldsOf, KINDS } from "./kinds.js";
import { ATTACHMENT, type CoopRequest, calledTo, type Done, isLate, isOpen, isRed } from "./model.js";
import { actsOpen, attachesTo, fitsKind, isInside, TYPED } from "./open.js";
import { longFieldOf, partName, windowsOf } from "./parts.js";
import { type SharedIn, sharedIn } from "./shared.js";
import { movesOf } from "./store.js";

/**
 * A request as one reader sees it. All of it is AMBER or more: where a conversation holds less, a card says reference,
 * agencies, dates and state, and the words are read in a dialog alone.
 */

const showsWords = (one: CoopRequest, reader: Reader): boolean =>
  !reader.wordless && sightOfRequest(reader.viewer, one.subject) === "full" && within(one.label, reader.ceiling);

/** What a card of RED is about is read in a dialog alone: the kind and its clocks tell that there is a witness. */
const hidesKind = (one: CoopRequest, reader: Reader): boolean => isRed(one) && !within(one.label, reader.ceiling);

export const titled = (one: CoopRequest, reader: Reader): string =>
  [
    one.ref,
    ...(showsWords(one, reader) ? [one.subjectLine] : isRed(one) ? [] : [reader.t.requests.kinds[one.kind]]),
  ].join(" · ");

export function cardOf(work: UnitOfWork, one: CoopRequest, reader: Reader): Message {
  const { t, lang } = reader;
  const title = titled(one, reader);
  const actions = nextSteps(work, one, reader);
  const gaps =
    isOurs(one, reader) && one.state === "draft" ? gapsOf(one.kind, one.content, one.urgency, one.flags).length : 0;
  return {
    text: t.requests.summary({
      ...{ what: title, state: stateLine(work, one, reader), from: one.from.name, to: calledTo(one) },
    }),
    lang,
    blocks: [
      { type: "heading", text: title },
      { type: "facts", facts: factsOf(work, one, reader) },
      ...(gaps ? [{ type: "text" as const, text: t.requests.gapsLeft({ count: gaps }) }] : []),
      ...(one.flags.includes("owes_paper") && one.paperDueAt
        ? [{ type: "text" as const, text: t.requests.paperBy({ when: showAt(work, reader, one.paperDueAt) }) }]
        : []),
      ...(one.reportDueAt
        ? [{ type: "text" as const, text: t.requests.reportBy({ when: showAt(work, reader, one.reportDueAt) }) }]
        : []),
      ...(actions.length ? [{ type: "actions" as const, actions }] : []),
      ...(hidesKind(one, reader) ? [] : sourceLine(one, reader)),
    ],
    until: isOpen(one)
      ? trueUntil(work.now, reader.zone, [one.dueAt, one.paperDueAt, one.reportDueAt, one.postponedUntil])
      : undefined,
  };
}

/** The side that asks, and who entered it for that side. */
const isOurs = (one: CoopRequest, { viewer }: Pick<Reader, "viewer">): boolean =>
  viewer.agencyId === one.from.id || (one.subject.entered && viewer.id === one.drafter.id);

export function stateLine(work: UnitOfWork, one: CoopRequest, { t }: Pick<Reader, "t">): string {
  const flags: string[] = [];
  for (const flag of one.flags) if (flag !== "draft_shown" || !one.subject.sent) flags.push(t.requests.flags[flag]);
  return [t.requests.states[one.state], ...(isLate(one, work.now) ? [t.tasks.flags.late] : []), ...flags].join(" · ");
}

function factsOf(work: UnitOfWork, one: CoopRequest, reader: Reader): Fact[] {
  const { t, lang } = reader;
  const f = t.requests.facts;
  const open = showsWords(one, reader);
  const at = (label: string, moment: Date | undefined): Fact[] =>
    moment ? [{ label, value: showAt(work, reader, moment, { rests: !isOpen(one) }) }] : [];
  const { authority } = one;
  const moved = one.originalDueAt && one.dueAt && one.originalDueAt.getTime() !== one.dueAt.getTime();
  return [
    { label: f.state, value: [{ bold: stateLine(work, one, reader) }] },
    ...(hidesKind(one, reader) ? [] : [{ label: f.kind, value: t.requests.kinds[one.kind] }]),
    { label: f.from, value: open ? t.tasks.who({ name: one.drafter.name, agency: one.from.name }) : one.from.name },
    {
      label: f.to,
      value: [
        calledTo(one),
        authority && `${authority.ref}, ${countryOf(authority, lang)}`,
        one.to ? undefined : t.requests.notOnCoord,
      ]
        .filter(Boolean)
        .join(" · "),
    },
    ...(open && one.executor ? [{ label: f.executor, value: one.executor.name }] : []),
    { label: f.urgency, value: t.requests.urgencies[one.urgency] },
    ...(runs(one) && one.clock && !hidesKind(one, reader)
      ? [{ label: f.clock, value: t.requests.clocks[one.clock] }]
      : []),
    ...at(f.due, one.dueAt),
    ...(one.leftMs === undefined || !runs(one)
      ? []
      : [{ label: f.due, value: t.requests.rests({ hours: hoursOf(one.leftMs) }) }]),
    ...(moved ? at(f.originalDue, one.originalDueAt) : []),
    ...at(f.postponed, one.flags.includes("postponed") ? one.postponedUntil : undefined),
    ...at(f.received, one.receivedAt),
    ...(hidesKind(one, reader) ? [] : dateFacts(work, one, reader)),
    ...(open && one.officers.length
      ? [
          {
            label: f.officers,
            value: one.officers.map(({ name, agency }) => t.tasks.who({ name, agency: agency.name })).join(", "),
          },
        ]
      : []),
    ...safetyFacts(work, one, reader),
    ...(one.content.files?.length && sightOfRequest(reader.viewer, one.subject) === "full"
      ? [{ label: f.attachments, value: String(one.content.files.length) }]
      : []),
    { label: f.label, value: `TLP:${one.label}` },
  ];
}

const UNSENT: readonly RequestState[] = ["draft", "ready", "approved"];
/** Has agreed, or has no part in it any more. */
const OVER_THERE: readonly RequestState[] = ["agreed", "answered", "closed", "withdrawn"];

/** Whether what runs in several States may run: each says yes for itself, and one no, or a stop, is for all. */
function safetyFacts(work: UnitOfWork, one: CoopRequest, reader: Reader): Fact[] {
  const { facts, stops, waitsFor, runs: all, runsNot } = reader.t.requests;
  if (!KINDS[one.kind].stoppable || !one.subject.sent || !isOpen(one)) return [];
  const own = { ...one, stopped: one.stopped !== undefined, refused: one.state === "refused", called: calledTo(one) };
  // Whom else somebody is about to ask is nobody else's yet.
  const others = one.others.filter(({ state }) => isOurs(one, reader) || !UNSENT.includes(state));
  const waits = [own, ...others].flatMap(({ state, stopped, refused, called: to }) => {
    if (stopped) return [waitsFor.stopped({ to })];
    if (refused) return [waitsFor.refused({ to })];
    return OVER_THERE.includes(state) ? [] : [waitsFor.open({ to })];
  });
  const { stopped } = one;
  const since = stopped && showAt(work, reader, stopped.at, { rests: true });
  return [
    ...(stopped ? [{ label: facts.stopped, value: `${since} · ${stops[stopped.why]}` }] : []),
    { label: facts.operation, value: waits.length ? runsNot({ waits }) : all },
  ];
}

/** The days that were said, and what ends when because of them. */
export const dateFacts = (work: UnitOfWork, one: CoopRequest, reader: Reader): Fact[] => [
  ...DATE_NAMES.flatMap((name): Fact[] => {
    const day = isOf(name, one.kind) ? dateOf(one, name) : undefined;
    return day
      ? [{ label: reader.t.requests.dates[name], value: dateShown(work, name, day, reader, !isOpen(one)) }]
      : [];
  }),
  ...runningDates(one)
    .filter((dated) => !isAside(dated))
    .map((dated) => ({
      label: capital(reader.t.requests.clocks[dated.clock], reader),
      value: endShown(work, dated, reader),
    })),
];

/** What a clock is about, as the name of a line. */
const capital = (text: string, { lang }: Pick<Reader, "lang">): string =>
  text.charAt(0).toLocaleUpperCase(lang) + text.slice(1);

/** With the time of the day where it has one. @param rests it will not be drawn again */
const dateShown = (work: UnitOfWork, name: RequestDate, at: Date, reader: Reader, rests = false): string =>
  DATES[name].timed
    ? showAt(work, reader, at, { rests: true })
    : showDay(work, reader, dayOf(at, work.body.zone), { rests });

/** The day on which a dated clock ends; where it only reminds of one, that day itself. */
export const endShown = (work: UnitOfWork, { clock, from, day, end }: RunningDate, reader: Reader): string =>
  isAside({ clock }) ? dateShown(work, from, day, reader) : showDay(work, reader, dayOf(end, work.body.zone));

/** The other side has still to do something. */
const runs = ({ state }: CoopRequest): boolean => state === "sent" || state === "received" || state === "agreed";

const hoursOf = (milliseconds: number): number => Math.max(0, Math.ceil(milliseconds / 3_600_000));

/** Whose number the clock's is, and whether it was read (no number takes the place of the agreement in force). */
function sourceLine(one: CoopRequest, { t, lang }: Pick<Reader, "t" | "lang">): Block[] {
  const dated = runningDates(one).filter((running) => !isAside(running));
  // After how many hours safety is looked at again the sides have said themselves.
  const own = one.clock && runs(one) && one.clock !== "sit.safety_review" ? [one.clock] : [];
  const clocks = [...own, ...dated.map(({ clock }) => clock)];
  if (clocks.length === 0) return [];
  const lines = clocks.map((clock) => {
    const { source, confirmed = false, status, amount, unit, before } = clockRow(clock);
    const span = before
      ? t.requests.spans[`before_${before}`]({ count: amount })
      : t.requests.spans[unit]({ count: amount });
    const said = t.requests.clockSource({ span, status, source, confirmed });
    return clock === one.clock ? said : t.requests.named({ what: capital(t.requests.clocks[clock], { lang }), said });
  });
  return [{ type: "context", text: [...lines, t.requests.agreementFirst].join(" ") }];
}

/** A line of a list: what, state, whose, by when. */
export function lineOf(work: UnitOfWork, one: CoopRequest, reader: Reader): ListItem {
  const { t } = reader;
  const ours = isOurs(one, reader);
  const other = ours ? t.requests.toWhom({ agency: calledTo(one) }) : t.requests.fromWhom({ agency: one.from.name });
  const due = one.dueAt && showAt(work, reader, one.dueAt);
  return {
    title: [
      { bold: one.ref },
      ` ${showsWords(one, reader) ? one.subjectLine : hidesKind(one, reader) ? "" : t.requests.kinds[one.kind]}`.trimEnd(),
    ],
    detail: [due, stateLine(work, one, reader), other].filter(Boolean).join(" · "),
    action: buttonAbout(`${work.body.slug}/${one.ref}`)("request", t.requests.buttons.open),
  };
}

/** Acts that are offered as buttons, the most useful first; `opens`: there is something to say with it. */
const OFFERED: readonly (readonly [RequestAct, { primary?: true; danger?: true; opens?: true }])[] = [
  ["stop", { danger: true, opens: true }],
  ["supply_info", { primary: true, opens: true }],
  ["accept_conditions", { primary: true }],
  ["decline_conditions", { opens: true }],
  ["complete", {}],
  ["approve", { primary: true }],
  ["send", { primary: true, opens: true }],
  ["send_first", { opens: true }],
  ["settle_paper", {}],
  ["acknowledge", { primary: true, opens: true }],
  ["agree", { primary: true, opens: true }],
  ["answer", { primary: true, opens: true }],
  ["safety", { opens: true }],
  ["restart", { opens: true }],
  ["happened", { opens: true }],
  ["set_date", { opens: true }],
  ["answer_part", { opens: true }],
  ["ask_info", { opens: true }],
  ["offer_conditions", { opens: true }],
  ["consult", { opens: true }],
  ["postpone", { opens: true }],
  ["resume", {}],
  ["refuse", { opens: true }],
  ["redirect", { opens: true }],
  ["revise_due", { opens: true }],
  ["report", { primary: true, opens: true }],
  ["close", { primary: true, opens: true }],
  ["not_enough", { opens: true }],
  ["formalise", { opens: true }],
  ["measure", { opens: true }],
  ["prolong", { opens: true }],
  ["rework", { opens: true }],
  ["hand_over", { opens: true }],
  ["officer", { opens: true }],
  ["show_draft", {}],
  ["progress", {}],
  ["withdraw", { opens: true }],
  ["copy", { opens: true }],
  ["disclose", { opens: true }],
];

/** What these do is done to what the button showed, and to nothing that came after. */
const SEEN: ReadonlySet<RequestAct> = new Set(["approve", "send", "settle_paper", "accept_conditions"]);

/** What a reader may do next with a request. A channel has many readers: it opens each one's own. */
export function nextSteps(work: UnitOfWork, one: CoopRequest, reader: Reader): Button[] {
  const { t, viewer, person } = reader;
  const button = buttonAbout(`${work.body.slug}/${one.ref}`);
  if (!person) return [button("request", t.requests.buttons.open)];
  const can = (act: RequestAct) => mayRequest(viewer, act, one.subject) === undefined && fitsKind(act, one);
  const complete = gapsOf(one.kind, one.content, one.urgency, one.flags).length === 0;
  const steps = OFFERED.flatMap(([act, { primary, danger, opens }]) =>
    can(act) && (act !== "complete" || complete)
      ? [
          button(`request-${TYPED[act]}`, t.requests.buttons[act], {
            ...(SEEN.has(act) ? { value: `${work.body.slug}/${one.ref} v${one.version}` } : {}),
            ...(primary || act === "complete" ? { style: "primary" as const } : {}),
            ...(danger ? { style: "danger" as const } : {}),
            ...(opens ? { opens: true as const } : {}),
          }),
        ]
      : [],
  );
  const owes = one.flags.includes("owes_paper") && isOurs(one, reader);
  if (one.state === "draft" || (owes && !complete))
    if (can("fill") || owes)
      steps.unshift(button("request-check", t.requests.buttons.check, complete ? {} : { style: "primary" }));
  if (attachesTo(reader, one) === "answer") steps.push(button("request-attach", t.requests.buttons.attach));
  if (can("read"))
    steps.push(
      button("request-read", t.requests.buttons.read, { opens: true }),
      ...(isRed(one) ? [] : [button("request-file", t.requests.buttons.file)]),
    );
  return steps;
}

/** So many stand beside a request in a list. */
const IN_LINE = 2;

export const quickSteps = (work: UnitOfWork, one: CoopRequest, reader: Reader): Button[] =>
  nextSteps(work, one, reader)
    .filter(({ id }) => id !== "request-read" && id !== "request-file")
    .slice(0, IN_LINE);

/** What is missing still, each with the button that opens that very field; then what there is to do. */
export async function checkOf(work: UnitOfWork, one: CoopRequest, reader: Reader): Promise<Message> {
  const { t, lang } = reader;
  const gaps = gapsOf(one.kind, one.content, one.urgency, one.flags);
  const sheets = await sheetsAbout(work, one);
  const shared = await sharedIn(work, one);
  const text = t.requests.check({ count: gaps.length });
  const value = `${work.body.slug}/${one.ref}`;
  const steps = STEPS.filter((step) => fieldsOf(one.kind).some((field) => field.step === step));
  return {
    ...{ text, lang },
    blocks: [
      { type: "heading", text: titled(one, reader) },
      { type: "text", text },
      ...(gaps.length
        ? [
            {
              type: "list" as const,
              items: gaps.map((field) => ({
                title: fieldName(t, field.id),
                detail: sourceOf(field, t),
                action: opening(value, field.id, t.requests.buttons.fill),
              })),
            },
          ]
        : []),
      ...warnings(one, t),
      ...noticeOf(one, t),
      ...(sheets.length
        ? [{ type: "list" as const, items: sheets.map((sheet) => sheetLine(work, sheet, reader)) }]
        : []),
      ...(one.content.files?.length
        ? [{ type: "text" as const, text: t.requests.attachments({ count: one.content.files.length }) }]
        : []),
      ...(shared.length ? [{ type: "list" as const, items: shared.map((each) => sharedLine(each, value, t)) }] : []),
      ...windows(one, t, value),
      {
        type: "actions",
        actions: [
          ...(gaps.length === 0 && actsOpen(reader, one).includes("complete")
            ? [buttonAbout(value)("request-ready", t.requests.buttons.complete, { style: "primary" })]
            : []),
          ...steps.map((step) => opening(value, String(step), t.requests.steps[`s${step}`])),
          ...(longFieldOf(one.kind) ? [buttonAbout(value)("request-text", t.requests.buttons.text)] : []),
          ...(isRed(one)
            ? [buttonAbout(value)("request-officer", t.requests.buttons.officer, { opens: true })]
            : [buttonAbout(value)("request-attach", t.requests.buttons.attach)]),
          buttonAbout(value)("request-read", t.requests.buttons.read, { opens: true }),
        ],
      },
    ],
  };
}

/** Information that goes with it, and whether it may still. */
const sharedLine = ({ ref, why }: SharedIn, value: string, t: Messages): ListItem => ({
  title: [{ bold: ref }],
  detail: why ? t.requests.shared.not({ why: why(t) }) : t.requests.shared.goes,
  action: buttonAbout(`${value} ${ref}`)("request-detach", t.requests.buttons.detach),
});

/** A number below what is usual is said to be unusual (ETS 112 art 3(1)(c), 3(2)). */
const warnings = (one: CoopRequest, t: Messages): Block[] => [
  ...blocking(one).map(({ id }) => ({
    type: "text" as const,
    text: t.requests.fieldBlocks({ field: `${fieldName(t, id)}: ${optionName(t, saidIn(one.content, id))}` }),
  })),
  ...fieldsOf(one.kind).flatMap(({ id, warnBelow }) => {
    const said = saidIn(one.content, id).trim();
    return warnBelow !== undefined && /^\d+$/.test(said) && Number(said) < warnBelow
      ? [{ type: "text" as const, text: t.requests.unusual({ field: fieldName(t, id), least: warnBelow }) }]
      : [];
  }),
];

/** What whoever writes a request of this kind must know. */
function noticeOf({ kind, ref }: CoopRequest, { requests: { notices } }: Messages): Block[] {
  if (!Object.hasOwn(notices, kind)) return [];
  const said = notices[kind as keyof typeof notices];
  return [{ type: "text", text: typeof said === "function" ? said({ ref }) : said }];
}

/** Opens one dialog of the writer. @param part a step, a field, or a part of one */
const opening = (value: string, part: string, label: string): Button =>
  buttonAbout(`${value} ${part}`)("request-fill", label, { opens: true });

/** A long text is written in several dialogs, each of some parts: those that there are, and the next where there is room. */
function windows(one: CoopRequest, t: Messages, value: string): Block[] {
  const items = fieldsOf(one.kind).flatMap((field) => {
    const there = one.content.values[field.id]?.length ?? 0;
    return there === 0
      ? []
      : windowsOf(field, there).map(({ first, last }) => ({
          title: t.requests.partsOf({ field: fieldName(t, field.id), from: first, to: last }),
          action: opening(value, partName(field.id, first), t.requests.buttons.fill),
        }));
  });
  return items.length ? [{ type: "list", items }] : [];
}

/** `UNTOC 18(15)(b)`; not read; or Coord's own. */
export const sourceOf = ({ source, confirmed = false }: Pick<FieldRow, "source" | "confirmed">, t: Messages): string =>
  t.requests.source({ source, confirmed });

/** What is filled in, as it is read. */
export function filledValue(work: UnitOfWork, one: CoopRequest, field: FieldRow, reader: Reader): string {
  const { t, lang } = reader;
  const said = saidIn(one.content, field.id);
  if (said === "") return one.content.unknown.includes(field.id) ? t.requests.notKnown : "";
  switch (field.type) {
    case "choice":
    case "choices":
    case "yesno":
      return said
        .split(/\s+/)
        .map((value) => optionName(t, value))
        .join(", ");
    case "language":
      return languageName(said, lang);
    case "date":
      return isDay(said) ? showDay(work, reader, said) : said;
    case "moment":
      return showAt(work, reader, new Date(said));
    default:
      return said;
  }
}

export const optionName = (
  { requests: { options } }: { requests: Pick<Messages["requests"], "options"> },
  value: string,
): string => (Object.hasOwn(options, value) ? options[value as keyof typeof options] : value);

/** What was said with an act, each part under its name. */
export function quoted(
  { words, code }: Pick<Done, "words" | "code">,
  t: Messages,
  moment: (at: Date) => string,
): string | undefined {
  const said = Object.entries(words).map(([key, value]) => {
    if (key === "at") return moment(new Date(value));
    const { words: names } = t.requests;
    const name = Object.hasOwn(names, key) ? names[key as keyof typeof names] : fieldSaid(t, key);
    return name ? `${name}: ${OF_OPTIONS.includes(key) ? optionName(t, value) : value}` : value;
  });
  const ground = code && codeName(t, code);
  return [...(ground ? [ground] : []), ...said].join("\n") || undefined;
}

/** What is said by a value of a list. */
const OF_OPTIONS: readonly string[] = ["registry", "evidence", "s1", "s8"];

/** An act that answers what fields ask says it under their names. */
const fieldSaid = (t: Messages, key: string): string | undefined =>
  Object.hasOwn(t.requests.fields, key) ? fieldName(t, key) : undefined;

/** A ground with where it stands; what a measure rested on. A ground that is none is marked as one. */
function codeName(t: Messages, code: string): string | undefined {
  const { grounds, bases, stops } = t.requests;
  if (isDateName(code)) return t.requests.dates[code];
  if (Object.hasOwn(bases, code)) return bases[code as keyof typeof bases];
  if (Object.hasOwn(stops, code)) return stops[code as keyof typeof stops];
  if (!Object.hasOwn(grounds, code)) return undefined;
  const { source, confirmed = false, effect } = GROUNDS[code as Ground];
  const name = `${grounds[code as Ground]} (${t.requests.source({ source, confirmed })})`;
  return effect === "never" || effect === "never_alone" ? `${name}. ${t.requests.against}` : name;
}

/** Files, each by the number under which it is taken out again, with an address where somebody reads. */
const fileLines = (work: UnitOfWork, files: readonly AttachedFile[], { t, person }: Reader): Line[] =>
  person
    ? files.map((file, n) => ({
        length: FILE_LENGTH,
        made: async () => [
          { bold: `${t.requests.attachment({ n: n + 1 })}: ` },
          ...(await fileLine(work, person.id, ATTACHMENT, file, t)),
        ],
      }))
    : [];

/** A name of 100 letters, an address, and for how long it opens. */
const FILE_LENGTH = 300;

/** Everything, in a dialog: what was asked, and what became of it. */
export async function readingLines(work: UnitOfWork, one: CoopRequest, reader: Reader): Promise<Line[]> {
  const { t } = reader;
  const inDialog: Reader = { ...reader, ceiling: "RED" };
  const ours = isOurs(one, reader);
  const done = (await movesOf(work, one)).filter(({ act }) => act !== "fill" && (ours || !isInside(act)));
  const files = (await answerFilesOf(work, one)).filter((file) => seesAnswerFile(reader.viewer, file));
  const waiting = files.filter(isWaiting);
  return [
    { text: [{ bold: one.subjectLine }] },
    ...factsOf(work, one, inDialog).map(
      ({ label, value }): Line => ({
        text: [{ bold: `${label}: ` }, ...(typeof value === "string" ? [value] : value)],
      }),
    ),
    ...fieldsOf(one.kind).flatMap((field) => {
      // Advice and risk are the asking side's own.
      const value = ours || field.step !== 4 ? filledValue(work, one, field, inDialog) : "";
      return value ? [{ text: [{ bold: `${fieldName(t, field.id)}: ` }, value] }] : [];
    }),
    ...fileLines(work, one.content.files ?? [], reader),
    ...done.flatMap((move) => {
      const who = t.tasks.by({ name: move.person.name, agency: move.agency.name });
      const line = [showAt(work, reader, move.at), t.requests.buttons[move.act], who].join(" · ");
      const words = quoted(move, t, (moment) => showAt(work, reader, moment, { rests: true }));
      return [
        { text: move.recorded ? `${line} ${t.requests.recorded}` : line },
        ...(words ? [{ text: words }] : []),
        ...fileLines(
          work,
          files.filter(({ moveId }) => moveId === move.id),
          reader,
        ),
      ];
    }),
    ...(waiting.length ? [{ text: t.requests.filesWait({ count: waiting.length }) }] : []),
    ...fileLines(work, waiting, reader),
  ];
}
