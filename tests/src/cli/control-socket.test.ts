import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { forward, type Request, serve } from "../../../src/cli/control-socket.js";

const REQUEST: Request = { argv: ["doctor"], files: {} };

describe("the command line's way to the Coord that runs", () => {
  let folder: string;
  let out: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "coord-wire-"));
    out = "";
  });
  afterEach(() => rm(folder, { recursive: true }));

  const ask = (path: string) =>
    forward(path, REQUEST, (text) => {
      out += text;
    });
  async function listening(act: (socket: Socket) => void): Promise<{ path: string; close: () => void }> {
    const path = join(folder, "coord.sock");
    const server = createServer(act);
    await new Promise<void>((resolve) => server.listen(path, resolve));
    return { path, close: () => server.close() };
  }

  it("says nothing where nobody listens, so that the command does the work itself", async () => {
    expect(await ask(join(folder, "none.sock"))).toBeUndefined();
    expect(out).toBe("");
  });

  it("gives what it says and its exit code", async () => {
    const { path, close } = await listening((socket) =>
      serve(
        socket,
        async (_, write) => {
          write("All is well.\n");
          return 3;
        },
        () => undefined,
      ),
    );
    expect(await ask(path)).toBe(3);
    expect(out).toBe("All is well.\n");
    close();
  });

  it("says so where it went away before it had answered", async () => {
    const { path, close } = await listening((socket) => socket.once("data", () => socket.destroy()));
    expect(await ask(path)).toBe(1);
    expect(out).toMatch(/^Coord stopped before it answered\. /);
    close();
  });
});
