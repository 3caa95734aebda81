import { defineFolder } from "../../src/command/folder.js";
import { authorityadd } from "./add.js";
import { authorityclose } from "./close.js";
import { competent } from "./competent.js";
import { authorityedit } from "./edit.js";
import { authorityfile } from "./file.js";
import { find } from "./find.js";
import { authorityimport } from "./import.js";
import { authorityrule } from "./rule.js";
import { authority } from "./show.js";
import { authoritytake } from "./take.js";
import { authorityunrule } from "./unrule.js";
import { authorityurgent } from "./urgent.js";
import { authorityverify } from "./verify.js";

export const folder = defineFolder({
  order: 70,
  commands: [
    find,
    competent,
    authority,
    authorityurgent,
    authorityverify,
    authorityadd,
    authorityedit,
    authorityclose,
    authorityrule,
    authorityunrule,
    authorityfile,
    authorityimport,
    authoritytake,
  ],
  topics: {
    directory: ["find", "competent", "authority-verify"],
  },
});
