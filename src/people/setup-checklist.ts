import type { Block, Button, Message } from "../chat/index.js";
import type { Reader } from "../delivery/notification.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { type Agency, is, type Person } from "./model.js";
import { agenciesOf, findPersons } from "./store.js";

/** What a coordinator does until a body works: each step is true or has its button. */
export type Step = { title: string; done: boolean; detail: string; buttons: Button[] };

/** A body of one agency coordinates nothing. */
const FEWEST_AGENCIES = 2;
/** So many codes are offered at once; the others follow when these are out. */
const MOST_BUTTONS = 4;

export async function setupSteps(work: UnitOfWork, { t }: Pick<Reader, "t">): Promise<Step[]> {
  const agencies = await agenciesOf(work.tx);
  const people = (await findPersons(work.tx, { activeOnly: true })).filter(({ roles }) => roles.length > 0);
  const lonely = agencies.filter(
    ({ id, observer }) => !observer && !people.some((one) => one.agencyId === id && is(one, "focal_point")),
  );
  const unbound = agencies.filter(({ id, channel }) => !channel && people.some((one) => one.agencyId === id));
  const met = await work.tx.selectFrom("meetings").select("id").limit(1).executeTakeFirst();
  const slug = work.body.slug;
  const button = (id: string, label: string, line = "", opens?: true): Button => ({
    ...{ type: "button", id, label, value: `${slug}/${line}` },
    ...(opens && { opens }),
  });
  const handles = (of: readonly Agency[]) => of.map(({ handle }) => `@${handle}`);
  const s = t.setup;
  const step = (title: string, done: boolean, is: string, needed: string, ...buttons: Button[]): Step => ({
    ...{ title, done, detail: done ? is : needed },
    buttons: done ? [] : buttons,
  });
  return [
    step(
      s.agencies,
      agencies.length >= FEWEST_AGENCIES,
      handles(agencies).join(", "),
      s.agenciesNeeded,
      button("agency-add", s.addAgency, "", true),
    ),
    step(
      s.focalPoints,
      lonely.length === 0,
      s.focalPointsAre,
      s.focalPointsNeeded({ agencies: handles(lonely) }),
      ...lonely
        .slice(0, MOST_BUTTONS)
        .map(({ handle, name }) => button("add", t.agencies.invite({ agency: name }), `for:@${handle}`)),
    ),
    step(
      s.channels,
      unbound.length === 0,
      s.channelsAre,
      s.channelsNeeded({ agencies: handles(unbound) }),
      button("setup", s.askFocalPoints, "channels"),
    ),
    step(
      s.rules,
      work.body.rules.meetings !== undefined,
      s.rulesAre,
      s.rulesNeeded,
      button("meet-rules", s.seeRules, "", true),
    ),
    step(s.meeting, met !== undefined, s.meetingIs, s.meetingNeeded, button("meet", s.callMeeting, "", true)),
  ];
}

/** The list as blocks, for the coordinator's own inbox. Nothing once all is done, or where it was put away. */
export async function setupBlocks(work: UnitOfWork, person: Person, reader: Reader): Promise<Block[]> {
  if (!is(person, "coordinator") || work.body.rules.setup === "off") return [];
  const steps = await setupSteps(work, reader);
  return steps.every(({ done }) => done) ? [] : blocksOf(work, steps, reader);
}

export async function setupMessage(work: UnitOfWork, reader: Reader): Promise<Message> {
  const { t, lang } = reader;
  const steps = await setupSteps(work, reader);
  const whole = steps.every(({ done }) => done);
  const blocks = blocksOf(work, steps, reader);
  if (whole) blocks.push({ type: "text", text: t.setup.ready({ body: work.body.name }) });
  return { text: titleOf(work, steps, reader), lang, blocks };
}

const titleOf = (work: UnitOfWork, steps: readonly Step[], { t }: Reader): string =>
  t.setup.title({ body: work.body.name, done: steps.filter(({ done }) => done).length, of: steps.length });

function blocksOf(work: UnitOfWork, steps: readonly Step[], reader: Reader): Block[] {
  const facts = steps.map(({ title, done, detail }) => ({ label: `${done ? "✓" : "○"} ${title}`, value: detail }));
  const buttons = steps.flatMap(({ buttons }) => buttons);
  const hide: Button = { type: "button", id: "setup", label: reader.t.setup.hide, value: `${work.body.slug}/off` };
  return [
    { type: "text", text: [{ bold: titleOf(work, steps, reader) }] },
    { type: "facts", facts },
    ...(buttons.length && reader.person ? [{ type: "actions" as const, actions: [...buttons, hide] }] : []),
  ];
}
