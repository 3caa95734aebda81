import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  LABELS as CODE_LABELS,
  ROLES as CODE_ROLES,
  mayTask,
  sightOfTask,
  type TaskAct,
  type TaskSubject,
  type Viewer,
} from "../../../src/policy/index.js";
import {
  ACTS,
  type Act,
  type Facts,
  LABELS,
  POSITIONS,
  type Position,
  READERS,
  ROLES,
  type Role,
  STATES,
  sight,
  verdict,
  type Who,
} from "./task-oracle.js";

/** Every act there is must have its rule in the oracle, and no other: the compiler holds it. */
const acts: Record<Act, TaskAct> & Record<TaskAct, Act> = Object.fromEntries(
  Object.keys(ACTS).map((act) => [act, act]),
) as never;

const AGENCY: Record<Position, string> = {
  requester: "police",
  "requester agency": "police",
  assignee: "labour",
  "lead agency": "labour",
  supporter: "iom",
  "supporting agency": "iom",
  elsewhere: "border",
};

const viewer = ({ position, roles, deputyOf, actingFor, speaks }: Who): Viewer => ({
  id: actingFor ? "" : `the ${position}`,
  agencyId: AGENCY[position],
  roles,
  standsInFor: deputyOf && [{ id: `the ${deputyOf.position}`, roles: deputyOf.roles }],
  onBehalf: actingFor,
  speaks,
});

const subject = ({ label, state, bornInMeeting }: Facts): TaskSubject => ({
  state,
  label,
  requesterId: "the requester",
  requesterAgencyId: "police",
  leadAgencyId: "labour",
  assigneeId: "the assignee",
  supporters: [{ agencyId: "iom", personId: "the supporter" }],
  entered: false,
  fromMeeting: bornInMeeting,
});

const facts: Facts[] = LABELS.flatMap((label) =>
  STATES.flatMap((state) => [true, false].map((bornInMeeting) => ({ label, state, bornInMeeting }))),
);
/** All 63 ways to hold one role or more. */
const roleSets: Role[][] = Array.from({ length: 2 ** ROLES.length - 1 }, (_, bits) =>
  ROLES.filter((_role, n) => (bits + 1) & (1 << n)),
);

describe("mayTask against the oracle", () => {
  it("knows the labels, roles and states that the oracle knows", () => {
    expect(CODE_LABELS).toEqual(LABELS);
    expect(CODE_ROLES).toEqual(ROLES);
    // The states are those that the database lets in.
    const sql = readFileSync(new URL("../../../src/store/migrations/0002_tasks.sql", import.meta.url), "utf8");
    expect(/check \(state in \(([^)]*)\)\)/.exec(sql)?.[1]).toBe(STATES.map((state) => `'${state}'`).join(", "));
  });

  const table: string[] = [];
  it.each(Object.entries(READERS))("%s", (name, who) => {
    for (const at of facts)
      for (const act of Object.values(acts)) {
        const said = mayTask(viewer(who), act, subject(at)) ?? "may";
        expect(`${said}: ${name} ${act} ${JSON.stringify(at)}`).toBe(
          `${verdict(who, act, at)}: ${name} ${act} ${JSON.stringify(at)}`,
        );
        table.push(said);
      }
  });

  it("agrees for every set of roles in every position", () => {
    const counts: Record<string, number> = {};
    const wrong: string[] = [];
    for (const position of POSITIONS)
      for (const roles of roleSets) {
        const who: Who = { position, roles };
        for (const at of facts) {
          const seen = sightOfTask(viewer(who), subject(at));
          if (seen !== sight(who, at)) wrong.push(`sight ${seen}: ${position} ${roles} ${JSON.stringify(at)}`);
          for (const act of Object.values(acts)) {
            const said = mayTask(viewer(who), act, subject(at)) ?? "may";
            counts[said] = (counts[said] ?? 0) + 1;
            if (said !== verdict(who, act, at))
              wrong.push(`${said}: ${position} ${roles} ${act} ${JSON.stringify(at)}`);
          }
        }
      }
    expect(wrong.slice(0, 10)).toEqual([]);
    const cells = Object.values(counts).reduce((a, b) => a + b, 0);
    console.info(`mayTask: ${cells} cells, by verdict ${JSON.stringify(counts)}; ${table.length} of named readers`);
    expect(cells).toBe(POSITIONS.length * 63 * LABELS.length * STATES.length * 2 * Object.keys(ACTS).length);
    // Every verdict occurs: a table that never says no proves nothing.
    expect(Object.keys(counts).sort()).toEqual(["hidden", "may", "party", "sealed", "state"]);
  });

  /** Everything that one who stands in, or acts for an agency, may and sees, in every position. */
  function agrees(all: Who[]): number {
    let count = 0;
    for (const who of all)
      for (const at of facts) {
        const words = `${JSON.stringify(who)} ${JSON.stringify(at)}`;
        expect(`${sightOfTask(viewer(who), subject(at))} ${words}`).toBe(`${sight(who, at)} ${words}`);
        for (const act of Object.values(acts)) {
          count++;
          const said = mayTask(viewer(who), act, subject(at)) ?? "may";
          expect(`${said} ${act} ${words}`).toBe(`${verdict(who, act, at)} ${act} ${words}`);
        }
      }
    return count;
  }

  it("agrees about who speaks for an agency without a focal point", () => {
    const all = POSITIONS.flatMap((position) =>
      (["staff", "observer"] as const).map((role): Who => ({ position, roles: [role], speaks: true })),
    );
    expect(agrees(all)).toBe(all.length * facts.length * Object.keys(ACTS).length);
  });

  it("agrees about deputies: what is not RED passes, RED never does", () => {
    const pairs: [Position, Position][] = [
      ["requester agency", "requester"],
      ["lead agency", "assignee"],
      ["supporting agency", "supporter"],
      ["requester agency", "requester agency"],
      ["lead agency", "lead agency"],
      ["supporting agency", "supporting agency"],
    ];
    const all = pairs.flatMap(([position, away]) =>
      ROLES.flatMap((role) =>
        (["staff", "focal_point"] as const).map(
          (held): Who => ({ position, roles: [role], deputyOf: { position: away, roles: [held] } }),
        ),
      ),
    );
    expect(agrees(all)).toBe(all.length * facts.length * Object.keys(ACTS).length);
    for (const who of all) {
      const red = subject({ label: "RED", state: "asked", bornInMeeting: true });
      expect(sightOfTask(viewer(who), red)).toBe("none");
    }
  });

  it("agrees about the secretariat acting for an agency: open words, and of restricted ones the outline", () => {
    const all = (["requester agency", "lead agency", "supporting agency", "elsewhere"] as const)
      .filter((position) => position !== "elsewhere")
      .map((position): Who => ({ position, roles: ["focal_point", "staff"], actingFor: true }));
    expect(agrees(all)).toBeGreaterThan(0);
  });

  it("lets the secretariat's person see and decide what they entered for an agency, wherever they sit", () => {
    const entered = { ...subject({ label: "AMBER", state: "done", bornInMeeting: false }), entered: true };
    const clerk: Viewer = { id: "the requester", agencyId: "secretariat", roles: ["coordinator"] };
    expect(sightOfTask(clerk, entered)).toBe("full");
    expect(mayTask(clerk, "close", entered)).toBeUndefined();
    expect(mayTask(clerk, "give", { ...entered, state: "asked" })).toBe("party");
    // Who asked and has left for another agency takes nothing along.
    const left: Viewer = { ...clerk, agencyId: "border", roles: ["staff"] };
    expect(sightOfTask(left, { ...entered, entered: false })).toBe("none");
  });

  it("gives an agency that asks itself both sides to its focal point, and neither to a colleague", () => {
    const own: TaskSubject = { ...subject({ label: "GREEN", state: "asked", bornInMeeting: false }) };
    own.leadAgencyId = own.requesterAgencyId;
    const focal: Viewer = { id: "x", agencyId: own.requesterAgencyId, roles: ["focal_point"] };
    const colleague: Viewer = { id: "y", agencyId: own.requesterAgencyId, roles: ["staff"] };
    for (const act of ["give", "accept", "decline", "cancel", "edit"] as const) {
      expect(mayTask(focal, act, own)).toBeUndefined();
      expect(mayTask(colleague, act, own)).toBe("party");
    }
  });

  it("leaves a RED task of an agency that asks itself to who asked and who does it, focal points though they be", () => {
    const own: TaskSubject = { ...subject({ label: "RED", state: "asked", bornInMeeting: false }) };
    own.leadAgencyId = own.requesterAgencyId;
    const focal = (id: string): Viewer => ({ id, agencyId: own.requesterAgencyId, roles: ["focal_point", "staff"] });
    const [asker, doer] = [focal("the requester"), focal("the assignee")];
    for (const act of ["accept", "decline", "done", "snooze"] as const) {
      expect(mayTask(doer, act, own), act).toBeUndefined();
      expect(mayTask(asker, act, own), act).toBe("party");
    }
    for (const act of ["cancel", "edit", "nudge"] as const) {
      expect(mayTask(asker, act, own), act).toBeUndefined();
      expect(mayTask(doer, act, own), act).toBe("party");
    }
    for (const act of ["see", "accept", "cancel"] as const) expect(mayTask(focal("another"), act, own)).toBe("hidden");
    // One who supports it, of the same agency again, decides for neither side.
    const helped: TaskSubject = { ...own, supporters: [{ agencyId: own.leadAgencyId, personId: "the supporter" }] };
    for (const act of ["accept", "cancel"] as const) expect(mayTask(focal("the supporter"), act, helped)).toBe("party");
  });

  it("shows the secretariat acting for an agency what it entered for it, restricted too, and RED never", () => {
    const acting: Viewer = { id: "", agencyId: "police", roles: ["focal_point", "staff"], onBehalf: true };
    for (const [label, own, others] of [
      ["CLEAR", "full", "full"],
      ["GREEN", "full", "full"],
      ["AMBER", "full", "outline"],
      ["AMBER+STRICT", "full", "outline"],
      ["RED", "none", "none"],
    ] as const) {
      const task = subject({ label, state: "asked", bornInMeeting: false });
      expect(sightOfTask(acting, { ...task, entered: true }), label).toBe(own);
      expect(sightOfTask(acting, { ...task, entered: false }), label).toBe(others);
    }
    const elsewhere: Viewer = { ...acting, agencyId: "border" };
    const entered = { ...subject({ label: "AMBER", state: "asked", bornInMeeting: false }), entered: true };
    expect(sightOfTask(elsewhere, entered)).toBe("none");
  });

  it("never widens sight when a label becomes stricter, and never by losing a role", () => {
    const order = ["none", "outline", "title", "full"];
    for (const position of POSITIONS)
      for (const roles of roleSets)
        for (const bornInMeeting of [true, false]) {
          const seen = (label: (typeof LABELS)[number], held: readonly Role[]) =>
            order.indexOf(
              sightOfTask(viewer({ position, roles: held }), subject({ label, state: "asked", bornInMeeting })),
            );
          for (let n = 1; n < LABELS.length; n++) {
            const [looser, stricter] = [LABELS[n - 1], LABELS[n]];
            if (looser && stricter) expect(seen(stricter, roles)).toBeLessThanOrEqual(seen(looser, roles));
          }
          for (const lost of roles.length > 1 ? roles : [])
            for (const label of LABELS)
              expect(
                seen(
                  label,
                  roles.filter((role) => role !== lost),
                ),
              ).toBeLessThanOrEqual(seen(label, roles));
        }
  });
});
