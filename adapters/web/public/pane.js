// One persona's screen: who, three places, the lines, the composer.

import * as api from "./api.js";
import { blockKit } from "./blockkit.js";
import { Composer } from "./composer.js";
import { FormDialog } from "./dialog.js";
import { direction, h, syncList, uid } from "./dom.js";
import { avatar, lineItems, payloadView } from "./line.js";

const PLATFORM = { slack: "Slack", teams: "Teams" };

/** Newest revision of Coord's lines that were on the screen, by persona and place: shared by both panes. */
const seen = new Map();
/** How much a persona had been told when last looked at. */
const seenTold = new Map();

export class Pane {
  /** @param {{ side: "start" | "end", persona: string, changed: () => Promise<void>, taken: (key: string) => boolean }} options */
  constructor({ side, persona, changed, taken }) {
    this.side = side;
    this.persona = persona;
    this.changed = changed;
    this.taken = taken;
    this.tab = "personal";
    this.threads = new Set();
    this.payloads = new Set();
    this.build();
  }

  build() {
    const pickerId = uid("persona");
    this.face = h("span", { class: "pane-avatar" });
    this.badge = h("span", { class: "badge" });
    this.about = h("p", { class: "pane-about" });
    this.picker = h("select", {
      id: pickerId,
      onchange: () => {
        this.persona = this.picker.value;
        this.tab = "personal";
        this.state = undefined;
        this.trouble();
        this.changed();
      },
    });
    this.tabs = [
      ["personal", "Chat"],
      ["channel", "Agency channel"],
      ["home", "Home"],
    ].map(([name, label]) => {
      const mark = h("span", { class: "mark", hidden: true });
      const words = h("span", { text: label });
      const button = h(
        "button",
        { type: "button", role: "tab", id: uid("tab"), "data-tab": name, onclick: () => this.show(name) },
        words,
        mark,
      );
      return { name, button, mark, words };
    });
    this.lines = h("ol", { class: "lines" });
    this.log = h("div", { role: "log", "aria-live": "polite", "aria-relevant": "additions" }, this.lines);
    this.home = h("div", { class: "home", hidden: true });
    this.empty = h("div", { class: "empty" });
    this.scroller = h(
      "div",
      { class: "scroller", "data-scroller": "", tabindex: "0", role: "region" },
      this.empty,
      this.log,
      this.home,
    );
    this.notice = h("div", { class: "alert notice", role: "status" });
    this.alert = h("div", { class: "alert", role: "alert" });
    this.composer = new Composer({ send: (text) => this.say(text) });
    this.panel = h(
      "div",
      { class: "pane-body", role: "tabpanel", id: uid("panel") },
      // Drawn below the messages, whose many buttons the keyboard would have to pass first.
      this.composer.root,
      this.scroller,
      this.alert,
      this.notice,
    );
    this.dialog = new FormDialog({
      side: this.side,
      act: (what, key) => api.act(this.persona, what, key),
      after: () => this.changed(),
    });
    this.name = h("h2", { class: "visually-hidden" });
    this.root = h(
      "section",
      { class: "pane" },
      this.name,
      h(
        "header",
        { class: "pane-head" },
        this.face,
        h(
          "div",
          { class: "pane-who" },
          h("label", {
            for: pickerId,
            class: "visually-hidden",
            text: `Who is on the ${this.side === "start" ? "first" : "second"} screen`,
          }),
          this.picker,
          this.about,
        ),
        this.badge,
      ),
      h(
        "div",
        { class: "tabs", role: "tablist", "aria-label": "Places", onkeydown: (event) => this.tabKeys(event) },
        ...this.tabs.map((tab) => tab.button),
      ),
      this.panel,
    );
    for (const tab of this.tabs) tab.button.setAttribute("aria-controls", this.panel.id);
  }

  async load(personas, clock) {
    this.clock = clock;
    if (!personas.some((p) => p.key === this.persona)) this.persona = personas[0]?.key ?? "";
    const persona = this.persona;
    const state = await api.state(persona);
    // Another persona was picked meanwhile.
    if (persona !== this.persona) return;
    this.state = state;
    seenTold.set(persona, state.persona.told);
    this.drawHead(personas);
    this.draw();
    this.dialog.sync(state.form, state.persona.flavour);
  }

  drawHead(personas) {
    const { persona } = this.state;
    this.root.className = `pane ${persona.flavour}`;
    const name = `${persona.name}, ${persona.agencyName}, in ${PLATFORM[persona.flavour]}`;
    this.name.textContent = name;
    this.root.setAttribute("aria-label", name);
    this.face.replaceChildren(avatar(persona.name, persona.agency));
    this.badge.textContent = PLATFORM[persona.flavour];
    this.about.textContent = [persona.agencyName, ...persona.roles].join(" · ");
    if (document.activeElement === this.picker && this.picker.options.length === personas.length) return;
    const agencies = byAgency(personas);
    this.picker.replaceChildren(
      ...[...agencies].map(([agency, people]) =>
        h(
          "optgroup",
          { label: agency },
          ...people.map((p) => {
            const fresh = p.told - (seenTold.get(p.key) ?? 0);
            const words = `${p.name} – ${PLATFORM[p.flavour]}${p.key !== this.persona && fresh > 0 ? ` (${fresh} new)` : ""}`;
            return h("option", {
              value: p.key,
              text: words,
              selected: p.key === this.persona,
              disabled: this.taken(p.key),
            });
          }),
        ),
      ),
    );
  }

  show(tab) {
    this.tab = tab;
    this.trouble();
    this.draw();
    if (tab === "home") this.run({ type: "home" });
    this.scroller.scrollTop = tab === "home" ? 0 : this.scroller.scrollHeight;
  }

  tabKeys(event) {
    const shown = this.tabs.filter((tab) => !tab.button.hidden);
    const at = shown.findIndex((tab) => tab.name === this.tab);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1 + shown.length, Home: 0, End: shown.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = shown[to % shown.length];
    this.show(next.name);
    next.button.focus();
  }

  draw() {
    if (!this.state) return;
    const { persona, home } = this.state;
    const slack = persona.flavour === "slack";
    this.scroller.setAttribute("aria-label", `Messages of ${persona.name}, in ${PLATFORM[persona.flavour]}`);
    if (!slack && this.tab === "home") this.tab = "personal";
    const atHome = this.tab === "home";
    const lines = atHome ? [] : this.state[this.tab];
    const near = this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < 80;
    this.drawTabs(persona, slack);

    this.home.hidden = !atHome;
    this.log.hidden = atHome;
    this.composer.root.hidden = atHome;
    if (atHome) this.drawHome(home);
    else {
      this.hush(`${persona.key} ${this.tab}`);
      const before = this.lines.lastElementChild;
      syncList(this.lines, lineItems(lines, this));
      if (near || (this.lines.lastElementChild !== before && this.sent)) {
        this.scroller.scrollTop = this.scroller.scrollHeight;
        this.sent = false;
      }
    }
    this.drawEmpty(!atHome && lines.length === 0, slack, persona.roles.length === 0);
    this.composer.speak({ slack, personal: this.tab === "personal", agency: persona.agency });
  }

  /** Turning to another place reads out nothing: only what arrives there afterwards. */
  hush(place) {
    if (this.place === place) return;
    this.place = place;
    this.log.setAttribute("aria-live", "off");
    setTimeout(() => this.log.setAttribute("aria-live", "polite"), 300);
  }

  drawTabs(persona, slack) {
    for (const { name, button, mark, words } of this.tabs) {
      const here = name === this.tab;
      // Who belongs to no agency yet has no channel of one.
      button.hidden = (name === "home" && !slack) || (name === "channel" && persona.roles.length === 0);
      button.setAttribute("aria-selected", String(here));
      button.tabIndex = here ? 0 : -1;
      if (here) this.panel.setAttribute("aria-labelledby", button.id);
      if (name === "personal") words.textContent = slack ? "Coord" : "Chat";
      if (name === "channel") words.textContent = slack ? `# ${persona.agency}` : `${persona.agencyName} channel`;
      if (name === "home") continue;
      const place = `${persona.key} ${name}`;
      const newest = Math.max(0, ...this.state[name].map((line) => line.revision));
      if (here || !seen.has(place)) seen.set(place, newest);
      const fresh = this.state[name].filter((line) => line.by === "coord" && line.revision > seen.get(place)).length;
      mark.hidden = fresh === 0;
      mark.textContent = String(fresh);
      mark.setAttribute("aria-label", `${fresh} new`);
    }
  }

  drawHome(home) {
    if (!home) {
      this.home.replaceChildren(h("p", { class: "empty-words", text: "Opening…" }));
      return;
    }
    if (this.home.dataset.revision === `${this.persona} ${home.revision}`) return;
    this.home.dataset.revision = `${this.persona} ${home.revision}`;
    const view = blockKit(home.payload.blocks, { act: (raw) => this.run({ type: "homeClick", raw }) });
    view.dir = direction(home.lang);
    view.lang = home.lang;
    this.home.replaceChildren(view, payloadView(home.payload));
  }

  drawEmpty(empty, slack, newcomer) {
    const kind = empty ? `${slack} ${this.tab} ${newcomer}` : "";
    if (this.empty.dataset.kind === kind) return;
    this.empty.dataset.kind = kind;
    this.empty.hidden = !empty;
    if (!empty) return this.empty.replaceChildren();
    const prefix = slack ? "/coord" : "@Coord";
    const examples = newcomer
      ? ["join ABCD-EFGH"]
      : this.tab === "personal"
        ? [
            "",
            "help",
            "task @labour Inspect 3 farms in Kilkis by Fri 17:00",
            "meet Monthly coordination every first Tue 10:00 60m with all",
            "who @border",
          ]
        : ["who @border", "task @labour Inspect 3 farms in Kilkis by Fri 17:00"];
    const words = examples.map((example) => `${prefix} ${example}`.trim());
    if (this.tab === "channel") words.push("Two white vans without plates near the Promachonas crossing, 04:20.");
    this.empty.replaceChildren(
      h("p", {
        class: "empty-words",
        text: newcomer
          ? "Nobody knows this account yet. Type the code that you were given:"
          : this.tab === "personal"
            ? "Nothing here yet. Try one of these, or write your own:"
            : "The agency's own channel. Ordinary words stay among colleagues; Coord hears only what is addressed to it.",
      }),
      h(
        "ul",
        { class: "examples" },
        ...words.map((text) =>
          h("li", {}, h("button", { type: "button", text, onclick: () => this.composer.fill(text) })),
        ),
      ),
    );
  }

  say(text) {
    this.sent = true;
    return this.run({ type: "command", place: this.tab, text });
  }

  /** Does something; a failure is said here, with the very same act to try again. */
  async run(what, key = api.newKey()) {
    this.panel.setAttribute("aria-busy", "true");
    this.trouble();
    try {
      const { elsewhere } = await api.act(this.persona, what, key);
      if (elsewhere && this.tab !== "personal") this.answeredInChat();
    } catch (error) {
      const retry = ["failed", "offline", "stopped"].includes(error.code);
      this.trouble(error.message, retry ? () => this.run(what, key) : undefined);
    } finally {
      this.panel.setAttribute("aria-busy", "false");
      await this.changed();
    }
  }

  answeredInChat() {
    this.notice.replaceChildren(
      h("span", { text: "Coord answered you privately." }),
      h("button", { type: "button", class: "quiet", text: "Open chat", onclick: () => this.show("personal") }),
    );
  }

  trouble(words, again) {
    this.notice.replaceChildren();
    this.alert.replaceChildren(
      ...(words ? [h("span", { text: words })] : []),
      ...(words && again ? [h("button", { type: "button", class: "quiet", text: "Try again", onclick: again })] : []),
    );
  }
}

function byAgency(personas) {
  const all = new Map();
  for (const persona of personas) all.set(persona.agencyName, [...(all.get(persona.agencyName) ?? []), persona]);
  return all;
}
