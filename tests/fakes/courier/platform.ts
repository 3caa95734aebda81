import { definePlatform } from "../../../src/chat/index.js";

/** What would be Courier's entry in src/chat/platforms.ts. */
definePlatform({
  id: "courier",
  name: "Courier",
  calls: "!coord",
  variables: "COURIER_…",
  account: { parts: "TEAM:USER" },
  pace: { conversation: [], tenant: [{ count: 600, windowMs: 60_000 }], asking: { count: 20, windowMs: 60_000 } },
});
