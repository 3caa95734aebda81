// Runs inside the page: what a test wants to know that only the browser can tell.

addEventListener("securitypolicyviolation", (event) => console.error("CSP", event.violatedDirective, event.blockedURI));

globalThis.inspect = {
  focused: () => {
    const element = document.activeElement;
    return element?.getAttribute("aria-label") ?? (element?.textContent?.trim() || element?.tagName);
  },

  /** The focus is in the dialog, or with the browser itself on its way round. */
  focusInDialog: () => document.activeElement === document.body || document.activeElement?.closest("dialog") !== null,

  /** Controls without an accessible name. */
  nameless: () =>
    [...document.querySelectorAll("button, input, select, textarea, a, [role=tab], dialog, section")]
      .filter((element) => element.checkVisibility())
      .filter((element) => {
        const ids = (element.getAttribute("aria-labelledby") ?? "").split(" ");
        const names = [
          element.getAttribute("aria-label"),
          ...ids.map((id) => document.getElementById(id)?.textContent),
          ...[...(element.labels ?? [])].map((label) => label.textContent),
          element.matches("select, section, dialog") ? "" : element.textContent,
        ];
        return !names.some((words) => words?.trim());
      })
      .map((element) => element.outerHTML.slice(0, 120)),

  /** Headings that stand more than one level below the one before them, in what is not behind a dialog. */
  skippedLevels: () => {
    const root = document.querySelector("dialog[open]") ?? document;
    const level = (element) => Number(element.getAttribute("aria-level") ?? element.tagName.slice(1));
    const headings = [...root.querySelectorAll("h1, h2, h3, h4, h5, h6, [role=heading]")].filter((one) =>
      one.checkVisibility(),
    );
    return headings
      .filter((one, n) => Number.isNaN(level(one)) || (n > 0 && level(one) > level(headings[n - 1]) + 1))
      .map((one) => one.textContent);
  },

  /** What makes the page wider than the screen. */
  tooWide: () =>
    document.documentElement.scrollWidth <= innerWidth
      ? []
      : [...document.body.querySelectorAll("*")]
          .filter((element) => element.checkVisibility() && element.getBoundingClientRect().right > innerWidth)
          .map((element) => `${element.tagName} ${element.className}`),

  isFocused: (element) => element === document.activeElement,
  direction: (element) => getComputedStyle(element).direction,
  right: (element) => element.getBoundingClientRect().right,

  lowContrast,
};

/** Texts whose contrast with what is behind them is below WCAG AA (4.5, or 3 for large text). */
function lowContrast() {
  const low = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const words = walker.currentNode.textContent.trim();
    if (!words || element.closest("option") || !element.checkVisibility({ opacityProperty: true })) continue;
    const style = getComputedStyle(element);
    const ground = behind(element);
    const ink = rgba(style.color);
    let opacity = 1;
    for (let e = element; e; e = e.parentElement) opacity *= Number(getComputedStyle(e).opacity);
    const shown = over([...ink.slice(0, 3), ink[3] * opacity], ground);
    const [high, deep] = [light(shown), light(ground)].sort((a, b) => b - a);
    const ratio = (high + 0.05) / (deep + 0.05);
    const size = Number.parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) low.push(`${ratio.toFixed(2)} ${words.slice(0, 40)} (${element.className})`);
  }
  return low;
}

const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });

/** The browser reads every notation of a colour; its pixel tells the numbers. */
function rgba(css) {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = css;
  canvas.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
  return [r, g, b, a / 255];
}

const over = (top, below) => [0, 1, 2].map((n) => top[n] * top[3] + below[n] * (1 - top[3])).concat(1);

function behind(element) {
  if (!element) return [255, 255, 255, 1];
  const own = rgba(getComputedStyle(element).backgroundColor);
  return own[3] === 1 ? own : over(own, behind(element.parentElement));
}

function light(colour) {
  const [r, g, b] = colour.map((n) => {
    const c = n / 255;
    return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
