import { sql } from "kysely";
import { IDENTIFIER_KINDS } from "../../../src/matches/normalise.js";
import { LABELS } from "../../../src/policy/labels.js";
import { OUTCOMES, PURPOSES, SHARE_KINDS } from "../../../src/shares/model.js";
import type { Store } from "../../../src/store/database.js";
import { FOLLOW_ANSWERS } from "../../../src/training/answers.js";
import { COUNTRY_ROLES, TOPICS, WHATS } from "../../../src/training/model.js";

/**
 * A year of activity of fifty agencies, with what came before it and after it, as lives of tasks, meetings, shares, use
 * requests and entries: each event as the acts write it (shape.test.ts holds the two together). Seeded: the same every
 * time.
 */

type Detail = Record<string, string | number | boolean | null | undefined>;
export type Made = {
  at: Date;
  actor?: string;
  action: string;
  kind?: string;
  item?: string;
  ref?: string;
  code?: string;
  detail: Detail;
};

export const AGENCIES = Array.from({ length: 50 }, (_, n) => `agency${n}`);
export const YEAR = 2026;
/** Lives begin from here up to there. */
const BEGINS = { from: Date.parse("2025-05-20T00:00:00Z"), until: Date.parse("2027-01-25T00:00:00Z") };

const [SECOND, HOUR, DAY] = [1_000, 3_600_000, 86_400_000];

/** Midnights of Athens at which a month begins, and its clock changes with the midnights around: where one counts wrong. */
export const EDGES = [
  ...["2025-05-31T21:00Z", "2025-06-30T21:00Z", "2025-09-30T21:00Z", "2025-11-30T22:00Z"],
  ...["2025-12-31T22:00Z", "2026-01-31T22:00Z", "2026-02-28T22:00Z", "2026-03-31T21:00Z", "2026-04-30T21:00Z"],
  ...["2026-05-31T21:00Z", "2026-06-30T21:00Z", "2026-07-31T21:00Z", "2026-08-31T21:00Z", "2026-09-30T21:00Z"],
  ...["2026-10-31T22:00Z", "2026-11-30T22:00Z", "2026-12-31T22:00Z"],
  ...["2026-03-28T22:00Z", "2026-03-29T01:00Z", "2026-03-29T21:00Z"],
  ...["2026-10-24T21:00Z", "2026-10-25T01:00Z", "2026-10-25T22:00Z"],
].map((text) => Date.parse(text));

/** A day of which rates and medians fall between two tenths. */
export const HALVES = "2023-06-12";

/** xorshift32 (Marsaglia 2003). */
function random(seed: number): () => number {
  let x = seed;
  return () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) / 2 ** 32;
  };
}

export function makeYear(seed = 20_260_101): Made[] {
  const year = new Year(random(seed));
  for (let n = 0; n < 750; n++) year.task(n);
  for (let n = 0; n < 220; n++) year.meeting(n);
  for (let n = 0; n < 550; n++) year.share(n);
  for (let n = 0; n < 600; n++) year.entry();
  for (const edge of EDGES) for (const off of [-1, 0, 1]) year.atOnce(edge + off);
  for (const edge of EDGES) year.besides(edge);
  year.halves(Date.parse(`${HALVES}T09:00Z`));
  for (let n = 0; n < 300; n++) year.training(n);
  for (let n = 0; n < 400; n++) year.request(n);
  return year.inOrder();
}

class Year {
  readonly #made: Made[] = [];

  constructor(private readonly next: () => number) {}

  /** By moment, as they are written, but for a few neighbours: two transactions may commit the other way round. */
  inOrder(): Made[] {
    const made = this.#made.sort((a, b) => a.at.getTime() - b.at.getTime());
    for (let n = 1; n < made.length; n++) {
      const [a, b] = [made[n - 1], made[n]];
      if (a && b && a.item !== b.item && this.#once(0.02)) [made[n - 1], made[n]] = [b, a];
    }
    return made;
  }

  #once(share: number): boolean {
    return this.next() < share;
  }
  #whole(below: number): number {
    return Math.floor(this.next() * below);
  }
  #one<T>(of: readonly T[]): T {
    return of[this.#whole(of.length)] as T;
  }
  #id(): string {
    const hex = Array.from({ length: 8 }, () => this.#whole(65_536).toString(16).padStart(4, "0")).join("");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
  }
  #some<T>(of: readonly T[], least: number, most: number): T[] {
    const left = [...of];
    return Array.from({ length: least + this.#whole(most - least + 1) }, () =>
      left.splice(this.#whole(left.length), 1),
    ).flat();
  }
  #begin(): number {
    return BEGINS.from + this.#whole(BEGINS.until - BEGINS.from);
  }
  /** Within `days`, soon rather than late; now and then at the next edge, a millisecond before it or after. */
  #after(at: number, days: number): number {
    const edge = EDGES.filter((one) => one > at + 2 && one < at + 60 * DAY).sort((a, b) => a - b)[0];
    if (edge !== undefined && this.#once(0.05)) return edge + this.#whole(3) - 1;
    return at + Math.floor(this.next() ** 2 * days * DAY);
  }
  #write(at: number, action: string, rest: Omit<Made, "at" | "action">): void {
    this.#made.push({ at: new Date(at), action, ...rest });
  }

  task(n: number): void {
    let at = this.#begin();
    const asked = at;
    const [item, ref] = [this.#id(), `T-${n + 1}`];
    const [from, lead] = [this.#one(AGENCIES), this.#one(AGENCIES)];
    const people = [this.#id(), this.#id()];
    const acted = this.#once(0.15) ? this.#one([from, lead]) : undefined;
    const onBehalf = (agency: string) => (agency === acted ? agency : undefined);
    const priority = this.#one(["normal", "normal", "normal", "low", "urgent", "life-safety"]);
    const label = this.#one(LABELS);
    let due = this.#once(0.85) ? this.#dueAfter(at) : undefined;
    let state = "asked";
    const counted = () => ({ lead, label, priority, due: due === undefined ? undefined : iso(due) });
    const write = (action: string, detail: Detail, o: { code?: string; byClock?: boolean } = {}) =>
      this.#write(at, action, {
        actor: o.byClock ? undefined : this.#one(people),
        kind: "task",
        item,
        ref,
        code: o.code,
        detail,
      });
    const lasted = () => ({
      seconds: Math.trunc((at - asked) / SECOND),
      ...(state === "done" ? { time: due === undefined ? "open" : due >= at ? "in_time" : "late" } : {}),
    });
    /** A step that may change the state. */
    const step = (action: string, to: string, days: number, agency = lead) => {
      at = this.#after(at, days);
      // Done at the very moment at which it is due is done in time.
      if (action === "task.done" && due !== undefined && due > asked && this.#once(0.03)) at = Math.max(at, due);
      const before = state;
      state = to;
      write(action, {
        from: before,
        to,
        agency,
        ...counted(),
        ...(to === before ? {} : lasted()),
        onBehalf: onBehalf(agency),
      });
    };
    const undo = (act: string, to: string) => {
      at += this.#whole(5 * 60) * SECOND;
      const before = state;
      state = to;
      write("task.undone", { from: before, to, ...counted() }, { code: act });
    };
    const aside = () => {
      switch (this.#whole(9)) {
        case 0:
          due = this.#dueAfter(at);
          step("task.due", state, 3, from);
          break;
        case 1:
          step("task.date_proposed", state, 3);
          if (this.#once(0.6)) due = this.#dueAfter(at);
          step("task.date_granted", state, 2, from);
          break;
        case 2:
          step("task.date_proposed", state, 3);
          step("task.date_refused", state, 2, from);
          break;
        case 3:
          at = this.#after(at, 2);
          write("task.commented", {});
          break;
        case 4:
          at = this.#after(at, 2);
          write("task.snoozed", { until: iso(at + DAY), pastDeadline: false });
          break;
        case 5:
          at = this.#after(at, 2);
          write("task.nudged", {});
          break;
        case 6:
          step("task.edited", state, 2, from);
          break;
        case 7:
          step("task.supported", state, 4, this.#one(AGENCIES));
          break;
        case 8:
          step("task.ladder", state, 4);
          break;
      }
    };

    write("task.asked", { from, to: lead, ...counted(), onBehalf: onBehalf(from) });
    if (this.#once(0.02)) {
      undo("ask", "cancelled");
      return;
    }
    while (this.#once(0.25)) aside();
    const first = this.next();
    // Nobody has answered.
    if (first < 0.08) return;
    if (first < 0.18) {
      step("task.declined", "declined", 6);
      if (!this.#once(0.15)) return;
      undo("decline", "asked");
    }
    if (first > 0.95) {
      step("task.cancelled", "cancelled", 20, from);
      return;
    }
    if (first < 0.92) step("task.agreed", "agreed", 8);
    while (this.#once(0.35)) aside();
    const second = this.next();
    if (second < 0.12) return;
    if (second < 0.2) {
      step("task.cancelled", "cancelled", 40, from);
      return;
    }
    step("task.done", "done", 60);
    if (this.#once(0.04)) {
      undo("done", "agreed");
      if (this.#once(0.5)) return;
      step("task.done", "done", 20);
    }
    while (this.#once(0.12)) {
      step("task.reopened", "agreed", 10, from);
      if (this.#once(0.15)) return;
      step("task.done", "done", 30);
    }
    const third = this.next();
    if (third < 0.2) return;
    // What is done can be called off too.
    if (third < 0.25) {
      step("task.cancelled", "cancelled", 5, from);
      return;
    }
    if (third < 0.6) {
      step("task.closed", "closed", 12, from);
      return;
    }
    at += 14 * DAY;
    state = "closed";
    write("task.closed", { from: "done", to: "closed", ...counted(), ...lasted() }, { code: "silence", byClock: true });
  }

  /** At a full minute, or where a period ends. */
  #dueAfter(at: number): number {
    const edge = EDGES.find((one) => one > at && one < at + 120 * DAY);
    if (edge !== undefined && this.#once(0.1)) return edge + this.#whole(3) - 1;
    return Math.floor((at + this.next() * 45 * DAY) / 60_000) * 60_000;
  }

  meeting(n: number): void {
    let at = this.#begin();
    const chair = this.#one(AGENCIES);
    const people = [this.#id(), this.#id()];
    const label = this.#one(LABELS);
    const series = this.#id();
    const onBehalf = this.#once(0.04) ? chair : undefined;
    const [item, ref] = [this.#id(), `M-${n + 1}/1`];
    const asked = this.#some(AGENCIES, 8, 50).sort();
    const happened = (action: string, detail: Detail, whole = false) =>
      this.#write(at, action, {
        actor: this.#one(people),
        kind: whole ? "meeting" : "occurrence",
        item: whole ? series : item,
        ref: whole ? `M-${n + 1}` : ref,
        detail: { ...detail, label, agency: chair, onBehalf },
      });
    happened("meeting.called", { invited: asked.length }, true);
    at = this.#after(at, 25);
    const fate = this.next();
    if (fate < 0.06) {
      happened("meeting.cancelled", { to_come: 1 }, true);
      return;
    }
    if (fate < 0.12) {
      happened("meeting.cancelled_one", { wall: "2026-01-01T10:00" });
      return;
    }
    happened("meeting.started", {});
    const there = asked.filter(() => this.#once(0.75));
    for (const agency of there.slice(0, 2)) happened("meeting.present", { agency });
    for (let d = this.#whole(6); d > 0; d--) {
      at += this.#whole(15 * 60) * SECOND;
      const decision = `D-${this.#whole(900) + 1}`;
      happened("meeting.decided", { decision, present: there.length, invited: asked.length });
      if (this.#once(0.15)) happened("meeting.decision_withdrawn", { decision });
    }
    happened("meeting.noted", { line: 1 });
    at = this.#once(0.1) ? this.#after(at, 1) : at + HOUR;
    const needed = this.#one([undefined, Math.floor(asked.length / 2) + 1, Math.ceil(asked.length * 0.75)]);
    const quorum = needed === undefined ? "none" : there.length >= needed ? "yes" : "no";
    happened("meeting.ended", { present: there.length, invited: asked.length, quorum });
    for (const agency of asked)
      this.#write(at, there.includes(agency) ? "meeting.attended" : "meeting.missed", {
        kind: "occurrence",
        item,
        ref,
        detail: { agency, label },
      });
    if (this.#once(0.2)) return;
    const ended = at;
    at = this.#after(at, 3);
    happened("minutes.circulated", { by: iso(at + 7 * DAY) });
    at = this.#after(at, 40);
    const silent = this.#once(0.6);
    this.#write(at, "minutes.approved", {
      actor: silent ? undefined : this.#one(people),
      kind: "occurrence",
      item,
      ref,
      code: silent ? "silence" : undefined,
      detail: { sha256: this.#id().replaceAll("-", ""), label, seconds: Math.trunc((at - ended) / SECOND) },
    });
  }

  share(n: number): void {
    let at = this.#begin();
    const provider = this.#one(AGENCIES);
    const person = this.#id();
    const [item, ref] = [this.#id(), `I-${n + 1}`];
    let label = this.#one(LABELS);
    const kind = this.#one(SHARE_KINDS);
    let conditions = 1;
    let state = "draft";
    const counted = () => ({ kind, label, provider });
    const event = (action: string, detail: Detail, code?: string, actor = person) =>
      this.#write(at, action, { actor, kind: "share", item, ref, code, detail });
    const happened = (action: string, agency: string) =>
      event(action, { ...counted(), state, conditions, agency }, undefined, agency === provider ? person : this.#id());
    happened("share.drafted", provider);
    happened("share.written", provider);
    if (this.#once(0.05)) {
      state = "closed";
      happened("share.discarded", provider);
      return;
    }
    at = this.#after(at, 2);
    state = "released";
    happened("share.released", provider);
    const released = at;
    const others = AGENCIES.filter((one) => one !== provider);
    const receivers = this.#some(others, 1, 5);
    const receive = (agencies: string[]) => {
      for (const agency of agencies) event("share.received", { ...counted(), agency });
    };
    receive(receivers);
    for (const agency of receivers) {
      at = released;
      this.#receiver(agency, { at: released, counted, happened, event, moveTo: (to) => (at = to) });
    }
    if (this.#once(0.1)) {
      at = this.#after(released, 20);
      happened("share.widened", provider);
      const more = this.#some(
        others.filter((one) => !receivers.includes(one)),
        1,
        2,
      );
      receive(more);
      const then = at;
      for (const agency of more)
        this.#receiver(agency, { at: then, counted, happened, event, moveTo: (to) => (at = to) });
    }
    if (this.#once(0.12)) {
      at = this.#after(released, 40);
      label = this.#one(LABELS);
      conditions++;
      happened("share.tightened", provider);
    }
    if (this.#once(0.3)) this.#uses(ref, provider, this.#one(receivers), released);
    if (this.#once(0.06)) {
      at = this.#after(released, 50);
      state = "recalled";
      happened("share.recalled", provider);
    }
  }

  /** What one of those who were given it makes of it. */
  #receiver(
    agency: string,
    o: {
      at: number;
      counted: () => Detail;
      happened: (action: string, agency: string) => void;
      event: (action: string, detail: Detail, code?: string, actor?: string) => void;
      moveTo: (at: number) => void;
    },
  ): void {
    const reader = this.#id();
    let at = o.at;
    const go = (days: number) => {
      at = this.#after(at, days);
      o.moveTo(at);
    };
    const since = () => ({ since: iso(o.at), seconds: Math.trunc((at - o.at) / SECOND) });
    if (this.#once(0.2)) return;
    go(12);
    if (this.#once(0.06)) {
      o.happened("share.declined", agency);
      return;
    }
    if (this.#once(0.9)) {
      const purpose = this.#one(PURPOSES);
      o.event("share.opened", { conditions: 1, agency }, purpose, reader);
      o.happened("share.in_use", agency);
      o.event("share.acknowledged", { ...o.counted(), agency, ...since() }, undefined, reader);
    }
    let closed = false;
    while (this.#once(0.55)) {
      go(30);
      const what = this.#one(OUTCOMES);
      const final = what !== "not_yet" && this.#once(0.6);
      o.happened(final ? "share.outcome_final" : "share.outcome", agency);
      const detail = {
        ...o.counted(),
        agency,
        final,
        closes: final && !closed,
        direct: this.#one([undefined, true, false]),
        count: this.#one([undefined, undefined, this.#whole(40)]),
        ...since(),
      };
      o.event("share.outcome_told", detail, what, reader);
      closed ||= final;
    }
    if (this.#once(0.04)) {
      go(30);
      o.happened("share.breached", agency);
    }
  }

  #uses(share: string, provider: string, agency: string, released: number): void {
    let at = this.#after(released, 15);
    const [item, ref, code] = [this.#id(), `U-${this.#whole(900) + 1}`, this.#one(["H1", "H2"])];
    const write = (action: string) =>
      this.#write(at, action, {
        actor: this.#id(),
        kind: "use_request",
        item,
        ref,
        detail: { share, code, agency, provider },
      });
    write("use.asked");
    at = this.#after(at, 10);
    const fate = this.next();
    if (fate < 0.6) write(fate < 0.4 ? "use.granted" : "use.refused");
    else if (fate < 0.8) this.#write(at, "use.lapsed", { kind: "use_request", item, ref, detail: {} });
  }

  entry(): void {
    const at = this.#begin();
    const [item, actor, agency] = [this.#id(), this.#id(), this.#one(AGENCIES)];
    const silent = this.#once(0.2);
    const write = (when: number, action: string, detail: Detail, by?: string) =>
      this.#write(when, action, { actor: by, kind: "match", item, detail });
    write(at, "match.registered", { kind: this.#one(IDENTIFIER_KINDS), silent, agency }, actor);
    while (this.#once(0.15)) write(at, "match.hit", { silent });
    if (this.#once(0.3)) write(this.#after(at, 20), this.#one(["match.renewed", "match.removed"]), {}, actor);
  }

  /** One of sixteen is 6.25 per cent; 4320 seconds are 0.05 days, and the lower of two. */
  halves(at: number): void {
    const [actor, item, label] = [this.#id(), this.#id(), "GREEN"];
    for (let n = 0; n < 16; n++)
      this.#write(at, n === 0 ? "meeting.attended" : "meeting.missed", {
        kind: "occurrence",
        item,
        ref: "M-0/1",
        detail: { agency: this.#one(AGENCIES), label },
      });
    for (const seconds of [4_320, 12_960, 90_000, 4_319]) {
      const detail = {
        from: "asked",
        to: "agreed",
        agency: "agency1",
        lead: "agency1",
        label,
        priority: "low",
        seconds,
      };
      this.#write(at, "task.agreed", { actor, kind: "task", item: this.#id(), ref: "T-0", detail });
    }
  }

  /** What happens beside what counts: who came, what was refused, what resembles it by name. */
  besides(at: number): void {
    for (const action of ["refused", "people.added", "settings.changed", "meeting.answered", "task", "tasks.done"])
      this.#write(at, action, { detail: { agency: "agency1", lead: "agency2", to: "agreed", label: "GREEN" } });
  }

  /** A need, an offer, or both brought together; what is held for them, and what is said of it months later. */
  training(n: number): void {
    let at = this.#after(this.#begin(), 1);
    const [topic, what] = [this.#one(TOPICS), this.#one(WHATS)];
    const [one, other] = this.#some(AGENCIES, 2, 2) as [string, string];
    const item = (k: number, agency: string, role: string | null, country = countryOf(agency)) => {
      const thing = { kind: "training", item: this.#id(), ref: `K-${3 * n + k}` };
      const figures = { agency, topic, what, country, role };
      const write = (action: string, more: Detail = {}, o: { code?: string; byClock?: boolean } = {}) =>
        this.#write(at, action, {
          ...thing,
          actor: o.byClock ? undefined : this.#id(),
          code: o.code,
          detail: { ...figures, ...more },
        });
      return { ...thing, agency, figures, write };
    };
    const entered = (kind: "need" | "offer", k: number, agency: string) => {
      const foreign = this.#once(0.2) ? this.#one(["EG", "LY", "TN"]) : undefined;
      const it = item(k, agency, this.#one(COUNTRY_ROLES), foreign);
      const provider = this.#once(0.3) ? "outside" : "own";
      it.write(`training.${kind}`, { people: this.#once(0.5) ? 1 + this.#whole(40) : null, provider });
      return it;
    };
    /** Taken back, or over before anybody took it up: neither takes away from what was told. */
    const ended = (it: ReturnType<typeof item>): boolean => {
      const fate = this.next();
      if (fate > 0.3) return false;
      at = this.#after(at, 40);
      if (fate < 0.15) it.write("training.withdrawn");
      else it.write("training.lapsed", {}, { byClock: true });
      return true;
    };

    const first = this.#once(0.6) ? "need" : "offer";
    const a = entered(first, 1, one);
    if (this.#once(0.35)) {
      ended(a);
      return;
    }
    at = this.#after(at, 30);
    const b = entered(first === "need" ? "offer" : "need", 2, other);
    const [need, offer] = first === "need" ? [a, b] : [b, a];
    const takeUp = () => {
      at = this.#after(at, 15);
      need.write("training.matched", { with: offer.agency, offer: offer.ref });
    };
    takeUp();
    if (this.#once(0.15)) {
      at = this.#after(at, 10);
      offer.write("training.withdrawn");
      if (ended(need)) return;
    }
    if (this.#once(0.15)) return;

    at = this.#after(at, 20);
    const session = item(3, need.agency, String(need.figures.role));
    const seats = this.#once(0.5) ? 5 + this.#whole(30) : undefined;
    session.write("training.session", { meeting: `M-${200 + n}`, of: need.ref, seats });
    const there = [...new Set([one, ...this.#some(AGENCIES, 0, 6)])].sort();
    for (const agency of there) session.write("training.enrolled", { agency, waiting: this.#once(0.1) });
    if (this.#once(0.2)) session.write("training.left", { agency: one });
    at = this.#after(at, 40);
    if (this.#once(0.12)) {
      session.write("training.withdrawn");
      return;
    }
    const came = there.map((agency) => ({ agency, country: countryOf(agency), people: 1 + this.#whole(9) }));
    const people = came.reduce((sum, one) => sum + one.people, 0);
    session.write("training.held", { people, agencies: came.length });
    for (const one of came) session.write("training.attended", { ...one, role: null });
    for (const { agency } of came) if (this.#once(0.5)) session.write("training.evaluated", { agency });
    for (const { agency, country } of came) {
      // What is said later stands in the place of what was said before, and is one more answer.
      while (this.#once(0.55)) {
        at = this.#after(at, 30);
        session.write("training.followed", { agency, country, role: null }, { code: this.#one(FOLLOW_ANSWERS) });
      }
    }
  }

  /** Asked of an authority of another State, on Coord or not: drafted, sent, and what became of it. */
  request(n: number): void {
    const [asks, there] = this.#some(AGENCIES, 2, 2) as [string, string];
    const here = this.#once(0.7);
    let at = this.#begin();
    let state = "draft";
    let receivedAt: number | undefined;
    let sentAt: number | undefined;
    const thing = { kind: "request", item: this.#id(), ref: `R-${1_000 + n}` };
    const figures = {
      ...{
        kind: this.#one(["police", "mla", "vessel", "transfer_sentenced"]),
        urgency: this.#one(["normal", "urgent"]),
      },
      ...{ label: "AMBER", asks, asked: here ? there : "-off-coord" },
      country: this.#once(0.9) ? this.#one(["GR", "IT", "TN", "EG"]) : null,
      due: null,
    };
    this.#write(at, "request.drafted", { ...thing, actor: this.#id(), detail: figures });
    const act = (name: string, days: number, to = state, code?: string) => {
      at = this.#after(at, days);
      const since = receivedAt ?? sentAt;
      const lasts = to !== state && since !== undefined;
      const detail = {
        ...{ from: state, to, recorded: !here && this.#once(0.8), sent: sentAt !== undefined },
        ...{
          ...figures,
          due: this.#once(0.7) ? iso(at + 30 * DAY) : null,
          ...(lasts ? { seconds: Math.floor((at - since) / SECOND) } : {}),
        },
      };
      this.#write(at, `request.${name}`, { ...thing, actor: this.#id(), code, detail });
      if (to === "sent") sentAt = at;
      if (to === "received") receivedAt = at;
      state = to;
    };
    // What is never sent counts nowhere.
    if (this.#once(0.1)) {
      act("withdraw", 5, "withdrawn");
      return;
    }
    act(this.#once(0.2) ? "send_first" : "send", 10, "sent");
    if (this.#once(0.1)) {
      act("withdraw", 20, "withdrawn");
      return;
    }
    act("acknowledge", 5, "received");
    if (this.#once(0.2)) act("postpone", 20, state, "ongoing_proceedings");
    const ground = this.#one(["essential_interests", "po_judge", "no_double_criminality", "bank_secrecy"]);
    if (this.#once(0.2)) act("refuse", 40, "refused", ground);
    else {
      // At once, with the decision that is the answer, or after one.
      if (this.#once(0.2)) act(this.#one(["agree", "accept_conditions", "answer"]), 20, "answered");
      else {
        act(this.#one(["agree", "accept_conditions"]), 30, "agreed");
        while (this.#once(0.3)) act("answer_part", 20);
        if (this.#once(0.1)) {
          act("refuse", 30, "refused", ground);
          return;
        }
        act("answer", 60, "answered");
        if (this.#once(0.15)) {
          act("not_enough", 10, "agreed");
          act("answer", 30, "answered");
        }
      }
    }
    if (this.#once(0.7)) act("close", 15, "closed");
    if (this.#once(0.15)) act("formalise", 10);
  }

  /** One of each that counts, all in one millisecond. */
  atOnce(at: number): void {
    const [actor, agency, provider] = [this.#id(), this.#one(AGENCIES), this.#one(AGENCIES)];
    const label = this.#one(LABELS);
    const task = { lead: agency, label, priority: "normal", due: iso(at + this.#whole(3) - 1) };
    const seconds = this.#whole(90 * 86_400);
    const put = (action: string, kind: string, item: string, ref: string, detail: Detail, code?: string) =>
      this.#write(at, action, { actor, kind, item, ref, code, detail });
    const id = this.#id();
    put("task.asked", "task", id, "T-0", { from: provider, to: agency, ...task });
    const move = (action: string, from: string, to: string, more: Detail = {}) =>
      put(action, "task", id, "T-0", { from, to, agency, ...task, seconds, ...more });
    move("task.agreed", "asked", "agreed");
    if (this.#once(0.3)) move("task.done", "agreed", "done", { time: "in_time" });
    const meeting = this.#id();
    const held = { label, agency, onBehalf: undefined };
    put("meeting.decided", "occurrence", meeting, "M-0/1", { decision: "D-0", present: 1, invited: 2, ...held });
    put("meeting.ended", "occurrence", meeting, "M-0/1", { present: 1, invited: 2, quorum: "yes", ...held });
    for (const [action, who] of [
      ["meeting.attended", agency],
      ["meeting.missed", provider],
    ] as const)
      this.#write(at, action, { kind: "occurrence", item: meeting, ref: "M-0/1", detail: { agency: who, label } });
    const share = this.#id();
    const shared = { kind: this.#one(SHARE_KINDS), label, provider };
    put("share.released", "share", share, "I-0", { ...shared, state: "released", conditions: 1, agency: provider });
    put("share.received", "share", share, "I-0", { ...shared, agency });
    // Given at this moment, or the millisecond before: another period's.
    for (const since of [iso(at), iso(at - 1)]) {
      put("share.acknowledged", "share", share, "I-0", { ...shared, agency, since, seconds: 0 });
      const told = { ...shared, agency, final: true, closes: true, since, seconds };
      put("share.outcome_told", "share", share, "I-0", told, "arrest");
    }
    put("match.registered", "match", this.#id(), "", { kind: "phone", silent: false, agency });
  }
}

/** Of a third of the agencies nobody said it. */
const countryOf = (agency: string): string | null => ["GR", "IT", null][AGENCIES.indexOf(agency) % 3] ?? null;

const iso = (at: number): string => new Date(at).toISOString();

/** Writes them into a body as one statement a few thousand; `undefined` is no key, as in the record. */
export async function writeEvents(store: Store, body: string | null, events: readonly Made[]): Promise<void> {
  for (let from = 0; from < events.length; from += 4_000) {
    const rows = events.slice(from, from + 4_000).map((one, n) => ({ n, ...one, ref: one.ref || undefined }));
    await sql`insert into events (body_id, at, actor_id, action, item_kind, item_id, item_ref, code, detail)
      select ${body}::uuid, at, actor, action, kind, item, ref, code, detail
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as one(n int, at timestamptz, actor uuid, action text,
        kind text, item uuid, ref text, code text, detail jsonb)
      order by n`.execute(store.owner);
  }
}
