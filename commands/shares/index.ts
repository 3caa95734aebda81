import { defineFolder } from "../../src/command/folder.js";
import { shareadd } from "./add.js";
import { breach } from "./breach.js";
import { sharedecline } from "./decline.js";
import { sharediscard } from "./discard.js";
import { sharefile } from "./file.js";
import { ledger } from "./ledger.js";
import { shares } from "./list.js";
import { sharelog } from "./log.js";
import { open } from "./open.js";
import { outcome } from "./outcome.js";
import { outcomes } from "./outcomes.js";
import { recall } from "./recall.js";
import { recallred } from "./recall-red.js";
import { reinstate } from "./reinstate.js";
import { sharereturn } from "./return.js";
import { sharereview } from "./review.js";
import { sharerule } from "./rule.js";
import { sharesend } from "./send.js";
import { share } from "./share.js";
import { shareshow } from "./show.js";
import { thank } from "./thank.js";
import { tighten } from "./tighten.js";
import { use } from "./use.js";
import { usegrant } from "./use-grant.js";
import { useread } from "./use-read.js";
import { userefuse } from "./use-refuse.js";
import { useshow } from "./use-show.js";
import { usewithdraw } from "./use-withdraw.js";
import { sharewrite } from "./write.js";

export const folder = defineFolder({
  order: 30,
  commands: [
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
    sharelog,
    tighten,
    recall,
    recallred,
    shares,
    outcome,
    outcomes,
    thank,
    ledger,
    breach,
    reinstate,
    use,
    useshow,
    useread,
    usegrant,
    userefuse,
    usewithdraw,
    sharerule,
  ],
  topics: {
    information: ["share", "shares", "recall"],
  },
});
