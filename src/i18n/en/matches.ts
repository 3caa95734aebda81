/** English for deconfliction; the type that every other language must satisfy. */

export const matches = {
  kinds: {
    phone: "phone",
    document: "document",
    vessel: "vessel",
    vehicle: "vehicle",
    account: "account",
    name: "name",
  },
  hit: (p: { number: number; kind: string; agency: string; people: string[] }) =>
    `Your entry ${p.number} (${p.kind}) meets one of ${p.agency}. Talk to: ${p.people.join(", ") || p.agency}.`,
  registered: (p: { number: number; until: string }) =>
    `Entry ${p.number} is registered until ${p.until}. If another agency has the same, you both hear of it. What you typed is kept nowhere.`,
  runsOut: (p: { number: number; kind: string; when: string }) => `Entry ${p.number} (${p.kind}) runs out ${p.when}`,
  entry: (p: { number: number; kind: string }) => `entry ${p.number} (${p.kind})`,
  renew: "Renew",
  remove: "Remove",
  renewed: (p: { number: number; until: string }) => `Entry ${p.number} is kept until ${p.until}.`,
  removed: (p: { number: number }) => `Entry ${p.number} is removed, and nothing of it is kept.`,
  title: (p: { count: number }) => `Registered by your agency (${p.count})`,
  line: (p: { kind: string; by: string; until: string; hits: number; silent: boolean }) =>
    `${p.kind} · ${p.by} · until ${p.until}${p.hits ? ` · hits ${p.hits}` : ""}${p.silent ? " · silent" : ""}`,
  empty: "Nothing is registered.",
  hitsTitle: "Hits",
  hitLine: (p: { agency: string; people: string[]; when: string }) =>
    `${p.agency}, ${p.when}. Talk to: ${p.people.join(", ") || p.agency}`,
  noHits: "No hits.",
  import: (p: { minutes: number }) =>
    `Choose a CSV file with the columns kind, value, case, purpose, and country and silent where you want. The page takes one file, for ${p.minutes} minutes, from you alone:`,
  unfinished: (p: { count: number; standing: number; when: string }) =>
    `A list of ${p.count} rows broke off (begun ${p.when}): ${p.standing} of them are registered. Send the same file again to register the rest.`,
  asked: (p: {
    agency: string;
    day: string;
    own: number;
    askers: number;
    others: number;
    elsewhere: number;
    entries: number;
    officer: boolean;
  }) =>
    [
      `Silent deconfliction, ${p.agency}, ${p.day}.`,
      ...(p.own ? [`Registered silently by ${p.agency}: ${p.own} (people: ${p.askers}).`] : []),
      ...(p.others
        ? [
            `Registered silently by other agencies (${p.elsewhere}): ${p.others}, each compared with what ${p.agency} had registered (${p.entries}). Only those who asked know whether any met.`,
          ]
        : []),
      p.officer
        ? "You are told this as the data protection officer."
        : `${p.agency} has named no data protection officer, so you are told. Its focal point names one with: officer @name`,
    ].join(" "),
  fault: (p: { line: number; code: string; column?: string }) =>
    `Line ${p.line}${p.column ? ` (${p.column})` : ""}: ${faultOf(p.code)}.`,
};

function faultOf(code: string): string {
  const known: Record<string, string> = {
    too_large: "the file is too large",
    unreadable: "that cannot be read as CSV",
    no_rows: "there are no rows",
    too_many_rows: "there are too many rows",
    column_missing: "a column is missing",
    column_unknown: "a column is not known",
    column_twice: "a column is there twice",
    cells: "there are too many or too few cells",
    missing: "something is missing",
    too_long: "that is too long",
    kind_unknown: "the kind is not known",
    country_unknown: "the country is not known",
    silent_unclear: "silent is yes or no",
    empty: "nothing is there",
    too_short: "that is too short",
    not_a_number: "that is not a number",
    no_country: "the country is missing",
    check_digit: "the check digit is wrong",
    not_a_document: "that is not a document",
    not_a_vessel: "that is not a vessel",
    not_a_plate: "that is not a plate",
    not_an_account: "that is not an account",
    not_a_name: "that is not a name",
  };
  return known[code] ?? "that cannot be used";
}

export const matchArgs = {
  matchKind: "What it is",
  matchValue: "Number, plate, account or name",
  matchValueHint: "For example: +30 697 555 0101, GRC AB1234567, IMO 9074729",
  matchCase: "Case reference",
  matchPurpose: "What for",
  matchCountry: "Country, where it is written without one",
  matchSilent: "Tell hits to your agency alone",
  matchNumber: "Number of the entry",
};

export const matchErrors = {
  matchNotFor: "Identifiers are registered by the agency itself, not for it.",
  matchRate: (p: { max: number }) =>
    `You have registered ${p.max} within the hour. Continue later, or import a list: match import`,
  matchQuota: (p: { max: number; count: number }) =>
    `Your agency has ${p.count} entries of at most ${p.max}. Remove what is not needed any more: match list`,
  matchSilent: (p: { hour: number; day: number; more: number; left: number; until?: string }) =>
    [
      `An agency registers at most ${p.hour} silent entries an hour and ${p.day} a day, lists counted, so that nobody tries numbers out.`,
      p.until
        ? `The next one can be registered ${p.until}.`
        : `You gave ${p.more}, and ${p.left} can still be registered now.`,
      "Entries of which both agencies hear have no such limit.",
    ].join(" "),
  matchListRuns: (p: { minutes: number }) =>
    `This very file is being registered at this moment. If nothing comes of it, send it again in ${p.minutes === 1 ? "a minute" : `${p.minutes} minutes`}: match import`,
  noMatch: (p: { number: number }) => `Your agency has no entry ${p.number}. Type match list to see yours.`,
  matchValue: (p: { reason: string }) =>
    `That cannot be registered: ${faultOf(p.reason)}. For example: +30 697 555 0101`,
  matchInDialog:
    "Identifiers are typed in a dialog only, so what you typed was not taken and is kept nowhere. Please delete that line, then type: match add",
};

export const matchCommands = {
  "match-add": "Register an identifier for deconfliction",
  "match-list": "What your agency has registered",
  "match-remove": "Remove an entry",
  "match-renew": "Keep an entry for another 30 days",
  "match-hits": "Whom your agency's entries met",
  "match-import": "Register a list of identifiers",
};
