import { defineFolder } from "../../src/command/folder.js";
import { requestaccept } from "./accept.js";
import { requestadvice } from "./advice.js";
import { requestagree } from "./agree.js";
import { requestanswer } from "./answer.js";
import { requestapprove } from "./approve.js";
import { requestask } from "./ask.js";
import { requestattach } from "./attach.js";
import { requestback } from "./back.js";
import { requestcheck } from "./check.js";
import { requestclose } from "./close.js";
import { requestconditions } from "./conditions.js";
import { requestconsult } from "./consult.js";
import { requestcopy } from "./copy.js";
import { requestdate } from "./date.js";
import { requestdecline } from "./decline.js";
import { requestdetach } from "./detach.js";
import { requestdisclose } from "./disclose.js";
import { requestdraft } from "./draft.js";
import { requestdue } from "./due.js";
import { requestedit } from "./edit.js";
import { requestfile } from "./file.js";
import { requestfill } from "./fill.js";
import { requestformalise } from "./formalise.js";
import { requesthand } from "./hand.js";
import { requesthappened } from "./happened.js";
import { requests } from "./list.js";
import { requestmeasure } from "./measure.js";
import { requestmissing } from "./missing.js";
import { requestnew } from "./new.js";
import { requestofficer } from "./officer.js";
import { requestpaper } from "./paper.js";
import { requestpart } from "./part.js";
import { requestpostpone } from "./postpone.js";
import { requestprogress } from "./progress.js";
import { requestprolong } from "./prolong.js";
import { requestread } from "./read.js";
import { requestready } from "./ready.js";
import { requestreceived } from "./received.js";
import { requestredirect } from "./redirect.js";
import { requestrefuse } from "./refuse.js";
import { requestreply } from "./reply.js";
import { requestreport } from "./report.js";
import { requestrestart } from "./restart.js";
import { requestresume } from "./resume.js";
import { requestsafety } from "./safety.js";
import { requestsecrecy } from "./secrecy.js";
import { requestsend } from "./send.js";
import { requestsendnow } from "./sendnow.js";
import { request } from "./show.js";
import { requeststop } from "./stop.js";
import { requesttemplate } from "./template.js";
import { requesttext } from "./text.js";
import { requestuse } from "./use.js";
import { requestwithdraw } from "./withdraw.js";

export const folder = defineFolder({
  order: 60,
  commands: [
    ...[requestadvice, requestnew, requests, request, requestread, requestcheck, requestfill, requestedit, requesthand],
    ...[requestattach, requestdetach, requestuse, requesttext],
    ...[requestready, requestback, requestdraft, requestapprove, requestsend, requestsendnow, requestpaper],
    ...[requestreceived, requestredirect, requestask, requestreply, requestagree, requestconditions, requestaccept],
    ...[requestdecline, requestconsult, requestpostpone, requestresume, requestrefuse, requestpart, requestanswer],
    ...[requestmissing, requestdue, requestprogress, requestsecrecy, requestmeasure, requestreport, requestformalise],
    ...[requeststop, requestsafety, requestrestart, requestprolong, requestcopy, requestofficer, requestdisclose],
    ...[requestdate, requesthappened, requestclose, requestwithdraw, requestfile, requesttemplate],
  ],
  topics: {
    requests: ["request-new", "requests", "request-advice"],
  },
});
