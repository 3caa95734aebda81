/**
 * English, and the type that every other language must satisfy: a missing key does not compile.
 * Sentences say what happened or what was wrong, and what to type instead. No exclamation marks, no blame.
 */

import { agencies, agencyArgs, agencyCommands, agencyErrors, setup } from "./agencies.js";
import { placeArgs, placeCommands, placeErrors, places } from "./conversations.js";
import { matchArgs, matchCommands, matchErrors, matches } from "./matches.js";
import { meetingArgs, meetingCommands, meetingErrors, meetings } from "./meetings.js";
import { plan, planArgs, planCommands, planErrors } from "./plan.js";
import { reportArgs, reportCommands, reportErrors, reports } from "./reports.js";
import { information, informationArgs, informationCommands, informationErrors } from "./shares.js";
import { sure } from "./sure.js";
import { titles } from "./titles.js";
import { training, trainingArgs, trainingCommands, trainingErrors } from "./training.js";
import { turns } from "./turns.js";

const quoted = (words: string): string => `“${words}”`;
const joined = (names: string[], last: string): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} ${last} ${names.at(-1)}`;

type WhenProblem = "not_a_date" | "impossible" | "past" | "ambiguous" | "negative" | "in_gap";

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? "" : "s"}`;

export const en = {
  titles,
  lists: {
    part: (p: { range: string; of: number }) => `${p.range} of ${p.of}.`,
    follow: "More follow.",
    closedHidden: "Closed ones are not shown.",
    closed: "Closed",
    pastHidden: "Past and cancelled ones are not shown.",
    past: "Past",
  },
  form: { send: "Send", cancel: "Cancel", close: "Close" },
  files: { once: "This link opens one file, once, for you alone.", get: "Get the file" },

  args: {
    when: "when",
    pick: {
      time: "Time",
      timeHint: (p: { time: string }) => `Left empty, it is ${p.time}.`,
      none: { label: "Or without a date", box: "No date" },
      typed: (p: { said: string; readings: string[] }) =>
        p.readings.length
          ? `You typed “${p.said}”, which may be ${joined(p.readings, "or")}. Pick the one that is meant.`
          : `You typed “${p.said}”. Pick the day that is meant.`,
    },
    agency: "@agency",
    person: "@person",
    party: "@agency or @person",
    partyLabel: "Who should do it",
    partyHint: "An agency, whose focal point hands it to somebody, or one person",
    title: "What is to be done",
    detail: "More about it",
    by: "By when",
    label: "Label (TLP)",
    labelHint: "Above GREEN the title opens in a dialog and never shows in chat",
    priority: "Priority",
    with: "Supporting agencies",
    who: "Who",
    otherAccount: "your other account, mentioned, or the word code",
    reason: "Reason",
    evidence: "What was done",
    comment: "Your comment",
    newDate: "New date",
    text: "words",
    role: "Role",
    language: "Language",
    zone: "Time zone",
    hours: "Working hours",
    hoursHint: "For example: 08:00-16:00",
    from: "From",
    until: "Until",
    deputy: "Deputy",
    recallRed: "What they gave under TLP:RED",
    recallsRed: "recall it, since nobody else can",
    successor: "Who follows as focal point",
    view: "Which",
    page: "page",
    reference: "reference",
    theReference: (p: { letter: string }) => `the reference (${p.letter})`,
    command: "command",
    agencyLabel: "Agency",
    body: "Coordination body",
    yesNo: "on or off",
    ladder: "Reminders",
    ladderHint: "For example: 3d before, 1d before, due, daily late, 3d late focal, 7d late desk; or: default",
    hour: "At",
    days: "Days",
    daysHint: "1 is Monday, for example 1,2,3,4,5",
    ...meetingArgs,
    ...informationArgs,
    ...matchArgs,
    ...reportArgs,
    ...placeArgs,
    ...planArgs,
    ...trainingArgs,
    ...agencyArgs,
  },

  labels: {
    restricted: "opens in a dialog only",
    marked: (p: { label: string }) => `It is marked TLP:${p.label}.`,
    hidden: (p: { label: string }) => `(not shown here, TLP:${p.label})`,
  },
  priority: { "life-safety": "Life and safety", urgent: "Urgent", normal: "Normal", low: "Low" },
  state: {
    asked: "Asked",
    agreed: "Agreed",
    done: "Done",
    closed: "Closed",
    declined: "Declined",
    cancelled: "Cancelled",
  },
  roles: {
    staff: "staff",
    focal_point: "focal point",
    coordinator: "coordinator",
    rapporteur: "rapporteur",
    observer: "observer",
    admin: "admin",
  },

  tasks: {
    who: (p: { name: string; agency: string }) => `${p.name}, ${p.agency}`,
    /** The same as the subject of a sentence. */
    by: (p: { name: string; agency: string }) => `${p.name} (${p.agency})`,
    clock: "Coord",
    enteredFor: (p: { agency: string; name: string }) => `${p.agency} (entered by ${p.name})`,
    facts: { state: "State", from: "From", to: "For", due: "By", with: "With", priority: "Priority", label: "Label" },
    flags: { late: "Late", blocked: "Problem" },
    support: { asked: "asked", agreed: "agreed", declined: "declined" },
    noDate: "no date",
    evidence: "What was done",
    reasonGiven: { notYet: "Why it is not done yet", end: "Reason" },
    because: (p: { reason: string }) => `Reason: ${p.reason}`,
    proposal: (p: { who: string; when: string }) => `${p.who} asks for another date: ${p.when}.`,
    closedAt: (p: { when: string }) => `Closed ${p.when}`,
    doneAt: (p: { when: string }) => `Done ${p.when}; closes by itself if nobody answers for five working days`,
    firstDue: (p: { when: string }) => `First agreed for ${p.when}`,
    askedAt: (p: { when: string }) => `Asked ${p.when}`,
    summary: (p: { what: string; state: string; from: string; to: string; due: string }) =>
      `${p.what}: ${p.state}. ${p.from} asks ${p.to}. By: ${p.due}.`,
    forWhom: (p: { agency: string }) => `for ${p.agency}`,
    byWhom: (p: { agency: string }) => `with ${p.agency}`,
    asOf: (p: { when: string }) => `As of ${p.when}`,
    notForYou: "This card is no longer for you.",
    asked: (p: { ref: string; to: string; due?: string }) =>
      `${p.ref} is asked of ${p.to}${p.due ? `, by ${p.due}.` : ". No date was set."} Its card in our chat always shows how it stands.`,
    stayed: (p: { phrases: string[] }) => `${joined(p.phrases.map(quoted), "and")} stayed in the title.`,
    today: "Today",
    tomorrow: "Tomorrow",
    similar: (p: { count: number }) =>
      p.count === 1
        ? "An open task that you can see is close to this one:"
        : "Open tasks that you can see are close to this one:",
    given: (p: { ref: string; to: string }) => `${p.ref} is with ${p.to}.`,
    accepted: (p: { ref: string }) => `${p.ref} is agreed.`,
    declined: (p: { ref: string }) => `${p.ref} is declined, and the requester has your reason.`,
    dateSet: (p: { ref: string; when: string }) => `${p.ref} is due ${p.when}.`,
    datePut: (p: { ref: string; when: string; to: string }) => `${p.to} is asked to agree to ${p.when} for ${p.ref}.`,
    dateKept: (p: { ref: string; when: string }) => `${p.ref} keeps its date: ${p.when}.`,
    finished: (p: { ref: string; to: string }) =>
      `${p.ref} is done. ${p.to} is asked to close it; after five working days without an answer it closes by itself.`,
    blocked: (p: { ref: string }) => `The requester now knows of the problem with ${p.ref}.`,
    unblocked: (p: { ref: string }) => `${p.ref}: the problem is solved, and the requester knows.`,
    closed: (p: { ref: string }) => `${p.ref} is closed.`,
    reopened: (p: { ref: string }) => `${p.ref} is open again.`,
    cancelled: (p: { ref: string }) => `${p.ref} is cancelled.`,
    unchanged: (p: { ref: string }) => `${p.ref} stays as it is.`,
    edited: (p: { ref: string }) => `${p.ref} is changed.`,
    supported: (p: { ref: string }) => `Your agency's answer to ${p.ref} is recorded.`,
    said: (p: { ref: string }) => `Your comment is with everybody who works on ${p.ref}.`,
    undone: (p: { ref: string }) => `Undone: ${p.ref} is as it was before.`,
    nudged: (p: { count: number }) =>
      p.count === 0
        ? "They have been asked already; each is asked once a day at most."
        : p.count === 1
          ? "One reminder is on its way."
          : `${p.count} reminders are on their way.`,
    nudgePreview: (p: { count: number }) =>
      p.count === 1
        ? "This task is late. Its people would get one polite message:"
        : `These ${p.count} tasks are late. Their people would get one polite message each:`,
    nudgeSend: "Send",
    comment: (p: { ref: string; who: string }) => `${p.who} commented on ${p.ref}.`,
    commentHidden: (p: { ref: string; who: string }) => `${p.who} commented on ${p.ref}. Press Read to see it.`,
    news: {
      agreed: (p: { what: string; who: string }) => `${p.who} agreed to ${p.what}.`,
      declined: (p: { what: string; who: string }) => `${p.who} declined ${p.what}.`,
      due: (p: { what: string; who: string }) => `${p.who} changed the date of ${p.what}.`,
      dateProposed: (p: { what: string; who: string; when?: string; instead?: string }) =>
        p.when && p.instead
          ? `${p.who} asks for ${p.when} instead of ${p.instead}: ${p.what}`
          : `${p.who} asks for ${p.when ?? "another date"}: ${p.what}`,
      dateGranted: (p: { what: string; who: string }) => `${p.who} agreed to the new date for ${p.what}.`,
      dateRefused: (p: { what: string; who: string }) => `${p.who} keeps the date of ${p.what}.`,
      done: (p: { what: string; who: string }) =>
        `${p.who} finished ${p.what}. Please close it, or say what is missing.`,
      problem: (p: { what: string; who: string }) => `${p.who} met a problem with ${p.what}.`,
      resolved: (p: { what: string; who: string }) =>
        `${p.who} solved the problem with ${p.what} and works on it again.`,
      closed: (p: { what: string; who: string }) => `${p.who} closed ${p.what}.`,
      closedBySilence: (p: { what: string; who: string }) =>
        `${p.what} is closed: nobody objected for five working days.`,
      notYet: (p: { what: string; who: string }) => `${p.who} says that ${p.what} is not done yet.`,
      cancelled: (p: { what: string; who: string }) => `${p.who} cancelled ${p.what}.`,
      edited: (p: { what: string; who: string }) => `${p.who} changed ${p.what}.`,
      supported: (p: { what: string; who: string }) => `${p.who} will support ${p.what}.`,
      supportDeclined: (p: { what: string; who: string }) => `${p.who} cannot support ${p.what}.`,
      undone: (p: { what: string; who: string }) => `${p.who} took back the last step on ${p.what}.`,
      leaver: (p: { what: string; who: string }) =>
        `The person who had ${p.what} is not there any more. Please ask somebody else.`,
      away: (p: { what: string; who: string }) =>
        `The person who has ${p.what} is away, and it passes to nobody else. You may want to reach them, or ask somebody else.`,
      nobody: (p: { what: string; who: string }) =>
        `Nobody who answers for the agency can be reached about ${p.what}. The secretariat is told, and can act for it.`,
      snoozedPastDue: (p: { what: string; who: string }) =>
        `${p.who} will look at ${p.what} only after its deadline. You may want to talk to them.`,
      nudge: (p: { what: string; who: string }) => `${p.who} kindly asks how ${p.what} is coming along.`,
    },
    buttons: {
      open: "Open",
      read: "Read",
      reply: "Reply",
      give: "Give to",
      accept: "Accept",
      otherDate: "Other date",
      decline: "Decline",
      done: "Done",
      moreTime: "More time",
      problem: "Problem",
      resolved: "Problem solved",
      close: "Close",
      notYet: "Not yet",
      nudge: "Remind",
      edit: "Edit",
      withdraw: "Withdraw",
      agreeDate: "Agree to new date",
      keepDate: "Keep the date",
      support: "We support with",
      supportMyself: "I support it",
      more: "More",
      newTask: "New task",
    },
    list: {
      empty: "Nothing here.",
      title: (p: { view: string; count: number }) => `${p.view} (${p.count})`,
      views: {
        mine: "Your tasks",
        agency: "Your agency's tasks",
        asked: "Asked by your agency",
        late: "Late",
        done: "Done, to be closed",
        closed: "Closed",
        all: "All tasks you can see",
      },
    },
    hints: (p: { agency: string; ref: string }) =>
      `${p.agency} works on something close to your ${p.ref}: get in touch?`,
  },

  meetings,
  information,
  matches,
  reports,
  places,
  plan,
  training,
  turns,
  agencies,
  setup,
  sure,

  inbox: {
    title: (p: { name: string }) => `${p.name}, what waits for you`,
    clear: "You owe nothing. Nobody waits for you.",
    clearIn: (p: { body: string }) => `You owe nothing in ${p.body}. Nobody waits for you there.`,
    others: "You take part in other bodies too. See what waits for you in:",
    overdue: "Late",
    today: (p: { day: string }) => `Due on ${p.day}`,
    week: (p: { until: string }) => `Due by ${p.until}`,
    later: "Later or no date",
    answer: "Waits for your answer",
    meetings: (p: { until: string }) => `Meetings until ${p.until}, and those that ask you something`,
    toDecide: (p: { agency: string }) => `Asked of ${p.agency}, to be handed to somebody`,
    toClose: "Done by others, to be closed",
    waiting: "You wait for",
    more: (p: { count: number }) => `and ${p.count} more`,
    first: (p: { most: number }) =>
      `There may be more: the first ${p.most} are counted. Type tasks or meetings for all.`,
    foot: (p: { body: string; now: string }) => `${p.body} · ${p.now}`,
  },

  reminders: {
    heading: (p: { count: number; kind?: string; tasksOnly: boolean }) => {
      if (p.count > 1) return `Reminder: ${p.count} ${p.tasksOnly ? "tasks" : "things"}`;
      if (p.kind === "figure") return "Reminder: a figure of the plan is due";
      if (p.kind === "figure-late") return "Reminder: a figure of the plan is missing";
      if (p.kind === "match") return "Reminder: an entry runs out";
      if (p.kind === "training-lapse") return "Reminder: its time is over, and nobody took it up";
      if (p.kind === "training-evaluate") return "Reminder: how was the session?";
      if (p.kind === "training-follow") return "Reminder: what was put into practice?";
      if (p.kind === "outcome") return "Reminder: what came of it?";
      if (p.kind === "owed") return "Reminder: an outcome is owed";
      if (p.kind === "use") return "Reminder: a use waits for your answer";
      if (p.kind === "meeting-soon") return "Reminder: about to begin";
      if (p.kind === "meeting-agenda") return "Reminder: the agenda closes soon";
      if (p.kind === "meeting-rsvp") return "Reminder: will you come?";
      if (p.kind === "meeting-poll") return "Reminder: which dates suit you?";
      if (p.kind === "meeting-start") return "Reminder: it is time to start";
      if (p.kind === "meeting-end") return "Reminder: still running";
      if (p.kind === "meeting-correct") return "Reminder: minutes can still be corrected";
      if (p.kind === "meeting-corrected") return "Reminder: the time to correct is over";
      if (p.kind === "due") return "Reminder: due now";
      if (p.kind === "late") return "Reminder: late";
      if (p.kind === "unanswered") return "Reminder: not answered yet";
      if (p.kind === "decide") return "Reminder: another date waits for your answer";
      if (p.kind === "snooze") return "Reminder: as you asked";
      if (p.kind === "silence") return "Reminder: done, waits for you to close it";
      return "Reminder: coming up";
    },
    snoozed: (p: { ref: string; when: string }) => `I will remind you of ${p.ref} ${p.when}.`,
    snooze: "Remind me",
    snoozeChoices: { hour: "in one hour", tomorrow: "the next morning", workingDay: "the next working day" },
    gotIt: "Got it",
    noted: "Noted.",
    told: (p: { list: string }) => `Reminded: ${p.list}`,
    ladder: (p: { what: string; ladder: string }) => `Reminders for ${p.what}: ${p.ladder}`,
    late: (p: { when: string }) => `This reminder comes late: it was meant for ${p.when}.`,
    settled: (p: { what: readonly string[] }) =>
      `This reminder is settled${p.what.length ? ` (${p.what.join(", ")})` : ""}. There is nothing left for you to do here.`,
  },

  digest: {
    person: "Your morning digest",
    mine: "What waits for me",
    nudge: "Remind the late ones",
    body: (p: { body: string }) => `${p.body}: the week by agency`,
    line: (p: { open: number; late: number; unanswered: number; opened: number; closed: number }) =>
      `open ${p.open}, late ${p.late}, not answered ${p.unanswered}; in the last seven days opened ${p.opened}, closed ${p.closed}`,
    head: (p: { head: string; events: number; at: string }) =>
      `Record sealed up to ${p.at}: ${p.events} events, head ${p.head}. Keep this message: it shows if the record is changed later.`,
    nothing: "There is nothing to tell you, so no digest would come.",
    off: "You get no digest any more. To have it back: digest on",
    set: (p: { at: string; days: string }) =>
      `Your digest comes at ${p.at} on ${p.days}, when there is something to tell.`,
    restDay: (p: { day: string }) =>
      `${p.day} is a day off of the coordination body. Choose a working day, for example: digest body at:09:00 days:2`,
    bodySet: (p: { day: string; at: string }) => `The body's digest comes on ${p.day} at ${p.at}.`,
    choices: { on: "on", off: "off", body: "the coordination body's", agency: "your agency's week" },
    agency: (p: { agency: string }) => `${p.agency}: your week`,
    also: (p: { asked: number; shares: number; outcomes: number; meetings: number; figures: number }) =>
      `tasks you asked of others ${p.asked}; shares not opened ${p.shares}, outcomes you owe ${p.outcomes}, figures of the plan you owe ${p.figures}; meetings in the next seven days ${p.meetings}`,
    agencySet: (p: { on: boolean }) =>
      p.on
        ? "Your agency's channel gets its week, at the hour of the coordination body's digest."
        : "Your agency's channel gets no weekly digest any more. To have it back: digest agency weekly:on",
    workingDays: "working days",
    weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
  },

  delivery: {
    undelivered: (p: { person: string; agency: string; why: string; passedOn: boolean }) =>
      `Your message to ${p.person} (${p.agency}) could not be delivered: ${p.why}. ${p.passedOn ? "The agency's focal point has it instead." : "Nobody else has it."}`,
    why: (p: { reason: string }) =>
      ({
        account_gone: "the account is gone",
        bot_removed: "Coord was removed there",
        token_revoked: "Coord's access was withdrawn there",
        channel_gone: "the conversation is gone",
        blocked: "Coord is blocked or not installed there",
        too_large: "the message is too large",
        refused: "the platform refused it",
        gave_up: "the platform did not answer for a day",
      })[p.reason] ?? "the platform refused it",
    none: "Everything was delivered.",
    title: "Could not be delivered",
    line: (p: { person: string; when: string; why: string }) => `${p.person}, ${p.when}: ${p.why}`,
  },

  people: {
    newcomer: { name: (p: { number: number }) => `Newcomer ${p.number}`, agency: "no agency yet" },
    unknown: (p: { name?: string }) =>
      `${p.name ? `${p.name}, this` : "This"} account is not known here yet. If you were given a code, type: join ABCD-EFGH (in Slack: /coord join ABCD-EFGH). Otherwise ask your agency's focal point to add you.`,
    welcome: (p: { name: string; agency: string; body: string }) =>
      `Welcome, ${p.name}. You are with ${p.agency} in ${p.body}. Type /coord (in Teams: @Coord) to see what waits for you, or help to see what you can do.`,
    askedToJoin: (p: { agency: string }) =>
      `Thank you. The focal point of ${p.agency} now confirms that this account is yours.`,
    joinAsk: (p: { name: string; agency: string; role: string; platform: string }) =>
      `${p.name} asks to join ${p.agency} as ${p.role} with a ${p.platform} account. Is it them?`,
    joiners: "Asking to join",
    noJoiners: "Nobody asks to join your agency.",
    confirm: "Yes, let in",
    refuse: "No",
    confirmed: (p: { name: string }) => `${p.name} is in.`,
    refusedJoin: (p: { name: string }) => `${p.name} is not let in.`,
    code: (p: { code: string; agency: string; role: string; until: string }) =>
      `Code for ${p.agency} (${p.role}): ${p.code}. It works once, until ${p.until}. The newcomer types: /coord join ${p.code}. You then confirm the account.`,
    firstCode: (p: { code: string; agency: string; until: string }) =>
      `Code for the first person of ${p.agency}, its focal point: ${p.code}. It works once, until ${p.until}. Send it to them alone; they type: /coord join ${p.code} (in Teams: @Coord join ${p.code}).`,
    add: (p: { name: string; agency: string; role: string }) => `Add ${p.name} to ${p.agency} as ${p.role}?`,
    addYes: "Add",
    added: (p: { name: string; agency: string }) => `${p.name} is added to ${p.agency}.`,
    addedYou: (p: { by: string; agency: string; body: string }) =>
      `${p.by} added you to ${p.agency} in ${p.body}. Type /coord (in Teams: @Coord) to see what waits for you.`,
    removed: (p: { name: string; count: number }) =>
      `${p.name} can no longer use Coord. ${p.count === 0 ? "Nothing was open." : p.count === 1 ? "One open task is back with the focal point." : `${p.count} open tasks are back with the focal point.`}`,
    second: {
      list: (p: { accounts: string[] }) =>
        `You are reached here: ${p.accounts.join(", ") || "nowhere"}. To join another account of your own: account @you, where it can be mentioned; else account code, and type the code there.`,
      offered:
        "Now write anything to Coord from that account within 72 hours, for example /coord (in Teams: @Coord). It is asked there whether it is yours, and joined by one tap.",
      code: (p: { code: string; until: string }) =>
        `Your code: ${p.code}. Type it from your other account: /coord join ${p.code} (in Teams: @Coord join ${p.code}). You are then asked here whether that was you. It works once, until ${p.until}. Give it to nobody.`,
      question: (p: { name: string; agency: string }) =>
        `${p.name}, ${p.agency}, says that this account is theirs too. Is this you? Then everything that is theirs is open from here as well.`,
      claimed: "The person who made this code is now asked, in the account they already use, whether that was them.",
      asked: (p: { platform: string; name: string }) =>
        `Your code was typed from an account in ${p.platform}: ${p.name}. Was that you? Then everything that is yours is open from there as well.`,
      yes: "Yes, that is me",
      no: "No",
      done: "The accounts are joined: you can do there what you can do here.",
      joined: (p: { name: string }) =>
        `Joined: here you are ${p.name} too. Type /coord (in Teams: @Coord) to see what waits for you.`,
      left: "Nothing was joined.",
      yours: (p: { platform: string }) =>
        `Another account is yours from now on, in ${p.platform}. If that was not you, tell your agency's focal point at once.`,
      told: (p: { name: string; platform: string }) =>
        `${p.name} has joined a second account of their own, in ${p.platform}. If it is not theirs: remove @${p.name}`,
    },
    who: (p: { agency: string }) => `${p.agency}: who to reach`,
    onDuty: "on duty now",
    dataOfficer: "data protection officer",
    officerSet: (p: { name: string; agency: string }) =>
      `${p.name} is the data protection officer of ${p.agency} from now on, and is told every morning how many silent questions about identifiers there were the day before: numbers only.`,
    away: (p: { until: string; deputy?: string }) =>
      `away until ${p.until}${p.deputy ? `, ${p.deputy} stands in` : ""}`,
    reach: (p: { platforms: string; phone?: string }) => (p.phone ? `${p.platforms} · ${p.phone}` : p.platforms),
    nobody: "nobody here yet; the secretariat acts for this agency",
    platform: (p: { name: string }) =>
      ({ web: "workbench", mail: "mail" })[p.name] ?? p.name,
    awaySet: (p: { until: string; deputy?: string }) =>
      p.deputy ? `You are away until ${p.until}; ${p.deputy} stands in.` : `You are away until ${p.until}.`,
    awayEnded: "Noted: you are back, and nobody stands in for you any more.",
    settings: (p: { lang: string; zone: string; from: string; to: string }) =>
      `Language ${p.lang}, time zone ${p.zone}, working hours ${p.from} to ${p.to}.`,
    bodies: "Your coordination bodies",
    bodySet: (p: { body: string }) => `From now on, what you type is meant for ${p.body}.`,
    whichBody: (p: { ref: string }) => `${p.ref} is something else in each of your bodies. Which one do you mean?`,
    bodyLine: (p: { slug: string; name: string; current: boolean }) =>
      `${p.slug}: ${p.name}${p.current ? " (current)" : ""}`,
    bound: (p: { agency: string; platform: string; external: boolean }) =>
      p.external
        ? `Notices to ${p.agency} come to this conversation from now on. Another organisation reads it, so it shows words that are TLP:CLEAR and no others.`
        : `Notices to ${p.agency} come to this conversation from now on. ${p.platform} is asked now who reads it: if only your own people do, it shows words up to TLP:GREEN; else only those that are TLP:CLEAR, and you hear why.`,
    dutySet: (p: { name: string; from: string; until: string }) =>
      `${p.name} is on duty from ${p.from} until ${p.until}.`,
    channelHello: "Coord is here. A focal point binds this conversation to the agency with: bind @agency",
    hintsSet: (p: { on: boolean }) =>
      p.on
        ? "Your agency now hears of likely duplicate work."
        : "Your agency no longer hears of likely duplicate work.",
  },

  help: {
    title: "What you can do",
    intro:
      "In Slack begin with /coord, in Teams with @Coord or write to Coord directly. Leave things out and a form asks for them.",
    groups: {
      tasks: "Tasks",
      meetings: "Meetings",
      information: "Information",
      reports: "Activity summaries",
      plan: "Action plan",
      training: "Training and library",
      people: "People",
      you: "You",
      desk: "The secretariat",
    },
    waiting: (p: { count: number }) =>
      p.count === 0
        ? "Nothing waits for you."
        : p.count === 1
          ? "One thing waits for you."
          : `${p.count} things wait for you.`,
    show: "Show",
    foot: "More on each topic: press a button, or type for example help meetings.",
    also: (p: { commands: string[] }) => `Also: ${p.commands.join(", ")}. Type help and one of them.`,
    about: {
      tasks:
        "A task asks an agency to do something by a date. The agency's focal point hands it to somebody. That person says when it is done, and whoever asked closes it. Its card shows how it stands, in Slack and in Teams.",
      meetings:
        "A meeting has a card on which everybody answers. Put items on the agenda until it closes; press Start, Decide and End while you meet, and the minutes are there.",
      information:
        "What you share is written and read in a dialog only, and never appears in the chat. You say who may see it and what for, you see who opened it, and you can take it back.",
      reports: "A summary counts what a period brought. You add notes, then publish it: from then on it cannot change.",
      plan: "The action plan is known to all members: objectives, who leads them, and figures that show how far they are.",
      training: "Say what your agency needs to learn or can teach. What fits is shown, and somebody takes it up.",
      people:
        "Who is here, who is on duty, and how to reach them. A focal point adds colleagues and removes those who leave.",
      you: "How Coord speaks to you: language, time zone, working hours, digest, and who stands in while you are away.",
      desk: "What the secretariat decides for the whole body: its agencies, its reminders, its rules for meetings.",
    },
  },

  commands: {
    inbox: "What waits for you, and what you wait for",
    task: "Ask an agency or a person to do something by a date",
    tasks: "List tasks: mine, agency, asked, late, done, closed, all",
    show: "Show a task",
    read: "Read a task with its comments in a dialog",
    give: "Hand a task to a person; that accepts it too",
    accept: "Accept a task",
    decline: "Decline a task, with the reason",
    date: "Ask for another date, or set one",
    agree: "Agree to the date that was asked for",
    keep: "Keep the date as it is",
    done: "Say that a task is done, with evidence",
    problem: "Say what is in the way",
    resolved: "Say that the problem is solved",
    close: "Confirm that a finished task is done",
    notyet: "Say that a task is not done yet, and why",
    cancel: "Withdraw a task that you asked for",
    edit: "Change the words or the priority of a task",
    support: "Answer a request to support a task",
    say: "Comment on a task; everybody who works on it reads it",
    snooze: "Be reminded of a task later",
    remind: "The reminders of one task: show or change them",
    ladder: "The body's reminders for a priority: show or change them",
    digest: "Your digest: as it would come now, when it comes, or off",
    gotit: "Say that a reminder was read",
    undo: "Take back your last step, within five minutes",
    nudge: "Ask kindly how late tasks are coming along",
    nudgeall: "Send the polite question about everything that is late",
    who: "Who is there, who is on duty, how to reach them",
    add: "Add a colleague, or get a code for one",
    join: "Join with a code",
    joiners: "Who asks to join your agency",
    letin: "Let somebody in who asks to join",
    refuse: "Refuse somebody who asks to join",
    remove: "Take access away from somebody who left",
    away: "Say that you are away, and who stands in",
    back: "Say that you are back",
    duty: "Put somebody on the duty roster",
    account: "Your accounts; join a second one of your own",
    officer: "Name your agency's data protection officer",
    settings: "Your language, time zone and working hours",
    body: "Choose the coordination body that you speak in",
    bind: "Send notices to an agency to this conversation",
    hints: "Hear, or not, of work that is close to your agency's",
    undelivered: "What could not be delivered to your agency",
    for: "Act for an agency that is on neither platform",
    help: "What you can do",
    ...meetingCommands,
    ...informationCommands,
    ...matchCommands,
    ...reportCommands,
    ...placeCommands,
    ...planCommands,
    ...trainingCommands,
    ...agencyCommands,
  },

  asking: {
    key: (p: { said: string; near: string[] }) =>
      `“${p.said}” is nothing that this takes. Did you mean ${joined(p.near, "or")}? Nothing has been done yet.`,
    moment: (p: { said: string; reason?: WhenProblem; readings: number }) => {
      const nothing = "Nothing has been done yet.";
      switch (p.reason) {
        case undefined:
          return `“${p.said}” looks like a date. Is it the deadline? ${nothing}`;
        case "past":
          return `“${p.said}” has passed already. Which date is meant? ${nothing}`;
        case "negative":
          return `“${p.said}” lies in the past. By when should it be done? ${nothing}`;
        case "impossible":
        case "in_gap":
          return `“${p.said}” does not exist. Which date is meant? ${nothing}`;
        default:
          return p.readings > 1
            ? `“${p.said}” can be read in more than one way. Which is meant? ${nothing}`
            : `“${p.said}” is not an exact date. Which is meant? ${nothing}`;
      }
    },
    by: (p: { when: string }) => `By ${p.when}`,
    noDate: "No date",
    pickDate: "Pick a date",
    agency: (p: { said: string }) => `There is no agency @${p.said}. Which one is meant? Nothing has been done yet.`,
    agencyFirst: (p: { said: string }) =>
      `Whom is this asked of? “${p.said}” could be an agency. Nothing has been done yet.`,
    anotherAgency: "Another one",
    second: (p: { who: string; supports: boolean }) =>
      p.supports
        ? `${p.who}: does it support this, or is it only mentioned? Nothing has been done yet.`
        : `Only one agency can be asked here, so ${p.who} would only be mentioned. Nothing has been done yet.`,
    supports: "It supports",
    person: (p: { name: string; agency: string }) =>
      `Is ${p.name} of ${p.agency} to do it, or only mentioned? Nothing has been done yet.`,
    askPerson: (p: { name: string }) => `Ask ${p.name}`,
    keepWords: "Only mentioned",
    task: (p: { who: string }) => `Is that a task for ${p.who}? Nothing has been done yet.`,
    form: "Open the form",
    number: (p: { said: string }) => `${p.said} alone could be a task or a meeting. Which one do you want to see?`,
    remind: (p: { when: string; some: boolean }) =>
      p.some
        ? `Of which task do you want to be reminded “${p.when}”?`
        : `You have no open task to be reminded of. For one that you know of, type: snooze T-12 ${p.when}`,
  },

  errors: {
    unknownCommand: (p: { said: string; near: string[] }) =>
      p.near.length
        ? `“${p.said}” is not a command. Did you mean ${joined(p.near, "or")}? Type help to see all.`
        : `“${p.said}” is not a command. For example: task @labour Inspect 3 farms by Fri 17:00. Type help to see all.`,
    empty: (p: { what: string }) => `${p.what}: please fill this in.`,
    missing: (p: { what: string[]; usage: string; example: string }) =>
      `Still missing: ${joined(p.what, "and")}. How: ${p.usage}. Example: ${p.example}`,
    lineTooLong: (p: { max: number; length: number }) =>
      `${p.length} characters are too many for one line, ${p.max} fit. Begin with the main point, for example: task @labour Inspect 3 farms by Fri 17:00`,
    tooLong: (p: { what: string; max: number; length: number }) =>
      `${p.what}: ${p.length} characters are too many, ${p.max} fit. Put the rest into a comment or a document.`,
    messageTooLong: (p: { max: number; length: number }) =>
      `That message has ${p.length} characters, and ${p.max} are read. Write the main point, for example: task @labour Inspect 3 farms by Fri 17:00`,
    tooMany: (p: { what: string; max: number }) => `${p.what}: at most ${p.max} can be chosen at once.`,
    unreadable: "That could not be read, and nothing was done. Type /coord to see how things stand.",
    when: (p: { reason: WhenProblem; said: string; times?: string[] }) => {
      switch (p.reason) {
        case "not_a_date":
          return `“${p.said}” is not a date that I understand. For example: Fri 17:00, tomorrow, 31 March, 2026-12-01 08:00.`;
        case "impossible":
          return `“${p.said}” does not exist. For example: 28 Feb, Fri 17:00.`;
        case "past":
          return `“${p.said}” has passed already. Give a date to come, for example: tomorrow 12:00.`;
        case "negative":
          return `“${p.said}” goes back in time. Give a date to come, for example: in 3 days.`;
        case "ambiguous":
          return `“${p.said}” can be read in two ways. Write it out, for example: 4 March 17:00.`;
        case "in_gap":
          return `“${p.said}” does not exist: the clocks go forward then.${p.times?.length ? ` Choose ${joined(p.times, "or")}.` : ""}`;
      }
    },
    pick: {
      past: (p: { picked: string; now: string }) =>
        `${p.picked} has passed: it is ${p.now} now. Pick a later day or time.`,
      missing: (p: { what: string }) => `${p.what}: pick a day, or write one, for example: Fri 17:00.`,
      day: (p: { time: string }) => `${p.time} of which day? Pick the day too.`,
      both: "A day is picked and words are written: keep one of the two. Words are for what repeats.",
    },
    reference: (p: { said: string; letter: string }) => `“${p.said}” is not a reference. For example: ${p.letter}-12.`,
    noTask: (p: { ref: string }) => `There is no ${p.ref} for you here. Type tasks to see yours.`,
    noSuchKind: (p: { ref: string }) => `There is no ${p.ref} for you here.`,
    noAgency: (p: { said: string; near: string[]; all: string[] }) =>
      p.near.length
        ? `There is no agency @${p.said}. Did you mean ${joined(p.near, "or")}?`
        : `There is no agency @${p.said}. There are: ${p.all.join(", ")}.`,
    noPerson: (p: { said?: string }) =>
      p.said
        ? `I know nobody called ${p.said} here. Mention the person, or write the full name with dots: @maria.papadaki`
        : "That account is not known here yet. Its agency's focal point adds it with: add @person",
    severalPeople: (p: { said: string; names: string[]; typed: string }) =>
      `${p.said} could be ${joined(p.names, "or")}. Mention the person, or write with the agency: ${p.typed}`,
    which: (p: { said: string }) => `Which ${p.said} do you mean? Nothing has been done yet.`,
    label: (p: { said: string }) =>
      `“${p.said}” is not a label. There are CLEAR, GREEN, AMBER, AMBER+STRICT and RED, for example tlp:GREEN.`,
    labelNotHere: (p: { label: string }) =>
      `Your words are marked TLP:${p.label}, and what they would go to is less strict or has no label, so nothing was kept. If others read this chat, delete your words here. To write about a label, put it in quotation marks.`,
    unknownKey: (p: { said: string; keys: string[] }) =>
      `“${p.said}” is not known here.${p.keys.length ? ` There are: ${p.keys.join(", ")}.` : ""} To keep words exactly as they are, put them in quotation marks.`,
    quoteValue: (p: { said: string; example: string }) =>
      `Put several words after “${p.said}” in quotation marks, for example: ${p.example}`,
    leftOver: (p: { said?: string; usage: string; example: string }) =>
      `${p.said === undefined ? "More was typed than this takes" : `“${p.said}” was not understood`}, and nothing was done. How: ${p.usage}. Example: ${p.example}`,
    oneOf: (p: { said: string; options: string }) => `“${p.said}” is not among: ${p.options}.`,
    notYourAct: (p: { ref: string; who: string }) =>
      `That step on ${p.ref} is for ${p.who}. You can comment: say ${p.ref} your words`,
    whoAsked: (p: { agency: string }) => `${p.agency}, who asked for it`,
    whoDoes: (p: { agency: string }) => `the person it is with, or the focal point of ${p.agency}`,
    whoSupports: "the focal point of a supporting agency",
    laterOnly: (p: { ref: string; due: string }) =>
      `${p.ref} is due ${p.due}, so more time means a later date. Give one, for example: date ${p.ref} in 10 days`,
    wrongState: (p: { ref: string; state: string }) =>
      `${p.ref} has moved on: it is ${p.state.toLowerCase()} now. Type ${p.ref} to see it.`,
    notOurs: (p: { person: string; agency: string }) =>
      `${p.person} does not belong to ${p.agency}. Choose one of its people; who @agency lists them.`,
    notParty: (p: { ref: string }) => `Your agency was not asked to support ${p.ref}.`,
    noProposal: (p: { ref: string }) =>
      `Nobody has asked for another date for ${p.ref}. To ask for one: date ${p.ref} Fri 17:00`,
    ownProposal: (p: { ref: string }) => `Your own side asked for this date for ${p.ref}, so the other side answers.`,
    noProblem: (p: { ref: string }) => `No problem is recorded for ${p.ref}.`,
    redNeedsPerson: "TLP:RED is for named persons only: ask a person, for example: task @maria … tlp:RED",
    redNoSupport: "TLP:RED is for named persons only: leave the supporting agencies out.",
    redNotFor: "A TLP:RED task cannot be entered for another agency.",
    redStays: (p: { ref: string }) =>
      `${p.ref} is TLP:RED: it stays with the person named. Decline it, and the requester asks somebody else.`,
    observer: (p: { agency: string }) => `${p.agency} takes part as an observer and is not asked to do tasks.`,
    restrictedThread: (p: { ref: string }) =>
      `${p.ref} is above what this chat may hold, so your words were not taken. Delete them here and press Reply on its card.`,
    nothingToUndo: (p: { minutes: number }) => `There is nothing of yours to undo from the last ${p.minutes} minutes.`,
    undoTooLate: (p: { ref: string }) =>
      `${p.ref} has changed since, so your step cannot be taken back. Type ${p.ref} to see it.`,
    notAllowed: (p: { roles: string[] }) =>
      `That is for: ${p.roles.join(", ")}. Ask one of them, or type help to see what you can do.`,
    notOwnAgency: "That is for the agency itself, by its focal point.",
    code: "That code does not work here: it was used, has run out, or is for another workspace. Ask for a new one.",
    addElsewhere:
      "Other organisations read this channel, so Coord cannot see here who belongs to which. Type add @person in a channel of your own, or add Maria Papadaki for a code.",
    alreadyKnown: (p: { name: string; agency: string }) => `${p.name} is known here already, with ${p.agency}.`,
    noJoin: "Nobody with that request is waiting. Type joiners to see who is.",
    noBody: (p: { said: string; slugs: string[] }) =>
      `You are in no body called ${p.said}. You are in: ${p.slugs.join(", ")}.`,
    zone: (p: { said: string; near: string[] }) =>
      `“${p.said}” is not a time zone. ${p.near.length ? `Did you mean ${joined(p.near, "or")}?` : "For example: Europe/Athens."}`,
    hours: (p: { said: string }) => `“${p.said}” is not a span of hours. For example: 08:00-16:00.`,
    order: "The end must be after the beginning.",
    onlyInChannel: "Type this in the conversation that you mean, a channel or a group chat.",
    fromCoord: "That message is Coord's own card. Use its buttons, or comment on it.",
    full: "Many are writing at this moment, and Coord could not keep your message. Please send it again in a moment.",
    tooOften: (p: { seconds: number; minutes?: number }) =>
      `That was too often, so nothing was done. Try again in ${p.minutes === undefined ? plural(p.seconds, "second") : plural(p.minutes, "minute")}.`,
    codesTried: (p: { minutes: number }) =>
      `Too many codes were typed here. Wait ${plural(p.minutes, "minute")}, or ask your focal point for help.`,
    stale: "This button belongs to something that has changed or is gone. Type /coord to see how things stand.",
    formSent: "This form was sent already.",
    changed: (p: { ref: string }) =>
      `${p.ref} has changed since this card was drawn. Type ${p.ref} to see it as it is now.`,
    accountYours: "That account is yours already.",
    accountTaken: "That account is somebody's already. To free it, remove that person first: remove @name",
    accountSaid: (p: { said: string }) =>
      `“${p.said}” is not an account. Mention yours (account @you), or type account code to have a code for it.`,
    accountElsewhere: "That account belongs to somebody of another agency, and must be removed there first.",
    lastFocalPoint: (p: { name: string; agency: string }) =>
      `${p.name} is the last focal point of ${p.agency}. Name who follows: remove @… successor:@omar`,
    notRepresented: (p: { agency: string }) => `${p.agency} has people of its own here and acts for itself.`,
    boundElsewhere: "This conversation belongs to another coordination body.",
    snoozeLifeSafety: "A life-and-safety reminder can wait one hour at most, for example: snooze T-12 in 1 hour",
    notMember: (p: { person: string }) => `${p.person} does not take part in this coordination body.`,
    formOld: "This form is too old. Please open it again.",
    page: (p: { said: string }) => `“${p.said}” is not a page number. For example: tasks mine page:2`,
    actForReachable: (p: { agency: string }) => `${p.agency} has its own focal point here and acts for itself.`,
    ladder: (p: { said: string }) =>
      `“${p.said}” is not a reminder step. For example: 3d before, 2h before, due, 1d late, daily late, 3d late focal, 7d late desk.`,
    hour: (p: { said: string }) => `“${p.said}” is not an hour. For example: at:07:30`,
    days: (p: { said: string }) => `“${p.said}” is not a list of days. 1 is Monday, for example: days:1,2,3,4,5`,
    nothingLate: "Nothing is late.",
    internal: "Something went wrong on our side, and nothing was changed. Please try again.",
    ...meetingErrors,
    ...informationErrors,
    ...matchErrors,
    ...reportErrors,
    ...placeErrors,
    ...planErrors,
    ...trainingErrors,
    ...agencyErrors,
  },
};

export type Messages = typeof en;
