// The server is killed with SIGKILL in the midst of pipelines, and started again until they are
// done: no step is repeated, none is forgotten, nothing is left behind.
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Job } from '../job/job.ts';
import { Lab, type OpenEngine } from '../test/lab.ts';
import { type Graph, graphOf } from '../test/pipelines.ts';
import { randomFrom } from '../test/random.ts';
import { problemsOf, runsOf } from '../test/settled.ts';

let lab: Lab;

beforeEach(async () => {
  lab = await Lab.make();
});

afterEach(() => lab.dispose());

/** Every step has run once and succeeded once, after all that it needs, and has kept its output. */
async function expectDoneOnce(open: OpenEngine, job: Job, graph: Graph): Promise<void> {
  expect(job.steps.map(({ name, status, error }) => ({ name, status, error }))).toEqual(
    Object.keys(graph).map((name) => ({ name, status: 'Completed', error: null })),
  );
  expect(job.status).toBe('Completed');
  expect(await problemsOf(lab, open, job)).toEqual([]);
  const journal = (await lab.control.journal()).filter((line) => line.startsWith(job.displayName));
  const lines = Object.keys(graph).flatMap((step) => [`begin ${step}`, `end ${step}`]);
  const expected = lines.map((line) => `${job.displayName} ${line}`);
  expect([...journal].sort()).toEqual(expected.sort());
  const runs = await runsOf(open.workspace, job);
  const finished = runs.filter(({ info }) => info.status === 'FINISHED');
  const ofSteps = job.steps.map(({ runId }) => runId ?? '');
  expect(finished.map(({ info }) => info.run_id).sort()).toEqual([job.id, ...ofSteps].sort());
  for (const { name, runId } of job.steps) {
    const file = await open.workspace.artifacts.localPath(runId ?? '', 'outputs/out/value');
    const values = (await readFile(file, 'utf8')).trim().split('\n');
    expect(new Set(values)).toEqual(new Set([name, ...(graph[name] ?? []), ...values]));
    expect(values.at(-1)).toBe(name);
  }
}

describe('a server that is killed at random moments', () => {
  const graphs: Readonly<Record<string, Graph>> = {
    linear: { a: [], b: ['a'], c: ['b'], d: ['c'] },
    branch: { a: [], b: ['a'], c: ['a'], d: ['b'], e: ['c'] },
    join: { a: [], b: [], c: [], d: ['a', 'b', 'c'] },
    fanOut: { a: [], b: ['a'], c: ['a'], d: ['a'], e: ['b', 'c', 'd'] },
    diamonds: { a: [], b: ['a'], c: ['a'], d: ['b', 'c'], e: ['d'], f: ['d'], g: ['e', 'f'] },
  };
  const killsEach = 4;

  test.each(Object.entries(graphs))('finishes a pipeline that is %s', async (name, graph) => {
    const random = randomFrom(name.length);
    const last = Object.keys(graph).at(-1) ?? '';
    const submission = graphOf(graph, (step) =>
      [
        lab.control.write(`${name} begin ${step}`),
        // The last step waits for the last server, so that no kill comes too late.
        step === last ? lab.control.waitAt('last') : 'sleep 0.1',
        lab.control.write(`${name} end ${step}`),
      ].join('\n'),
    );
    const first = await lab.submitElsewhere({ ...submission, displayName: name });
    await delay(random() * 300);
    await lab.kill(first.child);
    for (let kill = 1; kill < killsEach; kill += 1) {
      const child = lab.startElsewhere();
      // Opening takes a part of that time: some die in the midst of taking the job up.
      await delay(150 + random() * 500);
      await lab.kill(child);
    }
    await lab.control.openGates(['last']);
    const open = await lab.open();
    await expectDoneOnce(open, await open.engine.waitFor(first.jobId), graph);
  });
});

describe('a server that is killed between any two things that it does', () => {
  const graph: Graph = { a: [], b: ['a'] };
  const timeout = 600_000;
  // SQLite has them all. What Postgres does differently, a part of them shows.
  const everyPoint = process.env.RIDGELINE_DATABASE === undefined ? 1 : 5;

  test('has accepted a job that will be done, or has not accepted it', { timeout }, async () => {
    let accepted = 0;
    for (let point = 1, crashed = true; crashed; point += everyPoint) {
      const name = `crash ${point}`;
      const commandOf = (step: string) =>
        `${lab.control.write(`${name} begin ${step}`)}\n${lab.control.write(`${name} end ${step}`)}`;
      const submission = { ...graphOf(graph, commandOf), displayName: name };
      crashed = await lab.runElsewhere(submission, point);
      const open = await lab.open();
      const [job, ...others] = await open.engine.list({ limit: 1000 });
      if (job?.displayName === name) {
        accepted += 1;
        await expectDoneOnce(open, await open.engine.waitFor(job.id), graph);
      }
      expect(job === undefined ? 0 : others.length + 1).toBe(accepted);
      await lab.close();
    }
    // The points were spread over the whole life of the job.
    expect(accepted).toBeGreaterThan(30 / everyPoint);
  });

  test('is followed by another, which is killed a little later than it', { timeout }, async () => {
    const { control } = lab;
    const happenings: Readonly<Record<string, string>> = {
      completes: '',
      fails: 'if test $RIDGELINE_ATTEMPT = 1; then exit 1; fi',
      lasts: control.waitAt('end'),
      joins: '',
    };
    const submission = graphOf(
      { completes: [], fails: [], lasts: [], joins: ['completes', 'fails', 'lasts'] },
      (step) =>
        [
          control.write(`begin ${step}`),
          ...(step === 'joins' ? [] : [control.waitAt('go')]),
          happenings[step],
          control.write(`end ${step}`),
        ].join('\n'),
    );
    const { child, jobId } = await lab.submitElsewhere(submission);
    for (const step of ['completes', 'fails', 'lasts']) await control.untilJournal(`begin ${step}`);
    await lab.kill(child);
    await control.openGates(['go']);
    for (const step of ['completes', 'fails']) await lab.untilGone(jobId, step);
    let servers = 0;
    while (await lab.runElsewhere(null, servers)) {
      servers += 1;
      if (servers === 6) await control.openGates(['end']);
    }
    expect(servers).toBeGreaterThan(10);
    const open = await lab.open();
    const job = await open.engine.get(jobId);
    expect(job.status).toBe('Completed');
    expect(await problemsOf(lab, open, job)).toEqual([]);
    const steps = ['completes', 'fails', 'fails', 'lasts', 'joins'];
    const begun = (await control.journal()).filter((line) => line.startsWith('begin '));
    expect([...begun].sort()).toEqual(steps.map((step) => `begin ${step}`).sort());
    const finished = (await runsOf(open.workspace, job)).filter(
      ({ info }) => info.status === 'FINISHED',
    );
    expect(finished).toHaveLength(5);
  });
});
