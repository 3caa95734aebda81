import type { DirectoryWords } from "../../grammar/directory.js";

export const directory: DirectoryWords = {
  urgent: ["urgent", "urgently", "emergency", "24 7", "24h", "24 hours", "night", "at night", "tonight", "now", "asap"],
  unchecked: [
    ...["unchecked", "not checked", "never checked", "to check", "to be checked", "unverified", "not verified"],
    ...["never verified", "to verify", "outdated", "stale", "overdue", "check overdue"],
  ],
  idle: (
    "a an the of for in at to on by with and or who which whom is are authority authorities contact " +
    "contacts competent please can do does we i me request requests phone number about from there all " +
    "everybody everyone"
  ).split(" "),
  requests: {
    video_testimony: [
      ...["video", "video link", "videolink", "video conference", "videoconference", "video hearing"],
      ...["remote hearing", "remote testimony", "testimony by video", "hearing by video"],
      ...["hearing by video link", "witness by video", "video witness"],
    ],
    evidence_statements: [
      ...["evidence", "statements", "statement", "witness statement", "witness statements", "interview", "hearing"],
      ...["taking of evidence", "take evidence", "take statements", "questioning", "interrogation"],
    ],
    service_of_documents: ["service", "service of documents", "serve documents", "serving documents", "summons"],
    search_seizure: [
      ...["search", "seizure", "freezing", "search and seizure", "house search", "freeze", "freezing of assets"],
    ],
    examine_objects: ["site visit", "examination of objects", "inspection"],
    information_experts: ["expert", "experts", "expert evaluation", "expert opinion", "forensics"],
    documents_records: [
      ...["records", "bank records", "bank account", "company records", "certified copies", "documents"],
      ...["financial records", "bank statements", "criminal record", "bank", "banks", "account", "bank details"],
    ],
    trace_proceeds: ["proceeds", "tracing", "trace proceeds", "tracing of proceeds"],
    voluntary_appearance: ["voluntary appearance", "appearance"],
    detained_person: ["detained person", "transfer of a detained person", "temporary transfer"],
    digital: [
      ...["data", "digital evidence", "electronic evidence", "e evidence", "preservation", "data preservation"],
      ...["traffic data", "subscriber", "subscriber data", "phone records", "call data", "phone data"],
    ],
    transfer_of_proceedings: ["transfer of proceedings", "proceedings"],
  },
  functions: {
    mla: [
      "mla",
      "mutual legal",
      "legal assistance",
      "rogatory",
      "letters rogatory",
      "videolink",
      "judicial assistance",
    ],
    extradition: ["extradition", "surrender", "arrest", "extradite"],
    transfer_sentenced_persons: ["prisoner transfer", "sentenced", "transfer of prisoners", "sentenced persons"],
    smuggling_by_sea: [
      "sea",
      "boat",
      "ship",
      "flag",
      "vessel",
      "boarding",
      "registry",
      "by sea",
      "at sea",
      "maritime",
      "smuggling by sea",
      "migrants by sea",
    ],
    law_enforcement_cooperation: ["police", "spoc", "interpol", "ncb", "intel", "law enforcement", "intelligence"],
    border_control: ["border", "frontier", "crossing", "hotline", "border guard"],
    travel_documents: ["passport", "document check", "visa", "passports", "verification of documents"],
    joint_investigations: ["jit", "joint team", "joint investigation", "joint investigation team"],
    special_techniques: ["surveillance", "undercover", "interception", "special techniques", "controlled delivery"],
    witness_protection: ["witness", "relocation", "witnesses"],
    immigration: ["permit", "residence", "stay", "residence permit"],
    readmission: ["return", "readmission", "consulate", "laissez passer", "travel document", "returns"],
    asylum: ["asylum", "refugee", "protection", "refugees"],
    child_protection: ["child", "minor", "guardian", "children", "minors"],
    rescue: ["mrcc", "rescue", "sar", "distress", "sea rescue", "search and rescue"],
    asset_recovery: ["asset", "confiscation", "freezing", "assets", "confiscation of proceeds"],
    firearms: ["firearms", "weapons", "arms"],
    drugs_by_sea: ["drugs sea", "drugs by sea", "drugs"],
    cultural_property: ["cultural", "cultural property"],
    corruption: ["corruption"],
    terrorism: ["terrorism"],
    prevention: ["prevention", "prevention of crime"],
  },
  kinds: {
    central_authority: ["central authority", "central"],
    executing_authority: ["executing authority", "court", "prosecutor"],
    contact_point: ["contact point", "desk"],
    liaison_officer: ["liaison", "liaison officer", "attache"],
    consulate: ["consulate", "consul", "embassy"],
    international_organisation: ["international organisation", "international organization"],
  },
};
