import type {
  agencies as en,
  agencyArgs as enArgs,
  agencyCommands as enCommands,
  agencyErrors as enErrors,
  setup as enSetup,
} from "../en/agencies.js";
import { text, type Words } from "./elision.js";

export const agencies: Words<typeof en> = {
  line: (p) =>
    text`${p.name} (@${p.handle}) : ${p.days}, ${p.from}-${p.to} (${p.zone}). Jours fériés : ${p.country ?? "aucun"}.${p.closed ? text` Également fermé : ${p.closed}.` : ""}${p.open ? text` Ouvert malgré tout : ${p.open}.` : ""}`,
  change: "Modifier",
  made: (p) => text`${p.name} (@${p.handle}) participe désormais. Ensuite : un code pour sa première personne.`,
  invite: (p) => text`Code pour ${p.agency}`,
  nobodyYet: (p) =>
    text`Personne n’est encore inscrit pour ${p.agency} : personne n’y voit ${p.ref}. Prévenez-les autrement ; le secrétariat peut agir ici à leur place.`,
  mandates: {
    law_enforcement: "forces de l’ordre",
    border: "frontières",
    immigration: "migrations",
    prosecution: "parquet",
    judiciary: "justice",
    labour: "inspection du travail",
    social_services: "services sociaux",
    health: "santé",
    foreign_affairs: "affaires étrangères",
    international_organisation: "organisation internationale",
    civil_society: "société civile",
    other: "autre",
  },
};

export const setup: Words<typeof enSetup> = {
  title: (p) => text`Mise en place, ${p.body} : ${p.done} sur ${p.of}`,
  ready: (p) => text`La mise en place est terminée (${p.body}). Cette liste disparaît d’elle-même.`,
  choices: { channels: "demander les canaux", off: "masquer cette liste" },
  hide: "Masquer cette liste",
  hidden: text`La liste est masquée. Pour la revoir : setup`,
  agencies: "Organismes",
  agenciesNeeded: "Il en faut au moins deux.",
  addAgency: "Ajouter un organisme",
  focalPoints: "Points focaux",
  focalPointsAre: "Chaque organisme en a un.",
  focalPointsNeeded: (p) => text`Encore personne pour : ${p.agencies.join(", ")}. Envoyez-leur un code.`,
  channels: "Canaux",
  channelsAre: "Chaque organisme inscrit a son canal.",
  channelsNeeded: (p) =>
    text`Pas encore : ${p.agencies.join(", ")}. Le point focal tape bind @organisme dans le canal de sa propre équipe.`,
  askFocalPoints: "Demander aux points focaux",
  channelsAsked: (p) =>
    p.count === 0
      ? "La question leur a déjà été posée aujourd’hui."
      : p.count === 1
        ? "La demande est envoyée à un point focal."
        : text`La demande est envoyée à ${p.count} points focaux.`,
  pleaseBind: (p) =>
    text`${p.body} : les avis destinés à votre organisme (${p.agency}) ne parviennent pour l’instant qu’à vous. Pour les recevoir aussi dans le canal de votre équipe, ajoutez-y Coord et tapez-y : bind @${p.handle}`,
  rules: "Règles des réunions",
  rulesAre: "Décidées.",
  rulesNeeded: text`Quorum, ordre du jour, compte rendu : gardez l’usage, ou changez-le.`,
  seeRules: "Voir les règles",
  meeting: "Première réunion",
  meetingIs: "Convoquée.",
  meetingNeeded: "Une première réunion rassemble tout le monde.",
  callMeeting: "Convoquer une réunion",
};

export const agencyArgs: Words<typeof enArgs> = {
  agencyName: "Nom",
  handle: "Nom court",
  handleHint: text`Par exemple : @douanes`,
  mandate: "Domaine",
  country: "Pays des jours fériés",
  countryHint: text`Deux lettres, par exemple GR ; ou none`,
  weekdays: "Jours de travail",
  weekdaysHint: text`Par exemple : lun-ven, dim-jeu`,
  closed: "Jours de fermeture propres",
  closedHint: text`Ils s’ajoutent à ceux qui sont connus, par exemple : 24 décembre, 2027-01-02`,
  open: "Ouvert malgré tout",
  openHint: "Jours fériés travaillés, ou jours qui ne sont plus chômés",
  forAgency: "Pour quel organisme",
};

export const agencyErrors: Words<typeof enErrors> = {
  weekdays: (p) => text`« ${p.said} » : jours de travail non reconnus. Par exemple : lun-ven, ou dim-jeu.`,
  daysOff: (p) =>
    text`« ${p.said} » n’est pas une liste de jours. Par exemple : 24 décembre, 2027-01-02, ou 24 décembre au 2 janvier. Cent jours au plus à la fois.`,
  holidayCountry: (p) =>
    text`« ${p.said} » : pays dont les jours fériés ne sont pas connus. Écrivez ses deux lettres, par exemple GR, ou none.`,
  handle: (p) => text`« ${p.said} » n’est pas un nom court : lettres, chiffres et -, par exemple @douanes.`,
  handleTaken: (p) => text`Le nom court @${p.handle} est déjà pris. Choisissez-en un autre.`,
  hasFocalPoint: (p) =>
    text`${p.agency} a un point focal, qui inscrit ses collègues : add Maria Papadaki, ou add @personne.`,
};

export const agencyCommands: Words<typeof enCommands> = {
  agency: text`Quand un organisme travaille : afficher ou modifier jours, heures, fermetures, fuseau et nom`,
  "agency-add": "Ajouter un organisme à l’organe de coordination",
  setup: "Ce qui reste à faire pour que l’organe de coordination fonctionne",
};
