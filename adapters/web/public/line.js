// One line of a conversation, as the persona's platform shows it.

import { blockKit } from "./blockkit.js";
import { adaptiveCard } from "./cards.js";
import { direction, h, syncList } from "./dom.js";
import { menuButton } from "./menu.js";

const TINTS = 6;

/** A coloured square or circle with initials; the same agency has the same colour. */
export function avatar(name, agency) {
  const initials = name
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => [...word][0])
    .slice(0, 2)
    .join("")
    .toUpperCase();
  const sum = [...agency].reduce((total, letter) => total + letter.codePointAt(0), 0);
  return h("span", { class: `avatar tint-${sum % TINTS}`, "aria-hidden": "true", text: initials });
}

const coordAvatar = () =>
  h("img", { class: "avatar", src: "/workbench/assets/icon.svg", alt: "", width: "36", height: "36" });

/** What syncList draws: days between the lines, replies under their root. */
export function lineItems(lines, pane) {
  const { persona } = pane.state;
  const present = new Set(lines.map((line) => line.id));
  const roots = lines.filter((line) => !line.thread || !present.has(line.thread));
  const items = [];
  let day = "";
  for (const line of roots) {
    const today = dayOf(line.at, persona);
    if (today !== day)
      items.push({
        key: `day ${today}`,
        revision: 1,
        draw: () => h("li", { class: "day" }, h("span", { text: today })),
      });
    day = today;
    const replies = lines.filter((reply) => reply.thread === line.id);
    items.push({
      // The persona is part of the key: the same channel line has other buttons for another reader.
      key: `${persona.key} ${line.id}`,
      revision: line.revision,
      draw: () => drawRoot(line, replies, pane),
      refresh: (element) => drawThread(element, line, replies, pane),
    });
  }
  return items;
}

function drawRoot(line, replies, pane) {
  const item = h("li", { class: "line" }, drawLine(line, pane), h("div", { class: "thread", hidden: true }));
  drawThread(item, line, replies, pane);
  return item;
}

function drawThread(item, line, replies, pane) {
  const thread = item.querySelector(":scope > .thread");
  const writing = pane.threads.has(line.id);
  thread.hidden = replies.length === 0 && !writing;
  if (thread.hidden) return;
  if (thread.childElementCount === 0) thread.append(h("ol", { "aria-label": "Thread" }));
  syncList(
    thread.firstElementChild,
    replies.map((reply) => ({
      key: reply.id,
      revision: reply.revision,
      draw: () => h("li", { class: "line" }, drawLine(reply, pane)),
    })),
  );
  const form = thread.querySelector("form");
  if (writing && !form) {
    const fresh = threadForm(line, pane);
    thread.append(fresh);
    fresh.querySelector("input").focus();
  } else if (!writing) form?.remove();
}

function threadForm(line, pane) {
  const input = h("input", { type: "text", placeholder: "Reply…", "aria-label": "Reply in thread", dir: "auto" });
  const close = () => {
    pane.threads.delete(line.id);
    pane.draw();
    pane.composer.input.focus();
  };
  return h(
    "form",
    {
      class: "thread-form",
      onkeydown: (event) => event.key === "Escape" && close(),
      onsubmit: (event) => {
        event.preventDefault();
        const text = input.value.trim();
        if (text === "") return;
        input.value = "";
        pane.run({ type: "threadReply", place: pane.tab, thread: line.id, text });
      },
    },
    input,
    h("button", { type: "submit", class: "quiet", text: "Reply" }),
    h("button", { type: "button", class: "quiet", text: "Close", onclick: close }),
  );
}

function drawLine(line, pane) {
  const { persona } = pane.state;
  const coord = line.by === "coord";
  const name = coord ? "Coord" : line.name;
  const article = h(
    "article",
    {
      class: `message ${coord ? "from-coord" : line.mine ? "mine" : "other"} ${line.private ? "private" : ""} ${line.command ? "command" : ""}`,
      tabindex: "-1",
      "data-focus": "",
      "aria-label": `${name}, ${timeOf(line.at, persona)}`,
    },
    coord ? coordAvatar() : avatar(line.name, persona.agency),
    h(
      "div",
      { class: "message-main" },
      line.private && h("p", { class: "only-you", text: "Only visible to you" }),
      h(
        "p",
        { class: "message-head" },
        h("b", { text: name }),
        coord && h("span", { class: "app", text: "App" }),
        h("time", { datetime: line.at, text: timeOf(line.at, persona) }),
        line.edited && h("span", { class: "edited", text: "edited" }),
      ),
      coord ? coordBody(line, pane) : h("div", { class: "words", dir: "auto", text: line.words }),
    ),
    tools(line, pane, () => article),
  );
  if (coord && pane.payloads.has(line.id)) showPayload(article, line);
  return article;
}

function coordBody(line, pane) {
  const act = (raw) => pane.run({ type: "click", place: pane.tab, line: line.id, raw });
  const drawn =
    pane.state.persona.flavour === "slack"
      ? blockKit(line.payload.blocks, { act })
      : adaptiveCard(line.payload.card, { act });
  return h("div", { class: "rendered", dir: direction(line.lang), lang: line.lang }, drawn);
}

function tools(line, pane, article) {
  const coord = line.by === "coord";
  return menuButton({
    label: "Message actions",
    face: h("span", { "aria-hidden": "true", text: "⋯" }),
    className: "tools-button",
    control: `tools ${line.id}`,
    items: () => [
      {
        label: "Reply in thread",
        pick: () => {
          const root = line.thread ?? line.id;
          pane.threads.add(root);
          pane.draw();
          article().closest(".thread, .line")?.closest("li.line")?.querySelector(".thread-form input")?.focus();
        },
      },
      ...(coord
        ? [
            {
              label: pane.payloads.has(line.id) ? "Hide payload" : "Show payload",
              detail:
                pane.state.persona.flavour === "slack"
                  ? "The Block Kit JSON as sent"
                  : "The Adaptive Card JSON as sent",
              pick: () => togglePayload(article(), line, pane),
            },
          ]
        : [
            {
              label: "Make a task of this",
              pick: () => pane.run({ type: "shortcut", place: pane.tab, line: line.id }),
            },
          ]),
    ],
  });
}

function togglePayload(article, line, pane) {
  if (pane.payloads.delete(line.id)) article.querySelector(".payload")?.remove();
  else {
    pane.payloads.add(line.id);
    showPayload(article, line).scrollIntoView({ block: "nearest" });
  }
}

function showPayload(article, line) {
  const pre = payloadText(line.payload);
  article.querySelector(".message-main").append(pre);
  return pre;
}

/** A payload behind a disclosure, where there is no message menu. */
export const payloadView = (payload) =>
  h("details", { class: "payload-toggle" }, h("summary", { text: "Show payload" }), payloadText(payload));

/** A region of its own, so that the keyboard can scroll it. */
const payloadText = (payload) =>
  h("pre", {
    class: "payload",
    tabindex: "0",
    role: "region",
    "aria-label": "Payload",
    text: JSON.stringify(payload, null, 2),
  });

const timeOf = (at, { lang, zone }) =>
  format(at, lang, { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const dayOf = (at, { lang, zone }) =>
  format(at, lang, { timeZone: zone, weekday: "long", day: "numeric", month: "long" });

function format(at, lang, options) {
  try {
    return new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, options).format(new Date(at));
  } catch {
    return new Intl.DateTimeFormat("en-GB", options).format(new Date(at));
  }
}
