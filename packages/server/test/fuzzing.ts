// What holds of every answer to a body that was spoiled: a mistake is told with a code, and leaves
// nothing behind.
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { expect } from 'vitest';
import type { Answer, TestApp } from './test-app.ts';

/** How many bodies a route gets; for a long hunt, FUZZ_RUNS=5000. */
export const fuzzRuns = Number(process.env.FUZZ_RUNS ?? 50);

const nouns =
  /^(jobs|job_steps|schedules|components|component_.*|computes|environments|published_.*|pipeline_.*|experiment.*|runs|(latest_)?metrics|params|tags|inputs?_?(tags)?|datasets|logged_.*|webhooks|webhook_events|registered_.*|model_.*|secrets|users)$/;

/** The engines write there meanwhile, for requests that were taken: only how many rows there are counts. */
const living = /^(jobs|job_steps|schedules|runs|tags)$/;

const tablesOf = new WeakMap<TestApp, readonly string[]>();

/** A digest of each table that a request could have written into. */
export async function storedContent(
  server: TestApp,
  { isLiving = false } = {},
): Promise<Readonly<Record<string, string>>> {
  const { kysely } = server.context.workspace.database;
  const names =
    tablesOf.get(server) ?? (await kysely.introspection.getTables()).map(({ name }) => name);
  tablesOf.set(server, names);
  const written = names.filter((name) => nouns.test(name));
  expect(written.length).toBeGreaterThan(5);
  const digests = written.map(async (name) => {
    const { rows } = await sql`select * from ${sql.table(name)}`.execute(kysely);
    if (isLiving && living.test(name)) return [name, String(rows.length)] as const;
    const sorted = rows.map((row) => JSON.stringify(row)).sort();
    return [name, createHash('sha256').update(sorted.join()).digest('hex')] as const;
  });
  return Object.fromEntries(await Promise.all(digests));
}

/** @param sent for the message only */
export function expectRefusal(answer: Answer, sent: string): void {
  expect(answer.status, `${answer.text.slice(0, 500)} for ${sent.slice(0, 2_000)}`).toBeLessThan(
    500,
  );
  const code = expect.stringMatching(/^[A-Z_]+$/);
  const message = expect.any(String);
  const { error, ...rest } = answer.json as { readonly error?: Readonly<Record<string, unknown>> };
  const told = error === undefined ? rest : { error: { code: error.code, message: error.message } };
  expect([{ error: { code, message } }, { error_code: code, message }]).toContainEqual(told);
}
