import { joined, type RuleWords } from "../../grammar/rules.js";

const NTH: Readonly<Record<number, string>> = {
  ...{ 1: "premier", 2: "deuxième", 3: "troisième", 4: "quatrième", 5: "cinquième" },
  ...{ [-1]: "dernier", [-2]: "avant-dernier" },
};

export const rules: RuleWords = {
  and: "et",
  nth: (n) => NTH[n] ?? (n < 0 ? `${-n}e avant la fin` : `${n}e`),
  dayOfMonth: (n) => (n < 0 ? `le ${rules.nth(n)} jour` : n === 1 ? "le 1er" : `le ${n}`),
  every: {
    // Tous les 8 jours is every week, tous les 15 jours every other.
    DAILY: (n) => (n === 1 ? "chaque jour" : n === 8 || n === 15 ? `un jour sur ${n}` : `tous les ${n} jours`),
    WEEKLY: (n) => (n === 1 ? "chaque semaine" : `toutes les ${n} semaines`),
    MONTHLY: (n) => (n === 1 ? "chaque mois" : `tous les ${n} mois`),
    YEARLY: (n) => (n === 1 ? "chaque année" : `tous les ${n} ans`),
  },
  everyDays: (days) =>
    days.length === 1
      ? `chaque ${days[0]}`
      : `tous les ${joined(
          days.map((day) => `${day}s`),
          "et",
        )}`,
  everyNth: (nthDays, named) => `chaque ${joined(nthDays, "et")}${named ? " du mois" : ""}`,
  workingDay: "jour ouvré",
  everyWorkingDay: (span) => `chaque jour ouvré${span ? ` (${span})` : ""}`,
  span: (from, to) => `du ${from} au ${to}`,
  on: (what) => `, ${joined(what, "et")}`,
  each: (day) => `chaque ${day}`,
  the: (what) => `le ${what}`,
  named: (day) => `le ${day}`,
  lastDay: "le dernier jour",
  ofMonth: "du mois",
  ofYear: "de l'année",
  nthOf: (nths, of) => `, le ${nths} de : ${of}`,
  joinTail: ", ",
  times: (n) => `${n} fois`,
  until: (date) => ` jusqu'au ${date}`,
  inMonths: (months, forever) => ` en ${joined(months, "et")}${forever ? " chaque année" : ""}`,
  allBut: (every, what) => `${every} sauf ${joined(what, "et")}`,
  notInMonths: (months) => ` sauf en ${joined(months, "et")}`,
  ofMonths: (months) => ` de ${joined(months, "et")}`,
  notOn: (days) =>
    ` sauf ${joined(
      days.map((day) => `le ${day}`),
      "et",
    )}`,
  date: (text) => text.replace(/^1 (?=\p{L})/u, "1er "),
};
