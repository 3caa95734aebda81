import { describe, expect, it } from "vitest";
import { installedIn, togetherIn } from "../../../adapters/slack/receive.js";

describe("team and organisation are told together", () => {
  it.each<[string, object, object]>([
    ["a command", { team_id: "T1", enterprise_id: "E1" }, { team: "T1", enterprise: "E1" }],
    ["a workspace of no organisation", { team_id: "T1" }, { team: "T1", enterprise: undefined }],
    [
      "an event of the other side: its organisation is not ours",
      {
        team_id: "T2",
        enterprise_id: "E2",
        authorizations: [{ team_id: "T1", enterprise_id: null, is_bot: true }],
      },
      { team: "T1", enterprise: undefined },
    ],
    [
      "an event of the other side to an organisation's installation",
      {
        team_id: "T2",
        enterprise_id: "E2",
        authorizations: [{ team_id: null, enterprise_id: "E1", is_bot: true, is_enterprise_install: true }],
      },
      { team: "T2", enterprise: "E1" },
    ],
    [
      "an event within the organisation",
      {
        team_id: "T1",
        enterprise_id: "E1",
        authorizations: [{ team_id: null, enterprise_id: "E1", is_bot: true, is_enterprise_install: true }],
      },
      { team: "T1", enterprise: "E1" },
    ],
    [
      "an event that names the context",
      { team_id: "T2", enterprise_id: "E2", context_team_id: "T1", context_enterprise_id: "E1" },
      { team: "T1", enterprise: "E1" },
    ],
    [
      "a click",
      { team: { id: "T1", enterprise_id: "E1" }, enterprise: { id: "E1" }, user: { id: "U1", team_id: "T3" } },
      { team: "T1", enterprise: "E1" },
    ],
    [
      "a view of the whole organisation",
      { view: { app_installed_team_id: "E1" }, team: { id: "T1", enterprise_id: "E1" } },
      { team: "T1", enterprise: "E1" },
    ],
    [
      "a view that was opened in another workspace",
      { view: { app_installed_team_id: "T1" }, team: { id: "T2", enterprise_id: "E2" } },
      { team: "T1", enterprise: undefined },
    ],
    ["nothing", {}, {}],
  ])("%s", (_, body, expected) => expect(installedIn(body)).toEqual(expected));

  it("and are kept together only where one source says so", () => {
    const ours = [{ team_id: null, enterprise_id: "E1", is_bot: true }];
    expect(togetherIn({ team_id: "T2", enterprise_id: "E2", authorizations: ours })).toBeUndefined();
    expect(togetherIn({ team_id: "T1", enterprise_id: "E1", authorizations: ours })).toEqual({
      team: "T1",
      enterprise: "E1",
    });
    expect(togetherIn({ team_id: "T1" })).toBeUndefined();
  });
});
