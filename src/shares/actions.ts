export {};

declare module "../audit/record.js" {
  interface ActsOn {
    share:
      | "acknowledged"
      | "attached"
      | "breached"
      | "declined"
      | "discarded"
      | "downloaded"
      | "drafted"
      | "expired"
      | "file_added"
      | "in_use"
      | "opened"
      | "outcome"
      | "outcome_final"
      | "outcome_told"
      | "outcomes_read"
      | "passed_on"
      | "recall_undone"
      | "recalled"
      | "received"
      | "reinstated"
      | "released"
      | "returned"
      | "taken_back"
      | "thanked"
      | "tightened"
      | "to_review"
      | "widened"
      | "written";
    use: "asked" | "granted" | "lapsed" | "read" | "refused" | "withdrawn";
  }
}
