import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FolderArtifactStore } from '../artifacts/folder-artifact-store.ts';
import { useTemporaryDatabase } from '../database/temporary-database.fixture.ts';
import { Runs } from '../runs/runs.ts';
import { Models } from './models.ts';

const temporary = useTemporaryDatabase();

test('the folder of a version holds the files that were logged to its run', async () => {
  const { database } = temporary;
  const runs = new Runs({ database });
  const artifacts = await FolderArtifactStore.open({
    folder: join(temporary.folder, 'artifacts'),
    experimentIdOf: (runId) => runs.experimentIdOf(runId),
  });
  const models = new Models({ database, artifacts });
  const { info } = await runs.create({ experimentId: '0' });
  await artifacts.write(info.run_id, 'model/MLmodel', Buffer.from('flavors: {}'));
  await models.createRegisteredModel({ name: 'm' });
  await models.createVersion({ name: 'm', source: `${info.artifact_uri}/model` });
  await models.createVersion({ name: 'm', source: `runs:/${info.run_id}/missing` });
  const folder = await models.versionFolder('m', 1);
  expect(readFileSync(join(folder, 'MLmodel'), 'utf8')).toBe('flavors: {}');
  await expect(models.versionFolder('m', 2)).rejects.toMatchObject({ code: 'ARTIFACT_NOT_FOUND' });
});
