import { createHmac, randomBytes } from "node:crypto";
import { Agent, request } from "node:http";

/** What Slack heard of one command: in time, too late for it to show, or nothing that it could show. */
export type Heard = {
  n: number;
  person: number;
  request: { headers: Record<string, string>; body: string };
  status: number;
  text: string;
  ms: number;
};

/** Slack waits so long for an acknowledgement (docs.slack.dev/interactivity/implementing-slash-commands). */
export const PATIENCE_MS = 3_000;

/** Slack's side of many people who write at once: each command is signed and sent at its moment, whatever came of others. */
export class Crowd {
  readonly heard: Heard[] = [];
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 2_000 });

  constructor(
    private readonly url: string,
    private readonly o: { secret: string; people: number; tenants: number; hooks: string },
  ) {}

  /** @param rate a second */
  async write(rate: number, seconds: number, words: (n: number, person: number) => string): Promise<void> {
    const began = Date.now();
    const all: Promise<void>[] = [];
    for (let n = 0; n < rate * seconds; n++) {
      const wait = began + (n * 1_000) / rate - Date.now();
      if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
      const person = n % this.o.people;
      all.push(this.#command(n, person, words(n, person)));
    }
    await Promise.all(all);
  }

  /** One command, and its answer waited for. */
  one(n: number, text: string): Promise<void> {
    return this.#command(n, n % this.o.people, text);
  }

  /** The very same delivery once more. */
  again({ n, person, request }: Heard): Promise<Heard> {
    return this.#send({ n, person, request });
  }

  async #command(n: number, person: number, text: string): Promise<void> {
    const team = `T${person % this.o.tenants}`;
    const body = new URLSearchParams({
      team_id: team,
      channel_id: `D${person}`,
      channel_name: "directmessage",
      user_id: `U${person}`,
      user_name: `user${person}`,
      command: "/coord",
      text,
      api_app_id: "A0",
      response_url: `${this.o.hooks}/commands/${n}`,
      trigger_id: randomBytes(8).toString("hex"),
    }).toString();
    const timestamp = String(Math.floor(Date.now() / 1_000));
    const hash = createHmac("sha256", this.o.secret).update(`v0:${timestamp}:${body}`).digest("hex");
    const headers = {
      "content-type": "application/x-www-form-urlencoded",
      "x-slack-request-timestamp": timestamp,
      "x-slack-signature": `v0=${hash}`,
    };
    this.heard.push(await this.#send({ n, person, request: { headers, body } }));
  }

  #send(it: Pick<Heard, "n" | "person" | "request">): Promise<Heard> {
    const began = Date.now();
    return new Promise((resolve) => {
      let status = 0;
      let text = "";
      const done = () => {
        clearTimeout(patience);
        resolve({ ...it, status, text, ms: Date.now() - began });
      };
      const call = request(this.url, { method: "POST", agent: this.#agent, headers: it.request.headers }, (answer) => {
        status = answer.statusCode ?? 0;
        answer.setEncoding("utf8").on("data", (chunk: string) => {
          text += chunk;
        });
        answer.on("end", done);
        answer.on("error", done);
      });
      call.on("error", done);
      const patience = setTimeout(() => {
        status = 0;
        call.destroy();
      }, PATIENCE_MS);
      call.end(it.request.body);
    });
  }
}
