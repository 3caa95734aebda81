import type { DirectoryWords } from "../../grammar/directory.js";

export const directory: DirectoryWords = {
  urgent: [
    "urgent",
    "urgente",
    "urgence",
    "en urgence",
    "d urgence",
    "24 7",
    "24h",
    "24h 24",
    "nuit",
    "la nuit",
    "maintenant",
  ],
  unchecked: [
    ...["non verifie", "non verifiee", "non verifies", "non verifiees", "pas verifie", "pas verifiee", "pas verifies"],
    ...["pas verifiees", "jamais verifie", "jamais verifiee", "jamais verifies", "jamais verifiees", "a verifier"],
    ...["perime", "perimee", "perimes", "perimees", "verification en retard"],
  ],
  idle: (
    "un une le la les l d de des du pour en a au aux et ou qui quel quelle quels quelles est sont " +
    "autorite autorites contact contacts competente competent svp demande demandes telephone numero par " +
    "avec chez sur tout tous toutes toute"
  ).split(" "),
  requests: {
    video_testimony: [
      ...["video", "visio", "videoconference", "visioconference", "audition video", "audition par video"],
      ...[
        "audition a distance",
        "audition par visioconference",
        "audition par visio",
        "liaison video",
        "temoignage video",
      ],
    ],
    evidence_statements: ["audition", "auditions", "temoignage", "temoignages", "interrogatoire", "preuves"],
    service_of_documents: ["notification", "signification", "remise d actes", "citation", "notification d actes"],
    search_seizure: ["perquisition", "perquisitions", "saisie", "saisies", "perquisition et saisie"],
    examine_objects: ["visite des lieux", "examen d objets", "constat"],
    information_experts: ["expertise", "expertises", "expert"],
    documents_records: [
      ...["releves", "releves bancaires", "compte bancaire", "copies certifiees", "casier", "casier judiciaire"],
      ...["banque", "banques", "bancaire", "donnees bancaires"],
    ],
    trace_proceeds: ["produits du crime", "tracage"],
    voluntary_appearance: ["comparution volontaire", "comparution"],
    detained_person: ["transfert de detenu", "detenu", "transfert temporaire"],
    digital: ["donnees", "preuve electronique", "preuves electroniques", "conservation de donnees", "abonne"],
    transfer_of_proceedings: ["transmission de poursuites", "denonciation", "poursuites"],
  },
  functions: {
    mla: ["entraide", "commission rogatoire", "entraide judiciaire", "rogatoire"],
    extradition: ["extrader", "remise"],
    transfer_sentenced_persons: ["transferement", "condamnes", "transferement de condamnes"],
    smuggling_by_sea: ["mer", "navire", "navires", "bateau", "en mer", "par mer", "pavillon", "arraisonnement"],
    law_enforcement_cooperation: ["cooperation policiere", "renseignement", "bcn"],
    border_control: ["frontiere", "frontieres", "garde frontiere"],
    travel_documents: ["passeport", "passeports", "documents de voyage"],
    joint_investigations: ["equipe commune", "equipe commune d enquete", "enquete conjointe"],
    special_techniques: ["infiltration", "livraison surveillee", "ecoutes", "interception"],
    witness_protection: ["temoin", "temoins"],
    immigration: ["sejour", "titre de sejour"],
    readmission: ["retour", "retours", "readmission", "laissez passer", "document de voyage"],
    asylum: ["asile", "refugie", "refugies"],
    child_protection: ["enfant", "enfants", "mineur", "mineurs", "tuteur"],
    rescue: ["sauvetage", "detresse", "secours en mer"],
    asset_recovery: ["avoirs", "gel", "confiscation"],
    firearms: ["armes", "armes a feu"],
    drugs_by_sea: ["stupefiants", "drogue"],
    cultural_property: ["biens culturels"],
    terrorism: ["terrorisme"],
  },
  kinds: {
    central_authority: ["autorite centrale", "centrale"],
    executing_authority: ["autorite d execution", "tribunal", "procureur", "parquet"],
    contact_point: ["point de contact", "guichet"],
    liaison_officer: ["liaison", "officier de liaison", "attache"],
    consulate: ["consulat", "consul", "ambassade"],
    international_organisation: ["organisation internationale"],
  },
};
