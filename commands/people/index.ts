import { defineFolder } from "../../src/command/folder.js";
import { add, addaccount } from "./add.js";
import { agency, agencyadd } from "./agency.js";
import { bind } from "./bind.js";
import { channel } from "./channel.js";
import { letin, refuse } from "./confirm-joiner.js";
import { duty } from "./duty.js";
import { hints } from "./hints.js";
import { joiners } from "./joiners.js";
import { officer } from "./officer.js";
import { remove } from "./remove.js";
import { undelivered } from "./undelivered.js";
import { who } from "./who.js";

export const folder = defineFolder({
  order: 90,
  commands: [
    who,
    add,
    addaccount,
    joiners,
    letin,
    refuse,
    remove,
    duty,
    officer,
    agency,
    bind,
    channel,
    hints,
    undelivered,
    agencyadd,
  ],
  topics: {
    people: ["who", "add", "agency"],
  },
});
