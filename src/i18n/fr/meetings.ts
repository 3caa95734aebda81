import type * as en from "../en/meetings.js";
import { counted, text, type Words } from "./elision.js";

/**
 * French for coordination meetings, by the rules of fr.ts. The minutes are le procès-verbal, written from the record,
 * le relevé de séance; papers are des pièces, the pack le dossier de séance, an action une mesure. A meeting's reference
 * stands after its noun, la réunion M-12, since M, said aloud, begins with a vowel. The functions, not their holders,
 * are named: présidence, secrétariat, suppléance.
 */

const list = (names: readonly string[]): string => names.join(", ");

const quoted = (words: string): string => text`« ${words} »`;

export const meetings: Words<typeof en.meetings> = {
  state: { polling: "Date à fixer", scheduled: "Programmée", cancelled: "Annulée" },
  turn: {
    scheduled: "À venir",
    running: "En cours",
    ended: "Tenue",
    cancelled: "Annulée",
    missed: "L’heure prévue est passée sans que la séance ait été ouverte",
  },
  minutesState: {
    none: "aucun procès-verbal",
    draft: "projet de procès-verbal",
    circulated: "procès-verbal diffusé",
    approved: "procès-verbal approuvé",
  },
  facts: {
    state: "État",
    when: "Date",
    repeats: "Périodicité",
    where: "Lieu",
    organizer: "Convoquée par",
    chair: "Présidence",
    secretary: "Secrétariat de séance",
    with: "Invitations",
    label: "Marquage",
  },
  span: (p) => `${p.when}, ${p.minutes} min`,
  minutesLong: (p) => `${p.minutes} min`,
  reason: "Motif",
  standing: "point permanent",
  late: text`Hors délai :`,
  papers: (p) => text`pièces : ${list(p.titles)}`,
  withdrawn: "retirée",
  record: "Relevé de séance",
  sure: text`Confirmez-vous cette action ?`,
  agendaUntil: (p) => text`Clôture de l’ordre du jour : ${p.when}`,
  agendaClosed: text`L’ordre du jour est clos ; l’inscription d’un point hors délai requiert l’accord de la présidence`,
  summary: (p) => text`${p.what} : ${p.state}.${p.when ? ` ${p.when}.` : ""} Convoquée par ${p.organizer}.`,
  quorum: (p) =>
    p.needed === undefined
      ? `${counted(p.present, "organisme présent", "organismes présents")} sur ${p.invited}`
      : text`${counted(p.present, "organisme présent", "organismes présents")} sur ${p.invited}, quorum fixé à ${p.needed} : ${p.met ? "atteint" : "non atteint"}`,
  presentNow: (p) => text`Organismes présents : ${list(p.agencies)}`,
  votes: (p) => `${p.for} voix pour, ${p.against} voix contre, ${counted(p.abstain, "abstention", "abstentions")}`,
  correctable: (p) => text`Fin du délai de correction du procès-verbal : ${p.when}`,

  rsvp: {
    groups: {
      yes: "Présence annoncée",
      maybe: "Présence possible",
      no: "Absence annoncée",
      none: "Sans réponse à ce stade",
    },
    answers: { yes: "oui", maybe: "peut-être", no: "non", deputy: "suppléance assurée", none: "pas encore de réponse" },
    yours: (p) =>
      p.deputy ? text`Votre réponse : suppléance assurée par ${p.deputy}` : text`Votre réponse : ${p.answer}`,
    noted: (p) => text`Votre réponse concernant la réunion ${p.ref} : ${p.answer}.`,
    deputised: (p) => `${p.name} assure votre suppléance à la réunion ${p.ref} et en reçoit la convocation.`,
  },
  poll: {
    tally: {
      yes: (p) => text`oui : ${list(p.agencies)}`,
      maybe: (p) => text`si nécessaire : ${list(p.agencies)}`,
      no: (p) => text`non : ${list(p.agencies)}`,
      none: "aucun vote à ce stade",
      best: "date la plus favorable",
      taken: (p) => text`créneau déjà pris par ${p.ref ? `la réunion ${p.ref}` : "une autre réunion"}`,
    },
    slot: (p) => (p.ref ? `${p.when} (${p.ref})` : p.when),
    until: (p) => text`Clôture du vote : ${p.when} ; la date la plus favorable est alors retenue`,
    opened: (p) =>
      text`Un sondage est ouvert pour la réunion ${p.ref} : ${counted(p.count, "date proposée", "dates proposées")}. Clôture du vote : ${p.until}. Sa fiche se trouve dans notre conversation.`,
    nobodyCan: (p) =>
      text`Personne n’a dit pouvoir venir à cette date : ${p.when}. Le sondage reste ouvert : attendez des votes, choisissez une autre date, ou clôturez-le quand même : meet close ${p.ref} ${p.n} anyway`,
    anyway: "Clôturer quand même",
    taken: (p) => text`Attention : une autre réunion occupe déjà un créneau proposé : ${p.slots.join("\u202f; ")}.`,
    takenAnyway: (p) =>
      text`Une autre réunion occupe désormais ce créneau : ${p.slots.join("\u202f; ")}. Le sondage reste ouvert : choisissez une autre date, ou clôturez-le quand même : meet close ${p.ref} ${p.n} anyway`,
    free: "Proposer les créneaux libres",
    allTheSame: "Les proposer quand même",
    voted: (p) =>
      p.yes
        ? text`Votre vote concernant la réunion ${p.ref} est enregistré : ${counted(p.yes, "date vous convient", "dates vous conviennent")}.`
        : text`C’est noté : aucune date proposée pour la réunion ${p.ref} ne vous convient.`,
    closed: (p) =>
      text`La date de la réunion ${p.ref} est fixée : ${p.when}. Toutes les personnes invitées en sont informées.`,
    yes: "Dates qui conviennent",
    maybe: "Dates possibles si nécessaire",
  },
  called: (p) =>
    text`La réunion ${p.ref} est convoquée : ${p.when}${p.repeats ? text` ; ${p.repeats}, puis ${list(p.next)}` : ""}.${p.said ? text` Titre : « ${p.said} ».` : ""} Les personnes invitées sont prévenues.`,
  notHeld: (p) => text`La réunion ${p.ref} est classée : elle n’a pas eu lieu.`,
  wasHeld: (p) =>
    text`La réunion ${p.ref} a eu lieu. Reste le compte rendu : indiquez les présents et les décisions, puis terminez.`,
  parted: (p) =>
    text`Votre présence à la réunion ${p.ref} n’est plus demandée. Le fichier joint la retire de votre agenda.`,
  takenBack: (p) => text`La convocation de la réunion ${p.ref} est retirée, et les personnes invitées sont prévenues.`,
  fromFirst: (p) => `${p.repeats}, la première fois ${p.first}`,
  asTyped: (p) => text`Tel quel : ${p.when}`,
  shortNotice: (p) =>
    `Le préavis est inférieur au délai de convocation prévu par les règles de l’organe de coordination (${counted(p.days, "jour", "jours")}).`,
  onHoliday: (p) =>
    text`La date suivante est un jour férié : ${p.when} (${list(p.agencies)}).${p.proposal ? text` Date libre pour tous : meet move ${p.ref} ${p.proposal}` : ""}`,
  moved: (p) =>
    text`La réunion ${p.ref} est déplacée : ${p.when}. Une nouvelle réponse est demandée aux personnes invitées.`,
  cancelledDone: (p) => `La réunion ${p.ref} est annulée, et toutes les personnes invitées en sont informées.`,
  edited: (p) => `La réunion ${p.ref} est modifiée.`,
  invitedMore: (p) =>
    p.count
      ? text`Réunion ${p.ref} : ${counted(p.count, "nouvelle invitation adressée", "nouvelles invitations adressées")}.`
      : text`Réunion ${p.ref} : toutes ces invitations avaient déjà été adressées.`,
  started: (p) => text`La réunion ${p.ref} est ouverte : ${p.quorum}.`,
  attendanceSet: (p) => text`Présences à la réunion ${p.ref} : ${p.quorum}.`,
  youAreHere: (p) => `Votre présence à la réunion ${p.ref} est enregistrée.`,
  decided: (p) => text`La décision ${p.ref} est adoptée et figure au relevé de séance (${p.meeting}).`,
  withdrawnDone: (p) => `La décision ${p.ref} est retirée.`,
  noted: (p) => `La ligne ${p.n} figure au relevé de séance de la réunion ${p.ref}.`,
  lineChanged: (p) => `La ligne ${p.n} du relevé de séance de la réunion ${p.ref} est modifiée.`,
  ended: (p) =>
    text`La séance est levée (${p.ref}) : ${counted(p.decisions, "décision", "décisions")}, ${counted(p.actions, "mesure", "mesures")}. Le projet de procès-verbal est établi. Pour le diffuser aux fins de correction : circulate ${p.ref}`,
  circulatedDone: (p) =>
    text`Le procès-verbal de la réunion ${p.ref} est diffusé. Fin du délai de correction : ${p.until}.`,
  corrected: (p) =>
    `Votre correction ${p.n} au procès-verbal de la réunion ${p.ref} est transmise au secrétariat de séance.`,
  settled: (p) =>
    `La correction ${p.n} au procès-verbal de la réunion ${p.ref} est ${p.taken ? "retenue" : "écartée"}.`,
  approvedDone: (p) => `Le procès-verbal de la réunion ${p.ref} est approuvé et ne peut plus être modifié.`,
  itemAdded: (p) => `Le point ${p.n} est inscrit à l’ordre du jour de la réunion ${p.ref}.`,
  itemLate: (p) => `L’ordre du jour de la réunion ${p.ref} est clos. Votre point attend l’accord de la présidence.`,
  itemAdmitted: (p) => `Le point hors délai est inscrit à l’ordre du jour de la réunion ${p.ref}.`,
  itemOff: (p) => `Le point est retiré de l’ordre du jour de la réunion ${p.ref}.`,
  paperAdded: (p) => `La pièce est jointe à la réunion ${p.ref} et figurera au dossier de séance.`,
  agenda: {
    title: (p) => text`Ordre du jour : ${p.what}`,
    empty: "Aucun point n’est inscrit à l’ordre du jour.",
    total: (p) => text`Durée prévue : ${p.minutes} min sur ${p.of}`,
    admit: "Admettre",
  },
  minutesTitle: (p) => text`Procès-verbal : ${p.what}`,

  pack: {
    title: (p) => text`Dossier de séance : ${p.what}`,
    agenda: "Ordre du jour",
    noAgenda: "Aucun point n’est inscrit à l’ordre du jour.",
    papers: "Pièces",
    lastDecisions: "Décisions de la réunion précédente",
    minutesWait: (p) => text`${p.ref} : ${p.state}, à approuver`,
    actions: "Mesures en cours",
    owed: "Ce qui est à la charge de chaque organisme",
    owes: (p) => `${p.open} en cours${p.late ? `, ${p.late} en retard` : ""}`,
  },
  result: {
    title: (p) => text`Conclusions : ${p.what}`,
    figures: (p) =>
      `${counted(p.agencies, "organisme présent", "organismes présents")}, ${counted(p.decisions, "décision", "décisions")}, ${counted(p.actions, "mesure", "mesures")}`,
    decisions: "Décisions",
    yours: "Mesures à la charge de votre organisme",
    others: "Mesures à la charge d’autres organismes",
  },
  correction: {
    title: (p) => `Correction ${p.n} (${p.state})`,
    open: "en attente",
    taken: "retenue",
    refused: "écartée",
  },
  news: {
    moved: (p) =>
      text`${p.who}, a déplacé la réunion ${p.what}.${p.when ? text` Nouvelle date : ${p.when}.` : ""} Viendrez-vous ?`,
    movedAll: (p) => text`${p.who}, a déplacé toute la série de réunions ${p.what}. Viendrez-vous ?`,
    cancelledOne: (p) => `${p.who}, a annulé la réunion ${p.what}.`,
    cancelled: (p) => `${p.who}, a annulé la réunion ${p.what}.`,
    takenBack: (p) =>
      text`${p.who}, a convoqué par erreur la réunion ${p.what} et retire la convocation. Elle n’aura pas lieu.`,
    pollClosed: (p) =>
      text`La date de la réunion ${p.what} est arrêtée${p.when ? text` : ${p.when}` : ""}. Viendrez-vous ?`,
    pollEmpty: (p) =>
      `Personne n’est disponible aux dates proposées pour la réunion ${p.what}. Proposez-en d’autres, ou clôturez le sondage en retenant l’une d’elles.`,
    pollLapsed: (p) =>
      text`Les dates proposées pour la réunion ${p.what} sont passées, et personne n’y était disponible. Le sondage est clos ; pour en ouvrir un autre : meet poll`,
    lateItem: (p) => `${p.who}, demande l’inscription d’un point hors délai à l’ordre du jour de la réunion ${p.what}.`,
    itemAdmitted: (p) => `Votre point hors délai est inscrit à l’ordre du jour de la réunion ${p.what}.`,
    minutesCirculated: (p) =>
      `${p.who}, a diffusé le procès-verbal de la réunion ${p.what}. Veuillez signaler ce qui y est inexact.`,
    minutesApproved: (p) => `Le procès-verbal de la réunion ${p.what} est approuvé.`,
    correction: (p) => `${p.who}, a proposé une correction au procès-verbal de la réunion ${p.what}.`,
    correctionTaken: (p) => `${p.who}, a retenu votre correction au procès-verbal de la réunion ${p.what}.`,
    correctionRefused: (p) => `${p.who}, n’a pas retenu votre correction au procès-verbal de la réunion ${p.what}.`,
    correctionsOpen: (p) =>
      `Le délai de correction du procès-verbal de la réunion ${p.what} est écoulé, et des corrections attendent votre réponse.`,
  },
  remind: {
    agenda: (p) => (p.until ? text`clôture de l’ordre du jour : ${p.until}` : "l’ordre du jour sera bientôt clos"),
    rsvp: () => "votre organisme n’a pas encore répondu",
    soon: () => "la séance va commencer",
    start: () => text`cliquez sur « Ouvrir la séance » lorsque les personnes attendues sont présentes`,
    end: () => text`cliquez sur « Lever la séance » lorsque la réunion est terminée`,
    correct: (p) =>
      p.until ? text`fin du délai de correction du procès-verbal : ${p.until}` : "le procès-verbal peut être corrigé",
    corrected: () => "le procès-verbal est en attente d’approbation",
    poll: (p) =>
      p.until
        ? text`votre organisme n’a pas encore voté ; clôture du vote : ${p.until}`
        : "votre organisme n’a pas encore voté",
  },
  buttons: {
    open: "Ouvrir",
    read: "Lire",
    takeBack: "Retirer",
    yes: "Oui",
    maybe: "Peut-être",
    no: "Non",
    deputy: "Se faire suppléer",
    addItem: "Ajouter un point",
    agenda: "Ordre du jour",
    calendarFile: "Fichier de calendrier",
    move: "Déplacer",
    wasHeld: "Elle a eu lieu",
    notHeld: "Pas tenue",
    vote: "Voter",
    closePoll: "Clore le sondage",
    newPoll: "Proposer d’autres dates",
    start: "Ouvrir la séance",
    here: "Signaler ma présence",
    attendance: "Présences",
    decide: "Enregistrer une décision",
    note: "Consigner",
    task: "Nouvelle mesure",
    action: "Demander une mesure",
    end: "Lever la séance",
    edit: "Modifier",
    join: "Rejoindre",
    minutes: "Procès-verbal",
    word: "Version Word",
    correct: "Corriger",
    circulate: "Diffuser",
    approve: "Approuver",
    take: "Retenir",
    refuse: "Écarter",
  },
  list: {
    title: (p) => `${p.view} (${p.count})`,
    views: {
      coming: "Réunions à venir",
      past: "Réunions tenues",
      missed: text`Tenues ou non ?`,
      cancelled: "Réunions annulées",
    },
    missed: (p) =>
      p.count < 2
        ? text`Une réunion n’a pas été ouverte. A-t-elle eu lieu ?`
        : text`${p.count} réunions n’ont pas été ouvertes. Ont-elles eu lieu ?`,
    empty: "Aucune réunion à afficher.",
  },
  register: {
    title: (p) => `Décisions (${p.count})`,
    hidden: (p) =>
      p.searched
        ? "Les décisions retirées ne sont pas affichées, et la recherche par mots ne porte pas sur celles classées au-dessus de TLP:GREEN."
        : "Les décisions retirées ne sont pas affichées.",
    carriedOut: {
      yes: "exécutée",
      open: "en cours d’exécution",
      late: "en retard",
      unknown: "aucune mesure à ce stade",
    },
    line: (p) => `${p.meeting}, ${p.when} · ${p.state}`,
    attendance: "Présence par organisme",
    attended: (p) => `${counted(p.present, "réunion", "réunions")} sur ${p.of}`,
    none: "Aucune réunion ne s’est encore tenue.",
  },
  calendar: {
    open: (p) => text`${p.ref}, ${p.body}. Réponse à donner dans Coord : /coord ${p.ref}`,
    closed: (p) => text`Précisions dans Coord : /coord ${p.ref}`,
    file: (p) =>
      text`Le fichier de calendrier de la réunion ${p.ref} vous est réservé. Il reste disponible pendant ${counted(p.minutes, "minute", "minutes")} :`,
    word: (p) =>
      text`Le procès-verbal de la réunion ${p.ref}, au format Word, vous est réservé. Il reste disponible pendant ${counted(p.minutes, "minute", "minutes")} :`,
    download: "Télécharger",
    feed: text`Cette adresse affiche vos réunions dans tout calendrier qui accepte les abonnements. Elle est secrète : quiconque la détient les voit. Pour en obtenir une nouvelle, ce qui désactive celle-ci : calendar renew`,
    feedThere: (p) =>
      text`Votre adresse de calendrier n’est affichée qu’une seule fois. Date de création : ${p.when}. Si vous l’avez perdue, ou si quelqu’un d’autre la détient : calendar renew`,
    name: (p) => text`Coord : ${p.body}`,
  },
  rules: {
    show: (p) =>
      text`Quorum : ${p.quorum}. Délai de convocation : ${counted(p.notice, "jour", "jours")}. Clôture de l’ordre du jour : ${counted(p.freeze, "heure", "heures")} avant la séance (un jour chômé : à la fin du jour ouvré précédent). Envoi du dossier : ${counted(p.pack, "jour ouvré", "jours ouvrés")} avant la séance. Délai de correction du procès-verbal : ${counted(p.correct, "jour ouvré", "jours ouvrés")}. Approbation du procès-verbal : ${p.approval}.`,
    quorums: {
      half: "plus de la moitié des organismes invités",
      "two-thirds": "deux tiers des organismes invités",
      none: "aucun",
    },
    quorumNumber: (p) => counted(p.count, "organisme", "organismes"),
    approvals: { silence: "tacite, à l’issue du délai de correction", meeting: "à la réunion suivante" },
  },
  document: {
    approved: (p) => text`Approbation : ${p.when}`,
    madeAt: (p) => text`Date d’établissement : ${p.when}`,
    footer: (p) => `${p.body} · ${p.ref}`,
    words: {
      agenda: "Ordre du jour",
      attendance: "Présences",
      record: "Relevé de séance",
      decisions: "Décisions",
      actions: "Mesures à prendre",
      corrections: "Corrections retenues",
      present: "présence",
      absent: "absence",
      owner: "Responsable",
      due: "Échéance",
      votes: "Voix",
      item: "Point",
      minutes: "Durée",
      presenter: "Présentation",
      state: "État",
      page: "Page",
      deputyNote: "suppléance",
    },
  },
};

export const meetingArgs: Words<typeof en.meetingArgs> = {
  meetingTitle: "Objet de la réunion",
  schedule: "Date et heure",
  scheduleShown: "date",
  scheduleWords: "Ou en toutes lettres, si cela se répète",
  scheduleHint: text`Par exemple : mar 10:00, chaque premier mardi 10:00, toutes les 2 semaines le lundi 9:00 jusqu’au 30 juin`,
  length: "Durée",
  lengthShown: "60m",
  invited: "Invitations",
  invitedShown: "@organisme, @personne ou all",
  invitedHint: text`Des organismes, dont les points focaux sont sollicités, et des personnes ; ou all`,
  place: "Lieu",
  link: "Lien pour participer",
  linkHint: "Une adresse qui commence par https://",
  chair: "Présidence",
  secretary: "Secrétariat de séance",
  pollUntil: "Clôture du vote",
  slots: "Dates proposées",
  slotsHint: text`De 2 à 10, séparées par des points-virgules, par exemple : mar 10:00 ; mer 14:00. Si rien n’est indiqué, Coord en propose`,
  slot: "Numéro de la date",
  scope: "Portée",
  scopes: { this: "cette réunion", all: "toutes les réunions à venir", everybody: "tous les organismes membres" },
  answer: text`Viendrez-vous ?`,
  item: "Point de l’ordre du jour",
  itemTitle: "Intitulé du point",
  presenter: "Présentation assurée par",
  standing: "Inscription à chaque ordre du jour",
  standingChoices: { yes: "oui", no: "non" },
  position: "Nouveau rang",
  url: "Adresse",
  urlHint: "Une adresse qui commence par https://",
  present: "Présences",
  whoCame: "@personne ou @organisme",
  decision: "Décision prise",
  votesFor: "Pour",
  votesAgainst: "Contre",
  votesAbstain: "Abstentions",
  note: "Ce qui a été dit",
  line: "Ligne",
  correction: "Ce qui est inexact, et la rédaction à retenir",
  number: "Numéro",
  verdict: "Suite donnée",
  quorum: "Quorum",
  quorumHint: "half, two-thirds, none, ou un nombre d’organismes",
  freeze: "Clôture de l’ordre du jour, en heures avant la séance",
  pack: "Envoi du dossier, en jours ouvrés avant la séance",
  notice: "Délai de convocation, en jours",
  correctDays: "Délai de correction, en jours ouvrés",
  approval: "Approbation du procès-verbal",
};

export const meetingErrors: Words<typeof en.meetingErrors> = {
  noMeeting: (p) => `Aucune réunion ${p.ref} ne vous est accessible ici. Tapez meetings pour voir les vôtres.`,
  meetingAct: {
    see: (p) => `La réunion ${p.ref} ne vous est pas destinée.`,
    run: (p) =>
      text`Cette action sur la réunion ${p.ref} revient à la présidence, au secrétariat de séance ou à la personne à l’origine de la convocation : ${p.organizer}.`,
    answer: (p) =>
      text`La réponse est réservée aux personnes invitées à la réunion ${p.ref}. Pour recevoir une invitation, adressez-vous à la personne à l’origine de la convocation : ${p.organizer}.`,
    propose: (p) => `Cette action est réservée aux organismes invités à la réunion ${p.ref}.`,
  },
  stillPolling: (p) =>
    text`La date de la réunion ${p.ref} n’est pas encore fixée, le sondage étant en cours. Pour voter : vote ${p.ref} yes:1`,
  pollClosed: (p) => `Le sondage relatif à la réunion ${p.ref} est clos. Tapez ${p.ref} pour voir la date retenue.`,
  noSlot: (p) =>
    text`Les dates proposées pour la réunion ${p.ref} sont numérotées de 1 à ${p.slots}. Par exemple : meet close ${p.ref} 1`,
  slotPast: (p) => `Cette date proposée pour la réunion ${p.ref} est passée. Choisissez-en une autre, à venir.`,
  slots: (p) =>
    text`Un sondage porte sur 2 à 10 dates ; nombre de dates indiquées : ${p.count}. Par exemple : slots:"mar 10:00 ; mer 14:00"`,
  noSlotsFound: text`Aucune date commune n’a été trouvée dans les quatre semaines à venir. Indiquez-en vous-même, par exemple : slots:"mar 10:00 ; mer 14:00"`,
  slotsTaken: (p) =>
    text`Rien n’est encore ouvert : une autre réunion occupe un créneau que vous proposez : ${p.slots.join("\u202f; ")}. Le proposer quand même ?`,
  sameSlot: "Deux des dates sont identiques. Supprimez l’une d’elles.",
  meetingCancelled: (p) => `La réunion ${p.ref} est annulée.`,
  meetingRuns: (p) => text`La réunion ${p.ref} est en cours. Il faut d’abord lever la séance : end ${p.ref}`,
  meetingStarted: (p) => `La réunion ${p.ref} est déjà ouverte.`,
  meetingEnded: (p) => `La réunion ${p.ref} est terminée. Tapez ${p.ref} pour la consulter.`,
  notRunning: (p) => text`La réunion ${p.ref} n’est pas en cours. Pour ouvrir la séance : start ${p.ref}`,
  noRunning: (p) =>
    text`Aucune réunion à laquelle vous participez n’est en cours. Indiquez la réunion concernée, par exemple : ${p.example}`,
  tooEarly: (p) =>
    text`La réunion ${p.ref} ne peut être ouverte plus de ${counted(p.minutes, "minute", "minutes")} avant l’heure prévue. Pour la tenir plus tôt, déplacez-la : meet move ${p.ref} aujourd’hui 15:00`,
  nothingToCome: (p) => text`Réunion ${p.ref} : aucune séance n’est plus à venir.`,
  redMeetingNamed: text`TLP:RED est réservé à des personnes nommément désignées : invitez des personnes, par exemple : meet … with @maria tlp:RED`,
  redNoDeputy: (p) =>
    text`La réunion ${p.ref} porte le marquage TLP:RED : aucune suppléance n’est possible. Répondez non, et la personne à l’origine de la convocation invitera quelqu’un d’autre.`,
  ownDeputy: "Vous ne pouvez assurer votre propre suppléance. Choisissez une autre personne de votre organisme.",
  tooManyInvited: (p) => text`Le nombre d’invitations est trop élevé : ${p.count}, pour un maximum de ${p.max}.`,
  nobodyInvited: text`Indiquez les destinataires de la convocation, par exemple : with @police, @iom ; ou : with all`,
  notInvited: (p) =>
    text`Cet organisme n’a pas été invité à la réunion ${p.ref}. Pour l’inviter : meet invite ${p.ref} @organisme`,
  schedule: (p) => {
    const near = list(p.phrases.map(quoted));
    switch (p.reason) {
      case "no_time":
        return text`« ${p.said} » n’indique aucune heure. Par exemple : chaque premier mardi 10:00.`;
      case "length":
        return text`« ${p.said} » n’est pas une durée de réunion : 5 minutes à 10 heures. Par exemple : mar 10:00 60m.`;
      case "never":
        return text`« ${p.said} » ne correspond à aucune date. Par exemple : chaque premier mardi 10:00.`;
      case "past":
        return text`« ${p.said} » appartient déjà au passé. Par exemple : mar 10:00.`;
      case "impossible":
        return text`« ${p.said} » n’existe pas. Par exemple : mar 10:00.`;
      case "in_gap":
        return text`« ${p.said} » n’existe pas : les horloges avancent à ce moment.`;
      case "ambiguous":
        return near
          ? text`« ${p.said} » peut se lire de plusieurs façons. Est-ce l’une de celles-ci : ${near} ?`
          : text`« ${p.said} » peut se lire de plusieurs façons. Écrivez la date en toutes lettres, par exemple : 4 mars 10:00.`;
      case "unsayable":
        return near
          ? text`Aucune règle d’agenda ne dit à elle seule « ${p.said} ». Le plus proche : ${near}. Deux réunions peuvent dire le reste.`
          : text`Aucune règle d’agenda ne dit à elle seule « ${p.said} ». Convoquez deux réunions, ou par exemple : chaque mardi 10:00 sauf le 29 décembre.`;
      default:
        if (near) return text`« ${p.said} » n’est pas entièrement compris. Est-ce l’une de celles-ci : ${near} ?`;
        return text`« ${p.said} » n’est pas une date reconnue. Par exemple : mar 10:00, chaque premier mardi 10:00, toutes les 2 semaines le lundi 9:00.`;
    }
  },
  undoBegun: (p) =>
    text`La réunion ${p.ref} a commencé ou est déjà annulée : la convocation ne peut plus être retirée.`,
  slotBeforeVote: (p) =>
    text`${p.slot} : cette date précède la fin des votes. Donnez une date ultérieure, ou faites finir les votes plus tôt.`,
  rhythmLeft: (p) =>
    text`« ${p.said} » resterait dans ${p.place ? "le lieu" : "le titre"} et ne compterait pas pour les dates. Que voulez-vous dire ? Rien n’a encore été envoyé.${p.readings ? "" : text` Écrivez les dates ensemble, après le titre, par exemple : chaque premier et troisième mardi 10:00.`}`,
  length: (p) => text`« ${p.said} » n’est pas une durée comprise entre 5 minutes et 10 heures. Par exemple : 60m, 1h30`,
  https: (p) => text`« ${p.said} » n’est pas une adresse qui commence par https://`,
  wholeNumber: (p) => text`« ${p.said} » n’est pas un nombre entier. Par exemple : 3`,
  slotNumbers: (p) => text`« ${p.said} » n’est pas une liste de numéros de dates. Par exemple : yes:1,3`,
  noQuorum: (p) =>
    text`Le quorum n’est pas atteint à la réunion ${p.ref} : ${counted(p.present, "organisme présent", "organismes présents")} sur ${p.invited}, pour un quorum fixé à ${p.needed}. Pour enregistrer les arrivées : attendance ${p.ref}. Les propos peuvent être consignés : note …`,
  voteLost: (p) =>
    text`Par ${p.for} voix pour et ${p.against} voix contre, la décision n’est pas adoptée. Consignez plutôt ce résultat au relevé de séance : note …`,
  withdrawn: (p) => `La décision ${p.ref} est déjà retirée.`,
  noDecision: (p) =>
    `Aucune décision ${p.ref} ne vous est accessible ici. Tapez decisions pour voir celles qui ont été prises.`,
  noItem: (p) =>
    `L’ordre du jour de la réunion ${p.ref} ne comporte aucun point ${p.n}. Tapez agenda ${p.ref} pour le consulter.`,
  itemGone: (p) => `Ce point n’est plus inscrit à l’ordre du jour de la réunion ${p.ref}.`,
  agendaFull: (p) => text`L’ordre du jour de la réunion ${p.ref} est complet. Nombre maximal de points : ${p.max}.`,
  noLine: (p) => `Le relevé de séance de la réunion ${p.ref} ne comporte aucune ligne ${p.n}.`,
  lineChanged: (p) =>
    text`Quelqu’un d’autre a modifié la ligne ${p.n} entre-temps ; votre modification n’a donc pas été retenue. Ouvrez-la à nouveau pour en voir la rédaction actuelle.`,
  recordClosed: (p) =>
    text`Le procès-verbal de la réunion ${p.ref} est diffusé ; le relevé de séance est donc clos. Pour proposer une correction : correct ${p.ref} …`,
  noMinutes: (p) => text`La réunion ${p.ref} n’a pas encore de procès-verbal : il est établi une fois la séance levée.`,
  circulated: (p) => `Le procès-verbal de la réunion ${p.ref} est déjà diffusé.`,
  notCirculated: (p) => `Le procès-verbal de la réunion ${p.ref} n’est pas actuellement soumis à correction.`,
  presentOnly: (p) => `Le relevé de séance de la réunion ${p.ref} est réservé aux personnes qui y étaient présentes.`,
  noCorrection: (p) => `Il n’existe aucune correction ${p.n} au procès-verbal de la réunion ${p.ref}.`,
  openCorrections: (p) =>
    text`${counted(p.count, "correction attend", "corrections attendent")} d’abord une réponse, par exemple : settle ${p.ref} ${p.n} take`,
  approved: (p) => `Le procès-verbal de la réunion ${p.ref} est déjà approuvé.`,
  approvedAtNext: (p) =>
    text`L’organe de coordination approuve les procès-verbaux à la réunion suivante. Ouvrez celle-ci, puis tapez : approve ${p.ref}`,
  correctableUntil: (p) =>
    text`Le procès-verbal de la réunion ${p.ref} peut encore être corrigé. Fin du délai : ${p.until} ; il est alors approuvé tacitement.`,
  keepRule: (p) =>
    text`Indiquez la règle complète d’une série, ou une heure seule, par exemple : meet move M-12 all chaque premier mardi 11:00. « ${p.said} » n’est ni l’une ni l’autre.`,
  noSite: text`Les fichiers et les calendriers requièrent une adresse à laquelle Coord est joignable. L’exploitant la définit dans PUBLIC_URL.`,
  rule: (p) => text`« ${p.said} » ne convient pas. Par exemple : ${p.example}`,
};

export const meetingCommands: Words<typeof en.meetingCommands> = {
  meet: "Convoquer une réunion, ponctuelle ou en série",
  "meet-poll": "Proposer plusieurs dates, et demander lesquelles conviennent",
  vote: "Voter sur les dates proposées dans un sondage",
  "meet-close": "Clore un sondage, et retenir une date",
  "meet-move": "Déplacer une réunion, ou toute une série",
  "meet-cancel": "Annuler une réunion, ou toute une série",
  "meet-edit": text`Modifier une réunion : intitulé, lieu, lien, présidence ou secrétariat de séance`,
  "meet-invite": text`Ajouter des invitations : organismes ou personnes`,
  meetings: text`Lister les réunions : coming, past, cancelled`,
  "meet-show": "Afficher une réunion",
  "meet-read": "Lire une réunion dans une fenêtre",
  attend: "Indiquer si vous viendrez",
  deputise: "Confier votre suppléance à une personne de votre organisme",
  agenda: "Afficher l’ordre du jour",
  "agenda-add": "Inscrire un point à l’ordre du jour",
  "agenda-move": "Déplacer un point au sein de l’ordre du jour",
  "agenda-drop": "Retirer un point de l’ordre du jour",
  "agenda-admit": "Admettre un point hors délai",
  paper: "Joindre une pièce à une réunion ou à un point de l’ordre du jour",
  start: "Ouvrir la séance",
  here: "Signaler votre présence",
  attendance: "Enregistrer les présences",
  present: "Enregistrer une arrivée",
  left: "Enregistrer un départ",
  decide: "Enregistrer une décision",
  withdraw: "Retirer une décision enregistrée par erreur",
  note: "Ajouter une ligne au relevé de séance",
  "note-edit": "Modifier une ligne du relevé de séance",
  action: "Demander une mesure, en exécution d’une décision",
  end: "Lever la séance",
  minutes: "Lire le procès-verbal",
  "minutes-file": "Obtenir le procès-verbal au format Word",
  circulate: "Diffuser le projet de procès-verbal, aux fins de correction",
  correct: "Proposer une correction au procès-verbal",
  settle: "Retenir ou écarter une correction",
  approve: "Approuver le procès-verbal",
  decisions: "Rechercher des décisions, et suivre leur exécution",
  decision: "Afficher une décision et les mesures qui en découlent",
  presence: "Présence des organismes au fil du temps",
  invitation: "Obtenir le fichier de calendrier d’une réunion",
  calendar: "Votre adresse de calendrier",
  "meet-rules": text`Règles des réunions : quorum, convocation, ordre du jour, procès-verbal`,
};
