import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lockDirectory, StartError } from "../../../src/store/lock.js";

describe("the data directory's lock", () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "coord-lock-"));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  it("lets one in, refuses the second with a sentence, and lets in again after release", async () => {
    const first = await lockDirectory(directory, (socket) => socket.destroy());
    await expect(lockDirectory(directory, () => undefined)).rejects.toThrow(StartError);
    await expect(lockDirectory(directory, () => undefined)).rejects.toThrow(/COORD_DATA_DIR/);
    first.release();
    (await lockDirectory(directory, () => undefined)).release();
  });

  it("lets exactly one of many in at once", async () => {
    const tries = await Promise.allSettled(
      Array.from({ length: 12 }, () => lockDirectory(directory, (socket) => socket.destroy())),
    );
    const won = tries.filter((one) => one.status === "fulfilled");
    expect(won).toHaveLength(1);
    for (const one of won) one.value.release();
  });

  it("is free again once its process was killed", async () => {
    const child = spawn(
      process.execPath,
      [
        "--import",
        "tsx",
        "-e",
        `import("${new URL("../../../src/store/lock.ts", import.meta.url)}").then(m=>m.lockDirectory(${JSON.stringify(directory)},()=>{})).then(()=>console.log("held"));`,
      ],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    await new Promise((resolve) => child.stdout.once("data", resolve));
    await expect(lockDirectory(directory, () => undefined)).rejects.toThrow(StartError);
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await ended;
    // Many come at once after the crash: still one wins.
    const tries = await Promise.allSettled(
      Array.from({ length: 8 }, () => lockDirectory(directory, (socket) => socket.destroy())),
    );
    const won = tries.filter((one) => one.status === "fulfilled");
    expect(won).toHaveLength(1);
    for (const one of won) one.value.release();
  });
});
