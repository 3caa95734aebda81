import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { registry } from "../../../commands/index.js";
import { messagesFor } from "../../../src/i18n/index.js";
import { GENERAL_ACTS, may, rolesFor } from "../../../src/policy/index.js";
import { textOf, World } from "../../world.js";
import { ABOUT_SHARE } from "../leaks/rows.js";
import { ROLES, type Role } from "./task-oracle.js";

/**
 * What each role may do that is not about one task, from docs/access.md: "agency staff issue, accept and finish tasks";
 * "focal point decides for the agency, enrols staff"; "coordinator assigns tasks across agencies", adds people, "acts
 * for" an agency; "rapporteur sees figures"; "observer sees what it was invited to"; "admin sees no content". `own` is
 * about the person's own agency, `other` about another.
 */
const everybody = ROLES;
const ACTS: Record<string, { own: readonly Role[]; other: readonly Role[] }> = {
  "task.create": { own: ["staff", "focal_point", "coordinator"], other: ["staff", "focal_point", "coordinator"] },
  "task.list": {
    own: ["staff", "focal_point", "coordinator", "observer"],
    other: ["staff", "focal_point", "coordinator", "observer"],
  },
  "people.see": { own: everybody, other: everybody },
  "people.add": { own: ["focal_point", "coordinator"], other: ["coordinator"] },
  "people.remove": { own: ["focal_point", "coordinator"], other: ["coordinator"] },
  "people.duty": { own: ["focal_point"], other: [] },
  // The agency's channel is the agency's.
  "place.bind": { own: ["focal_point"], other: [] },
  // "Coordination body: schedules meetings"; "focal point: decides for the agency", and agencies meet too.
  "meeting.call": { own: ["focal_point", "coordinator"], other: ["focal_point", "coordinator"] },
  // "Agency staff answer meeting invitations", "observer sees what it was invited to"; a rapporteur has figures alone.
  "meeting.list": {
    own: ["staff", "focal_point", "coordinator", "observer"],
    other: ["staff", "focal_point", "coordinator", "observer"],
  },
  // "Agency staff … share information"; an observer sees what is GREEN; a rapporteur has figures alone.
  "share.create": { own: ["staff", "focal_point"], other: ["staff", "focal_point"] },
  "share.list": {
    own: ["staff", "focal_point", "coordinator", "observer"],
    other: ["staff", "focal_point", "coordinator", "observer"],
  },
  // The plan is known to all members of the body; its secretariat writes it, the answering agency tells its figures.
  "plan.see": {
    own: ["staff", "focal_point", "coordinator", "rapporteur", "observer"],
    other: ["staff", "focal_point", "coordinator", "rapporteur", "observer"],
  },
  "plan.write": { own: ["coordinator"], other: ["coordinator"] },
  "plan.report": { own: ["staff", "focal_point"], other: [] },
  // Identifiers are those of agencies that act: no desk, observer or rapporteur registers any.
  "match.use": { own: ["staff", "focal_point"], other: ["staff", "focal_point"] },
  // Training is read by everybody who takes part, entered by those who act for an agency (docs/plan.md).
  // Whom a request goes to is known to all members; how it is reached at night is for who would send one.
  "authority.see": {
    own: ["staff", "focal_point", "coordinator", "rapporteur", "observer"],
    other: ["staff", "focal_point", "coordinator", "rapporteur", "observer"],
  },
  "authority.urgent": { own: ["staff", "focal_point", "coordinator"], other: ["staff", "focal_point", "coordinator"] },
  "request.see": {
    own: ["staff", "focal_point", "coordinator", "observer"],
    other: ["staff", "focal_point", "coordinator", "observer"],
  },
  "request.use": { own: ["staff", "focal_point", "coordinator"], other: ["staff", "focal_point", "coordinator"] },
  "request.write": { own: ["staff", "focal_point"], other: ["staff", "focal_point"] },
  "authority.write": { own: ["focal_point", "coordinator"], other: ["focal_point", "coordinator"] },
  "training.see": {
    own: ["staff", "focal_point", "coordinator", "rapporteur", "observer"],
    other: ["staff", "focal_point", "coordinator", "rapporteur", "observer"],
  },
  "training.write": { own: ["staff", "focal_point", "coordinator"], other: ["staff", "focal_point", "coordinator"] },
  // "Rapporteur: sees figures about everything and the content of nothing"; a published summary is every member's.
  "report.make": { own: ["rapporteur", "coordinator"], other: ["rapporteur", "coordinator"] },
  "report.read": {
    own: ["staff", "focal_point", "coordinator", "rapporteur", "observer"],
    other: ["staff", "focal_point", "coordinator", "rapporteur", "observer"],
  },
  "report.key": { own: ["rapporteur"], other: ["rapporteur"] },
  // "Focal point: decides for the agency."
  "agency.rules": { own: ["focal_point"], other: [] },
  // When an agency works: the agency says it, and the secretariat until it does; the secretariat adds agencies.
  "agency.settings": { own: ["focal_point", "coordinator"], other: ["coordinator"] },
  "agency.add": { own: ["coordinator"], other: ["coordinator"] },
  "act.for": { own: ["coordinator"], other: ["coordinator"] },
  // The body's own rules (its ladders, its digest) are the secretariat's.
  "body.rules": { own: ["coordinator"], other: ["coordinator"] },
  "delivery.see": { own: ["focal_point", "coordinator"], other: ["focal_point", "coordinator"] },
  "own.settings": { own: everybody, other: everybody },
};

/** One row a command: what is typed, about one's own agency and about another's, and whose roles open it. */
type Row = { own: string; other?: string; act?: string; inChannel?: true; button?: true };
const about = (own: string, other?: string): Row => ({ own, other });
const COMMANDS: Record<string, Row> = {
  // About one task: the task's own rule decides (may.test.ts), so that every role is answered alike here.
  ...Object.fromEntries(
    ["show", "read", "accept", "agree", "keep", "done", "resolved", "close", "cancel"].map((name) => [
      name,
      about(`${name} T-999`),
    ]),
  ),
  ...Object.fromEntries(
    ["decline", "problem", "notyet", "edit", "say"].map((name) => [name, about(`${name} T-999 because`)]),
  ),
  give: about("give T-999 @Spare"),
  date: about("date T-999 next Monday 12:00"),
  support: about("support T-999 @Spare"),
  nudge: about("nudge T-999"),
  nudgeall: about("nudgeall"),
  undo: about("undo"),
  inbox: about("inbox"),
  help: about("help"),
  gotit: about("gotit"),
  snooze: about("snooze T-999 tomorrow 09:00"),
  mine: about("mine T-999"),
  remind: about("remind T-999 default"),
  digest: { own: "digest", act: "own.settings" },
  ladder: { own: "ladder normal", act: "body.rules" },
  task: { own: "task @police Count the cars", other: "task @labour Count the farms", act: "task.create" },
  tasks: { own: "tasks all @police", other: "tasks all @labour", act: "task.list" },
  who: { own: "who @police", other: "who @labour", act: "people.see" },
  add: { own: "add Somebody New", act: "people.add" },
  addaccount: { own: "00000000-0000-4000-8000-000000000000", act: "people.add", button: true },
  joiners: { own: "joiners", act: "people.add" },
  letin: { own: "00000000-0000-4000-8000-000000000000", act: "people.add", button: true },
  refuse: { own: "00000000-0000-4000-8000-000000000000", act: "people.add", button: true },
  remove: { own: "remove @Spare", other: "remove @Lspare", act: "people.remove" },
  duty: { own: 'duty @Spare until:"tomorrow 08:00"', other: 'duty @Lspare until:"tomorrow 08:00"', act: "people.duty" },
  officer: { own: "officer @Spare", other: "officer @Lspare", act: "agency.rules" },
  agency: { own: "agency @police hours:8-16", other: "agency @labour hours:8-16", act: "agency.settings" },
  "agency-add": { own: "agency add @customs Customs", act: "agency.add" },
  setup: { own: "setup", act: "body.rules" },
  bind: { own: "bind @police", other: "bind @labour", act: "place.bind", inChannel: true },
  channel: { own: "channel", act: "place.bind", inChannel: true },
  hints: { own: "hints on", act: "people.duty" },
  undelivered: { own: "undelivered", act: "delivery.see" },
  settings: { own: "settings", act: "own.settings" },
  account: { own: "account", act: "own.settings" },
  accountmine: { own: "00000000-0000-4000-8000-000000000000", act: "own.settings", button: true },
  accountnot: { own: "00000000-0000-4000-8000-000000000000", act: "own.settings", button: true },
  away: { own: 'away until:"tomorrow 08:00"', act: "own.settings" },
  back: { own: "back", act: "own.settings" },
  body: { own: "body", act: "own.settings" },
  // About one meeting or decision: its own rule decides (meetings.test.ts), so that every role is answered alike here.
  ...Object.fromEntries(
    [
      ...["meet-close", "meet-show", "meet-read", "meet-cancel", "agenda", "invitation", "start", "here", "end"],
      ...["minutes", "minutes-file", "circulate", "approve"],
    ].map((name) => [name, about(`${name} M-999`)]),
  ),
  ...Object.fromEntries(
    ["agenda-add", "correct", "note", "decide"].map((name) => [name, about(`${name} M-999 some words`)]),
  ),
  vote: about("vote M-999 yes:1"),
  "meet-move": about("meet-move M-999 tomorrow 11:00"),
  "meet-edit": about("meet-edit M-999 Other words"),
  "meet-invite": about("meet-invite M-999 @labour"),
  attend: about("attend M-999 yes"),
  deputise: about("deputise M-999 @Spare"),
  "agenda-move": about("agenda-move M-999 2 1"),
  "agenda-drop": about("agenda-drop M-999 1"),
  "agenda-admit": { own: "M-999 00000000-0000-4000-8000-000000000000", button: true },
  paper: about("paper M-999 https://papers.example/a Trends"),
  attendance: about("attendance M-999 00000000-0000-4000-8000-000000000000"),
  present: about("present M-999 @Spare"),
  left: about("left M-999 @Spare"),
  "note-edit": about("note-edit M-999 line:1 Other words"),
  settle: about("settle M-999 1 take"),
  withdraw: about("withdraw D-999"),
  decision: about("decision D-999"),
  // About a person whose RED waits: who may is in turns/month.test.ts, everybody else hears that there is nothing.
  "recall-red": about("recall-red 00000000-0000-4000-8000-000000000000"),
  action: { own: "action D-999 @police Count the cars", other: "action D-999 @labour Count", act: "task.create" },
  meet: { own: "meet Weekly call every Tue 10:00 60m with @labour", act: "meeting.call" },
  "meet-poll": { own: "meet-poll Joint plan 60m with @labour by Fri 17:00", act: "meeting.call" },
  meetings: { own: "meetings", act: "meeting.list" },
  decisions: { own: "decisions", act: "meeting.list" },
  presence: { own: "presence", act: "meeting.list" },
  // Everybody who takes part may know how the body meets; changing it is for coordinators (`body.rules`).
  "meet-rules": { own: "meet-rules", act: "meeting.list" },
  calendar: { own: "calendar", act: "own.settings" },
  // About one share or request for use: its own rule decides (information.test.ts); what is asked first, a form asks.
  ...Object.fromEntries(
    Object.entries(ABOUT_SHARE).map(([name, { of, after }]) => [
      name,
      about(`${name} ${of}-99999 ${after.replace("@iom", "@labour")}`),
    ]),
  ),
  share: { own: "share @police", other: "share @labour", act: "share.create" },
  ledger: { own: "ledger", act: "share.create" },
  shares: { own: "shares", act: "share.list" },
  "share-rule": { own: "share-rule on", act: "agency.rules" },
  plan: { own: "plan", act: "plan.see" },
  "plan-show": { own: "plan-show O-999", act: "plan.see" },
  "plan-who": { own: "plan-who", act: "plan.see" },
  "plan-file": { own: "plan-file", act: "plan.see" },
  "plan-add": {
    own: "plan-add protection Shelter by 2029-12-31 lead:@police",
    other: "plan-add protection Houses by 2029-12-31 lead:@labour",
    act: "plan.write",
  },
  "plan-edit": { own: "plan-edit O-999 status:stalled", act: "plan.write" },
  "plan-indicator": {
    own: "plan-indicator O-999 Places unit:x from:1 to:2 every:once source:x answers:@police due:2029-12-31",
    act: "plan.write",
  },
  "plan-drop": { own: "plan-drop O-999/1", act: "plan.write" },
  "plan-import": { own: "plan-import", act: "plan.write" },
  "plan-take": { own: "00000000-0000-4000-8000-000000000000", act: "plan.write", button: true },
  // Which agency answers, leads or supports is for the objective to say, once there is one.
  "plan-progress": { own: "plan-progress O-999/1 3", act: "plan.report" },
  "plan-obstacle": { own: "plan-obstacle O-999 Some words", act: "plan.report" },
  "plan-resolve": { own: "plan-resolve O-999 1", act: "plan.see" },
  "plan-link": { own: "plan-link O-999 T-999", act: "plan.see" },
  "plan-unlink": { own: "plan-unlink O-999 T-999", act: "plan.see" },
  "plan-task": { own: "plan-task O-999 @police Count the cars", act: "task.create" },
  "plan-need": { own: "plan-need O-999 interviewing Interviewing children", act: "training.write" },
  "match-add": { own: "match-add", act: "match.use" },
  "match-list": { own: "match-list", act: "match.use" },
  "match-hits": { own: "match-hits", act: "match.use" },
  "match-import": { own: "match-import", act: "match.use" },
  "match-remove": { own: "match-remove 9999", act: "match.use" },
  "match-renew": { own: "match-renew 9999", act: "match.use" },
  report: { own: "report 2026-10", act: "report.make" },
  reports: { own: "reports", act: "report.read" },
  "report-show": { own: "report-show S-999", act: "report.read" },
  "report-notes": { own: "report-notes S-999", act: "report.make" },
  "report-publish": { own: "report-publish S-999", act: "report.make" },
  "report-file": { own: "report-file S-999 word", act: "report.read" },
  "report-cancel": { own: "report-cancel S-999", act: "report.make" },
  "report-key": { own: "report-key revoke", act: "report.key" },
  "request-advice": { own: "request advice danger:no coercive:no evidence:no", act: "request.write" },
  "request-new": { own: "request new mla @labour Records of an account", act: "request.write" },
  requests: { own: "requests", act: "request.see" },
  request: { own: "request R-999999", act: "request.see" },
  "request-read": { own: "request read R-999999", act: "request.see" },
  "request-file": { own: "request file R-999999", act: "request.see" },
  "request-template": { own: "request template fr standard", act: "agency.rules" },
  "request-text": { own: "request text R-999999", act: "request.use" },
  "request-attach": { own: "request attach R-999999", act: "request.use" },
  "request-use": { own: "request use R-999999 I-999999", act: "request.use" },
  "request-detach": { own: "request detach R-999999 1", act: "request.use" },
  "request-check": { own: "request check R-999999", act: "request.use" },
  "request-fill": { own: "request fill R-999999 2", act: "request.use" },
  "request-edit": { own: "request edit R-999999 urgency:urgent", act: "request.use" },
  "request-hand": { own: "request hand R-999999 @Spare", act: "request.use" },
  "request-ready": { own: "request ready R-999999", act: "request.use" },
  "request-back": { own: "request back R-999999", act: "request.use" },
  "request-draft": { own: "request draft R-999999", act: "request.use" },
  "request-approve": { own: "request approve R-999999", act: "request.use" },
  "request-send": { own: "request send R-999999", act: "request.use" },
  "request-sendnow": { own: "request sendnow R-999999 it cannot wait", act: "request.use" },
  "request-paper": { own: "request paper R-999999", act: "request.use" },
  "request-received": { own: "request received R-999999", act: "request.use" },
  "request-redirect": { own: "request redirect R-999999 @labour not ours", act: "request.use" },
  "request-ask": { own: "request ask R-999999 which one?", act: "request.use" },
  "request-reply": { own: "request reply R-999999 this one", act: "request.use" },
  "request-agree": { own: "request agree R-999999", act: "request.use" },
  "request-conditions": { own: "request conditions R-999999 no names", act: "request.use" },
  "request-accept": { own: "request accept R-999999", act: "request.use" },
  "request-decline": { own: "request decline R-999999 too late", act: "request.use" },
  "request-consult": { own: "request consult R-999999 we asked", act: "request.use" },
  "request-postpone": {
    own: "request postpone R-999999 ongoing_proceedings a trial by next Monday 12:00",
    act: "request.use",
  },
  "request-resume": { own: "request resume R-999999", act: "request.use" },
  "request-refuse": { own: "request refuse R-999999 essential_interests reasons", act: "request.use" },
  "request-part": { own: "request part R-999999 some", act: "request.use" },
  "request-answer": { own: "request answer R-999999 all", act: "request.use" },
  "request-missing": { own: "request missing R-999999 a list", act: "request.use" },
  "request-due": { own: "request due R-999999 more time by next Monday 12:00", act: "request.use" },
  "request-progress": { own: "request progress R-999999", act: "request.use" },
  "request-date": { own: "request date R-999999 hearing 15 January 10:00", act: "request.use" },
  "request-happened": { own: "request happened R-999999 arrested", act: "request.use" },
  "request-secrecy": { own: "request secrecy R-999999 the bank", act: "request.use" },
  "request-measure": { own: "request measure R-999999 taken aboard", act: "request.use" },
  "request-officer": { own: "request officer R-999999 @Spare", act: "request.use" },
  "request-disclose": { own: "request disclose R-999999 a statement", act: "request.use" },
  "request-stop": { own: "request stop R-999999", act: "request.use" },
  "request-safety": { own: "request safety R-999999", act: "request.use" },
  "request-restart": { own: "request restart R-999999", act: "request.use" },
  "request-prolong": { own: "request prolong R-999999 the court by next Monday 12:00", act: "request.use" },
  "request-copy": { own: "request copy R-999999 @police", act: "request.write" },
  "request-report": { own: "request report R-999999 all safe", act: "request.use" },
  "request-formalise": { own: "request formalise R-999999 mla", act: "request.write" },
  "request-close": { own: "request close R-999999", act: "request.use" },
  "request-withdraw": { own: "request withdraw R-999999", act: "request.use" },
  find: { own: "find mla france", act: "authority.see" },
  competent: { own: "competent france extradition", act: "authority.see" },
  "authority-rule": { own: "authority-rule A-999 mla stage:trial", act: "authority.write" },
  "authority-unrule": { own: "authority-unrule A-999 1", act: "authority.write" },
  authority: { own: "authority A-999", act: "authority.see" },
  "authority-urgent": { own: "authority-urgent A-999", act: "authority.urgent" },
  "authority-verify": { own: "authority-verify A-999", act: "authority.write" },
  "authority-add": { own: "authority-add FR Ministry functions:mla", act: "authority.write" },
  "authority-edit": { own: "authority-edit A-999 hours:day", act: "authority.write" },
  "authority-close": { own: "authority-close A-999", act: "authority.write" },
  "authority-file": { own: "authority-file", act: "authority.see" },
  "authority-import": { own: "authority-import", act: "authority.write" },
  sheet: { own: "sheet france", act: "authority.see" },
  "sheet-write": { own: "sheet-write FR extradition possible:yes", act: "authority.write" },
  "sheet-edit": { own: "sheet-edit P-999 takes:long", act: "authority.write" },
  "sheet-verify": { own: "sheet-verify P-999", act: "authority.write" },
  "sheet-remove": { own: "sheet-remove P-999", act: "authority.write" },
  "authority-take": { own: "00000000-0000-4000-8000-000000000000", act: "authority.write", button: true },
  training: { own: "training needs", act: "training.see" },
  "training-need": { own: "training-need interviewing First contact", act: "training.write" },
  "training-offer": { own: "training-offer maritime Boarding", act: "training.write" },
  "training-show": { own: "training-show K-999", act: "training.see" },
  "training-take": { own: "training-take K-999 K-998", act: "training.write" },
  "training-withdraw": { own: "training-withdraw K-999", act: "training.write" },
  "training-session": { own: "training-session K-999 tomorrow 11:00", act: "meeting.call" },
  "training-enrol": { own: "training-enrol K-999", act: "training.see" },
  "training-leave": { own: "training-leave K-999", act: "training.see" },
  "training-evaluate": { own: "training-evaluate K-999 5 5 5", act: "training.see" },
  "training-follow": { own: "training-follow K-999 yes", act: "training.write" },
  library: { own: "library", act: "training.see" },
  "library-add": { own: "library-add https://www.example.org/a Guide", act: "training.write" },
  "library-remove": { own: "library-remove 9999", act: "training.write" },
};

describe("may against its table", () => {
  it("has a row for every act", () => expect(GENERAL_ACTS.filter((act) => !(act in ACTS))).toEqual([]));

  it.each(GENERAL_ACTS)("%s", (act) => {
    for (const role of ROLES) {
      const viewer = { id: "x", agencyId: "own", roles: [role] };
      expect(may(viewer, act, "own"), `${role} own`).toBe(ACTS[act]?.own.includes(role));
      expect(may(viewer, act, "other"), `${role} other`).toBe(ACTS[act]?.other.includes(role));
      expect(may({ ...viewer, roles: [] }, act, "own")).toBe(false);
    }
  });
});

describe("what every role is answered to every command", () => {
  let w: World;
  let spares: string[];
  const NAMES: Record<Role, string> = {
    staff: "Stavros",
    focal_point: "Fotini",
    coordinator: "Cosima",
    rapporteur: "Rapha",
    observer: "Olga",
    admin: "Adam",
  };
  beforeAll(async () => {
    w = await World.create({
      people: {
        ...Object.fromEntries(ROLES.map((role) => [NAMES[role], `police ${role}`])),
        Spare: "police staff",
        Lspare: "labour staff",
        Lena: "labour focal_point",
      },
      agencies: ["prosecution"],
    });
    const rows = await w.runtime.store.owner
      .selectFrom("persons")
      .select("id")
      .where("name", "like", "%pare")
      .execute();
    spares = rows.map(({ id }) => id);
  });
  afterAll(() => w.close());

  it("has a row for every command", () =>
    expect(registry.commands.map(({ name }) => name).filter((name) => !(name in COMMANDS))).toEqual([]));

  /** What the sentence that came back means for the right to do it. */
  function meaning(text: string): "role" | "own" | "let through" {
    const { errors, roles } = messagesFor("en");
    if (text === errors.notOwnAgency) return "own";
    const refusals = GENERAL_ACTS.map((act) => errors.notAllowed({ roles: rolesFor(act).map((role) => roles[role]) }));
    return refusals.includes(text) ? "role" : "let through";
  }

  async function answer(role: Role, name: string, row: Row, line: string): Promise<string> {
    const { tenant } = w.account(NAMES[role]);
    const conversation = { platform: "slack" as const, tenant, id: `C-${role}`, kind: "channel" as const };
    const reply = row.button
      ? await w.click(NAMES[role], name, `north/${line}`)
      : await w.say(NAMES[role], line, row.inChannel ? { conversation } : {});
    // Whoever was removed, or came, is as before for the next role.
    await w.runtime.store.owner.updateTable("persons").set({ active: true }).execute();
    await w.runtime.store.owner
      .insertInto("roles")
      .values(spares.map((person_id) => ({ person_id, role: "staff" as const, body_id: w.body })))
      .onConflict((c) => c.doNothing())
      .execute();
    await w.runtime.store.owner.deleteFrom("accounts").where("user_id", "=", "NEWCOMER").execute();
    return textOf(reply);
  }

  let cells = 0;
  it.each(Object.entries(COMMANDS))("%s", async (name, row) => {
    for (const role of ROLES)
      for (const [of, line] of [["own", row.own] as const, ["other", row.other] as const]) {
        if (line === undefined) continue;
        cells++;
        const text = await answer(role, name, row, line);
        const { own, other } = (row.act && ACTS[row.act]) || { own: everybody, other: everybody };
        const expected =
          of === "own"
            ? own.includes(role)
              ? "let through"
              : "role"
            : other.includes(role)
              ? "let through"
              : own.includes(role)
                ? "own"
                : "role";
        expect(`${meaning(text)}: ${role}, ${of}: ${text}`).toBe(`${expected}: ${role}, ${of}: ${text}`);
        const { noTask, noMeeting, noDecision, noShare, noObjective, noSummary, noTraining } = messagesFor("en").errors;
        const letThrough = expected === "let through";
        if (!row.act && line.includes("T-999")) expect(text).toBe(noTask({ ref: "T-999" }));
        if (!row.act && line.includes("M-999")) expect(text).toBe(noMeeting({ ref: "M-999" }));
        const share = /\b[IU]-99999\b/.exec(line)?.[0];
        if (share && !text.startsWith("[form")) expect(text).toBe(noShare({ ref: share }));
        if (letThrough && line.includes("S-999")) expect(text).toBe(noSummary({ ref: "S-999" }));
        if (letThrough && line.includes("K-999")) expect(text).toBe(noTraining({ ref: "K-999" }));
        const objective = /\bO-999(?:\/1)?/.exec(line)?.[0];
        if (letThrough && objective) expect(text).toBe(noObjective({ ref: objective }));
        if (letThrough && line.includes("R-999999") && !text.startsWith("[form"))
          expect(text).toBe(messagesFor("en").errors.noRequest({ ref: "R-999999" }));
        if (letThrough && line.includes("D-999")) expect(text).toBe(noDecision({ ref: "D-999" }));
      }
  });

  it("lets the desk alone act for an agency that has nobody", async () => {
    for (const role of ROLES) {
      const text = await w.ask(NAMES[role], "for @prosecution inbox");
      expect(`${role}: ${meaning(text)}`).toBe(`${role}: ${role === "coordinator" ? "let through" : "role"}`);
    }
    expect(await w.ask("Cosima", "for @labour inbox")).toContain("Labour");
    // Acting for an agency gives its rights, not more of them.
    expect(meaning(await w.ask("Cosima", "for @prosecution for @prosecution inbox"))).toBe("role");
    expect(meaning(await w.ask("Cosima", "for @prosecution remove @Spare"))).toBe("own");
  });

  it("lets the desk alone change how the body meets", async () => {
    for (const role of ROLES) {
      const text = await w.ask(NAMES[role], "meet-rules notice:5");
      expect(`${role}: ${meaning(text)}`).toBe(`${role}: ${role === "coordinator" ? "let through" : "role"}`);
    }
  });

  it("tells a person with two roles what either of them may", async () => {
    const cases: [Role[], string, boolean][] = [
      [["admin", "staff"], "task.create", true],
      [["admin", "rapporteur"], "task.create", false],
      [["observer", "focal_point"], "people.add", true],
    ];
    for (const [roles, act, can] of cases)
      expect(may({ id: "x", agencyId: "own", roles }, act as never, "own")).toBe(can);
    console.info(`general acts: ${cells} answers, ${GENERAL_ACTS.length * ROLES.length * 2} cells of the pure table`);
  });
});
