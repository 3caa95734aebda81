import { h, uid } from "./dom.js";

/**
 * A button with a menu: arrows move, Enter picks, Esc and a click elsewhere close.
 * @param {{ label: string, face: Node | string, className?: string, control?: string, items: () => { label: string, detail?: string, pick: () => void }[] }} options
 */
export function menuButton({ label, face, className, control, items }) {
  const id = uid("menu");
  const list = h("div", { class: "menu", role: "menu", id, "aria-label": label, hidden: true });
  const button = h(
    "button",
    {
      type: "button",
      class: className ?? "menu-button",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "aria-controls": id,
      "aria-label": label,
      "data-control": control,
      onclick: () => (list.hidden ? open() : close()),
      onkeydown: (event) => {
        if (event.key === "ArrowDown" && list.hidden) {
          event.preventDefault();
          open();
        }
      },
    },
    face,
  );
  const root = h("div", { class: "menu-root", onkeydown: keys, onfocusout: left }, button, list);

  function open() {
    list.replaceChildren(
      ...items().map((item) =>
        h(
          "button",
          {
            type: "button",
            role: "menuitem",
            tabindex: "-1",
            onclick: () => {
              close();
              item.pick();
            },
          },
          h("span", { text: item.label }),
          item.detail && h("small", { text: item.detail }),
        ),
      ),
    );
    list.hidden = false;
    button.setAttribute("aria-expanded", "true");
    // Above the button where there is no room below.
    list.classList.remove("above");
    const scroller = root.closest("[data-scroller]")?.getBoundingClientRect();
    if (scroller && list.getBoundingClientRect().bottom > scroller.bottom) list.classList.add("above");
    list.querySelector("button")?.focus();
  }

  function close() {
    if (list.hidden) return;
    list.hidden = true;
    button.setAttribute("aria-expanded", "false");
    button.focus();
  }

  function keys(event) {
    if (list.hidden) return;
    const all = [...list.querySelectorAll("button")];
    const at = all.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + all.length, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      all[to % all.length]?.focus();
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  }

  function left(event) {
    if (!root.contains(event.relatedTarget)) {
      list.hidden = true;
      button.setAttribute("aria-expanded", "false");
    }
  }

  return root;
}
