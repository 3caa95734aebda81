export * from "./adapter.js";
export * from "./body-reader.js";
export * from "./errors.js";
export * from "./form.js";
export * from "./inbound.js";
export * from "./message.js";
export * from "./reply.js";
export * from "./text.js";
