import fc from 'fast-check';
import type { Insertable } from 'kysely';
import { expect, test } from 'vitest';
import type { RunsTable } from '../runs/run-tables.ts';
import { rowInsert } from './row-insert.ts';
import type { WorkspaceTables } from './tables.ts';
import { useTemporaryDatabase } from './temporary-database.fixture.ts';

const temporary = useTemporaryDatabase();

interface Row {
  readonly run_uuid: string;
  readonly key: string;
  readonly value: string;
  readonly experiment_id: number;
}

const insertTags = rowInsert<WorkspaceTables, 'tags', Row>(
  'tags',
  { run_uuid: 'text', key: 'text', value: 'text', experiment_id: 'bigint' },
  (insert) => insert.onConflict((conflict) => conflict.doNothing()),
);

test('every row is written as it is, whatever the number of rows and the order of their fields', async () => {
  const { database } = temporary;
  const run = { run_uuid: 'a', experiment_id: 0 };
  await database.write((writer) =>
    writer
      .insertInto('runs')
      .values({ ...run, ...newRun })
      .execute(),
  );
  const pairs = fc.uniqueArray(fc.tuple(fc.stringMatching(/^[a-z]{1,5}$/), fc.string()), {
    selector: ([key]) => key,
    maxLength: 130,
  });
  const property = fc.asyncProperty(pairs, async (each) => {
    await database.write(async (writer) => {
      await writer.deleteFrom('tags').execute();
      // Postgres takes no NUL.
      const rows = each.map(([key, text]) => ({ value: text.replaceAll('\0', ''), key, ...run }));
      await insertTags(writer, rows);
      const stored = await writer.selectFrom('tags').selectAll().execute();
      expect(new Set(stored)).toEqual(new Set(rows));
    });
  });
  await fc.assert(property, { numRuns: 40 });
});

const newRun: Omit<Insertable<RunsTable>, 'run_uuid' | 'experiment_id'> = {
  ...{ name: '', source_type: '', source_name: '', entry_point_name: '', user_id: '' },
  ...{ start_time: 0, end_time: null, deleted_time: null, source_version: '', artifact_uri: '' },
  status: 'RUNNING',
  lifecycle_stage: 'active',
};
