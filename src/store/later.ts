import {
  CommonTableExpressionNameNode,
  CommonTableExpressionNode,
  type Compilable,
  type CompiledQuery,
  createQueryId,
  type DatabaseConnection,
  type Driver,
  type InsertQueryNode,
  PostgresDialect,
  type QueryCompiler,
  type QueryResult,
  type RootOperationNode,
  SelectQueryNode,
  type TransactionSettings,
  ValuesNode,
  WithNode,
} from "kysely";
import type { Tx } from "./schema.js";

const waiting = new WeakSet<CompiledQuery>();

/**
 * Writes rows whose ids nobody waits for: they go out with the next statement's round, several tables in one statement,
 * and are there for every statement that follows. What is wrong with them is thrown by that statement or by the commit.
 * @param insert into one table, returning nothing
 */
export async function later(tx: Tx, insert: Compilable): Promise<void> {
  const compiled = insert.compile();
  waiting.add(compiled);
  await tx.executeQuery(compiled);
}

/**
 * PostgreSQL's dialect, whose connections keep what may be written `later`.
 *
 * With a pool whose clients pipeline (`pipeline: true` of node-postgres), `begin` goes out with the statement after it, and
 * what was kept with the statement that ends it: a round less each. PostgreSQL answers in order, and takes what follows a
 * failed statement for failed too, a commit for a rollback (PostgreSQL, 34.5 Pipeline Mode).
 */
export class BatchingDialect extends PostgresDialect {
  override createDriver(): Driver {
    return new BatchingDriver(super.createDriver(), this.createQueryCompiler());
  }
}

class BatchingDriver implements Driver {
  constructor(
    private readonly inner: Driver,
    private readonly compiler: QueryCompiler,
  ) {}

  init = () => this.inner.init();
  destroy = () => this.inner.destroy();
  acquireConnection = async () => new BatchingConnection(await this.inner.acquireConnection(), this.compiler);
  releaseConnection = (connection: BatchingConnection) => this.inner.releaseConnection(connection.inner);
  beginTransaction = async (connection: BatchingConnection, settings: TransactionSettings) =>
    connection.begins(this.inner.beginTransaction(connection.inner, settings));
  commitTransaction = (connection: BatchingConnection) => this.inner.commitTransaction(connection);
  rollbackTransaction = (connection: BatchingConnection) => this.inner.rollbackTransaction(connection);
}

/** A transaction, or what came after a savepoint: everything before the savepoint was written when it was made. */
const UNDOES = /^rollback\b/i;
/** A statement takes 65,535 values (PostgreSQL's protocol); so many are kept at most. */
const MOST_VALUES = 30_000;

/** By table: rows of one table keep the order in which they were written. */
class BatchingConnection implements DatabaseConnection {
  #kept = new Map<string, [CompiledQuery, ...CompiledQuery[]]>();
  #values = 0;
  #begun: Promise<void> | undefined;

  constructor(
    readonly inner: DatabaseConnection,
    private readonly compiler: QueryCompiler,
  ) {}

  /** Waited for with the first statement, which is sent at once. */
  begins(begun: Promise<void>): void {
    begun.catch(() => undefined);
    this.#begun = begun;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (!waiting.has(query)) {
      const begun = this.#begun;
      this.#begun = undefined;
      // What is undone need not be written; where a statement has failed it could not be.
      if (UNDOES.test(query.sql)) this.#forget();
      const written = this.#write();
      const answered = this.inner.executeQuery<R>(query);
      for (const sent of [written, answered]) sent.catch(() => undefined);
      // The first that failed says what was wrong; those behind it say only that something was.
      await begun;
      await written;
      return answered;
    }
    const table = insertOf(query).into?.table.identifier.name ?? "";
    const before = this.#kept.get(table);
    if ((before && !isJoined(before[0], query)) || this.#values + query.parameters.length > MOST_VALUES) {
      await this.#write();
      this.#kept.set(table, [query]);
    } else if (before) before.push(query);
    else this.#kept.set(table, [query]);
    this.#values += query.parameters.length;
    return { rows: [] };
  }

  streamQuery<R>(query: CompiledQuery, chunkSize?: number): AsyncIterableIterator<QueryResult<R>> {
    return this.inner.streamQuery<R>(query, chunkSize);
  }

  #forget(): void {
    this.#kept = new Map();
    this.#values = 0;
  }

  async #write(): Promise<void> {
    const [first, ...others] = [...this.#kept.values()].map(joined);
    if (!first) return;
    this.#forget();
    await this.inner.executeQuery(this.compiler.compileQuery(together(first, others), createQueryId()));
  }
}

const insertOf = ({ query }: CompiledQuery): InsertQueryNode => query as InsertQueryNode;

/** Both are rows of the same columns, to be written in the same way. */
function isJoined(first: CompiledQuery, second: CompiledQuery): boolean {
  const { values, ...rest } = insertOf(first);
  const { values: more, ...others } = insertOf(second);
  if (!values || !more || !ValuesNode.is(values) || !ValuesNode.is(more)) return false;
  return JSON.stringify(rest) === JSON.stringify(others);
}

/** One insert of all rows. */
function joined([first, ...others]: readonly [CompiledQuery, ...CompiledQuery[]]): InsertQueryNode {
  const node = insertOf(first);
  if (others.length === 0) return node;
  const rows = [first, ...others].flatMap((query) => (insertOf(query).values as ValuesNode).values);
  return { ...node, values: ValuesNode.create(rows) };
}

/** `with a as (insert …), b as (insert …) select`: each sees what was there before all of them. */
function together(first: InsertQueryNode, others: readonly InsertQueryNode[]): RootOperationNode {
  if (others.length === 0) return first;
  const named = (node: InsertQueryNode, n: number) =>
    CommonTableExpressionNode.create(CommonTableExpressionNameNode.create(`written_${n}`), node);
  const all = others.reduce(
    (node, one, n) => WithNode.cloneWithExpression(node, named(one, n + 1)),
    WithNode.create(named(first, 0)),
  );
  return SelectQueryNode.create(all);
}
