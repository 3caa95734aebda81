import { createServer, type Server } from "node:net";

export type MailServer = {
  url: string;
  /** What was taken, as it came. */
  mails: string[];
  /** What it says to the next recipients instead of taking them, as `550 5.1.1 …`. */
  refuse: string | undefined;
  close(): Promise<void>;
};

/** A mail server on the loopback that takes what comes, unless it is told to refuse. */
export async function mailServer(): Promise<MailServer> {
  const mails: string[] = [];
  const server: Server = createServer((socket) => {
    let data: string | undefined;
    let pending = "";
    socket.write("220 test\r\n");
    socket.on("data", (chunk) => {
      pending += chunk.toString("latin1");
      for (let end = pending.indexOf("\r\n"); end >= 0; end = pending.indexOf("\r\n")) {
        const line = pending.slice(0, end);
        pending = pending.slice(end + 2);
        if (data !== undefined) {
          if (line === ".") {
            mails.push(data);
            data = undefined;
            socket.write("250 taken\r\n");
          } else data += `${line.replace(/^\.\./, ".")}\r\n`;
        } else if (/^RCPT/i.test(line) && made.refuse) socket.write(`${made.refuse}\r\n`);
        else if (/^DATA/i.test(line)) {
          data = "";
          socket.write("354 go on\r\n");
        } else if (/^QUIT/i.test(line)) socket.end("221 bye\r\n");
        else socket.write("250 ok\r\n");
      }
    });
    socket.on("error", () => {});
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const made: MailServer = {
    url: `smtp://127.0.0.1:${address.port}/?ignoreTLS=true`,
    mails,
    refuse: undefined,
    close: () => new Promise((done) => server.close(() => done())),
  };
  return made;
}
