export {};

declare module "../audit/record.js" {
  interface ActsOn {
    people:
      | "added"
      | "asked_to_join"
      | "away"
      | "back"
      | "digest"
      | "duty"
      | "invited"
      | "officer"
      | "removal_undone"
      | "removed"
      | "second_asked"
      | "second_joined"
      | "settings"
      | "succeeded"
      | "told"
      | "turned_away";
    agency: "changed" | "hints" | "joined" | "share_review" | "template" | "weekly";
  }
}
