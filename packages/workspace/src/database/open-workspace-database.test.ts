import { beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { Database } from './database.ts';
import { openWorkspaceDatabase } from './open-workspace-database.ts';
import { emptyDatabasePlace } from './temporary-database.fixture.ts';

let folder: string;

beforeEach(async () => {
  folder = await temporaryFolder();
});

describe('openWorkspaceDatabase', () => {
  const mlflowTables = [
    ...['experiments', 'experiment_tags', 'runs', 'latest_metrics', 'params', 'tags'],
    ...['datasets', 'inputs', 'input_tags', 'registered_models', 'registered_model_tags'],
    ...['registered_model_aliases', 'model_versions', 'model_version_tags'],
  ];

  test("makes MLflow's tables and that of points, with the experiment 'Default' as number 0", async () => {
    const database = await openWorkspaceDatabase(emptyDatabasePlace(folder));
    const tables = await database.kysely.introspection.getTables();
    expect(tables.map((table) => table.name)).toEqual(
      expect.arrayContaining([...mlflowTables, 'metric_points']),
    );
    const experiments = await database.kysely.selectFrom('experiments').selectAll().execute();
    expect(experiments).toMatchObject([{ experiment_id: 0, name: 'Default' }]);
    await database.close();
  });

  test('opening again keeps what is there', async () => {
    const place = emptyDatabasePlace(folder);
    await (await openWorkspaceDatabase(place)).close();
    const database = await openWorkspaceDatabase(place);
    expect(await database.kysely.selectFrom('experiments').selectAll().execute()).toHaveLength(1);
    await database.close();
  });

  test('a workspace of a newer Ridgeline is refused and left as it was', async () => {
    const place = emptyDatabasePlace(folder);
    const database = await openWorkspaceDatabase(place);
    const row = { name: '9999_future', timestamp: new Date(0).toISOString() };
    await database.write((transaction) =>
      transaction
        .$extendTables<{ workspace_migrations: { name: string; timestamp: string } }>()
        .insertInto('workspace_migrations')
        .values(row)
        .execute(),
    );
    await database.close();
    await expect(openWorkspaceDatabase(place)).rejects.toMatchObject({ code: 'DATABASE_TOO_NEW' });
    const reopened = await Database.open(place);
    expect(await reopened.kysely.introspection.getTables()).not.toEqual([]);
    await reopened.close();
  });
});
