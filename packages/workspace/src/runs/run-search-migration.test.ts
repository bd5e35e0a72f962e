import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { Database } from '../database/database.ts';
import { workspaceMigrations } from '../database/migrations.ts';
import type { WorkspaceTables } from '../database/tables.ts';
import { emptyDatabasePlace } from '../database/temporary-database.fixture.ts';
import { runSearchMigration } from './run-search-migration.ts';
import { Runs } from './runs.ts';

test('what was logged before is found by the indexes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ridgeline-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const database = await Database.open<WorkspaceTables>(emptyDatabasePlace(folder));
  onTestFinished(() => database.close());
  const before = workspaceMigrations.slice(0, workspaceMigrations.indexOf(runSearchMigration));
  await database.migrate('workspace', before);
  await database.write(async (writer) => {
    await sql`insert into runs values ('a', 'old', '', '', '', '', 'FINISHED', 1, null, null, '',
      'active', '', 0)`.execute(writer);
    await sql`insert into latest_metrics values ('a', 'loss', 0.5, 1, 1, false)`.execute(writer);
    for (const table of ['params', 'tags']) {
      await sql`insert into ${sql.table(table)} values ('a', 'k', 'v')`.execute(writer);
    }
  });
  await database.migrate('workspace', workspaceMigrations);
  const runs = new Runs({ database });
  const filter = "metrics.loss < 1 and params.k = 'v' and tags.k = 'v'";
  for (const orderBy of [[], ['metrics.loss'], ['params.k'], ['tags.k']]) {
    const { items } = await runs.search({ experimentIds: ['0'], filter, orderBy });
    expect(items.map(({ info }) => info.run_name)).toEqual(['old']);
    const unfiltered = await runs.search({ experimentIds: ['0'], orderBy });
    expect(unfiltered.items).toHaveLength(1);
  }
});
