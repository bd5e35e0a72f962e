// A workspace with one registered model, `weights`, that has what endpoints need.

import { join } from 'node:path';
import { LinearRegression, matrixFromRows } from '@ridgeline/learn';
import { saveModel } from '@ridgeline/learn/model-folder';
import { openWorkspace, type Workspace } from '@ridgeline/workspace';
import { tarOf } from './tar.fixture.ts';

export class TestWorkspace {
  readonly workspace: Workspace;

  private constructor(workspace: Workspace) {
    this.workspace = workspace;
  }

  /** Opens the workspace of `folder`; the first time, `weights` gets version 1. */
  static async open(folder: string): Promise<TestWorkspace> {
    const opened = new TestWorkspace(await openWorkspace({ folder }));
    const { models } = opened.workspace;
    const { items } = await models.searchRegisteredModels({});
    if (items.length > 0) return opened;
    await models.createRegisteredModel({ name: 'weights' });
    await opened.addModelVersion();
    return opened;
  }

  /** Registers a model of AGE and BMI that predicts 1 + 2 AGE + 3 BMI. */
  async addModelVersion(): Promise<void> {
    const { experiments, runs, artifacts, models, folder } = this.workspace;
    const experiment = await experiments.getOrCreate('training');
    const { info } = await runs.create({ experimentId: experiment.experiment_id });
    const x = [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ];
    const model = new LinearRegression().fit(matrixFromRows(x), new Float64Array([1, 3, 4, 6]));
    const saved = join(folder, 'saved-model');
    await saveModel(saved, { model, columnNames: ['AGE', 'BMI'], targetName: 'Y' });
    await artifacts.adoptFolder(info.run_id, 'model', saved);
    const source = `runs:/${info.run_id}/model`;
    await models.createVersion({ name: 'weights', source, runId: info.run_id });
  }

  /** The id of the stored code; `files`: content by path. */
  async storeCode(files: Readonly<Record<string, string>>): Promise<string> {
    const { id } = await this.workspace.code.store(tarOf(files));
    return id;
  }

  async close(): Promise<void> {
    await this.workspace.close();
  }
}
