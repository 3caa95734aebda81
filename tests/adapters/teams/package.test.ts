import { inflateSync } from "node:zlib";
import { Ajv } from "ajv";
import formats from "ajv-formats";
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { teamsManifest } from "../../../adapters/teams/manifest.js";
import { packageOptions, teamsPackage } from "../../../adapters/teams/package.js";
import { conformance, conformanceDir, NEEDS } from "../../conformance.js";

const appId = "11111111-2222-3333-4444-555555555555";
const options = {
  appId,
  publicUrl: "https://coord.example.org/somewhere",
  commands: Array.from({ length: 14 }, (_, n) => ({ title: `command ${n}`, description: `does ${n}` })),
};

describe("the Teams app package", () => {
  it("suggests at most ten commands, in each place where the bot can be", () => {
    const [bot] = teamsManifest(options).bots;
    expect(bot?.scopes).toEqual(["personal", "team", "groupChat"]);
    expect(bot?.commandLists?.map((list) => [list.scopes, list.commands.length])).toEqual([
      [["personal"], 10],
      [["team"], 10],
      [["groupChat"], 10],
    ]);
  });

  it("has both shortcuts, which open a dialog", () => {
    const [extension] = teamsManifest(options).composeExtensions;
    expect(extension?.commands.map(({ id, context, fetchTask }) => [id, context, fetchTask])).toEqual([
      ["taskFromMessage", ["message"], true],
      ["newTask", ["compose", "commandBox"], true],
    ]);
  });

  it("is a ZIP with the manifest and two PNG icons of the right size", () => {
    const files = unzipSync(teamsPackage(options));
    expect(Object.keys(files)).toEqual(["manifest.json", "color.png", "outline.png"]);
    expect(JSON.parse(Buffer.from(files["manifest.json"] ?? []).toString())).toEqual(teamsManifest(options));
    expect(readPng(files["color.png"])).toMatchObject({ width: 192, height: 192, colours: 6 });
    const outline = readPng(files["outline.png"]);
    expect(outline).toMatchObject({ width: 32, height: 32, colours: 6 });
    expect(outline.pixels.length).toBe(32 * (1 + 32 * 4));
    const alphas = new Set(outline.pixels.filter((_, n) => n % 129 !== 0 && ((n % 129) - 1) % 4 === 3));
    expect(alphas.has(0) && alphas.has(255)).toBe(true);
  });

  it("says which variable is missing", () => {
    expect(() => packageOptions({ PUBLIC_URL: "https://coord.example.org" })).toThrow("MicrosoftAppId");
    expect(() => packageOptions({ MicrosoftAppId: appId, PUBLIC_URL: "http://coord.example.org" })).toThrow(
      "PUBLIC_URL",
    );
    expect(packageOptions({ MicrosoftAppId: appId, PUBLIC_URL: "https://coord.example.org" }).appId).toBe(appId);
  });
});

describe.skipIf(!conformanceDir)(`against Microsoft's schema ${NEEDS}`, () => {
  it("the manifest is valid", () => {
    const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false });
    (formats as unknown as (ajv: object) => void)(ajv);
    // Draft 4, whose `id` and `$schema` Ajv no longer knows; none of the rest differs here.
    const {
      id: _,
      $schema: __,
      ...schema
    } = conformance<Record<string, unknown>>("teams/manifest/MicrosoftTeams.schema.v1.22.json") ?? {};
    const validate = ajv.compile(schema);
    validate(teamsManifest(options));
    expect(validate.errors).toBeNull();
    expect(validate({ ...teamsManifest(options), icons: {} })).toBe(false);
  });
});

function readPng(file: Uint8Array = new Uint8Array()) {
  const bytes = Buffer.from(file);
  expect(bytes.subarray(1, 4).toString()).toBe("PNG");
  const length = bytes.indexOf("IDAT");
  const data = bytes.subarray(length + 4, length + 4 + bytes.readUInt32BE(length - 4));
  return {
    width: bytes.readUInt32BE(16),
    height: bytes.readUInt32BE(20),
    colours: bytes[25],
    pixels: inflateSync(data),
  };
}
