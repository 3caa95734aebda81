import { h, uid } from "./dom.js";

/** Typing is asked about when it pauses, as both platforms do. */
const PAUSE_MS = 200;

/**
 * A field whose options are found by typing (ARIA combobox with a listbox).
 * @param {{
 *   labelId: string, describedBy?: string, placeholder?: string, several: boolean, name: string,
 *   value: { value: string, label: string }[],
 *   search: (query: string) => Promise<{ value: string, label: string, detail?: string }[]>,
 *   onchange?: () => void,
 * }} options
 * @returns {{ element: HTMLElement, input: HTMLInputElement, values: () => { value: string, label: string }[] }}
 */
export function combobox({ labelId, describedBy, placeholder, several, name, value, search, onchange }) {
  let picked = [...value];
  let options = [];
  let active = -1;
  let asked = 0;
  let timer;
  const listId = uid("options");
  const list = h("div", { class: "options", role: "listbox", id: listId, "aria-labelledby": labelId, hidden: true });
  const status = h("span", { class: "visually-hidden", role: "status" });
  const chips = h("span", { class: "chips" });
  const input = h("input", {
    type: "text",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: placeholder ?? "Type to search",
    "aria-labelledby": labelId,
    "aria-describedby": describedBy,
    "aria-expanded": "false",
    "aria-autocomplete": "list",
    "aria-controls": listId,
    "data-field": name,
    oninput: () => {
      if (!several) picked = [];
      changed();
      ask(PAUSE_MS);
    },
    onfocus: () => {
      if (several || picked.length === 0) ask(0);
    },
    onclick: () => list.hidden && ask(0),
    onkeydown: keys,
    onblur: () => {
      clearTimeout(timer);
      close();
      // What was typed and not picked is no value: say so by showing what is picked.
      input.value = several ? "" : (picked[0]?.label ?? "");
    },
  });
  const box = h("div", { class: "combobox" }, chips, input, list, status);
  if (!several) input.value = picked[0]?.label ?? "";
  drawChips();

  function ask(pause) {
    clearTimeout(timer);
    const query = input.value;
    const turn = ++asked;
    timer = setTimeout(async () => {
      const found = await search(query).catch(() => []);
      // An answer to older letters is dropped, and one that comes after the field was left.
      if (turn !== asked || document.activeElement !== input) return;
      options = several ? found.filter((o) => !picked.some((p) => p.value === o.value)) : found;
      drawOptions(query);
    }, pause);
  }

  function drawOptions(query) {
    active = options.length > 0 && query ? 0 : -1;
    list.replaceChildren(
      ...(options.length === 0
        ? [h("div", { class: "nothing", text: "Nothing found" })]
        : options.map((option, n) =>
            h(
              "div",
              {
                role: "option",
                id: `${listId}-${n}`,
                "aria-selected": "false",
                // Before blur, which would close the list under the finger.
                onmousedown: (event) => {
                  event.preventDefault();
                  pick(n);
                },
              },
              h("span", { text: option.label }),
              option.detail && h("small", { text: option.detail }),
            ),
          )),
    );
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    status.textContent = options.length === 0 ? "Nothing found" : `${options.length} found`;
    mark();
  }

  function mark() {
    [...list.children].forEach((child, n) => {
      if (child.getAttribute("role") !== "option") return;
      child.setAttribute("aria-selected", String(n === active));
      if (n === active) child.scrollIntoView({ block: "nearest" });
    });
    if (active >= 0) input.setAttribute("aria-activedescendant", `${listId}-${active}`);
    else input.removeAttribute("aria-activedescendant");
  }

  function pick(n) {
    const option = options[n];
    if (!option) return;
    const chosen = { value: option.value, label: option.label };
    picked = several ? [...picked, chosen] : [chosen];
    input.value = several ? "" : chosen.label;
    drawChips();
    close();
    changed();
  }

  function close() {
    list.hidden = true;
    active = -1;
    asked += 1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function keys(event) {
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!list.hidden && active >= 0) pick(active);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) return ask(0);
      if (options.length === 0) return;
      active = (active + (event.key === "ArrowDown" ? 1 : -1) + options.length) % options.length;
      mark();
    } else if (event.key === "Backspace" && several && input.value === "" && picked.length > 0) {
      picked = picked.slice(0, -1);
      drawChips();
      changed();
    }
  }

  function drawChips() {
    if (!several) return;
    chips.replaceChildren(
      ...picked.map((one) =>
        h(
          "button",
          {
            type: "button",
            class: "chip",
            "aria-label": `Remove ${one.label}`,
            onclick: () => {
              picked = picked.filter((other) => other !== one);
              drawChips();
              changed();
              input.focus();
            },
          },
          h("span", { text: one.label }),
          h("span", { "aria-hidden": "true", text: "×" }),
        ),
      ),
    );
  }

  function changed() {
    onchange?.();
  }

  return { element: box, input, values: () => picked };
}
