import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Database } from '../database/database.ts';
import { workspaceMigrations } from '../database/migrations.ts';
import { openWorkspaceDatabase } from '../database/open-workspace-database.ts';
import type { WorkspaceTables } from '../database/tables.ts';
import { Datastores } from '../datastores/datastores.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { DataAssets } from './data-assets.ts';
import { dataTypesMigration } from './data-types-migration.ts';

test('assets of a workspace from before get ids, each its own, that stay', async () => {
  const folder = await temporaryFolder();
  const file = join(folder, 'workspace.db');
  const before = await Database.open<WorkspaceTables>(file);
  const earlier = workspaceMigrations.slice(0, workspaceMigrations.indexOf(dataTypesMigration));
  await before.migrate('workspace', earlier);
  const row = (position: number, type: 'uri_file' | 'uri_folder') => ({
    name: 'old',
    version: String(position),
    position,
    type,
    description: '',
    tags: '{}',
    uri: 'azureml://datastores/workspaceblobstore/paths/x',
    size_bytes: 1,
    sha256: 'a'.repeat(64),
    schema: null,
    profile: null,
    row_count: null,
    created_at: 0,
  });
  await before.write((writer) =>
    writer
      .insertInto('data_assets')
      // As the table was then.
      .values([row(1, 'uri_file'), row(2, 'uri_folder')] as never)
      .execute(),
  );
  await before.close();

  const database = await openWorkspaceDatabase(file);
  const datastores = await Datastores.open({ folder: join(folder, 'datastores'), database });
  const data = new DataAssets({ database, datastores });
  const versions = await data.versions('old');
  expect(versions).toMatchObject([
    { version: '2', fileCount: null, mlTable: null },
    { version: '1', fileCount: 1, mlTable: null },
  ]);
  const ids = versions.map(({ id }) => id);
  expect(new Set(ids).size).toBe(2);
  for (const [index, id] of ids.entries()) {
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(await data.getById(id)).toEqual(versions[index]);
  }
  await database.close();
});
