import { createHash } from "node:crypto";
import type { Reply } from "../../../src/chat/index.js";
import { formOf, type World } from "../../world.js";
import { all, part, read, words } from "../documents/office.js";

/** Files of requests as the tests give and open them, and a request for legal assistance with nothing missing. */

export const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
export const pdf = (text: string): Uint8Array => new TextEncoder().encode(`%PDF-1.7\n${text}`);

/** The first address in what was answered. */
export const tokenIn = (said: unknown, page: "files" | "upload"): string =>
  new RegExp(`${page}/([\\w-]+)`).exec(JSON.stringify(said))?.[1] ?? "";

/** @returns what was wrong; nothing where there is no such address */
export async function give(w: World, token: string, name: string, bytes: Uint8Array): Promise<string | undefined> {
  const taken = await w.runtime.files.take(token, { name, bytes });
  return taken ? (taken.wrong ?? "taken") : undefined;
}

/** The paragraphs of the Word file to which an answer gives the address. */
export async function paperIn(w: World, said: Reply): Promise<string> {
  const file = await w.runtime.files.file(tokenIn(said, "files"));
  if (!file) throw new Error("no paper");
  return all(part(read(file.bytes), "word/document.xml"), "w:p")
    .map(words)
    .join("\n");
}

export type Values = Record<string, string | string[]>;
/** One dialog of the writer, by its step or field. */
export const fill = async (w: World, name: string, ref: string, step: string, values: Values): Promise<Reply> =>
  w.submit(name, formOf(await w.say(name, `request fill ${ref} ${step}`)), values);

/** By step; all but the facts. */
export const ASSISTANCE: Readonly<Record<string, Values>> = {
  1: { basis: "untoc", language: "en", confidential: "yes", contact: "Petra, by day" },
  2: {
    ...{ proceeding: "smuggling of migrants, case 7/26", conducting_authority: "Prosecution of Norland" },
    ...{ purpose: "trial", assistance: ["documents_records"], unknown: ["persons"] },
  },
  3: { assistance_detail: "Records", records_period: "2026", certification: "stamp" },
  4: { adviser: "The network's contact point" },
};
