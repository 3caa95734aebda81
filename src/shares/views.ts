import { subDays } from "date-fns";
import {
  type Action,
  type Block,
  type Button,
  buttonAbout,
  type Fact,
  type Form,
  type ListItem,
  type Message,
  type Span,
} from "../chat/index.js";
import type { Context } from "../command/define.js";
import { type Line, linesOf } from "../command/reading.js";
import type { Reader } from "../delivery/notification.js";
import { fileLine } from "../files/given.js";
import { isProvider, mayShare, recipientsFor, sightOfShare } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { showAt, showDay, trueUntil } from "../time/display.js";
import type { Deed } from "../turns/deeds.js";
import { attachmentsOf } from "./attachments.js";
import { conditionsOf, readContent, reasonsOf } from "./content.js";
import { nameOf, type OutcomeKind, owesOutcome, type Recipient, type Share } from "./model.js";
import { openingsOf } from "./openings.js";
import { outcomesOf } from "./outcomes.js";
import { type UseRequest, useWords } from "./use-requests.js";

const MOST_LINES = 25;

/** Shares as people see them in chat: everything about them but what they say. */

export async function cardOf(work: UnitOfWork, share: Share, reader: Reader): Promise<Message> {
  const { t, lang } = reader;
  const i = t.information;
  const blocks: Block[] = [
    { type: "heading", text: nameOf(share) },
    { type: "facts", facts: factsOf(work, share, reader) },
  ];
  if (isProvider(reader.viewer, share.subject) && share.state !== "draft") {
    const lines = share.recipients.map((one) => recipientLine(work, share, one, reader));
    blocks.push({ type: "list", items: lines.slice(0, MOST_LINES) });
    const more = lines.length - MOST_LINES;
    if (more > 0) blocks.push({ type: "context", text: t.inbox.more({ count: more }) });
  }
  const actions = nextSteps(work, share, reader);
  if (actions.length) blocks.push({ type: "actions", actions });
  const asks = isAsked(work, share, reader) ? outcomeActions(work, share, reader) : [];
  if (asks.length) blocks.push({ type: "text", text: i.askOutcome }, { type: "actions", actions: asks });
  const text = i.summary({
    what: nameOf(share),
    state: i.state[share.state],
    from: share.providerAgency.name,
    label: share.label,
  });
  return { text, lang, blocks, until: untilOf(work, share, reader) };
}

/** What came of it is asked for from a day before it is due, and is late after; the clock's end of it is the engine's. */
const untilOf = (work: UnitOfWork, share: Share, { zone }: Reader): Date | undefined =>
  trueUntil(
    work.now,
    zone,
    share.recipients.flatMap((one) =>
      one.outcomeDue && owesOutcome(share, one) ? [subDays(one.outcomeDue, ASKED_DAYS), one.outcomeDue] : [],
    ),
  );

/** So many days before it is due the card asks what came of it. */
const ASKED_DAYS = 1;

function factsOf(work: UnitOfWork, share: Share, reader: Reader): Fact[] {
  const { t } = reader;
  const i = t.information;
  const show = (at: Date) => showAt(work, reader, at);
  const grade = [share.sourceGrade, share.contentGrade].filter(Boolean).join("");
  return [
    { label: i.facts.state, value: [{ bold: i.state[share.state] }] },
    { label: i.facts.from, value: share.providerAgency.name },
    { label: i.facts.kind, value: i.kinds[share.kind] },
    { label: i.facts.label, value: `TLP:${share.label}` },
    ...(share.codes.length ? [{ label: i.facts.codes, value: share.codes.join(", ") }] : []),
    ...(grade ? [{ label: i.facts.grade, value: grade }] : []),
    ...(share.releasedAt ? [{ label: i.facts.released, value: show(share.releasedAt) }] : []),
    ...(share.validUntil ? [{ label: i.facts.until, value: show(share.validUntil.at) }] : []),
  ];
}

/** One place among the recipients, as the provider sees it. */
function recipientLine(work: UnitOfWork, share: Share, one: Recipient, reader: Reader): ListItem {
  const i = reader.t.information;
  const state = one.suspended ? i.suspended : i.recipient[one.state];
  const owed =
    one.outcome === "final"
      ? i.outcomeState.final
      : one.outcomeDue && owesOutcome(share, one)
        ? i.outcomeDue({
            when: showAt(work, reader, one.outcomeDue),
            late: one.outcomeDue < work.now,
          })
        : undefined;
  return {
    title: [{ bold: one.agency.name }, one.person ? ` · ${one.person.name}` : ""],
    detail: [state, owed].filter(Boolean).join(" · "),
  };
}

/** The next step only, for the one who reads. */
export function nextSteps(work: UnitOfWork, share: Share, reader: Reader): Action[] {
  const { t, viewer, person } = reader;
  const b = t.information.buttons;
  const value = `${work.body.slug}/${share.ref}`;
  const button = buttonAbout(value);
  if (!person) return [button("share-show", b.show)];
  const can = (act: Parameters<typeof mayShare>[1]) => mayShare(viewer, act, share.subject) === undefined;
  const actions: Action[] = [];
  if (can("edit")) {
    if (share.written) actions.push(button("share-file", b.addFile));
    actions.push(
      button("share-write", share.written ? b.edit : b.write, {
        opens: true,
        ...(share.written ? {} : { style: "primary" }),
      }),
    );
    if (share.written) actions.push(button("share-send", b.send, { style: "primary" }));
    actions.push(button("share-discard", b.discard, { style: "danger" }));
    return actions;
  }
  if (can("review"))
    actions.push(
      button("open", b.read, { opens: true }),
      button("share-review", b.agree, { value: `${value} yes`, style: "primary" }),
      button("share-return", b.giveBack, { opens: true }),
    );
  if (share.state === "released" && sightOfShare(viewer, share.subject) === "open")
    actions.push(button("open", b.open, { opens: true, style: "primary" }));
  const held = recipientsFor(viewer, share.subject);
  if (share.state === "released" && held.some(({ declined, suspended }) => !declined && !suspended)) {
    actions.push(button("share-decline", b.decline, { opens: true }));
    if (share.codes.length) actions.push(button("use", b.use, { opens: true }));
  }
  if (can("control"))
    actions.push(
      button("share-log", b.log),
      button("share-add", b.add, { opens: true }),
      button("tighten", b.tighten, { opens: true }),
      button("recall", b.recall, { opens: true, style: "danger" }),
    );
  if (
    isProvider(viewer, share.subject) &&
    share.recipients.some(({ outcome, state, suspended }) => outcome !== "none" || state === "declined" || suspended)
  )
    actions.push(button("outcomes", b.outcomes, { opens: true }));
  return actions;
}

/** The place that this reader holds, was opened, and for which what came of it is still to be told. */
const owingPlace = (share: Share, { viewer }: Pick<Reader, "viewer">): Recipient | undefined => {
  const held = recipientsFor(viewer, share.subject);
  return share.recipients.find(
    (one) =>
      one.state === "in_use" &&
      owesOutcome(share, one) &&
      held.some(({ agencyId, personId }) => agencyId === one.agency.id && personId === (one.person?.id ?? null)),
  );
};

function isAsked(work: UnitOfWork, share: Share, reader: Reader): boolean {
  const due = owingPlace(share, reader)?.outcomeDue;
  return due !== undefined && subDays(due, ASKED_DAYS) <= work.now;
}

/**
 * One tap for what is asked most; the form asks for more (docs/shares.md, Outcomes). Of what nobody opened nothing can
 * have come.
 */
export function outcomeActions(work: UnitOfWork, share: Share, reader: Reader): Action[] {
  const { t, person } = reader;
  if (!person || !owingPlace(share, reader)) return [];
  const value = (kind: OutcomeKind) => `${work.body.slug}/${share.ref} ${kind}`;
  const quick: OutcomeKind[] = ["arrest", "seizure", "persons_rescued", "nothing", "not_yet"];
  return [
    ...quick.map(
      (kind): Action => ({ type: "button", id: "outcome", label: t.information.outcomes[kind], value: value(kind) }),
    ),
    {
      type: "button",
      id: "outcome",
      label: t.information.buttons.otherOutcome,
      value: `${work.body.slug}/${share.ref}`,
      opens: true,
    },
  ];
}

/** What is asked of somebody about a share, by the buttons of its card. */
const DEEDS: Partial<Record<Deed, readonly string[]>> = {
  finish: ["share-write", "share-send"],
  review: ["open", "share-review"],
  open: ["open", "share-decline"],
};

/** Of the next steps those that a deed asks for, for a line among others. */
export function quickSteps(work: UnitOfWork, share: Share, deed: Deed, reader: Reader): Button[] {
  if (deed === "outcome") {
    const value = `${work.body.slug}/${share.ref}`;
    return outcomeActions(work, share, reader).flatMap((action): Button[] => {
      if (action.type !== "button") return [];
      if (action.opens) return [{ ...action, label: reader.t.information.buttons.tellOutcome }];
      return action.value === `${value} nothing` ? [action] : [];
    });
  }
  return nextSteps(work, share, reader).filter(
    (step): step is Button => step.type === "button" && DEEDS[deed]?.includes(step.id) === true,
  );
}

/** Only who answers for the provider grants a use or refuses it. */
export function useSteps(
  work: UnitOfWork,
  share: Pick<Share, "subject">,
  request: Pick<UseRequest, "ref" | "state">,
  { t, viewer, person }: Reader,
): Button[] {
  if (!person || request.state !== "submitted" || mayShare(viewer, "answer", share.subject) !== undefined) return [];
  const b = t.information.buttons;
  const value = `${work.body.slug}/${request.ref}`;
  return [
    { type: "button", id: "use-grant", label: b.grant, value, style: "primary", opens: true },
    { type: "button", id: "use-refuse", label: b.refuse, value, style: "danger", opens: true },
  ];
}

export function lineOf(work: UnitOfWork, share: Share, reader: Reader): ListItem {
  const { t } = reader;
  const i = t.information;
  return {
    title: [{ bold: nameOf(share) }, ` TLP:${share.label}`],
    detail: [
      i.kinds[share.kind],
      share.providerAgency.name,
      i.state[share.state],
      share.releasedAt && showAt(work, reader, share.releasedAt),
    ]
      .filter(Boolean)
      .join(" · "),
    action: { type: "button", id: "share-show", label: i.buttons.show, value: `${work.body.slug}/${share.ref}` },
  };
}

/** What it says, in a dialog: read and gone. `live` lets a platform that can overwrite it when it is recalled. */
export async function contentForm(work: UnitOfWork, share: Share, reader: Reader): Promise<Form> {
  const { t, lang, person } = reader;
  const files: Span[][] = [];
  if (person)
    for (const file of await attachmentsOf(work, share))
      files.push(await fileLine(work, person.id, "attachment", file, t));
  const { title, content } = await readContent(work, share);
  const note = (text: string | Span[]) => ({ type: "note" as const, text });
  return {
    id: "open",
    title: nameOf(share),
    cancel: t.form.close,
    state: "",
    lang,
    live: share.id,
    fields: [
      note([{ bold: title }]),
      ...linesOf(content).map(({ text }) => ({ type: "note" as const, text })),
      ...files.map((text) => note(text)),
      { type: "note" as const, text: await conditionsOf(work, share, reader) },
    ],
  };
}

/** Who opened it, when and why; for the providing side. */
export async function logMessage(c: Context, share: Share, reader: Reader): Promise<Message> {
  const { t, lang } = reader;
  const i = t.information;
  const openings = await openingsOf(c, share, 25);
  const title = i.logTitle({ what: nameOf(share) });
  return {
    text: title,
    lang,
    blocks: [
      { type: "heading", text: title },
      ...(openings.length
        ? [
            {
              type: "list" as const,
              items: openings.map(({ name, agency, purpose, accepted, file, at }) => ({
                title: [{ bold: name }, `, ${agency}`],
                detail: [
                  showAt(c.work, reader, at),
                  i.purposes[purpose],
                  accepted ? i.acceptedThen : "",
                  file ? i.fileThen : "",
                ]
                  .filter(Boolean)
                  .join(" · "),
              })),
            },
          ]
        : [{ type: "text" as const, text: i.nobodyOpened }]),
    ],
  };
}

/** What came of it, for the providing side, in a dialog; what is stricter than the reader may see is said to be there. */
export async function outcomeLines(work: UnitOfWork, share: Share, reader: Reader): Promise<Line[]> {
  const { t, viewer } = reader;
  const i = t.information;
  const outcomes = await outcomesOf(work, share);
  const told = await reasonsOf(work, share);
  return [
    ...told.map(({ kind, agency, words }) => ({
      text: [{ bold: i.reasons[kind]({ agency }) }, `\n${words}`],
    })),
    ...outcomes.map((one): Line => {
      // The outcome's own label, the stricter one, says who of the providing side reads it; under RED the provider alone.
      const sealed =
        one.label === "RED"
          ? viewer.id !== share.provider.id
          : !isProvider(viewer, { ...share.subject, label: one.label });
      const notes = [
        one.agency,
        showAt(work, reader, one.at),
        one.final ? i.outcomeState.final : i.outcomeState.interim,
        one.on && showDay(work, reader, one.on),
        one.count === undefined ? undefined : String(one.count),
      ];
      return {
        text: sealed
          ? i.outcomeSealed
          : [
              { bold: i.outcomes[one.kind] },
              ` · ${notes.filter(Boolean).join(" · ")}${one.narrative ? `\n${one.narrative}` : ""}`,
            ],
      };
    }),
    ...(told.length + outcomes.length ? [] : [{ text: i.reasons.none }]),
  ];
}

/** Of a request for cooperation who asked for it knows alone: what is granted goes with it by one button. */
const attaching = (work: UnitOfWork, share: Share, request: UseRequest, { t, person }: Reader): Button[] =>
  request.cooperation && request.state === "granted" && person?.id === request.person.id
    ? [
        buttonAbout(`${work.body.slug}/${request.cooperation.ref} ${share.ref}`)(
          "request-attach",
          t.information.buttons.attach({ ref: request.cooperation.ref }),
          { style: "primary" },
        ),
      ]
    : [];

/** A request for use, without what it is for. */
export function useCardOf(work: UnitOfWork, share: Share, request: UseRequest, reader: Reader): Message {
  const { t, lang } = reader;
  const u = t.information.use;
  const show = (at: Date) => showAt(work, reader, at);
  const value = `${work.body.slug}/${request.ref}`;
  const b = t.information.buttons;
  const text = u.summary({
    ref: request.ref,
    share: nameOf(share),
    code: request.code,
    agency: request.agency.name,
    state: u.state[request.state],
  });
  return {
    text,
    lang,
    until: trueUntil(work.now, reader.zone, []),
    blocks: [
      { type: "heading", text: `${request.ref} · ${nameOf(share)}` },
      {
        type: "facts",
        facts: [
          { label: t.information.facts.state, value: [{ bold: u.state[request.state] }] },
          { label: u.asks, value: request.agency.name },
          { label: u.what, value: u.codes[request.code] },
          ...(request.neededBy ? [{ label: u.neededBy, value: show(request.neededBy) }] : []),
          ...(request.expiresAt ? [{ label: u.expires, value: show(request.expiresAt) }] : []),
        ],
      },
      {
        type: "actions",
        actions: [
          { type: "button", id: "use-read", label: b.read, value, opens: true },
          ...useSteps(work, share, request, reader),
          ...attaching(work, share, request, reader),
        ],
      },
    ],
  };
}

/** Purpose, basis and answer of a request, in a dialog. */
export async function useForm(
  work: UnitOfWork,
  request: UseRequest,
  names: readonly string[],
  reader: Reader,
): Promise<Form> {
  const { t, lang } = reader;
  const u = t.information.use;
  const words = await useWords(work, request);
  const line = (label: string, value: string | undefined) =>
    value ? [{ type: "note" as const, text: [{ bold: `${label}: ` }, value] }] : [];
  return {
    id: "use-read",
    title: request.ref,
    cancel: t.form.close,
    state: "",
    lang,
    live: request.shareId,
    fields: [
      ...line(u.what, u.codes[request.code]),
      ...line(u.purpose, words.purpose),
      ...line(u.forWhom, names.join(", ")),
      ...line(u.basis, words.legalBasis),
      ...line(u.answer, words.answer),
    ],
  };
}
