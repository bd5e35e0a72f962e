// Jobs whose ground gives way: what a user deletes under them, what another version of the server
// has accepted, a disk that is full. No job hangs for it, and no other job is harmed.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Job } from '../job/job.ts';
import { withBrokenMethod } from '../test/broken-part.ts';
import { Lab, type OpenEngine } from '../test/lab.ts';
import { graphOf, pipelineOf } from '../test/pipelines.ts';
import { problemsOf } from '../test/settled.ts';
import { until } from '../test/until.ts';

let lab: Lab;

beforeEach(async () => {
  lab = await Lab.make();
});

afterEach(() => lab.dispose());

const chain = () =>
  graphOf({ a: [], b: ['a'] }, (step) =>
    [
      lab.control.write(`begin ${step}`),
      lab.control.waitAt(step),
      lab.control.write(`end ${step}`),
    ].join('\n'),
  );

const statusesOf = (job: Job) => job.steps.map(({ name, status }) => `${name} ${status}`);

describe('a job that is under way', () => {
  let open: OpenEngine;
  let started: Job;

  beforeEach(async () => {
    open = await lab.open();
    const { id } = await open.engine.submit({ ...chain(), experimentName: 'doomed' });
    await lab.control.untilJournal('begin a');
    started = await open.engine.get(id);
  });

  async function finish(): Promise<Job> {
    await lab.control.openGates(['a', 'b']);
    const job = await open.engine.waitFor(started.id);
    expect(open.errors).toEqual([]);
    await lab.untilIdle();
    return job;
  }

  test('completes although its root run was deleted', async () => {
    await open.workspace.runs.delete(started.id);
    expect((await finish()).status).toBe('Completed');
  });

  test('completes although the run of its step was deleted', async () => {
    await open.workspace.runs.delete(started.steps[0]?.runId ?? '');
    expect((await finish()).status).toBe('Completed');
  });

  test('fails at its next step when its experiment was deleted', async () => {
    await open.workspace.experiments.delete(started.experimentId);
    const job = await finish();
    expect(statusesOf(job)).toEqual(['a Completed', 'b Failed']);
    expect(job.error).toMatchObject({
      code: 'STEP_PREPARATION_FAILED',
      message: expect.stringMatching(/^step 'b' could not be started: .*experiment/i),
    });
  });
});

test('a job whose tags no run can have fails at once', async () => {
  const open = await lab.open();
  const submission = pipelineOf({ only: { command: lab.control.write('ran') } });
  const { id } = await open.engine.submit({ ...submission, tags: { 'a/../b': 'c' } });
  const job = await open.engine.waitFor(id);
  expect(job).toMatchObject({
    status: 'Failed',
    error: { code: 'JOB_CANNOT_RUN', message: expect.stringContaining('a/../b') },
    steps: [{ status: 'Canceled', runId: null }],
  });
  expect(open.errors).toEqual([]);
  expect(await lab.control.journal()).toEqual([]);
});

describe('a job that another version of the server has accepted', () => {
  const renamed = (text: string) =>
    text.replaceAll('\\"a\\"', '\\"z\\"').replaceAll('s.a.', 's.z.').replaceAll('s.a}', 's.z}');

  test.each([
    [
      'with a definition that is no longer read',
      (text: string) => text.replaceAll('command', 'comand'),
      /comand/,
    ],
    ['whose steps have other names', renamed, /no step 'a', which the job was submitted with/],
    ['of which only a part is left', (text: string) => text.slice(0, 20), /JSON/],
  ])('%s fails, and what still runs of it ends', async (_, change, message) => {
    const elsewhere = await lab.submitElsewhere(chain());
    await lab.control.untilJournal('begin a');
    await lab.kill(elsewhere.child);
    await lab.rewriteSubmission(elsewhere.jobId, change);
    const open = await lab.open();
    const job = await open.engine.get(elsewhere.jobId);
    expect(statusesOf(job)).toEqual(['a Canceled', 'b Canceled']);
    expect(job).toMatchObject({ status: 'Failed', verdict: { outcome: 'failed' } });
    expect(job.error).toEqual({ code: 'JOB_CANNOT_RUN', message: expect.stringMatching(message) });
    expect(await problemsOf(lab, open, job)).toEqual([]);
    const { id } = await open.engine.submit(pipelineOf({ other: { command: 'true' } }));
    expect((await open.engine.waitFor(id)).status).toBe('Completed');
  });
});

describe('a disk that is full when a step has ended', () => {
  let isFull: boolean;
  let open: OpenEngine;
  let started: Job;

  beforeEach(async () => {
    isFull = true;
    open = await lab.open({
      wrap: (workspace) => withBrokenMethod(workspace, 'artifacts', 'adoptFolder', () => isFull),
    });
    const beside = { command: `${lab.control.write('begin b')}; ${lab.control.waitAt('b')}` };
    const ends = {
      command: `${lab.control.write('begin a')}; ${lab.control.waitAt('a')}`,
      outputs: { out: { type: 'uri_folder' } },
    };
    const { id } = await open.engine.submit(pipelineOf({ a: ends, b: beside }));
    await lab.control.untilJournal('begin a');
    await lab.control.untilJournal('begin b');
    await lab.control.openGates(['a']);
    started = await open.engine.waitFor(id);
  });

  test('breaks the work on its job off, which is said, and stops what runs of it', async () => {
    expect(open.errors).toEqual([new Error('the disk is full')]);
    expect(started.status).toBe('Running');
    await lab.untilIdle();
    isFull = false;
    const { id } = await open.engine.submit(pipelineOf({ other: { command: 'true' } }));
    expect((await open.engine.waitFor(id)).status).toBe('Completed');
  });

  test('repeats no step when the next server goes on', async () => {
    await lab.close();
    const next = await lab.open();
    await lab.control.openGates(['b']);
    const job = await next.engine.waitFor(started.id);
    expect(job.status).toBe('Completed');
    expect(job.steps.map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(await lab.control.journal()).toEqual(expect.arrayContaining(['begin a']));
    expect((await lab.control.journal()).filter((line) => line === 'begin a')).toHaveLength(1);
    expect(await problemsOf(lab, next, job)).toEqual([]);
  });

  test('does not keep the job from being cancelled: the next server does it', async () => {
    const cancelled = await open.engine.cancel(started.id, 'no space');
    expect(cancelled).toMatchObject({ status: 'CancelRequested', cancelReason: 'no space' });
    await lab.close();
    const next = await lab.open();
    const job = await next.engine.waitFor(started.id);
    expect(job.status).toBe('Canceled');
    expect(statusesOf(job)).toEqual(['a Completed', 'b Canceled']);
    expect(await problemsOf(lab, next, job)).toEqual([]);
  });
});

describe('a disk that is full for a while', () => {
  test('breaks the work on a job off; it goes on by itself once there is room', async () => {
    let isFull = true;
    const open = await lab.open({
      limits: { resumePauseMs: 20 },
      wrap: (workspace) => withBrokenMethod(workspace, 'runs', 'update', () => isFull, 'ENOSPC'),
    });
    const { id } = await open.engine.submit(chain());
    await lab.control.openGates(['a', 'b']);
    await until('it was tried again and again', async () => open.errors.length > 2);
    isFull = false;
    await until('it has ended', async () => (await open.engine.waitFor(id)).status === 'Completed');
    expect(await lab.control.journal()).toEqual(['begin a', 'end a', 'begin b', 'end b']);
    const job = await open.engine.get(id);
    expect(await problemsOf(lab, { ...open, errors: [] }, job)).toEqual([]);
  });

  test('does not keep a job from being cancelled meanwhile', async () => {
    let isFull = true;
    const open = await lab.open({
      limits: { resumePauseMs: 20 },
      wrap: (workspace) => withBrokenMethod(workspace, 'runs', 'update', () => isFull, 'ENOSPC'),
    });
    const { id } = await open.engine.submit(chain());
    await lab.control.openGates(['a']);
    await until('its work was broken off', async () => open.errors.length > 0);
    await open.engine.cancel(id);
    isFull = false;
    await until('it has ended', async () => (await open.engine.waitFor(id)).status === 'Canceled');
    expect(await lab.control.journal()).not.toContain('begin b');
  });
});

test('a step that is lost again and again is given up', async () => {
  const maxAttempts = 2;
  const command = `${lab.control.write('begin')}; ${lab.control.waitAt('never')}`;
  let { child, jobId } = await lab.submitElsewhere(pipelineOf({ lost: { command } }));
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    await until('it runs', async () => (await lab.control.journal()).length === attempt);
    await lab.kill(child);
    await lab.killStep(jobId, 'lost', attempt);
    if (attempt < maxAttempts) ({ child } = await lab.openElsewhere());
  }
  const open = await lab.open({ limits: { maxAttempts } });
  const job = await open.engine.waitFor(jobId);
  const message =
    "step 'lost' was lost with its server in attempt 2, the last that is made; submit the job again";
  expect(job.error).toEqual({ code: 'STEP_LOST', message });
  expect(await problemsOf(lab, open, job)).toEqual([]);
});
