import type { Part } from "../items/define.js";
import { bodyDigests, morningDigest, personDigests, weeklyAgency, weeklyDigest } from "./digests.js";

export const part: Part = {
  notifications: [morningDigest, weeklyDigest, weeklyAgency],
  reminders: [personDigests, bodyDigests],
};
