import { crc32, deflateSync } from "node:zlib";
import type { Figure } from "../../../src/documents/figure.js";
import type { SummaryDocument } from "../../../src/documents/summary.js";

const count = (value: number): Figure => ({ kind: "count", value });
const percent = (part: number, whole: number): Figure => ({ kind: "percent", part, whole });
const days = (days: number): Figure => ({ kind: "days", ms: days * 86_400_000 });
const text = (text: string): Figure => ({ kind: "text", text });
const withheld: Figure = { kind: "withheld" };
const none: Figure = { kind: "none" };

/** A picture of bars, so that a real PNG stands where a chart would. */
function bars(heights: readonly number[], width = 640, height = 240): Uint8Array {
  const row = (y: number) => {
    const pixels = Buffer.alloc(1 + width * 3, 255);
    pixels[0] = 0;
    for (let x = 0; x < width; x++) {
      const bar = Math.floor((x * heights.length) / width);
      const inside = (x * heights.length) / width - bar;
      const filled = inside > 0.2 && inside < 0.8 && height - y <= (heights[bar] ?? 0) * height;
      if (filled || y === height - 1) pixels.set([0x1f, 0x2a, 0x44], 1 + x * 3);
    }
    return pixels;
  };
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const head = Buffer.alloc(4);
    head.writeUInt32BE(data.length);
    const tail = Buffer.alloc(4);
    tail.writeUInt32BE(crc32(body));
    return Buffer.concat([head, body, tail]);
  };
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  size.set([8, 2, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, (_, y) => row(y))));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", size), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]);
}

/** A summary as a rapporteur would publish it; docs/summary.png shows its first page. */
export const english: SummaryDocument = {
  lang: "en",
  body: "Northgate Coordination Body",
  title: "Activity summary 2026-Q3",
  ref: "S-4",
  label: "TLP:GREEN",
  status: "Published on 9 October 2026",
  facts: [
    { id: "period", label: "Period", value: "1 July to 30 September 2026 (Europe/Athens)" },
    { id: "compared", label: "Compared with", value: "1 April to 30 June 2026" },
    { id: "source", label: "Made from", value: "The record of the body up to event 48,213; metadata only, no content" },
    { id: "made", label: "Made at", value: "9 October 2026, 09:12 (Europe/Athens)" },
    {
      id: "threshold",
      label: "Threshold",
      value: "Numbers under 5 are withheld, and others with which one could find them",
    },
    {
      id: "hash",
      label: "Head of the record",
      value: "9f2c81d07c5be24a91f36d5be1c0a4d7885e3b6f02c9d14ea7716f3b58d2c640",
    },
  ],
  periodNow: "2026-Q3",
  periodBefore: "2026-Q2",
  words: {
    key: "Key figures",
    notes: "Notes of the rapporteur",
    recommendations: "Recommendations",
    definitions: "Definitions",
    figure: "Figure",
    now: "This period",
    before: "Period before",
    change: "Change",
    definition: "Definition",
    source: "Source",
    page: "Page {page} of {pages}",
    id: "Id",
    section: "Section",
    unit: "Unit",
    summary: "Summary",
    figures: "Figures",
    data: "Data",
    decimal: ".",
    group: ",",
    percent: "{n}%",
    points: "{n} pts",
    withheld: "withheld",
    none: "–",
  },
  notes: [
    "The quarter saw more work shared between agencies than any before it. Tasks were closed faster, although a third more were opened; the agencies at sea carried most of the increase.",
    "Outcomes on information shared are reported more often, but still too late to be of use to those who provided it.",
  ],
  recommendations: [
    "Every agency names a second focal point by the end of November, so that tasks do not wait for one person.",
    "The body shortens the wait for a first outcome report from fourteen to ten days.",
  ],
  sections: [
    {
      id: "meetings",
      title: "Meetings and decisions",
      figures: [
        {
          id: "meetings.held",
          name: "Meetings held",
          definition: "Meetings that were started and ended in the period, each occurrence of a series counted once.",
          unit: "meetings",
          now: count(14),
          before: count(12),
          key: true,
        },
        {
          id: "meetings.attendance",
          name: "Attendance",
          definition: "Agencies recorded as present, out of those invited, over all meetings held in the period.",
          unit: "% of invitations",
          now: percent(86, 98),
          before: percent(63, 84),
          key: true,
        },
        {
          id: "meetings.quorate",
          name: "Meetings with a quorum",
          definition: "Meetings held in which the quorum was met at the moment of each decision.",
          unit: "% of meetings",
          now: percent(14, 14),
          before: percent(11, 12),
        },
        {
          id: "meetings.decisions",
          name: "Decisions taken",
          definition: "Decisions recorded in meetings held in the period, less those annulled since.",
          unit: "decisions",
          now: count(31),
          before: count(22),
        },
      ],
      charts: [],
      tables: [
        {
          id: "meetings.byAgency",
          title: "Attendance by agency",
          definition: "Occurrences to which the agency was invited, and at which it was recorded as present.",
          rowHead: "Agency",
          columns: [
            { id: "invited", name: "Invited", unit: "meetings" },
            { id: "present", name: "Present", unit: "meetings" },
            { id: "share", name: "Attendance", unit: "%" },
          ],
          rows: [
            { id: "coast", name: "Coast Guard", cells: [count(14), count(14), percent(14, 14)] },
            { id: "police", name: "National Police", cells: [count(14), count(13), percent(13, 14)] },
            { id: "border", name: "Border Guard", cells: [count(14), count(13), percent(13, 14)] },
            { id: "prosecution", name: "Public Prosecution", cells: [count(14), count(11), percent(11, 14)] },
            { id: "harbour", name: "Safe Harbour (سمير حداد)", cells: [withheld, withheld, withheld] },
            { id: "labour", name: "Labour Inspectorate", cells: [count(0), count(0), none] },
          ],
        },
      ],
    },
    {
      id: "tasks",
      title: "Tasks across agencies",
      figures: [
        {
          id: "tasks.opened",
          name: "Tasks opened",
          definition: "Tasks asked of another agency in the period, whatever became of them.",
          unit: "tasks",
          now: count(1284),
          before: count(963),
          key: true,
        },
        {
          id: "tasks.closed",
          name: "Tasks closed",
          definition: "Tasks verified by who asked for them, or by five working days of silence, in the period.",
          unit: "tasks",
          now: count(1102),
          before: count(1010),
          key: true,
        },
        {
          id: "tasks.onTime",
          name: "Done on time",
          definition:
            "Tasks done by their agreed date, extensions granted included, out of all tasks done in the period.",
          unit: "% of tasks done",
          now: percent(871, 1102),
          before: percent(707, 1010),
          key: true,
        },
        {
          id: "tasks.median",
          name: "Median time to done",
          definition: "From the asking to Done; half of the tasks done in the period took less.",
          unit: "days",
          now: days(4.26),
          before: days(6.04),
          key: true,
        },
        {
          id: "tasks.lifeSafety",
          name: "Life-safety tasks unanswered after 15 minutes",
          definition: "Life-safety tasks that nobody had accepted within 15 minutes of the asking.",
          unit: "tasks",
          now: withheld,
          before: count(7),
        },
      ],
      charts: [
        {
          alt: "Tasks opened in each month, April to September 2026",
          png: bars([0.5, 0.55, 0.6, 0.7, 0.8, 0.9]),
          width: 640,
          height: 240,
        },
        {
          alt: "Tasks done on time in each month",
          png: bars([0.7, 0.68, 0.73, 0.76, 0.79, 0.82], 1600, 500),
          width: 1600,
          height: 500,
        },
      ],
      tables: [
        {
          id: "tasks.byAgency",
          title: "Tasks by agency asked",
          definition:
            "Tasks by the agency in the lead. An agency with fewer than five tasks is withheld, and so is the next smallest.",
          rowHead: "Agency",
          columns: [
            { id: "opened", name: "Opened", unit: "tasks" },
            { id: "closed", name: "Closed", unit: "tasks" },
            { id: "overdue", name: "Overdue", unit: "tasks" },
            { id: "onTime", name: "On time", unit: "%" },
            { id: "median", name: "Median days", unit: "days" },
          ],
          rows: [
            {
              id: "coast",
              name: "Coast Guard",
              cells: [count(502), count(444), count(19), percent(361, 444), days(3.11)],
            },
            {
              id: "police",
              name: "National Police",
              cells: [count(377), count(340), count(31), percent(271, 340), days(4.9)],
            },
            {
              id: "border",
              name: "Border Guard",
              cells: [count(288), count(230), count(12), percent(184, 230), days(4.04)],
            },
            {
              id: "prosecution",
              name: "Public Prosecution",
              cells: [count(117), count(88), withheld, percent(55, 88), days(9.96)],
            },
            { id: "harbour", name: "Safe Harbour (NGO)", cells: [withheld, withheld, withheld, withheld, withheld] },
          ],
        },
        {
          id: "tasks.busiest",
          title: "Busiest week of each month",
          definition: "The week, Monday to Sunday, in which most tasks were opened.",
          rowHead: "Month",
          columns: [
            { id: "week", name: "Week", unit: "" },
            { id: "opened", name: "Opened", unit: "tasks" },
          ],
          rows: [
            { id: "2026-07", name: "July", cells: [text("6 to 12 July"), count(140)] },
            { id: "2026-08", name: "August", cells: [text("24 to 30 August"), count(151)] },
            { id: "2026-09", name: "September", cells: [none, withheld] },
          ],
        },
      ],
    },
    {
      id: "information",
      title: "Information shared",
      figures: [
        {
          id: "shares.released",
          name: "Shares released",
          definition: "Items of information released to at least one agency in the period, drafts left out.",
          unit: "shares",
          now: count(218),
          before: count(173),
          key: true,
        },
        {
          id: "shares.outcomes",
          name: "Outcomes reported",
          definition:
            "Recipients that reported an outcome, interim or final, out of those asked for one in the period.",
          unit: "% of those asked",
          now: percent(287, 431),
          before: percent(150, 300),
          source: "Outcome reports of the recipients",
          key: true,
        },
        {
          id: "shares.breaches",
          name: "Breaches of conditions",
          definition: "Breaches reported in the period, whether or not they were found to be one.",
          unit: "breaches",
          now: count(0),
          before: withheld,
        },
      ],
      charts: [],
      tables: [
        {
          id: "shares.exchange",
          title: "Who shared with whom",
          definition: "Shares released, by the providing agency (rows) and the recipient agency (columns).",
          rowHead: "Provider",
          columns: [
            "Coast Guard",
            "National Police",
            "Border Guard",
            "Prosecution",
            "Safe Harbour",
            "Immigration",
            "Labour",
            "UNHCR",
            "IOM",
          ].map((name, n) => ({ id: `to-${n + 1}`, name, unit: "shares" })),
          rows: ["Coast Guard", "National Police", "Border Guard", "Prosecution"].map((name, row) => ({
            id: `from-${row + 1}`,
            name,
            cells: Array.from({ length: 9 }, (_, column) =>
              column === row ? none : (row + column) % 5 === 4 ? withheld : count(5 + ((row * 7 + column * 11) % 30)),
            ),
          })),
        },
      ],
    },
  ],
  footer: "Coord, activity summary S-4",
  created: new Date("2026-10-09T06:12:00Z"),
};

export const arabic: SummaryDocument = {
  lang: "ar",
  body: "هيئة التنسيق الشمالية",
  title: "ملخص الأنشطة \u200e2026-Q3",
  ref: "S-4",
  label: "TLP:AMBER+STRICT",
  status: "مسودة",
  facts: [
    { id: "period", label: "الفترة", value: "من 1 يوليو إلى 30 سبتمبر 2026 (Europe/Athens)" },
    { id: "compared", label: "بالمقارنة مع", value: "من 1 أبريل إلى 30 يونيو 2026" },
    { id: "threshold", label: "الحد", value: "تُحجب الأعداد الأقل من 5" },
    { id: "hash", label: "رأس السجل", value: "9f2c81d07c5be24a91f36d5be1c0a4d7885e3b6f02c9d14ea7716f3b58d2c640" },
  ],
  periodNow: "2026-Q3",
  periodBefore: "2026-Q2",
  words: {
    key: "الأرقام الرئيسية",
    notes: "ملاحظات المقرر",
    recommendations: "التوصيات",
    definitions: "التعاريف",
    figure: "المؤشر",
    now: "هذه الفترة",
    before: "الفترة السابقة",
    change: "التغير",
    definition: "التعريف",
    source: "المصدر",
    page: "صفحة {page} من {pages}",
    id: "المعرف",
    section: "القسم",
    unit: "الوحدة",
    summary: "ملخص",
    figures: "المؤشرات",
    data: "البيانات",
    decimal: ".",
    group: ",",
    percent: "{n}%",
    points: "{n} نقطة",
    withheld: "محجوب",
    none: "–",
  },
  notes: ["شهد هذا الربع عملاً مشتركاً بين الجهات أكثر من أي ربع سابق، وفق السجل T-209 وما بعده."],
  recommendations: ["تسمي كل جهة منسقاً ثانياً قبل نهاية نوفمبر 2026."],
  sections: [
    {
      id: "tasks",
      title: "المهام المشتركة",
      figures: [
        {
          id: "tasks.opened",
          name: "المهام المفتوحة",
          definition: "المهام المطلوبة من جهة أخرى خلال الفترة.",
          unit: "مهام",
          now: count(1284),
          before: count(963),
          key: true,
        },
        {
          id: "tasks.onTime",
          name: "المنجزة في موعدها",
          definition: "المهام المنجزة في موعدها المتفق عليه من بين كل المهام المنجزة.",
          unit: "%",
          now: percent(871, 1102),
          before: percent(707, 1010),
          key: true,
        },
        {
          id: "tasks.median",
          name: "الزمن الوسيط للإنجاز",
          definition: "من الطلب إلى الإنجاز.",
          unit: "أيام",
          now: days(4.26),
          before: days(6.04),
          key: true,
        },
        {
          id: "tasks.overdue",
          name: "المهام المتأخرة",
          definition: "المهام التي تجاوزت موعدها في آخر يوم من الفترة.",
          unit: "مهام",
          now: withheld,
          before: count(7),
        },
      ],
      charts: [{ alt: "المهام في كل شهر", png: bars([0.3, 0.6, 0.9]), width: 640, height: 240 }],
      tables: [
        {
          id: "tasks.byAgency",
          title: "المهام حسب الجهة",
          definition: "المهام حسب الجهة المكلفة.",
          rowHead: "الجهة",
          columns: [
            { id: "opened", name: "مفتوحة", unit: "مهام" },
            { id: "closed", name: "مغلقة", unit: "مهام" },
            { id: "onTime", name: "في الموعد", unit: "%" },
          ],
          rows: [
            { id: "coast", name: "خفر السواحل", cells: [count(502), count(444), percent(361, 444)] },
            { id: "harbour", name: "Safe Harbour (NGO)", cells: [withheld, withheld, none] },
          ],
        },
      ],
    },
  ],
  footer: "Coord, S-4",
  created: new Date("2026-10-09T06:12:00Z"),
};

/** A text of its own in every place, asked for in the order of the fields. */
export const filled = (say: () => string): SummaryDocument => ({
  ...english,
  body: say(),
  title: say(),
  ref: say(),
  label: say(),
  status: say(),
  facts: [{ id: "period", label: say(), value: say() }],
  periodNow: say(),
  periodBefore: say(),
  notes: [say(), say()],
  recommendations: [say()],
  sections: [
    {
      id: "one",
      title: say(),
      figures: [
        {
          id: "one.figure",
          name: say(),
          definition: say(),
          unit: say(),
          now: count(5),
          before: count(4),
          source: say(),
          key: true,
        },
      ],
      tables: [
        {
          id: "one.table",
          title: say(),
          definition: say(),
          rowHead: say(),
          columns: [{ id: "first", name: say(), unit: say() }],
          rows: [{ id: "row", name: say(), cells: [text(say())] }],
        },
      ],
      charts: [{ alt: say(), png: bars([0.5], 40, 20), width: 40, height: 20 }],
    },
  ],
  footer: say(),
});

/** How many texts `filled` asks for. */
export const PLACES = 26;
