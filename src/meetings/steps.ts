import { type Button, buttonAbout } from "../chat/index.js";
import type { Reader } from "../delivery/notification.js";
import { mayMeeting } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { Deed } from "../turns/deeds.js";
import type { Meeting } from "./model.js";

/**
 * What a deed asks for, by buttons: for reminders, and for a line among others.
 * @param ref of the occurrence that it is about; of a poll the meeting's
 */
export function deedSteps(work: UnitOfWork, meeting: Meeting, ref: string, deed: Deed, reader: Reader): Button[] {
  const { t, viewer, person } = reader;
  const b = t.meetings.buttons;
  const value = `${work.body.slug}/${ref}`;
  const button = buttonAbout(value);
  const can = (act: "run" | "answer" | "propose") =>
    person !== undefined && mayMeeting(viewer, act, meeting.subject) === undefined;
  switch (deed) {
    case "attend":
      return can("answer")
        ? (["yes", "no"] as const).map((answer) => button("attend", b[answer], { value: `${value} ${answer}` }))
        : [];
    case "vote":
      return can("answer") ? [button("vote", b.vote, { style: "primary", opens: true })] : [];
    case "pick":
      return can("run") ? [button("meet-close", b.closePoll)] : [];
    case "admit":
      return can("run") ? [button("agenda", b.agenda)] : [];
    case "start":
      return can("run") ? [button("start", b.start, { style: "primary" })] : [];
    case "end":
      return can("run") ? [button("end", b.end, { style: "danger" })] : [];
    case "circulate":
      return can("run") ? [button("circulate", b.circulate, { style: "primary" }), button("minutes", b.minutes)] : [];
    case "correct":
      return can("propose") ? [button("correct", b.correct, { opens: true }), button("minutes", b.minutes)] : [];
    case "settle":
      return can("run") ? [button("minutes", b.minutes)] : [];
    case "approve":
      return can("run") ? [button("approve", b.approve), button("minutes", b.minutes)] : [];
    default:
      return [];
  }
}
