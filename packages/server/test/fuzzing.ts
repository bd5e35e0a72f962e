// What holds of every answer to a body that was spoiled: a mistake is told with a code, and leaves
// nothing behind.
import { sql } from 'kysely';
import { expect } from 'vitest';
import type { Answer, TestApp } from './test-app.ts';

/** How many bodies a route gets; for a long hunt, FUZZ_RUNS=5000. */
export const fuzzRuns = Number(process.env.FUZZ_RUNS ?? 50);

const nouns =
  /^(jobs|job_steps|schedules|components|component_.*|computes|environments|published_.*|pipeline_.*|experiment.*|runs|(latest_)?metrics|params|tags|inputs?_?(tags)?|datasets|logged_.*|webhooks|webhook_events|registered_.*|model_.*|secrets|users)$/;

const tablesOf = new WeakMap<TestApp, readonly string[]>();

/** How many rows the tables have that a request could have written into. */
export async function rowCounts(server: TestApp): Promise<Readonly<Record<string, number>>> {
  const { kysely } = server.context.workspace.database;
  const names =
    tablesOf.get(server) ?? (await kysely.introspection.getTables()).map(({ name }) => name);
  tablesOf.set(server, names);
  const counted = names.filter((name) => nouns.test(name));
  expect(counted.length).toBeGreaterThan(5);
  const counts = counted.map(
    (name) => sql`select ${sql.lit(name)} as name, count(*) as n from ${sql.table(name)}`,
  );
  const { rows } = await sql<{
    name: string;
    n: number;
  }>`${sql.join(counts, sql` union all `)}`.execute(kysely);
  return Object.fromEntries(rows.map(({ name, n }) => [name, Number(n)]));
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
