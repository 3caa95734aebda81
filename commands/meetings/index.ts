import { defineFolder } from "../../src/command/folder.js";
import { action } from "./action.js";
import { agenda } from "./agenda.js";
import { agendaadd } from "./agenda-add.js";
import { agendaadmit } from "./agenda-admit.js";
import { agendadrop } from "./agenda-drop.js";
import { agendamove } from "./agenda-move.js";
import { approve } from "./approve.js";
import { attend } from "./attend.js";
import { attendance } from "./attendance.js";
import { calendar } from "./calendar.js";
import { meetcancel } from "./cancel.js";
import { here } from "./check-in.js";
import { left } from "./check-out.js";
import { circulate } from "./circulate.js";
import { meetclose } from "./close.js";
import { correct } from "./correct.js";
import { decide } from "./decide.js";
import { decision } from "./decision.js";
import { decisions } from "./decisions.js";
import { deputise } from "./deputise.js";
import { meetedit } from "./edit.js";
import { end } from "./end.js";
import { invitation } from "./invitation.js";
import { meetinvite } from "./invite.js";
import { meetings } from "./list.js";
import { minutes } from "./minutes.js";
import { minutesfile } from "./minutes-file.js";
import { meetmove } from "./move.js";
import { note } from "./note.js";
import { noteedit } from "./note-edit.js";
import { paper } from "./paper.js";
import { meetpoll } from "./poll.js";
import { presence } from "./presence.js";
import { present } from "./present.js";
import { meetread } from "./read.js";
import { meetrules } from "./rules.js";
import { meet } from "./schedule.js";
import { settle } from "./settle.js";
import { meetshow } from "./show.js";
import { start } from "./start.js";
import { vote } from "./vote.js";
import { withdraw } from "./withdraw-decision.js";

export const folder = defineFolder({
  order: 20,
  commands: [
    meet,
    meetpoll,
    vote,
    meetclose,
    meetmove,
    meetcancel,
    meetedit,
    meetinvite,
    meetings,
    meetshow,
    meetread,
    attend,
    deputise,
    agenda,
    agendaadd,
    agendamove,
    agendadrop,
    agendaadmit,
    paper,
    invitation,
    calendar,
    start,
    here,
    attendance,
    present,
    left,
    decide,
    withdraw,
    note,
    noteedit,
    action,
    end,
    minutes,
    minutesfile,
    circulate,
    correct,
    settle,
    approve,
    decisions,
    decision,
    presence,
    meetrules,
  ],
  topics: {
    meetings: ["meet", "agenda-add", "attend"],
  },
});
