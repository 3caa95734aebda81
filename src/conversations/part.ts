import type { Part } from "../items/define.js";
import { placeCeiling, placeLeft } from "./notifications.js";

export const part: Part = { notifications: [placeCeiling, placeLeft] };
