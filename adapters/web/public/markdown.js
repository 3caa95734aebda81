// The Markdown that a Teams card's TextBlock reads: bold, italics, links, lists, escapes.
// It makes HTML for the adaptivecards library, so every letter that is not markup is escaped first.

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escapeHtml = (text) => text.replace(/[&<>"']/g, (c) => ESCAPES[c]);

const INLINE = [
  { pattern: /^\\([!-/:-@[-`{-~])/, html: (m) => escapeHtml(m[1]) },
  // An entity that the text brings is shown as the letter it names, as Teams does.
  { pattern: /^&(amp|lt|gt|quot|#\d{1,6}|#x[0-9a-f]{1,6});/i, html: (m) => m[0] },
  { pattern: /^\*\*(?=\S)((?:\\.|[^\\])+?)\*\*/s, html: (m) => `<strong>${inline(m[1])}</strong>` },
  { pattern: /^__(?=\S)((?:\\.|[^\\])+?)__/s, html: (m) => `<strong>${inline(m[1])}</strong>` },
  { pattern: /^\*(?=\S)((?:\\.|[^\\*])+?)\*/s, html: (m) => `<em>${inline(m[1])}</em>` },
  { pattern: /^_(?=\S)((?:\\.|[^\\_])+?)_(?![\p{L}\p{N}])/su, html: (m) => `<em>${inline(m[1])}</em>`, opens: true },
  { pattern: /^~~(?=\S)((?:\\.|[^\\])+?)~~/s, html: (m) => `<s>${inline(m[1])}</s>` },
  { pattern: /^`([^`\n]+)`/, html: (m) => `<code>${escapeHtml(m[1])}</code>` },
  {
    pattern: /^\[((?:\\.|[^\\\]])*)\]\((https?:\/\/[^\s()<>]+|mailto:[^\s()<>]+)\)/,
    html: (m) => `<a href="${escapeHtml(m[2])}" rel="noopener noreferrer">${inline(m[1])}</a>`,
  },
];

function inline(text) {
  let html = "";
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at);
    const inWord = /[\p{L}\p{N}]$/u.test(text.slice(Math.max(0, at - 2), at));
    const hit = INLINE.filter((rule) => !(rule.opens && inWord))
      .map((rule) => ({ rule, match: rule.pattern.exec(rest) }))
      .find(({ match }) => match);
    html += hit ? hit.rule.html(hit.match) : escapeHtml(text[at]);
    at += hit ? hit.match[0].length : 1;
  }
  return html;
}

/** @param {string} text */
export function markdownToHtml(text) {
  return text
    .split(/\n{2,}|\r\n\r\n/)
    .map(block)
    .join("");
}

function block(text) {
  const lines = text.split(/\r?\n/);
  const bullet = /^\s*[-+*]\s+/;
  const number = /^\s*\d+[.)]\s+/;
  for (const [pattern, tag] of [
    [bullet, "ul"],
    [number, "ol"],
  ])
    if (lines.every((line) => pattern.test(line)))
      return `<${tag}>${lines.map((line) => `<li>${inline(line.replace(pattern, ""))}</li>`).join("")}</${tag}>`;
  return `<p>${lines.map(inline).join("<br>")}</p>`;
}
