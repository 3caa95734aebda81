import { defineFolder } from "../../src/command/folder.js";
import { authorityadd } from "./add.js";
import { authorityclose } from "./close.js";
import { authorityedit } from "./edit.js";
import { authorityfile } from "./file.js";
import { find } from "./find.js";
import { authorityimport } from "./import.js";
import { authority } from "./show.js";
import { authoritytake } from "./take.js";
import { authorityurgent } from "./urgent.js";
import { authorityverify } from "./verify.js";

export const folder = defineFolder({
  order: 70,
  commands: [
    find,
    authority,
    authorityurgent,
    authorityverify,
    authorityadd,
    authorityedit,
    authorityclose,
    authorityfile,
    authorityimport,
    authoritytake,
  ],
  topics: {
    directory: ["find", "authority", "authority-verify"],
  },
});
