import { record } from "../audit/record.js";
import { parsePolicy } from "../escalation/notation.js";
import { setRules } from "../people/rules.js";
import type { Runtime } from "../runtime/runtime.js";
import { StartError } from "../store/lock.js";
import type { Priority } from "../store/schema.js";
import { bodyPolicy } from "../tasks/escalation.js";
import { bodyOf } from "./setup.js";

const PRIORITIES = ["life-safety", "urgent", "normal", "low"] as const satisfies readonly Priority[];

/** Shows a body's reminders for a priority, or sets them; `default` gives back the ones that Coord comes with. */
export async function ladderOf(
  runtime: Runtime,
  said: string,
  ladder: string | undefined,
  o: { body?: string },
): Promise<string> {
  const priority = PRIORITIES.find((candidate) => candidate === said);
  if (!priority) throw new StartError(`"${said}" is not a priority. There are: ${PRIORITIES.join(", ")}.`);
  const found = ladder === undefined || ladder === "default" ? undefined : parsePolicy(ladder);
  if (found && !found.ok)
    throw new StartError(
      `"${found.said}" is not a reminder step. Write e.g. "2d before, due, daily late, 3d late focal".`,
    );
  const body = await bodyOf(runtime, o.body);
  return runtime.inBody(body.id, async (work) => {
    if (ladder !== undefined) {
      const { [`task.${priority}`]: _old, ...others } = work.body.rules.ladders ?? {};
      await setRules(work, {
        ladders: ladder === "default" ? others : { ...others, [`task.${priority}`]: ladder.toLowerCase() },
      });
      await record(work, { action: "body.ladder", code: `task.${priority}`, detail: { ladder } });
    }
    return `${priority}: ${bodyPolicy(work.body, priority)}`;
  });
}
