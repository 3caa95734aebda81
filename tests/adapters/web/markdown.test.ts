import fc from "fast-check";
import { expect, it } from "vitest";
import { escapeMarkdown } from "../../../adapters/teams/text.js";

// The page's own module, without types: it is served as it stands.
const { markdownToHtml } = (await import(
  new URL("../../../adapters/web/public/markdown.js", import.meta.url).href
)) as { markdownToHtml: (text: string) => string };

it.each([
  ["**bold** and *italic*", "<p><strong>bold</strong> and <em>italic</em></p>"],
  ["__bold__ and _italic_", "<p><strong>bold</strong> and <em>italic</em></p>"],
  ["a\\*b\\*c \\[x\\](y)", "<p>a*b*c [x](y)</p>"],
  [
    "[Open **it**](https://coord.example/a_b)",
    '<p><a href="https://coord.example/a_b" rel="noopener noreferrer">Open <strong>it</strong></a></p>',
  ],
  ["- one\n- two", "<ul><li>one</li><li>two</li></ul>"],
  ["1. one\n2. two", "<ol><li>one</li><li>two</li></ol>"],
  ["one\ntwo\n\nthree", "<p>one<br>two</p><p>three</p>"],
  ["snake_case_name 2*3*4", "<p>snake_case_name 2<em>3</em>4</p>"],
  ["<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>"],
  ["[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"],
  [
    '[x](https://a.example/"onmouseover=alert)',
    '<p><a href="https://a.example/&quot;onmouseover=alert" rel="noopener noreferrer">x</a></p>',
  ],
])("reads %j", (text, html) => {
  expect(markdownToHtml(text)).toBe(html);
});

const TAGS =
  /<\/?(?:p|strong|em|s|code|br|ul|ol|li)>|<a href="(?:https?:|mailto:)[^"<>]*" rel="noopener noreferrer">|<\/a>/g;

it("makes no tag but its own, whatever the words", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[*_~`[\]()<>&"'\\a-z :/.-]{0,40}$/)), (text) => {
      expect(markdownToHtml(text).replace(TAGS, "")).not.toMatch(/[<>]/);
    }),
    { numRuns: 500 },
  );
});

it("shows what the Teams renderer escaped letter by letter", () => {
  const decode = (html: string) =>
    html
      .replace(TAGS, "")
      .replace(
        /&(lt|gt|quot|#39|amp);/g,
        (_, name) => ({ lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" })[name as string] ?? "",
      );
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[*_~`[\]()<>&;"'\\a-z0-9 #+.=-]{0,40}$/)), (text) => {
      expect(decode(markdownToHtml(escapeMarkdown(text)))).toBe(text.replace(/\s+/g, " ").trim());
    }),
    { numRuns: 500 },
  );
});
