import type { ItemRecord } from "../audit/proof.js";

/** The record of one item as a page that any browser shows: what happened, and beneath it the proof as `verify.mjs` reads it. */
export function recordPage(record: ItemRecord): string {
  const { item, body, head } = record;
  const told = [...record.unproven, ...record.events]
    .map(({ seal, event }) => ({ seal, event: JSON.parse(event) as Told }))
    .sort((a, b) => a.event.id - b.event.id);
  const title = `${item.ref}, ${body.name}`;
  const rows = told.map(({ seal, event }) => {
    const { id, at, actor, action, code, detail, commitment } = event;
    const facts = Object.entries(detail).map(([name, value]) => `${name}: ${String(value)}`);
    if (commitment) facts.push(`words: SHA-256 ${commitment}`);
    const who = actor === null ? "" : (record.people[actor] ?? actor);
    return `<tr>${[String(id), at, who, action, code ?? "", facts.join("\n"), String(seal)].map(cell).join("")}</tr>`;
  });
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>
body { font: 14px/1.4 sans-serif; margin: 2em; }
table { border-collapse: collapse; }
td, th { border: 1px solid #999; padding: 2px 6px; text-align: left; vertical-align: top; white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; }
</style>
<h1>${escapeHtml(title)}</h1>
<p>Written ${escapeHtml(record.madeAt)} from the event log of Coord: metadata only, times in UTC. Free words are not in it; where
there were any, the event holds the SHA-256 commitment to them. Names are as they were when this was written, and no proof covers them.</p>
<p>${record.events.length} events are proven to stand in the log that ends with seal ${head.n} (${head.size} events, ${escapeHtml(head.at)}), hash <code>${head.hash}</code>,
signed with the key <code>${escapeHtml(head.key)}</code>. To check it: <code>node verify.mjs</code> and the name of this file.
${record.unproven.length ? `${record.unproven.length} older events have no proof of their own.` : ""}
${record.waiting ? `${record.waiting} newer events were not sealed yet and are left out.` : ""}</p>
<table>
<tr><th>No.</th><th>When</th><th>Who</th><th>What</th><th>Code</th><th>Details</th><th>Seal</th></tr>
${rows.join("\n")}
</table>
<script type="application/json" id="record">${JSON.stringify(record).replaceAll("<", "\\u003c")}</script>
</html>
`;
}

type Told = {
  id: number;
  at: string;
  actor: string | null;
  action: string;
  code: string | null;
  detail: Record<string, unknown>;
  commitment: string | null;
};

const cell = (text: string): string => `<td>${escapeHtml(text)}</td>`;
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.codePointAt(0)};`);
