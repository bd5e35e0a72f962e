// Cancelling a job: from outside, and from within one of its own steps.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Job } from '../job/job.ts';
import { verdictTag } from '../job/verdict.ts';
import { Lab, type OpenEngine } from '../test/lab.ts';
import { graphOf, pipelineOf } from '../test/pipelines.ts';
import { problemsOf } from '../test/settled.ts';
import { until } from '../test/until.ts';

let lab: Lab;

beforeEach(async () => {
  lab = await Lab.make();
});

afterEach(() => lab.dispose());

const statusesOf = (job: Job) => job.steps.map(({ name, status }) => `${name} ${status}`);
const runIdOf = (job: Job, step: string) =>
  job.steps.find(({ name }) => name === step)?.runId ?? '';

/** `evaluate` and `other` run side by side; `register` comes after `evaluate`. */
const evaluation = () =>
  graphOf({ evaluate: [], other: [], register: ['evaluate'] }, (step) =>
    [
      lab.control.write(`begin ${step}`),
      lab.control.waitAt(step),
      lab.control.write(`end ${step}`),
    ].join('\n'),
  );

async function bothRun(): Promise<void> {
  await lab.control.untilJournal('begin evaluate');
  await lab.control.untilJournal('begin other');
}

async function submit({ engine }: OpenEngine): Promise<Job> {
  const { id } = await engine.submit(evaluation());
  await bothRun();
  return engine.get(id);
}

describe('a step that cancels its own job', () => {
  test('comes to its own end, while all other steps are stopped', async () => {
    const open = await lab.open({ limits: { selfCancelGraceMs: 60_000 } });
    const started = await submit(open);
    const verdict = { outcome: 'not_better', metric: 'mse', newValue: 2, productionValue: 1 };
    await open.workspace.runs.setTag(started.id, verdictTag, JSON.stringify(verdict));
    await open.engine.cancel(started.id, 'not better', runIdOf(started, 'evaluate'));
    await until('the other step is stopped', async () =>
      statusesOf(await open.engine.get(started.id)).includes('other Canceled'),
    );
    expect((await open.engine.get(started.id)).status).toBe('CancelRequested');
    await lab.control.openGates(['evaluate']);
    const job = await open.engine.waitFor(started.id);
    expect(statusesOf(job)).toEqual(['evaluate Completed', 'other Canceled', 'register Canceled']);
    expect(job).toMatchObject({ status: 'Canceled', cancelReason: 'not better', error: null });
    expect(job.verdict).toMatchObject(verdict);
    expect(await lab.control.journal()).toContain('end evaluate');
    expect(await problemsOf(lab, open, job)).toEqual([]);
  });

  test('is stopped as well when it does not end in time', async () => {
    const open = await lab.open({ limits: { selfCancelGraceMs: 100 } });
    const started = await submit(open);
    await open.engine.cancel(started.id, null, runIdOf(started, 'evaluate'));
    const job = await open.engine.waitFor(started.id);
    expect(statusesOf(job)).toEqual(['evaluate Canceled', 'other Canceled', 'register Canceled']);
    expect(await problemsOf(lab, open, job)).toEqual([]);
  });

  test('comes to its own end although the server is killed meanwhile', async () => {
    const elsewhere = await lab.submitElsewhere(evaluation());
    await bothRun();
    await lab.kill(elsewhere.child);
    await lab.noteCancel(elsewhere.jobId, 'not better', 'evaluate');
    const open = await lab.open({ limits: { selfCancelGraceMs: 60_000 } });
    await until('the other step is stopped', async () =>
      statusesOf(await open.engine.get(elsewhere.jobId)).includes('other Canceled'),
    );
    await lab.control.openGates(['evaluate']);
    const job = await open.engine.waitFor(elsewhere.jobId);
    expect(statusesOf(job)).toEqual(['evaluate Completed', 'other Canceled', 'register Canceled']);
    expect(await problemsOf(lab, open, job)).toEqual([]);
  });
});

test('a step that ends well although it was told to stop has completed', async () => {
  const open = await lab.open();
  const waiting = `out=\${{outputs.out}}; trap 'echo done > "$out/value"; exit 0' TERM
${lab.control.write('begin')}; while :; do sleep 0.05; done`;
  const { id } = await open.engine.submit(
    pipelineOf({ careful: { command: waiting, outputs: { out: { type: 'uri_folder' } } } }),
  );
  await lab.control.untilJournal('begin');
  await open.engine.cancel(id);
  const job = await open.engine.waitFor(id);
  expect(statusesOf(job)).toEqual(['careful Completed']);
  expect(job.status).toBe('Canceled');
  const kept = await open.workspace.artifacts.list(runIdOf(job, 'careful'), 'outputs/out');
  expect(kept.map(({ path }) => path)).toEqual(['outputs/out/value']);
  expect(await problemsOf(lab, open, job)).toEqual([]);
});

test('a step that ignores being told is killed after a grace', async () => {
  const open = await lab.open({ limits: { killGraceMs: 100 } });
  const command = `trap '' TERM; ${lab.control.write('begin')}; while :; do sleep 0.05; done`;
  const { id } = await open.engine.submit(pipelineOf({ deaf: { command } }));
  await lab.control.untilJournal('begin');
  await open.engine.cancel(id);
  const job = await open.engine.waitFor(id);
  expect(statusesOf(job)).toEqual(['deaf Canceled']);
  expect(await problemsOf(lab, open, job)).toEqual([]);
});

test('a job that waits for a slot is cancelled where it stands', async () => {
  const open = await lab.open({ limits: { slots: 1 } });
  const hold = { command: `${lab.control.write('begin')}; ${lab.control.waitAt('end')}` };
  const first = await open.engine.submit(pipelineOf({ hold }));
  await lab.control.untilJournal('begin');
  const { id } = await open.engine.submit(pipelineOf({ waits: { command: 'true' } }));
  await until(
    'it is queued',
    async () => statusesOf(await open.engine.get(id))[0] === 'waits Queued',
  );
  await open.engine.cancel(id);
  const job = await open.engine.waitFor(id);
  expect(job).toMatchObject({ status: 'Canceled', startedAt: null });
  expect(job.steps[0]).toMatchObject({ status: 'Canceled', runId: null, attempt: 0 });
  await lab.control.openGates(['end']);
  expect((await open.engine.waitFor(first.id)).status).toBe('Completed');
  expect(await problemsOf(lab, open, job)).toEqual([]);
});

test('the first cancel counts, and a job that has ended cannot be cancelled', async () => {
  const open = await lab.open();
  const started = await submit(open);
  await open.engine.cancel(started.id, 'first', runIdOf(started, 'evaluate'));
  expect((await open.engine.cancel(started.id, 'second')).cancelReason).toBe('first');
  await lab.control.openGates(['evaluate']);
  const job = await open.engine.waitFor(started.id);
  expect(job.cancelReason).toBe('first');
  expect(statusesOf(job)).toContain('evaluate Completed');
  await expect(open.engine.cancel(job.id)).rejects.toMatchObject({
    code: 'JOB_ALREADY_ENDED',
    status: 409,
    message: expect.stringContaining(job.id),
  });
  await expect(open.engine.cancel('nobody')).rejects.toMatchObject({
    code: 'JOB_NOT_FOUND',
    status: 404,
    message: expect.stringContaining("'nobody'"),
  });
});
