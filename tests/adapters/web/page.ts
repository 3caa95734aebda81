import type { Who } from "../../contract/harness.js";

/** What the page does over HTTP, without a browser. */
export class Page {
  #token = "";
  last?: { path: string; body: string };

  constructor(readonly url: string) {}

  async session(): Promise<Session> {
    const session = (await (await fetch(`${this.url}/workbench/session`)).json()) as Session;
    this.#token = session.token;
    return session;
  }

  async state(who: Pick<Who, "tenant" | "user">): Promise<State> {
    const key = encodeURIComponent(keyOf(who));
    const answer = await fetch(`${this.url}/workbench/state?persona=${key}`);
    if (!answer.ok) throw new Error(`state: ${answer.status}`);
    return (await answer.json()) as State;
  }

  async post(path: string, body: string): Promise<Response> {
    if (!this.#token) await this.session();
    this.last = { path, body };
    return fetch(`${this.url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-workbench-token": this.#token },
      body,
    });
  }

  async act(who: Pick<Who, "tenant" | "user">, act: object): Promise<Outcome> {
    const body = JSON.stringify({ persona: keyOf(who), key: crypto.randomUUID(), act });
    const answer = await this.post("/workbench/act", body);
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Outcome;
  }
}

export const keyOf = ({ tenant, user }: Pick<Who, "tenant" | "user">): string => `${tenant}/${user}`;

type Session = {
  token: string;
  now: string;
  body: { name: string; zone: string };
  personas: { key: string; flavour: string; told: number }[];
};

type Outcome = { options?: Option[]; elsewhere?: true };

type Option = { value: string; label: string };

// biome-ignore lint/suspicious/noExplicitAny: a platform's payload is read by the path that the platform documents
export type Json = any;

export type Line = {
  id: string;
  revision: number;
  at: string;
  thread?: string;
  edited: boolean;
  private: boolean;
  by: "coord" | "person";
  lang?: string;
  words?: string;
  mine?: boolean;
  payload?: Json;
};

export type State = {
  personal: Line[];
  channel: Line[];
  home?: { payload: Json };
  form?: { id: string; title: string; errors: Record<string, string>; payload: Json };
};
