/** The renderers, for whoever shows what Teams would: the workbench and the tests. */
export { type FormErrors, type Redraw, renderForm } from "./form.js";
export { type Card, type Element, renderMessage, type Surface } from "./message.js";
