import type { Form, FormValues } from "../../../src/chat/index.js";
import { formOf, textOf, type World, words } from "../../world.js";

/** What the suites about the plan do again and again. */

export const PEOPLE = {
  Dora: "secretariat coordinator",
  Maria: "police focal_point staff",
  Petros: "police staff",
  Eleni: "labour focal_point staff teams",
  Omar: "labour staff teams",
  Jonas: "border focal_point staff",
  Raul: "secretariat rapporteur",
  Ada: "secretariat admin",
  Obi: "iom observer teams",
} as const;
export type Name = keyof typeof PEOPLE;

/** @returns its reference */
export async function addObjective(
  w: World,
  line = "protection Shelter for all by 2027-11-23 lead:@labour",
): Promise<string> {
  const said = await w.ask("Dora", `plan add ${line}`);
  const ref = /O-\d+/.exec(said)?.[0];
  if (!ref) throw new Error(said);
  return ref;
}

export async function addIndicator(
  w: World,
  ref: string,
  more = "due:2026-12-31",
  every = "quarterly",
): Promise<string> {
  const said = await w.ask(
    "Dora",
    `plan indicator ${ref} Places in shelters unit:places from:10 to:50 every:${every} source:"Shelter register" answers:@labour ${more}`,
  );
  const found = /O-\d+\/\d+/.exec(said)?.[0];
  if (!found) throw new Error(said);
  return found;
}

export const news = (w: World, name: Name): string[] => w.inbox(name).map(({ message }) => words(message));

export const fill = async (w: World, name: Name, form: Form, values: FormValues): Promise<string> =>
  textOf(await w.submit(name, form, values));

export const opened = async (w: World, name: Name, line: string): Promise<Form> => formOf(await w.say(name, line));

/** Sends a table to the address that an import gives out. @returns what was wrong */
export async function send(w: World, name: Name, csv: string): Promise<string | undefined> {
  const token = /upload\/([\w-]+)/.exec(JSON.stringify(await w.say(name, "plan import")))?.[1] ?? "";
  const taken = await w.runtime.files.take(token, { name: "plan.csv", bytes: new TextEncoder().encode(csv) });
  if (!taken) throw new Error("no such address");
  return taken.wrong;
}
