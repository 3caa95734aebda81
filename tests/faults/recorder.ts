import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

type Trouble = "none" | "429" | "500" | "hang";
export type Post = { channel: string; text: string; refs: string[]; at: number };

/**
 * Slack's Web API as far as deliveries use it, which writes down what it took. A message counts as taken when it was
 * answered with ok: what is refused or left without an answer is on nobody's screen.
 */
export class Recorder {
  readonly posts: Post[] = [];
  /** Calls by what was done with them. */
  readonly calls = { taken: 0, "429": 0, "500": 0, hang: 0 };
  trouble: Trouble = "none";
  retryAfterSeconds = 5;
  /** So long Slack thinks before it answers, the message being on the screen already. */
  latencyMs = 0;
  /** Commands whose answer came by their response_url, `/commands/7`. */
  readonly late = new Set<number>();
  onPost: ((post: Post) => void) | undefined;
  #serial = 0;
  readonly #hanging = new Set<ServerResponse>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Recorder> {
    const server = createServer();
    const recorder = new Recorder(server);
    server.on("request", (request, response) => {
      let raw = "";
      request.setEncoding("utf8").on("data", (chunk: string) => {
        raw += chunk;
      });
      request.on("end", () => recorder.#answer(request.url ?? "", raw, response));
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    return recorder;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/api`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  /** How often each task was named to each person. */
  told(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { channel, refs } of this.posts)
      for (const ref of refs) counts.set(`${channel} ${ref}`, (counts.get(`${channel} ${ref}`) ?? 0) + 1);
    return counts;
  }

  #answer(path: string, raw: string, response: ServerResponse): void {
    const method = path.split("/").at(-1) ?? "";
    const args = new URLSearchParams(raw);
    const json = (status: number, body: object, headers = {}) =>
      response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
    const [, command] = /^\/commands\/(\d+)$/.exec(path) ?? [];
    if (command !== undefined) {
      this.late.add(Number(command));
      return void json(200, { ok: true });
    }
    if (method === "auth.test") return void json(200, { ok: true, team_id: "T0", user_id: "UBOT", bot_id: "BBOT" });
    switch (this.trouble) {
      case "429":
        this.calls["429"]++;
        return void json(429, { ok: false, error: "ratelimited" }, { "retry-after": String(this.retryAfterSeconds) });
      case "500":
        this.calls["500"]++;
        return void json(500, {});
      case "hang":
        this.calls.hang++;
        this.#hanging.add(response);
        response.on("close", () => this.#hanging.delete(response));
        return;
      case "none":
        this.calls.taken++;
    }
    if (method === "conversations.open")
      return void json(200, { ok: true, channel: { id: `D${String(args.get("users")).slice(1)}` } });
    const channel = String(args.get("channel"));
    const ts = `${Math.floor(Date.now() / 1_000)}.${String(++this.#serial).padStart(6, "0")}`;
    if (method === "chat.postMessage") {
      const shown = `${args.get("text")}\n${args.get("blocks")}`;
      const refs = [...new Set(shown.match(/\bT-\d+/g) ?? [])];
      const post = { channel, text: shown, refs, at: Date.now() };
      this.posts.push(post);
      this.onPost?.(post);
    }
    setTimeout(() => json(200, { ok: true, channel, ts }), this.latencyMs);
  }
}
