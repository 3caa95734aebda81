import "../../../src/items.js";
import { describe, expect, it } from "vitest";
import { formValues, normalise as readSlack } from "../../../adapters/slack/receive.js";
import { decodeCommand } from "../../../adapters/slack/text.js";
import { readHtml } from "../../../adapters/teams/html.js";
import { toInbound } from "../../../adapters/teams/receive.js";
import { registry } from "../../../commands/index.js";
import { encodable } from "../../../src/chat/index.js";
import { clean } from "../../../src/command/args.js";
import { stateOf } from "../../../src/command/drafts.js";
import { strangeKey } from "../../../src/command/keys.js";
import { readMarking } from "../../../src/command/marking.js";
import { readLine, takeWord } from "../../../src/command/parse.js";
import { covered } from "../../../src/command/quoted.js";
import { parseReference } from "../../../src/command/references.js";
import { parsePolicy } from "../../../src/escalation/notation.js";
import { Refusal } from "../../../src/lib/refusal.js";
import { readImport } from "../../../src/matches/csv.js";
import { IDENTIFIER_KINDS, normalise } from "../../../src/matches/normalise.js";
import { splitPoll } from "../../../src/meetings/poll-words.js";
import { checkRule } from "../../../src/meetings/recurrence.js";
import { parseMinutes, parseSchedule, splitMeeting } from "../../../src/meetings/schedule/index.js";
import { fold } from "../../../src/people/names.js";
import { readPlan } from "../../../src/plan/csv.js";
import { parseDecimal } from "../../../src/plan/decimal.js";
import { parseLabel } from "../../../src/policy/index.js";
import { readPeriod } from "../../../src/reports/period.js";
import { parseDuration, parseWhen, takeMoment, timesIn, type WhenContext } from "../../../src/time/index.js";
import { nearestZones } from "../../../src/time/zones.js";
import { withDays } from "../../../src/training/day-words.js";

/** Whatever reads text from outside takes time in proportion to its length, whatever the text. */

const SIZE = 40_000;
/** What is done sooner is not measured: nothing that short holds anybody up, and its time is mostly noise. */
const NOTICED_MS = 30;
/**
 * Twice the text may take two and a half times the time, so four times the text that much twice over. Over the longer
 * step what a collector and a cache do to one measurement weighs less; 16 times would be its square.
 */
const LONGER = 4;
const MOST_GROWTH = 2.5 * 2.5;
/** How often a pair is read before it is said to grow: others on the machine disturb a reading, never all of them. */
const TRIES = 25;
/** And before it is said not to: the first reading may be long for what the compiler still does. */
const LEAST_TRIES = 2;

/** How often what was found to grow is looked at again before it is believed. */
const AGAIN = 2;

const TIME: WhenContext = { now: new Date("2026-11-23T08:00:00Z"), zone: "Europe/Athens", lang: "en" };
const FRENCH: WhenContext = { ...TIME, lang: "fr" };

/** What is repeated, with what stands before and behind it: a tail that fits nowhere makes a pattern try again. */
const SEEDS: readonly string[] = [
  ...["“", "”", '"', "«", "„", "'", '" ', "“ ", 'a"b ', "“a” ", "„a“ ", "„a” ", "»a« "],
  ...[" ", "\u00a0", "\u202f", "\t", "\n", " \n", "\r\n", "\u200b"],
  ...["by ", "by: ", "avant ", "d'ici ", "due: ", "every ", "every first ", "chaque ", "with a and ", "with ", "and "],
  ...["at ", "in a ", "for 1h ", "1h ", "1 2 ", "until ", "from ", "Tue ", "first Tue of ", "1, ", "2 days ", "60m "],
  ...["1", "1.", "1/", "1-", "12:", "10:00 ", "0", "T-", "T-1 ", "M-1/", "v1 ", "+1", "-", "– "],
  ...[
    "key:",
    "detail:",
    "detail: ",
    "detail:“ ",
    'detail:" ',
    "with: a, ",
    "tlp",
    "tlp:",
    "tlp: ",
    "TLP:AMBER ",
    "label:",
  ],
  ...[
    "(",
    "[",
    "{",
    "<",
    ">",
    "</",
    "<a ",
    "<a>",
    "<at>",
    "<!--",
    '<a b="',
    "<blockquote>",
    "<@U1>",
    "<@U1|",
    "&",
    "&a",
    "&#",
  ],
  ...["@", "@a ", "@a, ", "\uE000", "\uE0000\uE001", "*", "_", "`", "~", "|", "#", "\\", "/", "//", "%", "$"],
  ...[",", ";", ", ", ",\n", '"",', '",', '"\n', "a,b\n", "a;", "=", ":", "::", "：", ". ", "…", "!"],
  ...[
    "e\u0301",
    "\u0301",
    "\u0323\u0301",
    "\u0f71\u0f74",
    "\u{1D400}",
    "ﷺ",
    "👩🏽‍🌾",
    "\ud800",
    "\u0000",
    "\u202e",
    "م",
    "ς",
    "İ",
  ],
  ...[
    "a",
    "a ",
    "Aa",
    "word ",
    "A1 ",
    "https://",
    "https://a ",
    "a@b.",
    "Europe/",
    "FREQ=",
    "BYDAY=MO,",
    "due, ",
    "3d before, ",
  ],
];
const FRAMES: readonly (readonly [before: string, after: string])[] = [
  ["", ""],
  ["by Talk with a ", "!"],
];

const command = (name: string) => {
  const found = registry.find(name);
  if (!found) throw new Error(`no command ${name}`);
  return found;
};
const csvOf = (text: string) => `kind,value,case,purpose\nphone,${text}`;
const activity = (more: object) => ({
  ...{ type: "message", id: "1", from: { aadObjectId: "a", id: "29:a" } },
  ...{ conversation: { id: "a:1", conversationType: "personal", tenantId: "t" } },
  ...more,
});
const teamsKnown = { appId: "app", accountOf: () => undefined };
const shortcut = (text: string) => ({
  ...{ type: "invoke", name: "composeExtension/fetchTask" },
  value: {
    commandId: "taskFromMessage",
    messagePayload: { id: "2", body: { contentType: "html", content: text } },
  },
});
const quoted = (text: string) => ({ attachments: [{ contentType: "text/html", content: text }] });
const mentioned = (text: string) => ({
  text,
  entities: Array.from({ length: 50 }, () => ({ type: "mention", text: "<at>", mentioned: { id: "29:b" } })),
});

const READERS: Record<string, (text: string) => unknown> = {
  covered,
  takeWord,
  readMarking,
  clean,
  fold,
  parseReference,
  parseLabel,
  parseDuration,
  parseMinutes,
  parsePolicy,
  parseDecimal,
  nearestZones,
  splitPoll,
  encodable: (text) => encodable({ text: [text, { text }] }),
  "a form's state": (text) => stateOf(`{"body":"${text}"`),
  "a key that is none": (text) => strangeKey(text, command("task").args),
  "a line of task": (text) => readLine(text, command("task").args, TIME),
  "a line of plan add": (text) => readLine(text, command("plan-add").args, TIME),
  "a line of date": (text) => readLine(text, command("date").args, TIME),
  "a line of meet": (text) => command("meet").refine?.({ title: text }, TIME),
  "a line of meet poll": (text) => command("meet-poll").refine?.({ title: text }, TIME),
  "a line of report": (text) => command("report").refine?.({ period: text }, TIME),
  "a line of training session": (text) => withDays(text, TIME),
  parseWhen: (text) => parseWhen(text, TIME),
  takeMoment: (text) => [takeMoment(text, TIME), takeMoment(text, FRENCH)],
  timesIn: (text) => timesIn(text, TIME),
  parseSchedule: (text) => parseSchedule(text, TIME),
  splitMeeting: (text) => splitMeeting(text, TIME),
  readPeriod: (text) => readPeriod(text, "2026-11-23", "en"),
  "a rule of a calendar": (text) => checkRule(text, "2026-11-23T10:00", "Europe/Athens"),
  "an identifier": (text) => IDENTIFIER_KINDS.map((kind) => normalise(kind, text, { country: "GR" })),
  "a list of identifiers": (text) => [readImport(text, {}), readImport(csvOf(text), {})],
  "a plan": (text) => readPlan(`title,pillar,lead,due\n${text}`),
  "HTML of Teams": readHtml,
  "a message of Teams": (text) => toInbound(activity({ text }), teamsKnown),
  "mentions of Teams": (text) => toInbound(activity(mentioned(text)), teamsKnown),
  "a quoted reply of Teams": (text) => toInbound(activity(quoted(text)), teamsKnown),
  "a message extension of Teams": (text) => toInbound(activity(shortcut(text)), teamsKnown),
  "a line of Slack": (text) => decodeCommand(text, { tenant: "T1", bot: "U1" }),
  "fields of Slack": (text) => formValues({ view: { state: { values: { a: { a: { type: "t", value: text } } } } } }),
  "a form of Slack": (text) =>
    readSlack(
      {
        ...{ type: "view_submission", user: { id: "U1", team_id: "T1" }, team: { id: "T1" } },
        view: { id: "V1", callback_id: "cmd.task", private_metadata: `{"channel":"${text}"}\n${text}` },
      },
      { delivery: "d" },
    ),
};

const textOf = (seed: string, [before, after]: (typeof FRAMES)[number], size: number): string =>
  before + seed.repeat(Math.ceil(size / seed.length)).slice(0, size) + after;

/** A sentence that refuses a text is an answer like another. */
const answered = (read: (text: string) => unknown) => (text: string) => {
  try {
    return read(text);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
};

/** Milliseconds of this process's own: what others do on the machine is not among them. */
function spent(act: () => unknown): number {
  const before = process.cpuUsage();
  act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/**
 * How many times as long the whole takes as its part, of the best of some runs: collecting what earlier ones left makes
 * one longer and never shorter. The part is read as often as it goes into the whole, so that both take about as long
 * and whatever slows the machine down for a while meets both alike.
 */
function growth(read: (text: string) => unknown, part: string, whole: string): number {
  const parts = () => {
    for (let n = 0; n < LONGER; n++) read(part);
  };
  const best = { parts: Number.POSITIVE_INFINITY, whole: Number.POSITIVE_INFINITY };
  for (let n = 0; n < TRIES; n++) {
    best.parts = Math.min(best.parts, spent(parts));
    best.whole = Math.min(
      best.whole,
      spent(() => read(whole)),
    );
    if (best.whole < NOTICED_MS) return 1;
    if (n + 1 >= LEAST_TRIES && best.whole / best.parts <= MOST_GROWTH / LONGER) break;
  }
  return (best.whole / best.parts) * LONGER;
}

describe(`a text ${LONGER} times as long takes at most ${MOST_GROWTH} times as long`, () => {
  it.each(Object.entries(READERS))("%s", (_name, reader) => {
    const read = answered(reader);
    // The compiler is warmed up, or what it does is taken for what the reader does.
    for (const seed of SEEDS) read(textOf(seed, ["", ""], 500));
    type Grown = { seed: string; frame: (typeof FRAMES)[number]; size: number; times: number };
    const measured = (seed: string, frame: (typeof FRAMES)[number], size: number): Grown[] => {
      const times = growth(read, textOf(seed, frame, size / LONGER), textOf(seed, frame, size));
      return times > MOST_GROWTH ? [{ seed, frame, size, times }] : [];
    };
    let grown = SEEDS.flatMap((seed) =>
      FRAMES.flatMap((frame) => {
        // A shorter one first: what grows out of proportion is found before it takes minutes.
        const short = measured(seed, frame, SIZE / 8);
        return short.length ? short : measured(seed, frame, SIZE);
      }),
    );
    // One pair may be read while memory is full of what others left, all its tries long: it is read again after the others.
    for (let n = 0; n < AGAIN; n++) grown = grown.flatMap(({ seed, frame, size }) => measured(seed, frame, size));
    const wrong = grown.map(
      ({ seed, frame, size, times }) =>
        `${JSON.stringify(seed)} in ${JSON.stringify(frame)}: ${times.toFixed(1)} at ${size}`,
    );
    expect(wrong).toEqual([]);
  });

  it("and a reader that tries again from each of its places is found", () => {
    const squared = (text: string) => /\s+$/.test(text);
    const of = (size: number) => `${" ".repeat(size)}x`;
    expect(growth(squared, of(SIZE / 4 / LONGER), of(SIZE / 4))).toBeGreaterThan(MOST_GROWTH);
  });
});
