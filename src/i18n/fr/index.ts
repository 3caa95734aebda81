import type { Messages } from "../en/index.js";
import { agencies, agencyArgs, agencyCommands, agencyErrors, setup } from "./agencies.js";
import { placeArgs, placeCommands, placeErrors, places } from "./conversations.js";
import { counted, joined, text, type Words } from "./elision.js";
import { matchArgs, matchCommands, matchErrors, matches } from "./matches.js";
import { meetingArgs, meetingCommands, meetingErrors, meetings } from "./meetings.js";
import { plan, planArgs, planCommands, planErrors } from "./plan.js";
import { reportArgs, reportCommands, reportErrors, reports } from "./reports.js";
import { information, informationArgs, informationCommands, informationErrors } from "./shares.js";
import { sure } from "./sure.js";
import { titles } from "./titles.js";
import { training, trainingArgs, trainingCommands, trainingErrors } from "./training.js";
import { turns } from "./turns.js";

/**
 * Administrative French: sober, vous, the terms of the United Nations (organisme, organe de coordination, point focal).
 * What people type stays as it is typed: commands, keys, labels. Dates in examples are French, since the parser reads them.
 *
 * Names may be any word, so nothing stands before one that elides or contracts with it (de, que, à + le), and no
 * participle agrees with a person. "T-12" is une tâche. None counts as one: 0 tâche. `who` is a name and an agency,
 * "Omar Rashad, Inspection du travail": before a verb a comma closes it. A form's title is the first words of its
 * command's summary (Slack shows 24 letters).
 */

const meant = (near: string[]): string => text`Vouliez-vous dire ${joined(near, "ou")} ?`;

const words: Words<Messages> = {
  titles,
  lists: {
    part: (p) => `${p.range} sur ${p.of}.`,
    follow: "La suite existe.",
    closedHidden: "Les tâches closes ne sont pas affichées.",
    closed: "Closes",
    pastHidden: "Les réunions passées ou annulées ne sont pas affichées.",
    past: "Passées",
  },
  form: { send: "Envoyer", cancel: "Annuler", close: "Fermer" },
  files: { once: "Cette adresse ouvre un fichier, une seule fois, pour vous.", get: "Obtenir le fichier" },

  args: {
    when: "date",
    pick: {
      time: "Heure",
      timeHint: (p) => `Sans heure choisie, ce sera ${p.time}.`,
      none: { label: "Ou sans date", box: "Sans date" },
      typed: (p) =>
        p.readings.length
          ? text`Vous avez écrit « ${p.said} », ce qui peut être ${joined(p.readings, "ou")}. Choisissez la bonne date.`
          : text`Vous avez écrit « ${p.said} ». Choisissez le jour voulu.`,
    },
    agency: "@organisme",
    person: "@personne",
    party: "@organisme ou @personne",
    partyLabel: "Destinataire",
    partyHint: "Un organisme, dont le point focal confie la tâche à une personne, ou une personne",
    title: "Tâche à accomplir",
    detail: "Précisions",
    by: "Échéance",
    label: "Marquage (TLP)",
    labelHint: "Au-dessus de GREEN, l’intitulé s’ouvre dans une fenêtre et n’apparaît jamais dans la conversation",
    priority: "Priorité",
    with: "Organismes d’appui",
    who: "Personne",
    otherAccount: "votre autre compte, mentionné, ou le mot code",
    reason: "Motif",
    evidence: "Ce qui a été fait",
    comment: "Votre commentaire",
    newDate: "Nouvelle date",
    text: "mots",
    role: "Rôle",
    language: "Langue",
    zone: "Fuseau horaire",
    hours: "Heures de travail",
    hoursHint: text`Par exemple : 08:00-16:00`,
    from: "Début",
    until: "Fin",
    deputy: "Intérim assuré par",
    recallRed: "Informations communiquées sous TLP:RED",
    recallsRed: "les retirer, personne d’autre ne le pouvant",
    successor: "Nouveau point focal",
    view: "Liste",
    page: "page",
    reference: "référence",
    theReference: (p) => text`la référence (${p.letter})`,
    command: "commande",
    agencyLabel: "Organisme",
    body: "Organe de coordination",
    yesNo: "on ou off",
    ladder: "Rappels",
    ladderHint: text`Par exemple : 3d before, 1d before, due, daily late, 3d late focal, 7d late desk ; ou : default`,
    hour: "Heure",
    days: "Jours",
    daysHint: "1 désigne le lundi, par exemple 1,2,3,4,5",
    ...meetingArgs,
    ...informationArgs,
    ...matchArgs,
    ...reportArgs,
    ...placeArgs,
    ...planArgs,
    ...trainingArgs,
    ...agencyArgs,
  },

  labels: {
    restricted: "lecture dans une fenêtre uniquement",
    marked: (p) => text`Marquage : TLP:${p.label}.`,
    hidden: (p) => `(non affiché ici, TLP:${p.label})`,
  },
  priority: { "life-safety": "Vie et sécurité des personnes", urgent: "Urgente", normal: "Normale", low: "Basse" },
  state: {
    asked: "Demandée",
    agreed: "Acceptée",
    done: "Terminée",
    closed: "Clôturée",
    declined: "Déclinée",
    cancelled: "Annulée",
  },
  roles: {
    staff: "agent",
    focal_point: "point focal",
    coordinator: "coordination",
    rapporteur: "rapporteur national",
    observer: "observateur",
    admin: "administration",
  },

  tasks: {
    who: (p) => `${p.name}, ${p.agency}`,
    by: (p) => `${p.name}, ${p.agency}`,
    clock: "Coord",
    enteredFor: (p) => `${p.agency} (saisie par ${p.name})`,
    facts: {
      state: "État",
      from: "Demandée par",
      to: "Destinataire",
      due: "Échéance",
      with: "Appui",
      priority: "Priorité",
      label: "Marquage",
    },
    flags: { late: "En retard", blocked: "Difficulté" },
    support: { asked: "demandé", agreed: "accepté", declined: "décliné" },
    noDate: "date non fixée",
    evidence: "Ce qui a été fait",
    reasonGiven: { notYet: "Motif de la réouverture", end: "Motif" },
    because: (p) => text`Motif : ${p.reason}`,
    proposal: (p) => text`Une autre date est proposée : ${p.when}, par ${p.who}.`,
    closedAt: (p) => text`Clôture : ${p.when}`,
    doneAt: (p) => text`Terminée : ${p.when} ; clôture automatique après cinq jours ouvrés sans réponse`,
    firstDue: (p) => text`Échéance convenue à l’origine : ${p.when}`,
    askedAt: (p) => text`Demandée : ${p.when}`,
    summary: (p) =>
      text`${p.what} : ${p.state}. Demandée par : ${p.from}. Destinataire : ${p.to}. Échéance : ${p.due}.`,
    forWhom: (p) => `pour ${p.agency}`,
    byWhom: (p) => text`destinataire : ${p.agency}`,
    asOf: (p) => text`Situation relevée : ${p.when}`,
    notForYou: "Cette fiche ne vous est plus destinée.",
    asked: (p) =>
      text`${p.ref} : la demande est transmise. Destinataire : ${p.to}. ${p.due ? text`Échéance : ${p.due}.` : "Aucune échéance n’a été fixée."} Sa fiche se trouve dans notre conversation et se tient à jour d’elle-même.`,
    stayed: (p) => text`Reste dans l’intitulé : ${joined(p.phrases.map(quoted), "et")}.`,
    today: "Aujourd’hui",
    tomorrow: "Demain",
    similar: (p) =>
      p.count < 2
        ? text`Une tâche en cours que vous pouvez consulter est proche de celle-ci :`
        : text`Des tâches en cours que vous pouvez consulter sont proches de celle-ci :`,
    given: (p) => text`${p.ref} : la tâche est confiée à ${p.to}.`,
    accepted: (p) => text`${p.ref} : la tâche est acceptée.`,
    declined: (p) =>
      text`${p.ref} : la tâche est déclinée ; votre motif est transmis à la personne à l’origine de la demande.`,
    dateSet: (p) => text`${p.ref} : l’échéance est fixée (${p.when}).`,
    datePut: (p) => text`${p.ref} : la date proposée (${p.when}) est soumise pour accord. Réponse attendue : ${p.to}.`,
    dateKept: (p) => text`${p.ref} : l’échéance reste inchangée (${p.when}).`,
    finished: (p) =>
      text`${p.ref} : la tâche est terminée. Confirmation attendue : ${p.to} ; sans réponse, elle est clôturée après cinq jours ouvrés.`,
    blocked: (p) => text`${p.ref} : la difficulté est signalée à la personne à l’origine de la demande.`,
    unblocked: (p) => text`${p.ref} : la tâche se poursuit.`,
    closed: (p) => text`${p.ref} : la tâche est clôturée.`,
    reopened: (p) => text`${p.ref} : la tâche est rouverte.`,
    cancelled: (p) => text`${p.ref} : la tâche est annulée.`,
    unchanged: (p) => text`${p.ref} : rien n’a changé.`,
    edited: (p) => text`${p.ref} : la tâche est modifiée.`,
    supported: (p) => text`${p.ref} : la réponse de votre organisme est enregistrée.`,
    said: (p) => text`${p.ref} : votre commentaire est transmis à toutes les personnes qui participent à cette tâche.`,
    undone: (p) => text`Action annulée : la tâche ${p.ref} a retrouvé son état antérieur.`,
    nudged: (p) => {
      if (p.count === 0) return "Ces personnes ont déjà été sollicitées. Chacune l’est une fois par jour au plus.";
      return p.count === 1 ? "Une relance est en cours d’envoi." : `${p.count} relances sont en cours d’envoi.`;
    },
    nudgePreview: (p) =>
      p.count < 2
        ? text`Cette tâche est en retard. Les personnes qui en sont chargées recevraient un message courtois :`
        : text`Ces ${p.count} tâches sont en retard. Les personnes chargées de chacune recevraient un message courtois :`,
    nudgeSend: "Envoyer",
    comment: (p) => `${p.who}, a commenté ${p.ref}.`,
    commentHidden: (p) => text`${p.who}, a commenté ${p.ref}. Cliquez sur « Lire » pour voir le commentaire.`,
    news: {
      agreed: (p) => `${p.who}, a accepté ${p.what}.`,
      declined: (p) => `${p.who}, a décliné ${p.what}.`,
      due: (p) => `${p.who}, a modifié l’échéance fixée pour ${p.what}.`,
      dateProposed: (p) => {
        if (!p.when) return text`${p.who}, demande une autre date. Tâche : ${p.what}`;
        if (!p.instead) return text`${p.who}, demande une autre date : ${p.when}. Tâche : ${p.what}`;
        return text`${p.who}, demande une autre date : ${p.when}, au lieu de la date convenue (${p.instead}). Tâche : ${p.what}`;
      },
      dateGranted: (p) => `${p.who}, a accepté la nouvelle date pour ${p.what}.`,
      dateRefused: (p) => `${p.who}, maintient la date fixée pour ${p.what}.`,
      done: (p) => `${p.who}, a terminé ${p.what}. Veuillez clôturer la tâche ou indiquer ce qui manque.`,
      problem: (p) => `${p.who}, signale une difficulté concernant ${p.what}.`,
      resolved: (p) => text`${p.who}, poursuit ${p.what} : la difficulté est levée.`,
      closed: (p) => `${p.who}, a clôturé ${p.what}.`,
      closedBySilence: (p) =>
        text`${p.what} : la tâche est clôturée, aucune objection n’ayant été formulée pendant cinq jours ouvrés.`,
      notYet: (p) => text`${p.who}, signale une tâche qui n’est pas encore terminée : ${p.what}.`,
      cancelled: (p) => `${p.who}, a annulé ${p.what}.`,
      edited: (p) => `${p.who}, a modifié ${p.what}.`,
      supported: (p) => text`${p.who}, apportera son appui à la tâche suivante : ${p.what}.`,
      supportDeclined: (p) => text`${p.who}, ne peut apporter son appui à la tâche suivante : ${p.what}.`,
      undone: (p) => `${p.who}, a annulé sa dernière action sur ${p.what}.`,
      leaver: (p) =>
        text`${p.what} : la personne qui en était chargée n’est plus en fonction. Veuillez vous adresser à quelqu’un d’autre.`,
      away: (p) =>
        text`${p.what} : la personne qui en est chargée est absente, et personne d’autre ne peut en prendre connaissance. Vous pouvez essayer de la joindre, ou vous adresser à quelqu’un d’autre.`,
      nobody: (p) =>
        text`${p.what} : personne ne peut être joint au nom de l’organisme. Le secrétariat en est informé et peut agir pour lui.`,
      snoozedPastDue: (p) => `${p.who}, ne reprendra ${p.what} qu’après l’échéance. Un échange pourrait être utile.`,
      nudge: (p) => `${p.who}, souhaite savoir où en est ${p.what}.`,
    },
    buttons: {
      open: "Ouvrir",
      read: "Lire",
      reply: "Répondre",
      give: "Confier à",
      accept: "Accepter",
      otherDate: "Proposer une autre date",
      decline: "Décliner",
      done: "Tâche terminée",
      moreTime: "Demander un délai",
      problem: "Signaler une difficulté",
      resolved: "Difficulté levée",
      close: "Clôturer",
      notYet: "Pas encore terminée",
      nudge: "Relancer",
      edit: "Modifier",
      withdraw: "Retirer la demande",
      agreeDate: "Accepter la nouvelle date",
      keepDate: "Maintenir la date",
      support: "Appui assuré par",
      supportMyself: "J’apporte mon appui",
      more: "Suite",
      newTask: "Nouvelle tâche",
    },
    list: {
      empty: "Aucune tâche à afficher.",
      title: (p) => `${p.view} (${p.count})`,
      views: {
        mine: "À votre charge",
        agency: "Tâches de votre organisme",
        asked: "Demandées par votre organisme",
        late: "En retard",
        done: "Terminées, à clôturer",
        closed: "Clôturées",
        all: "Toutes les tâches que vous pouvez consulter",
      },
    },
    hints: (p) =>
      text`Un autre organisme mène des travaux proches de votre tâche ${p.ref} : ${p.agency}. Souhaitez-vous prendre contact ?`,
  },

  meetings,
  information,
  matches,
  reports,
  places,
  plan,
  training,
  turns,
  agencies,
  setup,
  sure,

  inbox: {
    title: (p) => text`${p.name} : à votre charge`,
    clear: "Rien n’est à votre charge. Personne n’attend de réponse de votre part.",
    clearIn: (p) => text`Rien ne vous attend dans cet organe de coordination : ${p.body}.`,
    others: text`Vous participez à d’autres organes de coordination. Voir ce qui vous y attend :`,
    overdue: "En retard",
    today: (p) => text`Échéance : ${p.day}`,
    week: (p) => text`Échéance : ${p.until} au plus tard`,
    later: "Plus tard ou sans date",
    answer: "En attente de votre réponse",
    meetings: (p) => text`Réunions (dernier jour : ${p.until}) et demandes en attente de réponse`,
    toDecide: (p) => text`Demandes à confier à une personne : ${p.agency}`,
    toClose: "Terminées par d’autres, à clôturer",
    waiting: "Vos demandes en cours",
    more: (p) => `et ${counted(p.count, "autre", "autres")}`,
    first: (p) => text`Il peut y en avoir davantage : le décompte s’arrête à ${p.most}. Tout voir : tasks ou meetings.`,
    foot: (p) => `${p.body} · ${p.now}`,
  },

  reminders: {
    heading: (p) => {
      if (p.count > 1) return text`Rappel : ${p.count} ${p.tasksOnly ? "tâches" : "éléments"}`;
      if (p.kind === "figure") return text`Rappel : une valeur du plan est à indiquer`;
      if (p.kind === "figure-late") return text`Rappel : une valeur du plan manque`;
      if (p.kind === "match") return text`Rappel : une inscription arrive à échéance`;
      if (p.kind === "training-lapse") return text`Rappel : délai écoulé sans correspondance`;
      if (p.kind === "training-evaluate") return text`Rappel : votre avis sur la session`;
      if (p.kind === "training-follow") return text`Rappel : quelles suites données à la formation ?`;
      if (p.kind === "outcome") return text`Rappel : quelle suite a été donnée ?`;
      if (p.kind === "owed") return text`Rappel : un retour est attendu`;
      if (p.kind === "use") return text`Rappel : une demande d’utilisation attend votre réponse`;
      if (p.kind === "meeting-soon") return text`Rappel : la réunion va commencer`;
      if (p.kind === "meeting-agenda") return text`Rappel : l’ordre du jour sera bientôt clos`;
      if (p.kind === "meeting-rsvp") return text`Rappel : viendrez-vous ?`;
      if (p.kind === "meeting-poll") return text`Rappel : quelles dates vous conviennent ?`;
      if (p.kind === "meeting-start") return text`Rappel : il est temps de commencer`;
      if (p.kind === "meeting-end") return text`Rappel : réunion toujours en cours`;
      if (p.kind === "meeting-correct") return text`Rappel : procès-verbal encore ouvert aux corrections`;
      if (p.kind === "meeting-corrected") return text`Rappel : le délai de correction est écoulé`;
      if (p.kind === "due") return text`Rappel : échéance atteinte`;
      if (p.kind === "late") return text`Rappel : tâche en retard`;
      if (p.kind === "unanswered") return text`Rappel : demande sans réponse`;
      if (p.kind === "decide") return text`Rappel : une autre date attend votre réponse`;
      if (p.kind === "snooze") return text`Rappel : comme demandé`;
      if (p.kind === "silence") return text`Rappel : tâche terminée, à clôturer par vos soins`;
      return text`Rappel : échéance proche`;
    },
    snoozed: (p) => text`Prochain rappel concernant ${p.ref} : ${p.when}.`,
    snooze: "Me le rappeler",
    snoozeChoices: { hour: "dans une heure", tomorrow: "le lendemain matin", workingDay: "le jour ouvré suivant" },
    gotIt: "Vu",
    noted: "C’est noté.",
    told: (p) => text`Rappels adressés : ${p.list}`,
    ladder: (p) => text`Rappels (${p.what}) : ${p.ladder}`,
    late: (p) => text`Ce rappel arrive avec retard ; moment prévu : ${p.when}.`,
    settled: (p) =>
      text`Ce rappel est sans objet désormais${p.what.length ? ` (${p.what.join(", ")})` : ""} : plus rien ne vous y est demandé.`,
  },

  digest: {
    person: "Votre récapitulatif du matin",
    mine: "Ce qui m’attend",
    nudge: "Relancer les retardataires",
    body: (p) => text`${p.body} : la semaine par organisme`,
    line: (p) =>
      text`en cours : ${p.open}, en retard : ${p.late}, sans réponse : ${p.unanswered} ; sur les sept derniers jours, ouvertes : ${p.opened}, clôturées : ${p.closed}`,
    head: (p) =>
      text`Scellement du journal : ${p.at} ; événements : ${p.events}, empreinte : ${p.head}. Conservez ce message : il révèle toute modification ultérieure du journal.`,
    nothing: text`Il n’y a rien à signaler ; aucun récapitulatif ne serait donc envoyé.`,
    off: text`Aucun récapitulatif ne vous est plus envoyé. Pour le rétablir : digest on`,
    set: (p) =>
      text`Votre récapitulatif est envoyé à ${p.at}, lorsqu’il y a quelque chose à signaler. Jours d’envoi : ${p.days}.`,
    restDay: (p) =>
      text`Jour de repos de l’organe de coordination : ${p.day}. Choisissez un jour ouvré, par exemple : digest body at:09:00 days:2`,
    bodySet: (p) => `Le récapitulatif de l’organe de coordination est envoyé chaque ${p.day} à ${p.at}.`,
    choices: {
      on: "activer",
      off: "désactiver",
      body: "celui de l’organe de coordination",
      agency: "la semaine de votre organisme",
    },
    agency: (p) => text`${p.agency} : votre semaine`,
    also: (p) =>
      text`attendues d’autres organismes : ${p.asked} ; informations non ouvertes : ${p.shares}, suites à indiquer : ${p.outcomes}, valeurs du plan à indiquer : ${p.figures} ; réunions des sept prochains jours : ${p.meetings}`,
    agencySet: (p) =>
      p.on
        ? "Le canal de votre organisme reçoit sa semaine, à l’heure du récapitulatif de l’organe de coordination."
        : text`Le canal de votre organisme ne reçoit plus de récapitulatif hebdomadaire. Pour le rétablir : digest agency weekly:on`,
    workingDays: "jours ouvrés",
    weekdays: ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
  },

  delivery: {
    undelivered: (p) =>
      text`Votre message n’a pu être remis à ${p.person} (${p.agency}) : ${p.why}. ${p.passedOn ? "Il est transmis au point focal de cet organisme." : "Personne d’autre ne l’a reçu."}`,
    why: (p) =>
      ({
        account_gone: "le compte n’existe plus",
        bot_removed: "Coord y a été retiré",
        token_revoked: "l’accès accordé à Coord y a été retiré",
        channel_gone: "la conversation n’existe plus",
        blocked: "Coord y est bloqué ou n’y est pas installé",
        too_large: "le message est trop volumineux",
        refused: "la plateforme l’a refusé",
        gave_up: "la plateforme n’a pas répondu pendant une journée",
      })[p.reason] ?? "la plateforme l’a refusé",
    none: "Tous les messages ont été remis.",
    title: "Messages qui n’ont pu être remis",
    line: (p) => text`${p.person}, ${p.when} : ${p.why}`,
  },

  people: {
    newcomer: { name: (p) => `Nouveau venu ${p.number}`, agency: "pas encore d’organisme" },
    unknown: (p) =>
      text`${p.name ? `${p.name}, ce` : "Ce"} compte n’est pas encore connu ici. Si un code vous a été remis, tapez : join ABCD-EFGH (dans Slack : /coord join ABCD-EFGH). Sinon, demandez au point focal de votre organisme de vous inscrire.`,
    welcome: (p) =>
      text`Bienvenue, ${p.name}. Votre organisme : ${p.agency}. Votre organe de coordination : ${p.body}. Tapez /coord (dans Teams : @Coord) pour voir ce qui est à votre charge, ou help pour voir ce que vous pouvez faire.`,
    askedToJoin: (p) =>
      text`Merci. Il appartient maintenant au point focal de votre organisme (${p.agency}) de confirmer que ce compte est le vôtre.`,
    joinAsk: (p) =>
      text`${p.name} demande à rejoindre votre organisme (${p.agency}). Rôle : ${p.role}. Compte : ${p.platform}. S’agit-il bien de cette personne ?`,
    joiners: "Demandes d’inscription",
    noJoiners: "Personne ne demande à rejoindre votre organisme.",
    confirm: "Oui, admettre",
    refuse: "Non",
    confirmed: (p) => text`${p.name} : l’inscription est confirmée.`,
    refusedJoin: (p) => text`${p.name} : l’inscription est refusée.`,
    code: (p) =>
      text`Code pour ${p.agency} (${p.role}) : ${p.code}. Il ne sert qu’une fois ; expiration : ${p.until}. La personne qui arrive tape : /coord join ${p.code}. Vous confirmez ensuite son compte.`,
    firstCode: (p) =>
      text`Code pour la première personne de cet organisme (${p.agency}), son point focal : ${p.code}. Il ne sert qu’une fois ; expiration : ${p.until}. Ne l’envoyez qu’à elle ; elle tape : /coord join ${p.code} (dans Teams : @Coord join ${p.code}).`,
    add: (p) => text`Ajouter ${p.name} ? Organisme : ${p.agency}. Rôle : ${p.role}.`,
    addYes: "Ajouter",
    added: (p) => text`Ajout effectué : ${p.name}, ${p.agency}.`,
    addedYou: (p) =>
      text`${p.by} a créé votre accès. Votre organisme : ${p.agency}. Votre organe de coordination : ${p.body}. Tapez /coord (dans Teams : @Coord) pour voir ce qui est à votre charge.`,
    removed: (p) => {
      const open = counted(p.count, "tâche en cours revient", "tâches en cours reviennent");
      return text`Accès désactivé : ${p.name}. ${p.count === 0 ? "Aucune tâche n’était en cours." : `${open} au point focal.`}`;
    },
    second: {
      list: (p) =>
        text`Vous êtes joignable ici : ${p.accounts.join(", ") || "nulle part"}. Pour rattacher un autre compte qui est le vôtre : account @vous, là où il peut être mentionné ; sinon account code, puis tapez le code là-bas.`,
      offered: text`Écrivez maintenant à Coord depuis ce compte, dans les 72 heures, par exemple /coord (dans Teams : @Coord). La question de savoir s’il est le vôtre y est posée ; un bouton suffit alors.`,
      code: (p) =>
        text`Votre code : ${p.code}. Tapez-le depuis votre autre compte : /coord join ${p.code} (dans Teams : @Coord join ${p.code}). La question de savoir si c’était vous est ensuite posée ici. Il ne sert qu’une fois ; expiration : ${p.until}. Ne le donnez à personne.`,
      question: (p) =>
        text`${p.name}, ${p.agency}, indique que ce compte est aussi le sien. Est-ce vous ? Tout ce qui lui appartient sera alors ouvert d’ici également.`,
      claimed: text`La personne qui a créé ce code est maintenant interrogée, dans le compte qu’elle a ici : était-ce elle ?`,
      asked: (p) =>
        text`Votre code a été tapé depuis un compte ${p.platform} : ${p.name}. Était-ce vous ? Tout ce qui vous appartient sera alors ouvert de là également.`,
      yes: "Oui, c’est moi",
      no: "Non",
      done: text`Le compte est rattaché : vous y voyez et y faites ce que vous voyez et faites ici.`,
      joined: (p) =>
        text`Compte rattaché : ici aussi, vous êtes ${p.name}. Tapez /coord (dans Teams : @Coord) pour voir ce qui est à votre charge.`,
      left: "Aucun compte n’a été rattaché.",
      yours: (p) =>
        text`Un autre compte est désormais le vôtre (${p.platform}). Si ce n’était pas vous, prévenez aussitôt le point focal de votre organisme.`,
      told: (p) =>
        text`${p.name} a rattaché un second compte qui est le sien (${p.platform}). S’il ne l’est pas : remove @${p.name}`,
    },
    who: (p) => text`${p.agency} : personnes à joindre`,
    onDuty: "de permanence en ce moment",
    away: (p) => text`absence, retour : ${p.until}${p.deputy ? `, intérim assuré par ${p.deputy}` : ""}`,
    reach: (p) => (p.phone ? `${p.platforms} · ${p.phone}` : p.platforms),
    nobody: text`aucune personne inscrite pour l’instant ; le secrétariat agit pour cet organisme`,
    platform: (p) => ({ web: "banc d’essai", mail: "courriel" })[p.name] ?? p.name,
    awaySet: (p) =>
      text`Votre absence est enregistrée. Retour : ${p.until}.${p.deputy ? ` Intérim assuré par ${p.deputy}.` : ""}`,
    awayEnded: "Votre retour est enregistré.",
    settings: (p) => text`Langue : ${p.lang}. Fuseau horaire : ${p.zone}. Heures de travail : ${p.from}-${p.to}.`,
    bodies: "Vos organes de coordination",
    bodySet: (p) => text`Vous intervenez désormais dans l’organe de coordination suivant : ${p.body}.`,
    whichBody: (p) =>
      text`${p.ref} désigne un élément différent dans chacun de vos organes de coordination. Lequel voulez-vous dire ?`,
    bodyLine: (p) => text`${p.slug} : ${p.name}${p.current ? " (actuel)" : ""}`,
    bound: (p) =>
      p.external
        ? text`Les avis destinés à cet organisme (${p.agency}) parviennent désormais dans la présente conversation. Une autre organisation la lit : seuls les textes TLP:CLEAR y sont affichés.`
        : text`Les avis destinés à cet organisme (${p.agency}) parviennent désormais dans la présente conversation. La question de savoir qui la lit est maintenant posée à ${p.platform} : si seules vos propres équipes la lisent, les textes y sont affichés jusqu’au niveau TLP:GREEN ; sinon, seuls les textes TLP:CLEAR le sont, et le motif vous est indiqué.`,
    dataOfficer: "protection des données",
    officerSet: (p) =>
      text`Protection des données, ${p.agency} : ${p.name} en est responsable désormais, et apprend le lendemain matin combien de fois des identifiants ont été inscrits discrètement. Seuls des nombres sont communiqués.`,
    dutySet: (p) => text`Permanence assurée par ${p.name}. Début : ${p.from}. Fin : ${p.until}.`,
    channelHello: text`Coord est présent ici. Un point focal rattache cette conversation à son organisme en tapant : bind @organisme`,
    hintsSet: (p) =>
      p.on
        ? "Votre organisme est désormais informé des travaux susceptibles de faire double emploi."
        : "Votre organisme n’est plus informé des travaux susceptibles de faire double emploi.",
  },

  help: {
    title: "Ce que vous pouvez faire",
    intro: text`Dans Slack, commencez par /coord ; dans Teams, par @Coord, ou écrivez directement à Coord. Ce que vous omettez vous est demandé dans un formulaire.`,
    groups: {
      tasks: "Tâches",
      meetings: "Réunions",
      information: "Informations",
      reports: "Bilans d’activité",
      plan: "Plan d’action",
      training: "Formation et bibliothèque",
      people: "Personnes",
      you: "Vous",
      desk: "Le secrétariat",
    },
    waiting: (p) =>
      p.count === 0
        ? "Rien ne vous attend."
        : p.count === 1
          ? "Une chose vous attend."
          : `${p.count} choses vous attendent.`,
    show: "Afficher",
    foot: text`Pour chaque sujet : un bouton, ou tapez par exemple help meetings.`,
    also: (p) => text`Également : ${p.commands.join(", ")}. Tapez help suivi de l’un de ces mots.`,
    about: {
      tasks: text`Une tâche demande quelque chose à un organisme pour une date. Son point focal la confie à quelqu’un ; qui l’exécute la déclare terminée ; qui l’a demandée la clôt. Sa carte montre où elle en est, dans Slack comme dans Teams.`,
      meetings: text`Chaque réunion a une carte sur laquelle chacun répond. Ajoutez des points à l’ordre du jour jusqu’à sa clôture ; pendant la séance, ouvrez, décidez, levez : le compte rendu est prêt.`,
      information: text`Ce que vous partagez s’écrit et se lit dans une fenêtre seulement, jamais dans la conversation. Vous dites qui peut le voir et dans quel but, vous voyez qui l’a ouvert, et vous pouvez le reprendre.`,
      reports: text`Un bilan compte ce qu’une période a apporté. Vous y ajoutez vos notes, puis vous le publiez : il ne peut plus changer ensuite.`,
      plan: text`Le plan d’action est connu de tous les membres : les objectifs, qui les conduit, et les chiffres qui montrent où ils en sont.`,
      training: text`Dites ce que votre organisme a besoin d’apprendre ou peut enseigner. Ce qui convient est proposé, et quelqu’un s’en charge.`,
      people: text`Qui est là, qui est de permanence, comment les joindre. Le point focal inscrit ses collègues et retire les partants.`,
      you: text`Comment Coord s’adresse à vous : langue, fuseau horaire, heures de travail, résumé du matin, et intérim pendant vos absences.`,
      desk: text`Ce que le secrétariat décide pour tous : les organismes, les rappels, les règles des réunions.`,
    },
  },

  commands: {
    inbox: "Ce qui est à votre charge, et ce que vous attendez",
    task: "Demander une tâche à un organisme ou à une personne, pour une date donnée",
    tasks: text`Lister les tâches : mine, agency, asked, late, done, closed, all`,
    show: "Afficher une tâche",
    read: "Lire une tâche et ses commentaires dans une fenêtre",
    give: "Confier une tâche à une personne, ce qui vaut acceptation",
    accept: "Accepter une tâche",
    decline: "Décliner une tâche, en indiquant le motif",
    date: "Demander une autre date, ou en fixer une",
    agree: "Accepter la date proposée",
    keep: "Maintenir la date fixée",
    done: "Terminer une tâche, en indiquant ce qui a été fait",
    problem: "Signaler une difficulté",
    resolved: "Signaler que la difficulté est levée",
    close: "Confirmer qu’une tâche déclarée terminée l’est bien",
    notyet: "Rouvrir une tâche qui n’est pas encore terminée, en indiquant pourquoi",
    cancel: "Annuler une tâche que vous avez demandée",
    edit: text`Modifier une tâche : son texte ou sa priorité`,
    support: "Répondre à une demande d’appui",
    say: text`Commenter une tâche ; toutes les personnes qui y participent lisent le commentaire`,
    snooze: "Différer le rappel d’une tâche",
    remind: text`Les rappels d’une tâche : les afficher ou les modifier`,
    ladder: text`Les rappels de l’organe de coordination pour une priorité : les afficher ou les modifier`,
    digest: text`Votre récapitulatif : tel qu’il serait envoyé maintenant, moment de l’envoi, ou arrêt`,
    gotit: "Indiquer qu’un rappel a été lu",
    undo: "Annuler votre dernière action, dans un délai de cinq minutes",
    nudge: "Demander avec courtoisie où en sont les tâches en retard",
    nudgeall: "Envoyer le message courtois au sujet de tout ce qui est en retard",
    who: "Personnes inscrites, personnes de permanence, moyens de les joindre",
    add: "Ajouter une personne de votre organisme, ou obtenir un code à lui remettre",
    join: "Vous inscrire à l’aide d’un code",
    joiners: "Personnes qui demandent à rejoindre votre organisme",
    letin: "Admettre une personne qui demande à rejoindre votre organisme",
    refuse: "Refuser une personne qui demande à rejoindre votre organisme",
    remove: "Désactiver l’accès d’une personne qui a quitté ses fonctions",
    away: "Signaler votre absence, et la personne qui assure l’intérim",
    back: "Signaler votre retour",
    account: text`Vos comptes ; en rattacher un second`,
    officer: "Désigner qui répond de la protection des données de votre organisme",
    duty: text`Permanence : inscrire une personne au tableau`,
    settings: text`Vos réglages : langue, fuseau horaire et heures de travail`,
    body: "Choisir l’organe de coordination dans lequel vous intervenez",
    bind: "Recevoir dans cette conversation les avis destinés à un organisme",
    hints: "Recevoir, ou non, les signalements de travaux proches de ceux de votre organisme",
    undelivered: "Messages qui n’ont pu être remis à votre organisme",
    for: "Agir pour un organisme absent des deux plateformes",
    help: "Ce que vous pouvez faire",
    ...meetingCommands,
    ...informationCommands,
    ...matchCommands,
    ...reportCommands,
    ...placeCommands,
    ...planCommands,
    ...trainingCommands,
    ...agencyCommands,
  },

  asking: {
    key: (p) =>
      text`« ${p.said} » n’est pas une indication reconnue. Vouliez-vous dire ${joined(p.near, "ou")} ? Rien n’a encore été fait.`,
    moment: (p) => {
      const nothing = "Rien n’a encore été fait.";
      switch (p.reason) {
        case undefined:
          return text`« ${p.said} » évoque une date. Est-ce l’échéance ? ${nothing}`;
        case "past":
          return text`« ${p.said} » est déjà passé. Quelle date voulez-vous dire ? ${nothing}`;
        case "negative":
          return text`« ${p.said} » appartient au passé. Pour quand faut-il que ce soit fait ? ${nothing}`;
        case "impossible":
        case "in_gap":
          return text`« ${p.said} » n’existe pas. Quelle date voulez-vous dire ? ${nothing}`;
        default:
          return p.readings > 1
            ? text`« ${p.said} » peut se lire de plusieurs façons. Que voulez-vous dire ? ${nothing}`
            : text`« ${p.said} » n’est pas une date certaine. Que voulez-vous dire ? ${nothing}`;
      }
    },
    by: (p) => text`Pour ${p.when}`,
    noDate: "Sans échéance",
    pickDate: "Choisir une date",
    agency: (p) => text`Il n’y a pas d’organisme @${p.said}. Lequel voulez-vous dire ? Rien n’a encore été fait.`,
    agencyFirst: (p) =>
      text`À qui cette tâche est-elle demandée ? « ${p.said} » pourrait désigner un organisme. Rien n’a encore été fait.`,
    anotherAgency: "Un autre",
    second: (p) =>
      p.supports
        ? text`${p.who} : en appui, ou seulement cité ? Rien n’a encore été fait.`
        : text`Un seul organisme est sollicité. ${p.who} serait seulement cité. Rien n’a encore été fait.`,
    supports: "En appui",
    person: (p) =>
      text`Faut-il confier la tâche à ${p.name} (${p.agency}), ou est-ce seulement une mention ? Rien n’a encore été fait.`,
    askPerson: (p) => text`Demander à ${p.name}`,
    keepWords: "Seulement cité",
    task: (p) => text`Est-ce une tâche à demander à ${p.who} ? Rien n’a encore été fait.`,
    form: "Ouvrir le formulaire",
    number: (p) => text`${p.said} peut désigner une tâche ou une réunion. Que voulez-vous voir ?`,
    remind: (p) =>
      p.some
        ? text`Rappel demandé : ${p.when}. Pour quelle tâche ?`
        : text`Vous n’avez aucune tâche en cours à vous rappeler. Pour une tâche dont vous connaissez la référence, écrivez : snooze T-12 ${p.when}`,
  },

  errors: {
    unknownCommand: (p) =>
      p.near.length
        ? text`« ${p.said} » n’est pas une commande. ${meant(p.near)} Tapez help pour les voir toutes.`
        : text`« ${p.said} » n’est pas une commande. Par exemple : task @labour Inspecter 3 exploitations avant ven. 17h. Tapez help pour les voir toutes.`,
    empty: (p) => text`${p.what} : veuillez renseigner cet élément.`,
    missing: (p) => text`Il manque : ${joined(p.what, "et")}. Syntaxe : ${p.usage}. Exemple : ${p.example}`,
    labelNotHere: (p) =>
      text`Le marquage TLP:${p.label} figure dans votre texte, or ce à quoi il se rattache est moins restreint ou ne porte pas de marquage : rien n’a été pris en compte. Si d’autres lisent cette conversation, supprimez-y votre message. Ce qui ne fait que parler d’un marquage se met entre guillemets.`,
    unknownKey: (p) =>
      text`« ${p.said} » n’est pas connu ici.${p.keys.length ? text` Sont possibles : ${p.keys.join(", ")}.` : ""} Les mots à prendre tels quels se mettent entre guillemets.`,
    quoteValue: (p) =>
      text`Après « ${p.said} », plusieurs mots se mettent entre guillemets, par exemple : ${p.example}`,
    leftOver: (p) =>
      text`${p.said === undefined ? "La suite de la ligne n’a pas été comprise" : text`« ${p.said} » n’a pas été compris`} et rien n’a été fait. Forme : ${p.usage}. Exemple : ${p.example}`,
    lineTooLong: (p) =>
      text`${p.length} caractères, c’est trop pour une ligne : le maximum est de ${p.max}. Commencez par l’essentiel, par exemple : task @labour Inspecter 3 exploitations avant ven. 17h`,
    messageTooLong: (p) =>
      text`Ce message compte ${p.length} caractères, pour un maximum de ${p.max}. Écrivez l’essentiel, par exemple : task @labour Inspecter 3 exploitations avant ven. 17h`,
    tooMany: (p) => text`${p.what} : le nombre de choix est limité à ${p.max}.`,
    unreadable: "Cette demande est illisible et rien n’a été fait. Tapez /coord pour voir où vous en êtes.",
    tooLong: (p) =>
      text`${p.what} : le texte compte ${p.length} caractères, pour un maximum de ${p.max}. Reportez le surplus dans un commentaire ou dans un document.`,
    when: (p) => {
      switch (p.reason) {
        case "not_a_date":
          return text`« ${p.said} » n’est pas une date reconnue. Par exemple : ven. 17h, demain, 31 mars, 2026-12-01 08:00.`;
        case "impossible":
          return text`« ${p.said} » n’existe pas. Par exemple : 28 février, ven. 17h.`;
        case "past":
          return text`« ${p.said} » appartient déjà au passé. Indiquez une date à venir, par exemple : demain 12h.`;
        case "negative":
          return text`« ${p.said} » remonte dans le temps. Indiquez une date à venir, par exemple : dans 3 jours.`;
        case "ambiguous":
          return text`« ${p.said} » peut se lire de deux façons. Écrivez la date en toutes lettres, par exemple : 4 mars 17h.`;
        case "in_gap":
          return text`« ${p.said} » n’existe pas : les horloges avancent à ce moment.${p.times?.length ? ` Choisissez ${joined(p.times, "ou")}.` : ""}`;
      }
    },
    pick: {
      missing: (p) => text`${p.what} : choisissez un jour ou écrivez-le, par exemple : ven. 17:00.`,
      past: (p) =>
        text`${p.picked} appartient déjà au passé (maintenant : ${p.now}). Choisissez un jour ou une heure à venir.`,
      day: (p) => text`${p.time}, mais quel jour ? Choisissez aussi le jour.`,
      both: text`Un jour est choisi et du texte est écrit : gardez l’un des deux. Le texte sert à ce qui se répète.`,
    },
    reference: (p) => text`« ${p.said} » n’est pas une référence. Par exemple : ${p.letter}-12.`,
    noTask: (p) => `Aucune tâche ${p.ref} ne vous est accessible ici. Tapez tasks pour voir les vôtres.`,
    noSuchKind: (p) => `Aucun élément ${p.ref} ne vous est accessible ici.`,
    noAgency: (p) => {
      const none = `Il n’existe aucun organisme @${p.said}.`;
      if (p.near.length) return `${none} ${meant(p.near)}`;
      return p.all.length
        ? text`${none} Organismes existants : ${p.all.join(", ")}.`
        : `${none} Tapez who pour voir les organismes existants.`;
    },
    noPerson: (p) =>
      p.said
        ? text`Personne ici ne répond au nom suivant : ${p.said}. Mentionnez la personne, ou écrivez son nom complet précédé de @, avec un point entre les mots : @maria.papadaki.`
        : text`Ce compte n’est pas encore connu ici. Le point focal de l’organisme concerné l’ajoute en tapant : add @personne`,
    severalPeople: (p) =>
      text`« ${p.said} » peut désigner : ${joined(p.names, "ou")}. Mentionnez la personne, ou écrivez son nom avec l’organisme : ${p.typed}`,
    which: (p) => text`Qui désignez-vous par « ${p.said} » ? Rien n’a encore été fait.`,
    label: (p) =>
      text`« ${p.said} » n’est pas un marquage. Les marquages sont CLEAR, GREEN, AMBER, AMBER+STRICT et RED, par exemple tlp:GREEN.`,
    oneOf: (p) => text`« ${p.said} » ne figure pas parmi les valeurs admises : ${p.options}.`,
    notYourAct: (p) =>
      text`Cette action sur ${p.ref} ne vous revient pas. Elle peut être effectuée par ${p.who}. Vous pouvez commenter : say ${p.ref} votre texte`,
    whoAsked: (p) => text`l’organisme à l’origine de la demande (${p.agency})`,
    whoDoes: (p) => text`la personne chargée de la tâche, ou le point focal de son organisme (${p.agency})`,
    whoSupports: "le point focal d’un organisme d’appui",
    laterOnly: (p) =>
      text`${p.ref} : l’échéance est fixée (${p.due}) ; un délai supplémentaire suppose une date ultérieure. Par exemple : date ${p.ref} dans 10 jours`,
    wrongState: (p) =>
      text`${p.ref} a évolué entre-temps ; état actuel : ${p.state.toLowerCase()}. Tapez ${p.ref} pour consulter la tâche.`,
    notOurs: (p) =>
      text`${p.person} ne relève pas de cet organisme (${p.agency}). Choisissez une personne qui en relève, par exemple : give T-12 @nom`,
    notParty: (p) => `L’appui de votre organisme n’a pas été demandé pour ${p.ref}.`,
    noProposal: (p) =>
      text`Aucune autre date n’est proposée pour ${p.ref}. Pour en demander une : date ${p.ref} ven. 17h`,
    ownProposal: (p) =>
      text`La date proposée pour ${p.ref} émane de votre propre partie ; il appartient à l’autre partie de répondre.`,
    noProblem: (p) => `Aucune difficulté n’est signalée pour ${p.ref}.`,
    redNeedsPerson: text`TLP:RED est réservé à des personnes nommément désignées : adressez la demande à une personne, par exemple : task @maria … tlp:RED`,
    redNoSupport: text`TLP:RED est réservé à des personnes nommément désignées : n’indiquez aucun organisme d’appui.`,
    redNotFor: "Une tâche TLP:RED ne peut être saisie pour un autre organisme.",
    redStays: (p) =>
      text`${p.ref} porte le marquage TLP:RED : la tâche reste confiée à la personne désignée. Déclinez-la, et la personne à l’origine de la demande s’adressera à quelqu’un d’autre.`,
    observer: (p) =>
      text`Cet organisme participe en qualité d’observateur et aucune tâche ne lui est demandée : ${p.agency}.`,
    restrictedThread: (p) =>
      text`${p.ref} dépasse le niveau admis dans cette conversation ; votre texte n’a donc pas été retenu. Supprimez-le ici et utilisez le bouton « Répondre » de la fiche.`,
    nothingToUndo: (p) =>
      text`Vous n’avez aucune action à annuler. Délai d’annulation : ${counted(p.minutes, "minute", "minutes")}.`,
    undoTooLate: (p) =>
      text`${p.ref} a changé depuis lors ; votre action ne peut plus être annulée. Tapez ${p.ref} pour consulter la tâche.`,
    notAllowed: (p) =>
      text`Cette action est réservée aux rôles suivants : ${joined(p.roles, "ou")}. Adressez-vous à une personne qui exerce l’un d’eux, ou tapez help pour voir ce que vous pouvez faire.`,
    notOwnAgency: "Cette action revient à l’organisme lui-même, par l’intermédiaire de son point focal.",
    code: text`Ce code n’est pas valable ici : il a déjà servi, il a expiré ou il est destiné à un autre espace de travail. Demandez-en un nouveau.`,
    addElsewhere: text`D’autres organismes lisent ce canal, et rien n’y indique à quel organisme appartient chaque personne. Tapez add @personne dans un canal de votre organisme, ou add Maria Papadaki pour obtenir un code.`,
    alreadyKnown: (p) => text`Ce compte est déjà connu ici : ${p.name}, ${p.agency}.`,
    noJoin: "Aucune demande correspondante n’est en attente. Tapez joiners pour voir celles qui le sont.",
    noBody: (p) =>
      text`Vous n’appartenez à aucun organe de coordination de ce nom : ${p.said}. Les vôtres : ${p.slugs.join(", ")}.`,
    zone: (p) =>
      text`« ${p.said} » n’est pas un fuseau horaire. ${p.near.length ? meant(p.near) : text`Par exemple : Europe/Athens.`}`,
    hours: (p) => text`« ${p.said} » n’indique pas des heures de travail. Par exemple : 08:00-16:00.`,
    order: "La fin doit être postérieure au début.",
    onlyInChannel: text`Tapez cette commande dans la conversation concernée : un canal ou une conversation de groupe.`,
    fromCoord: "Ce message est une fiche de Coord. Utilisez ses boutons, ou commentez-la.",
    full: text`Les demandes sont trop nombreuses en ce moment et la vôtre n’a pas pu être gardée. Veuillez la renvoyer dans un instant.`,
    tooOften: (p) =>
      text`Demandes trop fréquentes : rien n’a été fait. Réessayez dans ${p.minutes === undefined ? counted(p.seconds, "seconde", "secondes") : counted(p.minutes, "minute", "minutes")}.`,
    codesTried: (p) =>
      `Trop de codes ont été saisis ici. Attendez ${counted(p.minutes, "minute", "minutes")} ou demandez de l’aide à votre point focal.`,
    stale: "Ce bouton se rapporte à un élément qui a changé ou disparu. Tapez /coord pour voir où vous en êtes.",
    formSent: "Ce formulaire a déjà été envoyé.",
    changed: (p) =>
      text`${p.ref} a changé depuis l’affichage de cette fiche. Tapez ${p.ref} pour voir son état actuel.`,
    accountYours: "Ce compte est déjà le vôtre.",
    accountTaken: text`Ce compte est déjà celui d’une personne. Il faut d’abord le lui retirer : remove @nom`,
    accountSaid: (p) =>
      text`« ${p.said} » n’est pas un compte. Mentionnez le vôtre (account @vous), ou tapez account code pour obtenir un code.`,
    accountElsewhere: "Ce compte appartient à une personne d’un autre organisme. Il faut d’abord l’y retirer.",
    lastFocalPoint: (p) =>
      text`Personne d’autre n’est point focal de cet organisme (${p.agency}) : ${p.name}. Indiquez qui prend la suite : remove @… successor:@omar`,
    notRepresented: (p) => text`L’organisme suivant a ses propres membres ici et agit lui-même : ${p.agency}.`,
    boundElsewhere: "Cette conversation relève d’un autre organe de coordination.",
    snoozeLifeSafety: text`Un rappel concernant la vie ou la sécurité ne peut attendre plus d’une heure, par exemple : snooze T-12 dans 1 heure`,
    notMember: (p) => text`Ne participe pas à cet organe de coordination : ${p.person}.`,
    formOld: "Ce formulaire est trop ancien. Veuillez l’ouvrir à nouveau.",
    page: (p) => text`« ${p.said} » n’est pas un numéro de page. Par exemple : tasks mine page:2`,
    actForReachable: (p) =>
      text`Cet organisme a ici son propre point focal : ${p.agency}. Adressez-lui la demande : task @…`,
    ladder: (p) =>
      text`« ${p.said} » n’est pas une étape de rappel. Par exemple : 3d before, 2h before, due, 1d late, daily late, 3d late focal, 7d late desk.`,
    hour: (p) => text`« ${p.said} » n’est pas une heure. Par exemple : at:07:30`,
    days: (p) => text`« ${p.said} » n’indique pas des jours. 1 désigne le lundi, par exemple : days:1,2,3,4,5`,
    nothingLate: "Aucune tâche n’est en retard.",
    internal: "Une erreur s’est produite de notre côté, et rien n’a été modifié. Veuillez réessayer.",
    ...meetingErrors,
    ...informationErrors,
    ...matchErrors,
    ...reportErrors,
    ...placeErrors,
    ...planErrors,
    ...trainingErrors,
    ...agencyErrors,
  },
};

const quoted = (words: string): string => text`« ${words} »`;

export const fr: Messages = words as Messages;
