import { describe, expect, it } from "vitest";
import {
  mayNeed,
  mayRaise,
  mayReport,
  mayTend,
  mayTraining,
  type TrainingRefusal,
  type Viewer,
} from "../../../src/policy/index.js";
import { ROLES, type Role } from "./task-oracle.js";

/** What everybody in the body sees, and not everybody may change (docs/plan.md). */

const FOCAL = [{ id: "focal", roles: ["focal_point"] }] as const;
const AUTHOR = [{ id: "author", roles: ["staff"] }] as const;
const me = (agencyId: string, roles: Role[], more: Partial<Viewer> = {}): Viewer => ({
  id: "me",
  agencyId,
  roles,
  ...more,
});

describe("a need, an offer or a session of an agency, which its author entered", () => {
  const ok = undefined;
  const rows: [who: string, viewer: Viewer, take: TrainingRefusal | undefined, change: TrainingRefusal | undefined][] =
    [
      ["its author", me("ours", ["staff"], { id: "author" }), ok, ok],
      ["the author's deputy", me("ours", ["staff"], { standsInFor: AUTHOR }), ok, ok],
      ["another's deputy", me("ours", ["staff"], { standsInFor: [{ id: "other", roles: ["staff"] }] }), ok, "party"],
      ["a colleague", me("ours", ["staff"]), ok, "party"],
      ["the focal point", me("ours", ["focal_point"]), ok, ok],
      ["the focal point's deputy", me("ours", ["staff"], { standsInFor: FOCAL }), ok, ok],
      ["the agency's rapporteur", me("ours", ["rapporteur"]), "party", "party"],
      ["the agency's rapporteur, who entered it", me("ours", ["rapporteur"], { id: "author" }), "party", ok],
      ["the agency's observer", me("ours", ["observer"]), "party", "party"],
      ["staff elsewhere", me("theirs", ["staff"]), "party", "party"],
      ["the focal point elsewhere", me("theirs", ["focal_point"]), "party", "party"],
      ["its author, who works elsewhere now", me("theirs", ["staff"], { id: "author" }), "party", "party"],
      ["the desk", me("theirs", ["coordinator"]), ok, ok],
      ["an admin", me("ours", ["admin"]), "hidden", "hidden"],
      ["an admin who is staff too", me("ours", ["admin", "staff"]), ok, "party"],
      ["somebody without a role", me("ours", [], { id: "author" }), "hidden", "hidden"],
    ];
  it.each(rows)("%s", (_who, viewer, take, change) => {
    const item = { agencyId: "ours", personId: "author" };
    expect(mayTraining(viewer, "see", item)).toBe(take === "hidden" ? "hidden" : undefined);
    expect(mayTraining(viewer, "take", item)).toBe(take);
    expect(mayTraining(viewer, "change", item)).toBe(change);
  });
});

describe("an objective that one agency leads, one supports, and of which one tells a figure", () => {
  const objective = { leadAgencyId: "lead", supportingAgencyIds: ["support"], answeringAgencyIds: ["answers"] };
  const works: Role[] = ["staff", "focal_point"];
  it.each(ROLES)("%s", (role) => {
    for (const agency of ["lead", "support", "answers", "other"]) {
      const viewer = me(agency, [role]);
      const takesPart = works.includes(role) && ["lead", "support"].includes(agency);
      const writes = role === "coordinator";
      expect(mayReport(viewer, "answers"), agency).toBe(works.includes(role) && agency === "answers");
      expect(mayRaise(viewer, objective), agency).toBe(takesPart);
      expect(mayTend(viewer, objective), agency).toBe(takesPart || writes);
      expect(mayNeed(viewer, objective), agency).toBe(
        takesPart || writes || (works.includes(role) && agency === "answers"),
      );
    }
  });
});
