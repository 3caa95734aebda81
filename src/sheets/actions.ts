export {};

declare module "../audit/record.js" {
  interface ActsOn {
    procedure_sheet: "written" | "changed" | "checked" | "removed";
  }
}
