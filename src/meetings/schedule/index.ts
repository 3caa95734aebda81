export { type Doubt, doubtIn, doubtInPlace } from "./doubt.js";
export { type MeetingLine, splitMeeting } from "./line.js";
export { type Reading, readingsNear } from "./near.js";
export { parseMinutes, parseSchedule, type Schedule, type ScheduleFailure } from "./read.js";
