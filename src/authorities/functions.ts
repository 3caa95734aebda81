/**
 * What an authority is competent for: the purposes of the SHERLOC directory of competent national authorities, widened for
 * requests that the paper speaks of. Each says where it comes from, and whether that was read: who relies on one is shown it.
 */
type FunctionRow = {
  /** A treaty's article, or the list that it stands in. */
  source: string;
  /** The source was read in the article cited. */
  confirmed: boolean;
  /** What practitioners call it in languages that Coord does not speak (`directory` of the grammars has the others). */
  words: readonly string[];
};

const rows = {
  mla: {
    source: "SHERLOC; UNTOC 18(13)",
    confirmed: true,
    words: ["asistencia", "asistencia judicial"],
  },
  extradition: {
    source: "SHERLOC; UNTOC 16",
    confirmed: true,
    words: ["extradicion"],
  },
  transfer_sentenced_persons: {
    source: "SHERLOC; UNTOC 17",
    confirmed: true,
    words: ["traslado"],
  },
  smuggling_by_sea: {
    source: "SHERLOC; Protocol 8(6)",
    confirmed: true,
    words: ["mar", "buque", "barco"],
  },
  law_enforcement_cooperation: {
    source: "UNTOC 27; 2023/977 art 14",
    confirmed: true,
    words: ["policia"],
  },
  border_control: {
    source: "Protocol 11(6)",
    confirmed: true,
    words: ["frontera"],
  },
  travel_documents: {
    source: "Protocol 13",
    confirmed: true,
    words: ["pasaporte"],
  },
  joint_investigations: {
    source: "UNTOC 19; SHERLOC MLA tool",
    confirmed: true,
    words: ["equipo conjunto"],
  },
  special_techniques: {
    source: "UNTOC 20",
    confirmed: true,
    words: [],
  },
  witness_protection: {
    source: "UNTOC 24",
    confirmed: true,
    words: ["testigos"],
  },
  immigration: {
    source: "Directive 2004/81/EC",
    confirmed: true,
    words: ["residencia"],
  },
  readmission: {
    source: "Protocol 18",
    confirmed: true,
    words: ["readmision"],
  },
  asylum: {
    source: "Protocol 19",
    confirmed: true,
    words: ["asilo"],
  },
  child_protection: {
    source: "Protocol 16(4)",
    confirmed: true,
    words: ["ninos"],
  },
  rescue: {
    source: "SOLAS V/7, V/33; SAR Convention annex chapters 2-4; Protocol 9(1)(a) for the people on board",
    confirmed: true,
    words: ["salvamento"],
  },
  asset_recovery: {
    source: "SHERLOC; UNTOC 12-14 (requests: 13; contents 13(3))",
    confirmed: true,
    words: ["activos"],
  },
  firearms: {
    source: "SHERLOC; Firearms Protocol 13(2)",
    confirmed: true,
    words: ["armas"],
  },
  drugs_by_sea: {
    source: "SHERLOC/CNA publication; 1988 Convention art 17(7)",
    confirmed: true,
    words: ["drogas"],
  },
  cultural_property: {
    source: "SHERLOC",
    confirmed: false,
    words: [],
  },
  corruption: {
    source: "SHERLOC",
    confirmed: false,
    words: ["corrupcion"],
  },
  terrorism: {
    source: "SHERLOC",
    confirmed: false,
    words: ["terrorismo"],
  },
  prevention: {
    source: "SHERLOC; UNTOC 31(6)",
    confirmed: true,
    words: [],
  },
} as const satisfies Record<string, FunctionRow>;

export type AuthorityFunction = keyof typeof rows;
export const FUNCTIONS = Object.keys(rows) as AuthorityFunction[];
export const functionRow = (one: AuthorityFunction): FunctionRow => rows[one];
