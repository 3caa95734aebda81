import type { SpeechWords } from "../../grammar/speech.js";

export const speech: SpeechWords = {
  lines: {
    ...{ "what do i owe": "", "what is on me": "", "what is due": "", status: "", todo: "", "to do": "", start: "" },
    ...{ "whats on me": "", "whats due": "", "what now": "", "what is waiting": "", hello: "help", hi: "help" },
    ...{ "my tasks": "tasks mine", "my work": "tasks mine", "show my tasks": "tasks mine", "all tasks": "tasks" },
    ...{ overdue: "tasks late", late: "tasks late", "what is late": "tasks late", "late tasks": "tasks late" },
    ...{ "my meetings": "meetings", "next meeting": "meetings", "what can i do": "help", commands: "help" },
    ...{ language: "settings", "time zone": "settings", timezone: "settings", english: "settings lang:en" },
    ...{ "find tasks": "tasks", "search tasks": "tasks", "find meetings": "meetings", "search meetings": "meetings" },
    ...{ "find decisions": "decisions", "find people": "who" },
    ...{ "in english": "settings lang:en", "in french": "settings lang:fr", french: "settings lang:fr" },
  },
  begins: {
    ...{ late: "tasks late", overdue: "tasks late", "late tasks": "tasks late", "overdue tasks": "tasks late" },
    ...{ "my tasks": "tasks mine", "all tasks": "tasks", "closed tasks": "tasks closed", "done tasks": "tasks done" },
    ...{ "find tasks": "tasks", "search tasks": "tasks", "find task": "tasks", "find meeting": "meetings" },
    ...{ "find meetings": "meetings", "search meetings": "meetings", "find decisions": "decisions" },
    ...{ lang: "settings lang:", language: "settings lang:", zone: "settings zone:", "time zone": "settings zone:" },
    ...{
      timezone: "settings zone:",
      "who handles": "find",
      "who is responsible for": "find",
      "who do i contact": "find",
    },
    ...{ "who is competent for": "find", "contact for": "find", "contact in": "find", "look up": "find" },
  },
  verbs: {
    search: "find",
    lookup: "find",
    meeting: "meet",
    finished: "done",
    complete: "done",
    completed: "done",
    comment: "say",
    reply: "say",
  },
  answers: { yes: "yes", no: "no", maybe: "maybe" },
  remindMe: /^remind me(?: again)?\s+(.+)$/iu,
  remindOf: [
    /^remind me(?: again)?(?: of| about)?\s+(?<ref>\S+)\s+(?<when>.+)$/iu,
    /^remind me(?: again)?\s+(?<when>.+?)\s+(?:of|about)\s+(?<ref>\S+)$/iu,
  ],
  asksFor: /^(?:(?:the )?status(?: of)?|what about|what is|what['’]?s|where is|how is|show me)\s+(\S+?)[?!.\s]*$/iu,
  courtesy: /^(?:please|kindly|could you|can you)\s+/iu,
};
