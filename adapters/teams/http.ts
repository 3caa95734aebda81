import type { ServerResponse } from "node:http";

/** Errors are a status and nothing else: what went wrong is in the log. */
export function send(response: ServerResponse, status: number, body?: object): void {
  if (response.headersSent || response.destroyed) return;
  // The rest of a body that was not read is not worth waiting for.
  if (!response.req.complete) {
    response.setHeader("connection", "close");
    response.req.resume();
  }
  response.statusCode = status;
  if (body === undefined) {
    response.end();
    return;
  }
  response.setHeader("content-type", "application/json; charset=utf-8");
  response.end(JSON.stringify(body));
}
