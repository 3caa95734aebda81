export * from "./adapter.js";
export * from "./errors.js";
export * from "./form.js";
export * from "./inbound.js";
export * from "./intake.js";
export * from "./message.js";
export * from "./reply.js";
