import type { Reply } from "../chat/index.js";
import type { Context } from "../command.js";
import { answeredBy, sentence, shownNow } from "../reply.js";
import { UNDO_MINUTES } from "./acts/undoing.js";
import type { Meeting, Occurrence } from "./model.js";
import { meetingCard } from "./notices.js";
import { cardOf } from "./views.js";

/** After an act on a meeting. */
export const answered = (c: Context, meeting: Meeting, text: string): Promise<Reply> =>
  answeredBy(c, text, { notice: meetingCard, params: { meeting: meeting.id }, ref: meeting.ref });

export const shown = (c: Context, meeting: Meeting, occurrence?: Occurrence): Promise<Reply> =>
  shownNow(c, (reader) => cardOf(c.work, meeting, reader, occurrence));

/** What was called is said in full, and goes back with one press: its invitations are on their way. */
export function undoable(c: Context, meeting: Meeting, said: string): Reply {
  const { t, work, person } = c;
  // For an agency one acts in lines: a button would act as oneself.
  if (c.onBehalf) return sentence(c, said);
  const note = t.meetings.undoable({ minutes: UNDO_MINUTES });
  const button = { type: "button" as const, id: "undo", label: t.meetings.buttons.takeBack };
  return {
    private: true,
    post: {
      text: `${said} ${note}`,
      lang: person.lang,
      blocks: [
        { type: "text", text: said },
        { type: "context", text: note },
        { type: "actions", actions: [{ ...button, value: `${work.body.slug}/${meeting.ref}` }] },
      ],
    },
  };
}
