export {};

declare module "../audit/record.js" {
  interface ActsOn {
    delivery: "dropped" | "failed" | "retried";
  }
}
