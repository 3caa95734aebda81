import { randomInt } from "node:crypto";
import type { UnitOfWork } from "../store/unit-of-work.js";

/** A number nobody has yet. Not in sequence: how many there are is nobody's to know. */
export async function freeNumber(work: UnitOfWork, table: "shares" | "use_requests"): Promise<number> {
  for (let digits = 10_000; ; digits *= 10)
    for (let tries = 0; tries < 20; tries++) {
      const number = randomInt(10, digits);
      const taken = await work.tx.selectFrom(table).select("id").where("number", "=", number).executeTakeFirst();
      if (!taken) return number;
    }
}
