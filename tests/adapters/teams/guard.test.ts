import { describe, expect, it } from "vitest";
import { acceptsService, refusal } from "../../../adapters/teams/guard.js";

const configured = ["gov.example", "bot.example:8443", "127.0.0.1:4000", "localhost:4001", "intranet.example:80"];

describe("service addresses that get Coord's token", () => {
  it.each([
    "https://smba.trafficmanager.net/emea/",
    "https://SMBA.trafficmanager.net/amer/",
    "https://smba.trafficmanager.net:443/teams/",
    "https://europe.botframework.com/",
    "https://a.b.botframework.com/",
    "https://gov.example/teams/",
    "https://bot.example:8443/",
    "http://127.0.0.1:4000/x/",
    "http://localhost:4001/",
  ])("accepts %s", (url) => {
    expect(acceptsService(url, configured)).toBe(true);
  });

  it.each([
    "",
    "smba.trafficmanager.net",
    "http://smba.trafficmanager.net/emea/",
    "https://smba.trafficmanager.net:8443/",
    "https://evil.trafficmanager.net/",
    "https://smba.trafficmanager.net.evil.example/",
    "https://smba.trafficmanager.net@evil.example/",
    "https://user:password@smba.trafficmanager.net/",
    "https://smba.trafficmanager.net./",
    "https://xsmba.trafficmanager.net/",
    "https://botframework.com.evil.example/",
    "https://evilbotframework.com/",
    "https://botframework.com/",
    "https://smba.trafficmanager.net/emea/?next=https://evil.example",
    "https://smba.trafficmanager.net\\@evil.example/",
    "https://evil.example/smba.trafficmanager.net/",
    "https://evil.example#.botframework.com",
    "http://169.254.169.254/",
    "https://169.254.169.254/",
    "https://127.0.0.1/",
    "https://[::1]/",
    "http://127.0.0.1:4002/",
    "http://127.1:4003/",
    "http://intranet.example:80/",
    "http://gov.example/",
    "https://gov.example:444/",
    "https://bot.example/",
    "https://canary.botapi.skype.com/amer/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "https://ѕmba.trafficmanager.net/",
  ])("refuses %s", (url) => {
    expect(acceptsService(url, configured)).toBe(false);
  });
});

describe("whose activities are Coord's affair", () => {
  const rules = { allowedTenants: ["Tenant-A", "tenant-b"], serviceHosts: [] };
  const from = (more: Partial<Parameters<typeof refusal>[0]>) =>
    refusal(
      { channelId: "msteams", serviceUrl: "https://smba.trafficmanager.net/emea/", tenants: ["tenant-a"], ...more },
      rules,
    );
  it.each([
    ["an allowed tenant", {}, undefined],
    ["one tenant, written in two ways", { tenants: ["TENANT-A", "tenant-a"] }, undefined],
    ["two tenants, both allowed", { tenants: ["tenant-a", "tenant-b"] }, "tenant"],
    ["an allowed tenant and another", { tenants: ["tenant-a", "tenant-x"] }, "tenant"],
    ["another tenant", { tenants: ["tenant-x"] }, "tenant"],
    ["no tenant", { tenants: [] }, "tenant"],
    ["another channel", { channelId: "slack" }, "channel"],
    ["no channel", { channelId: "" }, "channel"],
    ["another host", { serviceUrl: "https://evil.example/" }, "service"],
  ])("%s", (_what, more, said) => {
    expect(from(more)).toBe(said);
  });
});
