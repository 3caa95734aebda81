/** English for information sharing; the type that every other language must satisfy. */

type What = { what: string; who: string };

export const information = {
  state: {
    draft: "Draft",
    review: "Waits for a second person",
    released: "Released",
    recalled: "Recalled",
    expired: "No longer valid",
    closed: "Discarded",
  },
  recipient: { delivered: "not opened yet", in_use: "opened", declined: "declined", closed: "final outcome told" },
  suspended: "access suspended after a breach",
  outcomeState: { none: "no outcome yet", interim: "interim outcome", final: "final outcome" },
  outcomeDue: (p: { when: string; late: boolean }) =>
    p.late ? `outcome owed since ${p.when}` : `outcome asked for ${p.when}`,
  facts: {
    state: "State",
    from: "From",
    kind: "Type",
    label: "Label",
    codes: "Handling",
    grade: "Grading",
    released: "Released",
    until: "Valid until",
  },
  kinds: {
    a: "Routes, carriers and means of transport",
    b: "Identity and methods of organisations and groups",
    c: "Travel documents: authenticity, form, theft or misuse",
    d: "Concealment, alteration, misuse of documents, detection",
    e: "Legislation, practice and measures",
    f: "Science and technology",
  },
  labelMeans: {
    CLEAR: "No limit on passing it on.",
    GREEN: "For the members of the coordination body; never a public channel.",
    AMBER: "For those of your agency who need it to act.",
    "AMBER+STRICT": "For the persons named and the focal points of your agency alone, who need it to act.",
    RED: "For you alone. It passes to nobody, no deputy and no focal point.",
  },
  /** In a list to tick, where 75 letters show; the condition itself is codeMeans. */
  codeShort: {
    H0: "H0: only to prevent and combat crime",
    H1: "H1: not in judicial proceedings without permission",
    H2: "H2: not to be passed on without permission",
    H3: "H3: your own condition",
  },
  codeMeans: {
    H0: "H0: only to prevent and combat crime, which includes protecting smuggled migrants.",
    H1: "H1: not in judicial proceedings without the provider's permission.",
    H2: "H2: not to be passed on without the provider's permission.",
    H3: "H3: as the provider says.",
  },
  attribution: {
    yes: "The provider may be named.",
    no: "The provider is not to be named.",
  },
  validUntil: (p: { when: string }) => `Valid until ${p.when}.`,
  purposes: {
    investigation: "an investigation",
    prevention: "prevention",
    protection: "the protection of persons",
    assessment: "assessment and policy",
  },
  outcomes: {
    arrest: "Arrest",
    charge: "Charge or prosecution",
    conviction: "Conviction",
    seizure: "Seizure",
    document_fraud: "Document fraud detected",
    interception: "Entry or departure intercepted",
    route_disrupted: "Route disrupted",
    group_identified: "Group identified",
    persons_rescued: "Person protected",
    protection_referral: "Protection referral",
    new_lead: "New lead",
    corroborated: "Corroborated",
    alert: "Alert issued",
    formal_request: "Used in a formal request",
    policy: "Policy or training change",
    nothing: "Nothing",
    inaccurate: "Inaccurate",
    duplicate: "Known before",
    not_yet: "Too early",
  },
  askOutcome: "Your agency opened it. What came of it?",
  outcomeSealed: "There is an outcome; its details are withheld.",
  summary: (p: { what: string; state: string; from: string; label: string }) =>
    `${p.what}: ${p.state}. From ${p.from}, TLP:${p.label}.`,
  gone: (p: { what: string }) =>
    `${p.what} cannot be read any more as it was. Open it again to see whether you still may.`,
  logTitle: (p: { what: string }) => `Who opened ${p.what}`,
  nobodyOpened: "Nobody has opened it yet.",
  acceptedThen: "accepted the conditions",
  fileThen: "downloaded a file",
  reasons: {
    returned: "Why it came back",
    declined: (p: { agency: string }) => `Why ${p.agency} declined`,
    breach: (p: { agency: string }) => `Breach reported, by ${p.agency}`,
    none: "Nothing was told yet.",
  },
  onceFor: (p: { minutes: number }) => `opens once, for ${p.minutes} minutes`,
  upload: (p: { what: string; minutes: number }) =>
    `Choose the file for ${p.what} on this page. It takes one file, from you alone, within ${p.minutes} minutes:`,
  conditionsFirst:
    "These are the provider's conditions. Reading accepts them, and the provider sees that you read it and why.",
  news: {
    tightened: (p: What) =>
      `${p.who} tightened the conditions of ${p.what}. Accept them before you read it again; a dialog that is still open on Teams stays until you close it.`,
    recalled: (p: What) =>
      `${p.who} recalled ${p.what}. It cannot be opened any more; please destroy what you noted of it.`,
    restored: (p: What) =>
      `${p.who} took back the recall of ${p.what}: it can be opened again, under the same conditions.`,
    expired: (p: What) => `${p.what} is no longer valid and cannot be opened any more.`,
    declined: (p: What) => `${p.who} declined ${p.what}.`,
    returned: (p: What) => `${p.what} is back with you: the second person did not agree. Change shows why.`,
    breached: (p: What) =>
      `${p.who} reported a breach of the conditions of ${p.what}. The access of the agency concerned is suspended.`,
    suspended: (p: What) =>
      `Your agency's access to ${p.what} is suspended after a breach of its conditions was reported.`,
    outcome: (p: What) => `${p.who} says what came of ${p.what}.`,
    thanked: (p: What) => `${p.who} thanks you for what you told about ${p.what}.`,
    away: (p: What) =>
      `Somebody to whom ${p.what} was given is away, and it passes to nobody else. You may want to reach them, or give it to somebody else.`,
    left: (p: What) =>
      `Somebody to whom ${p.what} was given has left, and it passes to nobody else. You may want to give it to somebody else.`,
    nobody: (p: What) =>
      `${p.what} reached nobody at one of its recipients: there is nobody there who may open it. You may want to give it to a person.`,
    undecided: (p: What) =>
      `Nobody who gave ${p.what} can decide your request at this moment. It waits; you may want to call them.`,
  },
  buttons: {
    show: "Show",
    write: "Write",
    edit: "Change",
    send: "Release",
    discard: "Discard",
    addFile: "Add a file",
    chooseFile: "Choose the file",
    read: "Read",
    open: "Open",
    agree: "Release it",
    giveBack: "Give back",
    decline: "Decline",
    use: "Ask for use",
    log: "Who opened it",
    add: "Add recipients",
    tighten: "Tighten",
    recall: "Recall",
    outcomes: "Outcomes",
    otherOutcome: "Other",
    tellOutcome: "Tell what came of it",
    grant: "Grant",
    refuse: "Refuse",
    accept: "Accept and read",
    next: "Next",
  },
  drafted: (p: { what: string }) => `${p.what} is a draft of yours. Now write what it says; then release it.`,
  sent: (p: { what: string; waits: boolean }) =>
    p.waits
      ? `${p.what} waits for a second person of your agency.`
      : `${p.what} is released, and its recipients have a card.`,
  returned: (p: { what: string }) => `${p.what} is back with its author.`,
  discarded: (p: { what: string }) => `${p.what} is discarded; what was written is gone.`,
  declined: (p: { what: string }) => `${p.what} is declined, and the provider has your reason.`,
  tightened: (p: { what: string; readers: number }) =>
    `The conditions of ${p.what} are tightened. ${readers(p.readers)} A dialog that is open on Teams stays until it is closed.`,
  recalled: (p: { what: string; readers: number }) =>
    `${p.what} is recalled: nobody can open it any more. ${readers(p.readers)} A dialog that is open on Teams stays until it is closed.`,
  unattended: (p: { name: string; agency: string; until?: string }) =>
    `${p.name} (${p.agency}) ${p.until ? `is away until ${p.until}` : "has left"}. What they gave under TLP:RED passes to nobody else. If it must stop, you can recall all of it without reading it.`,
  recallUnread: "Recall it unread",
  recalledUnread: (p: { name: string }) =>
    `Recalled, unread (${p.name}): nobody can open it any more. A dialog that is open on Teams stays until it is closed.`,
  widened: (p: { what: string; count: number }) =>
    p.count === 1 ? `${p.what} has one more recipient.` : `${p.what} has ${p.count} more recipients.`,
  outcomeNoted: (p: { what: string; agency: string }) => `What came of ${p.what} is with ${p.agency}.`,
  thankedDone: (p: { what: string }) => `Your thanks for what came of ${p.what} are on their way.`,
  breachNoted: (p: { what: string; agency: string }) =>
    `The breach is recorded. ${p.agency} cannot open ${p.what} any more.`,
  reinstated: (p: { what: string; agency: string }) => `${p.agency} can open ${p.what} again.`,
  reviewSet: (p: { on: boolean }) =>
    p.on
      ? "From now on a second person of your agency looks at what it releases."
      : "From now on your agency releases without a second person.",
  list: {
    title: (p: { view: string; page: number }) => (p.page > 1 ? `${p.view}, page ${p.page}` : p.view),
    views: {
      received: "Shared with you",
      given: "Shared by your agency",
      owed: "Outcomes you owe",
      all: "All you can see",
    },
    empty: "Nothing here.",
  },
  ledger: {
    title: "What your agency gave and got",
    line: (p: { gave: number; cameBack: number; received: number; told: number; owes: number }) =>
      `given ${p.gave}, outcomes back ${p.cameBack}; got ${p.received}, outcomes told ${p.told}${p.owes ? `, owed ${p.owes}` : ""}`,
    empty: "Nothing was shared with or by your agency yet.",
  },
  remind: {
    outcome: (p: { from: string }) => `${p.from} asks what came of it`,
    unopened: (p: { from: string }) => `${p.from} sent it, and nobody of your agency has opened it yet`,
    owed: (p: { agency: string; from: string; since: string }) =>
      `${p.agency} owes ${p.from} an outcome since ${p.since}`,
    use: "waits for your answer",
  },
  use: {
    state: {
      submitted: "Waits for the provider",
      granted: "Granted",
      refused: "Refused",
      withdrawn: "Withdrawn",
      lapsed: "Lapsed",
      void: "Void: the conditions changed",
    },
    codes: {
      H0: "Another purpose, such as assessment or policy",
      H1: "Use in judicial proceedings",
      H2: "Passing it on",
      H3: "An exception from the provider's own condition",
    },
    asks: "Asked by",
    what: "For",
    purpose: "Purpose",
    forWhom: "To whom",
    basis: "Legal basis",
    answer: "Answer",
    neededBy: "Needed by",
    expires: "Until",
    summary: (p: { ref: string; share: string; code: string; agency: string; state: string }) =>
      `${p.ref} on ${p.share} (${p.code}), asked by ${p.agency}: ${p.state}.`,
    asked: (p: { ref: string; agency: string }) => `${p.ref} is with ${p.agency}. Silence is no permission.`,
    decided: (p: { ref: string; granted: boolean }) =>
      `${p.ref} is ${p.granted ? "granted" : "refused"}, and those who asked are told.`,
    withdrawn: (p: { ref: string }) => `${p.ref} is withdrawn.`,
  },
};

function readers(count: number): string {
  return count === 0
    ? "Nobody had read it."
    : count === 1
      ? "One person had read it and is told."
      : `${count} persons had read it and are told.`;
}

export const informationArgs = {
  shareWith: "Who gets it",
  shareWithHint: "Agencies or named persons; under TLP:RED persons only",
  shareKind: "Type of information",
  shareCodes: "Handling codes",
  otherCode: "Your own condition (H3)",
  sourceGrade: "Source (A, B, C, X)",
  contentGrade: "Information (1 to 4)",
  validUntil: "Valid until",
  outcomeDays: "Ask for the outcome after, days",
  attribution: "May the provider be named?",
  shareTitle: "Title",
  shareContent: "Text",
  purpose: "What do you need it for?",
  useCode: "Which use",
  usePurpose: "What for",
  useFor: "To whom",
  useBasis: "Legal basis",
  neededBy: "Needed by",
  expires: "Granted until",
  useConditions: "Your conditions",
  outcomeKind: "What came of it",
  outcomeFinal: "Interim or final",
  finals: { interim: "interim, more may come", final: "final" },
  outcomeDirect: "Directly or indirectly",
  directs: { direct: "directly", indirect: "indirectly" },
  outcomeOn: "Date",
  outcomeCount: "How many",
  narrative: "What happened",
  nextAt: "Ask again",
  breachWords: "What happened",
  yesNoWords: { yes: "yes", no: "no" },
  onOff: { on: "on", off: "off" },
};

export const informationErrors = {
  noShare: (p: { ref: string }) => `There is no ${p.ref} for you here. Type shares to see what is shared with you.`,
  shareAct: {
    see: (p: { ref: string; provider: string }) => `${p.ref} is not for you.`,
    open: (p: { ref: string; provider: string }) => `${p.ref} is not for you to open.`,
    edit: (p: { ref: string; provider: string }) => `${p.ref} can only be changed by its author.`,
    review: (p: { ref: string; provider: string }) => `${p.ref} waits for another person of ${p.provider}.`,
    control: (p: { ref: string; provider: string }) => `That is for ${p.provider}, who gave ${p.ref}.`,
    answer: (p: { ref: string; provider: string }) =>
      `That is for the focal point of ${p.provider}, who gave ${p.ref}.`,
    receive: (p: { ref: string; provider: string }) => `That is for those who received ${p.ref}.`,
  },
  shareState: (p: { ref: string; state: string }) =>
    `${p.ref} cannot be opened or changed in this way. Its state: ${p.state.toLowerCase()}.`,
  shareNotFor: "An agency shares its information itself; nobody does it for the agency.",
  redShareNamed: "TLP:RED is for named persons only: name persons, not agencies.",
  otherCode: "H3 goes with your own condition: choose both, or neither.",
  nobodyToShare: "Name another agency, or a person of one.",
  recipientsThere: (p: { ref: string }) => `They have ${p.ref} already.`,
  shareEmpty: (p: { ref: string }) => `Nothing is written in ${p.ref} yet. Press Write on its card.`,
  shareLapsed: (p: { ref: string }) => `${p.ref} is no longer valid. Please write it again as a new share.`,
  outcomeUnopened: (p: { ref: string }) =>
    `Nobody of your agency has opened ${p.ref}, so nothing can have come of it yet. To read it, type: open ${p.ref}`,
  outcomeTold: (p: { ref: string; kind: string }) =>
    `What came of ${p.ref} is told already: ${p.kind}. Nothing was sent again. To add to it, type: outcome ${p.ref}`,
  shareDeclined: (p: { ref: string }) => `Your agency declined ${p.ref}.`,
  onlyStricter: (p: { ref: string }) =>
    `The conditions of ${p.ref} can only be made stricter. To loosen them, share it again.`,
  nothingTightened: (p: { ref: string }) =>
    `That would not make ${p.ref} stricter. Choose a stricter label, another code or an earlier end.`,
  acceptFirst: (p: { ref: string }) => `Accept the conditions of ${p.ref} first: press Open on its card.`,
  purposeH0: (p: { ref: string }) =>
    `${p.ref} may be used only to prevent and combat crime, which includes protection (H0). Choose another purpose.`,
  inDialogOnly:
    "Information is written in a dialog only, so what you typed was not taken and is kept nowhere. Please delete that line, then type: share @agency",
  wordsDropped: "The words after it were not taken and are kept nowhere. Please delete that line.",
  fileLate: "That share takes no more files. Add files while it is a draft.",
  fileSize: (p: { megabytes: number }) =>
    `A file may have up to ${p.megabytes} MB and cannot be empty. Choose another one, with a new link: share file`,
  fileCount: (p: { max: number }) => `${p.max} files are the most for one share.`,
  fileType: (p: { kinds: string }) => `That kind of file is not taken. These are: ${p.kinds}.`,
  breachOwn: "You can report a breach by your own agency; the provider reports those of others.",
  notRecipient: (p: { ref: string }) => `That agency did not receive ${p.ref}.`,
  nothingUnattended: "There is nothing that you could recall in their place.",
  nothingToThank: (p: { ref: string }) => `Nothing came of ${p.ref} yet that you have not thanked for.`,
  codeNotThere: (p: { ref: string; code: string }) => `${p.ref} does not carry ${p.code}: nothing needs to be asked.`,
  useForWhom: "Say to whom it would be passed on: agencies or persons.",
  useSettled: (p: { ref: string; state: string }) =>
    `${p.ref} no longer waits for an answer. Its state: ${p.state.toLowerCase()}.`,
  useVoid: (p: { ref: string }) => `The conditions changed since ${p.ref} was asked, so it is void.`,
  neededPast: "That date has passed. Give one to come, for example: Fri 17:00",
  outcomeKind: (p: { said: string }) =>
    `“${p.said}” is not an outcome that I know. Choose one with the buttons of the card.`,
};

export const informationCommands = {
  share: "Share information under your conditions",
  "share-write": "Write what a share says",
  "share-send": "Release a share",
  "share-file": "Add a file to a draft",
  "share-discard": "Discard a draft",
  "share-review": "Release what a colleague drew up",
  "share-return": "Give a share back to its author",
  "share-show": "Show a share",
  open: "Read a share, under its conditions",
  "share-decline": "Say that a share is not for you",
  "share-add": "Give a share to more recipients",
  "share-log": "See who opened a share, when and why",
  tighten: "Make the conditions of a share stricter",
  recall: "Recall a share: nobody can open it any more",
  "recall-red": "Recall, unread, what an absent person gave under TLP:RED",
  shares: "List or search what is shared with you and by you",
  outcome: "Say what came of a share",
  outcomes: "Read what came of a share",
  thank: "Say thank you for what came of a share",
  ledger: "What your agency gave and got",
  breach: "Report a breach of the conditions of a share",
  reinstate: "Give an agency access again after a breach",
  use: "Ask the provider for a use that the codes do not allow",
  "use-show": "Show a request for use",
  "use-read": "Read a request for use",
  "use-grant": "Grant a use",
  "use-refuse": "Refuse a use",
  "use-withdraw": "Withdraw a request for use",
  "share-rule": "Whether a second person looks at what your agency releases",
};
