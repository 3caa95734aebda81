import type * as en from "../en/reports.js";
import { counted, text, type Words } from "./elision.js";

/** French for activity summaries, by the rules of fr.ts: a summary is un bilan, an outcome une suite. */

export const reports: Words<typeof en.reports> = {
  title: ({ period }) => `Bilan d’activité ${period}`,
  asked: ({ ref, period }) =>
    text`${ref} est en préparation : le bilan d’activité (${period}). Sa fiche est dans notre conversation et se tient à jour.`,
  state: {
    making: "En préparation",
    ready: "Projet",
    publishing: "En cours de publication",
    failed: "N’a pas pu être établi",
    cancelled: "Abandonné",
    published: "Publié",
  },
  steps: [
    "décompte de la période",
    "décompte de la période précédente",
    "établissement des chiffres",
    "tracé des graphiques",
  ],
  progress: ({ n, of, step }) => text`Étape ${n} sur ${of} : ${step}`,
  failed: text`Les chiffres n’ont pas pu être établis. Demandez le bilan à nouveau ; l’administrateur trouve la raison dans le journal.`,
  cancelled: ({ ref }) => text`${ref} est abandonné ; rien n’en est conservé.`,
  publishing: ({ ref }) =>
    text`${ref} est en cours de publication. Ses chiffres et ses fichiers ne pourront plus changer, et chaque membre le trouvera en tapant : reports. Sa fiche le dira.`,
  noted: ({ ref }) => `Vos notes sont conservées avec ${ref}.`,
  news: ({ title }) => `${title} est publié.`,
  facts: {
    ref: "Numéro",
    period: "Période",
    before: "Comparée à",
    state: "État",
    by: "Établi par",
    made: "Établi",
    published: "Publié",
    record: "Établi à partir de",
    threshold: "Petits nombres",
    label: "Marquage",
    hash: "SHA-256",
  },
  days: ({ first, last }) => `${first} – ${last}`,
  notOver: ({ when }) => text`en cours, décompte arrêté : ${when}`,
  record: ({ event, seal, hash }) =>
    text`le registre jusqu’à l’événement ${event}${hash ? `, dans le sceau ${seal} (${hash})text` : ""}`,
  withheldBelow: ({ most }) => `Les nombres de 1 à ${most} ne sont pas donnés, ni ceux dont on les déduirait.`,
  whole: text`Tous les nombres sont donnés. Cette version est destinée au rapporteur et au secrétariat ; publiez-la pour la diffuser.`,
  withheld: "non donné",
  document: {
    decimal: ",",
    group: "\u202f",
    percent: "{n} %",
    points: "{n} pts",
    withheld: "non donné",
    none: "–",
    key: "Chiffres clés",
    notes: "Notes du rapporteur",
    recommendations: "Recommandations",
    definitions: "Définitions",
    figure: "Chiffre",
    now: "Cette période",
    before: "Période précédente",
    change: "Évolution",
    definition: "Définition",
    source: "Source",
    page: "Page {page} sur {pages}",
    id: "Identifiant",
    section: "Rubrique",
    unit: "Unité",
    summary: "Bilan",
    figures: "Chiffres",
    data: "Données",
  },
  cuts: { agency: "par organisme", kind: "par nature" },
  pillar: "Pilier",
  pillars: "Le plan, par pilier",
  indicators: "Indicateurs du plan",
  indicator: {
    name: "Indicateur",
    baseline: "Départ",
    target: "Cible",
    before: "Avant",
    now: "Maintenant",
    status: "Où il en est",
    agency: "Répond",
    source: "Origine des données",
    overdue: "réponse en retard",
  },
  sections: {
    meetings: "Réunions de coordination",
    tasks: "Tâches",
    information: "Informations partagées",
    matches: "Recoupements",
    training: "Formation et assistance technique",
    plan: "Plan d’action",
    agencies: "Par organisme",
  },
  units: { count: "nombre", percent: "%", days: "jours" },
  buttons: {
    revoke: "La supprimer",
    cancel: "Abandonner",
    publish: "Publier",
    notes: "Notes",
    word: "Word",
    excel: "Excel",
    csv: "CSV",
    json: "JSON",
    open: "Ouvrir",
    again: "Recommencer",
  },
  publishConfirm: {
    title: text`Publier ce bilan ?`,
    text: "Ses chiffres et ses fichiers ne pourront plus changer, et chaque membre de l’organe de coordination pourra les lire.",
    yes: "Publier",
    no: "Pas encore",
  },
  form: {
    notes: text`Notes : ce que les chiffres ne disent pas`,
    recommendations: "Recommandations",
    hint: "Elles figurent dans le document et sont conservées avec lui quand il est publié.",
  },
  list: {
    title: "Bilans d’activité",
    empty: "Aucun bilan d’activité n’est encore publié.",
    line: ({ state, when }) => `${state} · ${when}`,
  },
  file: ({ ref, format, minutes }) =>
    text`${ref} au format ${format}. L’adresse s’ouvre une fois, pour vous, sous ${counted(minutes, "minute", "minutes")} :`,
  key: ({ minutes }) =>
    text`Votre bureau lit les mêmes chiffres en JSON à l’aide d’une clé. L’adresse la donne une fois, à vous, sous ${counted(minutes, "minute", "minutes")} ; la clé que vous aviez cesse alors de fonctionner :`,
  keyRevoked: "Votre clé ne fonctionne plus.",
  noKey: text`Vous n’avez pas de clé. Pour en obtenir une, tapez : report key`,
  keyFile: ({ key, until, example, description }) =>
    text`Clé : ${key}\nÉchéance : ${until}\nLecture seule : les chiffres et leurs définitions, aucun contenu.\n${example}\nDescription : ${description}`,
  download: "Ouvrir",
  charts: {
    sections: "Ce qui a été fait",
    byKind: "Informations partagées, par type",
    series: { now: "cette période", before: "période précédente" },
  },
  keys: {
    quorum: { yes: "Quorum atteint", no: "Quorum non atteint", none: "Sans quorum exigé" },
    time: { in_time: "Dans les délais", late: "En retard", open: "Sans échéance" },
    practice: { yes: "Mis en pratique", partly: "En partie", no: "Non" },
    unsaid: "Non précisé",
  },
  tables: {
    "meetings.by_label": "Réunions tenues, par marquage",
    "meetings.by_quorum": "Réunions tenues, par quorum",
    "tasks.by_priority": "Tâches demandées, par priorité",
    "tasks.by_time": "Tâches achevées, par délai",
    "information.by_kind": "Informations partagées, par type",
    "information.by_label": "Informations partagées, par marquage",
    "information.by_outcome": "Suites données, par nature",
    "matches.by_kind": "Identifiants enregistrés, par nature",
    "training.by_topic": "Formation, par thème",
    "training.by_country": "Besoins et offres, par pays",
    "training.by_role": "Besoins et offres, par rôle du pays",
    "training.by_practice": "Mise en pratique",
    "agencies.meetings": "Présence, par organisme",
    "agencies.tasks": "Tâches, par organisme sollicité",
    "agencies.information": "Informations données et reçues, par organisme",
    "agencies.training": "Formation, par organisme",
  },
  figures: {
    "meetings.held": {
      name: "Réunions tenues",
      definition: "Séances de réunions de coordination closes pendant la période.",
    },
    "meetings.cancelled": {
      name: "Réunions annulées",
      definition: "Réunions et séances isolées annulées pendant la période.",
    },
    "meetings.attended": {
      name: "Sièges occupés",
      definition: text`Pour chaque réunion tenue, les organismes conviés dont quelqu’un est venu ; au total.`,
    },
    "meetings.missed": {
      name: "Sièges vides",
      definition: text`Pour chaque réunion tenue, les organismes conviés dont personne n’est venu ; au total.`,
    },
    "meetings.attendance": {
      name: "Taux de présence",
      definition: "Sièges occupés, rapportés aux sièges occupés et vides.",
    },
    "meetings.quorate": {
      name: "Réunions avec quorum",
      definition: "Réunions ayant le quorum à leur clôture, rapportées à celles pour lesquelles un quorum est exigé.",
    },
    "meetings.decided": {
      name: "Décisions",
      definition: "Décisions consignées pendant la période, y compris celles qui ont été retirées.",
    },
    "meetings.withdrawn": {
      name: "Décisions retirées",
      definition: "Décisions retirées pendant la période, au cours de leur réunion.",
    },
    "meetings.minutes": {
      name: "Procès-verbaux approuvés",
      definition: "Procès-verbaux approuvés pendant la période.",
    },
    "meetings.minutes_days": {
      name: "Jours jusqu’au procès-verbal approuvé",
      definition: "Durée médiane entre la fin d’une réunion et l’approbation de son procès-verbal.",
    },
    "tasks.asked": {
      name: "Tâches demandées",
      definition: "Tâches qu’un organisme a demandées à un autre pendant la période.",
    },
    "tasks.agreed": {
      name: "Tâches acceptées",
      definition: "Fois où un organisme a accepté une tâche ou l’a confiée à quelqu’un pour la première fois.",
    },
    "tasks.agreed_days": {
      name: "Jours jusqu’à l’acceptation",
      definition: "Durée médiane entre la demande et l’acceptation, pour les tâches acceptées pendant la période.",
    },
    "tasks.declined": {
      name: "Tâches refusées",
      definition: "Fois où un organisme a refusé une tâche pendant la période.",
    },
    "tasks.cancelled": { name: "Tâches annulées", definition: "Tâches retirées par qui les avait demandées." },
    "tasks.done": {
      name: "Tâches achevées",
      definition: "Fois où une tâche a été déclarée achevée pendant la période.",
    },
    "tasks.done_days": {
      name: "Jours jusqu’à l’achèvement",
      definition: "Durée médiane entre la demande et l’achèvement, pour les tâches achevées pendant la période.",
    },
    "tasks.in_time": {
      name: "Achevées dans les délais",
      definition: "Achevées à la date fixée au plus tard, rapportées aux tâches achevées qui en avaient une.",
    },
    "tasks.reopened": {
      name: "Tâches rouvertes",
      definition: "Fois où le demandeur a dit que la tâche n’était pas encore achevée.",
    },
    "tasks.closed": {
      name: "Tâches closes",
      definition: "Tâches closes par le demandeur ou par cinq jours ouvrés de silence.",
    },
    "tasks.open": {
      name: "Tâches en cours",
      definition: "Tâches demandées ou acceptées à la fin de la période et non achevées.",
    },
    "tasks.overdue": {
      name: "Tâches en retard",
      definition: "Parmi les tâches en cours à la fin de la période, celles dont la date est passée.",
    },
    "information.released": {
      name: "Informations partagées",
      definition: "Partages diffusés par leur fournisseur pendant la période.",
    },
    "information.received": {
      name: "Informations reçues",
      definition: "Partages reçus pendant la période, comptés une fois par destinataire.",
    },
    "information.acknowledged": {
      name: "Conditions acceptées",
      definition: "Parmi ceux reçus pendant la période, ceux dont le destinataire y a accepté les conditions.",
    },
    "information.acknowledgement": {
      name: "Taux d’acceptation",
      definition: "Conditions acceptées, rapportées aux informations reçues.",
    },
    "information.declined": {
      name: "Déclinées",
      definition: "Fois où un destinataire a décliné un partage pendant la période.",
    },
    "information.outcomes": {
      name: "Suites communiquées",
      definition: "Suites provisoires et définitives communiquées par les destinataires pendant la période.",
    },
    "information.final": {
      name: "Suites définitives",
      definition:
        "Parmi ce qui a été reçu pendant la période, ce dont le destinataire y a communiqué la suite définitive.",
    },
    "information.outcome_rate": {
      name: "Taux de suite",
      definition: "Suites définitives, rapportées aux informations reçues.",
    },
    "information.final_days": {
      name: "Jours jusqu’à la suite",
      definition: "Durée médiane entre la réception et la suite définitive, pour celles-ci.",
    },
    "information.tightened": {
      name: "Conditions resserrées",
      definition: "Fois où un fournisseur a resserré les conditions d’un partage.",
    },
    "information.recalled": {
      name: "Rappelées",
      definition: "Partages rappelés par leur fournisseur pendant la période.",
    },
    "information.breached": {
      name: "Manquements",
      definition: "Manquements aux conditions consignés pendant la période (par. 16).",
    },
    "uses.asked": {
      name: "Demandes d’utilisation",
      definition: "Demandes d’utiliser ou de transmettre un partage au-delà de ses conditions.",
    },
    "uses.granted": {
      name: "Utilisations accordées",
      definition: "Demandes d’utilisation que le fournisseur a accordées pendant la période.",
    },
    "uses.refused": {
      name: "Utilisations refusées",
      definition: "Demandes d’utilisation que le fournisseur a refusées pendant la période.",
    },
    "matches.registered": {
      name: "Identifiants enregistrés",
      definition: "Identifiants que les organismes ont enregistrés aux fins de recoupement pendant la période.",
    },
    "matches.hits": {
      name: "Concordances",
      definition:
        "Fois où les inscriptions de deux organismes se sont rencontrées pendant la période, discrètes comprises.",
    },
    "training.needs": {
      name: "Besoins exprimés",
      definition: "Besoins de formation ou d’assistance exprimés par les organismes.",
    },
    "training.offers": {
      name: "Offres faites",
      definition: "Offres de formation ou d’assistance faites par les organismes.",
    },
    "training.matched": {
      name: "Rapprochements retenus",
      definition: "Fois où un besoin et une offre ont été rapprochés.",
    },
    "training.held": {
      name: "Sessions communes tenues",
      definition: "Sessions de formation closes pendant la période.",
    },
    "training.people": {
      name: "Personnes formées",
      definition: "Personnes consignées comme présentes aux sessions communes, une fois par session.",
    },
    "training.followed": {
      name: "Suivis renseignés",
      definition: "Réponses des organismes sur ce qu’ils ont mis en pratique après une session.",
    },
    "plan.objectives": {
      name: "Objectifs",
      definition: "Objectifs du plan à la fin de la période, hors objectifs abandonnés.",
    },
    "plan.achieved": { name: "Objectifs atteints", definition: "Parmi les objectifs, ceux qui sont atteints." },
    "plan.reached": { name: "Cibles atteintes", definition: "Indicateurs ayant atteint leur cible." },
    "plan.on_track": {
      name: "En bonne voie",
      definition: "Indicateurs aussi avancés vers leur cible que le temps écoulé le demande.",
    },
    "plan.behind": { name: "En retard", definition: "Indicateurs moins avancés vers leur cible." },
    "plan.no_answer": {
      name: "Sans valeur",
      definition: "Indicateurs dont aucun organisme n’a encore indiqué la valeur.",
    },
    "plan.overdue": {
      name: "Valeurs attendues",
      definition: "Indicateurs dont la valeur était attendue et n’est pas indiquée.",
    },
  },
};

export const reportArgs: Words<typeof en.reportArgs> = {
  period: "période",
  periodLabel: "Période",
  periodHint: text`Par exemple : 2026-T3, le mois dernier, juillet, 1er janvier au 31 mars`,
  first: "En premier dans la conversation",
  format: "Format",
};

export const reportCommands: Words<typeof en.reportCommands> = {
  report: "Établir le bilan d’activité d’une période",
  reports: "Les bilans d’activité publiés, et vos projets",
  "report-show": "Afficher un bilan d’activité",
  "report-notes": "Joindre des notes et des recommandations à un bilan",
  "report-publish": text`Publier un bilan : il ne peut plus changer`,
  "report-file": "Obtenir un bilan en Word, Excel, CSV ou JSON",
  "report-cancel": "Arrêter la préparation d’un bilan",
  "report-key": "Une clé avec laquelle votre bureau lit les chiffres en JSON",
};

export const reportErrors: Words<typeof en.reportErrors> = {
  period: ({ said, reason }) => {
    const why = {
      unread: text`« ${said} » n’est pas une période que Coord sait lire.`,
      future: text`« ${said} » n’a pas encore commencé.`,
      backward: text`« ${said} » se termine avant de commencer.`,
      too_long: text`« ${said} » dépasse dix ans.`,
    }[reason];
    return text`${why} Tapez par exemple : report 2026-T3, report mois dernier, ou report 1er janvier au 31 mars`;
  },
  noSummary: ({ ref }) => text`Il n’y a pas de ${ref} que vous puissiez voir. Pour voir ce qu’il y a, tapez : reports`,
  summaryState: ({ ref, state }) =>
    text`${ref} est dans l’état suivant : ${state}. Cela n’est pas possible maintenant. Pour le voir, tapez : report show ${ref}`,
  periodNotOver: ({ ref, last }) =>
    text`${ref} porte sur une période en cours (dernier jour : ${last}). Publiez-le ensuite ; d’ici là, tapez : report show ${ref}`,
  alreadyPublished: ({ period, ref }) =>
    text`${period} est déjà publié sous ${ref}, et reste tel quel. Pour le voir, tapez : report show ${ref}`,
};
