import { randomUUID } from "node:crypto";
import type { AccountRef, AdapterStore, Form, FormValues, MessageRef, Option } from "../../src/chat/index.js";
import { dialogOf, type FormErrors, renderForm } from "./form.js";

/**
 * Forms that are open in dialogs. A submission brings back values alone, so the form itself is kept (encrypted, by
 * the store) until it is taken or forgotten: without it an error could not be drawn into it.
 */

const OPEN_FOR_MS = 3 * 24 * 3600 * 1000;
/** Words of options that were offered lately; when one is missing, its value shows instead. */
const LABELS = 5_000;

type Kept = { form: Form; message?: MessageRef };

export class Dialogs {
  #labels = new Map<string, string>();

  constructor(
    private readonly store: AdapterStore,
    private readonly now: () => Date,
  ) {}

  /** @param message the message whose button opened the form, for a reply that updates it. */
  async open(who: AccountRef, form: Form, message?: MessageRef) {
    // A form that is only read is not kept: it often holds content, and nothing will come back.
    if (!form.submit) return dialogOf(form.title, renderForm(form), form.fields.length);
    const key = randomUUID();
    const kept: Kept = { form, message };
    await this.store.set(keyOf(who, key), JSON.stringify(kept), new Date(this.now().getTime() + OPEN_FOR_MS));
    return dialogOf(form.title, renderForm(form, {}, {}, { key }), form.fields.length);
  }

  async kept(who: AccountRef, key: string | undefined): Promise<Kept | undefined> {
    const value = key && (await this.store.get(keyOf(who, key)));
    return value ? (JSON.parse(value) as Kept) : undefined;
  }

  redraw(who: AccountRef, key: string, form: Form, errors: FormErrors, values: FormValues) {
    const labelOf = (source: string, value: string) => this.#labels.get(labelKey(who, source, value));
    return dialogOf(form.title, renderForm(form, errors, values, { key, labelOf }), form.fields.length);
  }

  async close(who: AccountRef, key: string | undefined): Promise<void> {
    if (key) await this.store.remove(keyOf(who, key));
  }

  offered(who: AccountRef, source: string, options: Option[]): void {
    if (this.#labels.size + options.length > LABELS) this.#labels.clear();
    for (const option of options) this.#labels.set(labelKey(who, source, option.value), option.label);
  }
}

/** The key came back through the client, so it is good for the person it was given to alone. */
const keyOf = (who: AccountRef, key: string): string => `teams/form/${who.tenant}/${who.user}/${key}`;

const labelKey = (who: AccountRef, source: string, value: string): string =>
  JSON.stringify([who.tenant, who.user, source, value]);
