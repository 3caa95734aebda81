import { connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { serve } from "../../../src/cli/control-socket.js";
import { createHttp, createPages, type PageParts } from "../../../src/runtime/http.js";

const MEGABYTE = 1_048_576;
const nothing = async () => undefined;

describe("uploads", () => {
  let server: ReturnType<typeof createHttp>;
  let port = 0;
  let taken: number[] = [];
  const sockets: Socket[] = [];
  beforeEach(async () => {
    taken = [];
    const files: PageParts["files"] = {
      gives: nothing,
      file: nothing,
      feed: nothing,
      takes: async (token) => token.startsWith("known"),
      async take(_token, { bytes }) {
        taken.push(bytes.length);
        return {};
      },
    };
    const reports = { description: () => new Uint8Array() } as PageParts["reports"];
    server = createHttp({ pages: createPages({ files, reports, ready: async () => "ready" }) });
    port = await new Promise<number>((done) =>
      server.listen(0, "127.0.0.1", () => done((server.address() as { port: number }).port)),
    );
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });

  /** Says what it is about to send, and sends nothing yet. @returns what was answered so far */
  const announce = (token: string, megabytes: number) => {
    const socket = connect(port, "127.0.0.1");
    sockets.push(socket);
    const it = { socket, answer: "", closed: false };
    socket.setEncoding("utf8").on("data", (data: string) => {
      it.answer += data;
    });
    socket.on("close", () => {
      it.closed = true;
    });
    socket.on("error", () => undefined);
    socket.write(
      `POST /upload/${token} HTTP/1.1\r\nhost: x\r\ncontent-type: multipart/form-data; boundary=b\r\ncontent-length: ${megabytes * MEGABYTE}\r\n\r\n`,
    );
    return it;
  };
  const answered = async (it: { answer: string }) => {
    while (!it.answer.includes("\r\n\r\n")) await new Promise((resolve) => setTimeout(resolve, 5));
    return Number(it.answer.split(" ")[1]);
  };

  it("answers an address that is none before a byte of the body has come, and closes the line", async () => {
    const all = Array.from({ length: 40 }, (_, n) => announce(`nonsense${n}`, 10));
    expect(await Promise.all(all.map(answered))).toEqual(all.map(() => 404));
    for (const one of all) while (!one.closed) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(taken).toEqual([]);
  });

  it("refuses too large a file from what it says of itself", async () => {
    expect(await answered(announce("known", 12))).toBe(413);
  });

  it("reads so many at once and no more, and one for an address; the others are told to come again", async () => {
    const first = announce("known0", 10);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(await answered(announce("known0", 10))).toBe(503);
    for (let n = 1; n < 4; n++) announce(`known${n}`, 10);
    await new Promise((resolve) => setTimeout(resolve, 30));
    const late = announce("known9", 10);
    expect(await answered(late)).toBe(503);
    expect(late.answer).toContain("send it again");
    // Whoever breaks off leaves the place to others.
    first.socket.destroy();
    const form = new FormData();
    form.set("file", new File([new Uint8Array(1_000)], "a.txt"));
    const send = () => fetch(`http://127.0.0.1:${port}/upload/known8`, { method: "POST", body: form });
    let status = 503;
    for (let tries = 0; tries < 50 && status === 503; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      status = (await send()).status;
    }
    expect(status).toBe(200);
    expect(taken).toEqual([1_000]);
  });

  it("waits for nobody's head or body for ever, and for so many connections at most", () => {
    expect(server.headersTimeout).toBeGreaterThan(0);
    expect(server.headersTimeout).toBeLessThan(server.requestTimeout);
    expect(server.requestTimeout).toBeLessThan(300_000);
    expect(server.maxConnections).toBeLessThan(10_000);
  });
});

describe("the socket of the command line", () => {
  let server: Server;
  afterEach(() => void server?.close());
  const talk = async (...pieces: string[]) => {
    const ran: unknown[] = [];
    server = createServer((socket) =>
      serve(
        socket,
        async (request, write) => {
          ran.push(request.argv);
          write("done");
          return 0;
        },
        (error) => ran.push(error),
      ),
    );
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const socket = connect((server.address() as { port: number }).port, "127.0.0.1");
    let answer = "";
    socket.setEncoding("utf8").on("data", (data: string) => {
      answer += data;
    });
    socket.on("error", () => undefined);
    for (const piece of pieces) socket.write(piece);
    await new Promise((done) => socket.once("close", done));
    return { ran, answer };
  };

  it("takes a request in pieces", async () => {
    const { ran, answer } = await talk('{"argv":["doc', 'tor"],"files":{}}', "\nmore");
    expect(ran).toEqual([["doctor"]]);
    expect(answer).toContain('"exit":0');
  });

  it("refuses a request that does not end", async () => {
    const { ran, answer } = await talk(...Array.from({ length: 20 }, () => "x".repeat(MEGABYTE)));
    expect(ran).toEqual([]);
    expect(answer).toContain("too much at once");
  });
});
