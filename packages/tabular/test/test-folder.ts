// Helpers of this package's tests: files in a folder of their own. Not part of the public face.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect } from 'vitest';
import { TabularError, type TabularErrorCode } from '../src/errors.ts';

export interface TestFolder {
  /** The path of a name in the folder, whether or not it exists. */
  path(name: string): string;
  /** Writes a file and gives its path. */
  write(name: string, content: string | Uint8Array): Promise<string>;
  /** Writes the result of a query as Parquet and gives its path. */
  writeParquet(name: string, query: string): Promise<string>;
}

/** A folder that lives as long as the tests of the file. */
export function useTestFolder(): TestFolder {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ridgeline-tabular-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });
  const path = (name: string) => join(folder, name);
  return {
    path,
    async write(name, content) {
      await writeFile(path(name), content);
      return path(name);
    },
    async writeParquet(name, query) {
      const instance = await DuckDBInstance.create(':memory:');
      const connection = await instance.connect();
      await connection.run(`COPY (${query}) TO '${path(name)}' (FORMAT parquet)`);
      connection.closeSync();
      instance.closeSync();
      return path(name);
    },
  };
}

/** Expects a user error with this code whose message matches. */
export async function expectError(
  act: () => unknown,
  code: TabularErrorCode,
  message: RegExp = /./,
): Promise<void> {
  const error = await Promise.resolve()
    .then(act)
    .then(
      () => null,
      (thrown: unknown) => thrown,
    );
  expect(error).toBeInstanceOf(TabularError);
  expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
}
