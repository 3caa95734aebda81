import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { privateFolder } from "../../../src/store/folder.js";
import { lockDirectory, lockPath, StartError } from "../../../src/store/lock.js";

const NOBODY = 65_534;
const root = process.getuid?.() === 0;
const mode = (path: string) => (statSync(path).mode & 0o7777).toString(8);

describe("a data folder", () => {
  let base: string;
  let folder: string;
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), "coord-folder-"));
    folder = join(base, "data");
  });
  afterEach(() => rmSync(base, { recursive: true, force: true }));

  const make = (bits: number) => {
    mkdirSync(folder);
    chmodSync(folder, bits);
  };
  const put = (name: string, bits: number) => {
    writeFileSync(join(folder, name), "x");
    chmodSync(join(folder, name), bits);
  };

  it("is made for its user alone, whatever is usual here", () => {
    const before = process.umask(0);
    try {
      expect(privateFolder(join(folder, "deeper"))).toBe(false);
    } finally {
      process.umask(before);
    }
    expect(mode(join(folder, "deeper"))).toBe("700");
    expect(mode(folder)).toBe("700");
  });

  it.each([0o777, 0o775, 0o755, 0o711, 0o710, 0o701, 0o2775, 0o4777])("is closed where it was open: %o", (bits) => {
    make(bits);
    put("secret.keys", 0o644);
    put("coord.sock", 0o777);
    put(".0123abcd.sock", 0o777);
    mkdirSync(join(folder, "database"), { mode: 0o755 });
    chmodSync(join(folder, "database"), 0o777);
    expect(privateFolder(folder)).toBe(true);
    expect(
      ["", "secret.keys", "coord.sock", ".0123abcd.sock", "database"].map((name) => mode(join(folder, name))),
    ).toEqual(["700", "600", "600", "600", "700"]);
    expect(privateFolder(folder)).toBe(false);
  });

  it("that holds more than Coord's own is refused while others may enter it, and left as it was", () => {
    make(0o755);
    put("letters.txt", 0o644);
    expect(() => privateFolder(folder)).toThrow(/holds more.*chmod 700/);
    expect([mode(folder), mode(join(folder, "letters.txt"))]).toEqual(["755", "644"]);
    chmodSync(folder, 0o700);
    expect(privateFolder(folder)).toBe(false);
    expect(mode(join(folder, "letters.txt"))).toBe("644");
  });

  it("where everybody may write, like /tmp, is refused though it is empty", () => {
    make(0o1777);
    expect(() => privateFolder(folder)).toThrow(StartError);
    expect(mode(folder)).toBe("1777");
  });

  it("of another user, or in which another laid something, is refused with what to do, however closed it is", () => {
    const words = /belongs to another user.*chown -R.*folder of its own/;
    // Who is not root can lay nothing in another's name, and has folders that are root's.
    if (!root) {
      expect(() => privateFolder("/usr")).toThrow(words);
      return;
    }
    for (const name of ["", "secret.keys", "database", "coord.sock", "anything"]) {
      make(0o700);
      if (name) put(name, 0o600);
      chownSync(join(folder, name), NOBODY, NOBODY);
      expect(() => privateFolder(folder), name).toThrow(words);
      rmSync(folder, { recursive: true });
    }
  });

  it("reached by a link is the folder that the link leads to", () => {
    make(0o700);
    const link = join(base, "link");
    symlinkSync(folder, link);
    expect(privateFolder(link)).toBe(false);
    chmodSync(folder, 0o755);
    expect(privateFolder(link)).toBe(true);
    expect(mode(folder)).toBe("700");
  });

  it("is no file, and nothing below one", () => {
    writeFileSync(folder, "x");
    expect(() => privateFolder(folder)).toThrow(/COORD_DATA_DIR/);
    expect(() => privateFolder(join(folder, "deeper"))).toThrow(/COORD_DATA_DIR.*cannot be made/);
  });

  it("has a socket for its user alone, whatever is usual here", async () => {
    privateFolder(folder);
    const before = process.umask(0);
    const lock = await lockDirectory(folder, (socket) => socket.destroy()).finally(() => process.umask(before));
    expect(mode(lockPath(folder))).toBe("600");
    lock.release();
  });

  it("keeps a socket that somebody listens at", async () => {
    make(0o777);
    const server = createServer();
    await new Promise<void>((done) => server.listen(join(folder, "coord.sock"), done));
    chmodSync(join(folder, "coord.sock"), 0o777);
    expect(privateFolder(folder)).toBe(true);
    expect(mode(join(folder, "coord.sock"))).toBe("600");
    await new Promise((done) => server.close(done));
  });
});
