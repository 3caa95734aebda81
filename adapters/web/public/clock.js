// The coordination body's clock, and the ways to move it on.

import * as api from "./api.js";
import { h, uid } from "./dom.js";
import { menuButton } from "./menu.js";

const STEPS = [
  { by: "hour", label: "+1 hour" },
  { by: "day", label: "+1 day" },
  { by: "working_morning", label: "Next working morning" },
];

const TROUBLE = [
  { kind: "rate_limited", label: "Next delivery: too many", detail: "Coord waits and sends again" },
  { kind: "server_error", label: "Next delivery: platform down", detail: "Coord tries again later" },
  { kind: "account_gone", label: "Next delivery: account gone", detail: "Coord finds another way" },
];

export class Clock {
  #base = { server: 0, local: 0 };
  #zone = "UTC";

  constructor(root) {
    this.date = h("span", { class: "clock-date" });
    this.time = h("span", { class: "clock-time" });
    this.place = h("span", { class: "clock-zone" });
    this.status = h("p", { class: "clock-status", role: "status" });
    this.name = document.getElementById("body-name");
    const dateId = uid("when");
    this.when = h("input", { type: "datetime-local", id: dateId, required: true });
    this.buttons = STEPS.map((step) =>
      h("button", { type: "button", class: "quiet", text: step.label, onclick: () => this.move({ by: step.by }) }),
    );
    this.to = h(
      "form",
      {
        class: "clock-to",
        onsubmit: (event) => {
          event.preventDefault();
          this.move({ to: this.when.value.slice(0, 16) });
        },
      },
      h("label", { for: dateId, class: "visually-hidden", text: "Move the clock to" }),
      this.when,
      h("button", { type: "submit", class: "quiet", text: "Go" }),
    );
    root.append(
      h("div", { class: "clock-face" }, this.time, h("div", {}, this.date, this.place)),
      h(
        "div",
        { class: "clock-moves", role: "group", "aria-label": "Move the clock forward" },
        ...this.buttons,
        this.to,
        menuButton({
          label: "Trouble: try what Coord does when a platform fails",
          face: h("span", {}, "Trouble ", h("span", { "aria-hidden": "true", text: "▾" })),
          className: "quiet",
          items: () =>
            TROUBLE.map(({ kind, label, detail }) => ({
              label,
              detail,
              pick: () =>
                api.makeTrouble(kind).then(
                  () => this.say("The next message out fails once."),
                  (error) => this.say(error.message),
                ),
            })),
        }),
      ),
      this.status,
    );
    setInterval(() => this.draw(), 1_000);
  }

  set({ now, body, moves }) {
    for (const mover of [...this.buttons, this.to]) mover.hidden = !moves;
    this.#base = { server: new Date(now).getTime(), local: Date.now() };
    this.#zone = body.zone;
    this.name.textContent = body.name;
    this.draw();
  }

  now() {
    return new Date(this.#base.server + Date.now() - this.#base.local);
  }

  draw() {
    if (this.#base.server === 0) return;
    const now = this.now();
    const format = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: this.#zone, ...options }).format(now);
    show(this.time, format({ hour: "2-digit", minute: "2-digit" }));
    show(this.date, format({ weekday: "long", day: "numeric", month: "long", year: "numeric" }));
    show(this.place, `${this.#zone.split("/").pop().replaceAll("_", " ")} time`);
    // Offered, not forced: a date that somebody is picking stays.
    if (document.activeElement !== this.when && !this.when.dataset.touched)
      this.when.value = localValue(now, this.#zone);
    this.when.min = localValue(now, this.#zone);
    this.when.oninput = () => {
      this.when.dataset.touched = "yes";
    };
  }

  async move(to) {
    if (this.moving) return;
    this.busy(true);
    this.say("Moving the clock…");
    try {
      await api.moveClock(to);
      delete this.when.dataset.touched;
      this.say("");
    } catch (error) {
      this.say(error.message);
    } finally {
      this.busy(false);
    }
  }

  busy(yes) {
    this.moving = yes;
    for (const button of this.buttons) button.setAttribute("aria-disabled", String(yes));
  }

  say(words) {
    this.status.textContent = words;
  }
}

const show = (element, words) => {
  if (element.textContent !== words) element.textContent = words;
};

/** As a date field wants it, in the body's zone. */
function localValue(date, timeZone) {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  }).formatToParts(date);
  const of = (type) => parts.find((part) => part.type === type)?.value ?? "";
  return `${of("year")}-${of("month")}-${of("day")}T${of("hour")}:${of("minute")}`;
}
