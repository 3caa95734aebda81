/** Slack's payloads are read by path: whatever is missing or of another type is simply not there. */
export const at = (from: unknown, ...path: string[]): unknown => {
  let value = from;
  for (const key of path) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
};

/** A string with something in it. */
export const str = (from: unknown, ...path: string[]): string | undefined => {
  const value = at(from, ...path);
  return typeof value === "string" && value !== "" ? value : undefined;
};

export const list = (from: unknown, ...path: string[]): unknown[] => {
  const value = at(from, ...path);
  return Array.isArray(value) ? value : [];
};

export const entries = (from: unknown, ...path: string[]): [string, unknown][] => {
  const value = at(from, ...path);
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
};
