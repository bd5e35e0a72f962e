// How many steps run at once, and which: seen in the order of what they write down.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Lab } from '../test/lab.ts';
import { graphOf, pipelineOf } from '../test/pipelines.ts';
import { problemsOf } from '../test/settled.ts';
import { until } from '../test/until.ts';

let lab: Lab;

beforeEach(async () => {
  lab = await Lab.make();
});

afterEach(() => lab.dispose());

/** The most steps that had begun and not ended at any moment. */
function mostAtOnce(journal: readonly string[]): number {
  let running = 0;
  return journal.reduce((most, line) => {
    running += line.startsWith('begin') ? 1 : -1;
    return Math.max(most, running);
  }, 0);
}

test('branches run side by side: each waits for the other to have begun', async () => {
  const open = await lab.open({ limits: { slots: 2 } });
  const meet = (step: string, other: string) => ({
    command: `${lab.control.open(step)}; ${lab.control.waitAt(other)}`,
  });
  const { id } = await open.engine.submit(
    pipelineOf({ left: meet('left', 'right'), right: meet('right', 'left') }),
  );
  expect((await open.engine.waitFor(id)).status).toBe('Completed');
});

test('all jobs share the slots, and take them in turn', async () => {
  const open = await lab.open({ limits: { slots: 2 } });
  const graph = { a: [], b: [], c: ['a', 'b'] };
  const jobs = [1, 2, 3].map((job) =>
    open.engine.submit(
      graphOf(graph, (step) =>
        [
          lab.control.write(`begin ${job}${step}`),
          'sleep 0.1',
          lab.control.write(`end ${job}${step}`),
        ].join('\n'),
      ),
    ),
  );
  for (const { id } of await Promise.all(jobs)) {
    const job = await open.engine.waitFor(id);
    expect(job.status).toBe('Completed');
  }
  const journal = await lab.control.journal();
  expect(journal).toHaveLength(18);
  expect(mostAtOnce(journal)).toBeLessThanOrEqual(2);
});

test('a step that has no slot yet is Queued, and has no run', async () => {
  const open = await lab.open({ limits: { slots: 1 } });
  const command = `${lab.control.write('begin')}; ${lab.control.waitAt('end')}`;
  const { id } = await open.engine.submit(pipelineOf({ first: { command }, second: { command } }));
  await lab.control.untilJournal('begin');
  const { steps } = await open.engine.get(id);
  expect(steps).toMatchObject([
    { name: 'first', status: 'Running', attempt: 1 },
    { name: 'second', status: 'Queued', attempt: 0, runId: null, startedAt: null },
  ]);
  await lab.control.openGates(['end']);
  expect((await open.engine.waitFor(id)).status).toBe('Completed');
});

test('steps that another server has started keep their slots under the next', async () => {
  const command = (step: string) =>
    `${lab.control.write(`begin ${step}`)}; ${lab.control.waitAt(step)}; ${lab.control.write(`end ${step}`)}`;
  const elsewhere = await lab.submitElsewhere(
    pipelineOf({ a: { command: command('a') }, b: { command: command('b') } }),
  );
  await lab.control.untilJournal('begin a');
  await lab.control.untilJournal('begin b');
  await lab.kill(elsewhere.child);
  const open = await lab.open({ limits: { slots: 1 } });
  const { id } = await open.engine.submit(pipelineOf({ c: { command: command('c') } }));
  await lab.control.openGates(['a', 'c']);
  await until('a has completed', async () => {
    return (await open.engine.get(elsewhere.jobId)).steps[0]?.status === 'Completed';
  });
  expect((await open.engine.get(id)).steps[0]?.status).toBe('Queued');
  await lab.control.openGates(['b']);
  const job = await open.engine.waitFor(id);
  expect(job.status).toBe('Completed');
  await open.engine.waitFor(elsewhere.jobId);
  const journal = await lab.control.journal();
  expect(journal.indexOf('end b')).toBeLessThan(journal.indexOf('begin c'));
  expect(await problemsOf(lab, open, job)).toEqual([]);
});

test('jobs are listed, the newest first, by experiment and status', async () => {
  const { engine } = await lab.open();
  const submit = async (displayName: string, experimentName: string, command: string) => {
    const submission = { ...pipelineOf({ only: { command } }), displayName, experimentName };
    await engine.waitFor((await engine.submit(submission)).id);
  };
  await submit('one', 'alpha', 'true');
  await submit('two', 'beta', 'true');
  await submit('three', 'alpha', 'false');
  const names = async (filter: object) =>
    (await engine.list({ limit: 10, ...filter })).map(({ displayName }) => displayName);
  expect(await names({})).toEqual(['three', 'two', 'one']);
  expect(await names({ limit: 1 })).toEqual(['three']);
  expect(await names({ experimentName: 'alpha' })).toEqual(['three', 'one']);
  expect(await names({ status: 'Completed' })).toEqual(['two', 'one']);
  expect(await names({ experimentName: 'gamma' })).toEqual([]);
});
