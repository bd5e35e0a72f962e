import { expect, test } from 'vitest';
import { describeJob } from './describe-job.ts';
import type { JobRow, StoredJob } from './job-store.ts';

const row: JobRow = {
  job_id: 'j',
  sequence: 1,
  type: 'pipeline',
  display_name: 'training',
  description: '',
  experiment_id: '1',
  experiment_name: 'diabetes',
  status: 'Completed',
  submission: '',
  resolved_inputs: '',
  inputs: '{"alpha":"0.5"}',
  tags: '{"team":"one"}',
  properties: '{"owner":"two"}',
  submitted_by: 'ann',
  source: 'api',
  pipeline_name: 'training',
  error_code: null,
  error_message: null,
  cancel_requested: 0,
  cancel_reason: null,
  cancel_spared_run_id: null,
  created_at: 0,
  started_at: 1_000,
  ended_at: null,
};

const stored = (change: Partial<JobRow>): StoredJob => ({ job: { ...row, ...change }, steps: [] });
const registered = '{"outcome":"registered"}';
const failure = { status: 'Failed', error_code: 'STEP_FAILED', error_message: 'no' } as const;

test('times are UTC ISO strings, null while they have not come', () => {
  expect(describeJob(stored({}), undefined)).toMatchObject({
    createdAt: '1970-01-01T00:00:00.000Z',
    startedAt: '1970-01-01T00:00:01.000Z',
    endedAt: null,
    inputs: { alpha: '0.5' },
    tags: { team: 'one' },
    properties: { owner: 'two' },
    submittedBy: 'ann',
    source: 'api',
  });
});

test('the verdict is what the steps have left on the root run', () => {
  expect(describeJob(stored({}), registered).verdict?.outcome).toBe('registered');
  expect(describeJob(stored({ status: 'Running' }), registered).verdict?.outcome).toBe(
    'registered',
  );
  expect(describeJob(stored({}), undefined).verdict).toBeNull();
  expect(describeJob(stored({}), 'nonsense').verdict).toBeNull();
});

test('a job that failed has failed, whatever its steps had concluded before', () => {
  const { verdict, error } = describeJob(stored(failure), registered);
  expect(verdict).toMatchObject({ outcome: 'failed', reason: 'no' });
  expect(error).toEqual({ code: 'STEP_FAILED', message: 'no' });
});
