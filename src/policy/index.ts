export * from "./general.js";
export * from "./labels.js";
export * from "./roles.js";
export * from "./task.js";
