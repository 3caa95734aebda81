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
import type { Tx } from "./database.js";

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

/** PostgreSQL's dialect, whose connections keep what may be written `later`. */
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
  beginTransaction = (connection: BatchingConnection, settings: TransactionSettings) =>
    this.inner.beginTransaction(connection, settings);
  commitTransaction = (connection: BatchingConnection) => this.inner.commitTransaction(connection);
  rollbackTransaction = (connection: BatchingConnection) => {
    connection.forget();
    return this.inner.rollbackTransaction(connection);
  };
}

/** By table: rows of one table keep the order in which they were written. */
class BatchingConnection implements DatabaseConnection {
  #kept = new Map<string, CompiledQuery>();

  constructor(
    readonly inner: DatabaseConnection,
    private readonly compiler: QueryCompiler,
  ) {}

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (!waiting.has(query)) {
      await this.#write();
      return this.inner.executeQuery<R>(query);
    }
    const table = tableOf(query.query);
    const before = this.#kept.get(table);
    const joined = before && joinedRows(before.query as InsertQueryNode, query.query as InsertQueryNode);
    if (before && !joined) await this.#write();
    this.#kept.set(table, joined ? this.compiler.compileQuery(joined, createQueryId()) : query);
    return { rows: [] };
  }

  streamQuery<R>(query: CompiledQuery, chunkSize?: number): AsyncIterableIterator<QueryResult<R>> {
    return this.inner.streamQuery<R>(query, chunkSize);
  }

  forget(): void {
    this.#kept = new Map();
  }

  async #write(): Promise<void> {
    const queries = [...this.#kept.values()];
    const [only, another] = queries;
    if (!only) return;
    this.forget();
    await this.inner.executeQuery(another ? this.#together(queries) : only);
  }

  /** `with a as (insert …), b as (insert …) select`: each sees what was there before all of them. */
  #together(queries: readonly CompiledQuery[]): CompiledQuery {
    const named = queries.map(({ query }, index) =>
      CommonTableExpressionNode.create(CommonTableExpressionNameNode.create(`written_${index}`), query),
    );
    const [first, ...rest] = named as [CommonTableExpressionNode, ...CommonTableExpressionNode[]];
    const all = rest.reduce((node, one) => WithNode.cloneWithExpression(node, one), WithNode.create(first));
    return this.compiler.compileQuery({ ...SelectQueryNode.create(all) }, createQueryId());
  }
}

/** One insert of the rows of both, where they are of the same columns. */
function joinedRows(first: InsertQueryNode, second: InsertQueryNode): InsertQueryNode | undefined {
  const { values, ...rest } = first;
  const { values: more, ...others } = second;
  if (!values || !more || !ValuesNode.is(values) || !ValuesNode.is(more)) return undefined;
  if (JSON.stringify(rest) !== JSON.stringify(others)) return undefined;
  return { ...first, values: ValuesNode.create([...values.values, ...more.values]) };
}

const tableOf = (query: RootOperationNode): string => (query as InsertQueryNode).into?.table.identifier.name ?? "";
