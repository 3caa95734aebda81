import type { turns as english } from "../en/turns.js";
import { text } from "./elision.js";

export const turns: typeof english = {
  deeds: {
    date: "Une autre date est demandée",
    redirect: text`Plus personne pour s’en charger : à annuler, ou à demander à quelqu’un d’autre`,
    support: "Votre appui est demandé",
    help: "Vous apportez votre appui",
    finish: text`Brouillon : à terminer ou à abandonner`,
    review: "Attend votre relecture",
    open: "À accepter et à lire",
    outcome: text`Quelle suite y a-t-il eu ?`,
    use: text`Demande d’utilisation : à accorder ou à refuser`,
    renew: "À renouveler ou à laisser expirer",
    figure: "Le chiffre est attendu",
    evaluate: text`Comment s’est passée la session ?`,
    follow: text`Qu’est-ce qui a été mis en pratique ?`,
    vote: text`Quelles dates vous conviennent ?`,
    pick: text`Tout le monde a répondu : le sondage peut être clos`,
    attend: text`Viendrez-vous ?`,
    admit: "Des points tardifs attendent votre accord",
    start: "Pas encore ouverte",
    held: text`Tenue ou non ?`,
    end: "Toujours en cours",
    circulate: "Compte rendu à diffuser",
    correct: "Compte rendu à vérifier",
    settle: "Corrections à retenir ou à écarter",
    approve: "Compte rendu à approuver",
    confirm: "Demande à rejoindre votre organisme",
  },
  standIn: (p) =>
    text`Vous assurez l’intérim, absence jusqu’au retour prévu (${p.until}) : ${p.name}. ${p.count === 0 ? "Rien n’est en attente pour le moment." : text`En attente :`}`,
  all: "Tout ce qui est à votre charge",
  meanwhile: "Pendant votre absence",
  nothingMeanwhile: "Rien n’a changé pendant votre absence.",
  undecided: (p) =>
    text`Sans point focal, de sorte que chacun sur place y décide : ${p.agencies}. Vous pouvez agir en leur nom : for @${p.first} inbox`,
  instead: (p) => text`en remplacement : ${p.name}`,
};
