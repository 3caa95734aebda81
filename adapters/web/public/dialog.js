// A platform's form over its persona's pane. The browser's own dialog traps the focus.

import { newKey } from "./api.js";
import { adaptiveCard } from "./cards.js";
import { direction, h, uid } from "./dom.js";
import { payloadView } from "./line.js";
import { slackModal } from "./modal.js";

export class FormDialog {
  /** @param {{ side: string, act: (what: object, key?: string) => Promise<object>, after: () => Promise<void> }} options */
  constructor({ side, act, after }) {
    this.side = side;
    this.act = act;
    this.after = after;
  }

  /** Brings the dialog in line with what the server says is open. */
  sync(form, flavour) {
    if (!form) return this.shut();
    if (this.form?.id === form.id && this.form.revision === form.revision) return;
    const again = this.form?.id === form.id;
    if (!again) this.shut();
    this.form = form;
    if (!this.dialog) this.open(flavour);
    this.draw(form, flavour, again);
  }

  open(flavour) {
    const titleId = uid("dialog");
    this.title = h("h2", { id: titleId });
    this.content = h("div", { class: "dialog-content" });
    this.problem = h("p", { class: "field-error dialog-problem", role: "alert" });
    this.dialog = h(
      "dialog",
      {
        class: `dialog ${flavour} at-${this.side}`,
        "aria-labelledby": titleId,
        oncancel: (event) => {
          event.preventDefault();
          this.close();
        },
      },
      h(
        "header",
        { class: "dialog-head" },
        this.title,
        h("button", {
          type: "button",
          class: "dialog-x",
          "aria-label": "Close",
          text: "×",
          onclick: () => this.close(),
        }),
      ),
      this.content,
    );
    document.body.append(this.dialog);
    this.dialog.showModal();
  }

  draw(form, flavour, again) {
    const wire = {
      submit: (raw) => this.submit(raw),
      act: (raw) => this.submit(raw),
      close: () => this.close(),
      errors: form.errors,
      search: async (raw, query) => (await this.act({ type: "suggest", form: form.id, raw, query })).options ?? [],
    };
    this.dialog.dir = direction(form.lang);
    this.dialog.lang = form.lang;
    this.problem.textContent = "";
    if (flavour === "slack") {
      const modal = slackModal(form.payload, {
        ...wire,
        // Slack's own shape of an option.
        search: async (raw, query) => (await wire.search(raw, query)).map(slackOption),
      });
      this.title.textContent = modal.title;
      this.content.replaceChildren(this.problem, modal.body, payloadView(form.payload), modal.foot);
    } else {
      this.title.textContent = form.title;
      this.content.replaceChildren(this.problem, adaptiveCard(form.payload, wire), payloadView(form.payload));
    }
    const invalid =
      again && this.content.querySelector('[aria-invalid="true"], .ac-attention input, .ac-attention textarea');
    const first = this.content.querySelector("input, textarea, select, button");
    (invalid || first)?.focus();
  }

  async submit(raw, key = newKey()) {
    if (this.sending) return;
    this.sending = true;
    this.dialog.setAttribute("aria-busy", "true");
    try {
      await this.act({ type: "submit", form: this.form.id, raw }, key);
    } catch (error) {
      this.problem.textContent = error.message;
    } finally {
      this.sending = false;
      this.dialog?.setAttribute("aria-busy", "false");
      await this.after();
    }
  }

  async close() {
    const id = this.form?.id;
    this.shut();
    if (id) await this.act({ type: "close", form: id }).catch(() => {});
    await this.after();
  }

  shut() {
    this.form = undefined;
    this.dialog?.close();
    this.dialog?.remove();
    this.dialog = undefined;
  }
}

const slackOption = ({ value, label, detail }) => ({
  value,
  text: { type: "plain_text", text: label },
  ...(detail ? { description: { type: "plain_text", text: detail } } : {}),
});
