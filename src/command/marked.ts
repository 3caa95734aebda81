import { itemOf } from "../items/define.js";
import { refuse } from "../lib/refusal.js";
import { type Label, parseLabel, strictest, type Viewer, within } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { Args, Command, Context, Raws } from "./define.js";
import { readMarking } from "./marking.js";
import { unquoted } from "./quoted.js";
import { parseReference, type Reference } from "./references.js";

/** What a typed marking does to a command: it is at least its label, or, where it takes none, its item's is as strict. */

const labelArg = (args: Args) => Object.entries(args).find(([, arg]) => arg.marks);

export const takesLabel = ({ args }: Pick<Command, "args">): boolean => labelArg(args) !== undefined;

/** @throws Refusal for what stands where a label belongs and is none */
export async function markingOf(c: Context, command: Command, line: string): Promise<{ words: string; label?: Label }> {
  const { unknown, ...marking } = readMarking(line);
  if (unknown === undefined) return marking;
  const said = unknown.slice(0, 40);
  await labelArg(command.args)?.[1].parse(c, said);
  return refuse((t) => t.errors.label({ said }));
}

export function withLabel({ args }: Pick<Command, "args">, raws: Raws, typed: Label | undefined): Raws {
  const [name] = labelArg(args) ?? [];
  if (name === undefined || typed === undefined) return raws;
  const given = raws[name];
  if (given === undefined) return { ...raws, [name]: typed };
  const label = parseLabel(given);
  // What is no label is for the argument to refuse.
  return label ? { ...raws, [name]: strictest(label, typed) } : raws;
}

/**
 * What was typed in a form's fields. A line, which may be a title, is left without its marking; a text of many lines is
 * somebody's own words and stays as it is.
 */
export function markingsIn({ args }: Pick<Command, "args">, raws: Raws): { raws: Raws; label?: Label } {
  const cleaned = { ...raws };
  const labels: Label[] = [];
  for (const [name, arg] of Object.entries(args)) {
    const raw = raws[name];
    if (!arg.words || raw === undefined) continue;
    const { label, unknown, words } = readMarking(raw);
    if (label) labels.push(label);
    if (arg.words === "line") {
      if (unknown !== undefined) refuse((t) => t.errors.label({ said: unknown.slice(0, 40) }));
      cleaned[name] = words;
    }
    // Quoted for the form alone, see `quotedMarkings`.
    if (!label && readMarking(unquoted(raw)).label) cleaned[name] = unquoted(raw);
  }
  const [first, ...more] = labels;
  return { raws: cleaned, ...(first ? { label: strictest(first, ...more) } : {}) };
}

/** Words that were quoted in a line, or stand in an item, and speak of a label: a form shows them in quotation marks. */
export function quotedMarkings({ args }: Pick<Command, "args">, raws: Raws): Raws {
  const shown = { ...raws };
  for (const [name, arg] of Object.entries(args)) {
    const raw = raws[name];
    if (arg.words && raw !== undefined && readMarking(raw).label) shown[name] = `“${raw}”`;
  }
  return shown;
}

/**
 * Asked after the act, which the refusal undoes: only then is it known that the item is there for this person.
 * @throws Refusal where what was written belongs to something less strict, or to nothing that has a label
 */
export async function heldBy(work: UnitOfWork, viewer: Viewer, raws: Raws, typed: Label): Promise<void> {
  const reference = raws.ref === undefined ? undefined : parseReference(raws.ref);
  const label = reference && (await labelOf(work, viewer, reference));
  if (!label || !within(typed, label)) notHere(typed);
}

export const notHere = (label: Label): never => refuse((t) => t.errors.labelNotHere({ label }), "label");

const labelOf = async (work: UnitOfWork, viewer: Viewer, { kind, number }: Reference): Promise<Label | undefined> =>
  (await itemOf(kind)?.kind.known({ work, viewer }, number))?.label;
