import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { generated, teamsCommands, teamsVersion } from "../scripts/generated.js";

describe("what is made from the commands", () => {
  it.each(Object.entries(generated()))("%s is what the commands say now", (file, text) => {
    expect(readFileSync(new URL(`../${file}`, import.meta.url), "utf8")).toBe(text);
  });

  it("gives the Teams package a version that goes up with Coord's, from the 1.0.0 that was given out", () => {
    const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
    expect(teamsVersion()).toMatch(/^\d+\.\d+\.\d+$/);
    expect(teamsVersion().split(".").slice(1)).toEqual(version.split(".").slice(1));
    expect(Number(teamsVersion().split(".")[0])).toBeGreaterThanOrEqual(1);
  });

  it("suggests ten commands in Teams, each with its summary", () => {
    expect(teamsCommands()).toHaveLength(10);
  });
});
