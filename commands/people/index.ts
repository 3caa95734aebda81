import type { Topics } from "../../src/command/define.js";
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

/** In the order in which help shows them. */
export const peopleCommands = [
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
];

export const peopleTopics = {
  people: ["who", "add", "agency"],
} satisfies Topics;
