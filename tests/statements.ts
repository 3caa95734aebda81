import { DefaultQueryExecutor } from "kysely";
import { vi } from "vitest";

/** What `act` comes to, and the statements that the database was sent meanwhile, in order and without their values. */
export async function counted<T>(act: () => Promise<T>): Promise<{ value: T; statements: string[] }> {
  const sent = vi.spyOn(DefaultQueryExecutor.prototype, "executeQuery");
  try {
    return { value: await act(), statements: sent.mock.calls.map(([query]) => query.sql) };
  } finally {
    sent.mockRestore();
  }
}
