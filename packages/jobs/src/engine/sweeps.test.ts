// Sweeps as jobs run them: real trials, whose metrics are logged while they run.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Job, JobStep } from '../job/job.ts';
import { Lab, type OpenEngine } from '../test/lab.ts';
import { logMetric, type MetricDesk, openMetricDesk } from '../test/metric-desk.ts';
import { pipelineOf, type StepDefinition, submissionOf } from '../test/pipelines.ts';
import { problemsOf } from '../test/settled.ts';
import { until } from '../test/until.ts';

let lab: Lab;
let open: OpenEngine;
let desk: MetricDesk;

beforeEach(async () => {
  lab = await Lab.make();
  desk = await openMetricDesk(() => open.workspace);
});

afterEach(async () => {
  await lab.dispose();
  await desk.close();
});

async function openLab(slots = 8): Promise<void> {
  open = await lab.open({ url: desk.url, limits: { slots, sweepPollMs: 20, killGraceMs: 500 } });
}

const xs = (...values: readonly number[]) => ({ x: { type: 'choice', values } });
const loss = logMetric('loss', '${{search_space.x}}');

function sweepOf(command: string, more: Readonly<Record<string, unknown>> = {}): StepDefinition {
  return {
    type: 'sweep',
    sampling_algorithm: 'grid',
    trial: { command },
    search_space: xs(3, 1, 2),
    objective: { goal: 'minimize', primary_metric: 'loss' },
    limits: { max_total_trials: 10, max_concurrent_trials: 3 },
    outputs: { model: { type: 'uri_folder' } },
    ...more,
  } as unknown as StepDefinition;
}

const write = 'echo ${{search_space.x}} > ${{outputs.model}}/x';
const reader = {
  command: 'cat ${{inputs.model}}/x',
  inputs: { model: '${{parent.jobs.tune.outputs.model}}' },
};

async function run(...submission: Parameters<typeof pipelineOf>): Promise<Job> {
  const { id } = await open.engine.submit(pipelineOf(...submission));
  return open.engine.waitFor(id);
}

async function logOf(job: Job, name: string): Promise<string> {
  return (await open.engine.readLog(job.id, name, 0)).bytes.toString();
}

const step = (job: Job, name: string): JobStep | undefined =>
  job.steps.find((each) => each.name === name);
const statusesOf = (job: Job) => Object.fromEntries(job.steps.map((s) => [s.name, s.status]));

async function tagsOf(job: Job, name: string): Promise<Readonly<Record<string, string>>> {
  const { data } = await open.workspace.runs.get(step(job, name)?.runId ?? '');
  return Object.fromEntries(data.tags.map(({ key, value }) => [key, value]));
}

describe('a sweep', () => {
  test('runs its trials, and its outputs are those of the best one', async () => {
    await openLab();
    const job = await run({ tune: sweepOf(`${write} && ${loss}`), read: reader });
    expect(job.error).toBeNull();
    expect(statusesOf(job)).toEqual({
      tune: 'Completed',
      read: 'Completed',
      'tune.0': 'Completed',
      'tune.1': 'Completed',
      'tune.2': 'Completed',
    });
    expect(step(job, 'tune')?.decision).toBe('the best of 3 trials is tune.1 with loss = 1 (x 1)');
    expect(step(job, 'tune.1')).toMatchObject({ parent: 'tune', type: 'command' });
    const best = step(job, 'tune.1')?.runId;
    expect(await tagsOf(job, 'tune')).toMatchObject({
      'mlflow.parentRunId': job.id,
      'ridgeline.best_trial': 'tune.1',
      'ridgeline.best_run_id': best,
      'ridgeline.best_parameters': '{"x":1}',
    });
    expect(await tagsOf(job, 'tune.1')).toMatchObject({
      'mlflow.parentRunId': step(job, 'tune')?.runId,
      hyperparameters: '{"x":1}',
    });
    const { data } = await open.workspace.runs.get(step(job, 'tune')?.runId ?? '');
    expect(data.metrics).toMatchObject([{ key: 'loss', value: 1 }]);
    expect(await logOf(job, 'read')).toBe('1\n');
    expect(await problemsOf(lab, open, job)).toEqual([]);
  });

  test('runs no more trials at once than are allowed, and no more in all', async () => {
    await openLab();
    const command = `${lab.control.write('begin')}; ${loss}; ${lab.control.write('end')}`;
    const limits = { max_total_trials: 4, max_concurrent_trials: 1 };
    const job = await run({
      tune: sweepOf(command, { limits, search_space: xs(1, 2, 3, 4, 5), outputs: {} }),
    });
    expect(job.steps).toHaveLength(5);
    expect(await lab.control.journal()).toEqual([
      'begin',
      'end',
      'begin',
      'end',
      'begin',
      'end',
      'begin',
      'end',
    ]);
  });

  test('is a job of its own, too', async () => {
    await openLab();
    const { id } = await open.engine.submit(submissionOf(sweepOf(`${write} && ${loss}`)));
    const job = await open.engine.waitFor(id);
    expect(job).toMatchObject({ type: 'sweep', status: 'Completed', error: null });
    expect(step(job, 'sweep.1')).toMatchObject({ parent: 'sweep', status: 'Completed' });
  });

  test('of Bayesian sampling learns from its trials', async () => {
    await openLab(1);
    const search_space = { x: { type: 'uniform', min_value: 0, max_value: 1 } };
    const limits = { max_total_trials: 6, max_concurrent_trials: 6 };
    const more = { search_space, limits, sampling_algorithm: 'bayesian', outputs: {} };
    const job = await run({ tune: sweepOf(loss, more) });
    expect(job.error).toBeNull();
    expect(job.steps).toHaveLength(7);
  });

  test('gets over a trial that fails', async () => {
    await openLab();
    const job = await run({
      tune: sweepOf(`${write} && test \${{search_space.x}} != 1 && ${loss}`),
      read: reader,
    });
    expect(job.status).toBe('Completed');
    expect(statusesOf(job)).toMatchObject({ 'tune.1': 'Failed', tune: 'Completed' });
    expect(await logOf(job, 'read')).toBe('2\n');
  });

  test('fails where all of its trials do, with the reason of the first', async () => {
    await openLab();
    const job = await run({ tune: sweepOf('echo no luck; exit 4'), read: reader });
    expect(job.status).toBe('Failed');
    expect(job.error).toMatchObject({
      code: 'STEP_FAILED',
      message: expect.stringMatching(
        /no trial of sweep 'tune' has completed \(3 were made\).*code 4.*no luck/s,
      ),
    });
    expect(statusesOf(job)).toMatchObject({ read: 'Canceled' });
    expect(await problemsOf(lab, open, job)).toEqual([]);
  });

  test('fails where no trial logs its metric, and says so', async () => {
    await openLab();
    const job = await run({ tune: sweepOf('true') });
    expect(job.error).toMatchObject({
      code: 'SWEEP_METRIC_MISSING',
      message: expect.stringContaining("has logged its primary metric 'loss'"),
    });
  });

  test('stops trials that its policy finds not worth going on with', async () => {
    await openLab();
    const command = [
      logMetric('loss', '${{search_space.x}} ${{search_space.x}}'),
      `if test \${{search_space.x}} = 3; then ${lab.control.waitAt('never')}; fi`,
    ].join('\n');
    const early_termination = { type: 'bandit', slack_factor: 0.5, evaluation_interval: 2 };
    const job = await run({ tune: sweepOf(command, { early_termination, outputs: {} }) });
    expect(statusesOf(job)).toMatchObject({
      tune: 'Completed',
      'tune.0': 'Canceled',
      'tune.1': 'Completed',
    });
    expect(step(job, 'tune.0')?.decision).toBe("stopped early by the policy 'bandit'");
    expect(await problemsOf(lab, open, job)).toEqual([]);
  });

  test('fails with all of its trials when its time is over', async () => {
    await openLab();
    const limits = { max_total_trials: 3, max_concurrent_trials: 2, timeout: 1 };
    const job = await run({ tune: sweepOf(lab.control.waitAt('never'), { limits }) });
    expect(job.error).toMatchObject({
      code: 'STEP_TIMEOUT',
      message: "sweep 'tune' ran longer than its limit of 1 seconds (limits.timeout)",
    });
    expect(await problemsOf(lab, open, job)).toEqual([]);
  });

  test('is cancelled with its job, and its trials with it', async () => {
    await openLab(2);
    const { id } = await open.engine.submit(
      pipelineOf({
        tune: sweepOf(`${lab.control.write('begin')}; ${lab.control.waitAt('never')}`),
        read: reader,
      }),
    );
    await until('two trials run', async () => (await lab.control.journal()).length === 2);
    await open.engine.cancel(id, 'enough');
    const job = await open.engine.waitFor(id);
    expect(new Set(Object.values(statusesOf(job)))).toEqual(new Set(['Canceled']));
    expect(job.status).toBe('Canceled');
    expect(await problemsOf(lab, open, job)).toEqual([]);
  });

  test('is stopped by another step that fails', async () => {
    await openLab();
    const job = await run({
      tune: sweepOf(
        `${lab.control.write('begin')}; ${lab.control.open('go')}; ${lab.control.waitAt('never')}`,
      ),
      other: { command: `${lab.control.waitAt('go')}; exit 1` },
    });
    expect(job.status).toBe('Failed');
    expect(statusesOf(job)).toMatchObject({
      tune: 'Canceled',
      'tune.0': 'Canceled',
      other: 'Failed',
    });
    expect(await problemsOf(lab, open, job)).toEqual([]);
  });
});

describe('a server that ends in the midst of a sweep', () => {
  test('goes on at its next start, with the trials and parameters that were written down', async () => {
    await openLab(2);
    const command = `${lab.control.write('began')}; ${write} && ${loss}; ${lab.control.waitAt('go')}`;
    const search_space = { x: { type: 'uniform', min_value: 0, max_value: 1 } };
    const limits = { max_total_trials: 4, max_concurrent_trials: 2 };
    const tune = sweepOf(command, { search_space, limits, sampling_algorithm: 'random' });
    const { id } = await open.engine.submit(pipelineOf({ tune, read: reader }));
    await until('two trials run', async () => (await lab.control.journal()).length === 2);
    const parametersOf = async (name: string) =>
      (await tagsOf(await open.engine.get(id), name)).hyperparameters;
    const before = await parametersOf('tune.1');
    await lab.close();
    await lab.control.openGates(['go']);
    await openLab(2);
    const job = await open.engine.waitFor(id);
    expect(job.status).toBe('Completed');
    expect(job.steps.filter(({ parent }) => parent === 'tune')).toHaveLength(4);
    expect(await parametersOf('tune.1')).toBe(before);
    expect(await problemsOf(lab, open, job)).toEqual([]);
  });

  test('and does not read its definition any more stops what runs of it', async () => {
    const command = `${lab.control.write('begin')}; ${lab.control.waitAt('never')}`;
    const { child, jobId } = await lab.submitElsewhere(pipelineOf({ tune: sweepOf(command) }));
    await until('trials run', async () => (await lab.control.journal()).length === 3);
    await lab.kill(child);
    await lab.rewriteSubmission(jobId, (json) => json.replace('tune', 'tuna'));
    await openLab();
    const job = await open.engine.waitFor(jobId);
    expect(job).toMatchObject({ status: 'Failed', error: { code: 'JOB_CANNOT_RUN' } });
    expect(await problemsOf(lab, open, job)).toEqual([]);
  });

  test('or is killed between any two things that it does, comes to the same end', {
    timeout: 120_000,
  }, async () => {
    lab.addressElsewhere = 'desk';
    const submission = pipelineOf({
      tune: sweepOf(`${write} && ${loss}`, {
        search_space: xs(2, 1),
        limits: { max_total_trials: 2, max_concurrent_trials: 1 },
      }),
      read: reader,
    });
    // Each server gets a little further than the one before.
    let servers = 0;
    for (let point = 40; await lab.runElsewhere(servers === 0 ? submission : null, point); ) {
      servers += 1;
      point = 4 * servers;
    }
    expect(servers).toBeGreaterThan(5);
    await openLab();
    const [job] = await open.engine.list({ limit: 10 });
    expect(job?.status).toBe('Completed');
    if (job === undefined) return;
    expect(statusesOf(job)).toMatchObject({ 'tune.0': 'Completed', 'tune.1': 'Completed' });
    expect(job.steps).toHaveLength(4);
    expect(await logOf(job, 'read')).toBe('1\n');
    expect(await problemsOf(lab, open, job)).toEqual([]);
  });
});
