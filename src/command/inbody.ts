import type { AccountRef, Action, Reply } from "../chat/index.js";
import type { Context } from "./define.js";
import { keepSealed, openSealed } from "./drafts.js";
import { offered } from "./reply.js";

/** A line about an item whose reference stands in several of somebody's bodies: which one is asked, and one tap answers. */

/** A button's id, beside the names of commands. */
export const IN_BODY = "inbody";

type Line = { text: string; mentions: readonly AccountRef[] };
type Asker = Omit<Context, "form">;

/** Kept in the body that may be meant, for whoever typed it. @returns what the button names it by */
export const keepLine = (c: Asker, { text, mentions }: Line): Promise<string> =>
  keepSealed(c, { text, mentions } satisfies Line);

/** @returns undefined for what is not this person's, or was answered */
export const openLine = (c: Asker, id: string): Promise<Line | undefined> => openSealed<Line>(c, id);

export function askBody(
  c: Asker,
  ref: string,
  choices: readonly { slug: string; name: string; kept: string }[],
): Reply {
  const actions = choices.map(
    ({ slug, name, kept }): Action => ({
      type: "button",
      id: IN_BODY,
      label: name.slice(0, 75),
      value: `${slug}/${kept}`,
    }),
  );
  return offered(c, c.t.people.whichBody({ ref }), actions);
}
