import type { Reply } from "../chat/index.js";
import type { Arg, Context } from "./define.js";

/** What destroys or publishes is asked about once: the button of the question carries `sure`, and so may a line. */
export const sure = (): Arg<true | undefined> => ({
  shape: "word",
  optional: true,
  given: true,
  silent: true,
  shown: () => SURE,
  fits: (word) => word === SURE,
  parse: async () => true,
  async field() {
    throw new Error("sure is given, not asked");
  },
});

const SURE = "sure";

/** @param line what the button does, as one would type it */
export function askFirst(
  c: Context,
  command: string,
  line: string,
  { text, yes }: { text: string; yes: string },
): Reply {
  return {
    private: true,
    post: {
      text,
      lang: c.person.lang,
      blocks: [
        { type: "text", text },
        {
          type: "actions",
          actions: [
            { type: "button", id: command, label: yes, value: `${c.work.body.slug}/${line} ${SURE}`, style: "danger" },
          ],
        },
      ],
    },
  };
}
