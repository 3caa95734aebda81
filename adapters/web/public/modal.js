// A Slack modal view: its blocks, its buttons, its submission.

import { modalState } from "./bkinputs.js";
import { blockKit } from "./blockkit.js";
import { h } from "./dom.js";
import { plainOf } from "./text.js";

/**
 * @param {{ title: object, submit?: object, close?: object, blocks: object[] }} view
 * @param {{ submit: (raw: object) => void, close: () => void, search: (raw: object, query: string) => Promise<object[]>, act: (raw: object) => void, errors: Record<string, string> }} wire
 * @returns {{ title: string, body: HTMLElement, foot: HTMLElement }}
 */
export function slackModal(view, wire) {
  const body = h("form", { class: "modal-body", novalidate: true });
  body.append(blockKit(view.blocks, wire));
  const formId = `modal-${crypto.randomUUID()}`;
  body.id = formId;
  body.addEventListener("submit", (event) => {
    event.preventDefault();
    const { values, missing } = modalState(body);
    // Slack's client itself asks for required fields before anything is sent.
    showMissing(body, missing);
    if (Object.keys(missing).length === 0) wire.submit({ values });
  });
  const foot = h(
    "div",
    { class: "dialog-foot" },
    h("button", {
      type: "button",
      class: "bk-button",
      text: view.close ? plainOf(view.close) : "Close",
      onclick: wire.close,
    }),
    view.submit &&
      h("button", { type: "submit", form: formId, class: "bk-button bk-primary", text: plainOf(view.submit) }),
  );
  return { title: plainOf(view.title), body, foot };
}

function showMissing(body, missing) {
  for (const old of body.querySelectorAll(".field-error.local")) old.remove();
  let first;
  for (const element of body.querySelectorAll("[data-block]")) {
    const words = missing[element.dataset.block];
    const control = element.querySelector("input, textarea, select");
    if (!words) continue;
    first ??= control;
    control?.setAttribute("aria-invalid", "true");
    const error = h("p", { class: "field-error local", id: `${control.id}-missing`, text: words });
    control?.setAttribute("aria-describedby", error.id);
    element.append(error);
  }
  first?.focus();
}
