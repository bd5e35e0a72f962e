// A model version to deploy: y = 2a + 3b + 1, in the workspace of a test.
import path from 'node:path';
import { LinearRegression, matrixFromRows } from '@ridgeline/learn';
import { saveModel } from '@ridgeline/learn/model-folder';
import type { ServerContext } from '../src/server-context.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** @returns `name:version` */
export async function registerModel(
  { context }: { readonly context: Pick<ServerContext, 'workspace'> },
  name: string,
): Promise<string> {
  const { artifacts, models, runs } = context.workspace;
  const { info } = await runs.create({ experimentId: '0' });
  const folder = path.join(await temporaryFolder(), 'model');
  const x = matrixFromRows([
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
  ]);
  const model = new LinearRegression().fit(x, Float64Array.of(1, 3, 4, 6));
  await saveModel(folder, { model, columnNames: ['a', 'b'], targetName: 'y' });
  await artifacts.adoptFolder(info.run_id, 'model', folder);
  await models.createRegisteredModel({ name });
  const { version } = await models.createVersion({ name, source: `runs:/${info.run_id}/model` });
  return `${name}:${version}`;
}
