export {};

declare module "../audit/record.js" {
  interface ActsOn {
    authority:
      | ("added" | "changed" | "checked" | "closed" | "exported" | "imported" | "opened")
      | ("rule_added" | "rule_removed");
  }
}
