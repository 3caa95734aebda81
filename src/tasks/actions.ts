export {};

declare module "../audit/record.js" {
  interface ActsOn {
    task:
      | "agreed"
      | "asked"
      | "blocked"
      | "cancelled"
      | "closed"
      | "commented"
      | "date_granted"
      | "date_proposed"
      | "date_refused"
      | "declined"
      | "done"
      | "due"
      | "edited"
      | "given"
      | "given_back"
      | "ladder"
      | "nudged"
      | "read"
      | "reopened"
      | "snoozed"
      | "support_declined"
      | "supported"
      | "unblocked"
      | "undone";
  }
}
