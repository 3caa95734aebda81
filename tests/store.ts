import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import pg from "pg";
import { inject } from "vitest";
import { Store } from "../src/store/database.js";

/** Read once a process; a Blob that is made of it would be copied in small pieces for every database. */
class Template extends Blob {
  constructor(private readonly tar: Buffer<ArrayBuffer>) {
    super([]);
  }
  override async arrayBuffer(): Promise<ArrayBuffer> {
    return this.tar.buffer.slice(this.tar.byteOffset, this.tar.byteOffset + this.tar.length);
  }
}

let template: Promise<Template> | undefined;
const theTemplate = (): Promise<Template> => {
  template ??= readFile(inject("template")).then((tar) => new Template(tar));
  return template;
};

/** PGlite in a directory of its own, as a small installation runs it. */
export const storeIn = async (directory: string): Promise<Store> => Store.embedded(directory, await theTemplate());

/** PostgreSQL where TEST_DATABASE_URL names a server that the tests may make databases on; else PGlite. */
export async function testStore(): Promise<{ store: Store; url?: string; close(): Promise<void> }> {
  const server = process.env.TEST_DATABASE_URL;
  if (!server) {
    const store = await Store.embedded("memory://", await theTemplate());
    return { store, close: () => store.close() };
  }
  const url = await freshDatabase(server);
  const store = await Store.postgresql(url);
  return {
    store,
    url,
    async close() {
      await store.close();
      await dropDatabase(server, url);
    },
  };
}

export async function freshDatabase(server: string): Promise<string> {
  const name = `coord_test_${randomUUID().replaceAll("-", "").slice(0, 16)}`;
  await admin(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

export const dropDatabase = (server: string, url: string): Promise<void> =>
  admin(server, `drop database if exists ${new URL(url).pathname.slice(1)} with (force)`);

async function admin(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
