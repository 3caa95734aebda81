export * from "./general.js";
export * from "./information.js";
export * from "./labels.js";
export * from "./meeting.js";
export * from "./plan.js";
export * from "./roles.js";
export * from "./task.js";
export * from "./training.js";
export { has, type Viewer } from "./viewer.js";
