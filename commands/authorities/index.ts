import type { Topics } from "../../src/command/define.js";
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

/** In the order in which help shows them. */
export const authoritiesCommands = [
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
];

export const authoritiesTopics = {
  directory: ["find", "authority", "authority-verify"],
} satisfies Topics;
