import { fr } from "chrono-node";
import type { TimeWords } from "../../grammar/time.js";

export const time: TimeWords = {
  chrono: fr.casual,
  // chrono wants the article of `la semaine prochaine`, has no month alone, and stumbles over `lun.`
  forms: (text) => {
    const bare = text.replace(/(?<!\p{L})(lun|mar|mer|jeu|ven|sam|dim)\./u, "$1");
    const month = /^(?:en |mois de |mois d')?((?:\p{L}{4,}|mai)\.?(?: \d{4})?)$/u.exec(bare)?.[1];
    const first = month === undefined ? [] : [{ form: `1er ${month}`, month: true as const }];
    return [{ form: bare }, { form: `la ${bare}` }, { form: `le ${bare}` }, ...first];
  },
  now: "maintenant|imm[ée]diatement|tout de suite|d[eè]s que possible|dqp",
  hurry:
    "d[eè]s que (?:possible|vous (?:le )?pouvez)|au plus (?:vite|t[oô]t)|le plus (?:vite|t[oô]t) possible|sans (?:d[eé]lai|tarder|attendre)|dans les (?:meilleurs|plus brefs) d[eé]lais|imm[eé]diatement|tout de suite|de toute urgence|en urgence|dqp",
  hurryLast: "(?:tr[eè]s )?(?:urgent|vite)|rapidement|bient[oô]t|prochainement|maintenant",
  lead: "avant|pour|d'ici(?: [àa](?: la)?| au)?|jusqu'(?:[àa]|au|en)|au plus tard|[ée]ch[ée]ance|date limite|d[ée]lai|[àa] rendre|pas plus tard que",
  keyed: { until: "jusqu['’](?:à|au)|au|retour(?: le)?", from: "du|dès|à partir d[ue]" },
  lasting: "pour|pendant|durant",
  article: "le|la|les|[àa]|au|en|l'",
  articleTied: "l'",
  theDay: "le",
  figure: "er",
  of: "de |d'",
  courtesy:
    "s'il (?:vous|te) pla[iî]t|svp|stp|merci|merci d'avance|merci beaucoup|au plus tard|dernier d[ée]lai|si possible|imp[ée]rativement|maximum|max|pr[ée]cises?|heure locale",
  notBy:
    "apr[eè]s|depuis|d[eè]s|[àa] partir d[ue]|[àa] compter d[ue]|chaque|tous les|toutes les|dernier|derni[eè]re|pass[ée]e?|pas|entre|et|ou|de|du|pas avant|que",
  within: "dans les|sous les|d'ici [àa]|dans|sous|d'ici",
  fromNow: "plus tard",
  // Huit jours are a week and quinze jours two, counted as French does: with the day that it is.
  lengths: {
    ...{ "huit jours": 7, "une huitaine": 7, huitaine: 7, "une huitaine de jours": 7 },
    ...{ "quinze jours": 14, "une quinzaine": 14, quinzaine: 14, "une quinzaine de jours": 14 },
    ...{ "la huitaine": 7, "la quinzaine": 14 },
  },
  agoBefore: "il y a",
  ago: "plus t[ôo]t",
  yesterday: "(?:avant[- ])?hier(?: (?:matin|soir|apr[eè]s-midi))?|(?:la )?veille",
  lastOf: "semaine|mois|trimestre|ann[ée]e|an",
  lastBefore: "derni[eè]re?",
  lastBehind: "derni[eè]re?|pass[ée]e?",
  nextWorkingDay: "(?:le )?prochain jour ouvr\\S+",
  workingDays: "jours? (?:ouvr[ée]s?|ouvrables?|de travail)",
  dayAfterTomorrow: "apr[èe]s[- ]demain",
  tomorrow: "demain",
  vague: "quelques|environ|vers|autour d[ue]|d[ée]but|mi|courant|au d[ée]but d[ue]|milieu d[ue]|au milieu d[ue]",
  seasons: "printemps|[ée]t[ée]|automne|hiver|no[eë]l|p[âa]ques|nouvel an",
  units: {
    workingDays: "jours? (?:ouvr[ée]s?|ouvrables?|de travail)",
    minutes: "minutes?",
    hours: "heures?",
    days: "j|jours?",
    weeks: "sem|semaines?",
    months: "mois",
    years: "ans?|ann[ée]es?",
  },
  periods: {
    day: "journ[ée]e|jour",
    week: "semaine",
    month: "mois",
    quarter: "trimestre",
    year: "ann[ée]e|an",
  },
  endOf: "(?:la |en )?fin(?: de| du| d')?(?: la| le| l')?",
  ends: {},
  later: { "en huit": 7, "en quinze": 14 },
  laterBefore: {},
  nextWeekdayIs: "coming",
  endOfDay:
    "fin de journ[ée]e|(?:la )?fin de la journ[ée]e|en fin de journ[ée]e|fermeture des bureaux|dans la journ[ée]e",
  thisBefore: "ce|cet|cette|dans l[ae]|dans l'",
  nextBefore: "(?:le |la )?prochaine?",
  thisBehind: "-ci|en cours",
  placed: "prochaine?|derni[eè]re?|ce",
  nextBehind: "prochaine?|qui vient|[àa] venir",
  weekNumber: "semaine|sem\\.?|s",
  numbers: {
    ...{ un: 1, une: 1, deux: 2, trois: 3, quatre: 4, cinq: 5, sept: 7, huit: 8, neuf: 9, dix: 10, onze: 11 },
    ...{ douze: 12, quinze: 15, vingt: 20, trente: 30 },
  },
  weekdays: ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
  weekdaysShort: ["lun", "mar", "mer", "jeu", "ven", "sam", "dim"],
  months: [
    ...["janvier", "février", "fevrier", "mars", "avril", "mai", "juin", "juillet"],
    ...["août", "aout", "septembre", "octobre", "novembre", "décembre", "decembre"],
  ],
  monthsShort: ["janv", "févr", "fevr", "avr", "juil", "déc"],
  homonyms: ["mars", "mar", "mer", "jeu", "dim", "sam", "lun"],
  nearDays:
    "aujourd'hui|demain|apr[eè]s[- ]demain|hier|avant[- ]hier|ce (?:matin|soir|midi)|cet apr[eè]s-midi|cette nuit|(?:ce|le) week-?end",
  tonight: "cette nuit",
  weekend: "week-?end",
  at: "(?<![\\p{L}])[àa]",
  hours: "h|heures?",
  noon: "midi",
  midnight: "minuit",
  between: "ou|et|[àa]|au",
  timeOf: "(?!)",
  timeIn: "heure (?:de |d'|du )?(?:la |le )?|\\(heure (?:de |d'|du )?",
  cities: {
    ...{ athènes: "Europe/Athens", athenes: "Europe/Athens", londres: "Europe/London", bruxelles: "Europe/Brussels" },
    ...{ genève: "Europe/Zurich", geneve: "Europe/Zurich", vienne: "Europe/Vienna", "le caire": "Africa/Cairo" },
    ...{ caire: "Africa/Cairo", lisbonne: "Europe/Lisbon", varsovie: "Europe/Warsaw", bucarest: "Europe/Bucharest" },
    ...{ "la haye": "Europe/Amsterdam", beyrouth: "Asia/Beirut", alger: "Africa/Algiers", rome: "Europe/Rome" },
    ...{ moscou: "Europe/Moscow", nicosie: "Asia/Nicosia", "la valette": "Europe/Malta", dakar: "Africa/Dakar" },
  },
};
