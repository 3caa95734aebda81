import type { sure as en } from "../en/sure.js";
import { counted, joined, text, type Words } from "./elision.js";

export const sure: Words<typeof en> = {
  remove: (p) =>
    text`Retirer ${p.name} (${p.agency}) ? Organe concerné : ${p.body}. Son accès à Coord y prend fin et ses tâches en cours reviennent au point focal. Une nouvelle inscription le rétablit.`,
  removeYes: "Retirer",
  release: (p) =>
    text`Communiquer ${p.what} ? Destinataires : ${joined(p.names, "et")}. Marquage : TLP:${p.label}${p.codes ? `, ${p.codes}` : ""}. La lecture est possible aussitôt. Vous pourrez reprendre l’accès, mais non ce qui aura été lu.`,
  releaseYes: "Communiquer",
  recall: (p) =>
    text`Reprendre ${p.what} ? Destinataires : ${joined(p.names, "et")}. Personne n’y aura plus accès. Ce qui a été lu reste connu.`,
  recallRed: (p) =>
    text`Reprendre ce qui a été communiqué sous TLP:RED (${p.name}) ? Personne n’y aura plus accès. Vous n’en lirez rien, et ce qui a été lu reste connu.`,
  recallYes: "Reprendre",
  undoable: (p) =>
    text`Ce n’est pas ce que vous vouliez ? Vous pouvez revenir en arrière pendant ${counted(p.minutes, "minute", "minutes")}.`,
  takeBack: "Revenir en arrière",
  broughtBack: (p) =>
    text`${p.name} retrouve son accès et ses fonctions.${p.tasks ? text` Tâches qui lui reviennent : ${p.tasks}.` : ""}${p.others ? text` Tâches qui restent où elles sont, quelqu’un s’en étant chargé : ${p.others}.` : ""} Les messages envoyés entre-temps restent envoyés, et une information RED reprise le reste.`,
  releaseUndone: (p) =>
    p.readers.length
      ? text`L’accès à ${p.what} est repris : personne ne l’ouvrira plus. Déjà ouverte par : ${joined(p.readers, "et")}. Ce qui a été lu ne peut être repris ; il est utile d’en parler à ces personnes.`
      : text`L’accès à ${p.what} est repris avant toute ouverture. Les destinataires voient qu’il y avait une information, et rien de son contenu.`,
  reviewUndone: (p) => text`${p.what} est de nouveau votre brouillon ; personne, hors de votre organisme, ne l’a vue.`,
  recallUndone: (p) =>
    text`L’accès à ${p.what} est rétabli, pour les mêmes destinataires et aux mêmes conditions. Les deux décisions leur ont été annoncées. Les usages accordés ou demandés restent caducs : ils sont à demander de nouveau.`,
  publishUndone: (p) => text`${p.ref} redevient un projet : rien n’en était parti.`,
  publishStays: (p) =>
    text`${p.ref} : la publication ne peut être annulée. Les membres ont pu la lire, ses fichiers sont scellés et d’autres synthèses tiennent compte de ses chiffres. En cas d’erreur, signalez-la dans les notes de la synthèse suivante.`,
};
