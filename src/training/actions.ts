export {};

declare module "../audit/record.js" {
  interface ActsOn {
    training:
      | "attended"
      | "enrolled"
      | "evaluated"
      | "followed"
      | "held"
      | "lapsed"
      | "left"
      | "matched"
      | "need"
      | "offer"
      | "session"
      | "withdrawn";
    library: "added" | "removed";
  }
}
