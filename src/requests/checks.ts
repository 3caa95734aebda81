import { type Authority, ageOf } from "../authorities/model.js";
import { countryOf } from "../authorities/views.js";
import type { Context } from "../command/define.js";
import type { Messages } from "../i18n/index.js";
import { languageName } from "../i18n/names.js";
import { refuse } from "../lib/refusal.js";
import { isSecondPair } from "../policy/index.js";
import { measureName } from "../sheets/measures.js";
import type { Sheet } from "../sheets/model.js";
import { sheetsFor } from "../sheets/store.js";
import { shortly } from "../sheets/views.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { dayOf } from "../time/index.js";
import { blockedBy, type Content, chosenIn, gapsOf, isNeeded, leastMissing, maySendFirst, saidIn } from "./fields.js";
import { GROUNDS, type Ground } from "./grounds.js";
import type { FieldRow } from "./kinds/row.js";
import { fieldsOf, KINDS } from "./kinds.js";
import { type CoopRequest, isRed } from "./model.js";
import { hashOf, movesOf } from "./store.js";

/** What must hold before a request moves on. Each says what is wrong and what there is to do instead. */

/** @throws Refusal that names each field that is missing */
export function checkComplete(one: CoopRequest): void {
  const gaps = gapsOf(one.kind, one.content, one.urgency, one.flags);
  if (gaps.length)
    refuse((t) => t.errors.requestGaps({ ref: one.ref, fields: gaps.map(({ id }) => fieldName(t, id)) }), "gaps");
  const blocked = blocking(one);
  if (blocked.length)
    refuse(
      (t) => t.errors.requestUnsafe({ ref: one.ref, fields: blocked.map(({ id }) => fieldName(t, id)) }),
      "unsafe",
    );
}

/** RED is approved by another of those named, and received by one of them (UNTOC 24(2)(a)). */
export function checkOfficers(one: CoopRequest): void {
  if (!isRed(one)) return;
  const { ref, officers, drafter, from, to } = one;
  if (!officers.some(({ id, agencyId }) => agencyId === from.id && id !== drafter.id))
    refuse((t) => t.errors.requestOfficers({ ref, side: "ours", to: "" }));
  if (to && !officers.some(({ agencyId }) => agencyId === to.id))
    refuse((t) => t.errors.requestOfficers({ ref, side: "theirs", to: to.name }));
}

/** What is filled in so that nobody may agree to it. */
export const blocking = ({ kind, content }: Pick<CoopRequest, "kind" | "content">): FieldRow[] =>
  blockedBy(
    fieldsOf(kind).filter((field) => isNeeded(kind, field, content)),
    (id) => saidIn(content, id),
  );

/** Consignments are let through, people never (UNTOC 2(i); CTOC/COP/WG.7/2012/3 para 23): it cannot even be written. */
export function checkNoPeople({ ref, kind }: Pick<CoopRequest, "ref" | "kind">, content: Content): void {
  const chosen = chosenIn(content, "technique");
  const aboard = kind === "special_technique" && saidIn(content, "people_aboard") === "yes";
  if (aboard && chosen.includes("controlled_delivery_goods"))
    refuse((t) => t.errors.requestPeopleAboard({ ref }), "people");
}

export const fieldName = (t: Messages, id: string): string => {
  const { fields } = t.requests;
  return Object.hasOwn(fields, id) ? fields[id as keyof typeof fields] : id;
};

/**
 * Approved by another than the drafter; a formal request by an agency that may make it: one that stands in the directory for
 * what the kind is about (CTOC/COP/WG.7/2012/3 para 7; UNTOC 18(13)).
 */
export async function checkApprover(c: Context, one: CoopRequest): Promise<void> {
  if (KINDS[one.kind].fourEyes) await checkSecondPair(c, one);
  await checkCompetence(c.work, one);
}

/** @throws Refusal to whoever wrote any of it, also where another has it now */
export async function checkSecondPair(c: Context, one: CoopRequest): Promise<void> {
  const wrote = (await movesOf(c.work, one, ["fill", "hand_over"])).some(({ person }) => person.id === c.person.id);
  const second = isRed(one) ? c.person.id !== one.drafter.id : isSecondPair(c.viewer, c.person.id, one.drafter.id);
  if (wrote || !second) refuse((t) => t.errors.requestFourEyes({ ref: one.ref }), "four_eyes");
}

/** @throws Refusal where a formal request is not this agency's to make */
export async function checkCompetence(work: UnitOfWork, one: CoopRequest): Promise<void> {
  const { formal, function: needed } = KINDS[one.kind];
  if (formal && !(await isCompetent(work, one.from.id, needed)))
    refuse((t) =>
      t.errors.requestNotCompetent({
        ...{ ref: one.ref, agency: one.from.name, handle: one.from.handle },
        function: t.directory.functions[needed],
      }),
    );
}

const isCompetent = async (work: UnitOfWork, agencyId: string, needed: string): Promise<boolean> =>
  (await work.tx
    .selectFrom("authorities")
    .select("id")
    .where("agency_id", "=", agencyId)
    .where("state", "!=", "closed")
    .where((eb) => eb(eb.val(needed), "=", eb.fn.any("authorities.functions")))
    .limit(1)
    .executeTakeFirst()) !== undefined;

/**
 * The authority is there, competent, checked not too long ago and takes the language; else whoever sends it says why it goes
 * there all the same. One that was closed takes nothing.
 * @param why what was said for it
 */
export async function checkAddressee(c: Context, one: CoopRequest, why: string | undefined): Promise<void> {
  const { authority } = one;
  if (authority) checkOpen(authority);
  if (why) return;
  const doubts = [...doubtsOf(c, one), ...(await notDone(c, one))];
  if (doubts.length) refuse((t) => t.errors.requestDoubts({ ref: one.ref, doubts: doubts.map((say) => say(t)) }));
}

export function checkOpen({ state, ref, replacedBy }: Authority): void {
  if (state === "closed") refuse((t) => t.errors.requestClosedAuthority({ ref, instead: replacedBy }));
}

type Say = (t: Messages) => string;

function doubtsOf(c: Context, { authority, kind, content, ref }: CoopRequest): Say[] {
  const { formal, function: needed } = KINDS[kind];
  if (!authority) return formal ? [(t) => t.requests.doubts.unlisted({ ref })] : [];
  const doubts: Say[] = [];
  if (authority.state === "paused") doubts.push((t) => t.requests.doubts.paused({ ref: authority.ref }));
  if (!authority.functions.includes(needed))
    doubts.push((t) => t.requests.doubts.notCompetent({ ref: authority.ref, function: t.directory.functions[needed] }));
  if (isStale(c.work, authority)) doubts.push((t) => t.requests.doubts.stale({ ref: authority.ref }));
  const language = saidIn(content, "language");
  if (language && authority.langs.length && !authority.langs.includes(language))
    doubts.push((t) =>
      t.requests.doubts.language({
        ref: authority.ref,
        langs: authority.langs.map((lang) => languageName(lang, c.person.lang)).join(", "),
      }),
    );
  return doubts;
}

/** What the State that is asked does not do, by its procedure sheets. */
async function notDone(c: Context, one: CoopRequest): Promise<Say[]> {
  return (await sheetsAbout(c.work, one))
    .filter(({ possible }) => possible === "no")
    .map((sheet) => (t) => {
      const country = countryOf(sheet, c.person.lang);
      const measure = measureName(t, sheet.measure);
      return t.requests.doubts.notDone({ sheet: sheet.ref, country, measure, instead: shortly(sheet.instead ?? "") });
    });
}

/** What the State that is asked does for such a request: the sheets of its kind and of each type of assistance chosen. */
export const sheetsAbout = async (work: UnitOfWork, { authority, kind, content }: CoopRequest): Promise<Sheet[]> =>
  authority ? sheetsFor(work, authority.country, [kind, ...chosenIn(content, "assistance")]) : [];

const isStale = ({ now, body }: UnitOfWork, authority: Authority): boolean =>
  ["stale", "never"].includes(ageOf(authority, dayOf(now, body.zone)));

/** @throws Refusal where what is sent is not what was approved */
export function checkHash(one: CoopRequest): void {
  if (one.approvedHash !== hashOf(one)) refuse((t) => t.errors.requestChanged({ ref: one.ref }), "hash");
}

/**
 * It may go first and its paper follow (UNTOC 18(14)); an arrest is asked for by another than its drafter alone
 * (ETS 24 art 16).
 */
export async function checkSendFirst(c: Context, one: CoopRequest): Promise<void> {
  const { sendFirst } = KINDS[one.kind];
  if (!maySendFirst(one.kind, one.content, one.urgency))
    refuse((t) => {
      const kind = t.requests.kinds[one.kind];
      return sendFirst?.chosen
        ? t.errors.requestNotChosenFirst({ ref: one.ref, kind })
        : t.errors.requestNotFirst({ ref: one.ref, kind });
    });
  if (sendFirst?.secondPair) await checkSecondPair(c, one);
  const missing = leastMissing(one.kind, one.content);
  if (missing.length)
    refuse((t) => t.errors.requestLeast({ ref: one.ref, fields: missing.map(({ id }) => fieldName(t, id)) }));
}

/**
 * Why it is refused, wholly or in part, or postponed: a ground of its kind, with reasons, and where the law wants it after
 * consultation (UNTOC 18(21), 18(23), 18(25), 18(26)); of an extradition where that is appropriate, or it is said why it was
 * not (16(16)). It binds who acts on Coord; what the other side did is recorded as it was.
 */
export async function checkGround(
  c: Context,
  one: CoopRequest,
  effect: "refuse" | "postpone",
  ground: Ground,
  { reasons, unconsulted }: { reasons?: string; unconsulted?: string },
): Promise<void> {
  const row = GROUNDS[ground];
  const label = (t: Messages) => t.requests.grounds[ground];
  if (row.effect === "never" || row.effect === "never_alone")
    refuse((t) => t.errors.requestNeverGround({ ground: label(t), source: row.source }), "ground.never");
  const fits = row.kinds.includes(one.kind) && row.effect === effect && holdsFor(one, ground);
  if (!fits) {
    const others = groundsFor(one, effect);
    refuse((t) =>
      t.errors.requestGround({
        ...{ ref: one.ref, ground: label(t), effect },
        grounds: others.map((other) => groundTyped(t, other)),
      }),
    );
  }
  if (!reasons && !row.reasonsOptional) refuse((t) => t.errors.requestReasons({ ref: one.ref }));
  if (row.consultation?.includes(one.kind) && !(await isConsulted(c.work, one)))
    refuse((t) => t.errors.requestConsult({ ref: one.ref, source: row.source }), "consultation");
  const appropriate = KINDS[one.kind].consultation === "appropriate" && effect === "refuse";
  if (appropriate && !unconsulted && !(await isConsulted(c.work, one)))
    refuse((t) => t.errors.requestConsultOrWhy({ ref: one.ref }), "consultation");
}

/** As it is typed, and what it means. */
export const groundTyped = (t: Messages, ground: Ground): string => `${ground} (${t.requests.grounds[ground]})`;

function holdsFor(one: CoopRequest, ground: Ground): boolean {
  const limits = GROUNDS[ground].onlyFor?.filter(({ kind }) => kind === undefined || kind === one.kind) ?? [];
  return limits.every((limit) => chosenIn(one.content, limit.field).some((value) => limit.in.includes(value)));
}

/** The grounds that a request of this kind can be refused or postponed on. */
export const groundsFor = (one: CoopRequest, effect: "refuse" | "postpone"): Ground[] =>
  (Object.keys(GROUNDS) as Ground[]).filter(
    (ground) => GROUNDS[ground].kinds.includes(one.kind) && GROUNDS[ground].effect === effect && holdsFor(one, ground),
  );

/** Consulted since it was sent to this authority. */
async function isConsulted(work: UnitOfWork, one: CoopRequest): Promise<boolean> {
  const said = await movesOf(work, one, ["consult"]);
  return said.some(({ at }) => one.sentAt !== undefined && at >= one.sentAt);
}

/** Leave to board or more only once the registry is confirmed (Protocol 8(2)); to confirm it, or to help, needs none. */
export function checkRegistry(one: CoopRequest, registry: string | undefined): void {
  if (one.kind !== "vessel") return;
  const free = ["confirm_registry", "help_with_own_or_stateless_vessel"];
  const boards = chosenIn(one.content, "measures").some((measure) => !free.includes(measure));
  if (boards && registry !== "yes") refuse((t) => t.errors.requestRegistry({ ref: one.ref }));
}
