/** English for agencies and for the first days of a body; the type that every other language must satisfy. */

export const agencies = {
  line: (p: {
    name: string;
    handle: string;
    zone: string;
    days: string;
    from: string;
    to: string;
    country?: string;
    closed?: string;
    open?: string;
  }) =>
    `${p.name} (@${p.handle}) works ${p.days}, ${p.from} to ${p.to} (${p.zone}). Public holidays: ${p.country ?? "none"}.${p.closed ? ` Also closed: ${p.closed}.` : ""}${p.open ? ` Open in spite of a holiday: ${p.open}.` : ""}`,
  change: "Change",
  made: (p: { handle: string; name: string }) =>
    `${p.name} (@${p.handle}) takes part now. Next: a code for its first person.`,
  invite: (p: { agency: string }) => `Code for ${p.agency}`,
  nobodyYet: (p: { agency: string; ref: string }) =>
    `Nobody of ${p.agency} is on Coord yet, so nobody there sees ${p.ref}. Tell them in another way; the secretariat can act for them here.`,
  mandates: {
    law_enforcement: "law enforcement",
    border: "border",
    immigration: "immigration",
    prosecution: "prosecution",
    judiciary: "courts",
    labour: "labour inspection",
    social_services: "social services",
    health: "health",
    foreign_affairs: "foreign affairs",
    international_organisation: "international organisation",
    civil_society: "civil society",
    other: "other",
  },
};

/** What a coordinator does until a body works. */
export const setup = {
  title: (p: { body: string; done: number; of: number }) => `Setting up ${p.body}: ${p.done} of ${p.of} done`,
  ready: (p: { body: string }) => `${p.body} is set up. This list goes away by itself.`,
  choices: { channels: "ask for channels", off: "hide this list" },
  hide: "Hide this list",
  hidden: "The list is hidden. To see it again: setup",
  agencies: "Agencies",
  agenciesNeeded: "A body needs at least two.",
  addAgency: "Add an agency",
  focalPoints: "Focal points",
  focalPointsAre: "Every agency has one.",
  focalPointsNeeded: (p: { agencies: string[] }) => `Nobody yet for ${p.agencies.join(", ")}. Send them a code.`,
  channels: "Channels",
  channelsAre: "Every agency with people has its channel.",
  channelsNeeded: (p: { agencies: string[] }) =>
    `Not yet: ${p.agencies.join(", ")}. Their focal point types bind @agency in the channel of their own team.`,
  askFocalPoints: "Ask the focal points",
  channelsAsked: (p: { count: number }) =>
    p.count === 0
      ? "They were asked today already."
      : p.count === 1
        ? "One focal point is asked."
        : `${p.count} focal points are asked.`,
  pleaseBind: (p: { agency: string; handle: string; body: string }) =>
    `Notices of ${p.body} to ${p.agency} come to you alone so far. To have them in your team's channel too, add Coord to the channel and type there: bind @${p.handle}`,
  rules: "Rules of meetings",
  rulesAre: "Decided.",
  rulesNeeded: "Quorum, agenda, minutes: keep what is usual, or change it.",
  seeRules: "See the rules",
  meeting: "First meeting",
  meetingIs: "Called.",
  meetingNeeded: "A first meeting brings everybody in.",
  callMeeting: "Call a meeting",
};

export const agencyArgs = {
  agencyName: "Name",
  handle: "Short name",
  handleHint: "For example: @customs",
  mandate: "Mandate",
  country: "Country of the public holidays",
  countryHint: "Two letters, for example GR; or none",
  weekdays: "Working days",
  weekdaysHint: "For example: Mon-Fri, Sun-Thu",
  closed: "Days off of its own",
  closedHint: "Added to the public holidays, for example: 24 Dec, 2027-01-02",
  open: "Open all the same",
  openHint: "Public holidays on which it works, or days off that are cancelled",
  forAgency: "For which agency",
};

export const agencyErrors = {
  weekdays: (p: { said: string }) => `“${p.said}” are not working days. For example: Mon-Fri, or Sun-Thu.`,
  daysOff: (p: { said: string }) =>
    `“${p.said}” is not a list of days. For example: 24 Dec, 2027-01-02, or 24 Dec to 2 Jan. At most 100 at once.`,
  holidayCountry: (p: { said: string }) =>
    `“${p.said}” is not a country whose public holidays are known. Write its two letters, for example GR, or none.`,
  handle: (p: { said: string }) => `“${p.said}” is not a short name: letters, digits and -, for example @customs.`,
  handleTaken: (p: { handle: string }) => `@${p.handle} is taken as a short name. Choose another.`,
  hasFocalPoint: (p: { agency: string }) =>
    `${p.agency} has a focal point, who adds its people: add Maria Papadaki, or add @person.`,
};

export const agencyCommands = {
  agency: "When an agency works: show or change its days, hours, days off, zone and name",
  "agency-add": "Add an agency to the coordination body",
  setup: "What is still to be done until the coordination body works",
};
