import type { KyselyPlugin, OperationNode, PluginTransformQueryArgs, RootOperationNode, TableNode } from "kysely";
import type { Schema, Tx } from "./schema.js";

type Table = keyof Schema;

/**
 * What one transaction has read, so that it is read once. Nothing outlives the transaction, and what was read from a
 * table is forgotten as soon as the transaction writes to it, or holds rows so as to see them as they are now.
 */
class Memory implements KyselyPlugin {
  readonly #kept = new Map<string, { of: ReadonlySet<Table>; values: Map<string, unknown> }>();

  of<T>(name: string, of: ReadonlySet<Table>): Map<string, T> {
    const kept = this.#kept.get(name) ?? { of, values: new Map() };
    this.#kept.set(name, kept);
    return kept.values as Map<string, T>;
  }

  transformQuery({ node }: PluginTransformQueryArgs): RootOperationNode {
    const changed = changedBy(node);
    // The map itself stays with whoever is reading into it, and is never asked again.
    if (changed.length)
      for (const [name, { of }] of this.#kept)
        if (changed.some((table) => table === ALL || of.has(table))) this.#kept.delete(name);
    return node;
  }

  transformResult: KyselyPlugin["transformResult"] = async ({ result }) => result;
}

const memories = new WeakMap<Tx, Memory>();

/** The same transaction, which remembers. */
export function remembering(tx: Tx): Tx {
  const memory = new Memory();
  const own = tx.withPlugin(memory);
  memories.set(own, memory);
  return own;
}

/**
 * What a transaction knows under a name, to be looked up first and added to after a reading.
 * @param of the tables that it was read from
 * @returns an empty map, which nobody keeps, for a transaction that does not remember
 */
export const known = <T>(tx: Tx, name: string, of: ReadonlySet<Table>): Map<string, T> =>
  memories.get(tx)?.of<T>(name, of) ?? new Map<string, T>();

const ALL = "*";
/** In our own words: what writes, and what waits for those who do. */
const CHANGES = /\b(?:insert\s+into|update|delete\s+from|new_agency|for\s+share)\b|\block\b/i;

/** The tables of which an older reading is no longer to be trusted; `*` for all. */
function changedBy(node: RootOperationNode): (Table | typeof ALL)[] {
  switch (node.kind) {
    case "SelectQueryNode": {
      const inside = node.with?.expressions.flatMap(({ expression }) => changedBy(expression as RootOperationNode));
      return [...(inside ?? []), ...(node.endModifiers?.length ? (node.from?.froms ?? []).map(tableIn) : [])];
    }
    case "InsertQueryNode":
      return [tableIn(node.into)];
    case "UpdateQueryNode":
      return [tableIn(node.table)];
    case "DeleteQueryNode":
      return node.from.froms.map(tableIn);
    case "RawNode":
      return CHANGES.test(node.sqlFragments.join(" ")) ? [ALL] : [];
    default:
      return [ALL];
  }
}

const tableIn = (node: OperationNode | undefined): Table | typeof ALL =>
  node?.kind === "TableNode" ? ((node as TableNode).table.identifier.name as Table) : ALL;
