import { chmodSync, lstatSync, mkdirSync, readdirSync, type Stats, statSync } from "node:fs";
import { join } from "node:path";
import { StartError } from "./lock.js";

/** What Coord itself keeps in its data directory; a socket that is being claimed has a name of its own. */
const OWN = /^(database|queue|demo|secret\.keys|heads\.jsonl|coord\.sock|\.[0-9a-f]{8}\.sock)$/;
/** Every new file system has it, and it is root's. */
const OF_THE_FILE_SYSTEM = "lost+found";

const OTHERS = 0o077;
const STICKY = 0o1000;

/**
 * The data directory as the operator's alone: who enters it commands Coord through its socket and reads its keys. One
 * that was open is closed; one that cannot be taken for Coord's own is refused.
 * @returns whether anything was open to others until now
 * @throws StartError saying what to do
 */
export function privateFolder(directory: string): boolean {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StartError(
      `COORD_DATA_DIR: ${directory} cannot be made (${code}). Name a folder that this user may make.`,
    );
  }
  // Elsewhere (Windows) the folder's own list of rights holds.
  const own = process.getuid?.();
  if (own === undefined) return false;
  const folder = statSync(directory);
  if (!folder.isDirectory())
    throw new StartError(`COORD_DATA_DIR: ${directory} is no folder. Name one, or one that does not exist yet.`);
  // The way there may be a link that somebody else laid.
  for (const stats of [lstatSync(directory), folder]) if (stats.uid !== own) throw foreign(directory, stats.uid, own);
  const names = readdirSync(directory).filter((name) => name !== OF_THE_FILE_SYSTEM);
  for (const name of names) {
    const { uid } = lstatSync(join(directory, name));
    if (uid !== own) throw foreign(join(directory, name), uid, own);
  }
  const open = (folder.mode & OTHERS) !== 0;
  // Somebody's home or /tmp, named by mistake, is not Coord's to close.
  if (open && (folder.mode & STICKY || !names.every((name) => OWN.test(name))))
    throw new StartError(
      `COORD_DATA_DIR: others may enter ${directory}, and it holds more than what Coord keeps. Name a folder of its own, e.g. ${join(directory, "coord")}, or close this one: chmod 700 ${directory}`,
    );
  const closed = [directory, ...names.filter((name) => OWN.test(name)).map((name) => join(directory, name))].map(close);
  return open && closed.some(Boolean);
}

/** The same of a folder and of one within it: whoever may write in the first may put another in the place of the second. */
export const privateFolders = (directories: readonly string[]): boolean =>
  [...new Set(directories)].map(privateFolder).some(Boolean);

/** @returns whether it was open */
function close(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  // A socket that was let go meanwhile.
  if (!stats || !isOpen(stats)) return false;
  try {
    chmodSync(path, stats.isDirectory() ? 0o700 : 0o600);
  } catch {
    // It is looked at again either way.
  }
  if (isOpen(statSync(path)))
    throw new StartError(
      `COORD_DATA_DIR: ${path} stays open to others: this user or this file system cannot close it. Name a folder where chmod 700 holds.`,
    );
  return true;
}

const isOpen = (stats: Stats): boolean => (stats.mode & OTHERS) !== 0;

const foreign = (path: string, owner: number, own: number) =>
  new StartError(
    `COORD_DATA_DIR: ${path} belongs to another user (number ${owner}), who could read and change what Coord keeps. Run Coord as that user, give it to this one (chown -R ${own} ${path}), or name a folder of its own.`,
  );
