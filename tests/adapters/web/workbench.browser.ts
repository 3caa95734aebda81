import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Message, Receive } from "../../../src/chat/index.js";
import { type Bench, openBench, personas } from "./bench.js";
import { inspect, inspectAt, launch, type Watched, watch } from "./browser.js";
import { demoCore, taskCard } from "./core.js";

let browser: Browser;
let bench: Bench;
let core: Receive;
let w: Watched;

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
beforeEach(async () => {
  core = demoCore;
  bench = await openBench((inbound) => core(inbound), {
    moved: async () => {
      const nikos = personas[4];
      const omar = personas[1];
      for (const one of [nikos, omar])
        if (one) await bench.adapter.deliver({ kind: "post", to: { person: one.account }, message: taskCard("due") });
    },
  });
  w = await watch(browser, bench.url);
});
afterEach(async () => {
  await w.close();
  await bench.stop();
  expect(w.complaints).toEqual([]);
});

const [MARIA, OMAR] = [0, 1] as const;

describe("two screens side by side", () => {
  it("show a person of Slack and one of Teams of another agency", async () => {
    expect(await w.page.locator(".pane").count()).toBe(2);
    expect(await w.pane(MARIA).getAttribute("aria-label")).toBe("Maria Petrou, Hellenic Police, in Slack");
    expect(await w.pane(OMAR).getAttribute("aria-label")).toBe("Omar Haddad, Labour Inspectorate, in Teams");
    expect(await w.pane(MARIA).locator("textarea").getAttribute("placeholder")).toContain("/coord");
    expect(await w.pane(OMAR).locator("textarea").getAttribute("placeholder")).toContain("@Coord");
    expect(await w.pane(OMAR).getByRole("tab", { name: "Home" }).count()).toBe(0);
  });

  it.each([
    [MARIA, "/coord task x", ".bk"],
    [OMAR, "@Coord task x", ".ac-adaptiveCard"],
  ] as const)("screen %i: a command is answered, a click replaces the card", async (n, words, drawn) => {
    await w.say(n, words);
    const card = w.pane(n).locator(`.from-coord ${drawn}`).last();
    await card.getByText("T-104 · Inspect 3 farms in Kilkis").waitFor();
    await card.getByRole("button", { name: "Done" }).click();
    await w.pane(n).locator(".from-coord .edited").waitFor();
    expect(await w.pane(n).locator(".from-coord").count()).toBe(1);
    expect(await w.pane(n).locator(".from-coord").textContent()).toMatch(/State\s*Done/);
  });

  it.each([
    [MARIA, "/coord task x"],
    [OMAR, "task x"],
  ] as const)("screen %i: a menu and a question before the deed", async (n, words) => {
    await w.say(n, words);
    await w.pane(n).getByRole("button", { name: "Give to" }).click();
    await w.pane(n).getByText("Omar Haddad", { exact: true }).last().click();
    await w.pane(n).getByText("Given to T-104/p1").first().waitFor();
    await w.pane(n).getByRole("button", { name: "Decline" }).click();
    await w.page.getByText("The police will be told.").waitFor();
    await w.page.getByRole("button", { name: "Decline" }).last().click();
    await w.pane(n).getByText("Declined").first().waitFor();
  });

  it.each([
    [MARIA, "/coord"],
    [OMAR, "help"],
  ] as const)("screen %i: a form keeps what was typed beside its error", async (n, words) => {
    await w.say(n, words);
    await w.pane(n).getByRole("button", { name: "New task" }).click();
    const dialog = w.page.getByRole("dialog", { name: "New task" });
    await dialog.getByRole("textbox", { name: "What" }).fill("inspect");
    await dialog.getByRole("combobox", { name: "Lead agency" }).fill("lab");
    await dialog.getByRole("option", { name: "Labour Inspectorate" }).click();
    for (const typed of ["Border", "IOM"]) {
      await dialog.getByRole("combobox", { name: "Supporting agencies" }).fill(typed);
      await dialog.locator("[role=option][aria-selected=true]", { hasText: typed }).waitFor();
      await w.page.keyboard.press("Enter");
    }
    await dialog.getByRole("textbox", { name: "More" }).fill("line 1\nline 2");
    await dialog.getByRole("radio", { name: /AMBER/ }).check();
    await dialog.getByRole("button", { name: "Assign" }).click();
    await dialog.getByText("Begin with a verb").first().waitFor();
    const what = dialog.getByRole("textbox", { name: "What" });
    expect(await what.inputValue()).toBe("inspect");
    expect(await inspectAt(what, "isFocused")).toBe(true);
    expect(await dialog.getByRole("combobox", { name: "Lead agency" }).inputValue()).toBe("Labour Inspectorate");
    expect(await dialog.getByRole("button", { name: /Remove (Border Guard|IOM)/ }).count()).toBe(2);
    expect(await dialog.getByRole("textbox", { name: "More" }).inputValue()).toBe("line 1\nline 2");
    expect(await dialog.getByRole("radio", { name: /AMBER/ }).isChecked()).toBe(true);
    await what.fill("Inspect 3 farms");
    await dialog.getByRole("button", { name: "Assign" }).click();
    await w.pane(n).getByText("T-105 asked: Inspect 3 farms / labour / border,iom").waitFor();
    expect(await dialog.count()).toBe(0);
  });

  it("shows a form that is only read, with nothing to send", async () => {
    for (const n of [MARIA, OMAR] as const) {
      await w.say(n, "/coord");
      await w.pane(n).getByRole("button", { name: /^Open/ }).click();
      const dialog = w.page.getByRole("dialog", { name: "T-104" });
      await dialog.getByText("Asked by Maria Petrou on Monday.").waitFor();
      expect(await dialog.locator("button[type=submit], .style-positive").count()).toBe(0);
      await dialog.getByRole("button", { name: "Close" }).first().click();
      await dialog.waitFor({ state: "detached" });
    }
  });

  it("asks for what must be filled in before anything is sent", async () => {
    for (const n of [MARIA, OMAR] as const) {
      await w.say(n, "/coord");
      await w.pane(n).getByRole("button", { name: "New task" }).click();
      const dialog = w.page.getByRole("dialog");
      await dialog.getByRole("textbox", { name: "What" }).fill("Inspect");
      await dialog.getByRole("button", { name: "Assign" }).click();
      expect(await w.page.evaluate("document.activeElement.role")).toBe("combobox");
      await w.page.keyboard.press("Escape");
      await w.page.keyboard.press("Escape");
      await dialog.waitFor({ state: "detached" });
    }
  });
});

it("is used with the keyboard alone", async () => {
  const { keyboard } = w.page;
  const focus = () => inspect<string>(w.page, "focused");
  await keyboard.press("Tab");
  expect(await focus()).toBe("Skip to the screens");
  await keyboard.press("Enter");
  // Who, where, what one writes, then the messages and the examples.
  await keyboard.press("Tab");
  expect(await w.page.evaluate("document.activeElement.tagName")).toBe("SELECT");
  await keyboard.press("Tab");
  expect(await focus()).toContain("Coord");
  await keyboard.press("ArrowRight");
  expect(await focus()).toContain("police");
  await keyboard.press("ArrowLeft");
  await keyboard.press("Tab");
  expect(await w.page.evaluate("document.activeElement.tagName")).toBe("TEXTAREA");
  await keyboard.press("Tab");
  expect(await focus()).toBe("Send");
  await keyboard.press("Tab");
  expect(await focus()).toBe("Messages of Maria Petrou, in Slack");
  await keyboard.press("Tab");
  expect(await focus()).toBe("/coord");
  await keyboard.press("Enter");
  expect(await w.page.evaluate("document.activeElement.tagName")).toBe("TEXTAREA");
  await keyboard.press("Enter");
  await w.pane(MARIA).getByRole("button", { name: "New task" }).waitFor();
  await keyboard.press("ArrowUp");
  expect(await w.pane(MARIA).locator("textarea").inputValue()).toBe("/coord");
  await keyboard.press("ArrowDown");
  expect(await w.pane(MARIA).locator("textarea").inputValue()).toBe("");

  await w.pane(MARIA).getByRole("button", { name: "New task" }).focus();
  await keyboard.press("Enter");
  const dialog = w.page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "What" }).waitFor();
  expect(await focus()).not.toBe("New task");
  // Round the whole dialog and never out of it.
  for (let n = 0; n < 24; n += 1) {
    await keyboard.press("Tab");
    expect(await inspect(w.page, "focusInDialog")).toBe(true);
  }
  await dialog.getByRole("textbox", { name: "What" }).focus();
  await keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  expect(await focus()).toBe("New task");

  await w.pane(MARIA).getByRole("button", { name: "Message actions" }).last().focus();
  await keyboard.press("Enter");
  await keyboard.press("ArrowDown");
  expect(await focus()).toContain("Show payload");
  await keyboard.press("Escape");
  expect(await focus()).toBe("Message actions");
});

it("is written in after ten Tabs at most, however many buttons stand on it, and read by its headings", async () => {
  for (let n = 0; n < 3; n++) for (const pane of [MARIA, OMAR] as const) await w.say(pane, "/coord task x");
  await w.page.reload();
  await w.pane(OMAR).locator(".ac-adaptiveCard").first().waitFor();
  let tabs = 0;
  while (tabs < 10 && (await w.page.evaluate("document.activeElement.tagName")) !== "TEXTAREA") {
    await w.page.keyboard.press("Tab");
    tabs += 1;
  }
  expect(await w.page.evaluate("document.activeElement.tagName")).toBe("TEXTAREA");
  expect(await inspect(w.page, "skippedLevels")).toEqual([]);
  for (const n of [MARIA, OMAR] as const) {
    const card = w.pane(n).locator(".from-coord").last();
    expect(await card.getByRole("heading", { level: 3, name: "T-104 · Inspect 3 farms in Kilkis" }).count()).toBe(1);
    expect(await card.getByRole("button", { name: "Done, T-104", exact: true }).count()).toBe(1);
  }
});

it("gives every control a name", async () => {
  await w.say(MARIA, "/coord task x");
  await w.say(OMAR, "task x");
  await w.say(OMAR, "help");
  await w.pane(OMAR).getByRole("button", { name: "New task" }).click();
  await w.page.getByRole("dialog").waitFor();
  expect(await inspect(w.page, "nameless")).toEqual([]);
});

it.each(["light", "dark"] as const)("is readable in the %s scheme (WCAG AA)", async (colorScheme) => {
  const other = await watch(browser, bench.url, { colorScheme });
  try {
    await other.say(MARIA, "/coord task x");
    await other.say(OMAR, "task x");
    await other.say(OMAR, "help");
    await other.pane(MARIA).getByRole("tab", { name: "police" }).click();
    await other.say(MARIA, "/coord");
    await other.say(MARIA, "two white vans");
    await other.pane(MARIA).locator(".only-you").first().waitFor();
    expect(await inspect(other.page, "lowContrast")).toEqual([]);
    await other.pane(MARIA).getByRole("tab", { name: "Home" }).click();
    await other.pane(MARIA).locator(".home .bk").waitFor();
    expect(await inspect(other.page, "lowContrast")).toEqual([]);
    for (const n of [MARIA, OMAR] as const) {
      await other.pane(n).getByRole("button", { name: "New task" }).last().click();
      const dialog = other.page.getByRole("dialog");
      await dialog.getByRole("textbox", { name: "What" }).fill("bad");
      await dialog.getByRole("combobox", { name: "Lead agency" }).fill("lab");
      await dialog.locator("[role=option][aria-selected=true]", { hasText: "Labour" }).waitFor();
      expect(await inspect(other.page, "lowContrast")).toEqual([]);
      await other.page.keyboard.press("Enter");
      await dialog.getByRole("button", { name: "Assign" }).click();
      await dialog.getByText("Begin with a verb").first().waitFor();
      expect(await inspect(other.page, "lowContrast")).toEqual([]);
      await other.page.keyboard.press("Escape");
      await dialog.waitFor({ state: "detached" });
    }
    expect(other.complaints).toEqual([]);
  } finally {
    await other.close();
  }
});

it("runs no word that anybody wrote", async () => {
  const canary = `<img src=x onerror="window.__ran=1"><script>window.__ran=2</script>"'><svg onload=window.__ran=3> [x](javascript:window.__ran=4) \`**_`;
  const nasty: Message = {
    text: canary,
    lang: "en",
    blocks: [
      { type: "heading", text: canary },
      {
        type: "text",
        text: [canary, { bold: canary }, { code: canary }, { link: canary, url: "javascript:window.__ran=5" }],
      },
      { type: "facts", facts: [{ label: canary, value: [canary, { link: canary, url: "https://a.example/?<b>" }] }] },
      { type: "list", items: [{ title: canary, detail: canary, action: { type: "button", id: "x", label: canary } }] },
      { type: "quote", text: canary, by: canary },
      { type: "context", text: canary },
      { type: "image", url: "https://a.example/x.png", alt: canary, title: canary },
      {
        type: "actions",
        actions: [
          { type: "link", label: canary, url: "javascript:window.__ran=6" },
          { type: "menu", id: "m", label: canary, options: [{ value: "a", label: canary, detail: canary }] },
          { type: "button", id: "f", label: "Form", opens: true },
        ],
      },
    ],
  };
  core = async (inbound) => {
    if (inbound.type === "command") return { post: nasty };
    if (inbound.type === "suggest") return { options: [{ value: canary.slice(0, 60), label: canary, detail: canary }] };
    if (inbound.type === "submit") return { errors: { a: canary, b: canary, "": canary } };
    return {
      form: {
        id: "f",
        title: canary,
        submit: "Send",
        cancel: canary,
        state: "",
        lang: "en",
        intro: canary,
        fields: [
          { type: "text", name: "a", label: canary, hint: canary, value: canary, placeholder: canary },
          { type: "lookup", name: "b", label: "Lookup", source: "s", optional: true },
          { type: "note", text: canary },
        ],
      },
    };
  };
  const people = [...personas];
  const evil = people[0] ? { ...people[0], name: canary, agencyName: canary, roles: [canary] } : undefined;
  const other = await openBench((inbound) => core(inbound), {
    personas: async () => (evil ? [evil, ...people.slice(1)] : people),
  });
  const page = await watch(browser, other.url);
  try {
    for (const n of [MARIA, OMAR] as const) {
      await page.say(n, `/coord ${canary}`);
      await page.pane(n).getByRole("button", { name: "Form", exact: true }).click();
      const dialog = page.page.getByRole("dialog");
      await dialog.getByRole("combobox", { name: "Lookup" }).fill("x");
      await dialog.getByRole("option").click();
      await dialog.getByRole("button", { name: "Send" }).click();
      await dialog.getByText("window.__ran=2").first().waitFor();
      await page.page.keyboard.press("Escape");
      await dialog.waitFor({ state: "detached" });
      await page.pane(n).getByRole("button", { name: "Message actions" }).last().click();
      await page.page.getByRole("menuitem", { name: "Show payload" }).click();
      expect(await page.pane(n).locator(".from-coord").textContent()).toContain("<script>window.__ran=2</script>");
      await page.pane(n).locator(".pane-about").waitFor();
    }
    expect(await page.page.evaluate("'__ran' in window")).toBe(false);
    expect(await page.page.locator("main script, main svg, main [onerror], main a[href^=javascript]").count()).toBe(0);
    expect(page.complaints).toEqual([]);
  } finally {
    await page.close();
    await other.stop();
  }
});

it("moves the clock, and says who got something", async () => {
  await w.page.getByRole("button", { name: "+1 day" }).click();
  await w.page.getByText("Tuesday, 3 March 2026").waitFor();
  await w.pane(OMAR).getByText("T-104 · Inspect 3 farms in Kilkis").waitFor();
  expect(await w.pane(MARIA).locator("option", { hasText: "Nikos" }).textContent()).toContain("(1 new)");
  await w.pane(MARIA).getByRole("combobox").selectOption({ label: "Nikos Laskaris – Slack (1 new)" });
  await w.pane(MARIA).getByText("T-104 · Inspect 3 farms in Kilkis").waitFor();
  await w.page.locator("input[type=datetime-local]").fill("2026-03-01T09:00");
  await w.page.evaluate("document.querySelector('.clock-to').noValidate = true");
  const failed = w.page.waitForResponse((response) => response.status() === 400);
  await w.page.getByRole("button", { name: "Go", exact: true }).click();
  await failed;
  await w.page.getByText("The clock goes forward only.").waitFor();
  w.complaints.splice(0, w.complaints.length, ...w.complaints.filter((line) => !line.includes("400")));
});

it("makes a task of a colleague's words, and talks in a thread", async () => {
  for (const n of [MARIA, OMAR] as const) {
    await w.pane(n).getByRole("tab").nth(1).click();
    await w.say(n, "Two white vans without plates.");
    await w.pane(n).locator(".message").last().hover();
    await w.pane(n).getByRole("button", { name: "Message actions" }).last().click();
    await w.page.getByRole("menuitem", { name: "Make a task of this" }).click();
    const what = w.page.getByRole("dialog").getByRole("textbox", { name: "What" });
    expect(await what.inputValue()).toBe("Two white vans without plates.");
    await w.page.keyboard.press("Escape");
    await w.page.getByRole("dialog").waitFor({ state: "detached" });
    await w.pane(n).getByRole("button", { name: "Message actions" }).last().click();
    await w.page.getByRole("menuitem", { name: "Reply in thread" }).click();
    await w.page.keyboard.type("Which road?");
    await w.page.keyboard.press("Enter");
    await w.pane(n).locator(".thread .words", { hasText: "Which road?" }).waitFor();
    expect(await w.pane(n).getByRole("textbox", { name: "Reply in thread" }).inputValue()).toBe("");
  }
});

it("reads from right to left where the words do", async () => {
  await w.pane(MARIA).getByRole("combobox").selectOption("slack:border/samir");
  await w.pane(OMAR).getByRole("combobox").selectOption("teams:iom/layla");
  for (const n of [MARIA, OMAR] as const) {
    await w.say(n, "/coord task x");
    const drawn = w.pane(n).locator(".rendered").last();
    await drawn.getByText("الموعد").waitFor();
    expect(await inspectAt(drawn, "direction")).toBe("rtl");
    const right = await inspectAt<number>(drawn, "right");
    const button = await inspectAt<number>(drawn.getByRole("button", { name: "قبول" }), "right");
    expect(right - button).toBeLessThan(40);
  }
});

it("finds everything again after a reload, an open form too", async () => {
  await w.pane(MARIA).getByRole("combobox").selectOption("slack:police/nikos");
  await w.say(MARIA, "/coord");
  await w.pane(MARIA).getByRole("button", { name: "New task" }).click();
  await w.page.getByRole("dialog").waitFor();
  await w.page.reload();
  await w.page.getByRole("dialog").getByRole("textbox", { name: "What" }).waitFor();
  await w.page.keyboard.press("Escape");
  await w.page.getByRole("dialog").waitFor({ state: "detached" });
  expect(await w.pane(MARIA).getAttribute("aria-label")).toContain("Nikos");
  await w.pane(MARIA).getByText("You owe 2 things").waitFor();
});

it("offers the very same act again when Coord failed", async () => {
  let fails = true;
  const keys: string[] = [];
  core = async (inbound) => {
    keys.push(inbound.key);
    if (fails) throw new Error("away");
    return demoCore(inbound);
  };
  await w.say(MARIA, "/coord");
  const again = w.pane(MARIA).getByRole("alert").getByRole("button", { name: "Try again" });
  await again.waitFor();
  fails = false;
  await again.click();
  await w.pane(MARIA).getByText("You owe 2 things").waitFor();
  expect(keys).toHaveLength(2);
  expect(keys[1]).toBe(keys[0]);
  expect(await w.pane(MARIA).locator(".words").count()).toBe(1);
  w.complaints.splice(0, w.complaints.length, ...w.complaints.filter((line) => !line.includes("500")));
});

describe("Block Kit beyond what Coord's cards use today", () => {
  const text = (words: string) => ({ type: "plain_text", text: words });
  const option = (value: string) => ({ value, text: text(`Option ${value}`), description: text(`about ${value}`) });
  const options = ["a", "b", "c"].map(option);

  const draw = async (blocks: object[]) => {
    await w.page.evaluate(`Promise.all([import("/workbench/assets/blockkit.js"), import("/workbench/assets/bkinputs.js")])
      .then(([{ blockKit }, { modalState }]) => {
        const drawn = blockKit(${JSON.stringify(blocks)}, { act: (raw) => { globalThis.sent = raw; } });
        drawn.id = "drawn";
        drawn.className += " slack";
        document.querySelector("main").replaceChildren(drawn);
        globalThis.modalState = () => modalState(drawn);
      })`);
    return w.page.locator("#drawn");
  };

  it("is drawn, and a click sends what Slack would send", async () => {
    const drawn = await draw([
      { type: "header", text: text("Header") },
      { type: "section", fields: [text("Field one"), text("Field two")], text: { type: "mrkdwn", text: "*stars*" } },
      {
        type: "section",
        text: text("Pictured"),
        accessory: { type: "image", image_url: "https://x.example/p.png", alt_text: "A map" },
      },
      {
        type: "context",
        elements: [{ type: "image", image_url: "/workbench/assets/icon.svg", alt_text: "Mark" }, text("Small")],
      },
      {
        type: "rich_text",
        elements: [
          {
            type: "rich_text_list",
            style: "ordered",
            indent: 1,
            elements: [
              {
                type: "rich_text_section",
                elements: [{ type: "text", text: "First", style: { strike: true, bold: true } }],
              },
            ],
          },
          { type: "rich_text_preformatted", elements: [{ type: "text", text: "let x" }] },
          {
            type: "rich_text_section",
            elements: [
              { type: "user", user_id: "U1" },
              { type: "emoji", name: "ok", unicode: "1f44c" },
              { type: "broadcast", range: "here" },
            ],
          },
        ],
      },
      {
        type: "actions",
        block_id: "row",
        elements: [
          {
            type: "overflow",
            action_id: "more",
            options,
            confirm: { title: text("Sure?"), text: text("It is sent."), confirm: text("Yes"), deny: text("No") },
          },
        ],
      },
      { type: "video", title: text("x") },
    ]);
    for (const words of [
      "Header",
      "Field two",
      "*stars*",
      "First",
      "let x",
      "@U1",
      "👌",
      "@here",
      "[video is not drawn here]",
    ])
      await drawn.getByText(words).first().waitFor();
    await drawn.getByRole("img", { name: "A map" }).waitFor();
    await drawn.getByRole("button", { name: "More actions" }).click();
    await w.page.keyboard.press("ArrowDown");
    await w.page.keyboard.press("Enter");
    await w.page.getByRole("dialog", { name: "Sure?" }).getByRole("button", { name: "Yes" }).click();
    expect(await w.page.evaluate("sent")).toEqual({
      type: "overflow",
      action_id: "more",
      block_id: "row",
      selected_option: options[1],
    });
  });

  it("gives a modal's state as view_submission carries it", async () => {
    const input = (block_id: string, element: object, more: object = {}) => ({
      type: "input",
      block_id,
      label: text(block_id),
      element: { action_id: "value", ...element },
      ...more,
    });
    const drawn = await draw([
      input("boxes", { type: "checkboxes", options, initial_options: [options[2]] }),
      input("many", { type: "multi_static_select", options }),
      input("one", { type: "static_select", options }),
      input("radio", { type: "radio_buttons", options }, { optional: true }),
      input("words", { type: "plain_text_input", multiline: true }),
    ]);
    expect(Object.keys((await w.page.evaluate<{ missing: object }>("modalState()")).missing)).toEqual([
      "many",
      "one",
      "words",
    ]);
    await drawn.getByRole("checkbox", { name: /Option a/ }).check();
    await drawn.getByRole("combobox", { name: "many" }).fill("b");
    await drawn.locator("[role=option][aria-selected=true]", { hasText: "Option b" }).click();
    await drawn.getByRole("combobox", { name: "one" }).selectOption({ label: "Option c" });
    await drawn.getByRole("textbox", { name: "words" }).fill("two\nlines");
    expect(await w.page.evaluate("modalState()")).toEqual({
      missing: {},
      values: {
        boxes: { value: { type: "checkboxes", selected_options: [options[0], options[2]] } },
        many: { value: { type: "multi_static_select", selected_options: [options[1]] } },
        one: { value: { type: "static_select", selected_option: options[2] } },
        radio: { value: { type: "radio_buttons", selected_option: null } },
        words: { value: { type: "plain_text_input", value: "two\nlines" } },
      },
    });
  });
});
