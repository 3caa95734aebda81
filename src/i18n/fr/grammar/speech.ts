import type { SpeechWords } from "../../grammar/speech.js";

export const speech: SpeechWords = {
  lines: {
    ...{ "que dois-je faire": "", "quest-ce que je dois": "", "quest-ce que je dois faire": "", "ou en suis-je": "" },
    ...{ statut: "", etat: "", "a faire": "", bonjour: "help", "mes taches": "tasks mine", "en retard": "tasks late" },
    ...{
      retard: "tasks late",
      "taches en retard": "tasks late",
      "mes reunions": "meetings",
      "que puis-je faire": "help",
    },
    ...{ "chercher taches": "tasks", "chercher reunions": "meetings", "chercher decisions": "decisions" },
    ...{ langue: "settings", "fuseau horaire": "settings", fuseau: "settings", francais: "settings lang:fr" },
    ...{ "mes demandes": "requests turn", "demandes en retard": "requests late", "demande en retard": "requests late" },
    ...{ "demandes en cours": "requests", "toutes les demandes": "requests" },
    ...{
      "demandes recues": "requests received",
      "demandes envoyees": "requests asked",
      "a notre tour": "requests turn",
    },
    ...{ "en francais": "settings lang:fr", anglais: "settings lang:en", "en anglais": "settings lang:en" },
  },
  begins: {
    ...{ "en retard": "tasks late", retard: "tasks late", retards: "tasks late", "taches en retard": "tasks late" },
    ...{ "mes taches": "tasks mine", "toutes les taches": "tasks" },
    ...{ "taches faites": "tasks done", "chercher taches": "tasks", "chercher tache": "tasks" },
    ...{ "chercher reunions": "meetings", "chercher reunion": "meetings", "chercher decisions": "decisions" },
    ...{
      "joindre un fichier a": "request attach",
      "joindre fichier a": "request attach",
      "joindre a": "request attach",
    },
    ...{ "joindre un document a": "request attach", "ajouter un fichier a": "request attach" },
    ...{ "qui soccupe de": "find", "qui est competent pour": "find", "qui contacter": "find", "contact pour": "find" },
    ...{ langue: "settings lang:", fuseau: "settings zone:", "fuseau horaire": "settings zone:" },
  },
  verbs: {
    ...{ aide: "help", tache: "task", taches: "tasks", demander: "task", accepter: "accept", accepte: "accept" },
    ...{ fait: "done", faite: "done", termine: "done", terminee: "done", refuser: "decline", decliner: "decline" },
    ...{ commenter: "say", dire: "say", confier: "give", donner: "give", annuler: "cancel", clore: "close" },
    ...{ cloturer: "close", rappeler: "snooze", reporter: "date", reunion: "meet", reunions: "meetings" },
    ...{ voter: "vote", decider: "decide", partager: "share", qui: "who", absent: "away", absente: "away" },
    ...{ "de-retour": "back", retour: "back", parametres: "settings", formation: "training", rapport: "report" },
    ...{ trouver: "find", trouve: "find", chercher: "find", cherche: "find", annuaire: "find" },
    ...{ demande: "request", demandes: "requests", solliciter: "request-new" },
    ...{ decisions: "decisions", bilan: "report", bilans: "reports", partages: "shares" },
    ...{ bibliotheque: "library", presences: "presence", registre: "ledger", rappel: "remind" },
    ...{ rejoindre: "join", ajouter: "add", retirer: "remove", modifier: "edit", rappeller: "snooze" },
  },
  answers: { oui: "yes", non: "no", "peut-etre": "maybe" },
  remindMe: /^rappel(?:le|er|ez)[- ]?moi(?: de nouveau)?\s+(.+)$/iu,
  remindOf: [/^rappel(?:le|er|ez)[- ]?moi(?: de nouveau)?(?: de| la tâche)?\s+(?<ref>\S+)\s+(?<when>.+)$/iu],
  asksFor:
    /^(?:(?:le )?statut(?: de)?|(?:l['’])?état(?: de)?|où en est|qu['’]en est-il de|montre(?:z)?[- ]moi)\s+(\S+?)[?!.\s]*$/iu,
  courtesy: /^(?:merci de|veuillez|svp|s['’]il (?:vous|te) pla[iî]t)\s+/iu,
};
