import type { Reply } from "../chat/index.js";
import type { Context } from "../command/define.js";
import { answeredBy, shownNow } from "../command/reply.js";
import { undoable as undoableAct } from "../command/undoing.js";
import type { Meeting, Occurrence } from "./model.js";
import { meetingCard } from "./notifications.js";
import { cardOf } from "./views.js";

/** After an act on a meeting. */
export const answered = (c: Context, meeting: Meeting, text: string): Promise<Reply> =>
  answeredBy(c, text, { notification: meetingCard, params: { meeting: meeting.id }, ref: meeting.ref });

export const shown = (c: Context, meeting: Meeting, occurrence?: Occurrence): Promise<Reply> =>
  shownNow(c, (reader) => cardOf(c.work, meeting, reader, occurrence));

/** What was called is said in full, and goes back with one press: its invitations are on their way. */
export const undoable = (c: Context, meeting: Meeting, said: string): Reply => undoableAct(c, said, meeting.ref);
