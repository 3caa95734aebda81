import type { MinutesDocument } from "../../../src/documents/minutes.js";

/** Minutes as a body would circulate them; docs/minutes.png shows their first page. */
export const english: MinutesDocument = {
  lang: "en",
  body: "Northgate Coordination Body",
  title: "Fourteenth coordination meeting on sea and land routes",
  ref: "M-14",
  label: "TLP:AMBER",
  status: "Approved on 27 November 2026",
  facts: [
    { label: "Date", value: "Tuesday 24 November 2026, 10:00 to 11:45 (Europe/Athens)" },
    { label: "Place", value: "Northgate town hall, room 3.12, and by video" },
    { label: "Chair", value: "Eleni Markou, Coast Guard" },
    { label: "Secretary", value: "Jonas Feld, Secretariat" },
    { label: "Quorum", value: "5 of 7 agencies present, 4 needed" },
  ],
  words: {
    agenda: "Agenda and record",
    attendance: "Attendance",
    record: "Other remarks",
    decisions: "Decisions",
    actions: "Actions",
    corrections: "Corrections",
    present: "Present",
    absent: "Absent",
    owner: "Owner",
    due: "Due",
    votes: "Votes",
    item: "Item",
    minutes: "Time:",
    presenter: "Presented by",
    state: "State",
    page: "Page {page} of {pages}",
  },
  attendance: [
    { agency: "Coast Guard", people: "Eleni Markou, Petros Vlachos", present: true },
    { agency: "National Police", people: "Nikos Andreou", present: true, note: "left at 11:10" },
    { agency: "Border Guard", people: "Marta Kowalczyk, Luís Serrano", present: true, note: "by video" },
    { agency: "Public Prosecution", people: "Anneke de Wit", present: true },
    {
      agency: "Safe Harbour (NGO)",
      people: "Samir Haddad (سمير حداد)",
      present: true,
      note: "observer on items 1 and 2",
    },
    { agency: "Immigration Service", people: "", present: false, note: "apologies received" },
    { agency: "Labour Inspectorate", people: "", present: false },
  ],
  agenda: [
    {
      n: 1,
      title: "Picture of the week: departures, rescues, arrivals",
      minutes: "20 min",
      presenter: "Marta Kowalczyk, Border Guard",
      papers: [
        { title: "Weekly picture, week 47", url: "https://files.example.org/northgate/2026/w47.pdf" },
        { title: "Map of landing places (on paper)" },
      ],
      record: [
        {
          by: "Marta Kowalczyk, Border Guard",
          at: "10:04",
          text: "Departures fell by a fifth against week 46, mainly because of the weather. The share of rigid boats with three engines keeps growing.\nNo change in the places of departure.",
        },
        {
          by: "Petros Vlachos, Coast Guard",
          at: "10:11",
          text: "Two rescues on Saturday night were called in by the same satellite number. The number has been passed to the prosecution.",
        },
        {
          by: "Samir Haddad, Safe Harbour (NGO)",
          at: "10:17",
          text: "Asked that unaccompanied minors be counted apart from families.",
        },
      ],
    },
    {
      n: 2,
      title: "Handover of witnesses between agencies",
      minutes: "30 min",
      presenter: "Nikos Andreou, National Police",
      papers: [
        { title: "Draft protocol, version 3", url: "https://files.example.org/northgate/protocol-v3.docx#annex-b" },
      ],
      record: [
        {
          by: "Nikos Andreou, National Police",
          at: "10:25",
          text: "Presented version 3. Annex B now names the point of contact of each agency.",
        },
        { text: "The meeting went through annex B. Border Guard asked for a second contact outside office hours." },
      ],
    },
    { n: 4, title: "Any other business", papers: [], record: [] },
  ],
  record: [
    {
      by: "Eleni Markou, chair",
      at: "11:40",
      text: "The next meeting is on Tuesday 1 December at 10:00, at the same place.",
    },
  ],
  decisions: [
    {
      ref: "D-31",
      text: "The protocol on the handover of witnesses is adopted as version 3, with a second contact in annex B.",
      votes: "5 for, none against",
      quorum: "quorum 4, met",
    },
    {
      ref: "D-32",
      text: "Unaccompanied minors are counted apart from week 48 on.",
      votes: "4 for, 1 abstained",
      quorum: "quorum 4, met",
    },
  ],
  actions: [
    {
      ref: "T-208",
      title: "Name a second contact outside office hours",
      owner: "Border Guard (Luís Serrano)",
      due: "Fri 27 Nov 17:00",
      state: "Agreed",
    },
    {
      ref: "T-209",
      title: "Trace the satellite number of Saturday's two calls",
      owner: "Prosecution (Anneke de Wit)",
      due: "Mon 30 Nov 12:00",
      state: "Asked",
    },
    {
      ref: "T-210",
      title: "Send the new counting sheet to all focal points",
      owner: "Secretariat (Jonas Feld)",
      due: "Wed 25 Nov 16:00",
      state: "Done",
    },
  ],
  corrections: [
    {
      by: "Anneke de Wit, Public Prosecution",
      text: "Under item 1: the number was passed to the prosecutor on call, not to the duty desk.",
      outcome: "Taken over by the secretary on 26 November.",
    },
  ],
  madeAt: "Made on 27 November 2026 at 09:12 (Europe/Athens)",
  footer: "Coord, minutes M-14",
  created: new Date("2026-11-27T07:12:00Z"),
};

export const arabic: MinutesDocument = {
  lang: "ar",
  body: "مجموعة التنسيق العملياتي المشتركة",
  title: "الاجتماع التنسيقي الرابع عشر بشأن الطرق البحرية والبرية",
  ref: "M-14",
  label: "TLP:GREEN",
  status: "مسودة",
  facts: [
    { label: "التاريخ", value: "الثلاثاء 24 نوفمبر 2026، 10:00 إلى 11:45 (Europe/Athens)" },
    { label: "المكان", value: "وزارة الشؤون البحرية، قاعة 3.12" },
    { label: "الرئيس", value: "ليلى منصور، خفر السواحل" },
    { label: "النصاب", value: "حضرت 5 جهات من 7، والمطلوب 4" },
  ],
  words: {
    agenda: "جدول الأعمال والمحضر",
    attendance: "الحضور",
    record: "ملاحظات أخرى",
    decisions: "القرارات",
    actions: "الإجراءات",
    corrections: "التصويبات",
    present: "حاضرون",
    absent: "غائبون",
    owner: "المسؤول",
    due: "الموعد",
    votes: "التصويت",
    item: "البند",
    minutes: "المدة:",
    presenter: "المقدم:",
    state: "الحالة",
    page: "صفحة {page} من {pages}",
  },
  attendance: [
    { agency: "خفر السواحل", people: "ليلى منصور، كريم نصار", present: true },
    { agency: "Safe Harbour", people: "Marta Kowalczyk", present: true, note: "عن بعد" },
    { agency: "وزارة الهجرة", people: "", present: false, note: "اعتذرت" },
  ],
  agenda: [
    {
      n: 1,
      title: "صورة الأسبوع: المغادرات وعمليات الإنقاذ",
      minutes: "20 دقيقة",
      presenter: "Marta Kowalczyk, Safe Harbour",
      papers: [{ title: "التقرير الأسبوعي w47.pdf", url: "https://files.example.org/northgate/2026/w47.pdf" }],
      record: [
        {
          by: "كريم نصار، خفر السواحل",
          at: "10:11",
          text: "أُبلغ عن عمليتي إنقاذ ليلة السبت من الرقم نفسه +30 210 000 0000.\nأُحيل الرقم إلى Public Prosecution (PP) ضمن المهمة T-209.",
        },
      ],
    },
    { n: 2, title: "ما يستجد من أعمال", papers: [], record: [{ text: "لا شيء." }] },
  ],
  record: [],
  decisions: [
    {
      ref: "D-31",
      text: "اعتماد البروتوكول (النسخة 3) مع جهة اتصال ثانية.",
      votes: "5 مع، 0 ضد",
      quorum: "اكتمل النصاب",
    },
  ],
  actions: [
    {
      ref: "T-209",
      title: "تتبع رقم الهاتف عبر الأقمار الصناعية",
      owner: "Public Prosecution",
      due: "30 نوفمبر 12:00",
      state: "مطلوب",
    },
  ],
  corrections: [{ by: "ليلى منصور", text: "البند 1: أُحيل الرقم إلى PP.", outcome: "أُخذ بها." }],
  madeAt: "أُعد في 24 نوفمبر 2026، 12:30",
  footer: "Coord, M-14",
  created: new Date("2026-11-24T10:30:00Z"),
};
