import type { Part } from "../items/define.js";
import { standingIn } from "./absence.js";

export const part: Part = { notifications: [standingIn] };
