import { defineFolder } from "../../src/command/folder.js";
import { planadd } from "./add.js";
import { plandrop } from "./drop.js";
import { planedit } from "./edit.js";
import { planfile } from "./file.js";
import { planimport } from "./import.js";
import { planindicator } from "./indicator.js";
import { planlink } from "./link.js";
import { planneed } from "./need.js";
import { planobstacle } from "./obstacle.js";
import { plan } from "./plan.js";
import { planprogress } from "./progress.js";
import { planresolve } from "./resolve.js";
import { planshow } from "./show.js";
import { plantake } from "./take.js";
import { plantask } from "./task.js";
import { planunlink } from "./unlink.js";
import { planwho } from "./who.js";

export const folder = defineFolder({
  order: 40,
  commands: [
    plan,
    planshow,
    planadd,
    planedit,
    planindicator,
    plandrop,
    planprogress,
    planobstacle,
    planresolve,
    planlink,
    planunlink,
    plantask,
    planneed,
    planwho,
    planfile,
    planimport,
    plantake,
  ],
  topics: {
    plan: ["plan", "plan-progress", "plan-who"],
  },
});
