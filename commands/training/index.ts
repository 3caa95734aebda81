import { defineFolder } from "../../src/command/folder.js";
import { trainingenrol } from "./enrol.js";
import { trainingevaluate } from "./evaluate.js";
import { trainingfollow } from "./follow.js";
import { trainingleave } from "./leave.js";
import { library } from "./library.js";
import { libraryadd } from "./library-add.js";
import { libraryremove } from "./library-remove.js";
import { trainingneed } from "./need.js";
import { trainingoffer } from "./offer.js";
import { trainingsession } from "./session.js";
import { trainingshow } from "./show.js";
import { trainingtake } from "./take.js";
import { training } from "./training.js";
import { trainingwithdraw } from "./withdraw.js";

export const folder = defineFolder({
  order: 50,
  commands: [
    training,
    trainingneed,
    trainingoffer,
    trainingshow,
    trainingtake,
    trainingwithdraw,
    trainingsession,
    trainingenrol,
    trainingleave,
    trainingevaluate,
    trainingfollow,
    library,
    libraryadd,
    libraryremove,
  ],
  topics: {
    training: ["training", "training-need", "library"],
  },
});
