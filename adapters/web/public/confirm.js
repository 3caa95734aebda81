import { h } from "./dom.js";

/**
 * Asks first, where a control says so.
 * @param {{ title: string, text: Node[], yes: string, no: string, danger?: boolean } | undefined} confirm
 */
export function confirmFirst(confirm, go) {
  if (!confirm) return go();
  const dialog = h(
    "dialog",
    { class: "dialog confirm slack", "aria-label": confirm.title },
    h("h2", { text: confirm.title }),
    h("p", {}, ...confirm.text),
    h(
      "div",
      { class: "dialog-foot" },
      h("button", {
        type: "button",
        class: "bk-button",
        text: confirm.no,
        autofocus: true,
        onclick: () => dialog.close(),
      }),
      h("button", {
        type: "button",
        class: `bk-button ${confirm.danger ? "bk-danger" : "bk-primary"}`,
        text: confirm.yes,
        onclick: () => {
          dialog.close();
          go();
        },
      }),
    ),
  );
  const before = document.activeElement;
  dialog.addEventListener("close", () => {
    dialog.remove();
    before?.focus?.();
  });
  document.body.append(dialog);
  dialog.showModal();
}
