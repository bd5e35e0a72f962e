// How long builds stay whose delivery pipeline was deleted.
import { mkdir } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DeliveryDatabase } from '../database/delivery-database.ts';
import { defaultKeepBuilds } from './definitions/check-definition.ts';
import { BuildLab } from './test/build-lab.ts';

let lab: BuildLab;

beforeEach(async () => {
  lab = await BuildLab.make();
});
afterEach(() => lab.dispose());

test('of deleted pipelines together as many builds stay as of one; the newest', async () => {
  const { engine, workspace } = await lab.open();
  await lab.define('steps: [{ checkout: none }, { bash: echo }]');
  const { id } = await lab.build();
  await engine.pipelines.delete('ci');
  await engine.builds.get(id);
  const database = await DeliveryDatabase.open(workspace.database);
  const row = await database.reader.selectFrom('builds').selectAll().executeTakeFirstOrThrow();
  const later = Array.from({ length: defaultKeepBuilds }, (_, at) => ({
    ...row,
    build_id: 10 + at,
    pipeline_id: 50 + (at % 3),
    secret_prefix: `builds/${at}`,
  }));
  await database.write((tables) => tables.insertInto('builds').values(later).execute());
  await mkdir(`${lab.workspaceFolder}/delivery/builds/10`, { recursive: true });
  await lab.close();
  const again = await lab.open();
  await expect(again.engine.builds.get(id)).rejects.toMatchObject({ code: 'BUILD_NOT_FOUND' });
  expect(await again.engine.builds.list({ limit: 1_000 })).toHaveLength(defaultKeepBuilds);
  const secrets = await again.workspace.database.kysely
    .selectFrom('secrets')
    .select('name')
    .execute();
  expect(secrets.filter(({ name }) => name.startsWith('builds/'))).toEqual([]);
});
