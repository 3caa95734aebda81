import { joined, text, type Words } from "./french.js";
import type { sure as en } from "./sure.en.js";

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
};
