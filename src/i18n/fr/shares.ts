import type * as en from "../en/shares.js";
import { counted, text, type Words } from "./elision.js";

/**
 * French for information sharing, by the rules of fr.ts. Sharing is partager, releasing communiquer, recalling retirer,
 * tightening renforcer les conditions; whoever gave it is l’organisme fournisseur; a breach is un manquement; what came
 * of it la suite donnée, the report of it le retour. References stand after their nouns, l’information I-31 heron, la
 * demande U-3, since I, said aloud, begins with a vowel. `who` is an agency alone here: no comma closes it.
 *
 * labelMeans keeps to the terms of TLP 2.0 (divulgation, destinataire individuel, besoin d’en connaître, canal accessible
 * au public), kinds and codeMeans those of the Protocol (migrants objet d’un trafic illicite, usage impropre).
 */

export const information: Words<typeof en.information> = {
  state: {
    draft: "Projet",
    review: "En attente de l’accord d’une seconde personne",
    released: "Communiquée",
    recalled: "Retirée",
    expired: "Validité expirée",
    closed: "Supprimée",
  },
  recipient: {
    delivered: "pas encore ouverte",
    in_use: "ouverte",
    declined: "déclinée",
    closed: "retour définitif donné",
  },
  suspended: "accès suspendu à la suite d’un manquement",
  outcomeState: { none: "aucun retour à ce stade", interim: "retour provisoire", final: "retour définitif" },
  outcomeDue: (p) =>
    p.late ? text`retour en retard ; échéance : ${p.when}` : text`retour demandé ; échéance : ${p.when}`,
  facts: {
    state: "État",
    from: "Organisme fournisseur",
    kind: "Nature",
    label: "Marquage",
    codes: "Codes de traitement",
    grade: "Cotation",
    released: "Date de communication",
    until: "Fin de validité",
  },
  kinds: {
    a: "Itinéraires, transporteurs et moyens de transport",
    b: "Identité et méthodes d’organisations et de groupes",
    c: text`Documents de voyage : authenticité, forme, vol ou usage impropre`,
    d: "Dissimulation, altération, usage impropre de documents, détection",
    e: "Législation, pratiques et mesures",
    f: "Sciences et technologies",
  },
  labelMeans: {
    CLEAR: "Aucune limite à la divulgation.",
    GREEN: text`Divulgation limitée aux membres de l’organe de coordination ; jamais par un canal accessible au public.`,
    AMBER: "Divulgation limitée à votre organisme, selon le besoin d’en connaître pour agir.",
    "AMBER+STRICT":
      "Divulgation limitée aux seules personnes désignées et aux points focaux de votre organisme, selon le besoin d’en connaître pour agir.",
    RED: "À votre attention exclusive, en qualité de destinataire individuel. Aucune autre divulgation à quiconque, ni à la personne qui assure votre intérim, ni à un point focal.",
  },
  codeShort: {
    H0: text`H0 : lutte contre la criminalité uniquement`,
    H1: text`H1 : pas en justice sans autorisation`,
    H2: text`H2 : pas de retransmission sans autorisation`,
    H3: text`H3 : votre propre condition`,
  },
  codeMeans: {
    H0: text`H0 : uniquement pour prévenir et combattre la criminalité, ce qui comprend la protection des migrants objet d’un trafic illicite.`,
    H1: text`H1 : aucune utilisation dans une procédure judiciaire sans l’autorisation de l’organisme fournisseur.`,
    H2: text`H2 : aucune retransmission sans l’autorisation de l’organisme fournisseur.`,
    H3: text`H3 : selon les indications de l’organisme fournisseur.`,
  },
  attribution: {
    yes: "L’organisme fournisseur peut être nommé.",
    no: "L’organisme fournisseur ne doit pas être nommé.",
  },
  validUntil: (p) => text`Fin de validité : ${p.when}.`,
  purposes: {
    investigation: "une enquête",
    prevention: "la prévention",
    protection: "la protection des personnes",
    assessment: "l’évaluation et l’élaboration des politiques",
  },
  outcomes: {
    arrest: "Arrestation",
    charge: "Inculpation ou poursuites",
    conviction: "Condamnation",
    seizure: "Saisie",
    document_fraud: "Fraude documentaire détectée",
    interception: "Interception à l’entrée ou à la sortie",
    route_disrupted: "Itinéraire perturbé",
    group_identified: "Groupe identifié",
    persons_rescued: "Personne protégée",
    protection_referral: "Orientation vers un dispositif de protection",
    new_lead: "Nouvelle piste",
    corroborated: "Information corroborée",
    alert: "Alerte émise",
    formal_request: "Utilisation dans une demande officielle",
    policy: "Modification d’une politique ou d’une formation",
    nothing: "Aucune suite",
    inaccurate: "Information inexacte",
    duplicate: "Information déjà connue",
    not_yet: "Trop tôt pour le dire",
  },
  askOutcome: text`Votre organisme l’a ouverte. Quelle suite a été donnée ?`,
  outcomeSealed: text`Un retour a été donné ; ses détails ne sont pas divulgués.`,
  summary: (p) => text`${p.what} : ${p.state}. Organisme fournisseur : ${p.from}. Marquage : TLP:${p.label}.`,
  gone: (p) =>
    `L’information ${p.what} ne peut plus être lue telle qu’elle était. Ouvrez-la à nouveau pour voir si elle vous est accessible.`,
  logTitle: (p) => text`Ouvertures de l’information ${p.what} : qui l’a lue`,
  nobodyOpened: "Personne ne l’a encore ouverte.",
  acceptedThen: "conditions acceptées",
  fileThen: "fichier téléchargé",
  onceFor: (p) => `s’ouvre une seule fois, pendant ${counted(p.minutes, "minute", "minutes")}`,
  upload: (p) =>
    text`Choisissez sur cette page le fichier à joindre à l’information ${p.what}. Elle accepte un seul fichier, pendant ${counted(p.minutes, "minute", "minutes")}, de votre part uniquement :`,
  reasons: {
    returned: "Motif du renvoi",
    declined: (p) => text`Motif donné par l’organisme suivant : ${p.agency}`,
    breach: (p) => text`Manquement signalé, organisme concerné : ${p.agency}`,
    none: "Rien n’a été indiqué à ce jour.",
  },
  conditionsFirst:
    "Voici les conditions de l’organisme fournisseur. Lire l’information vaut acceptation de ces conditions, et l’organisme fournisseur voit que vous l’avez lue et à quelle fin.",
  news: {
    tightened: (p) =>
      text`${p.who} a renforcé les conditions de l’information ${p.what}. Acceptez-les avant de la lire à nouveau ; une fenêtre encore ouverte dans Teams le reste jusqu’à ce que vous la fermiez.`,
    recalled: (p) =>
      text`${p.who} a retiré l’information ${p.what}. Elle ne peut plus être ouverte ; veuillez détruire les notes que vous en avez prises.`,
    restored: (p) =>
      text`${p.who} est revenu sur le retrait de l’information ${p.what} : elle peut de nouveau être ouverte, aux mêmes conditions.`,
    expired: (p) => `La validité de l’information ${p.what} a expiré, et celle-ci ne peut plus être ouverte.`,
    declined: (p) => `${p.who} a décliné l’information ${p.what}.`,
    returned: (p) =>
      text`L’information ${p.what} vous est renvoyée : la seconde personne n’a pas donné son accord. « Modifier » en montre le motif.`,
    breached: (p) =>
      `Un manquement aux conditions de l’information ${p.what} a été signalé par ${p.who}. L’accès de l’organisme concerné est suspendu.`,
    suspended: (p) =>
      `L’accès de votre organisme à l’information ${p.what} est suspendu, un manquement à ses conditions ayant été signalé.`,
    outcome: (p) => text`${p.who} indique la suite donnée à l’information ${p.what}.`,
    thanked: (p) => `${p.who} vous remercie de votre retour sur l’information ${p.what}.`,
    away: (p) =>
      text`Une personne à qui l’information ${p.what} a été communiquée est absente, et personne d’autre ne peut en prendre connaissance. Vous pouvez essayer de la joindre, ou la communiquer à quelqu’un d’autre.`,
    left: (p) =>
      text`Une personne à qui l’information ${p.what} a été communiquée n’est plus en fonction, et personne d’autre ne peut en prendre connaissance. Vous pouvez la communiquer à quelqu’un d’autre.`,
    nobody: (p) =>
      text`L’information ${p.what} n’a atteint personne chez l’un de ses destinataires : nul n’y est en mesure de l’ouvrir. Vous pouvez la communiquer à une personne nommée.`,
    undecided: (p) =>
      text`Personne ne peut en ce moment se prononcer sur votre demande relative à l’information ${p.what}. Elle reste en attente ; vous pouvez les appeler.`,
  },
  buttons: {
    show: "Afficher",
    write: "Rédiger",
    edit: "Modifier",
    send: "Communiquer",
    discard: "Supprimer",
    addFile: "Joindre un fichier",
    chooseFile: "Choisir le fichier",
    read: "Lire",
    open: "Ouvrir",
    agree: "Autoriser la communication",
    giveBack: "Renvoyer",
    decline: "Décliner",
    use: "Demander une utilisation",
    log: "Qui l’a ouverte",
    add: "Ajouter des destinataires",
    tighten: "Renforcer les conditions",
    recall: "Retirer",
    outcomes: "Retours",
    tellOutcome: "Indiquer la suite donnée",
    otherOutcome: "Autre",
    grant: "Accorder",
    refuse: "Refuser",
    accept: "Accepter et lire",
    next: "Suivant",
  },
  drafted: (p) =>
    text`L’information ${p.what} est à l’état de projet. Rédigez-en maintenant le contenu ; vous pourrez ensuite la communiquer.`,
  sent: (p) =>
    p.waits
      ? `L’information ${p.what} attend l’accord d’une seconde personne de votre organisme.`
      : `L’information ${p.what} est communiquée, et ses destinataires en ont reçu la fiche.`,
  returned: (p) => `L’information ${p.what} est renvoyée à la personne qui l’a rédigée.`,
  discarded: (p) => text`L’information ${p.what} est supprimée ; ce qui y était écrit n’existe plus.`,
  declined: (p) => `L’information ${p.what} est déclinée, et votre motif est transmis à l’organisme fournisseur.`,
  tightened: (p) =>
    `Les conditions de l’information ${p.what} sont renforcées. ${readers(p.readers)} Une fenêtre ouverte dans Teams le reste jusqu’à sa fermeture.`,
  recalled: (p) =>
    text`L’information ${p.what} est retirée : plus personne ne peut l’ouvrir. ${readers(p.readers)} Une fenêtre ouverte dans Teams le reste jusqu’à sa fermeture.`,
  unattended: (p) =>
    text`${p.name} (${p.agency}) ${p.until ? text`n’est pas là (absence jusqu’au retour prévu : ${p.until})` : "n’est plus en fonction"}. Ce qui a été communiqué sous TLP:RED n’est transmis à personne. S’il faut y mettre fin, vous pouvez tout retirer sans le lire.`,
  recallUnread: "Retirer sans lire",
  recalledUnread: (p) =>
    text`C’est retiré, sans lecture (${p.name}) : plus personne ne peut l’ouvrir. Une fenêtre ouverte dans Teams le reste jusqu’à sa fermeture.`,
  widened: (p) => `L’information ${p.what} compte ${counted(p.count, "destinataire", "destinataires")} de plus.`,
  outcomeNoted: (p) =>
    `La suite donnée à l’information ${p.what} est communiquée à l’organisme fournisseur (${p.agency}).`,
  thankedDone: (p) => `Vos remerciements pour la suite donnée à l’information ${p.what} sont en cours d’envoi.`,
  breachNoted: (p) => `Le manquement est enregistré. ${p.agency} ne peut plus ouvrir l’information ${p.what}.`,
  reinstated: (p) => `${p.agency} peut de nouveau ouvrir l’information ${p.what}.`,
  reviewSet: (p) =>
    p.on
      ? "Désormais, une seconde personne de votre organisme examine les informations avant leur communication."
      : "Désormais, votre organisme communique ses informations sans l’accord d’une seconde personne.",
  list: {
    title: (p) => (p.page > 1 ? `${p.view}, page ${p.page}` : p.view),
    views: {
      received: "Informations partagées avec vous",
      given: "Informations partagées par votre organisme",
      owed: "Retours attendus de votre part",
      all: "Toutes les informations que vous pouvez consulter",
    },
    empty: "Aucune information à afficher.",
  },
  ledger: {
    title: text`Réciprocité : ce que votre organisme a donné et reçu`,
    line: (p) =>
      text`informations données : ${p.gave}, retours obtenus : ${p.cameBack} ; informations reçues : ${p.received}, retours donnés : ${p.told}${p.owes ? text`, retours dus : ${p.owes}` : ""}`,
    empty: "Aucune information n’a encore été partagée avec votre organisme, ni par lui.",
  },
  remind: {
    outcome: (p) => `${p.from} souhaite connaître la suite donnée`,
    unopened: (p) => text`transmise par ${p.from}, et pas encore ouverte par votre organisme`,
    owed: (p) => text`retour dû par ${p.agency}, attendu par ${p.from} ; échéance : ${p.since}`,
    use: "attend votre réponse",
  },
  use: {
    state: {
      submitted: "En attente de l’organisme fournisseur",
      granted: "Accordée",
      refused: "Refusée",
      withdrawn: "Retirée",
      lapsed: "Expirée",
      void: text`Caduque : les conditions ont changé`,
    },
    codes: {
      H0: text`Autre finalité : évaluation ou politique publique, par exemple`,
      H1: "Utilisation dans une procédure judiciaire",
      H2: "Retransmission",
      H3: "Dérogation à la condition propre à l’organisme fournisseur",
    },
    asks: "Organisme demandeur",
    what: "Utilisation",
    purpose: "Finalité",
    forWhom: "Destinataires",
    basis: "Base juridique",
    answer: "Réponse",
    neededBy: "Réponse à donner avant",
    expires: "Fin de l’autorisation",
    summary: (p) =>
      text`Demande ${p.ref}, information ${p.share} (${p.code}) : ${p.state}. Organisme demandeur : ${p.agency}.`,
    asked: (p) =>
      `La demande ${p.ref} est transmise à l’organisme fournisseur (${p.agency}). Le silence ne vaut pas autorisation.`,
    decided: (p) =>
      `La demande ${p.ref} est ${p.granted ? "accordée" : "refusée"}, et la personne qui l’a présentée en est informée.`,
    withdrawn: (p) => `La demande ${p.ref} est retirée.`,
  },
};

function readers(count: number): string {
  if (count === 0) return "Personne ne l’avait lue.";
  return count === 1
    ? "Une personne l’avait lue et en est informée."
    : `${count} personnes l’avaient lue et en sont informées.`;
}

export const informationArgs: Words<typeof en.informationArgs> = {
  shareWith: "Destinataires",
  shareWithHint: text`Des organismes ou des personnes nommément désignées ; sous TLP:RED, des personnes uniquement`,
  shareKind: "Nature de l’information",
  shareCodes: "Codes de traitement",
  otherCode: "Votre propre condition (H3)",
  sourceGrade: "Cotation de la source (A, B, C, X)",
  contentGrade: "Cotation de l’information (1 à 4)",
  validUntil: "Fin de validité",
  outcomeDays: "Délai avant la demande de retour, en jours",
  attribution: text`L’organisme fournisseur peut-il être nommé ?`,
  shareTitle: "Intitulé",
  shareContent: "Texte",
  purpose: text`À quelle fin en avez-vous besoin ?`,
  useCode: "Utilisation demandée",
  usePurpose: "Finalité",
  useFor: "Destinataires de la retransmission",
  useBasis: "Base juridique",
  neededBy: "Réponse à donner avant",
  expires: "Fin de l’autorisation",
  useConditions: "Vos conditions",
  outcomeKind: "Suite donnée",
  outcomeFinal: "Retour provisoire ou définitif",
  finals: { interim: "provisoire, d’autres éléments peuvent suivre", final: "définitif" },
  outcomeDirect: "Directement ou indirectement",
  directs: { direct: "directement", indirect: "indirectement" },
  outcomeOn: "Date des faits",
  outcomeCount: "Nombre",
  narrative: "Exposé des faits",
  nextAt: "Prochaine demande de retour",
  breachWords: "Exposé des faits",
  yesNoWords: { yes: "oui", no: "non" },
  onOff: { on: "activer", off: "désactiver" },
};

export const informationErrors: Words<typeof en.informationErrors> = {
  // Of a request for use, too.
  noShare: (p) =>
    `Aucun élément ${p.ref} ne vous est accessible ici. Tapez shares pour voir les informations que vous pouvez consulter.`,
  shareAct: {
    see: (p) => `L’information ${p.ref} ne vous est pas destinée.`,
    open: (p) => `Il ne vous appartient pas d’ouvrir l’information ${p.ref}.`,
    edit: (p) => `Seule la personne qui a rédigé l’information ${p.ref} peut la modifier.`,
    review: (p) => text`L’information ${p.ref} attend l’accord d’une autre personne de l’organisme : ${p.provider}.`,
    control: (p) => text`Cette action revient à l’organisme fournisseur de l’information ${p.ref} : ${p.provider}.`,
    answer: (p) =>
      text`Cette action revient au point focal de l’organisme fournisseur de l’information ${p.ref} : ${p.provider}.`,
    receive: (p) => `Cette action est réservée aux destinataires de l’information ${p.ref}.`,
  },
  shareState: (p) =>
    text`L’information ${p.ref} ne peut être ouverte ou modifiée ainsi ; état actuel : ${p.state.toLowerCase()}.`,
  shareNotFor: "Une information est partagée par l’organisme lui-même, et non pour son compte.",
  redShareNamed: text`TLP:RED est réservé à des personnes nommément désignées : désignez des personnes, et non des organismes.`,
  otherCode: text`Le code H3 va de pair avec votre propre condition : indiquez les deux, ou ni l’un ni l’autre.`,
  nobodyToShare: "Désignez un autre organisme, ou une personne qui en relève.",
  recipientsThere: (p) => `Ces destinataires disposent déjà de l’information ${p.ref}.`,
  shareEmpty: (p) => text`Rien n’est encore écrit dans l’information ${p.ref}. Cliquez sur « Rédiger » dans sa fiche.`,
  shareLapsed: (p) => `La validité de l’information ${p.ref} a expiré. Établissez-la à nouveau.`,
  outcomeUnopened: (p) =>
    text`Personne de votre organisme n’a ouvert l’information ${p.ref} : aucune suite ne peut encore être indiquée. Pour la lire, tapez : open ${p.ref}`,
  outcomeTold: (p) =>
    text`La suite donnée à l’information ${p.ref} est déjà indiquée : ${p.kind}. Rien n’a été renvoyé. Pour la compléter, tapez : outcome ${p.ref}`,
  shareDeclined: (p) => `Votre organisme a décliné l’information ${p.ref}.`,
  onlyStricter: (p) =>
    `Les conditions de l’information ${p.ref} ne peuvent qu’être renforcées. Pour les assouplir, partagez-la à nouveau.`,
  nothingTightened: (p) =>
    `Aucune condition de l’information ${p.ref} ne serait renforcée. Choisissez un marquage plus strict, un autre code de traitement ou une fin de validité plus proche.`,
  acceptFirst: (p) =>
    text`Acceptez d’abord les conditions de l’information ${p.ref} : cliquez sur « Ouvrir » dans sa fiche.`,
  purposeH0: (p) =>
    `L’information ${p.ref} ne peut être utilisée que pour prévenir et combattre la criminalité, ce qui comprend la protection (H0). Choisissez une autre finalité.`,
  inDialogOnly: text`Une information ne se rédige que dans une fenêtre ; ce que vous avez saisi n’a donc pas été retenu et n’est conservé nulle part. Veuillez supprimer cette ligne, puis taper : share @organisme`,
  wordsDropped:
    "Les mots qui suivent n’ont pas été pris et ne sont conservés nulle part. Veuillez supprimer cette ligne.",
  fileLate: "Cette information n’accepte plus de fichier. Les fichiers se joignent au projet, avant la communication.",
  fileSize: (p) =>
    text`Un fichier compte ${p.megabytes} Mo au plus et ne peut être vide. Choisissez-en un autre, avec une nouvelle adresse : share file`,
  fileCount: (p) => `Une information accepte ${p.max} fichiers au plus.`,
  fileType: (p) => text`Ce type de fichier n’est pas accepté. Sont acceptés : ${p.kinds}.`,
  breachOwn: text`Vous pouvez signaler un manquement de votre propre organisme ; l’organisme fournisseur signale ceux des autres.`,
  notRecipient: (p) => `Cet organisme n’est pas destinataire de l’information ${p.ref}.`,
  nothingUnattended: text`Il n’y a rien que vous puissiez retirer à sa place.`,
  nothingToThank: (p) =>
    `L’information ${p.ref} n’a encore donné lieu à aucun retour pour lequel il vous reste à remercier.`,
  codeNotThere: (p) => text`L’information ${p.ref} ne porte pas le code ${p.code} : aucune demande n’est nécessaire.`,
  useForWhom: text`Indiquez à qui l’information serait retransmise : organismes ou personnes.`,
  useSettled: (p) => text`La demande ${p.ref} n’est plus en cours ; état actuel : ${p.state.toLowerCase()}.`,
  useVoid: (p) =>
    `Les conditions ont changé depuis la présentation de la demande ${p.ref}, qui est par conséquent caduque.`,
  neededPast: text`Cette date est passée. Indiquez une date à venir, par exemple : ven. 17h`,
  outcomeKind: (p) =>
    text`« ${p.said} » ne figure pas parmi les suites reconnues. Choisissez-en une au moyen des boutons de la fiche.`,
};

export const informationCommands: Words<typeof en.informationCommands> = {
  share: "Partager une information selon vos conditions",
  "share-write": "Rédiger le contenu d’une information",
  "share-file": "Joindre un fichier à un projet",
  "share-send": "Communiquer une information à ses destinataires",
  "share-discard": "Supprimer un projet d’information",
  "share-review": "Autoriser la communication d’une information rédigée par une autre personne",
  "share-return": "Renvoyer une information à la personne qui l’a rédigée",
  "share-show": "Afficher la fiche d’une information",
  open: "Lire une information, selon ses conditions",
  "share-decline": "Décliner une information qui ne vous concerne pas",
  "share-add": "Ajouter des destinataires à une information",
  "share-log": "Voir qui a ouvert une information, quand et à quelle fin",
  tighten: "Renforcer les conditions d’une information",
  recall: text`Retirer une information : plus personne ne peut l’ouvrir`,
  "recall-red": text`Retirer, sans la lire, une information sous TLP:RED d’une personne absente`,
  shares: "Lister ou rechercher les informations partagées avec vous et par vous",
  outcome: "Indiquer la suite donnée à une information",
  outcomes: "Lire les retours sur une information",
  thank: "Remercier de la suite donnée à une information",
  ledger: text`Réciprocité : ce que votre organisme a donné et reçu`,
  breach: "Signaler un manquement aux conditions d’une information",
  reinstate: "Rétablir l’accès d’un organisme après un manquement",
  use: "Demander une utilisation que les codes de traitement n’autorisent pas",
  "use-show": "Afficher une demande d’utilisation",
  "use-read": "Lire une demande d’utilisation",
  "use-grant": "Accorder une utilisation",
  "use-refuse": "Refuser une utilisation",
  "use-withdraw": "Retirer une demande d’utilisation",
  "share-rule": "Faire examiner, ou non, par une seconde personne ce que votre organisme communique",
};
