// Small helpers. Nothing here takes HTML: text is always text.

/**
 * @param {string} tag
 * @param {Record<string, any>} [props] attributes; `on…` are listeners, `class` and `text` as named, false and undefined are left out
 * @param {...(Node | string | undefined | null | false)} children
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === false || value === null) continue;
    if (name === "text") element.textContent = value;
    else if (name === "class") element.className = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && typeof value !== "string") element[name] = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) if (child !== undefined && child !== null && child !== false) element.append(child);
  return element;
}

let count = 0;
/** An id for label and control to find each other. */
export const uid = (prefix) => `${prefix}-${++count}`;

export const isRightToLeft = (lang) => /^(ar|fa|he|ps|ur|ckb|dv|sd|ug|yi)(-|$)/i.test(lang ?? "");

export const direction = (lang) => (isRightToLeft(lang) ? "rtl" : "ltr");

/** Only addresses that a link may have; anything else is no link. */
export function safeUrl(url) {
  try {
    const parsed = new URL(url, location.href);
    return ["http:", "https:", "mailto:"].includes(parsed.protocol) ? parsed.href : undefined;
  } catch {
    return undefined;
  }
}

export function link(url, label) {
  const href = safeUrl(url);
  return href
    ? h("a", { href, target: "_blank", rel: "noopener noreferrer", text: label })
    : document.createTextNode(label);
}

/** The page loads pictures from this server alone; of another only the words are shown. */
export function picture(url, alt, className) {
  const href = safeUrl(url);
  if (href && new URL(href).origin === location.origin)
    return h("img", { src: href, alt, class: className, loading: "lazy" });
  return h("span", { class: "picture-words", role: "img", "aria-label": alt, text: alt });
}

/**
 * Brings a list's children in line with items: unchanged ones stay (focus, open menus, screen reader
 * position), changed ones are replaced, so a live region announces what is new and nothing else.
 * @param {HTMLElement} list
 * @param {{ key: string, revision: string | number, draw: () => HTMLElement, refresh?: (element: HTMLElement) => void }[]} items
 */
export function syncList(list, items) {
  const wanted = new Set(items.map((item) => item.key));
  for (const child of [...list.children]) if (!wanted.has(child.dataset.key)) child.remove();
  const have = new Map([...list.children].map((child) => [child.dataset.key, child]));
  let place = list.firstElementChild;
  for (const item of items) {
    let element = have.get(item.key);
    if (!element || element.dataset.revision !== String(item.revision)) {
      const old = element;
      element = item.draw();
      element.dataset.key = item.key;
      element.dataset.revision = String(item.revision);
      if (old) {
        const focused = old.contains(document.activeElement) ? document.activeElement : undefined;
        if (old === place) place = element;
        old.replaceWith(element);
        if (focused) refocus(element, focused);
      } else list.insertBefore(element, place);
    } else item.refresh?.(element);
    if (element === place) place = place.nextElementSibling;
    else if (element.nextElementSibling !== place) list.insertBefore(element, place);
  }
}

/** A redrawn message keeps the keyboard where it was: on the same control, else on the message. */
function refocus(element, focused) {
  const name = focused.dataset?.control;
  const same = name && [...element.querySelectorAll("[data-control]")].find((c) => c.dataset.control === name);
  const target = same ?? element.querySelector("[data-focus]") ?? element;
  target.focus({ preventScroll: true });
}
