import { addMonths } from "date-fns";
import type { Reply } from "../chat/index.js";
import type { Context, Raws } from "../command/define.js";
import { parseReference } from "../command/references.js";
import { answeredBy, readerIn } from "../command/reply.js";
import { type RequestAct, requestRule } from "../policy/index.js";
import { SHARES } from "../shares/store.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { showAt } from "../time/display.js";
import { findRequest } from "./acts/moving.js";
import { answerFilesOf, GIVING, waitingFor } from "./answer-files.js";
import { dateOf } from "./dates.js";
import { type CoopRequest, calledTo, type Done, isRed } from "./model.js";
import { requestCard } from "./notifications.js";
import { movesOf, REQUESTS } from "./store.js";
import { dateFacts } from "./views.js";

/** After an act: what was understood, with the clock that runs from now on. */
export async function answered(c: Context, one: CoopRequest, act: RequestAct): Promise<Reply> {
  const { t, work } = c;
  const due = one.dueAt && showAt(work, readerIn(c), one.dueAt);
  const until = one.postponedUntil && showAt(work, readerIn(c), one.postponedUntil);
  const said = saidOf(c, one, act, until);
  const next = due && one.clock ? [t.requests.dueNow({ what: t.requests.clocks[one.clock], when: due })] : [];
  // What its days are about is read in a dialog, of RED.
  const dated = (act === "set_date" || act === "happened") && !isRed(one) ? datesSaid(c, one) : [];
  const short = isShort(one) ? [t.requests.short] : [];
  const last = GIVING.includes(act) ? (await movesOf(work, one, GIVING)).at(-1) : undefined;
  const shared = last?.words.share ? await sharedSaid(c, one, last.words.share) : [];
  const files = last ? await filesWith(work, one, last) : 0;
  const beside = files ? [t.requests.filesGone({ count: files })] : [];
  const text = [said, ...beside, ...shared, ...dated, ...short, ...next].join(" ");
  return answeredBy(c, text, { notification: requestCard, params: { request: one.id }, ref: one.ref });
}

/** What became of an answer under conditions, with the conditions that were understood. */
async function sharedSaid(c: Context, one: CoopRequest, ref: string): Promise<string[]> {
  const share = await SHARES.known(c, parseReference(ref)?.number ?? 0);
  if (!share) return [];
  const codes = share.codes.length ? share.codes.join(", ") : undefined;
  const kind = c.t.information.kinds[share.kind];
  return [c.t.requests.sharedAs({ share: ref, kind, codes, agency: one.from.name })];
}

/** A permission of fewer months than the directive knows (Directive 2004/81/EC art 8(3)). */
function isShort(one: CoopRequest): boolean {
  const { kind, decidedAt } = one;
  const ends = kind === "stay" ? dateOf(one, "ends") : undefined;
  return ends !== undefined && decidedAt !== undefined && ends < addMonths(decidedAt, LEAST_MONTHS);
}

const LEAST_MONTHS = 6;

/** Over the dialog of what gives files: how many go with it. What they are called is content, and a dialog may be offered in chat. */
export async function filesGoing(c: Context, { ref }: Raws): Promise<string | undefined> {
  const reference = ref ? parseReference(ref) : undefined;
  if (reference?.kind !== REQUESTS.kind) return undefined;
  const one = await findRequest(c, reference);
  const { length } = await waitingFor(c.work, one, c.viewer.agencyId);
  return length ? c.t.requests.filesGoing({ ref: one.ref, count: length }) : undefined;
}

/** How many files went with what was said. */
const filesWith = async (work: UnitOfWork, one: CoopRequest, { id }: Done): Promise<number> =>
  (await answerFilesOf(work, one)).filter(({ moveId }) => moveId === id).length;

/** The days that stand now, and the first that ends because of them. */
function datesSaid(c: Context, one: CoopRequest): string[] {
  const facts = dateFacts(c.work, one, readerIn(c)).map(({ label, value }) =>
    c.t.requests.named({ what: label, said: String(value) }),
  );
  return facts.length ? [`${facts.join("; ")}.`] : [];
}

/** What is done off Coord is only on record here: who asked sees to it that it is done. */
function saidOf({ t }: Context, one: CoopRequest, act: RequestAct, until: string | undefined): string {
  const { ref, to, authority, from } = one;
  const called = calledTo(one);
  const done = () => t.requests.done[act]({ ref, to: called, from: from.name, until });
  if (to) return done();
  if (act === "send" || act === "send_first")
    return t.requests.sentOff({
      ref,
      to: called,
      ways: [authority?.email, authority?.phone].filter(Boolean).join(", "),
    });
  return requestRule(act).recordable
    ? t.requests.recordedDone({ ref, to: called, act: t.requests.buttons[act] })
    : done();
}
