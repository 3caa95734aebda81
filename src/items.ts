import { authority } from "./authorities/item.js";
import { part as conversations } from "./conversations/part.js";
import { part as digests } from "./digests/part.js";
import { register } from "./items/define.js";
import { part as matches } from "./matches/part.js";
import { decision, meeting } from "./meetings/item.js";
import { part as people } from "./people/part.js";
import { objective } from "./plan/item.js";
import { summary } from "./reports/item.js";
import { request } from "./requests/item.js";
import { share, use } from "./shares/item.js";
import { sheet } from "./sheets/item.js";
import { task } from "./tasks/item.js";
import { training } from "./training/item.js";
import { part as absence } from "./turns/part.js";

/** Every kind of item that there is, in the order in which they are listed together, and the parts beside them. */
register(
  [meeting, task, decision, share, use, objective, training, summary, authority, sheet, request],
  [matches, people, conversations, digests, absence],
);
