import type * as en from "../en/plan.js";
import { counted, text, type Words } from "./elision.js";

/** French for the action plan, by the rules of fr.ts: a figure is une valeur, an obstacle un obstacle. */

export const plan: Words<typeof en.plan> = {
  pillars: {
    prosecution: "Poursuites et enquêtes",
    protection: "Protection et assistance",
    prevention: "Prévention",
    cooperation: "Coopération et coordination",
  },
  states: {
    planned: "Prévu",
    under_way: "En cours",
    achieved: "Atteint",
    stalled: "Au point mort",
    dropped: "Abandonné",
  },
  frequencies: {
    monthly: "Chaque mois",
    quarterly: "Chaque trimestre",
    half_yearly: "Chaque semestre",
    yearly: "Chaque année",
    once: "Une seule fois",
  },
  ways: { on_track: "en bonne voie", behind: "en retard", reached: "cible atteinte", no_answer: "encore sans valeur" },
  overdue: "valeur attendue",
  rule: text`Cible atteinte : la valeur vaut la cible ou la dépasse. En retard : la part du chemin parcouru de la valeur de départ à la cible est inférieure, de plus de 10 points, à la part du temps écoulé du début à l’échéance, à la fin de la période concernée. Sinon, en bonne voie.`,
  countOf: (p) => text`${p.label} : ${p.n}`,
  title: (p) => `Plan d’action (${p.count})`,
  titleOf: (p) => text`Plan d’action : ${p.pillar} (${p.count})`,
  empty: "Le plan ne compte encore aucun objectif.",
  by: (p) => text`échéance : ${p.day}`,
  span: (p) => `${p.from} – ${p.until}`,
  facts: {
    state: "État",
    pillar: "Pilier",
    lead: "Organisme chef de file",
    supporting: "Organismes d’appui",
    time: "Durée",
    requirement: "Obligation du traité",
    measure: "Mesure",
    label: "Marquage",
  },
  legalReview: "Révision de la législation",
  come: (p) => text`${p.value} (${p.day}) ; départ : ${p.from}, cible : ${p.to}`,
  notCome: (p) => text`départ : ${p.from}, cible : ${p.to}`,
  next: (p) => text`prochaine valeur : ${p.day}`,
  source: (p) => text`origine : ${p.source}`,
  figure: (p) => text`${p.value}, fin de la période : ${p.day}`,
  told: "Dernières valeurs communiquées",
  noEvidence: "sans justificatif",
  obstacles: (p) => `Obstacles (${p.count})`,
  linked: (p) => `Ce qui y contribue, dans la mesure de vos droits (${p.count})`,
  summary: (p) => text`${p.what} : ${p.state}, ${p.lead}, échéance : ${p.due}`,
  whoTitle: "Qui fait quoi",
  does: {
    leads: (p) => text`dirige : ${p.refs}`,
    supports: (p) => text`appuie : ${p.refs}`,
    answers: (p) => text`renseigne : ${p.refs}`,
  },
  buttons: {
    show: "Afficher",
    plan: "Plan d’action",
    report: "Indiquer la valeur",
    obstacle: "Signaler un obstacle",
    resolve: "Obstacle levé",
    task: "Demander une tâche",
    need: "Besoin de formation",
    edit: "Modifier",
    indicator: "Ajouter un indicateur",
    add: "Nouvel objectif",
    who: "Qui fait quoi",
    file: "Fichier Word",
    take: "Intégrer au plan",
  },
  added: (p) => text`L’objectif ${p.ref} figure au plan. Pour dire ce qui est mesuré : plan indicator ${p.ref}`,
  changed: (p) => `L’objectif ${p.ref} est modifié.`,
  measured: (p) => text`L’indicateur ${p.ref} est mesuré. Première valeur : ${p.agency}, ${p.day}.`,
  measuredNow: (p) => `L’indicateur ${p.ref} est modifié.`,
  droppedIndicator: (p) => text`L’indicateur ${p.ref} n’est plus mesuré ; les valeurs communiquées restent consignées.`,
  reported: (p) => text`${p.ref} : ${p.value}, fin de la période : ${p.day}. Situation : ${p.way}.`,
  needed: (p) =>
    `Le besoin ${p.ref} est enregistré et contribue à l’objectif ${p.objective}. Les offres qui y répondent figurent sur sa fiche, dans notre conversation.`,
  raised: (p) => `L’obstacle est noté à l’objectif ${p.ref} et signalé au secrétariat.`,
  resolved: (p) => `L’obstacle ${p.n} à l’objectif ${p.ref} est levé.`,
  linkedTo: (p) =>
    text`L’élément ${p.to} contribue à l’objectif ${p.ref}. Chacun n’en voit que ce que ses droits lui montrent ailleurs.`,
  unlinked: (p) => `L’élément ${p.to} ne contribue plus à l’objectif ${p.ref}.`,
  remind: (p) =>
    p.late
      ? text`${p.agency} : valeur en retard, attendue pour : ${p.when}`
      : text`${p.agency} : valeur attendue pour : ${p.when}`,
  news: {
    asked: (p) =>
      text`Votre organisme renseigne l’indicateur ${p.ref} (${p.what}). Première valeur attendue : ${p.when}.`,
    obstacle: (p) => text`Obstacle signalé (${p.what}) par un organisme : ${p.agency}.`,
    resolved: (p) => text`Obstacle levé (${p.what}), signalé par un organisme : ${p.agency}.`,
    imported: "Le plan d’action compte de nouveaux objectifs qui concernent votre organisme. Tapez plan pour les voir.",
  },
  intro: (p) =>
    text`${p.name} : ${p.measure}. Origine : ${p.source}.${p.period ? ` Sans autre indication, la valeur vaut pour la période qui se termine ainsi\u00a0: ${p.period}.` : ""}`,
  import: (p) =>
    text`Choisissez un fichier CSV. Une ligne avec un titre ouvre un objectif (title, pillar, lead, due, et au besoin requirement, measure, legal_review, supporting, start, status, label) ; indicator, unit, baseline, target, frequency, source, answers et next_due y ajoutent ce qui est mesuré, sur cette ligne et sur les lignes sans titre qui la suivent. La page accepte un seul fichier, pendant ${counted(p.minutes, "minute", "minutes")}, de votre part uniquement :`,
  preview: (p) =>
    text`Le fichier est en ordre. Objectifs : ${p.objectives}, indicateurs : ${p.indicators}. Rien ne figure encore au plan.`,
  imported: (p) => text`Nouveautés du plan : ${counted(p.count, "objectif", "objectifs")}.`,
  word: (p) =>
    text`Le plan d’action en fichier Word, pour vous uniquement, pendant ${counted(p.minutes, "minute", "minutes")} :`,
  fault: (p) => text`Ligne ${p.line}${p.column ? ` (${p.column})` : ""} : ${faultOf(p.code)}.`,
  chart: { title: "Indicateurs par pilier", absent: "aucun indicateur" },
  document: {
    title: "Plan d’action",
    status: (p) => text`Situation : ${p.when}`,
    madeAt: (p) => text`Établi : ${p.when}`,
    footer: (p) => `${p.body} · Plan d’action`,
    words: {
      indicator: "Indicateur",
      figure: "Valeur",
      way: "Situation",
      answers: "Renseigné par",
      obstacles: "Obstacles",
      who: "Qui fait quoi",
      agency: "Organisme",
      leads: "Dirige",
      supports: "Appuie",
      answersFor: "Renseigne",
      figures: "En chiffres",
      page: "Page {page} sur {pages}",
    },
  },
};

function faultOf(code: string): string {
  const known: Record<string, string> = {
    too_large: "le fichier est trop volumineux",
    unreadable: "ce n’est pas du CSV lisible",
    no_rows: "aucune ligne à lire",
    too_many_rows: "plus de 1000 lignes",
    column_missing: "la colonne manque",
    column_unknown: "l’en-tête de la colonne qui porte ce numéro est inconnu",
    column_twice: "la colonne figure deux fois",
    cells: "plus de cellules que de colonnes",
    missing: "une indication manque",
    too_long: "texte trop long",
    pillar_unknown: "le pilier vaut prosecution, protection, prevention ou cooperation",
    status_unknown: "l’état vaut planned, under_way, achieved, stalled ou dropped",
    label_unknown: "le marquage vaut CLEAR ou GREEN, puisque toute l’instance connaît le plan",
    frequency_unknown: "la fréquence vaut monthly, quarterly, half_yearly, yearly ou once",
    agency_unknown: text`aucun organisme n’a ici ce nom court ; tapez who pour les voir`,
    observer: "un observateur ne dirige pas et ne renseigne pas",
    not_a_day: "un jour s’écrit 2026-12-31",
    order: "l’échéance précède le début",
    not_a_number: text`ce n’est pas un nombre ; écrivez 1200 ou 12,5`,
    same_target: "la cible est la valeur de départ",
    yes_or_no: "l’indication vaut yes ou no (oui ou non)",
    differs: "ce n’est pas ce que dit la première ligne de l’objectif",
    no_objective: "aucun objectif ne figure au-dessus",
    no_indicator: "l’indicateur n’a pas de nom",
    too_many_indicators: "un objectif a 10 indicateurs au plus",
    twice: "le même objectif figure au-dessus",
    exists: "un objectif de ce titre figure déjà au plan",
  };
  return known[code] ?? "indication inutilisable";
}

export const planArgs: Words<typeof en.planArgs> = {
  pillar: "Pilier",
  planTitle: "Objectif",
  requirement: "Ce que demande le traité",
  requirementHint: text`Par exemple : Protocole, article 16 : protection et assistance`,
  measure: "Ce qu’il faut faire",
  legalReview: "La mesure est une révision de la législation",
  leadAgency: "Organisme chef de file",
  planStart: "Début",
  planDue: "Échéance",
  planDayShown: "jour",
  planStatus: "État",
  planLabel: "Marquage (TLP)",
  planLabelHint: text`Toute l’instance connaît le plan : CLEAR ou GREEN, rien de plus strict`,
  indicatorName: "Ce qui est mesuré",
  unit: "Unité",
  unitHint: text`Par exemple : places, dossiers, %`,
  baseline: "Valeur de départ",
  target: "Cible",
  frequency: "Fréquence",
  figureSource: "Origine des valeurs",
  answers: "Organisme qui renseigne",
  firstDue: "Première valeur attendue",
  figureValue: "Valeur",
  figureValueHint: text`Par exemple : 34 ou 12,5`,
  period: "Fin de la période",
  planEvidence: "Justificatif",
  planEvidenceHint: "Une adresse qui commence par https://, ou une référence telle que T-104, D-7 ou I-31",
  figureWords: "En toutes lettres",
  obstacleWords: "En quoi consiste l’obstacle",
  obstacleNumber: "Numéro de l’obstacle",
  linkTo: "Ce qui y contribue",
  linkToHint: text`Une référence : T-104, D-7 ou I-31`,
};

export const planErrors: Words<typeof en.planErrors> = {
  noObjective: (p) => `Aucun objectif ${p.ref} ne vous est accessible ici. Tapez plan pour voir le plan d’action.`,
  noIndicator: (p) => `Rien n’est mesuré sous ${p.ref}. Tapez plan pour voir ce qui l’est.`,
  noIndicators: (p) => text`Rien n’est encore mesuré pour ${p.ref}. Le secrétariat l’ajoute : plan indicator ${p.ref}`,
  whichIndicator: (p) =>
    text`L’objectif ${p.ref} a plusieurs indicateurs. Dites lequel, par exemple : plan progress ${p.example} 34`,
  planFull: (p) =>
    text`L’objectif ${p.ref} a ${p.max} indicateurs, et un de plus ne serait pas lu. Retirez-en d’abord un : plan drop ${p.ref}/1`,
  planOrder: text`L’échéance précéderait le début. Par exemple : start:2026-01-01 by 2026-12-31`,
  planDay: (p) => text`« ${p.said} » n’est pas un jour. Par exemple : 2026-12-31, ou 31 décembre`,
  planRestricted: text`Toute l’instance connaît le plan : un objectif est CLEAR ou GREEN. Omettez ce qui est plus strict et liez-le : plan link O-5 T-104`,
  decimal: (p) => text`« ${p.said} » n’est pas un nombre, ou se lit de deux manières. Écrivez 1200, 12,5 ou 0,125`,
  evidence: (p) =>
    text`« ${p.said} » n’est pas un justificatif que l’on puisse suivre. Indiquez une adresse qui commence par https://, ou une référence telle que T-104`,
  sameTarget: (p) => text`La cible ${p.said} est la valeur de départ. Par exemple : from:10 to:50`,
  observerLeads: (p) =>
    text`Cet organisme est observateur et ne dirige pas : ${p.agency}. Il peut appuyer : with:"@iom"`,
  observerAnswers: (p) =>
    text`Cet organisme est observateur et ne renseigne pas d’indicateur : ${p.agency}. Nommez-en un autre : answers:@labour`,
  notAnswering: (p) => text`La valeur de ${p.ref} est donnée par un autre organisme : ${p.agency}.`,
  notLeading: (p) =>
    text`Les obstacles à l’objectif ${p.ref} sont signalés par les organismes qui le dirigent ou l’appuient : ${p.agencies.join(", ")}.`,
  notTending: (p) =>
    text`Cette étape revient au secrétariat et aux organismes qui dirigent ou appuient l’objectif ${p.ref} : ${p.agencies.join(", ")}.`,
  notNeeding: (p) =>
    text`Un besoin lié à l’objectif ${p.ref} est enregistré par le secrétariat et par les organismes qui le dirigent, l’appuient ou le mesurent : ${p.agencies.join(", ")}. Tout autre besoin : training need`,
  periodAhead: (p) =>
    text`Cette période n’est pas encore demandée : ${p.said}. Dernière période à renseigner, par exemple : for:${p.latest}`,
  noObstacle: (p) =>
    text`L’objectif ${p.ref} n’a pas d’obstacle ${p.n} à lever. Tapez ${p.ref} pour voir les obstacles.`,
  notLinkable: (p) =>
    text`« ${p.said} » ne peut pas contribuer à un objectif. Une tâche, une décision, une formation ou une information le peut, par exemple : plan link O-5 T-104`,
  noLink: (p) =>
    `L’élément ${p.to} ne contribue pas à l’objectif ${p.ref}. Tapez ${p.ref} pour voir ce qui y contribue.`,
  importGone: text`Ce fichier n’est plus là pour être intégré. Envoyez-le de nouveau : plan import`,
};

export const planCommands: Words<typeof en.planCommands> = {
  plan: "Le plan d’action sur une page",
  "plan-add": "Ajouter un objectif au plan d’action",
  "plan-show": "Afficher un objectif, ses valeurs et ce qui y contribue",
  "plan-edit": "Modifier un objectif, ou dire où il en est",
  "plan-indicator": "Dire ce qui est mesuré d’un objectif, ou le modifier",
  "plan-drop": "Ne plus mesurer un indicateur",
  "plan-progress": "Indiquer la valeur d’un indicateur",
  "plan-obstacle": "Signaler un obstacle à un objectif",
  "plan-resolve": "Dire qu’un obstacle est levé",
  "plan-link": text`Lier un objectif à ce qui y contribue : tâche, décision, information`,
  "plan-unlink": "Retirer un tel lien",
  "plan-task": "Demander une tâche qui sert un objectif",
  "plan-need": "Enregistrer un besoin de formation quand un indicateur n’est pas atteint",
  "plan-who": "Qui fait quoi, pilier par pilier",
  "plan-import": "Importer un plan à partir d’un fichier CSV",
  "plan-take": "Intégrer au plan un fichier importé",
  "plan-file": "Le plan d’action en fichier Word",
};
