import type * as en from "../en/training.js";
import { counted, text, type Words } from "./elision.js";

/**
 * French for training and technical assistance, by the rules of fr.ts: a need is un besoin, an offer une offre, a session
 * une session, a place une place; to enrol is s’inscrire, the line la liste d’attente. "K-2" takes no article.
 */

const list = (names: readonly string[]): string => names.join(", ");

export const training: Words<typeof en.training> = {
  title: "Formation et assistance technique",
  kinds: { need: "Besoin", offer: "Offre", session: "Session de formation" },
  what: { training: "formation", assistance: "assistance technique", equipment: "équipement" },
  topics: {
    document_examination: "Examen des documents",
    interviewing: "Conduite d’entretiens",
    protection_and_referral: "Protection et orientation",
    investigation: "Enquêtes",
    financial_investigation: "Enquêtes financières",
    international_cooperation: "Coopération internationale",
    border_management: "Gestion des frontières",
    maritime: "Questions maritimes",
    data_and_analysis: "Données et analyse",
    human_rights: "Droits humains",
    other: "Autre sujet",
  },
  state: {
    open: "En attente",
    matched: "Mise en relation faite",
    met: "Suite donnée",
    withdrawn: "Retrait",
    lapsed: "Délai écoulé",
  },
  sessionState: {
    open: "À venir",
    matched: "À venir",
    met: "Tenue",
    withdrawn: "Annulée",
    lapsed: "Annulée",
  },
  roles: {
    origin: "pays d’origine",
    transit: "pays de transit",
    destination: "pays de destination",
    none: "sans objet",
  },
  formats: { in_person: "en présentiel", online: "en ligne", mixed: "en présentiel et en ligne" },
  facts: {
    kind: "Nature",
    state: "État",
    agency: "Organisme",
    when: "Date",
    by: "Échéance",
    from: "Début",
    until: "Fin",
    people: "Nombre de personnes",
    langs: "Langues",
    format: "Modalité",
    provider: "Formation assurée par",
    label: "Marquage",
    places: "Inscriptions",
    meeting: "Réunion",
  },
  summary: (p) => text`${p.what} : ${p.kind.toLowerCase()} (${p.agency}). ${p.state}.`,
  knownToAll: text`Tous les membres de l’organe de coordination lisent ces lignes : rien au-dessus de GREEN n’y a sa place, ni aucune donnée personnelle.`,
  withoutNames:
    "Vos mots parviennent sans votre nom à l’organisme qui tient la session, dès que cinq personnes ont répondu.",
  entered: {
    need: (p) => `${p.ref} est enregistré. Les offres qui y répondent figurent sur sa fiche, dans notre conversation.`,
    offer: (p) =>
      `${p.ref} est enregistrée. Les besoins auxquels elle répond figurent sur sa fiche, dans notre conversation.`,
  },
  fits: (p) => text`${p.ref} (@${p.agency}) peut convenir : ${p.why}`,
  why: {
    topic: "même sujet",
    months: (p) => text`période : ${p.from} – ${p.until}`,
    role: {
      origin: "deux pays d’origine",
      transit: "deux pays de transit",
      destination: "deux pays de destination",
    },
    size: (p) => `de la place pour ${counted(p.count, "personne", "personnes")}`,
  },
  matchedWith: (p) => text`Mise en relation : ${p.ref} (@${p.agency})`,
  heldFor: (p) => text`Sessions de formation : ${list(p.refs)}`,
  taken: (p) =>
    `${p.ref} et ${p.other} sont mis en relation, et les points focaux des deux organismes en sont informés.`,
  withdrawn: (p) => text`Retrait enregistré : ${p.ref}.`,
  calledOff: (p) =>
    `La session ${p.ref} est annulée, ainsi que sa réunion. Toutes les personnes invitées en sont informées.`,
  called: (p) =>
    text`La session ${p.ref} est convoquée : ${p.when} (${p.meeting}). Pour y prendre une place : training enrol ${p.ref}`,
  sessionTitle: (p) => `${p.topic} – ${p.what}`,
  places: (p) =>
    `${counted(p.taken, "place prise", "places prises")}${p.seats === undefined ? "" : ` sur ${p.seats}`}${p.waiting ? `, ${counted(p.waiting, "personne", "personnes")} en attente` : ""}`,
  inLine: (p) => `${p.name} (rang ${p.turn} en liste d’attente)`,
  enrolled: (p) =>
    p.name
      ? text`Une place est réservée dans la session ${p.ref} : ${p.name}.`
      : `Vous avez une place dans la session ${p.ref}. La fiche de sa réunion se trouve dans notre conversation.`,
  waiting: (p) =>
    p.name
      ? text`La session ${p.ref} est complète. Rang dans la liste d’attente : ${p.turn} (${p.name}). Un message suit dès qu’une place se libère.`
      : text`La session ${p.ref} est complète. Votre rang dans la liste d’attente : ${p.turn}. Un message vous parvient dès qu’une place se libère.`,
  left: (p) =>
    p.name
      ? text`Une place est rendue dans la session ${p.ref} : ${p.name}.`
      : `Votre place dans la session ${p.ref} est rendue.`,
  attended: (p) => text`Participation : ${p.agencies.length ? list(p.agencies) : "aucune présence enregistrée"}`,
  questions: { usefulness: "Utilité", relevance: "Pertinence", trainer: "Qualité de la formation" },
  marks: { "1": "1 – insuffisant", "2": "2 sur 5", "3": "3 sur 5", "4": "4 sur 5", "5": "5 – excellent" },
  average: (p) => text`${p.question} : ${p.mean}`,
  averages: (p) => text`Évaluation sur 5, d’après ${p.count} réponses. ${p.figures.join(text` ; `)}`,
  fewAnswers: text`Évaluation : moins de 5 réponses`,
  noAnswers: text`Évaluation : aucune réponse à ce stade`,
  evaluated: (p) => `Merci. Votre avis sur la session ${p.ref} est enregistré.`,
  follow: { yes: "Oui", partly: "En partie", no: "Non" },
  followed: (p) => text`Mise en pratique, par organisme : oui ${p.yes}, en partie ${p.partly}, non ${p.no}`,
  followedUp: (p) => text`La réponse de votre organisme est enregistrée (${p.ref}).`,
  sure: text`Confirmez-vous cette action ?`,
  until: (p) => text`échéance : ${p.when}`,
  list: (p) => `${p.view} (${p.count})`,
  views: {
    needs: "Besoins en attente",
    offers: "Offres en attente",
    sessions: "Sessions à venir",
    held: "Sessions tenues",
    mine: "Inscrits par votre organisme",
  },
  empty: "Rien à afficher.",
  news: {
    fits: (p) => text`${p.other} (${p.agency}) peut convenir : ${p.what}. La fiche dit pourquoi.`,
    matched: (p) =>
      text`Mise en relation faite par ${p.who} : ${p.what}, avec ${p.other} (${p.agency}). Prenez contact.`,
    unmatched: (p) =>
      text`${p.other} (${p.agency}) est l’objet d’un retrait. La mise en relation prend fin : ${p.what}.`,
    enrolled: (p) =>
      text`Votre inscription est faite par ${p.who} : ${p.what}. La fiche dit si une place vous est déjà réservée.`,
    placed: (p) => text`Une place s’est libérée et vous revient : ${p.what}.`,
  },
  remind: {
    lapse: "Le délai est écoulé sans mise en relation.",
    evaluate: "Vous y étiez. Trois notes et une phrase aident à améliorer la prochaine session.",
    follow: text`Votre organisme y était. Qu’a-t-il mis en pratique ?`,
  },
  buttons: {
    open: "Ouvrir",
    take: "Mettre en relation",
    withdraw: "Retirer",
    session: "Tenir une session",
    callOff: "Annuler la session",
    enrol: "S’inscrire",
    leave: "Rendre ma place",
    meeting: "Réunion",
    evaluate: "Donner mon avis",
    remove: "Retirer",
  },
  library: (p) => `Bibliothèque (${p.count})`,
  noResources: "Aucun élément de la bibliothèque ne correspond.",
  resourceKinds: {
    toolkit: "recueil d’outils",
    manual: "manuel",
    framework: "cadre d’action",
    model_law: "loi type",
    directory: "répertoire",
    software: "logiciel",
    other: "autre support",
  },
  publisherPage: "page de l’éditeur",
  addedBy: (p) => text`numéro ${p.number}, source de l’ajout : ${p.agency}`,
  resourceAdded: (p) => `Le numéro ${p.number} figure dans la bibliothèque.`,
  resourceRemoved: (p) => `Le numéro ${p.number} ne figure plus dans la bibliothèque.`,
};

export const trainingArgs: Words<typeof en.trainingArgs> = {
  topic: "Sujet",
  topics: "Sujets",
  trainingWords: "De quoi il s’agit",
  trainingWhat: "Formation, assistance technique ou équipement",
  neededByDate: "Échéance du besoin",
  people: "Nombre de personnes",
  langs: "Langues",
  trainingFormat: "Modalité",
  countryRole: "Situation du pays",
  country: "Pays",
  countryHint: "Deux lettres, par exemple GR. À défaut, le pays de votre organisme",
  openLabelHint: text`Tous les membres le lisent : rien au-dessus de GREEN`,
  trainingProvider: "Assurée par un tiers hors de l’organe",
  trainingProviderHint: "À défaut, votre organisme l’assure lui-même",
  sessionInvitedHint: "Organismes et personnes. À défaut, les organismes du besoin et de l’offre",
  seats: "Nombre de places",
  seatsHint: "À défaut, sans limite",
  followDays: "Délai en jours avant la question sur la mise en pratique",
  evaluationWords: "À changer la prochaine fois",
  followAnswer: text`Mise en pratique ?`,
  followWords: "Ce qui l’a été, et ce qui ne l’a pas été",
  resourceUrl: "Adresse",
  resourceTitle: "Titre",
  resourceKind: "Nature du document",
  resourceNumber: "Numéro dans la bibliothèque",
  publisher: "Éditeur",
  year: "Année",
};

export const trainingErrors: Words<typeof en.trainingErrors> = {
  noTraining: (p) => `La référence ${p.ref} n’existe pas pour vous ici. Tapez training pour voir ce qu’il y a.`,
  trainingNoSession: (p) =>
    text`${p.ref} n’est pas une session. Celles à venir : training sessions ; pour en tenir une : training session ${p.ref} mar. 10h`,
  trainingAct: (p) =>
    `Cette étape (${p.ref}) revient à l’autre organisme (${p.agency}) ou au secrétariat. Tapez ${p.ref} pour voir ce que vous pouvez faire.`,
  trainingState: (p) =>
    text`La situation a changé (${p.ref}) : ${p.state.toLowerCase()}. Tapez ${p.ref} pour voir la fiche.`,
  trainingPair: text`La mise en relation porte sur un besoin et une offre, par exemple : training take K-2 K-4`,
  trainingSameAgency: text`Le besoin et l’offre sont du même organisme : il n’y a rien à mettre en relation.`,
  trainingOnce: (p) =>
    text`Une session se tient une seule fois. Convoquez chacune séparément, par exemple : training session ${p.ref} mar. 10h 3h`,
  trainingNotToCome: (p) =>
    text`La session ${p.ref} est commencée, tenue ou annulée. Celles à venir : training sessions`,
  trainingNotFor: "Chaque personne s’inscrit et répond pour elle-même, sans passer par le secrétariat.",
  trainingColleague: (p) =>
    text`Seul le point focal de son propre organisme peut faire cette inscription : ${p.person}. Vous pouvez vous inscrire vous-même.`,
  trainingNotEnrolled: (p) => text`Il n’y a pas de place à rendre. Pour en prendre une : training enrol ${p.ref}`,
  trainingNotHeld: (p) =>
    `La session ${p.ref} n’a pas encore eu lieu. La question est posée un jour ouvré après sa tenue.`,
  trainingNotThere: (p) =>
    text`Votre présence à la session ${p.ref} n’est pas enregistrée : il n’y a rien à vous demander.`,
  trainingEvaluated: (p) => text`Vous avez déjà répondu (${p.ref}) : la question n’est posée qu’une fois.`,
  trainingFollower: (p) =>
    `La réponse revient aux points focaux des organismes présents à la session ${p.ref}. Tapez ${p.ref} pour voir lesquels.`,
  trainingLabel: (p) =>
    text`« ${p.said} » est trop strict ou n’est pas un marquage. Tous les membres lisent ces lignes : GREEN ou CLEAR, par exemple tlp:GREEN.`,
  country: (p) => text`« ${p.said} » n’est pas le code d’un pays en deux lettres. Par exemple : country:GR`,
  year: (p) => text`« ${p.said} » n’est pas une année. Par exemple : year:2010`,
  noResource: (p) =>
    text`Votre organisme n’a pas ajouté de numéro ${p.number}. Tapez library pour voir ce qu’il y a ; ce qui est fourni avec Coord reste.`,
};

export const trainingCommands: Words<typeof en.trainingCommands> = {
  training: "Voir les besoins, les offres et les sessions",
  "training-need": "Exprimer un besoin de formation ou d’assistance",
  "training-offer": "Proposer une formation ou une assistance",
  "training-show": "Voir un besoin, une offre ou une session",
  "training-take": "Mettre en relation un besoin et une offre",
  "training-withdraw": "Retirer un besoin ou une offre, ou annuler une session",
  "training-session": "Tenir une session, qui est une réunion avec des places",
  "training-enrol": "Prendre une place dans une session, ou inscrire un collègue",
  "training-leave": "Rendre une place dans une session",
  "training-evaluate": "Donner son avis sur une session",
  "training-follow": "Dire ce qui a été mis en pratique après une session",
  library: "Chercher outils et manuels par mots, sujet, langue ou éditeur",
  "library-add": "Ajouter un document à la bibliothèque",
  "library-remove": "Retirer un document que votre organisme a ajouté",
};
