export {};

declare module "../audit/record.js" {
  interface ActsOn {
    match: "hit" | "imported" | "registered" | "removed" | "renewed";
  }
}
