/** The strings, templates and regular expressions of a file of TypeScript, without its comments and its code. */
export type Literal = { kind: "string" | "regex"; text: string; line: number };

/** After these a slash begins a regular expression, and after all else it divides. */
const BEFORE_REGEX = /(?:^|[=(,:[!&|?{};+<>~^%*-]|\b(?:return|case|typeof|of|in|await))\s*$/;
const PIECE =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`|\/(?![/*])(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*|[{}]/y;

export function literalsOf(source: string): Literal[] {
  const found: Literal[] = [];
  /** How many braces are open within each `${`. */
  const open: number[] = [];
  let line = 1;
  let code = "";
  let at = 0;
  const put = (kind: Literal["kind"], text: string) => found.push({ kind, text, line });
  const past = (text: string) => {
    line += text.split("\n").length - 1;
    at += text.length;
  };
  /** From behind a back quote or a closing brace up to the next hole or the end. */
  const template = () => {
    const text = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*/y;
    text.lastIndex = at;
    const said = text.exec(source)?.[0] ?? "";
    put("string", said);
    past(said);
    if (source.startsWith("${", at)) {
      open.push(0);
      at += 2;
      code = "{";
    } else {
      at += 1;
      code = "`";
    }
  };
  while (at < source.length) {
    PIECE.lastIndex = at;
    const piece = PIECE.exec(source)?.[0];
    const divides = piece?.startsWith("/") && !/^\/[/*]/.test(piece) && !BEFORE_REGEX.test(code.slice(-20));
    if (piece === undefined || divides) {
      code += source.charAt(at);
      past(source.charAt(at));
    } else if (/^\/[/*]/.test(piece)) past(piece);
    else if (piece === "`") {
      at += 1;
      template();
    } else if (piece === "{" || piece === "}") {
      const depth = open.at(-1);
      at += 1;
      code += piece;
      if (piece === "}" && depth === 0) {
        open.pop();
        template();
      } else if (depth !== undefined) open[open.length - 1] = depth + (piece === "{" ? 1 : -1);
    } else {
      put(piece.startsWith("/") ? "regex" : "string", piece);
      past(piece);
      code += '"';
    }
  }
  return found;
}
