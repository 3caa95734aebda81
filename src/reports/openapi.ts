/**
 * What `/api/v1` answers, as OpenAPI 3.1 (its schemas are JSON Schema 2020-12). `summary` is what
 * `documents/summary-text.ts` writes.
 */
const figure = {
  oneOf: [
    {
      type: "object",
      properties: { kind: { enum: ["count", "percent", "days", "points"] }, value: { type: "number" } },
      required: ["kind", "value"],
      additionalProperties: false,
    },
    {
      type: "object",
      properties: { kind: { enum: ["decimal", "text"] }, text: { type: "string" } },
      required: ["kind", "text"],
      additionalProperties: false,
      description: "Of the plan: a number that an agency gave, in exact text with a point; or words.",
    },
    {
      type: "object",
      properties: { withheld: { const: true } },
      required: ["withheld"],
      additionalProperties: false,
      description: "There is a number; it is small, or a small one would follow from it.",
    },
    { type: "null", description: "There is no number to give, such as a share of nothing." },
  ],
};
const text = { type: "string" };
const object = (properties: Record<string, unknown>, optional: readonly string[] = []) => ({
  type: "object",
  properties,
  required: Object.keys(properties).filter((key) => !optional.includes(key)),
  additionalProperties: false,
});
const list = (items: unknown) => ({ type: "array", items });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

const schemas = {
  figure,
  error: object({ error: text }),
  summary: object({
    format: { const: "coord.summary.1" },
    language: text,
    body: text,
    ref: text,
    title: text,
    label: text,
    status: text,
    created: { type: "string", format: "date-time" },
    facts: list(object({ id: text, label: text, value: text })),
    periods: object({ now: text, before: text }),
    notes: list(text),
    recommendations: list(text),
    sections: list(
      object({
        id: text,
        title: text,
        figures: list(
          object({
            id: text,
            name: text,
            unit: text,
            definition: text,
            source: { type: ["string", "null"] },
            now: ref("figure"),
            before: ref("figure"),
            change: ref("figure"),
          }),
        ),
        tables: list(
          object({
            id: text,
            title: text,
            definition: text,
            columns: list(object({ id: text, name: text, unit: text })),
            rows: list(
              object({ id: text, name: text, cells: { type: "object", additionalProperties: ref("figure") } }),
            ),
          }),
        ),
      }),
    ),
  }),
  summaries: object({
    summaries: list(
      object({
        ref: text,
        period: text,
        first: { type: "string", format: "date" },
        last: { type: "string", format: "date" },
        state: { enum: ["making", "ready", "publishing", "published"] },
        made: { type: ["string", "null"], format: "date-time" },
        published: { type: ["string", "null"], format: "date-time" },
      }),
    ),
    next: { type: ["integer", "null"], description: "The page after this one, if there is one." },
  }),
};

const answer = (name: string, description: string) => ({
  description,
  content: { "application/json": { schema: ref(name) } },
});
const refused = {
  "401": answer("error", "No such key, or one that has run out or was taken back."),
  "429": answer("error", "Too often: sixty at once, then one a second. `Retry-After` says when to try again."),
};

export const openapi = {
  openapi: "3.1.0",
  info: {
    title: "Coord: figures of activity summaries",
    version: "1",
    description:
      "Read only, and metadata only: counts and their definitions, no content, no title and no reference of an item, but for the indicators of the plan, which every member knows. A key is given by the command `report key`, is of one coordination body, and ends with the role of the one who asked for it.",
  },
  security: [{ key: [] }],
  paths: {
    "/api/v1/figures": {
      get: {
        summary: "The figures of a period, counted now",
        parameters: [
          {
            name: "period",
            in: "query",
            required: true,
            schema: text,
            description: "2026-Q3, 2026-07, 2026, 2026-W30, or 2026-01-01/2026-03-31; days in the zone of the body.",
          },
        ],
        responses: {
          "200": answer("summary", "The figures, with none withheld."),
          "400": answer("error", "What is wrong with the period."),
          ...refused,
        },
      },
    },
    "/api/v1/summaries": {
      get: {
        summary: "The summaries there are, newest period first",
        parameters: [{ name: "page", in: "query", schema: { type: "integer", minimum: 1, default: 1 } }],
        responses: { "200": answer("summaries", "Up to fifty."), "400": answer("error", "What is wrong."), ...refused },
      },
    },
    "/api/v1/summaries/{ref}": {
      get: {
        summary: "One summary, as it was counted, with the rapporteur's notes",
        parameters: [{ name: "ref", in: "path", required: true, schema: { type: "string", pattern: "^S-\\d+$" } }],
        responses: {
          "200": answer("summary", "The figures, with none withheld."),
          "404": answer("error", "No such summary."),
          ...refused,
        },
      },
    },
  },
  components: { schemas, securitySchemes: { key: { type: "http", scheme: "bearer" } } },
};
