// What becomes of a job, whatever happens to one of its steps, in graphs of every shape. The steps
// are real processes; what happens, happens when the journal says that the step has begun.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Job, JobStatus } from '../job/job.ts';
import { Lab, type OpenEngine } from '../test/lab.ts';
import { type Graph, graphOf } from '../test/pipelines.ts';
import { problemsOf } from '../test/settled.ts';
import { until } from '../test/until.ts';

/** `subject` is the step to which it happens. */
interface Shape {
  readonly graph: Graph;
  readonly subject: string;
}

const shapes: Readonly<Record<string, Shape>> = {
  linear: { graph: { a: [], b: ['a'], c: ['b'] }, subject: 'b' },
  branch: { graph: { a: [], b: ['a'], c: ['a'], d: ['b'] }, subject: 'b' },
  join: { graph: { a: [], b: [], c: ['a', 'b'] }, subject: 'a' },
  'fan-out': { graph: { a: [], b: ['a'], c: ['a'], d: ['a'], e: ['b', 'c', 'd'] }, subject: 'c' },
};

let lab: Lab;

beforeEach(async () => {
  lab = await Lab.make();
});

afterEach(() => lab.dispose());

const commandOf = (subject: string, happening: string) => (step: string) =>
  [
    lab.control.write(`begin ${step}`),
    lab.control.waitAt(step),
    ...(step === subject ? [happening] : []),
    lab.control.write(`end ${step}`),
  ].join('\n');

function ancestorsOf(graph: Graph, step: string): ReadonlySet<string> {
  const direct = graph[step] ?? [];
  return new Set([...direct, ...direct.flatMap((name) => [...ancestorsOf(graph, name)])]);
}

/** Opens the gates before the subject, and waits until it and all that runs beside it have begun. */
async function untilSubjectBegins({ graph, subject }: Shape): Promise<void> {
  const before = ancestorsOf(graph, subject);
  await lab.control.openGates(before);
  for (const [step, needs] of Object.entries(graph)) {
    if (needs.every((needed) => before.has(needed))) {
      await lab.control.untilJournal(`begin ${step}`);
    }
  }
}

/** The end of a job in which the subject came to `end`, and what was open beside it was stopped. */
function stoppedAt({ graph, subject }: Shape, end: JobStatus): Record<string, JobStatus> {
  const before = ancestorsOf(graph, subject);
  const statuses = Object.keys(graph).map((step) => {
    const status = step === subject ? end : before.has(step) ? 'Completed' : 'Canceled';
    return [step, status] as const;
  });
  return Object.fromEntries(statuses);
}

const statusesOf = (job: Job) => Object.fromEntries(job.steps.map((s) => [s.name, s.status]));
const stepOf = (job: Job, name: string) => job.steps.find((step) => step.name === name);

/** Every step has run once, in a right order, and the last one has read what all others wrote. */
async function expectCompleted(open: OpenEngine, job: Job, { graph, subject }: Shape, attempt = 1) {
  expect(job.steps.map(({ error }) => error)).toEqual(job.steps.map(() => null));
  expect(job.status).toBe('Completed');
  expect(await problemsOf(lab, open, job)).toEqual([]);
  const journal = await lab.control.journal();
  for (const [step, needs] of Object.entries(graph)) {
    const begins = journal.filter((line) => line === `begin ${step}`).length;
    expect([step, begins]).toEqual([step, step === subject ? attempt : 1]);
    expect(stepOf(job, step)?.attempt).toBe(step === subject ? attempt : 1);
    expect(journal.filter((line) => line === `end ${step}`)).toHaveLength(1);
    for (const needed of needs) {
      expect(journal.indexOf(`end ${needed}`)).toBeLessThan(journal.indexOf(`begin ${step}`));
    }
    const runId = stepOf(job, step)?.runId ?? '';
    const { stream } = await open.workspace.artifacts.read(runId, 'outputs/out/value');
    const values = new Set((await stream.toArray()).join('').trim().split('\n'));
    expect(values).toEqual(new Set([...ancestorsOf(graph, step), step]));
  }
}

describe.each(Object.entries(shapes))('in a graph that is %s', (_, shape) => {
  const { graph, subject } = shape;
  const allSteps = Object.keys(graph);

  test('all steps complete', async () => {
    const open = await lab.open();
    await lab.control.openGates(allSteps);
    const { id } = await open.engine.submit(graphOf(graph, commandOf(subject, '')));
    await expectCompleted(open, await open.engine.waitFor(id), shape);
  });

  test.each([
    ['exits non-zero', 'echo the reason; exit 3', 'STEP_FAILED', 3],
    ['is killed', 'echo the reason; kill -9 $$', 'STEP_KILLED', 137],
  ])('a step that %s fails the job and stops the rest', async (_, happening, code, exitCode) => {
    const open = await lab.open();
    const { id } = await open.engine.submit(graphOf(graph, commandOf(subject, happening)));
    await untilSubjectBegins(shape);
    await lab.control.openGates([subject]);
    const job = await open.engine.waitFor(id);
    expect(statusesOf(job)).toEqual(stoppedAt(shape, 'Failed'));
    expect(job.status).toBe('Failed');
    expect(job.error).toEqual({
      code,
      message: expect.stringMatching(/its last lines:\n.*the reason$/s),
    });
    expect(job.verdict).toMatchObject({ outcome: 'failed', reason: job.error?.message });
    expect(stepOf(job, subject)).toMatchObject({ exitCode, error: job.error });
    expect(await problemsOf(lab, open, job)).toEqual([]);
  });

  test('with continue_on_step_failure, what does not need the failed step goes on', async () => {
    const open = await lab.open();
    const settings = { continue_on_step_failure: true };
    const submission = graphOf(graph, commandOf(subject, 'exit 3'), { settings });
    const { id } = await open.engine.submit(submission);
    await untilSubjectBegins(shape);
    await lab.control.openGates([subject]);
    await until('the step has failed', async () => {
      return stepOf(await open.engine.get(id), subject)?.status === 'Failed';
    });
    await lab.control.openGates(allSteps);
    const job = await open.engine.waitFor(id);
    const expected = allSteps.map((step) => {
      const needsSubject = ancestorsOf(graph, step).has(subject);
      return [step, step === subject ? 'Failed' : needsSubject ? 'Canceled' : 'Completed'];
    });
    expect(statusesOf(job)).toEqual(Object.fromEntries(expected));
    expect(job.status).toBe('Failed');
    for (const step of job.steps) {
      if (step.status !== 'Canceled') continue;
      expect(step.error?.code).toBe('DEPENDENCY_NOT_COMPLETED');
    }
    expect(await problemsOf(lab, open, job)).toEqual([]);
  });

  test('a cancel stops what runs and skips the rest', async () => {
    const open = await lab.open();
    const { id } = await open.engine.submit(graphOf(graph, commandOf(subject, '')));
    await untilSubjectBegins(shape);
    expect((await open.engine.cancel(id, 'no longer needed')).cancelReason).toBe(
      'no longer needed',
    );
    const job = await open.engine.waitFor(id);
    expect(statusesOf(job)).toEqual(stoppedAt(shape, 'Canceled'));
    expect(job).toMatchObject({ status: 'Canceled', error: null, verdict: null });
    expect(await problemsOf(lab, open, job)).toEqual([]);
  });

  test('a step over its time fails the job', async () => {
    const open = await lab.open();
    const limits = { [subject]: { timeout: 1 } };
    await lab.control.openGates(ancestorsOf(graph, subject));
    const { id } = await open.engine.submit(graphOf(graph, commandOf(subject, ''), { limits }));
    const job = await open.engine.waitFor(id);
    expect(statusesOf(job)).toEqual(stoppedAt(shape, 'Failed'));
    expect(job.error).toMatchObject({
      code: 'STEP_TIMEOUT',
      message: expect.stringContaining('at its limit of 1 seconds (limits.timeout)'),
    });
    expect(await problemsOf(lab, open, job)).toEqual([]);
  });

  test('a step that runs on while the server is killed is waited for', async () => {
    const elsewhere = await lab.submitElsewhere(graphOf(graph, commandOf(subject, '')));
    await untilSubjectBegins(shape);
    await lab.kill(elsewhere.child);
    const open = await lab.open();
    await lab.control.openGates(allSteps);
    await expectCompleted(open, await open.engine.waitFor(elsewhere.jobId), shape);
  });

  test('a step that completes while no server runs is not repeated', async () => {
    const elsewhere = await lab.submitElsewhere(graphOf(graph, commandOf(subject, '')));
    await untilSubjectBegins(shape);
    await lab.kill(elsewhere.child);
    await lab.control.openGates(allSteps);
    await lab.untilGone(elsewhere.jobId, subject);
    const open = await lab.open();
    await expectCompleted(open, await open.engine.waitFor(elsewhere.jobId), shape);
  });

  const failsAtFirst = 'if test $RIDGELINE_ATTEMPT = 1; then exit 1; fi';

  test('a step that fails while no server runs, perhaps for want of one, is tried again', async () => {
    const elsewhere = await lab.submitElsewhere(graphOf(graph, commandOf(subject, failsAtFirst)));
    await untilSubjectBegins(shape);
    await lab.kill(elsewhere.child);
    await lab.control.openGates(allSteps);
    await lab.untilGone(elsewhere.jobId, subject);
    const open = await lab.open();
    await expectCompleted(open, await open.engine.waitFor(elsewhere.jobId), shape, 2);
  });

  test('a step that fails after its server was killed, perhaps for want of it, is tried again', async () => {
    const elsewhere = await lab.submitElsewhere(graphOf(graph, commandOf(subject, failsAtFirst)));
    await untilSubjectBegins(shape);
    await lab.kill(elsewhere.child);
    const open = await lab.open();
    await lab.control.openGates(allSteps);
    await expectCompleted(open, await open.engine.waitFor(elsewhere.jobId), shape, 2);
  });

  test('a step that is lost together with its server is started anew', async () => {
    const elsewhere = await lab.submitElsewhere(graphOf(graph, commandOf(subject, '')));
    await untilSubjectBegins(shape);
    await lab.kill(elsewhere.child);
    await lab.killStep(elsewhere.jobId, subject);
    const open = await lab.open();
    await lab.control.openGates(allSteps);
    await expectCompleted(open, await open.engine.waitFor(elsewhere.jobId), shape, 2);
  });

  test('a step that cannot find a server which has moved is stopped and started anew', async () => {
    const elsewhere = await lab.submitElsewhere(graphOf(graph, commandOf(subject, '')));
    await untilSubjectBegins(shape);
    await lab.kill(elsewhere.child);
    const open = await lab.open({ url: 'http://127.0.0.1:10' });
    await untilAttempt(open, elsewhere.jobId, 2);
    await lab.control.openGates(allSteps);
    const job = await open.engine.waitFor(elsewhere.jobId);
    expect(job.status).toBe('Completed');
    expect(stepOf(job, subject)?.attempt).toBe(2);
    expect(await problemsOf(lab, open, job)).toEqual([]);
    const journal = await lab.control.journal();
    for (const step of allSteps) {
      expect(journal.filter((line) => line === `end ${step}`)).toHaveLength(1);
    }
  });

  test('a step that has completed counts, though the server has moved', async () => {
    const elsewhere = await lab.submitElsewhere(graphOf(graph, commandOf(subject, '')));
    await untilSubjectBegins(shape);
    await lab.control.openGates(allSteps);
    await lab.kill(elsewhere.child);
    await lab.untilIdle();
    const open = await lab.open({ url: 'http://127.0.0.1:10' });
    await expectCompleted(open, await open.engine.waitFor(elsewhere.jobId), shape);
  });

  test('a graceful stop ends what runs, and the next server starts it anew', async () => {
    const first = await lab.open();
    const { id } = await first.engine.submit(graphOf(graph, commandOf(subject, '')));
    await untilSubjectBegins(shape);
    await lab.close();
    await lab.untilIdle();
    const second = await lab.open();
    expect(first.errors).toEqual([]);
    await untilAttempt(second, id, 2);
    await lab.control.openGates(allSteps);
    const job = await second.engine.waitFor(id);
    expect(job.status).toBe('Completed');
    expect(stepOf(job, subject)?.attempt).toBe(2);
    expect(await problemsOf(lab, second, job)).toEqual([]);
  });

  test('a cancel that a killed server was asked for is carried out by the next', async () => {
    const elsewhere = await lab.submitElsewhere(graphOf(graph, commandOf(subject, '')));
    await untilSubjectBegins(shape);
    await lab.kill(elsewhere.child);
    // As the server leaves it when it is killed between writing the cancel down and acting on it.
    await lab.noteCancel(elsewhere.jobId, 'enough');
    const open = await lab.open();
    const job = await open.engine.waitFor(elsewhere.jobId);
    expect(statusesOf(job)).toEqual(stoppedAt(shape, 'Canceled'));
    expect(job).toMatchObject({ status: 'Canceled', cancelReason: 'enough' });
    expect(await problemsOf(lab, open, job)).toEqual([]);
  });

  /** Waits until the subject runs in its nth attempt. */
  async function untilAttempt({ engine }: OpenEngine, jobId: string, attempt: number) {
    await until(`attempt ${attempt} runs`, async () => {
      const step = stepOf(await engine.get(jobId), subject);
      return step?.attempt === attempt && step.status === 'Running';
    });
  }
});
