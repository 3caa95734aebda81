import { Tokenizer } from "htmlparser2";

/**
 * Message bodies that Teams hands over as HTML, in one pass over their tokens: neither blanks nor brackets that nothing
 * closes make it read anything twice.
 */
export type Html = {
  /** As a person would read it: one line a block. */
  text: string;
  /** The message that a quoted reply points at; its quotation is no part of the text. */
  replyTo?: string;
};

/** They begin a new line where they end. */
const BLOCKS = new Set(["p", "div", "li", "tr", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"]);
/** What stands in them is for machines. */
const SILENT = new Set(["script", "style"]);

export function readHtml(html: string): Html {
  const pieces: string[] = [];
  let replyTo: string | undefined;
  /** How many block quotations are open within the reply's own, itself counted. */
  let quoted = 0;
  let silent = false;
  let tag = "";
  let attribute = "";
  let attributes: Record<string, string> = {};
  const nothing = () => {};
  const say = (words: string) => {
    if (quoted === 0 && !silent) pieces.push(words);
  };
  const reader = new Tokenizer(
    { decodeEntities: true },
    {
      ontext: (start, end) => say(html.slice(start, end).replace(/\s+/g, " ")),
      ontextentity: (code) => say(String.fromCodePoint(code)),
      onopentagname(start, end) {
        tag = html.slice(start, end).toLowerCase();
        attributes = {};
      },
      onattribname(start, end) {
        attribute = html.slice(start, end).toLowerCase();
      },
      onattribdata(start, end) {
        attributes[attribute] = html.slice(start, end);
      },
      onopentagend: opened,
      onselfclosingtag: opened,
      onclosetag(start, end) {
        const name = html.slice(start, end).toLowerCase();
        if (SILENT.has(name)) silent = false;
        if (name === "blockquote" && quoted > 0) quoted--;
        else if (BLOCKS.has(name)) say("\n");
      },
      onattribentity: nothing,
      onattribend: nothing,
      oncdata: nothing,
      oncomment: nothing,
      ondeclaration: nothing,
      onprocessinginstruction: nothing,
      onend: nothing,
    },
  );
  reader.write(html);
  reader.end();
  const text = pieces
    .join("")
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
  return { text, ...(replyTo ? { replyTo } : {}) };

  function opened(): void {
    if (tag === "br") say("\n");
    if (SILENT.has(tag)) silent = true;
    if (tag !== "blockquote") return;
    const { itemtype = "", itemid = "" } = attributes;
    if (quoted > 0) quoted++;
    else if (!replyTo && itemtype.includes("schema.skype.com/Reply") && /^\d{1,40}$/.test(itemid)) {
      replyTo = itemid;
      quoted = 1;
    }
  }
}
