import type { Arg, Context } from "../command/define.js";
import { knownBy } from "../command/references.js";
import { mayShare } from "../policy/index.js";
import { readContent } from "./content.js";
import type { Share } from "./model.js";
import { SHARES } from "./store.js";

/** The draft that a form is about, if it is this person's to change and something was written. */
export async function writtenSoFar(c: Context, reference: string | undefined): Promise<Share | undefined> {
  const share = await knownBy(c, SHARES, reference);
  return share?.written && mayShare(c.viewer, "edit", share.subject) === undefined ? share : undefined;
}

/** A field that shows what was written before, to its author. */
export const asWritten = (part: "title" | "content", arg: Arg<string>): Arg<string> => ({
  ...arg,
  async field(c, raw, raws) {
    const share = raw === undefined ? await writtenSoFar(c, raws.ref) : undefined;
    return arg.field(c, raw ?? (share && (await readContent(c.work, share))[part]), raws);
  },
});
