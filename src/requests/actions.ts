import type { RequestAct } from "../policy/index.js";

declare module "../audit/record.js" {
  interface ActsOn {
    request: "attached" | "detached" | "documented" | "downloaded" | "drafted" | "red" | "supplemented" | RequestAct;
  }
}
