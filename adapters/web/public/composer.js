import { h, uid } from "./dom.js";

const REMEMBERED = 50;

/** Where a persona writes. Enter sends, Shift+Enter breaks the line, ↑ recalls what was sent before. */
export class Composer {
  constructor({ send }) {
    this.sendWords = send;
    this.sent = [];
    this.at = 0;
    const id = uid("composer");
    this.label = h("label", { for: id, class: "visually-hidden", text: "Message" });
    this.input = h("textarea", {
      id,
      rows: "1",
      dir: "auto",
      "aria-describedby": `${id}-hint`,
      onkeydown: (event) => this.keys(event),
      oninput: () => this.grow(),
    });
    this.hint = h("p", { class: "composer-hint", id: `${id}-hint` });
    this.root = h(
      "form",
      {
        class: "composer",
        onsubmit: (event) => {
          event.preventDefault();
          this.send();
        },
      },
      this.label,
      h(
        "div",
        { class: "composer-box" },
        this.input,
        h("button", { type: "submit", class: "send", "aria-label": "Send", text: "➤" }),
      ),
      this.hint,
    );
  }

  speak({ slack, personal, agency }) {
    const words = slack ? "/coord …" : "@Coord …";
    this.input.placeholder = personal ? words : `${words}   or words for ${slack ? `#${agency}` : "the channel"}`;
    this.label.textContent = personal ? "Command for Coord" : "Message or command";
    this.hint.textContent = `Enter sends · ↑ recalls${personal ? "" : ` · only ${words.slice(0, 6)} lines reach Coord`}`;
  }

  fill(text) {
    this.input.value = text;
    this.grow();
    this.input.focus();
    this.input.setSelectionRange(text.length, text.length);
  }

  async send() {
    const text = this.input.value.trim();
    if (text === "") return;
    this.sent = [...this.sent.filter((old) => old !== text), text].slice(-REMEMBERED);
    this.at = this.sent.length;
    this.input.value = "";
    this.grow();
    await this.sendWords(text);
  }

  keys(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.send();
      return;
    }
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    // Within several lines the arrows move in the text.
    if (!step || this.input.value.includes("\n") || this.sent.length === 0) return;
    event.preventDefault();
    this.at = Math.min(this.sent.length, Math.max(0, this.at + step));
    this.fill(this.sent[this.at] ?? "");
  }

  grow() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, 160)}px`;
  }
}
