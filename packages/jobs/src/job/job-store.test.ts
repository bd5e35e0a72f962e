import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openWorkspace, type Workspace } from '@ridgeline/workspace';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { JobStore, type NewJob } from './job-store.ts';
import { newStepRow } from './new-step-row.ts';

let folder: string;
let workspace: Workspace;
let store: JobStore;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'job-store-'));
  workspace = await openWorkspace({ folder });
  store = await JobStore.open(workspace.database);
});

afterEach(async () => {
  await workspace.close();
  await rm(folder, { recursive: true, force: true });
});

const step = (jobId: string, name: string, position: number, parent: string | null = null) =>
  newStepRow(
    jobId,
    {
      name,
      displayName: null,
      type: 'command',
      parent,
      compute: 'local',
      priority: 'medium',
      spec: parent === null ? null : '{}',
    },
    position,
  );

const job = (jobId: string, names: readonly string[] = ['a']): NewJob => ({
  job: {
    job_id: jobId,
    type: 'pipeline',
    display_name: jobId,
    description: '',
    experiment_id: '0',
    experiment_name: 'Default',
    status: 'Running',
    submission: '{}',
    resolved_inputs: '{}',
    inputs: '{}',
    tags: '{}',
    properties: '{}',
    submitted_by: '',
    source: 'api',
    pipeline_name: 'p',
    error_code: null,
    error_message: null,
    cancel_requested: 0,
    cancel_reason: null,
    cancel_spared_run_id: null,
    created_at: 0,
    started_at: 0,
    ended_at: null,
  },
  steps: names.map((name, position) => step(jobId, name, position)),
});

test('steps that are made while a job runs stand after its own, and are made once', async () => {
  await store.insert(job('j', ['loop', 'after']));
  await store.insertSteps([step('j', 'loop.0.train', 2, 'loop')]);
  await store.updateStep('j', 'loop.0.train', { status: 'Completed', run_id: 'r' });
  await store.insertSteps([
    step('j', 'loop.0.train', 2, 'loop'),
    step('j', 'loop.1.train', 3, 'loop'),
  ]);
  const stored = await store.find('j');
  expect(stored?.steps.map(({ step_name, status }) => [step_name, status])).toEqual([
    ['loop', 'NotStarted'],
    ['after', 'NotStarted'],
    ['loop.0.train', 'Completed'],
    ['loop.1.train', 'NotStarted'],
  ]);
});

test('a list has the newest first, each with its own steps, and can be narrowed', async () => {
  for (const id of ['1', '2', '3']) await store.insert(job(id, [`a${id}`, `b${id}`]));
  await store.updateJob('2', { status: 'Failed' });
  const listed = await store.list({ limit: 2 });
  expect(listed.map(({ job: { job_id } }) => job_id)).toEqual(['3', '2']);
  expect(listed[0]?.steps.map(({ step_name }) => step_name)).toEqual(['a3', 'b3']);
  expect(await store.list({ limit: 9, status: 'Failed' })).toHaveLength(1);
  expect(await store.list({ limit: 9, source: 'cli' })).toEqual([]);
});

test('more unfinished jobs are found than a statement takes parameters', async () => {
  const ids = Array.from({ length: 1_100 }, (_, n) => String(n));
  await Promise.all(ids.map((id) => store.insert(job(id))));
  const unfinished = await store.listUnfinished();
  expect(unfinished.map(({ job: { job_id } }) => job_id)).toEqual(ids);
  expect(unfinished.every(({ steps }) => steps.length === 1)).toBe(true);
});

test('a job that has ended takes no cancel', async () => {
  await store.insert(job('j'));
  expect(await store.noteCancel('j', 'enough', null)).toBe(true);
  await store.updateJob('j', { status: 'Canceled' });
  expect(await store.noteCancel('j', 'again', null)).toBe(false);
  expect((await store.find('j'))?.job.cancel_reason).toBe('enough');
});
