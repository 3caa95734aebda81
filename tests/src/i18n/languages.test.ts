import { describe, expect, it } from "vitest";
import { registry } from "../../../commands/index.js";
import type { Command } from "../../../src/command/define.js";
import { rawArgs } from "../../../src/command/parse.js";
import { parsePolicy } from "../../../src/escalation/notation.js";
import { LANGUAGES, messagesFor } from "../../../src/i18n/index.js";
import { VIEWS } from "../../../src/tasks/lists.js";
import { parseWhen, type WhenContext } from "../../../src/time/index.js";

const [en, fr] = [messagesFor("en"), messagesFor("fr")];

type Given = Record<string, unknown>;
type Say = (given: unknown) => unknown;
type Leaf = string | Say;

/** One sentence in both languages, said of the same things. */
type Pair = { path: string; given: unknown; english: string; french: string };

/** What may stand in French as in English: names, signs, words that both languages have. */
const ALIKE = new Set([
  ...["note", "action", "correct", "settle", "report-notes", "plan-obstacle"].map((name) => `titles.${name}`),
  ...["args.page", "tasks.clock", "tasks.who", "tasks.list.title", "inbox.foot", "people.reach"],
  "meetings.poll.slot",
  ...["args.authoritySource", "args.authorityFormat", "directory.facts.source", "directory.title"],
  ...["directory.functions.extradition", "directory.ages.fresh"],
  ...["args.lengthShown", "args.quorum", "meetings.span", "meetings.minutesLong", "meetings.list.title"],
  ...[
    "meetings.correction.title",
    "meetings.register.line",
    "meetings.document.footer",
    "meetings.document.words.page",
  ],
  "information.list.title",
  ...["args.format", "reports.facts.hash", "reports.list.line", "reports.units.percent", "reports.buttons.notes"],
  ...["reports.document.points", "reports.document.none", "reports.document.source"],
  "training.list",
]);
const NAMES = new Set(["Slack", "Teams", "Word", "Excel", "CSV", "JSON", "INTERPOL", "e-CODEX"]);

/** Where a reason says which of several sentences it is, as a kind does everywhere. */
const WHICH_SENTENCE = new Set([
  "errors.when",
  "errors.schedule",
  "errors.period",
  "delivery.why",
  "people.platform",
  "places.because",
]);

/** What is never said of none. */
const NEVER_NONE = new Set(["reminders.heading", "tasks.similar", "tasks.nudgePreview", "meetings.list.missed"]);

/** Names begin with a vowel, so that what should have been elided shows. What may be left out is tried left out. */
const SAMPLES: Record<string, unknown[]> = {
  people: [[], ["Aoperson"], ["Aoperson", "Aoother"]],
  accounts: [[], ["Aoaccount"], ["Aoaccount", "Aoother"]],
  hits: [0, 1, 4],
  code: ["check_digit", "Aocode"],
  count: [0, 1, 2, 37],
  max: [3_000],
  length: [4_117],
  minutes: [1, 5],
  page: [6],
  pages: [9],
  near: [[], ["@aonear"], ["@aonear", "@aonext", "@aolast"]],
  all: [[], ["@aoall", "@aoelse"]],
  names: [["Aoname", "Aonamesake"]],
  phrases: [["Aophrase"], ["Aophrase", "Aoword"]],
  roles: [["aorole"], ["aorole", "aopost", "aoduty"]],
  slugs: [["aoslug", "aolabel"]],
  on: [true, false],
  current: [true, false],
  kind: ["before", "due", "late", "unanswered", "decide", "snooze", "silence", undefined],
  tasksOnly: [true, false],
  reason: ["not_a_date", "impossible", "past", "ambiguous", "negative", "in_gap", "Aoreason"],
  times: [["2026-03-29 02:59", "2026-03-29 04:00"], undefined],
  detail: ["Aodetail", undefined],
  met: [true, false],
  ...{ range: ["6–53"], seconds: [1, 12] },
  ref: ["T-7041"],
  what: ["T-7041 · Aowhat"],
  letter: ["T"],
  refs: [["K-7041"], ["K-7041", "K-7042"]],
  figures: [["Aofigure"], ["Aofigure", "Aomark"]],
  titles: [["Aotitle"], ["Aotitle", "Aopaper"]],
  keys: [[], ["aokey:…"], ["aokey:…", "aomark:…"]],
  agencies: [["Aoagency"], ["Aoagency", "Aooffice"]],
  yes: [[], ["Aoyes"], ["Aoyes", "Aoyea"]],
  maybe: [[], ["Aomaybe", "Aoperhaps"]],
  no: [[], ["Aono", "Aonay"]],
  best: [true, false],
  taken: [true, false],
  ...{ n: [6], slots: [8], of: [53], invited: [5], present: [0, 1, 3], needed: [3, undefined] },
  ...{ for: [1, 12], against: [0, 7], abstain: [0, 1, 2] },
  ...{ decisions: [0, 1, 2], actions: [0, 1, 2], days: [1, 14], correct: [1, 3], freeze: [1, 24], notice: [1, 8] },
  ...{ late: [true, false], waits: [true, false], granted: [true, false], readers: [0, 1, 2, 37] },
  ...{ gave: [0, 1, 23], cameBack: [0, 1, 12], received: [0, 1, 34], told: [0, 1, 13], owes: [0, 1, 21] },
};

const SLOTS = [["Aowhen"], ["Aowhen", "Aolater (M-7042)"]];

/** Where a word that means one thing elsewhere means another. */
const SAMPLES_AT: Record<string, Record<string, unknown[]>> = {
  "errors.when": { reason: ["not_a_date", "impossible", "past", "ambiguous", "negative", "in_gap"] },
  "digest.line": { late: [0, 1, 2] },
  "training.places": { taken: [0, 1, 2], seats: [8, undefined], waiting: [0, 1, 2] },
  "delivery.why": {
    reason: [
      ...["account_gone", "bot_removed", "token_revoked", "channel_gone", "blocked", "too_large", "refused", "gave_up"],
      "Aounforeseen",
    ],
  },
  "people.platform": { name: ["web", "mail", "Slack", "Aounforeseen"] },
  "places.because": {
    reason: [
      ...[
        "not_asked",
        "asking",
        "no_answer",
        "shared",
        "invited",
        "guests",
        "other_tenant",
        "shared_kind",
        "workspaces",
      ],
      ...["scope", "archived", "no_access", "too_many", "unclear", "unsupported", "Aounforeseen"],
    ],
  },
  "asking.key": { near: [["aonear:…"], ["aonear:…", "aonext:…"]] },
  "args.pick.typed": { readings: [[], ["Aoreading"], ["Aoreading", "Aosense"]] },
  "reminders.settled": { what: [[], ["T-7041 · Aowhat"], ["T-7041", "T-7042"]] },
  "errors.missing": { what: [["Aowhat"], ["Aowhat", "Aothing"]] },
  "help.also": { commands: [["Aocommand"], ["Aocommand", "Aoother"]] },
  "training.followed": { yes: [0, 1, 2], partly: [3], no: [0, 4] },
  "training.averages": { count: [5, 12] },
  "digest.set": { days: ["Aodays"] },
  "meetings.poll.voted": { yes: [0, 1, 2] },
  "meetings.poll.taken": { slots: SLOTS },
  "meetings.poll.takenAnyway": { slots: SLOTS },
  "errors.slotsTaken": { slots: SLOTS },
  "meetings.result.figures": { agencies: [0, 1, 9] },
  "meetings.pack.owes": { open: [0, 1, 4], late: [0, 1, 2] },
  "meetings.rules.show": { pack: [1, 2] },
  "errors.noQuorum": { needed: [3] },
  "errors.period": { reason: ["unread", "future", "backward", "too_long"] },
  "reports.progress": { n: [3], of: [4] },
  "errors.schedule": { reason: ["no_time", "never", "past", "impossible", "in_gap", "ambiguous", "not_a_date"] },
};

const samplesOf = (path: string, key: string): unknown[] =>
  SAMPLES_AT[path]?.[key] ?? SAMPLES[key] ?? [`Ao${key}`, undefined];

function leaves(tree: object, at = ""): Map<string, Leaf> {
  const found = new Map<string, Leaf>();
  for (const [key, value] of Object.entries(tree) as [string, object | Leaf][]) {
    const path = at ? `${at}.${key}` : key;
    if (typeof value === "object") for (const [inner, leaf] of leaves(value, path)) found.set(inner, leaf);
    else found.set(path, value as Leaf);
  }
  return found;
}

const shapeOf = (tree: object): string[] => [...leaves(tree)].map(([path, leaf]) => `${path}: ${typeof leaf}`).sort();

/** @returns undefined where the sentence cannot be said of this: something is missing that it needs */
function said(say: Say, given: unknown): string | undefined {
  try {
    const text = say(given);
    return typeof text === "string" && !/undefined|\[object/.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Everything that the sentences may be said of: they are called and watched for what they ask. */
function givenTo(path: string, sentences: Say[]): unknown[] {
  const keys = new Set<string>();
  for (;;) {
    const known = keys.size;
    const all = combined(path, [...keys]).filter((given) => !(NEVER_NONE.has(path) && given.count === 0));
    for (const given of all)
      for (const say of sentences)
        said(
          say,
          new Proxy(given, {
            get(target, key) {
              if (typeof key === "string") keys.add(key);
              return Reflect.get(target, key);
            },
          }),
        );
    if (keys.size === known) return all;
  }
}

const combined = (path: string, keys: string[]): Given[] =>
  keys.reduce<Given[]>(
    (some, key) => some.flatMap((given) => samplesOf(path, key).map((value) => ({ ...given, [key]: value }))),
    [{}],
  );

const english = leaves(en);
const french = leaves(fr);

const pairs: Pair[] = [...english].flatMap(([path, leaf]) => {
  const other = french.get(path);
  if (typeof leaf === "string")
    return typeof other === "string" ? [{ path, given: {}, english: leaf, french: other }] : [];
  if (typeof other !== "function") return [];
  return givenTo(path, [leaf, other]).flatMap((given) => {
    const text = said(leaf, given);
    return text === undefined ? [] : [{ path, given, english: text, french: said(other, given) ?? "" }];
  });
});

const offences = (broken: (pair: Pair) => boolean): string[] => [
  ...new Set(pairs.filter(broken).map(({ path, french: text }) => `${path}: ${text}`)),
];

/** The words that stand where a command would be typed. */
const COMMAND_PLACES = [
  /\/coord\s(?!to\b|pour\b)([a-z]+)/g,
  /(?:\b[Tt]ype|\b[Tt]apez|\bor|\bou)\s(?!write\b)([a-z]+)(?=\s(?:to|pour)\b)/g,
  /:\s(?!with\b)([a-z]+)(?=\s(?:@|T-|Ao|ABCD-|mine\b|on\b|renew\b))/g,
];
const commandsIn = (text: string): string[] =>
  COMMAND_PLACES.flatMap((place) => [...text.matchAll(place)].map(([, word = ""]) => word));

/** Taken before the registry is asked: a stranger has no commands yet, and `for` leads another one. */
const BEFORE_THE_REGISTRY = new Set(["join", "for"]);
const isCommand = (word: string): boolean => BEFORE_THE_REGISTRY.has(word) || registry.find(word) !== undefined;

/** What is typed or known by the same signs in every language. */
const TYPED =
  /\/coord|@Coord|@labour|\bH[0-3]\b|(?<=task )@maria|ABCD-EFGH|\bT-12\b|\b[a-z]+:[A-Z\d]+|TLP:[A-Z]+|\b(?:CLEAR|GREEN|AMBER(?:\+STRICT)?|RED)\b|\d\d:\d\d-\d\d:\d\d|2026-12-01 08:00|Europe\/Athens|(?<!\S)with (?:@[a-z]+(?:, @[a-z]+)*|all)\b|\bslots:"|\bM-12 all\b|\bmeet (?:close|move|invite)\b|\byes:1(?:,3)?|\bcalendar renew\b|\btake$|https:\/\/|PUBLIC_URL/g;
/** What stands in a sentence as it is typed, where other rules than those of French hold: slots:"…", with @… */
const asTyped = (text: string): string =>
  text.replace(/\b[a-z]+:"[^"]*"/g, "…").replace(/(?<!\S)with (?=@|all\b)/g, "");

const now = new Date("2026-11-24T09:00:00Z");
const timeIn = (lang: "en" | "fr"): WhenContext => ({ now, zone: "Europe/Athens", lang });
const PARSED = [
  ["en", en],
  ["fr", fr],
] as const;

const examplesIn = (text: string): string[] => (text.split(/:\s/).at(-1) ?? "").replace(/\.$/, "").split(", ");

const command = (name: string): Command => {
  const found = registry.find(name);
  if (!found) throw new Error(`no command ${name}`);
  return found;
};

describe("the languages", () => {
  it("have the same keys, and the same kind of thing under each", () => {
    expect(shapeOf(fr)).toEqual(shapeOf(en));
  });

  it("are all spoken", () => {
    expect(Object.keys(LANGUAGES)).toEqual(["en", "fr"]);
    for (const tag of ["fr", "fr-CA", "FR"]) expect(messagesFor(tag)).toBe(fr);
    // Frisian begins with the letters of French.
    for (const tag of ["en", "en-GB", "el", "frr", "fry-NL", "", undefined]) expect(messagesFor(tag)).toBe(en);
  });

  it("are each tried with something that every sentence can be said of", () => {
    const tried = new Set(pairs.map(({ path }) => path));
    expect([...english.keys()].filter((path) => !tried.has(path))).toEqual([]);
  });

  it("say something under every key", () => {
    expect(pairs.filter((pair) => pair.english.trim() === "").map(({ path }) => path)).toEqual([]);
    // Between thousands French has a space, and nothing else.
    const spoken = pairs.filter(({ path }) => path !== "reports.document.group");
    expect(spoken.filter((pair) => pair.french.trim() === "").map(({ path, given }) => ({ path, given }))).toEqual([]);
  });

  it("lose nothing of what a sentence is about", () => {
    const lost = pairs.flatMap(({ path, given, english, french }) =>
      Object.entries(typeof given === "string" ? {} : (given as Given))
        .filter(([key]) => key !== "kind" && !((key === "reason" || key === "name") && WHICH_SENTENCE.has(path)))
        .flatMap(([key, value]) =>
          (Array.isArray(value) ? value : String(value).split(", ")).map((part) => [key, part]),
        )
        .filter(([, part]) => english.toLowerCase().includes(String(part).toLowerCase()))
        .filter(([, part]) => !french.toLowerCase().includes(String(part).toLowerCase()))
        .filter(([, part]) => !(part === "0" && /\baucune?\b/i.test(french)))
        .map(([key, part]) => `${path}: ${key} ${part}: ${french}`),
    );
    expect(lost).toEqual([]);
  });

  it("name commands that exist, the same ones", () => {
    const unknown = pairs.flatMap(({ path, english, french }) =>
      [...commandsIn(english), ...commandsIn(french)].filter((word) => !isCommand(word)).map((w) => `${path}: ${w}`),
    );
    expect(unknown).toEqual([]);
    const missing = pairs.flatMap(({ path, english, french }) =>
      commandsIn(english)
        .filter((word) => !commandsIn(french).includes(word))
        .map((word) => `${path}: ${word}: ${french}`),
    );
    expect(missing).toEqual([]);
    // The places are found at all.
    expect([...new Set(pairs.flatMap(({ french }) => commandsIn(french)))]).toEqual(
      expect.arrayContaining([
        ...["help", "tasks", "joiners", "join", "task", "give", "date", "say", "add", "bind", "who"],
      ]),
    );
  });

  it("describe commands that exist", () => {
    expect(Object.keys(en.commands).filter((name) => !isCommand(name))).toEqual([]);
    for (const view of VIEWS)
      for (const { commands } of [en, fr]) expect(commands.tasks).toMatch(new RegExp(`\\b${view}\\b`));
  });

  it("write what is typed in the same signs", () => {
    const lost = pairs.flatMap(({ path, english, french }) =>
      (english.match(TYPED) ?? [])
        .filter((sign) => !french.includes(sign))
        .map((sign) => `${path}: ${sign}: ${french}`),
    );
    expect(lost).toEqual([]);
  });

  it.each(PARSED)("give examples of dates that can be typed (%s)", (lang, { errors }) => {
    const reasons = ["not_a_date", "impossible", "past", "negative", "ambiguous"] as const;
    const sentences = [errors.neededPast, ...reasons.map((reason) => errors.when({ reason, said: "x" }))];
    const examples = sentences.flatMap(examplesIn);
    expect(examples.length).toBeGreaterThan(8);
    expect(examples.filter((example) => !parseWhen(example, timeIn(lang)).ok)).toEqual([]);
  });

  it.each(PARSED)("give examples of dates to meet on that can be typed (%s)", (lang, { args, errors }) => {
    const once = ["past", "impossible", "ambiguous"].map((reason) =>
      errors.schedule({ reason, said: "x", phrases: [] }),
    );
    const slots = [errors.slots({ count: 1 }), errors.noSlotsFound].map((text) => /:"([^"]+)"$/.exec(text)?.[1] ?? "");
    const hinted = /:\s([^:]*:\d\d\s?;[^.]*)\./.exec(args.slotsHint)?.[1] ?? "";
    const moved = /meet move M-12 (.*)$/.exec(errors.tooEarly({ ref: "M-12", minutes: 30 }))?.[1] ?? "";
    const examples = [
      ...once.flatMap(examplesIn),
      ...[...slots, hinted].flatMap((text) => text.split(";").map((date) => date.trim())),
      moved,
    ];
    expect(examples).toHaveLength(10);
    expect(examples.filter((example) => !parseWhen(example, timeIn(lang)).ok)).toEqual([]);
  });

  it.each(PARSED)("give examples of reminders that can be typed (%s)", (_lang, { args, errors }) => {
    const [hint = "", instead] = args.ladderHint.split(/\s?;\s/);
    expect(instead).toMatch(/: default$/);
    for (const text of [hint, errors.ladder({ said: "x" })])
      expect(parsePolicy(examplesIn(text).join(", "))).toMatchObject({ ok: true });
  });

  it.each(PARSED)("give examples of commands that can be typed (%s)", (lang, { errors }) => {
    const line =
      /task @labour[^.]*?(?:\.[^.]*?)?(?=\. )/.exec(errors.unknownCommand({ said: "x", near: [] }))?.[0] ?? "";
    const task = rawArgs(line.replace(/^task /, ""), command("task").args, timeIn(lang));
    expect(task).toMatchObject({ to: "@labour", title: expect.stringMatching(/^\p{L}+ 3 \p{L}+$/u) });
    expect(parseWhen(task.by?.replace(/^(?:by|avant) /, "") ?? "", timeIn(lang))).toMatchObject({ ok: true });

    const dated = /date T-12 .*$/.exec(errors.noProposal({ ref: "T-12" }))?.[0] ?? "";
    const date = rawArgs(dated.replace(/^date /, ""), command("date").args, timeIn(lang));
    expect(date.ref).toBe("T-12");
    expect(parseWhen(date.when ?? "", timeIn(lang))).toMatchObject({ ok: true });
  });
});

describe("French", () => {
  it("is nowhere English", () => {
    expect(
      offences((pair) => pair.english === pair.french && !ALIKE.has(pair.path) && !NAMES.has(pair.french)).filter(
        (text) => !text.endsWith("Aounforeseen"),
      ),
    ).toEqual([]);
    expect(offences(({ french }) => /\b(?:the|please|with|you|your|is|of|this)\b/i.test(asTyped(french)))).toEqual([]);
  });

  it("is like English only where it must be", () => {
    const alike = new Set(pairs.filter((pair) => pair.english === pair.french).map(({ path }) => path));
    expect([...ALIKE].filter((path) => !alike.has(path))).toEqual([]);
  });

  it("keeps a no-break space before high punctuation and inside quotation marks", () => {
    expect(offences(({ french }) => /[^\u00a0\u202f][:;!?»](?=[\s.,)]|$)/.test(french))).toEqual([]);
    expect(offences(({ french }) => /«(?![\u00a0\u202f])/.test(french))).toEqual([]);
    expect(pairs.some(({ french }) => french.includes("\u202f?"))).toBe(true);
    expect(pairs.some(({ french }) => french.includes("«\u00a0"))).toBe(true);
  });

  it("puts between quotation marks what people wrote, or the words of a button", () => {
    const buttons = new Set([fr.tasks, fr.meetings, fr.information].flatMap((part) => Object.values(part.buttons)));
    const quoted = pairs.flatMap(({ path, french }) =>
      [...french.matchAll(/«\u00a0([^»]+)\u00a0»/g)].map(([, words = ""]) => ({ path, words })),
    );
    expect(quoted.filter(({ words }) => !/^Ao(?:said|phrase|word)$/.test(words) && !buttons.has(words))).toEqual([]);
    expect(quoted.map(({ path }) => path)).toContain("information.news.returned");
  });

  it("leaves alone what people wrote", () => {
    const words = 'Que faire ? "Rien" ; c\'est dit : non !';
    expect(fr.tasks.because({ reason: words })).toBe(`Motif\u00a0: ${words}`);
    expect(fr.tasks.news.agreed({ what: words, who: "Omar" })).toContain(words);
  });

  it("has typographic apostrophes and quotation marks, and no space too many", () => {
    expect(offences(({ french }) => /['"“”]|\.\.\./.test(asTyped(french)))).toEqual([]);
    expect(
      offences(
        ({ path, french }) => path !== "reports.document.group" && /\s\s|^\s|\s$|\s[.,)](?!\s|$)|[(]\s/.test(french),
      ),
    ).toEqual([]);
  });

  it("puts nothing before a name that would elide or contract with it", () => {
    expect(
      offences(({ french }) =>
        /(?<!\p{L})(?:de|que|le|la|ne|se|ce|je|me|te|jusque|lorsque|puisque|quoique)\s@?Ao/iu.test(french),
      ),
    ).toEqual([]);
    expect(offences(({ french }) => /(?<!\p{L})(?:du|des|les|au|aux)\sAo|[ld]’Ao/iu.test(french))).toEqual([]);
    // An agency may be called Le ... or Les ..., and à and de would contract with it; a person is not.
    const beforeAgency = ({ path, french }: Pair) =>
      path !== "tasks.given" && /(?<!\p{L})(?:à|de)\sAo(?:agency|body|to)(?!\p{L})/u.test(french);
    expect(offences(beforeAgency)).toEqual([]);
  });

  it("closes with a comma what it opened: Omar Rashad, Inspection du travail, a accepté", () => {
    expect(offences(({ path, french }) => /^(?:tasks|meetings)\./.test(path) && /Aowho(?![,.])/.test(french))).toEqual(
      [],
    );
  });

  it("doubles no word for the sake of a person's gender", () => {
    expect(offences(({ french }) => /\(e\)|\p{L}[·.-]e(?:s)?\b|\bil ou elle\b|\belle ou il\b/iu.test(french))).toEqual(
      [],
    );
  });

  it("counts none as one", () => {
    expect(offences(({ french }) => /(?<!\d)[01]\s\p{L}+s(?!\p{L})/u.test(french))).toEqual([]);
    const said = (say: (p: { count: number }) => string) => [0, 1, 2].map((count) => say({ count }));
    expect(said(fr.tasks.nudged)).toEqual([
      "Ces personnes ont déjà été sollicitées. Chacune l’est une fois par jour au plus.",
      "Une relance est en cours d’envoi.",
      "2 relances sont en cours d’envoi.",
    ]);
    expect(said((p) => fr.meetings.quorum({ present: p.count, invited: 5, needed: 2, met: p.count >= 2 }))).toEqual([
      "0 organisme présent sur 5, quorum fixé à 2\u00a0: non atteint",
      "1 organisme présent sur 5, quorum fixé à 2\u00a0: non atteint",
      "2 organismes présents sur 5, quorum fixé à 2\u00a0: atteint",
    ]);
    const information = "L’information I-31 heron";
    expect(said((p) => fr.information.widened({ what: "I-31 heron", ...p }))).toEqual([
      `${information} compte 0 destinataire de plus.`,
      `${information} compte 1 destinataire de plus.`,
      `${information} compte 2 destinataires de plus.`,
    ]);
    const end = "Une fenêtre ouverte dans Teams le reste jusqu’à sa fermeture.";
    const recalled = `${information} est retirée\u00a0: plus personne ne peut l’ouvrir.`;
    expect(said((p) => fr.information.recalled({ what: "I-31 heron", readers: p.count }))).toEqual([
      `${recalled} Personne ne l’avait lue. ${end}`,
      `${recalled} Une personne l’avait lue et en est informée. ${end}`,
      `${recalled} 2 personnes l’avaient lue et en sont informées. ${end}`,
    ]);
    expect(said(fr.inbox.more)).toEqual(["et 0 autre", "et 1 autre", "et 2 autres"]);
    expect(said((p) => fr.people.removed({ name: "Omar Rashad", ...p }))).toEqual([
      "Accès désactivé\u00a0: Omar Rashad. Aucune tâche n’était en cours.",
      "Accès désactivé\u00a0: Omar Rashad. 1 tâche en cours revient au point focal.",
      "Accès désactivé\u00a0: Omar Rashad. 2 tâches en cours reviennent au point focal.",
    ]);
  });
});
