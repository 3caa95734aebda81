/** English for coordination meetings; the type that every other language must satisfy. */

const list = (names: readonly string[]): string => names.join(", ");
/** A date, and the meeting that has its hour, where the reader knows of it. */

const many = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`;

type What = { what: string; who: string; when?: string };

const quoted = (words: string): string => `“${words}”`;

export const meetings = {
  state: { polling: "Looking for a date", scheduled: "Scheduled", cancelled: "Cancelled" },
  turn: {
    scheduled: "To come",
    running: "Running now",
    ended: "Held",
    cancelled: "Cancelled",
    missed: "Its time has passed, and nobody started it",
  },
  minutesState: {
    none: "no minutes",
    draft: "draft minutes",
    circulated: "minutes circulated",
    approved: "minutes approved",
  },
  facts: {
    state: "State",
    when: "When",
    repeats: "Repeats",
    where: "Where",
    organizer: "Called by",
    chair: "Chair",
    secretary: "Secretary",
    with: "Invited",
    label: "Label",
  },
  span: (p: { when: string; minutes: number }) => `${p.when}, ${p.minutes} min`,
  minutesLong: (p: { minutes: number }) => `${p.minutes} min`,
  reason: "Reason",
  standing: "standing item",
  late: "Late:",
  papers: (p: { titles: string[] }) => `papers: ${list(p.titles)}`,
  withdrawn: "withdrawn",
  record: "Record",
  sure: "Are you sure?",
  agendaUntil: (p: { when: string }) => `Items for the agenda until ${p.when}`,
  agendaClosed: "The agenda is closed; a late item needs the chair's leave",
  summary: (p: { what: string; state: string; when?: string; organizer: string }) =>
    `${p.what}: ${p.state}.${p.when ? ` ${p.when}.` : ""} Called by ${p.organizer}.`,
  quorum: (p: { present: number; invited: number; needed?: number; met: boolean }) =>
    p.needed === undefined
      ? `${p.present} of ${p.invited} agencies present`
      : `${p.present} of ${p.invited} agencies present, ${p.needed} needed: ${p.met ? "quorum" : "no quorum"}`,
  presentNow: (p: { agencies: string[] }) => `Present: ${list(p.agencies)}`,
  votes: (p: { for: number; against: number; abstain: number }) =>
    `${p.for} for, ${p.against} against, ${p.abstain} abstained`,
  correctable: (p: { when: string }) => `The minutes can be corrected until ${p.when}`,

  rsvp: {
    groups: { yes: "Coming", maybe: "Perhaps", no: "Not coming", none: "No answer yet" },
    answers: { yes: "yes", maybe: "perhaps", no: "no", deputy: "a deputy comes", none: "no answer yet" },
    yours: (p: { answer: string; deputy?: string }) =>
      `Your answer: ${p.deputy ? `${p.deputy} comes for you` : p.answer}`,
    noted: (p: { ref: string; answer: string }) => `Your answer to ${p.ref}: ${p.answer}.`,
    deputised: (p: { ref: string; name: string }) => `${p.name} comes to ${p.ref} for you and has the invitation.`,
  },
  poll: {
    tally: {
      yes: (p: { agencies: string[] }) => `yes: ${list(p.agencies)}`,
      maybe: (p: { agencies: string[] }) => `if needed: ${list(p.agencies)}`,
      no: (p: { agencies: string[] }) => `no: ${list(p.agencies)}`,
      none: "no votes yet",
      best: "fits best",
      taken: (p: { ref?: string }) => `${p.ref ?? "another meeting"} has this hour`,
    },
    slot: (p: { when: string; ref?: string }) => (p.ref ? `${p.when} (${p.ref})` : p.when),
    until: (p: { when: string }) => `Votes until ${p.when}; then the date that fits best is taken`,
    opened: (p: { ref: string; count: number; until: string }) =>
      `${p.ref} asks for votes on ${many(p.count, "date", "dates")} until ${p.until}. Its card is in our chat.`,
    nobodyCan: (p: { ref: string; when: string; n: number }) =>
      `Nobody has said that they can come on ${p.when}. The poll is still open: wait for votes, pick another date, or close it all the same: meet close ${p.ref} ${p.n} anyway`,
    anyway: "Close all the same",
    taken: (p: { slots: string[] }) => `Mind that another meeting has an hour of it: ${p.slots.join("; ")}.`,
    takenAnyway: (p: { ref: string; n: number; slots: string[] }) =>
      `Another meeting has this hour by now: ${p.slots.join("; ")}. The poll is still open: pick another date, or close it all the same: meet close ${p.ref} ${p.n} anyway`,
    free: "Offer the free hours",
    allTheSame: "Offer them all the same",
    voted: (p: { ref: string; yes: number }) =>
      p.yes
        ? `Your vote on ${p.ref} counts: ${many(p.yes, "date fits", "dates fit")}.`
        : `Noted: no date of ${p.ref} fits you.`,
    closed: (p: { ref: string; when: string }) => `${p.ref} takes place ${p.when}. Everybody invited is told.`,
    yes: "These dates fit",
    maybe: "If needed",
  },
  called: (p: { ref: string; said?: string; when: string; repeats?: string; next: string[] }) =>
    `${p.ref} is called for ${p.when}${p.repeats ? `: ${p.repeats}, next on ${list(p.next)}` : ""}.${p.said ? ` Title: “${p.said}”.` : ""} Those invited have been told.`,
  notHeld: (p: { ref: string }) => `${p.ref} is closed: it was not held.`,
  wasHeld: (p: { ref: string }) =>
    `${p.ref} was held. Now its record: say who was there, add what was decided, then press End.`,
  parted: (p: { ref: string }) => `You are not asked to ${p.ref} any more. The file takes it out of your calendar.`,
  takenBack: (p: { ref: string }) => `${p.ref} is taken back, and everybody invited is told.`,
  fromFirst: (p: { repeats: string; first: string }) => `${p.repeats}, first ${p.first}`,
  asTyped: (p: { when: string }) => `As typed: ${p.when}`,
  shortNotice: (p: { days: number }) =>
    `That is shorter notice than the ${many(p.days, "day", "days")} of the body's rules.`,
  onHoliday: (p: { when: string; agencies: string[]; proposal?: string; ref: string }) =>
    `${p.when} is a public holiday for ${list(p.agencies)}.${p.proposal ? ` Free for all: meet move ${p.ref} ${p.proposal}` : ""}`,
  moved: (p: { ref: string; when: string }) => `${p.ref} is moved to ${p.when}. Those invited are asked again.`,
  cancelledDone: (p: { ref: string }) => `${p.ref} is cancelled, and everybody invited is told.`,
  edited: (p: { ref: string }) => `${p.ref} is changed.`,
  invitedMore: (p: { ref: string; count: number }) =>
    p.count
      ? `${many(p.count, "more is", "more are")} invited to ${p.ref}.`
      : `All of them were invited to ${p.ref} already.`,
  started: (p: { ref: string; quorum: string }) => `${p.ref} has begun: ${p.quorum}.`,
  attendanceSet: (p: { ref: string; quorum: string }) => `Attendance of ${p.ref}: ${p.quorum}.`,
  youAreHere: (p: { ref: string }) => `You are recorded as present at ${p.ref}.`,
  decided: (p: { ref: string; meeting: string }) => `${p.ref} is decided and is in the record of ${p.meeting}.`,
  withdrawnDone: (p: { ref: string }) => `${p.ref} is withdrawn.`,
  noted: (p: { ref: string; n: number }) => `Line ${p.n} is in the record of ${p.ref}.`,
  lineChanged: (p: { ref: string; n: number }) => `Line ${p.n} of the record of ${p.ref} is changed.`,
  ended: (p: { ref: string; decisions: number; actions: number }) =>
    `${p.ref} is over: ${many(p.decisions, "decision", "decisions")}, ${many(p.actions, "action", "actions")}. The draft minutes are ready; circulate ${p.ref} sends them out for correction.`,
  circulatedDone: (p: { ref: string; until: string }) =>
    `The minutes of ${p.ref} are circulated and can be corrected until ${p.until}.`,
  corrected: (p: { ref: string; n: number }) =>
    `Your correction ${p.n} to the minutes of ${p.ref} is with the secretary.`,
  settled: (p: { ref: string; n: number; taken: boolean }) =>
    `Correction ${p.n} to the minutes of ${p.ref} is ${p.taken ? "taken in" : "refused"}.`,
  approvedDone: (p: { ref: string }) => `The minutes of ${p.ref} are approved and cannot be changed any more.`,
  itemAdded: (p: { ref: string; n: number }) => `Item ${p.n} is on the agenda of ${p.ref}.`,
  itemLate: (p: { ref: string }) => `The agenda of ${p.ref} is closed. Your item waits for the chair's leave.`,
  itemAdmitted: (p: { ref: string }) => `The late item is on the agenda of ${p.ref}.`,
  itemOff: (p: { ref: string }) => `The item is off the agenda of ${p.ref}.`,
  paperAdded: (p: { ref: string }) => `The paper is with ${p.ref} and comes with the pack.`,
  agenda: {
    title: (p: { what: string }) => `Agenda of ${p.what}`,
    empty: "Nothing is on the agenda yet.",
    total: (p: { minutes: number; of: number }) => `${p.minutes} of ${p.of} min are planned`,
    admit: "Let in",
  },
  minutesTitle: (p: { what: string }) => `Minutes of ${p.what}`,

  pack: {
    title: (p: { what: string }) => `Pack for ${p.what}`,
    agenda: "Agenda",
    noAgenda: "Nothing is on the agenda yet.",
    papers: "Papers",
    lastDecisions: "Decided last time",
    minutesWait: (p: { ref: string; state: string }) => `${p.ref}: ${p.state}, to be approved`,
    actions: "Open actions",
    owed: "What each agency has open",
    owes: (p: { open: number; late: number }) => `${p.open} open${p.late ? `, ${p.late} late` : ""}`,
  },
  result: {
    title: (p: { what: string }) => `Result of ${p.what}`,
    figures: (p: { agencies: number; decisions: number; actions: number }) =>
      `${many(p.agencies, "agency", "agencies")} present, ${many(p.decisions, "decision", "decisions")}, ${many(p.actions, "action", "actions")}`,
    decisions: "Decisions",
    yours: "Actions of your agency",
    others: "Actions of others",
  },
  correction: {
    title: (p: { n: number; state: string }) => `Correction ${p.n} (${p.state})`,
    open: "open",
    taken: "taken in",
    refused: "refused",
  },
  news: {
    moved: (p: What) => `${p.who} moved ${p.what} to ${p.when ?? ""}. Will you come?`,
    movedAll: (p: What) => `${p.who} moved the series ${p.what}. Will you come?`,
    cancelledOne: (p: What) => `${p.who} cancelled ${p.what}.`,
    cancelled: (p: What) => `${p.who} cancelled ${p.what}.`,
    takenBack: (p: What) => `${p.who} called ${p.what} by mistake and took it back. It does not take place.`,
    pollClosed: (p: What) => `The date of ${p.what} is found${p.when ? `: ${p.when}` : ""}. Will you come?`,
    pollEmpty: (p: What) =>
      `Nobody can come on any date of ${p.what}. Ask again with other dates, or close the poll on one of them.`,
    pollLapsed: (p: What) =>
      `No date of ${p.what} is left, and nobody could come on any. The poll is closed; call a new one with: meet poll`,
    lateItem: (p: What) => `${p.who} asks for a late item on the agenda of ${p.what}.`,
    itemAdmitted: (p: What) => `Your late item is on the agenda of ${p.what}.`,
    minutesCirculated: (p: What) => `${p.who} circulated the minutes of ${p.what}. Please say what is wrong in them.`,
    minutesApproved: (p: What) => `The minutes of ${p.what} are approved.`,
    correction: (p: What) => `${p.who} corrected the minutes of ${p.what}.`,
    correctionTaken: (p: What) => `${p.who} took in your correction to the minutes of ${p.what}.`,
    correctionRefused: (p: What) => `${p.who} did not take your correction to the minutes of ${p.what}.`,
    correctionsOpen: (p: What) => `The time to correct the minutes of ${p.what} is over, and corrections wait for you.`,
  },
  remind: {
    agenda: (p: { until?: string }) => `the agenda closes ${p.until ?? ""}`,
    rsvp: (_p: { until?: string }) => "your agency has not answered yet",
    soon: (_p: { until?: string }) => "begins soon",
    start: (_p: { until?: string }) => "press Start when people are there",
    end: (_p: { until?: string }) => "press End when it is over",
    correct: (p: { until?: string }) => `can be corrected until ${p.until ?? ""}`,
    corrected: (_p: { until?: string }) => "the minutes wait to be approved",
    poll: (p: { until?: string }) => `your agency has not voted yet; votes until ${p.until ?? ""}`,
  },
  buttons: {
    open: "Open",
    read: "Read",
    takeBack: "Take back",
    yes: "Yes",
    maybe: "Perhaps",
    no: "No",
    deputy: "Send a deputy",
    addItem: "Add item",
    agenda: "Agenda",
    calendarFile: "Calendar file",
    move: "Move",
    wasHeld: "It was held",
    notHeld: "Not held",
    vote: "Vote",
    closePoll: "Close the poll",
    newPoll: "Ask for other dates",
    start: "Start",
    here: "I am here",
    attendance: "Attendance",
    decide: "Decide",
    note: "Note",
    task: "New action",
    action: "Action",
    end: "End",
    edit: "Edit",
    join: "Join",
    minutes: "Minutes",
    word: "As Word",
    correct: "Correct",
    circulate: "Circulate",
    approve: "Approve",
    take: "Take in",
    refuse: "Refuse",
  },
  list: {
    title: (p: { view: string; count: number }) => `${p.view} (${p.count})`,
    views: {
      coming: "Meetings to come",
      past: "Meetings held",
      missed: "Held or not?",
      cancelled: "Cancelled meetings",
    },
    missed: (p: { count: number }) =>
      p.count === 1
        ? "One meeting was not started. Was it held?"
        : `${p.count} meetings were not started. Were they held?`,
    empty: "Nothing here.",
  },
  register: {
    title: (p: { count: number }) => `Decisions (${p.count})`,
    hidden: (p: { searched: boolean }) =>
      p.searched
        ? "Withdrawn decisions are not listed, and those above TLP:GREEN are not searched by their words."
        : "Withdrawn decisions are not listed.",
    carriedOut: { yes: "carried out", open: "being carried out", late: "late", unknown: "no action yet" },
    line: (p: { meeting: string; when: string; state: string }) => `${p.meeting}, ${p.when} · ${p.state}`,
    attendance: "Attendance by agency",
    attended: (p: { present: number; of: number }) => `${p.present} of ${p.of} meetings`,
    none: "No meeting was held yet.",
  },
  calendar: {
    open: (p: { ref: string; body: string }) => `${p.ref}, ${p.body}. Answer in Coord: /coord ${p.ref}`,
    closed: (p: { ref: string }) => `More in Coord: /coord ${p.ref}`,
    file: (p: { ref: string; minutes: number }) =>
      `The calendar file of ${p.ref} is here for ${many(p.minutes, "minute", "minutes")}, for you alone:`,
    word: (p: { ref: string; minutes: number }) =>
      `The minutes of ${p.ref} as a Word document are here for ${many(p.minutes, "minute", "minutes")}, for you alone:`,
    download: "Download",
    feed: "This address shows your meetings in any calendar that can subscribe. It is a secret: whoever has it sees them. calendar renew makes a new one, and this one then stops working.",
    feedThere: (p: { when: string }) =>
      `Your calendar address was made ${p.when} and is shown once only. If you have lost it, or somebody else has it: calendar renew`,
    name: (p: { body: string }) => `Coord: ${p.body}`,
  },
  rules: {
    show: (p: { quorum: string; freeze: number; pack: number; notice: number; correct: number; approval: string }) =>
      `Quorum: ${p.quorum}. Notice: ${many(p.notice, "day", "days")}. The agenda closes ${many(p.freeze, "hour", "hours")} before (on a day off: at the close of the working day before), the pack goes out ${many(p.pack, "working day", "working days")} before. Minutes can be corrected for ${many(p.correct, "working day", "working days")} and are approved ${p.approval}.`,
    quorums: {
      half: "more than half of the agencies invited",
      "two-thirds": "two thirds of the agencies invited",
      none: "none",
    },
    quorumNumber: (p: { count: number }) => many(p.count, "agency", "agencies"),
    approvals: { silence: "by silence", meeting: "at the next meeting" },
  },
  document: {
    approved: (p: { when: string }) => `Approved ${p.when}`,
    madeAt: (p: { when: string }) => `Made ${p.when}`,
    footer: (p: { body: string; ref: string }) => `${p.body} · ${p.ref}`,
    words: {
      agenda: "Agenda",
      attendance: "Attendance",
      record: "Record",
      decisions: "Decisions",
      actions: "Actions",
      corrections: "Corrections taken in",
      present: "present",
      absent: "absent",
      owner: "Owner",
      due: "By",
      votes: "Votes",
      item: "Item",
      minutes: "Time",
      presenter: "Presented by",
      state: "State",
      page: "Page",
      deputyNote: "deputy",
    },
  },
};

export const meetingArgs = {
  meetingTitle: "What it is about",
  schedule: "When",
  scheduleShown: "when",
  scheduleWords: "Or in words, where it repeats",
  scheduleHint: "For example: Tue 10:00, every first Tue 10:00, every 2 weeks on Mon 9:00 until 30 June",
  length: "How long",
  lengthShown: "60m",
  invited: "Who is invited",
  invitedShown: "@agency, @person or all",
  invitedHint: "Agencies, whose focal points are asked, and persons; or all",
  place: "Place",
  link: "Link to join",
  linkHint: "An address that begins with https://",
  chair: "Chair",
  secretary: "Secretary",
  pollUntil: "Votes until",
  slots: "Dates",
  slotsHint: "2 to 10, separated by semicolons, for example: Tue 10:00; Wed 14:00. Empty: Coord proposes some",
  slot: "Number of the date",
  scope: "Which",
  scopes: { this: "this one", all: "all to come", everybody: "all member agencies" },
  answer: "Will you come?",
  item: "Agenda item",
  itemTitle: "Item",
  presenter: "Presented by",
  standing: "On every agenda",
  standingChoices: { yes: "yes", no: "no" },
  position: "New place",
  url: "Address",
  urlHint: "An address that begins with https://",
  present: "Who is present",
  whoCame: "@person or @agency",
  decision: "What is decided",
  votesFor: "For",
  votesAgainst: "Against",
  votesAbstain: "Abstained",
  note: "What was said",
  line: "Line",
  correction: "What is wrong, and how it should read",
  number: "Number",
  verdict: "Answer",
  quorum: "Quorum",
  quorumHint: "half, two-thirds, none, or a number of agencies",
  freeze: "Agenda closes, hours before",
  pack: "Pack, working days before",
  notice: "Notice, days",
  correctDays: "Time to correct, working days",
  approval: "Minutes are approved",
};

export const meetingErrors = {
  noMeeting: (p: { ref: string }) => `There is no ${p.ref} for you here. Type meetings to see yours.`,
  meetingAct: {
    see: (p: { ref: string; organizer: string }) => `${p.ref} is not for you.`,
    run: (p: { ref: string; organizer: string }) =>
      `That is for the chair, the secretary or ${p.organizer}, who called ${p.ref}.`,
    answer: (p: { ref: string; organizer: string }) =>
      `Only those invited to ${p.ref} answer. ${p.organizer}, who called it, can invite you.`,
    propose: (p: { ref: string; organizer: string }) => `That is for the agencies invited to ${p.ref}.`,
  },
  stillPolling: (p: { ref: string }) => `${p.ref} has no date yet: the poll is open. To vote: vote ${p.ref} yes:1`,
  pollClosed: (p: { ref: string }) => `The poll of ${p.ref} is closed. Type ${p.ref} to see its date.`,
  noSlot: (p: { ref: string; slots: number }) =>
    `${p.ref} has dates 1 to ${p.slots}. For example: meet close ${p.ref} 1`,
  slotPast: (p: { ref: string }) => `That date of ${p.ref} has passed. Choose a later one.`,
  slots: (p: { count: number }) =>
    `A poll has 2 to 10 dates; that is ${p.count}. For example: slots:"Tue 10:00; Wed 14:00"`,
  noSlotsFound: 'No common date was found in four weeks. Name some yourself, for example: slots:"Tue 10:00; Wed 14:00"',
  slotsTaken: (p: { slots: string[] }) =>
    `Nothing was opened yet: another meeting has an hour that you offer, ${p.slots.join("; ")}. Offer it all the same?`,
  sameSlot: "Two of the dates are the same. Leave one out.",
  meetingCancelled: (p: { ref: string }) => `${p.ref} is cancelled.`,
  meetingRuns: (p: { ref: string }) => `${p.ref} is running. End it first: end ${p.ref}`,
  meetingStarted: (p: { ref: string }) => `${p.ref} has been started already.`,
  meetingEnded: (p: { ref: string }) => `${p.ref} is over. Type ${p.ref} to see it.`,
  notRunning: (p: { ref: string }) => `${p.ref} is not running. To start it: start ${p.ref}`,
  noRunning: (p: { example: string }) =>
    `No meeting that you take part in is running. Say which one you mean, for example: ${p.example}`,
  tooEarly: (p: { ref: string; minutes: number }) =>
    `${p.ref} can be started from ${p.minutes} minutes before its time. To hold it earlier, move it: meet move ${p.ref} today 15:00`,
  nothingToCome: (p: { ref: string }) => `There is no meeting of ${p.ref} still to come.`,
  redMeetingNamed: "TLP:RED is for named persons only: invite persons, for example: meet … with @maria tlp:RED",
  redNoDeputy: (p: { ref: string }) =>
    `${p.ref} is TLP:RED: nobody stands in for you. Say no, and whoever called it invites somebody else.`,
  ownDeputy: "You cannot be your own deputy. Choose a colleague.",
  tooManyInvited: (p: { max: number; count: number }) => `${p.count} are too many to invite, ${p.max} fit.`,
  nobodyInvited: "Say who is invited, for example: with @police, @iom, or: with all",
  notInvited: (p: { ref: string }) =>
    `That agency was not invited to ${p.ref}. To invite it: meet invite ${p.ref} @agency`,
  schedule: (p: { reason: string; said: string; detail?: string; phrases: string[] }) => {
    const near = list(p.phrases.map(quoted));
    switch (p.reason) {
      case "no_time":
        return `“${p.said}” gives no time. For example: every first Tue 10:00.`;
      case "length":
        return `“${p.said}” is not a length for a meeting: 5 minutes to 10 hours. For example: Tue 10:00 60m.`;
      case "never":
        return `“${p.said}” never happens. For example: every first Tue 10:00.`;
      case "past":
        return `“${p.said}” has passed already. For example: Tue 10:00.`;
      case "impossible":
        return `“${p.said}” does not exist. For example: Tue 10:00.`;
      case "in_gap":
        return `“${p.said}” does not exist: the clocks go forward then.`;
      case "ambiguous":
        return near
          ? `“${p.said}” can be read in more than one way. Is one of these meant: ${near}?`
          : `“${p.said}” can be read in more than one way. Write it out, for example: 4 March 10:00.`;
      case "unsayable":
        return near
          ? `No single rule of a calendar says “${p.said}”. Nearest are: ${near}. Two meetings can say the rest.`
          : `No single rule of a calendar says “${p.said}”. Call two meetings, or for example: every Tue 10:00 except 29 Dec.`;
      default:
        if (near) return `“${p.said}” is not a time that I understand in full. Is one of these meant: ${near}?`;
        return `“${p.said}” is not a time that I understand. For example: Tue 10:00, every first Tue 10:00, every 2 weeks on Mon 9:00.`;
    }
  },
  undoBegun: (p: { ref: string }) => `${p.ref} has begun or is cancelled already, so it can no longer be taken back.`,
  slotBeforeVote: (p: { slot: string }) =>
    `${p.slot} comes before the voting ends. Give a later date, or let the voting end earlier.`,
  rhythmLeft: (p: { said: string; place: boolean; readings: number }) =>
    `“${p.said}” would stay in the ${p.place ? "place" : "title"} and not count for the dates. What is meant? Nothing has been sent yet.${p.readings ? "" : " Write the dates together, after the title, for example: every first and third Tue 10:00."}`,
  length: (p: { said: string }) => `“${p.said}” is not a length between 5 minutes and 10 hours. For example: 60m, 1h30`,
  https: (p: { said: string }) => `“${p.said}” is not an address that begins with https://`,
  wholeNumber: (p: { said: string }) => `“${p.said}” is not a whole number. For example: 3`,
  slotNumbers: (p: { said: string }) => `“${p.said}” is not a list of dates by number. For example: yes:1,3`,
  noQuorum: (p: { ref: string; present: number; needed: number; invited: number }) =>
    `There is no quorum at ${p.ref}: ${p.present} of ${p.invited} agencies are present and ${p.needed} are needed. Record who has come with: attendance ${p.ref}. What was said can be noted: note …`,
  voteLost: (p: { for: number; against: number; abstain: number }) =>
    `With ${p.for} for and ${p.against} against it is not decided. Put it into the record instead: note …`,
  withdrawn: (p: { ref: string }) => `${p.ref} is withdrawn already.`,
  noDecision: (p: { ref: string }) => `There is no ${p.ref} for you here. Type decisions to see what was decided.`,
  noItem: (p: { ref: string; n: number }) =>
    `The agenda of ${p.ref} has no item ${p.n}. Type agenda ${p.ref} to see it.`,
  itemGone: (p: { ref: string }) => `That item is not on the agenda of ${p.ref} any more.`,
  agendaFull: (p: { ref: string; max: number }) => `The agenda of ${p.ref} is full: ${p.max} items.`,
  noLine: (p: { ref: string; n: number }) => `The record of ${p.ref} has no line ${p.n}.`,
  lineChanged: (p: { n: number }) =>
    `Somebody else changed line ${p.n} meanwhile, so yours was not taken. Open it again to see how it reads now.`,
  recordClosed: (p: { ref: string }) =>
    `The minutes of ${p.ref} are circulated, so the record is closed. Correct them: correct ${p.ref} …`,
  noMinutes: (p: { ref: string }) => `${p.ref} has no minutes yet: they are ready when it has ended.`,
  circulated: (p: { ref: string }) => `The minutes of ${p.ref} are circulated already.`,
  notCirculated: (p: { ref: string }) => `The minutes of ${p.ref} are not being circulated now.`,
  presentOnly: (p: { ref: string }) => `The record of ${p.ref} is for those who were present.`,
  noCorrection: (p: { ref: string; n: number }) => `There is no correction ${p.n} to the minutes of ${p.ref}.`,
  openCorrections: (p: { ref: string; n: number; count: number }) =>
    `${p.count === 1 ? "One correction waits" : `${p.count} corrections wait`} for an answer first, for example: settle ${p.ref} ${p.n} take`,
  approved: (p: { ref: string }) => `The minutes of ${p.ref} are approved already.`,
  approvedAtNext: (p: { ref: string }) =>
    `The body approves minutes at the next meeting. Start that one, then approve ${p.ref}.`,
  correctableUntil: (p: { ref: string; until: string }) =>
    `The minutes of ${p.ref} can still be corrected until ${p.until}; silence approves them then.`,
  keepRule: (p: { said: string }) =>
    `Say the whole rule for a series, or a time alone, for example: meet move M-12 all every first Tue 11:00. “${p.said}” is neither.`,
  noSite: "Files and calendars need an address under which Coord is reached. The operator sets it as PUBLIC_URL.",
  rule: (p: { said: string; example: string }) => `“${p.said}” does not fit. For example: ${p.example}`,
};

export const meetingCommands = {
  meet: "Call a meeting, once or in a series",
  "meet-poll": "Ask those invited which dates suit them",
  vote: "Vote on the dates of a poll",
  "meet-close": "Close a poll and take a date",
  "meet-move": "Move a meeting, or a whole series",
  "meet-cancel": "Cancel a meeting, or a whole series",
  "meet-edit": "Change title, place, link, chair or secretary",
  "meet-invite": "Invite more agencies or persons",
  meetings: "List meetings: coming, past, cancelled",
  "meet-show": "Show a meeting",
  "meet-read": "Read a meeting in a dialog",
  attend: "Say whether you come",
  deputise: "Send a colleague in your place",
  agenda: "Show the agenda",
  "agenda-add": "Put an item on the agenda",
  "agenda-move": "Put an item at another place",
  "agenda-drop": "Take an item off the agenda",
  "agenda-admit": "Let a late item in",
  paper: "Add a paper to a meeting or an item",
  start: "Start a meeting",
  here: "Say that you are there",
  attendance: "Record who is there",
  present: "Record that somebody has come",
  left: "Record that somebody has left",
  decide: "Record a decision",
  withdraw: "Take back a decision that was recorded wrongly",
  note: "Add a line to the record",
  "note-edit": "Change a line of the record",
  action: "Ask somebody to carry out a decision",
  end: "End a meeting",
  minutes: "Read the minutes",
  "minutes-file": "The minutes as a Word document",
  circulate: "Send the draft minutes out for correction",
  correct: "Correct the minutes",
  settle: "Take in or refuse a correction",
  approve: "Approve the minutes",
  decisions: "Search what was decided, and see what is carried out",
  decision: "Show a decision and its actions",
  presence: "Attendance by agency over time",
  invitation: "The calendar file of a meeting",
  calendar: "Your calendar address",
  "meet-rules": "How the body meets: quorum, notice, agenda, minutes",
};
