import { parse } from "csv-parse/sync";
import { z } from "zod";
import { messagesFor } from "../i18n/index.js";
import { Refusal } from "../refusal.js";
import type { Runtime } from "../runtime.js";
import { attempt } from "../store/database.js";
import { StartError } from "../store/lock.js";
import { isZone } from "../time/index.js";
import { bodyOf, linkInto, roleOf } from "./setup.js";

const Row = z.object({
  name: z.string().min(1, "name is empty"),
  agency: z.string().min(1, "agency is empty"),
  role: z.string().default("staff"),
  accounts: z.string().min(1, "accounts is empty: write e.g. slack:T0123:U0456"),
  email: z.string().optional(),
  zone: z
    .string()
    .optional()
    .refine((zone) => !zone || isZone(zone), "zone is not a time zone, e.g. Europe/Athens"),
  lang: z.string().optional(),
});

/**
 * People in bulk. Every row is judged and every fault named; one fault and nothing is imported.
 * Several roles or accounts are separated by spaces.
 */
export async function importPeople(
  runtime: Runtime,
  csv: string,
  o: { body?: string },
): Promise<{ text: string; ok: boolean }> {
  const body = await bodyOf(runtime, o.body);
  let rows: Record<string, string>[];
  try {
    rows = parse(csv, {
      columns: (header: string[]) => header.map((name) => name.trim().toLowerCase()),
      bom: true,
      trim: true,
      skip_empty_lines: true,
    });
  } catch (error) {
    return { ok: false, text: `The file is not readable as CSV: ${(error as Error).message}` };
  }
  if (rows.length === 0)
    return {
      ok: false,
      text: "The file has no rows. Its first line names the columns: name,agency,role,accounts,email,zone,lang",
    };
  const faults: string[] = [];
  await runtime
    .inBody(body.id, async (work) => {
      for (const [index, row] of rows.entries()) {
        const fault = (why: string) => faults.push(`line ${index + 2}: ${why}`);
        const parsed = Row.safeParse(Object.fromEntries(Object.entries(row).filter(([, value]) => value !== "")));
        if (!parsed.success) {
          fault(
            parsed.error.issues
              .map((issue) => (issue.code === "invalid_type" ? `${issue.path.join(".")} is missing` : issue.message))
              .join("; "),
          );
          continue;
        }
        const { agency, accounts, role, ...rest } = parsed.data;
        try {
          await attempt(work.tx, () =>
            linkInto(work, agency, { ...rest, account: accounts.split(/\s+/), role: role.split(/\s+/).map(roleOf) }),
          );
        } catch (error) {
          if (error instanceof StartError) fault(error.message);
          else if (error instanceof Refusal) fault(error.say(messagesFor("en")));
          else if ((error as { code?: string }).code === "23505") fault("the account is linked to somebody already");
          else throw error;
        }
      }
      if (faults.length) throw new RolledBack();
    })
    .catch((error) => {
      if (!(error instanceof RolledBack)) throw error;
    });
  return faults.length
    ? {
        ok: false,
        text: `Nothing was imported. ${faults.length} of ${rows.length} rows need a correction:\n${faults.join("\n")}`,
      }
    : { ok: true, text: `${rows.length} people are in.` };
}

class RolledBack extends Error {}
