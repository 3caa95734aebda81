export {};

declare module "../audit/record.js" {
  interface ActsOn {
    meeting:
      | "agenda_ordered"
      | "answered"
      | "attendance"
      | "attended"
      | "called"
      | "cancelled"
      | "cancelled_one"
      | "decided"
      | "decision_withdrawn"
      | "edited"
      | "ended"
      | "followed"
      | "invited"
      | "item_added"
      | "item_admitted"
      | "item_late"
      | "item_off"
      | "left"
      | "line_changed"
      | "line_removed"
      | "missed"
      | "moved"
      | "moved_all"
      | "not_held"
      | "noted"
      | "paper_added"
      | "poll_closed"
      | "poll_empty"
      | "poll_lapsed"
      | "poll_opened"
      | "present"
      | "read"
      | "started"
      | "undone"
      | "voted";
    minutes:
      | "approved"
      | "circulated"
      | "corrected"
      | "correction_refused"
      | "correction_taken"
      | "downloaded"
      | "read";
    calendar: "renewed";
  }
}
