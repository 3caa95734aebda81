import { randomUUID } from "node:crypto";
import { linkSync, mkdirSync, renameSync, unlinkSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { isAbsolute, join, relative } from "node:path";

/** A sentence for the operator: what is wrong with the installation and what to do. */
export class StartError extends Error {
  override readonly name = "StartError";
}

/**
 * An exclusive hold on the data directory.
 *
 * PGlite takes no lock of its own, and a second process on the same files destroys commits without a word.
 * The lock is a listening socket: the kernel closes it when its process dies, however it dies, so there is
 * no process number to misread. Whoever connects talks to the process that holds the directory.
 */
export type DirectoryLock = { server: Server; release(): void };

/** @throws StartError when another process holds the directory. */
export async function lockDirectory(directory: string, onConnection: (socket: Socket) => void): Promise<DirectoryLock> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const claim = lockPath(directory);
  const own = socketPath(join(directory, `.${randomUUID().slice(0, 8)}.sock`));
  const server = await listen(own, onConnection);
  try {
    for (let tries = 0; tries < 5; tries++) {
      try {
        linkSync(own, claim);
        return {
          server,
          release() {
            quietly(() => unlinkSync(claim));
            server.close();
          },
        };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
      if (await answers(claim)) throw taken(directory);
      // Its holder is gone. Two starters may both come here: whoever moved away a living one puts it back.
      const aside = socketPath(join(directory, `.${randomUUID().slice(0, 8)}.old`));
      if (!quietly(() => renameSync(claim, aside))) continue;
      if (await answers(aside)) {
        quietly(() => linkSync(aside, claim));
        quietly(() => unlinkSync(aside));
        throw taken(directory);
      }
      quietly(() => unlinkSync(aside));
    }
    throw taken(directory);
  } catch (error) {
    server.close();
    throw error;
  } finally {
    quietly(() => unlinkSync(own));
  }
}

/** Where the process that holds the directory listens. */
export const lockPath = (directory: string): string => socketPath(join(directory, "coord.sock"));

const taken = (directory: string) =>
  new StartError(
    `Another Coord process is using ${directory}. Stop it first, or give this one its own folder with COORD_DATA_DIR.`,
  );

/** A socket's path holds about 107 bytes (unix(7)); the way from here may be shorter than the way from the root. */
function socketPath(path: string): string {
  const near = relative(process.cwd(), path);
  const short = isAbsolute(near) || near.length > path.length ? path : near;
  if (Buffer.byteLength(short) > 100)
    throw new StartError(`COORD_DATA_DIR is too deep for a socket (${path}). Choose a path of fewer than 80 letters.`);
  return short;
}

const listen = (path: string, onConnection: (socket: Socket) => void) =>
  new Promise<Server>((resolve, reject) => {
    const server = createServer(onConnection);
    server.once("error", reject);
    server.listen(path, () => resolve(server));
  });

const answers = (path: string) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(path);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });

const quietly = (act: () => void): boolean => {
  try {
    act();
    return true;
  } catch {
    return false;
  }
};
