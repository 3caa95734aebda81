export {};

declare module "../audit/record.js" {
  interface ActsOn {
    plan:
      | "added"
      | "changed"
      | "downloaded"
      | "imported"
      | "indicator"
      | "linked"
      | "obstacle"
      | "progress"
      | "resolved"
      | "unlinked";
  }
}
