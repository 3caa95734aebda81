import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { generated, teamsCommands } from "../scripts/generated.js";

describe("what is made from the commands", () => {
  it.each(Object.entries(generated()))("%s is what the commands say now", (file, text) => {
    expect(readFileSync(new URL(`../${file}`, import.meta.url), "utf8")).toBe(text);
  });

  it("suggests ten commands in Teams, each with its summary", () => {
    expect(teamsCommands()).toHaveLength(10);
  });
});
