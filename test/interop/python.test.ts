// The training pipeline with its training in Python: a virtual environment made by pip from the
// registry that pip is configured for, scikit-learn, and MLflow's own client against the server.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { downloadOf, hasProgram, titleOf } from './programs.ts';
import { InteropWorkspace } from './workspace.ts';

const isThere =
  hasProgram('python3', '-c', 'import venv, ensurepip') && hasProgram(...downloadOf('six'));
const needed = 'python3 with venv, and a package registry that pip reaches';

describe.skipIf(!isThere)(titleOf('training in Python', isThere, needed), () => {
  let workspace: InteropWorkspace;
  beforeAll(async () => {
    workspace = await InteropWorkspace.open();
  });
  afterAll(() => workspace?.close());

  const pipeline = ['job', 'create', '-f', 'pipelines/training-pipeline-python.yml', '--wait'];

  test('trains, evaluates and registers, as training in TypeScript does', async () => {
    await workspace.call('data', 'create', '-f', 'data/diabetes.yml');
    const environment = await workspace.call(
      ...['environment', 'create', '-f', 'training/python/environment.yml'],
    );
    expect(environment.json).toMatchObject({ kind: 'python', python: '>=3.10' });

    const { json: job, stderr } = await workspace.call(...pipeline);
    expect(job, stderr).toMatchObject({
      status: 'Completed',
      verdict: { outcome: 'registered', metric: 'mse', newValue: expect.closeTo(3298.9, 0) },
    });
    const log = await workspace.log(job.id, 'train');
    expect(log).toContain('Making environment');
    expect(log).toContain('Training on 353 rows, testing on 89');

    const { json: versions } = await workspace.call('model', 'list', 'diabetes_regression_model');
    expect(versions).toMatchObject([{ version: '1' }]);
  });

  test('finds its environment again, and is not registered where it is not better', async () => {
    const { json: job } = await workspace.call(...pipeline, '--set', 'model_name=another_name');
    expect(job).toMatchObject({ status: 'Completed', verdict: { outcome: 'registered' } });
    expect(await workspace.log(job.id, 'train')).toContain('Reusing environment');
    const { json: again } = await workspace.call(...pipeline);
    expect(again).toMatchObject({ status: 'Canceled', verdict: { outcome: 'not_better' } });
  });

  test('says what pip has said where a package does not exist', async () => {
    const name = ['--name', 'broken', '--packages', '../../test/interop/no-such-package.txt'];
    await workspace.call('environment', 'create', ...name);
    const { json: job } = await workspace.call(
      ...['job', 'create', '-f', '../../test/interop/broken-environment.yml', '--wait'],
    );
    expect(job.status).toBe('Failed');
    expect(job.error.message).toContain('No matching distribution found');
  });
});
