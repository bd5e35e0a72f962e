// Steps run on the computes that they ask for, each with its own slots and its own queue.
import { openWorkspace, type Workspace } from '@ridgeline/workspace';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JobSubmission } from '../submission/submission.ts';
import { Lab, type OpenEngine } from '../test/lab.ts';
import { pipelineOf } from '../test/pipelines.ts';
import { problemsOf } from '../test/settled.ts';
import { until } from '../test/until.ts';

let lab: Lab;

beforeEach(async () => {
  lab = await Lab.make();
});

afterEach(() => lab.dispose());

const statusOf = async ({ engine }: OpenEngine, jobId: string) =>
  (await engine.get(jobId)).steps[0]?.status;

/** A job of one step that notes its name and waits for the gate. */
const waiting = (name: string, more: object = {}): JobSubmission =>
  pipelineOf({
    only: { command: `${lab.control.write(name)}; ${lab.control.waitAt('go')}`, ...more },
  });

async function submit({ engine }: OpenEngine, submission: JobSubmission): Promise<string> {
  return (await engine.submit(submission)).id;
}

async function finish(open: OpenEngine, ids: readonly string[]): Promise<void> {
  await lab.control.openGates(['go']);
  const jobs = await Promise.all(ids.map((id) => open.engine.waitFor(id)));
  for (const job of jobs) {
    expect(job.status).toBe('Completed');
    expect(await problemsOf(lab, open, job)).toEqual([]);
  }
}

describe('a compute', () => {
  test('has slots of its own, beside those of the local one', async () => {
    const open = await lab.open({ limits: { slots: 1 } });
    await open.workspace.computes.getOrCreate({ name: 'cluster', maxInstances: 1 });
    const on = (name: string, compute: string) => submit(open, waiting(name, { compute }));
    const ids = [await on('local 1', 'azureml:local'), await on('cluster 1', 'azureml:cluster')];
    await lab.control.untilJournal('local 1');
    await lab.control.untilJournal('cluster 1');
    ids.push(await on('cluster 2', 'azureml:Cluster'));
    await until('it is queued', async () => (await statusOf(open, ids[2] ?? '')) === 'Queued');
    expect(await lab.control.journal()).not.toContain('cluster 2');
    const job = await open.engine.get(ids[1] ?? '');
    expect(job.steps[0]?.compute).toBe('cluster');
    await finish(open, ids);
  });

  test('may be named for the whole job, by its definition and by who submits it', async () => {
    const open = await lab.open();
    const { computes } = open.workspace;
    for (const name of ['defined', 'submitted']) await computes.getOrCreate({ name });
    const definition = pipelineOf(
      { only: { command: 'true' } },
      { settings: { default_compute: 'azureml:defined' } },
    );
    const first = await open.engine.submit(definition);
    const second = await open.engine.submit({ ...definition, defaultCompute: 'submitted' });
    expect(first.steps[0]?.compute).toBe('defined');
    expect(second.steps[0]?.compute).toBe('submitted');
    for (const { id } of [first, second]) await open.engine.waitFor(id);
  });

  test('that does not exist is refused, with what to type to have it', async () => {
    const open = await lab.open();
    const submitted = open.engine.submit(waiting('never', { compute: 'azureml:gpu' }));
    await expect(submitted).rejects.toMatchObject({
      code: 'COMPUTE_NOT_FOUND',
      status: 404,
      message: expect.stringContaining('ridgeline compute create --name gpu --max-instances 4'),
    });
    expect(await open.engine.list({ limit: 10 })).toEqual([]);
  });

  test('serves those who wait when it is given more slots', async () => {
    const open = await lab.open();
    await open.workspace.computes.getOrCreate({ name: 'cluster', maxInstances: 0 });
    const id = await submit(open, waiting('served', { compute: 'azureml:cluster' }));
    await until('it is queued', async () => (await statusOf(open, id)) === 'Queued');
    await open.workspace.computes.update('cluster', { maxInstances: 1 });
    await lab.control.untilJournal('served');
    await finish(open, [id]);
  });

  test('that is deleted fails those who wait for it', async () => {
    const open = await lab.open();
    await open.workspace.computes.getOrCreate({ name: 'cluster', maxInstances: 0 });
    const id = await submit(open, waiting('never', { compute: 'azureml:cluster' }));
    await until('it is queued', async () => (await statusOf(open, id)) === 'Queued');
    await open.workspace.computes.delete('cluster');
    const job = await open.engine.waitFor(id);
    expect(job).toMatchObject({ status: 'Failed', error: { code: 'STEP_PREPARATION_FAILED' } });
    expect(job.error?.message).toContain("'cluster', which does not exist");
    expect(await problemsOf(lab, open, job)).toEqual([]);
  });

  test('that is deleted leaves what runs, also to the next server', async () => {
    const withComputes = async (change: (computes: Workspace['computes']) => Promise<unknown>) => {
      const workspace = await openWorkspace({ folder: lab.workspaceFolder });
      await change(workspace.computes);
      await workspace.close();
    };
    await withComputes((computes) => computes.getOrCreate({ name: 'cluster' }));
    const { child, jobId } = await lab.submitElsewhere(
      waiting('runs', { compute: 'azureml:cluster' }),
    );
    await lab.control.untilJournal('runs');
    await lab.kill(child);
    await withComputes((computes) => computes.delete('cluster'));
    const open = await lab.open();
    await finish(open, [jobId]);
    expect((await open.engine.get(jobId)).steps[0]?.attempt).toBe(1);
  });
});

test('a step of high priority goes before those that have waited longer', async () => {
  const open = await lab.open({ limits: { slots: 1 } });
  const ids = [await submit(open, waiting('first'))];
  await lab.control.untilJournal('first');
  for (const priority of ['low', 'medium', 'high']) {
    ids.push(await submit(open, waiting(priority, { queue_settings: { priority } })));
  }
  await until('all are queued', async () => {
    const statuses = await Promise.all(ids.slice(1).map((id) => statusOf(open, id)));
    return statuses.every((status) => status === 'Queued');
  });
  await finish(open, ids);
  expect(await lab.control.journal()).toEqual(['first', 'high', 'medium', 'low']);
});
