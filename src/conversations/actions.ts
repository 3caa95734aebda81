export {};

declare module "../audit/record.js" {
  interface ActsOn {
    place: "audience" | "bound" | "lowered" | "raised";
  }
}
