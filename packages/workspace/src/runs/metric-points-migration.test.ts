import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql, type Transaction } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { Database } from '../database/database.ts';
import { workspaceMigrations } from '../database/migrations.ts';
import type { WorkspaceTables } from '../database/tables.ts';
import { emptyDatabasePlace } from '../database/temporary-database.fixture.ts';
import { metricPointsMigration } from './metric-points-migration.ts';
import { Runs } from './runs.ts';

type Writer = Transaction<WorkspaceTables>;

/** As it was before, with what `fill` puts there. */
async function migrated(fill: (writer: Writer) => Promise<void>): Promise<Runs> {
  const folder = mkdtempSync(join(tmpdir(), 'ridgeline-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const database = await Database.open<WorkspaceTables>(emptyDatabasePlace(folder));
  onTestFinished(() => database.close());
  const at = workspaceMigrations.indexOf(metricPointsMigration);
  await database.migrate('workspace', workspaceMigrations.slice(0, at));
  await database.write(async (writer) => {
    for (const id of ['a', 'b']) await addRun(writer, id);
    await fill(writer);
  });
  await database.migrate('workspace', workspaceMigrations);
  return new Runs({ database });
}

async function addRun(writer: Writer, id: string): Promise<void> {
  await sql`insert into runs values (${id}, ${id}, '', '', '', '', 'RUNNING', 1, null, null, '',
    'active', '', 0)`.execute(writer);
}

async function addPoint(
  writer: Writer,
  point: readonly [run: string, key: string, step: number, isNan?: boolean],
): Promise<void> {
  const [run, key, step, isNan = false] = point;
  const row = sql`${run}, ${key}, ${isNan ? 0 : step / 7}, ${100 - step}, ${step}, ${isNan}`;
  await sql`insert into metrics values (${row})`.execute(writer);
}

async function addLatest(writer: Writer, run: string, key: string, step: number): Promise<void> {
  const row = sql`${run}, ${key}, ${step / 7}, ${100 - step}, ${step}, ${false}, 0`;
  await sql`insert into latest_metrics values (${row})`.execute(writer);
}

test('points of before keep their runs, their names and their order, and others come to them', async () => {
  const runs = await migrated(async (writer) => {
    for (const run of ['a', 'b']) {
      for (const key of ['loss', 'rmse']) {
        for (const step of [3, 1, 2]) await addPoint(writer, [run, key, step]);
        await addLatest(writer, run, key, 3);
      }
    }
    await addPoint(writer, ['b', 'loss', 1, true]);
  });
  const steps = async (run: string, key: string) =>
    (await runs.metricHistory(run, key)).items.map(({ step, value }) => [step, value]);
  const [one, two, three] = [1, 2, 3].map((step) => [step, step / 7]);
  expect(await steps('a', 'loss')).toEqual([three, two, one]);
  expect(await steps('b', 'loss')).toEqual([three, two, [1, Number.NaN], one]);
  await runs.logBatch('a', {
    metrics: [
      { key: 'rmse', value: 2 / 7, step: 2, timestamp: 98 },
      { key: 'rmse', value: 4, step: 4, timestamp: 200 },
      { key: 'new', value: 5, step: 5, timestamp: 1 },
    ],
  });
  expect(await steps('a', 'rmse')).toEqual([three, two, one, [4, 4]]);
  expect(await steps('a', 'new')).toEqual([[5, 5]]);
  expect(await steps('b', 'rmse')).toEqual([three, two, one]);
  const { metrics } = (await runs.get('a')).data;
  expect(metrics.map(({ key, value }) => [key, value])).toEqual([
    ['loss', 3 / 7],
    ['new', 5],
    ['rmse', 4],
  ]);
});

test('points of a run that was half removed are gone', async () => {
  const runs = await migrated(async (writer) => {
    await addPoint(writer, ['a', 'loss', 1]);
    await sql`update runs set lifecycle_stage = 'removing' where run_uuid = 'a'`.execute(writer);
  });
  await expect(runs.get('a')).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
  await runs.logMetric('b', { key: 'loss', value: 1 });
  expect((await runs.metricHistory('b', 'loss')).items).toHaveLength(1);
});
