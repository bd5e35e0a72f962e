// A step that fails is tried again as often, and as late, as its definition says.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Job } from '../job/job.ts';
import type { JobSubmission } from '../submission/submission.ts';
import { Lab, type OpenEngine } from '../test/lab.ts';
import { pipelineOf, type StepDefinition } from '../test/pipelines.ts';
import { problemsOf, runsOf } from '../test/settled.ts';
import { until } from '../test/until.ts';

let lab: Lab;

beforeEach(async () => {
  lab = await Lab.make();
});

afterEach(() => lab.dispose());

const retrying = (
  command: string,
  maxRetries: number,
  backoffSeconds = 0,
  more: object = {},
): StepDefinition => ({
  command,
  properties: {
    'ridgeline.max_retries': String(maxRetries),
    'ridgeline.retry_backoff_seconds': String(backoffSeconds),
  },
  ...more,
});

async function run(open: OpenEngine, submission: JobSubmission): Promise<Job> {
  const { id } = await open.engine.submit(submission);
  const job = await open.engine.waitFor(id);
  expect(await problemsOf(lab, open, job)).toEqual([]);
  return job;
}

describe('a step that fails', () => {
  test('is tried again until it completes, each time with a run of its own', async () => {
    const open = await lab.open();
    const command = 'echo $RIDGELINE_ATTEMPT; test $RIDGELINE_ATTEMPT = 3';
    const job = await run(open, pipelineOf({ flaky: retrying(command, 5) }));
    expect(job).toMatchObject({
      status: 'Completed',
      error: null,
      steps: [
        { status: 'Completed', attempt: 3, retries: 2, retryAt: null, error: null, exitCode: 0 },
      ],
    });
    const runs = await runsOf(open.workspace, job);
    const ofSteps = runs.filter(({ info }) => info.run_id !== job.id);
    expect(ofSteps.map(({ info }) => info.status).sort()).toEqual(['FAILED', 'FAILED', 'FINISHED']);
  });

  test('has failed when no retry is left', async () => {
    const job = await run(await lab.open(), pipelineOf({ broken: retrying('exit 9', 2) }));
    expect(job.steps).toMatchObject([{ status: 'Failed', attempt: 3, retries: 2, exitCode: 9 }]);
    expect(job.error?.code).toBe('STEP_FAILED');
  });

  test('with exit code 202 is never tried again', async () => {
    const job = await run(await lab.open(), pipelineOf({ sure: retrying('exit 202', 5) }));
    expect(job.steps).toMatchObject([{ status: 'Failed', attempt: 1, retries: 0, exitCode: 202 }]);
  });

  test('is tried once where its definition says nothing', async () => {
    const job = await run(await lab.open(), pipelineOf({ broken: { command: 'exit 1' } }));
    expect(job.steps).toMatchObject([{ status: 'Failed', attempt: 1, retries: 0 }]);
  });

  test.each([
    ['is killed', 'kill -KILL $$', {}],
    ['is over its time', 'sleep 60', { limits: { timeout: 1 } }],
  ])('as it %s is tried again', async (_name, command, more) => {
    const definition = retrying(`test $RIDGELINE_ATTEMPT = 2 || ${command}`, 1, 0, more);
    const job = await run(await lab.open(), pipelineOf({ flaky: definition }));
    expect(job.steps).toMatchObject([{ status: 'Completed', attempt: 2, retries: 1 }]);
  });

  test('for an output that it has not written is not tried again', async () => {
    const definition = retrying('true', 5, 0, { outputs: { out: { type: 'uri_file' } } });
    const job = await run(await lab.open(), pipelineOf({ forgetful: definition }));
    expect(job.steps).toMatchObject([{ status: 'Failed', attempt: 1, retries: 0 }]);
    expect(job.error?.code).toBe('STEP_OUTPUT_MISSING');
  });
});

describe('a step that waits to be tried again', () => {
  const submission = () => pipelineOf({ flaky: retrying('test $RIDGELINE_ATTEMPT = 2', 1, 600) });

  const untilWaiting = async (open: OpenEngine, jobId: string) => {
    await until('the step waits', async () => {
      const [step] = (await open.engine.get(jobId)).steps;
      return step?.retryAt !== null;
    });
    return (await open.engine.get(jobId)).steps[0];
  };

  test('says when, and what was wrong, and holds no slot', async () => {
    const open = await lab.open({ limits: { slots: 1 } });
    const { id } = await open.engine.submit(submission());
    const step = await untilWaiting(open, id);
    expect(step).toMatchObject({ status: 'Queued', retries: 1, error: { code: 'STEP_FAILED' } });
    expect(Date.parse(step?.retryAt ?? '')).toBeGreaterThan(Date.now() + 500_000);
    expect((await run(open, pipelineOf({ other: { command: 'true' } }))).status).toBe('Completed');
    await open.engine.cancel(id);
    const job = await open.engine.waitFor(id);
    expect(job).toMatchObject({ status: 'Canceled', steps: [{ status: 'Canceled', attempt: 1 }] });
  });

  test('goes on waiting under the next server', async () => {
    const open = await lab.open();
    const { id } = await open.engine.submit(submission());
    const before = await untilWaiting(open, id);
    await lab.close();
    const next = await lab.open();
    expect(await untilWaiting(next, id)).toEqual(before);
    await lab.close();
  });

  test('is tried by the server that is there when its time has come', async () => {
    const { child, jobId } = await lab.submitElsewhere(
      pipelineOf({ flaky: retrying('test $RIDGELINE_ATTEMPT = 2', 1, 1) }),
    );
    await until('it has failed', async () => (await lab.attemptsOf(jobId, 'flaky')) === 0);
    await lab.kill(child);
    const open = await lab.open();
    const job = await open.engine.waitFor(jobId);
    expect(job).toMatchObject({ status: 'Completed', steps: [{ attempt: 2, retries: 1 }] });
  });
});
