// The thread of a connection aside: answers one statement after the other. See sqlite-aside.ts.
import { parentPort, workerData } from 'node:worker_threads';
import { CompiledQuery } from 'kysely';
import { RidgelineError } from '../errors.ts';
import type { AsideAnswer, AsideQuestion, AsideSettings } from './sqlite-aside.ts';
import { SqliteConnection } from './sqlite-connection.ts';

const { file, busyTimeoutMs }: AsideSettings = workerData;
let opened: SqliteConnection | undefined;

// Opened at the first question, whose answer then tells what went wrong with it.
parentPort?.on('message', async ({ sql, parameters }: AsideQuestion) => {
  parentPort?.postMessage(await answer(sql, parameters));
});

async function answer(sql: string, parameters: readonly unknown[]): Promise<AsideAnswer> {
  try {
    opened ??= new SqliteConnection(file, { readOnly: true, busyTimeoutMs });
    const { rows } = await opened.executeQuery(CompiledQuery.raw(sql, [...parameters]));
    return { rows, isTransaction: opened.isTransaction };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const code = error instanceof RidgelineError ? error.code : null;
    return { message, code, isTransaction: opened?.isTransaction ?? false };
  }
}
