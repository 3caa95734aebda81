import type { Action, Reply } from "../chat/index.js";
import type { Context } from "../command/define.js";
import { remindedWhen } from "../command/speech.js";
import { everyItem, talkedOf } from "../items/define.js";

/** Lines that mean something and not enough of it: answered with the very lines to press. */

const MOST = 5;

/** @returns undefined for a line that says nothing of the kind */
export async function guided(c: Context, line: string): Promise<Reply> {
  const number = /^#?(\d{1,9})\.?$/.exec(line.trim())?.[1];
  if (number !== undefined) return offered(c, c.t.asking.number({ said: number }), bareNumber(c, number));
  const when = remindedWhen(line);
  if (when === undefined) return undefined;
  const { own, later } = talkedOf();
  const actions = (await own(c)).slice(0, MOST).map(
    ({ ref }): Action => ({
      ...{ type: "button", id: later, label: ref },
      value: `${c.work.body.slug}/${ref} ${when.slice(0, 60)}`,
    }),
  );
  const text = c.t.asking.remind({ when: when.slice(0, 60), some: actions.length > 0 });
  return offered(c, text, actions);
}

const bareNumber = ({ work }: Context, number: string): Action[] =>
  everyItem()
    .filter(({ byNumber }) => byNumber !== undefined)
    .sort((a, b) => (a.byNumber ?? 0) - (b.byNumber ?? 0))
    .map(({ kind }): Action => {
      const ref = `${kind.letter}-${number}`;
      return { type: "button", id: kind.show, label: ref, value: `${work.body.slug}/${ref}` };
    });

const offered = (c: Context, text: string, actions: Action[]): Reply => ({
  private: true,
  post: {
    text,
    lang: c.person.lang,
    blocks: [{ type: "text", text }, ...(actions.length ? [{ type: "actions" as const, actions }] : [])],
  },
});
