export * from "./calendar.js";
export { parseDuration } from "./duration.js";
export * from "./format.js";
export * from "./holidays.js";
export * from "./humane.js";
export { type Day, dayOf, isDay, plusDays } from "./local.js";
export { parseWhen, type Split, splitBy, type When, type WhenContext, type WhenFailure } from "./when.js";
export { isZone, nearestZones, windowsToIana } from "./zones.js";
