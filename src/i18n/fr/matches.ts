import type * as en from "../en/matches.js";
import { counted, text, type Words } from "./elision.js";

/** French for deconfliction, by the rules of fr.ts: an entry is une inscription, a hit une concordance. */

export const matches: Words<typeof en.matches> = {
  kinds: {
    phone: "téléphone",
    document: "document d’identité ou de voyage",
    vessel: "navire",
    vehicle: "véhicule",
    account: "compte",
    name: "nom",
  },
  hit: (p) =>
    text`Votre inscription ${p.number} (${p.kind}) concorde avec celle d’un autre organisme : ${p.agency}. À contacter : ${p.people.join(", ") || p.agency}.`,
  registered: (p) =>
    text`L’inscription ${p.number} est enregistrée (échéance : ${p.until}). Si un autre organisme a la même, chacun en est averti. Ce que vous avez saisi n’est conservé nulle part.`,
  runsOut: (p) => text`L’inscription ${p.number} (${p.kind}) arrive à échéance : ${p.when}`,
  entry: (p) => `inscription ${p.number} (${p.kind})`,
  renew: "Prolonger",
  remove: "Retirer",
  renewed: (p) => text`L’inscription ${p.number} est conservée. Échéance : ${p.until}.`,
  removed: (p) => text`L’inscription ${p.number} est retirée ; ses empreintes sont effacées.`,
  title: (p) => `Inscriptions de votre organisme (${p.count})`,
  line: (p) =>
    text`${p.kind} · ${p.by} · échéance : ${p.until}${p.hits ? ` · ${counted(p.hits, "concordance", "concordances")}` : ""}${p.silent ? " · discrète" : ""}`,
  empty: "Aucune inscription à afficher.",
  hitsTitle: "Concordances",
  hitLine: (p) => text`${p.agency}, ${p.when}. À contacter : ${p.people.join(", ") || p.agency}`,
  noHits: "Aucune concordance.",
  import: (p) =>
    text`Choisissez un fichier CSV avec les colonnes kind, value, case, purpose, et au besoin country et silent. La page accepte un seul fichier, pendant ${counted(p.minutes, "minute", "minutes")}, de votre part uniquement :`,
  unfinished: (p) =>
    text`Une liste de ${counted(p.count, "ligne", "lignes")} s’est interrompue (début : ${p.when}) ; déjà inscrites : ${p.standing}. Renvoyez le même fichier, et le reste le sera aussi.`,
  asked: (p) =>
    [
      text`Inscriptions discrètes, ${p.agency}, ${p.day}.`,
      ...(p.own ? [text`Faites par cet organisme : ${p.own} (personnes : ${p.askers}).`] : []),
      ...(p.others
        ? [
            text`Faites par d’autres organismes (${p.elsewhere}) : ${p.others}, chacune comparée à ce que celui-ci avait inscrit (${p.entries}). Seuls ceux qui les ont faites savent s’il y a eu concordance.`,
          ]
        : []),
      p.officer
        ? "Cet avis vous parvient au titre de la protection des données."
        : text`Aucun responsable de la protection des données n’est désigné pour cet organisme : c’est pourquoi cet avis vous parvient. Son point focal en désigne un en tapant : officer @nom`,
    ].join(" "),
  fault: (p) => text`Ligne ${p.line}${p.column ? ` (${p.column})` : ""} : ${faultOf(p.code)}.`,
};

function faultOf(code: string): string {
  const known: Record<string, string> = {
    too_large: "le fichier est trop volumineux",
    unreadable: "ce n’est pas du CSV lisible",
    no_rows: "aucune ligne à lire",
    too_many_rows: "trop de lignes",
    column_missing: "une colonne manque",
    column_unknown: "une colonne est inconnue",
    column_twice: "une colonne figure deux fois",
    cells: "trop ou trop peu de cellules",
    missing: "une indication manque",
    too_long: "texte trop long",
    kind_unknown: "type inconnu",
    country_unknown: "pays inconnu",
    silent_unclear: "silent vaut oui ou non",
    empty: "rien n’est indiqué",
    too_short: "texte trop court",
    not_a_number: "ce n’est pas un numéro",
    no_country: "le pays manque",
    check_digit: "la clé de contrôle est fausse",
    not_a_document: "ce n’est pas un document",
    not_a_vessel: "ce n’est pas un navire",
    not_a_plate: "ce n’est pas une plaque",
    not_an_account: "ce n’est pas un compte",
    not_a_name: "ce n’est pas un nom",
  };
  return known[code] ?? "indication inutilisable";
}

export const matchArgs: Words<typeof en.matchArgs> = {
  matchKind: "De quoi il s’agit",
  matchValue: "Numéro, plaque, compte ou nom",
  matchValueHint: text`Par exemple : +30 697 555 0101, GRC AB1234567, IMO 9074729`,
  matchCase: "Référence du dossier",
  matchPurpose: "Finalité",
  matchCountry: "Pays, si l’indication n’en comporte pas",
  matchSilent: "Concordances signalées à votre organisme seul",
  matchNumber: "Numéro de l’inscription",
};

export const matchErrors: Words<typeof en.matchErrors> = {
  matchNotFor: "Les identifiants sont inscrits par l’organisme lui-même, non en son nom.",
  matchRate: (p) =>
    text`Vous en avez inscrit ${p.max} en une heure. Reprenez plus tard, ou importez une liste : match import`,
  matchQuota: (p) =>
    text`Votre organisme a ${counted(p.count, "inscription", "inscriptions")}, ${p.max} au plus. Retirez ce qui n’est plus utile : match list`,
  matchSilent: (p) =>
    [
      text`Un organisme fait au plus ${p.hour} inscriptions discrètes par heure et ${p.day} par jour, listes comprises, pour que personne n’essaie des numéros.`,
      p.until
        ? text`Prochaine inscription possible : ${p.until}.`
        : text`Vous en proposez ${p.more} ; encore possibles à présent : ${p.left}.`,
      "Les inscriptions dont les deux organismes sont avertis n’ont pas cette limite.",
    ].join(" "),
  matchListRuns: (p) =>
    text`Ce même fichier est en cours d’inscription. Si rien n’aboutit, renvoyez-le dans ${counted(p.minutes, "minute", "minutes")} : match import`,
  noMatch: (p) => `Votre organisme n’a pas d’inscription ${p.number}. Tapez match list pour voir les vôtres.`,
  matchValue: (p) => text`Inscription impossible : ${faultOf(p.reason)}. Par exemple : +30 697 555 0101`,
  matchInDialog: text`Les identifiants ne se saisissent que dans une fenêtre ; ce que vous avez tapé n’a pas été pris et n’est conservé nulle part. Veuillez supprimer cette ligne, puis taper : match add`,
};

export const matchCommands: Words<typeof en.matchCommands> = {
  "match-add": "Inscrire un identifiant pour éviter les chevauchements",
  "match-list": "Voir les inscriptions de votre organisme",
  "match-remove": "Retirer une inscription",
  "match-renew": "Conserver une inscription 30 jours de plus",
  "match-hits": "Voir les concordances signalées à votre organisme",
  "match-import": "Inscrire une liste d’identifiants",
};
