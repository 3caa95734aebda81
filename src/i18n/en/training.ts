/** English for training, technical assistance and the library; the type that every other language must satisfy. */

type News = { what: string; who: string; other: string; agency: string };

export const training = {
  title: "Training and technical assistance",
  kinds: { need: "Need", offer: "Offer", session: "Session" },
  what: { training: "training", assistance: "technical assistance", equipment: "equipment" },
  topics: {
    document_examination: "Document examination",
    interviewing: "Interviewing",
    protection_and_referral: "Protection and referral",
    investigation: "Investigation",
    financial_investigation: "Financial investigation",
    international_cooperation: "International cooperation",
    border_management: "Border management",
    maritime: "Maritime matters",
    data_and_analysis: "Data and analysis",
    human_rights: "Human rights",
    other: "Other",
  },
  state: { open: "Open", matched: "Matched", met: "Met", withdrawn: "Withdrawn", lapsed: "Lapsed" },
  sessionState: {
    open: "To come",
    matched: "To come",
    met: "Held",
    withdrawn: "Called off",
    lapsed: "Called off",
  },
  roles: { origin: "origin", transit: "transit", destination: "destination", none: "none" },
  formats: { in_person: "in person", online: "online", mixed: "in person and online" },
  facts: {
    kind: "Kind",
    state: "State",
    agency: "Agency",
    when: "When",
    by: "Needed by",
    from: "From",
    until: "Until",
    people: "For how many",
    langs: "Languages",
    format: "Format",
    provider: "Given by",
    label: "Label",
    places: "Places",
    meeting: "Meeting",
  },
  summary: (p: { what: string; kind: string; state: string; agency: string }) =>
    `${p.what}: ${p.kind.toLowerCase()} of ${p.agency}. ${p.state}.`,
  knownToAll:
    "Every member of the coordination body reads this. Nothing above GREEN belongs here, and nobody's personal data.",
  withoutNames: "Your words go to the organiser without your name, once five people have answered.",
  entered: {
    need: (p: { ref: string }) => `${p.ref} is entered. What fits it shows on its card, in our chat.`,
    offer: (p: { ref: string }) => `${p.ref} is entered. Needs that it fits show on its card, in our chat.`,
  },
  fits: (p: { ref: string; agency: string; why: string }) => `${p.ref} of @${p.agency} fits: ${p.why}`,
  why: {
    topic: "same topic",
    months: (p: { from: string; until: string }) => `${p.from} to ${p.until}`,
    role: {
      origin: "both of countries of origin",
      transit: "both of countries of transit",
      destination: "both of countries of destination",
    },
    size: (p: { count: number }) => (p.count === 1 ? "room for one person" : `room for ${p.count} people`),
  },
  matchedWith: (p: { ref: string; agency: string }) => `Taken up with ${p.ref} of @${p.agency}`,
  heldFor: (p: { refs: string[] }) => `Sessions: ${p.refs.join(", ")}`,
  taken: (p: { ref: string; other: string }) =>
    `${p.ref} and ${p.other} belong together now, and both agencies' focal points know it.`,
  withdrawn: (p: { ref: string }) => `${p.ref} is withdrawn.`,
  calledOff: (p: { ref: string }) => `${p.ref} is called off with its meeting. Everybody asked hears of it.`,
  called: (p: { ref: string; meeting: string; when: string }) =>
    `${p.ref} is called for ${p.when} as ${p.meeting}. Places are taken with: training enrol ${p.ref}`,
  sessionTitle: (p: { what: string; topic: string }) => `${p.topic} (${p.what})`,
  places: (p: { taken: number; seats?: number; waiting: number }) =>
    `${p.seats === undefined ? `${p.taken} taken` : `${p.taken} of ${p.seats} taken`}${p.waiting ? `, ${p.waiting} in line` : ""}`,
  inLine: (p: { name: string; turn: number }) => `${p.name} (${p.turn}. in line)`,
  enrolled: (p: { ref: string; name?: string }) =>
    p.name ? `${p.name} has a place in ${p.ref}.` : `You have a place in ${p.ref}. Its meeting is in our chat.`,
  waiting: (p: { ref: string; name?: string; turn: number }) =>
    p.name
      ? `${p.ref} is full. ${p.name} is number ${p.turn} in line and hears when a place is free.`
      : `${p.ref} is full. You are number ${p.turn} in line and hear when a place is free.`,
  left: (p: { ref: string; name?: string }) =>
    p.name ? `${p.name} no longer has a place in ${p.ref}.` : `Your place in ${p.ref} is given up.`,
  attended: (p: { agencies: string[] }) => `Present: ${p.agencies.join(", ") || "nobody recorded"}`,
  questions: { usefulness: "Usefulness", relevance: "Relevance", trainer: "Trainer" },
  marks: { "1": "1, poor", "2": "2", "3": "3", "4": "4", "5": "5, excellent" },
  average: (p: { question: string; mean: string }) => `${p.question} ${p.mean}`,
  averages: (p: { count: number; figures: string[] }) =>
    `Evaluation, of 5, from ${p.count} answers: ${p.figures.join(", ")}`,
  fewAnswers: "Evaluation: fewer than 5 answers",
  noAnswers: "Evaluation: no answers yet",
  evaluated: (p: { ref: string }) => `Thank you. Your answer about ${p.ref} is recorded.`,
  follow: { yes: "Yes", partly: "Partly", no: "No" },
  followed: (p: { yes: number; partly: number; no: number }) =>
    `Put into practice, by agency: yes ${p.yes}, partly ${p.partly}, no ${p.no}`,
  followedUp: (p: { ref: string }) => `Your agency's answer about ${p.ref} is recorded.`,
  sure: "Are you sure?",
  until: (p: { when: string }) => `until ${p.when}`,
  list: (p: { view: string; count: number }) => `${p.view} (${p.count})`,
  views: {
    needs: "Open needs",
    offers: "Open offers",
    sessions: "Sessions to come",
    held: "Sessions held",
    mine: "Entered by your agency",
  },
  empty: "Nothing here.",
  news: {
    fits: (p: News) => `${p.other} of ${p.agency} fits your ${p.what}. Its card shows why.`,
    matched: (p: News) => `${p.who} took up ${p.what} with ${p.other} of ${p.agency}. Get in touch.`,
    unmatched: (p: News) => `${p.other} of ${p.agency} is withdrawn: ${p.what} is no longer matched.`,
    enrolled: (p: News) => `${p.who} enrolled you in ${p.what}. Its card shows whether you have a place yet.`,
    placed: (p: News) => `You have a place in ${p.what}: one was free, and you were next in line.`,
  },
  remind: {
    lapse: "Its time is over, and nobody took it up.",
    evaluate: "You were there. Three marks and a sentence help to make the next one better.",
    follow: "Your agency was there. What was put into practice?",
  },
  buttons: {
    open: "Open",
    take: "Take up",
    withdraw: "Withdraw",
    session: "Hold a session",
    callOff: "Call off",
    enrol: "Enrol",
    leave: "Give up my place",
    meeting: "Meeting",
    evaluate: "Evaluate",
    remove: "Remove",
  },
  library: (p: { count: number }) => `Library (${p.count})`,
  noResources: "Nothing in the library fits that.",
  resourceKinds: {
    toolkit: "toolkit",
    manual: "manual",
    framework: "framework",
    model_law: "model law",
    directory: "directory",
    software: "software",
    other: "other",
  },
  publisherPage: "the publisher's page",
  addedBy: (p: { agency: string; number: number }) => `number ${p.number}, added by ${p.agency}`,
  resourceAdded: (p: { number: number }) => `Number ${p.number} is in the library.`,
  resourceRemoved: (p: { number: number }) => `Number ${p.number} is no longer in the library.`,
};

export const trainingArgs = {
  topic: "Topic",
  topics: "Topics",
  trainingWords: "What it is about",
  trainingWhat: "Training, technical assistance or equipment",
  neededByDate: "Needed by",
  people: "For how many people",
  langs: "Languages",
  trainingFormat: "Format",
  countryRole: "The country is one of",
  country: "Country",
  countryHint: "Two letters, for example GR. Left out: your agency's",
  openLabelHint: "Every member reads it, so nothing above GREEN",
  trainingProvider: "Given by somebody outside the body",
  trainingProviderHint: "Left out: your agency gives it itself",
  sessionInvitedHint: "Agencies and people. Left out: the agencies of the need and the offer",
  seats: "Places",
  seatsHint: "Left out: as many as come",
  followDays: "Ask after so many days what was put into practice",
  evaluationWords: "What should be different next time",
  followAnswer: "Was it put into practice?",
  followWords: "What was, and what was not",
  resourceUrl: "Address",
  resourceTitle: "Title",
  resourceKind: "What it is",
  resourceNumber: "Number in the library",
  publisher: "Publisher",
  year: "Year",
};

export const trainingErrors = {
  noTraining: (p: { ref: string }) => `There is no ${p.ref} for you here. Type training to see what there is.`,
  trainingNoSession: (p: { ref: string }) =>
    `${p.ref} is not a session. To see those to come, type training sessions; to hold one: training session ${p.ref} Tue 10:00`,
  trainingAct: (p: { ref: string; agency: string }) =>
    `That step on ${p.ref} is for the other agency (${p.agency}) or the secretariat. Type ${p.ref} to see what you can do.`,
  trainingState: (p: { ref: string; state: string }) =>
    `${p.ref} has moved on: ${p.state.toLowerCase()}. Type ${p.ref} to see it.`,
  trainingPair: "A need and an offer are taken up together, for example: training take K-2 K-4",
  trainingSameAgency: "The need and the offer are of one agency: there is nothing to take up.",
  trainingOnce: (p: { ref: string }) =>
    `A session is held once. Call each by itself, for example: training session ${p.ref} Tue 10:00 3h`,
  trainingNotToCome: (p: { ref: string }) =>
    `${p.ref} has begun, was held or is called off. To see those to come, type training sessions.`,
  trainingNotFor: "People enrol and answer for themselves, not through the secretariat.",
  trainingColleague: (p: { person: string }) =>
    `${p.person} is enrolled by the focal point of their own agency. You can enrol yourself.`,
  trainingNotEnrolled: (p: { ref: string }) => `There is no place to give up. To take one: training enrol ${p.ref}`,
  trainingNotHeld: (p: { ref: string }) => `${p.ref} was not held yet. It is asked about a working day after it.`,
  trainingNotThere: (p: { ref: string }) =>
    `You are not recorded as present at ${p.ref}, so there is nothing to ask you.`,
  trainingEvaluated: (p: { ref: string }) => `You have answered about ${p.ref} already; each is asked once.`,
  trainingFollower: (p: { ref: string }) =>
    `That is for the focal points of the agencies that were at ${p.ref}. Type ${p.ref} to see which were.`,
  trainingLabel: (p: { said: string }) =>
    `“${p.said}” is too strict or no label: every member reads this, so it is GREEN or CLEAR, for example tlp:GREEN.`,
  country: (p: { said: string }) => `“${p.said}” is not a country's two letters. For example: country:GR`,
  year: (p: { said: string }) => `“${p.said}” is not a year. For example: year:2010`,
  noResource: (p: { number: number }) =>
    `Your agency added no number ${p.number}. Type library to see what there is; what comes with Coord stays.`,
};

export const trainingCommands = {
  training: "What is needed, offered and held together",
  "training-need": "Say what training or assistance your agency needs",
  "training-offer": "Offer training or assistance",
  "training-show": "A need, an offer or a session as it is now",
  "training-take": "Take up a match: a need and an offer belong together",
  "training-withdraw": "Withdraw a need or an offer, or call a session off",
  "training-session": "Hold a session for a need or an offer; it is a meeting with places",
  "training-enrol": "Take a place in a session, or enrol a colleague",
  "training-leave": "Give up a place in a session",
  "training-evaluate": "Say how a session was",
  "training-follow": "Say what was put into practice after a session",
  library: "Tools and manuals: search by words, topic, language or publisher",
  "library-add": "Add a resource to the library",
  "library-remove": "Remove a resource that your agency added",
};
