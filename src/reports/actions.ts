export {};

declare module "../audit/record.js" {
  interface ActsOn {
    report:
      | "asked"
      | "cancelled"
      | "downloaded"
      | "failed"
      | "key_made"
      | "key_revoked"
      | "made"
      | "noted"
      | "publish_asked"
      | "publish_undone"
      | "published"
      | "read_by_key";
  }
}
