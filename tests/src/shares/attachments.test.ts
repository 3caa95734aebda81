import { zipSync } from "fflate";
import { afterEach, describe, expect, it } from "vitest";
import { typeOf } from "../../../src/files/types.js";
import { createHttp, createPages } from "../../../src/runtime/http.js";
import { CANARY } from "../../canary.js";
import { formOf, textOf, World } from "../../world.js";

const bytes = (text: string) => new TextEncoder().encode(text);
const post = (url: string) => fetch(url, { method: "POST" });
const zip = (...names: string[]) => zipSync(Object.fromEntries(names.map((name) => [name, bytes("x")])));

/** As link previews, scanners, prefetching browsers and curious people do before its person presses the button. */
async function lookedAt(url: string): Promise<void> {
  const lookers: [string, Record<string, string>][] = [
    ["HEAD", {}],
    ["GET", { "user-agent": "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)", range: "bytes=0-32768" }],
    ["HEAD", { "user-agent": "Mozilla/5.0 SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com" }],
    ["GET", { "sec-purpose": "prefetch;prerender", purpose: "prefetch" }],
    ["GET", { accept: "text/html", "sec-fetch-mode": "navigate" }],
    ["OPTIONS", {}],
    ["PUT", {}],
    ["DELETE", {}],
  ];
  for (const [method, headers] of lookers) {
    const answer = await fetch(url, { method, headers });
    const reads = method === "GET" || method === "HEAD";
    expect([method, answer.status]).toEqual([method, reads ? 200 : 404]);
    const text = await answer.text();
    if (method === "GET") expect(text).toMatch(/<form method="post">.*<button>Get the file<\/button>/);
    expect(text).not.toMatch(CANARY);
    expect(answer.headers.get("content-disposition")).toBeNull();
    if (!reads) continue;
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
    // Its form names its origin, which the operator's listener asks for.
    expect(answer.headers.get("referrer-policy")).toBe("same-origin");
  }
}

describe("a file is what its bytes are", () => {
  const rows: [string, Uint8Array, string | undefined][] = [
    ["pdf", bytes("%PDF-1.7\n"), "pdf"],
    ["png", new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]), "png"],
    ["jpeg", new Uint8Array([0xff, 0xd8, 0xff, 0xe0]), "jpg"],
    ["docx", zip("[Content_Types].xml", "word/document.xml"), "docx"],
    ["xlsx", zip("[Content_Types].xml", "xl/workbook.xml"), "xlsx"],
    ["docx with a macro", zip("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), undefined],
    [
      "docx with an embedded program",
      zip("[Content_Types].xml", "word/document.xml", "word/embeddings/o.bin"),
      undefined,
    ],
    ["another zip", zip("a.txt"), undefined],
    ["a broken zip", new Uint8Array([0x50, 0x4b, 0x03, 0x04, 1, 2, 3]), undefined],
    ["table", bytes("a,b\n1,2\n"), "csv"],
    ["text", bytes("Ελλάδα, and so on\nnext"), "txt"],
    ["a program", new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 1]), undefined],
    ["text with NUL", bytes("a\0b"), undefined],
    ["half a letter", new Uint8Array([0xce]), undefined],
    ["html", bytes("<script>alert(1)</script>"), "txt"],
  ];
  it.each(rows)("%s", (_name, content, extension) => {
    expect(typeOf(content)?.extension).toBe(extension);
  });
});

describe("a file of a share", () => {
  let w: World;
  let close = async () => {};
  afterEach(async () => {
    await close();
    await w.close();
  });

  it("is sent to an address that works once, and downloaded by who accepted, once and on the record", async () => {
    w = await World.create({
      people: { Maria: "police staff", Eleni: "labour focal_point staff teams", Omar: "labour staff" },
    });
    const server = createHttp({
      pages: createPages({ files: w.runtime.files, reports: w.runtime.reports, ready: async () => "ready" }),
    });
    const port = await new Promise<number>((done) =>
      server.listen(0, "127.0.0.1", () => done((server.address() as { port: number }).port)),
    );
    close = () => new Promise((done) => void server.close(() => done()));
    w.runtime.site = `http://127.0.0.1:${port}`;

    const first = formOf(await w.say("Maria", "share @labour"));
    const second = formOf(await w.submit("Maria", first, { with: ["@labour"], kind: "a", label: "AMBER" }));
    const ref = /I-\d+/.exec(textOf(await w.submit("Maria", second, { title: "T", content: "C" })))?.[0] ?? "";
    const address = async () =>
      /https?:\/\/\S+?\/upload\/[\w-]+/.exec(JSON.stringify(await w.say("Maria", `share file ${ref}`)))?.[0] ?? "";
    const send = async (url: string, name: string, content: Uint8Array) => {
      const form = new FormData();
      form.set("file", new File([new Uint8Array(content)], name));
      return fetch(url, { method: "POST", body: form });
    };
    const [one, upload] = [await address(), await address()];
    const opened = await fetch(one);
    expect(opened.status).toBe(200);
    expect((await fetch(one, { method: "HEAD" })).status).toBe(200);
    expect(opened.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect((await send(one, "../../zqnameqz <b>.pdf", bytes("%PDF-1.7 zqfileqz"))).status).toBe(200);
    expect((await send(one, "again.pdf", bytes("%PDF-1.7"))).status).toBe(404);
    const refused = await send(await address(), "x.exe", new Uint8Array([0x4d, 0x5a, 0, 0]));
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain("That kind of file is not taken");
    expect((await send(await address(), "big.txt", new Uint8Array(10 * 1_048_576 + 1).fill(65))).status).toBe(422);
    expect((await send(await address(), "huge.txt", new Uint8Array(12 * 1_048_576).fill(65))).status).toBe(413);
    for (let n = 2; n <= 10; n++) expect((await send(await address(), `${n}.txt`, bytes("text"))).status).toBe(200);
    expect((await send(await address(), "11.txt", bytes("text"))).status).toBe(422);
    // Nor from somebody who by then works in another body alone.
    const left = await address();
    const { owner } = w.runtime.store;
    const maria = owner.selectFrom("persons").select("id").where("name", "=", "Maria");
    const roles = await owner.deleteFrom("roles").where("person_id", "=", maria).returningAll().execute();
    expect((await send(left, "12.txt", bytes("text"))).status).toBe(404);
    await owner.insertInto("roles").values(roles).execute();
    await w.say("Maria", `share send ${ref} sure`);
    expect(textOf(await w.say("Maria", `share file ${ref}`))).not.toContain("/upload/");
    await w.settle();

    const conditions = formOf(await w.click("Omar", "open", `north/${ref}`));
    const read = formOf(await w.submit("Omar", conditions, { purpose: "investigation" }));
    const link = /https?:\/\/\S+?\/files\/[\w-]+/.exec(JSON.stringify(read.fields))?.[0] ?? "";
    expect(JSON.stringify(read.fields)).toContain("zqnameqz  b.pdf");
    await lookedAt(link);
    // An address that takes a file is not used up as one that gives it, nor the other way.
    expect((await send(link.replace("/files/", "/upload/"), "a.txt", bytes("a"))).status).toBe(404);
    expect((await post(upload.replace("/upload/", "/files/"))).status).toBe(404);
    const file = await post(link);
    expect(file.status).toBe(200);
    expect(await file.text()).toBe("%PDF-1.7 zqfileqz");
    expect(file.headers.get("content-disposition")).toContain("attachment");
    expect(file.headers.get("cache-control")).toBe("no-store");
    for (const ask of [fetch, post]) {
      const second404 = await ask(link);
      const wrong = await ask(`${w.runtime.site}/files/nothing-of-the-kind`);
      expect([second404.status, await second404.text()]).toEqual([wrong.status, await wrong.text()]);
    }
    expect(textOf(await w.say("Maria", `share log ${ref}`))).toContain("downloaded a file");

    // Nor does one given before the conditions were tightened, until the new ones are accepted.
    const before = formOf(await w.click("Omar", "open", `north/${ref}`));
    const stale = /https?:\/\/\S+?\/files\/[\w-]+/.exec(JSON.stringify(before.fields))?.[0] ?? "";
    await w.submit("Maria", formOf(await w.click("Maria", "tighten", `north/${ref}`)), { codes: ["H1"] });
    expect((await post(stale)).status).toBe(404);
    const anew = formOf(await w.click("Omar", "open", `north/${ref}`));
    const accepted = formOf(await w.submit("Omar", anew, { purpose: "investigation" }));
    const fresh = /https?:\/\/\S+?\/files\/[\w-]+/.exec(JSON.stringify(accepted.fields))?.[0] ?? "";
    expect((await post(fresh)).status).toBe(200);

    // An address given before a recall opens nothing after it.
    const again = formOf(await w.click("Omar", "open", `north/${ref}`));
    const late = /https?:\/\/\S+?\/files\/[\w-]+/.exec(JSON.stringify(again.fields))?.[0] ?? "";
    await w.say("Maria", `recall ${ref} sure`);
    expect((await post(late)).status).toBe(404);
    const rest = await w.runtime.store.owner.selectFrom("attachments").selectAll().execute();
    expect(JSON.stringify(rest)).not.toMatch(CANARY);
  });
});
