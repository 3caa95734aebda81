import type { Form, Message, Receive } from "../../../src/chat/index.js";

/** A core of a few cards and forms, for what shows in a browser. */

const taskForm: Form = {
  id: "task.new",
  title: "New task",
  submit: "Assign",
  cancel: "Cancel",
  state: "body/T-1",
  lang: "en",
  intro: "Who should do what, by when?",
  fields: [
    { type: "text", name: "title", label: "What", maxLength: 200, hint: "One sentence that begins with a verb." },
    { type: "lookup", name: "agency", label: "Lead agency", source: "agency", placeholder: "Type a name" },
    { type: "lookup", name: "support", label: "Supporting agencies", source: "agency", several: true, optional: true },
    {
      type: "choice",
      name: "priority",
      label: "Priority",
      options: [
        { value: "normal", label: "Normal" },
        { value: "urgent", label: "Urgent" },
      ],
      value: "normal",
    },
    {
      type: "choice",
      name: "tlp",
      label: "Label",
      radio: true,
      options: [
        { value: "green", label: "GREEN", detail: "Members of the coordination body" },
        { value: "amber", label: "AMBER", detail: "The agencies named, need to know" },
      ],
      value: "green",
    },
    { type: "text", name: "detail", label: "More", multiline: true, optional: true },
    { type: "note", text: "A deadline binds once both sides agreed." },
  ],
};

const agencies = [
  { value: "labour", label: "Labour Inspectorate" },
  { value: "border", label: "Border Guard" },
  { value: "iom", label: "IOM", detail: "observer" },
];

export const taskCard = (state: string, lang = "en"): Message =>
  lang === "ar"
    ? {
        text: "T-104: تفتيش ثلاث مزارع في كيلكيس",
        lang,
        blocks: [
          { type: "heading", text: "T-104 · تفتيش ثلاث مزارع في كيلكيس" },
          {
            type: "facts",
            facts: [
              { label: "من", value: "الشرطة" },
              { label: "الموعد", value: ["الجمعة 6 مارس، ", { bold: "17:00" }] },
              { label: "الحالة", value: "مطلوب" },
            ],
          },
          { type: "quote", text: "نحتاج إلى مترجم من اللغة البنغالية.", by: "Maria Petrou" },
          {
            type: "actions",
            actions: [
              { type: "button", id: "task.accept", label: "قبول", value: "T-104", style: "primary" },
              { type: "button", id: "task.date", label: "موعد آخر", value: "T-104", opens: true },
            ],
          },
        ],
      }
    : {
        text: `T-104 Inspect 3 farms in Kilkis: ${state}`,
        lang,
        blocks: [
          { type: "heading", text: "T-104 · Inspect 3 farms in Kilkis" },
          {
            type: "facts",
            facts: [
              { label: "From", value: "Hellenic Police, Maria Petrou" },
              { label: "To", value: "Labour Inspectorate" },
              { label: "Due", value: ["Fri 6 March, ", { bold: "17:00" }, " Athens time"] },
              { label: "State", value: state },
            ],
          },
          { type: "quote", text: "Bring an interpreter for Bengali.", by: "Maria Petrou" },
          { type: "context", text: "TLP:GREEN · asked today at 10:00" },
          {
            type: "actions",
            actions: [
              { type: "button", id: "task.done", label: "Done", value: "T-104", style: "primary" },
              {
                type: "menu",
                id: "task.give",
                label: "Give to",
                prefix: "T-104/",
                options: [
                  { value: "p1", label: "Omar Haddad" },
                  { value: "p2", label: "Elena Rossi", detail: "on leave until Thursday" },
                ],
              },
              {
                type: "button",
                id: "task.decline",
                label: "Decline",
                value: "T-104",
                style: "danger",
                confirm: { title: "Decline T-104?", text: "The police will be told.", yes: "Decline", no: "Keep it" },
              },
            ],
          },
        ],
      };

const overview = (lang: string): Message => ({
  text: "You owe 2 things",
  lang: "en",
  blocks: [
    { type: "heading", text: "You owe 2 things" },
    {
      type: "list",
      items: [
        {
          title: [{ bold: "T-104" }, " Inspect 3 farms in Kilkis"],
          detail: "Fri 6 March 17:00 · for the police",
          action: { type: "button", id: "task.open", label: "Open", value: "T-104", opens: true },
        },
        {
          title: [{ bold: "M-12" }, " Monthly coordination"],
          detail: "Tue 3 March 10:00 · please answer",
          action: { type: "button", id: "meeting.open", label: "Answer", value: "M-12" },
        },
      ],
    },
    { type: "divider" },
    { type: "text", text: ["Help is one word: ", { code: "/coord help" }, ". Language: ", { italic: lang }, "."] },
    {
      type: "actions",
      actions: [
        { type: "button", id: "task.new", label: "New task", opens: true, style: "primary" },
        { type: "link", label: "Handbook", url: "http://127.0.0.1/handbook" },
      ],
    },
  ],
});

/** Only read: nothing to send. */
const sheet: Form = {
  id: "task.sheet",
  title: "T-104",
  cancel: "Close",
  state: "",
  lang: "en",
  fields: [{ type: "note", text: ["Asked by ", { bold: "Maria Petrou" }, " on Monday."] }],
};

const post = (message: Message) => ({ post: message, private: true as const });
const words = (text: string): Message => ({ text, blocks: [{ type: "text", text }], lang: "en" });

export const demoCore: Receive = async (inbound) => {
  switch (inbound.type) {
    case "command":
      if (inbound.text.startsWith("task new")) return { form: taskForm };
      if (inbound.text.startsWith("task")) return { post: taskCard("Asked", inbound.actor.locale) };
      if (inbound.text.startsWith("fail")) throw new Error("the database is away");
      return post(overview(inbound.actor.locale ?? "en"));
    case "action":
      if (inbound.id === "task.new" || inbound.id === "task.date") return { form: taskForm };
      if (inbound.id === "task.open") return { form: sheet };
      if (inbound.id === "task.done") return { update: taskCard("Done") };
      if (inbound.id === "task.give") return { update: taskCard(`Given to ${inbound.value}`) };
      if (inbound.id === "task.decline") return { update: taskCard("Declined") };
      return post(words(`${inbound.id} ${inbound.value ?? ""}`));
    case "submit":
      if (!/^[A-Z]/.test(String(inbound.values.title)))
        return { errors: { title: "Begin with a verb and a capital letter, e.g. Inspect 3 farms." } };
      return post(words(`T-105 asked: ${inbound.values.title} / ${inbound.values.agency} / ${inbound.values.support}`));
    case "suggest": {
      const query = inbound.query.toLowerCase();
      return { options: agencies.filter((agency) => agency.label.toLowerCase().includes(query)) };
    }
    case "shortcut":
      return {
        form: {
          ...taskForm,
          fields: taskForm.fields.map((field) =>
            field.type === "text" && field.name === "title" ? { ...field, value: inbound.message?.text } : field,
          ),
        },
      };
    case "home":
      return { home: overview(inbound.actor.locale ?? "en") };
    default:
      return undefined;
  }
};
