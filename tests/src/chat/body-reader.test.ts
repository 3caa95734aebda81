import { EventEmitter } from "node:events";
import { describe, expect, it } from "vitest";
import { BodyReader, type Sent } from "../../../src/chat/index.js";

/** A request whose sender does what a test says. */
class Sender extends EventEmitter implements Sent {
  constructor(readonly headers: Sent["headers"] = {}) {
    super();
  }
  send(bytes: number): this {
    this.emit("data", Buffer.alloc(bytes, "x"));
    return this;
  }
  end(): this {
    this.emit("end");
    return this;
  }
}

const whole = async (body: string) => body.length;
const tick = () => new Promise((resolve) => setImmediate(resolve));

describe("bodies", () => {
  it("hands on what came whole, and holds nothing afterwards", async () => {
    const bodies = new BodyReader({ total: 10_000, ms: 60_000 });
    const sender = new Sender();
    const read = bodies.read(sender, 1_000, whole);
    sender.send(400).send(600).end();
    expect(await read).toBe(1_000);
    expect(bodies.held).toBe(0);
  });

  it("refuses what says that it is too large before a byte is read", async () => {
    const sender = new Sender({ "content-length": "1001" });
    expect(await new BodyReader({ total: 10_000, ms: 60_000 }).read(sender, 1_000, whole)).toEqual({ refused: 413 });
    expect(sender.listenerCount("data")).toBe(0);
  });

  it("refuses what turns out to be too large, and keeps nothing of what follows", async () => {
    const bodies = new BodyReader({ total: 10_000, ms: 60_000 });
    const sender = new Sender();
    const read = bodies.read(sender, 1_000, whole);
    sender.send(1_000).send(1);
    expect(await read).toEqual({ refused: 413 });
    sender.send(5_000).end();
    expect(bodies.held).toBe(0);
  });

  it("refuses what is not whole in time, or breaks off", async () => {
    const bodies = new BodyReader({ total: 10_000, ms: 20 });
    const slow = new Sender();
    expect(await bodies.read(slow.send(0), 1_000, whole)).toEqual({ refused: 408 });
    const broken = new Sender();
    const read = bodies.read(broken, 1_000, whole);
    broken.send(10).emit("close");
    expect(await read).toEqual({ refused: 408 });
    expect(bodies.held).toBe(0);
  });

  it("never holds more of all together than its total: whoever has been sending for longest gives way", async () => {
    const bodies = new BodyReader({ total: 100_000, ms: 60_000 });
    const stalled = Array.from({ length: 40 }, () => {
      const sender = new Sender();
      const read = bodies.read(sender, 20_000, whole);
      sender.send(10_000);
      return read;
    });
    expect(bodies.held).toBeLessThanOrEqual(100_000 + 10_256);
    const platform = new Sender();
    const read = bodies.read(platform, 20_000, whole);
    platform.send(15_000).end();
    expect(await read).toBe(15_000);
    expect(await Promise.all(stalled.slice(0, 25))).toEqual(Array.from({ length: 25 }, () => ({ refused: 503 })));
  });

  it("counts single bytes for what they cost", async () => {
    const bodies = new BodyReader({ total: 50_000, ms: 60_000 });
    const sender = new Sender();
    const read = bodies.read(sender, 20_000, whole);
    for (let n = 0; n < 1_000; n++) sender.send(1);
    expect(await read).toEqual({ refused: 503 });
  });

  it("lets a body that is worked on count until the work is done", async () => {
    const bodies = new BodyReader({ total: 50_000, ms: 60_000 });
    let done = () => {};
    const sender = new Sender();
    const read = bodies.read(sender, 20_000, () => new Promise<void>((resolve) => (done = resolve)));
    sender.send(10_000).end();
    await tick();
    expect(bodies.held).toBeGreaterThanOrEqual(10_000);
    done();
    await read;
    expect(bodies.held).toBe(0);
  });
});
