import { randomUUID } from "node:crypto";
import { chmodSync, linkSync, statSync, unlinkSync } from "node:fs";
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
export type DirectoryLock = { release(): void };

/**
 * @param directory as `privateFolder` left it
 * @param onConnection takes the operator's commands
 * @throws StartError when another process holds the directory
 */
export async function lockDirectory(directory: string, onConnection: (socket: Socket) => void): Promise<DirectoryLock> {
  const guard = await abstractGuard(directory);
  const claim = lockPath(directory);
  const own = socketPath(join(directory, `.${randomUUID().slice(0, 8)}.sock`));
  let server: Server | undefined;
  const release = () => {
    quietly(() => unlinkSync(claim));
    server?.close();
    guard?.close();
  };
  try {
    // Also where the guard does not reach: another container on the same files has other abstract names.
    if (await answers(claim)) throw taken(directory);
    server = await listen(own, onConnection);
    chmodSync(own, 0o600);
    const { ino } = statSync(own);
    // A socket file that nobody answers at is what a killed process left.
    quietly(() => unlinkSync(claim));
    if (!quietly(() => linkSync(own, claim))) throw taken(directory);
    // Without a guard two may have taken the same leftover away: whose name stands after a while has won.
    if (!guard) await sleep(SETTLE_MS);
    if (statSync(claim).ino !== ino) throw taken(directory);
    return { release };
  } catch (error) {
    server?.close();
    guard?.close();
    throw error;
  } finally {
    quietly(() => unlinkSync(own));
  }
}

const SETTLE_MS = 250;

/**
 * Linux has sockets with a name and no file (unix(7), abstract): binding is atomic and nothing is left behind.
 * @returns undefined on other systems
 */
async function abstractGuard(directory: string): Promise<Server | undefined> {
  if (process.platform !== "linux") return undefined;
  const { dev, ino } = statSync(directory);
  try {
    return await listen(`\0coord-${dev}-${ino}`, (socket) => socket.destroy());
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EADDRINUSE") throw taken(directory);
    throw error;
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
    // Each may hold a whole request of the command line.
    server.maxConnections = 16;
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

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
