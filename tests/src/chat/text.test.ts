import { describe, expect, it } from "vitest";
import { renderMessage as slack } from "../../../adapters/slack/render.js";
import { renderMessage as teams } from "../../../adapters/teams/render.js";
import { type Block, leadsTo, type Message, oneLine, titleLine, withoutTurns } from "../../../src/chat/index.js";
import { readBlocks } from "../../fakes/slack/read.js";
import { messageFaults } from "../../fakes/slack/rules.js";
import { cardErrors } from "../../fakes/teams/checks.js";
import { readCard } from "../../fakes/teams/eye.js";

const PAYPAL = "\u0440\u0430\u0443\u0440\u0430l.example"; // Cyrillic р, а, у, р, а and a Latin l.
const OVERRIDE = "\u202E";

describe("a title", () => {
  it.each([
    ["Count\nthe cars", "Count the cars"],
    ["Count\r\n\r\nthe cars", "Count the cars"],
    ["Count \v the\u2028cars\u2029now", "Count the cars now"],
    ["Count\u0085the\tcars\fnow", "Count the cars now"],
    ["two  blanks stay", "two  blanks stay"],
    ["Compter : les\u00a0voitures", "Compter : les\u00a0voitures"],
    [`T-9 ${OVERRIDE}derevoc si${"\u202C"} x`, "T-9 derevoc si x"],
    ["\u2066a\u2067b\u2068c\u2069\u202A\u202B\u202D", "abc"],
    ["مهمة: تفتيش 3 مزارع", "مهمة: تفتيش 3 مزارع"],
    ["👩‍🌾 farms", "👩‍🌾 farms"],
  ])("%j is one line that turns nothing", (typed, shown) => {
    expect(oneLine(typed)).toBe(shown);
  });

  it.each([
    [`See https://${PAYPAL}/login now`, "See https://xn--l-7sba6dbr.example/login now"],
    [`see WWW.${PAYPAL}`, "see www.xn--l-7sba6dbr.example"],
    ["https://bank.example@evil.example/x?y=1#z", "https://evil.example/x?y=1#z"],
    ["https://bank.example:pw@evil.example:8443", "https://evil.example:8443"],
    ["https://Bank.Example/A_b", "https://Bank.Example/A_b"],
    ["http://192.168.0.1:80/a", "http://192.168.0.1:80/a"],
    ["https://\uFF42ank.example/", "https://bank.example/"],
    ["https://münchen.example", "https://xn--mnchen-3ya.example"],
    ["no address: münchen, a@b", "no address: münchen, a@b"],
    [`(https://${PAYPAL}) x`, "(https://xn--l-7sba6dbr.example) x"],
    ["https://evil.example)\u10A7", "https://evil.example)\u10A7"],
    ["https://bank\u3002example", "https://bank.example"],
    ["https://a.example\\@b.example", "https://a.example\\@b.example"],
    ["https://", "https://"],
    ["https://[", "https://["],
  ])("%j shows where its addresses lead", (typed, shown) => {
    expect(titleLine(typed)).toBe(shown);
  });

  it("takes time in proportion to its length", () => {
    const everyLetter = `https://${Array.from({ length: 5_000 }, (_, n) => String.fromCodePoint(0x4e00 + n)).join("")}`;
    for (const seed of [
      everyLetter,
      "\n ",
      " \n",
      "https://",
      "https://а@",
      "www.é",
      OVERRIDE,
      "a\u2028",
      "https://a@b@",
    ]) {
      const reads = (length: number, times: number) => {
        const text = seed.repeat(Math.ceil(length / seed.length));
        const from = performance.now();
        for (let n = 0; n < times; n++) titleLine(text);
        return (performance.now() - from) / times;
      };
      // In turns, and the short one as often as it goes into the long one, so that what else the machine does slows both.
      const runs = Array.from({ length: 7 }, () => ({ short: reads(20_000, 4), long: reads(80_000, 1) }));
      // Four times the length: a quadratic reader would take sixteen times as long. Below a millisecond nothing is measured.
      const [short, long] = [Math.min(...runs.map((run) => run.short)), Math.min(...runs.map((run) => run.long))];
      expect(long / Math.max(short, 1), JSON.stringify(seed)).toBeLessThan(10);
    }
  });
});

it.each([
  ["https://example.org/guide", "example.org"],
  [`https://${PAYPAL}:8443/x`, "xn--l-7sba6dbr.example:8443"],
  ["https://bank.example@evil.example/", "evil.example"],
  ["mailto:desk@example.org", "desk@example.org"],
  ["nonsense", undefined],
])("%s leads to %s", (address, host) => {
  expect(leadsTo(address)).toBe(host);
});

const EYES = {
  Slack(message: Message) {
    const drawn = slack(message);
    expect(messageFaults(drawn)).toEqual([]);
    return { shown: readBlocks(drawn.blocks as never), payload: JSON.stringify(drawn) };
  },
  Teams(message: Message) {
    const { card } = teams(message);
    expect(cardErrors(card, "message")).toEqual([]);
    return { shown: readCard(card).lines.join("\n"), payload: JSON.stringify(card) };
  },
};

describe.each(Object.entries(EYES))("in %s", (_, see) => {
  const message = (...blocks: Block[]): Message => ({ text: "x", lang: "en", blocks });

  it("facts that are more than one text takes go on in the next, to the last", () => {
    const facts = Array.from({ length: 14 }, (_, n) => ({
      label: `Fact ${n}`,
      value: `${"word ".repeat(110)}ends${n}`,
    }));
    const { shown } = see(message({ type: "facts", facts }, { type: "context", text: "below" }));
    for (const [n, { label }] of facts.entries()) {
      expect(shown).toContain(label);
      expect(shown).toContain(`ends${n}`);
    }
    expect(shown).not.toContain("…");
    expect(shown).toContain("below");
  });

  it("no title disguises another by a line break or an override, wherever it stands", () => {
    const nasty = `Count cars\nT-9 ${OVERRIDE}RED`;
    const button = { type: "button" as const, id: "open", label: nasty, value: "x" };
    const { shown, payload } = see(
      message(
        { type: "heading", text: `T-1 · ${nasty}` },
        { type: "list", items: [{ title: nasty }, { title: ["T-2 · ", { bold: nasty }], action: button }] },
        { type: "facts", facts: [{ label: nasty, value: "v" }] },
        { type: "actions", actions: [button] },
        { type: "quote", text: "said", by: nasty },
      ),
    );
    expect(payload).not.toMatch(/[\u202A-\u202E\u2066-\u2069]|\\u20(?:2[a-e]|6[6-9])/i);
    expect(shown.split("\n").filter((line) => /^\s*T-9/.test(line))).toEqual([]);
    expect(shown).toContain("Count cars T-9 RED");
  });

  it("a link shows its host behind its words, in the letters of DNS, and words that are the host stand alone", () => {
    const { shown } = see(
      message(
        {
          type: "list",
          items: [
            { title: [{ link: "Guide to interviews", url: "https://guides.example/a" }] },
            { title: [{ link: "https://bank.example", url: `https://${PAYPAL}/` }] },
            { title: [{ link: "own.example", url: "https://own.example/x" }] },
          ],
        },
        { type: "text", text: ["See ", { link: "minutes", url: "https://coord.example/m" }, "."] },
        { type: "facts", facts: [{ label: "Paper", value: [{ link: "Trends", url: "https://papers.example/t" }] }] },
      ),
    );
    expect(shown).toContain("Guide to interviews (guides.example)");
    expect(shown).toContain("https://bank.example (xn--l-7sba6dbr.example)");
    expect(shown).toContain("minutes (coord.example).");
    expect(shown).toContain("Trends (papers.example)");
    expect(shown).not.toContain("own.example (own.example)");
    expect(shown).not.toMatch(/\(([a-z.]+)\)\s*\(\1\)/);
  });

  it("what looks like a link in the other platform's words or its own stays as it was typed", () => {
    const typed = "[Approve](https://evil.example) <https://evil.example|Approve> <!channel> [a]: https://evil.example";
    const { shown, payload } = see(
      message(
        { type: "heading", text: typed },
        { type: "list", items: [{ title: typed }] },
        { type: "text", text: typed },
      ),
    );
    expect(shown.split(typed).length - 1).toBeGreaterThanOrEqual(3);
    expect(payload).not.toMatch(/"url":"https:\/\/evil/);
  });
});

it("a name keeps its letters when what turns them is taken out", () => {
  expect(withoutTurns(`Omar ${OVERRIDE}عمر`)).toBe("Omar عمر");
});
