import { type Command, Registry } from "../src/command.js";
import { accept } from "./accept.js";
import { account, accountmine, accountnot } from "./account.js";
import { action } from "./action.js";
import { add, addaccount } from "./add.js";
import { agency, agencyadd } from "./agency.js";
import { agenda } from "./agenda.js";
import { agendaadd } from "./agendaadd.js";
import { agendaadmit } from "./agendaadmit.js";
import { agendadrop } from "./agendadrop.js";
import { agendamove } from "./agendamove.js";
import { agree } from "./agree.js";
import { approve } from "./approve.js";
import { attend } from "./attend.js";
import { attendance } from "./attendance.js";
import { away, back } from "./away.js";
import { bind } from "./bind.js";
import { body } from "./body.js";
import { breach } from "./breach.js";
import { calendar } from "./calendar.js";
import { cancel } from "./cancel.js";
import { channel } from "./channel.js";
import { circulate } from "./circulate.js";
import { close } from "./close.js";
import { correct } from "./correct.js";
import { date } from "./date.js";
import { decide } from "./decide.js";
import { decision } from "./decision.js";
import { decisions } from "./decisions.js";
import { decline } from "./decline.js";
import { deputise } from "./deputise.js";
import { digest } from "./digest.js";
import { done } from "./done.js";
import { duty } from "./duty.js";
import { edit } from "./edit.js";
import { end } from "./end.js";
import { give } from "./give.js";
import { gotit } from "./gotit.js";
import { helpFor } from "./help.js";
import { here } from "./here.js";
import { hints } from "./hints.js";
import { inbox } from "./inbox.js";
import { invitation } from "./invitation.js";
import { joiners } from "./joiners.js";
import { keep } from "./keep.js";
import { ladder } from "./ladder.js";
import { ledger } from "./ledger.js";
import { left } from "./left.js";
import { letin, refuse } from "./letin.js";
import { library } from "./library.js";
import { libraryadd } from "./libraryadd.js";
import { libraryremove } from "./libraryremove.js";
import { matchadd } from "./matchadd.js";
import { matchhits } from "./matchhits.js";
import { matchimport } from "./matchimport.js";
import { matchlist } from "./matchlist.js";
import { matchremove } from "./matchremove.js";
import { matchrenew } from "./matchrenew.js";
import { meet } from "./meet.js";
import { meetcancel } from "./meetcancel.js";
import { meetclose } from "./meetclose.js";
import { meetedit } from "./meetedit.js";
import { meetings } from "./meetings.js";
import { meetinvite } from "./meetinvite.js";
import { meetmove } from "./meetmove.js";
import { meetpoll } from "./meetpoll.js";
import { meetread } from "./meetread.js";
import { meetrules } from "./meetrules.js";
import { meetshow } from "./meetshow.js";
import { mine } from "./mine.js";
import { minutes } from "./minutes.js";
import { minutesfile } from "./minutesfile.js";
import { note } from "./note.js";
import { noteedit } from "./noteedit.js";
import { notyet } from "./notyet.js";
import { nudge } from "./nudge.js";
import { nudgeall } from "./nudgeall.js";
import { officer } from "./officer.js";
import { open } from "./open.js";
import { outcome } from "./outcome.js";
import { outcomes } from "./outcomes.js";
import { paper } from "./paper.js";
import { plan } from "./plan.js";
import { planadd } from "./planadd.js";
import { plandrop } from "./plandrop.js";
import { planedit } from "./planedit.js";
import { planfile } from "./planfile.js";
import { planimport } from "./planimport.js";
import { planindicator } from "./planindicator.js";
import { planlink } from "./planlink.js";
import { planneed } from "./planneed.js";
import { planobstacle } from "./planobstacle.js";
import { planprogress } from "./planprogress.js";
import { planresolve } from "./planresolve.js";
import { planshow } from "./planshow.js";
import { plantake } from "./plantake.js";
import { plantask } from "./plantask.js";
import { planunlink } from "./planunlink.js";
import { planwho } from "./planwho.js";
import { presence } from "./presence.js";
import { present } from "./present.js";
import { problem } from "./problem.js";
import { read } from "./read.js";
import { recall } from "./recall.js";
import { recallred } from "./recallred.js";
import { reinstate } from "./reinstate.js";
import { remind } from "./remind.js";
import { remove } from "./remove.js";
import { report } from "./report.js";
import { reportcancel } from "./reportcancel.js";
import { reportfile } from "./reportfile.js";
import { reportkey } from "./reportkey.js";
import { reportnotes } from "./reportnotes.js";
import { reportpublish } from "./reportpublish.js";
import { reports } from "./reports.js";
import { reportshow } from "./reportshow.js";
import { resolved } from "./resolved.js";
import { say } from "./say.js";
import { settings } from "./settings.js";
import { settle } from "./settle.js";
import { setup } from "./setup.js";
import { share } from "./share.js";
import { shareadd } from "./shareadd.js";
import { sharedecline } from "./sharedecline.js";
import { sharediscard } from "./sharediscard.js";
import { sharefile } from "./sharefile.js";
import { sharelog } from "./sharelog.js";
import { sharereturn } from "./sharereturn.js";
import { sharereview } from "./sharereview.js";
import { sharerule } from "./sharerule.js";
import { shares } from "./shares.js";
import { sharesend } from "./sharesend.js";
import { shareshow } from "./shareshow.js";
import { sharewrite } from "./sharewrite.js";
import { show } from "./show.js";
import { snooze } from "./snooze.js";
import { start } from "./start.js";
import { support } from "./support.js";
import { task } from "./task.js";
import { tasks } from "./tasks.js";
import { thank } from "./thank.js";
import { tighten } from "./tighten.js";
import { training } from "./training.js";
import { trainingenrol } from "./trainingenrol.js";
import { trainingevaluate } from "./trainingevaluate.js";
import { trainingfollow } from "./trainingfollow.js";
import { trainingleave } from "./trainingleave.js";
import { trainingneed } from "./trainingneed.js";
import { trainingoffer } from "./trainingoffer.js";
import { trainingsession } from "./trainingsession.js";
import { trainingshow } from "./trainingshow.js";
import { trainingtake } from "./trainingtake.js";
import { trainingwithdraw } from "./trainingwithdraw.js";
import { undelivered } from "./undelivered.js";
import { undo } from "./undo.js";
import { use } from "./use.js";
import { usegrant } from "./usegrant.js";
import { useread } from "./useread.js";
import { userefuse } from "./userefuse.js";
import { useshow } from "./useshow.js";
import { usewithdraw } from "./usewithdraw.js";
import { vote } from "./vote.js";
import { who } from "./who.js";
import { withdraw } from "./withdraw.js";

const help = helpFor(() => visible);

/** In the order in which help shows them. */
const all = [
  ...[inbox, task, tasks, show, mine, read, give, accept, decline, date, agree, keep, done, problem, resolved],
  ...[close, notyet, cancel, edit, support, say, undo, snooze, remind, nudge, nudgeall, gotit],
  ...[meet, meetpoll, vote, meetclose, meetmove, meetcancel, meetedit, meetinvite, meetings, meetshow, meetread],
  ...[attend, deputise, agenda, agendaadd, agendamove, agendadrop, agendaadmit, paper, invitation, calendar],
  ...[start, here, attendance, present, left, decide, withdraw, note, noteedit, action, end],
  ...[minutes, minutesfile, circulate, correct, settle, approve, decisions, decision, presence],
  ...[
    share,
    sharewrite,
    sharefile,
    sharesend,
    sharediscard,
    sharereview,
    sharereturn,
    shareshow,
    open,
    sharedecline,
    shareadd,
  ],
  ...[sharelog, tighten, recall, recallred, shares, outcome, outcomes, thank, ledger, breach, reinstate],
  ...[use, useshow, useread, usegrant, userefuse, usewithdraw, sharerule],
  ...[matchadd, matchlist, matchremove, matchrenew, matchhits, matchimport],
  ...[report, reports, reportshow, reportnotes, reportpublish, reportfile, reportcancel, reportkey],
  ...[plan, planshow, planadd, planedit, planindicator, plandrop, planprogress, planobstacle, planresolve],
  ...[planlink, planunlink, plantask, planneed, planwho, planfile, planimport, plantake],
  ...[training, trainingneed, trainingoffer, trainingshow, trainingtake, trainingwithdraw, trainingsession],
  ...[trainingenrol, trainingleave, trainingevaluate, trainingfollow, library, libraryadd, libraryremove],
  ...[who, add, addaccount, joiners, letin, refuse, remove, duty, officer, agency, bind, channel, hints, undelivered],
  ...[setup, agencyadd, ladder, meetrules],
  ...[settings, digest, account, accountmine, accountnot, away, back, body, help],
] as unknown as Command[];

const visible = all.filter((command) => !command.hidden);

export const registry = new Registry(all);
