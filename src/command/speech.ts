import { fold } from "../people/names.js";
import { parseReference } from "./references.js";

/**
 * Lines that people type who do not know the commands, and the commands that they mean. A language is one table; who
 * reads one may write in another.
 */
type Speech = {
  /** Whole lines, without capitals, accents and marks of punctuation. */
  lines: Readonly<Record<string, string>>;
  /** A command's name. */
  verbs: Readonly<Record<string, string>>;
  /** Said behind a reference, by the letter of its kind: M-3 yes. */
  answers: Readonly<Record<string, string>>;
  /** To be reminded, with the words for when behind. */
  remindMe: RegExp;
  /** To be reminded of one thing: its reference, and when. */
  remindOf: readonly RegExp[];
  /** Asks how one thing stands, its reference behind. */
  asksFor: RegExp;
  courtesy: RegExp;
};

const ENGLISH: Speech = {
  lines: {
    ...{ "what do i owe": "", "what is on me": "", "what is due": "", status: "", todo: "", "to do": "", start: "" },
    ...{ "whats on me": "", "whats due": "", "what now": "", "what is waiting": "", hello: "help", hi: "help" },
    ...{ "my tasks": "tasks mine", "my work": "tasks mine", "show my tasks": "tasks mine", "all tasks": "tasks" },
    ...{ overdue: "tasks late", late: "tasks late", "what is late": "tasks late", "late tasks": "tasks late" },
    ...{ "my meetings": "meetings", "next meeting": "meetings", "what can i do": "help", commands: "help" },
  },
  verbs: { meeting: "meet", finished: "done", complete: "done", completed: "done", comment: "say", reply: "say" },
  answers: { yes: "yes", no: "no", maybe: "maybe" },
  remindMe: /^remind me(?: again)?\s+(.+)$/iu,
  remindOf: [
    /^remind me(?: again)?(?: of| about)?\s+(?<ref>\S+)\s+(?<when>.+)$/iu,
    /^remind me(?: again)?\s+(?<when>.+?)\s+(?:of|about)\s+(?<ref>\S+)$/iu,
  ],
  asksFor: /^(?:(?:the )?status(?: of)?|what about|what is|what['’]?s|where is|how is|show me)\s+(\S+?)[?!.\s]*$/iu,
  courtesy: /^(?:please|kindly|could you|can you)\s+/iu,
};

const FRENCH: Speech = {
  lines: {
    ...{ "que dois-je faire": "", "quest-ce que je dois": "", "quest-ce que je dois faire": "", "ou en suis-je": "" },
    ...{ statut: "", etat: "", "a faire": "", bonjour: "help", "mes taches": "tasks mine", "en retard": "tasks late" },
    ...{
      retard: "tasks late",
      "taches en retard": "tasks late",
      "mes reunions": "meetings",
      "que puis-je faire": "help",
    },
  },
  verbs: {
    ...{ aide: "help", tache: "task", taches: "tasks", demander: "task", accepter: "accept", accepte: "accept" },
    ...{ fait: "done", faite: "done", termine: "done", terminee: "done", refuser: "decline", decliner: "decline" },
    ...{ commenter: "say", dire: "say", confier: "give", donner: "give", annuler: "cancel", clore: "close" },
    ...{ cloturer: "close", rappeler: "snooze", reporter: "date", reunion: "meet", reunions: "meetings" },
    ...{ voter: "vote", decider: "decide", partager: "share", qui: "who", absent: "away", absente: "away" },
    ...{ "de-retour": "back", retour: "back", parametres: "settings", formation: "training", rapport: "report" },
    ...{ rejoindre: "join", ajouter: "add", retirer: "remove", modifier: "edit", rappeller: "snooze" },
  },
  answers: { oui: "yes", non: "no", "peut-etre": "maybe" },
  remindMe: /^rappel(?:le|er|ez)[- ]?moi(?: de nouveau)?\s+(.+)$/iu,
  remindOf: [/^rappel(?:le|er|ez)[- ]?moi(?: de nouveau)?(?: de| la tâche)?\s+(?<ref>\S+)\s+(?<when>.+)$/iu],
  asksFor:
    /^(?:(?:le )?statut(?: de)?|(?:l['’])?état(?: de)?|où en est|qu['’]en est-il de|montre(?:z)?[- ]moi)\s+(\S+?)[?!.\s]*$/iu,
  courtesy: /^(?:merci de|veuillez|svp|s['’]il (?:vous|te) pla[iî]t)\s+/iu,
};

const ALL: readonly Speech[] = [ENGLISH, FRENCH];
const tabled = (name: "lines" | "verbs" | "answers"): Readonly<Record<string, string>> =>
  Object.assign(Object.create(null), ...ALL.map((speech) => speech[name]));
const LINES = tabled("lines");
const VERBS = tabled("verbs");
const ANSWERS = tabled("answers");

/** Longer is no phrase of the table. */
const LONGEST = 60;

const bare = (text: string): string =>
  fold(text)
    .replace(/['’]/g, "")
    .replace(/[?!.,\s]+$/u, "");

/** The command that a whole line means; empty for the inbox. */
export function lineMeant(line: string): string | undefined {
  const said = line.trim();
  return said.length > LONGEST ? undefined : (LINES[bare(said)] ?? aboutOne(said));
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
