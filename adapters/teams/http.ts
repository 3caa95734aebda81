import type { IncomingMessage, ServerResponse } from "node:http";
import { LIMITS } from "./limits.js";

/** Reads a JSON body of at most 1 MB. @returns the value, or the status to refuse with. */
export async function readJson(request: IncomingMessage): Promise<{ value: unknown } | { refused: 400 | 413 }> {
  if (Number(request.headers["content-length"] ?? 0) > LIMITS.bodyBytes) return tooLarge(request);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > LIMITS.bodyBytes) return tooLarge(request);
    chunks.push(chunk);
  }
  try {
    return { value: JSON.parse(Buffer.concat(chunks).toString("utf8")) };
  } catch {
    return { refused: 400 };
  }
}

/** What is still coming is let go unread, so that the sender gets to read the answer. */
function tooLarge(request: IncomingMessage): { refused: 413 } {
  request.resume();
  return { refused: 413 };
}

/** Errors are a status and nothing else: what went wrong is in the log. */
export function send(response: ServerResponse, status: number, body?: object): void {
  if (response.headersSent || response.destroyed) return;
  if (status === 413) response.setHeader("connection", "close");
  response.statusCode = status;
  if (body === undefined) {
    response.end();
    return;
  }
  response.setHeader("content-type", "application/json; charset=utf-8");
  response.end(JSON.stringify(body));
}
