import { GRAMMARS } from "../i18n/grammar/index.js";
import type { SpeechWords } from "../i18n/grammar/speech.js";
import { fold } from "../people/names.js";
import { parseReference } from "./references.js";

/**
 * Lines that people type who do not know the commands, and the commands that they mean (i18n/grammar/speech.ts). Who
 * reads one language may write in another.
 */

const ALL: readonly SpeechWords[] = GRAMMARS.map(({ speech }) => speech);
const tabled = (name: "lines" | "begins" | "verbs" | "answers"): Readonly<Record<string, string>> =>
  Object.assign(Object.create(null), ...ALL.map((speech) => speech[name]));
const LINES = tabled("lines");
const BEGINS = tabled("begins");
const VERBS = tabled("verbs");
const ANSWERS = tabled("answers");
/** Marks around a word. */
const AROUND = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;
const STOPS = new Set(ALL.flatMap(({ stops }) => stops));

/** Longer is no phrase of the table. */
const LONGEST = 60;

const bare = (text: string): string =>
  fold(text)
    .replace(/['’]/g, "")
    .replace(/[?!.,\s]+$/u, "");

/** The command that a whole line means; empty for the inbox. */
export function lineMeant(line: string): string | undefined {
  const said = line.trim();
  return (
    (said.length > LONGEST ? undefined : (LINES[bare(said)] ?? aboutOne(said))) ?? begunWith(said) ?? stopped(said)
  );
}

/**
 * `stop everything R-9`, `arrêtez le camion R-9, ils crient`: who stops something in a hurry names it where it comes to mind.
 * It is the first that is named, and the other words say why.
 */
function stopped(said: string): string | undefined {
  const [first = "", ...words] = said.split(/\s+/);
  if (first.length > LONGEST || !STOPS.has(bare(first))) return undefined;
  const named = words.map((word) => (word.length > LONGEST ? undefined : parseReference(word.replace(AROUND, ""))));
  const at = named.findIndex((one) => one !== undefined);
  const reference =
    at > 0 && !ALL.some(({ mutes }) => mutes.test(words.slice(0, at).join(" "))) ? named[at] : undefined;
  return reference && `${first} ${reference.text} ${words.toSpliced(at, 1).join(" ")}`;
}

/** So many words a beginning has. */
const MOST_WORDS = 4;

/** `late farms`, `language fr`: what the first words mean, and the others as they were typed. */
function begunWith(said: string): string | undefined {
  // `lang:fr`, `langue : fr`
  const open = said.replace(/^([\p{L}]{2,20})\s?[:：]\s?(?=\S)/u, "$1 ");
  const words = [...open.slice(0, 2 * LONGEST).matchAll(/\S+/g)];
  for (let n = Math.min(MOST_WORDS, words.length - 1); n > 0; n--) {
    const end = words[n]?.index ?? 0;
    const command = BEGINS[bare(open.slice(0, end).replace(/[:：\s]+$/u, ""))];
    if (command !== undefined) return `${command}${command.endsWith(":") ? "" : " "}${open.slice(end)}`;
  }
  return undefined;
}

/** `status of T-9`, `remind me of T-9 tomorrow`: about the one thing that is named. */
function aboutOne(said: string): string | undefined {
  for (const { asksFor, remindOf } of ALL) {
    const ref = parseReference(asksFor.exec(said)?.[1] ?? "");
    if (ref) return ref.text;
    for (const pattern of remindOf) {
      const { ref: word = "", when = "" } = pattern.exec(said)?.groups ?? {};
      const one = parseReference(word);
      if (one) return `snooze ${one.text} ${when}`;
    }
  }
  return undefined;
}

/** `fait`, `Tâches`: the command of that name. */
export const verbMeant = (word: string): string | undefined => (word.length > LONGEST ? undefined : VERBS[bare(word)]);

/** `M-3 yes`, `oui`: as the command takes it. */
export const answerMeant = (word: string): string | undefined =>
  word.length > LONGEST ? undefined : ANSWERS[bare(word)];

/** When somebody wants to hear again: `remind me tomorrow`. */
export const remindedWhen = (line: string): string | undefined =>
  ALL.map(({ remindMe }) => remindMe.exec(line.trim())?.[1]).find((when) => when !== undefined);

export const withoutCourtesy = (line: string): string =>
  ALL.reduce((rest, { courtesy }) => rest.replace(courtesy, ""), line);

/** Nothing but please and thanks, behind what was said. */
export const isThanks = (words: string): boolean =>
  words.length <= LONGEST && ALL.some(({ thanks }) => thanks.test(words.replace(/^[\s,.!]+/, "")));

/** What stands between two references is no part of what is asked: `attach I-31 to R-9`. */
export const withoutBetween = (words: string): string =>
  ALL.reduce((rest, { between }) => rest.replace(between, ""), words.trimStart());
