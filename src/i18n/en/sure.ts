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
  undoable: (p: { minutes: number }) =>
    `Not what you meant? You can take it back within ${p.minutes} ${p.minutes === 1 ? "minute" : "minutes"}.`,
  takeBack: "Take back",
  broughtBack: (p: { name: string; tasks: number; others: number }) =>
    `${p.name} is back as before.${p.tasks ? ` Tasks that are theirs again: ${p.tasks}.` : ""}${p.others ? ` Tasks that stay where they are, since somebody took them on: ${p.others}.` : ""} What was told meanwhile stays told, and a RED share that was recalled stays recalled.`,
  releaseUndone: (p: { what: string; readers: string[] }) =>
    p.readers.length
      ? `${p.what} is recalled: nobody opens it from now on. It had been opened by ${joined(p.readers)}, and what was read cannot be taken back. You may want to talk to them.`
      : `${p.what} is recalled before anybody opened it. Its recipients see that there was something, and nothing of what it said.`,
  reviewUndone: (p: { what: string }) => `${p.what} is a draft of yours again; nobody outside your agency has seen it.`,
  recallUndone: (p: { what: string }) =>
    `${p.what} is released again, to the same recipients and under the same conditions. They have been told of both. Uses that were granted or asked for stay void: they have to be asked for again.`,
  publishUndone: (p: { ref: string }) => `${p.ref} is a draft again: nothing of it had left.`,
  publishStays: (p: { ref: string }) =>
    `${p.ref} is published, and that cannot be undone: members can have read it, its files are sealed, and other summaries reckon with its figures. If something in it is wrong, say so in the notes of the next one.`,
};
