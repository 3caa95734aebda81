/** English for what is asked once before it is done. */

const joined = (names: string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

export const sure = {
  remove: (p: { name: string; agency: string; body: string }) =>
    `Remove ${p.name} (${p.agency})? They can no longer use Coord in ${p.body}, and their open tasks go back to the focal point. Adding them again brings them back.`,
  removeYes: "Remove",
  release: (p: { what: string; names: string[]; label: string; codes?: string }) =>
    `Release ${p.what} to ${joined(p.names)}? It is TLP:${p.label}${p.codes ? `, ${p.codes}` : ""}. They can read it at once. You can recall it later, but not what they have read.`,
  releaseYes: "Release",
  recall: (p: { what: string; names: string[] }) =>
    `Recall ${p.what} from ${joined(p.names)}? Nobody there can open it any more. What was read stays known to them.`,
  recallRed: (p: { name: string }) =>
    `Recall what was given under TLP:RED (${p.name})? Nobody can open it any more. You will not read it, and what was read stays known.`,
  recallYes: "Recall",
};
