import type { LineWords } from "../../grammar/line.js";

export const line: LineWords = {
  everybody: "tous",
  keys: {
    ...{ avec: "with", lieu: "place", lien: "link", motif: "reason", raison: "reason", langue: "lang" },
    ...{ fuseau: "zone", heures: "hours", jours: "days", pays: "country", sujet: "topic", sujets: "topics" },
  },
  endsValue: "avant|pour|d['’]ici|avec",
  colours: { clair: "CLEAR", blanc: "CLEAR", vert: "GREEN", ambre: "AMBER", rouge: "RED" },
  label: "etiquette|marquage",
  mailHead: "de|envoyé|à|objet|date|cc",
  yes: ["oui", "o", "vrai"],
  no: ["non", "faux"],
  none: "aucun",
  cut: { by: "par", agency: "service", kind: "type" },
  period: {
    the: "le |la |l'",
    units: { week: "semaine", month: "mois", quarter: "trimestre", year: "ann[ée]e|an" },
    last: "derni[eè]re?",
    lastBehind: "derni[eè]re?|pass[ée]e?|pr[ée]c[ée]dente?",
    this: "ce|cet|cette",
    thisTied: "-ci",
    thisBehind: "en cours",
    months: [
      ...[["janvier", "janv"], ["février", "fevrier", "févr", "fevr"], ["mars"], ["avril", "avr"], ["mai"], ["juin"]],
      ...[["juillet", "juil"], ["août", "aout"], ["septembre"], ["octobre"], ["novembre"]],
      ["décembre", "decembre", "déc"],
    ],
    from: "du |de |d'",
    to: "au|à|jusqu'au",
  },
};
