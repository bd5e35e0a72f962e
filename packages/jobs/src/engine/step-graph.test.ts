import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JobStatus } from '../job/job.ts';
import { hasEnded } from '../job/job.ts';
import { type JobSettings, StepGraph, type StepState } from './step-graph.ts';

type Graph = Readonly<Record<string, readonly string[]>>;

const linear: Graph = { train: [], evaluate: ['train'], register: ['evaluate'] };
const fanOut: Graph = { split: [], left: ['split'], right: ['split'] };
const join: Graph = { left: [], right: [], join: ['left', 'right'] };

interface Job extends JobSettings {
  readonly graph: StepGraph<StepState>;
}

function job(
  graph: Graph,
  statuses: Partial<Record<string, JobStatus>>,
  options: Partial<JobSettings> = {},
): Job {
  const steps = Object.entries(graph).map(([name, dependsOn]) =>
    stepOf(name, { dependsOn, status: statuses[name] ?? 'NotStarted' }),
  );
  return { ...graphJob(steps), ...options };
}

function graphJob(steps: readonly StepState[]): Job {
  const graph = new StepGraph<StepState>();
  graph.add(steps);
  return { cancelRequested: false, continueOnStepFailure: false, graph };
}

function stepOf(name: string, more: Partial<StepState> = {}): StepState {
  const nothing = { dependsOn: [], when: null, conditionValue: null, parent: null } as const;
  return { name, status: 'NotStarted', ...nothing, ...more };
}

function nextActions({ graph, ...settings }: Job) {
  const { start, skip, stop, finish } = graph.next(settings);
  const names = (steps: readonly StepState[]) => steps.map(({ name }) => name);
  return {
    start: names(start),
    skip: names(skip.map(({ step }) => step)),
    stop: names(stop),
    finish,
  };
}

const nothing = { start: [], skip: [], stop: [], finish: null };

describe('start', () => {
  test('a chain starts with its first step', () => {
    expect(nextActions(job(linear, {}))).toEqual({ ...nothing, start: ['train'] });
  });

  test('a step starts when the one before it has completed', () => {
    const state = job(linear, { train: 'Completed' });
    expect(nextActions(state)).toEqual({ ...nothing, start: ['evaluate'] });
  });

  test('branches start together', () => {
    const state = job(fanOut, { split: 'Completed' });
    expect(nextActions(state)).toEqual({ ...nothing, start: ['left', 'right'] });
  });

  test('a join waits for both branches', () => {
    expect(nextActions(job(join, { left: 'Completed', right: 'Running' }))).toEqual(nothing);
  });

  test('a step that is queued or running is not started again', () => {
    expect(nextActions(job(fanOut, { split: 'Queued' }))).toEqual(nothing);
  });
});

describe('finish', () => {
  test('a job whose steps have all completed is Completed', () => {
    const state = job(join, { left: 'Completed', right: 'Completed', join: 'Completed' });
    expect(nextActions(state)).toEqual({ ...nothing, finish: 'Completed' });
  });

  test('a failed step skips what depends on it, directly or not, and fails the job', () => {
    const state = job(linear, { train: 'Failed' });
    expect(nextActions(state)).toEqual({
      ...nothing,
      skip: ['evaluate', 'register'],
      finish: 'Failed',
    });
  });

  test('a failed branch stops the other one', () => {
    const state = job(fanOut, { split: 'Completed', left: 'Failed', right: 'Running' });
    expect(nextActions(state)).toEqual({ ...nothing, stop: ['right'] });
  });

  test('with continue_on_step_failure the other branch goes on, and the job still fails', () => {
    const options = { continueOnStepFailure: true };
    const running = { split: 'Completed', left: 'Failed', right: 'Running' } as const;
    expect(nextActions(job(fanOut, running, options))).toEqual(nothing);
    const ended = { ...running, right: 'Completed' } as const;
    expect(nextActions(job(fanOut, ended, options)).finish).toBe('Failed');
  });

  test('a cancelled job stops what runs, skips the rest, and ends when nothing runs', () => {
    const options = { cancelRequested: true };
    const running = job(linear, { train: 'Completed', evaluate: 'Running' }, options);
    expect(nextActions(running)).toEqual({ ...nothing, skip: ['register'], stop: ['evaluate'] });
    const ended = job(linear, { train: 'Completed', evaluate: 'Canceled' }, options);
    expect(nextActions(ended)).toEqual({ ...nothing, skip: ['register'], finish: 'Canceled' });
  });
});

describe('conditions', () => {
  const branches = (conditionValue: boolean, status: JobStatus = 'Completed') =>
    graphJob([
      stepOf('if', { status, conditionValue }),
      stepOf('yes', { dependsOn: ['if'], when: { step: 'if', equals: true } }),
      stepOf('no', { dependsOn: ['if'], when: { step: 'if', equals: false } }),
      stepOf('after no', { dependsOn: ['no'] }),
    ]);

  test('the branch that the condition chose starts, the other one and what needs it is skipped', () => {
    const chosen = nextActions(branches(true));
    expect(chosen).toMatchObject({ start: ['yes'], skip: ['no', 'after no'] });
    expect(nextActions(branches(false))).toMatchObject({ start: ['no'], skip: ['yes'] });
  });

  test('a skipped step says which condition was not met', () => {
    const { graph } = branches(true);
    const settings = { cancelRequested: false, continueOnStepFailure: false };
    const reasons = graph.next(settings).skip.map(({ missing, notMet }) => ({ missing, notMet }));
    expect(reasons).toEqual([
      { missing: [], notMet: 'if' },
      { missing: ['no'], notMet: null },
    ]);
  });

  test('both branches wait for the condition, and are skipped where it has failed', () => {
    expect(nextActions(branches(false, 'Running'))).toEqual(nothing);
    const failed = nextActions(branches(false, 'Failed'));
    expect(failed).toEqual({ ...nothing, skip: ['yes', 'no', 'after no'], finish: 'Failed' });
  });
});

describe('children of composite steps', () => {
  const children = (status: JobStatus, first: JobStatus) =>
    graphJob([
      stepOf('loop', { status }),
      stepOf('loop.0.a', { parent: 'loop', status: first }),
      stepOf('loop.0.b', { parent: 'loop', dependsOn: ['loop.0.a'] }),
      stepOf('after', { dependsOn: ['loop'] }),
    ]);

  test('a child starts when those before it have completed', () => {
    expect(nextActions(children('Running', 'Completed'))).toEqual({
      ...nothing,
      start: ['loop.0.b'],
    });
  });

  test('a child that fails does not stop the job: what its parent comes to counts', () => {
    const state = children('Running', 'Failed');
    expect(nextActions(state)).toEqual({ ...nothing, skip: ['loop.0.b'] });
    const loop = state.graph.steps.get('loop');
    if (loop !== undefined) state.graph.settle(loop, 'Completed');
    expect(nextActions(state)).toEqual({ ...nothing, start: ['after'] });
  });

  test('none starts any more once they are stopped', () => {
    const state = children('Running', 'Completed');
    state.graph.stopChildren('loop');
    expect(nextActions(state)).toEqual({ ...nothing, skip: ['loop.0.b'] });
  });

  test('those that are added to a job that ends are skipped', () => {
    const state = { ...children('Running', 'Running'), cancelRequested: true };
    expect(nextActions(state)).toEqual({
      ...nothing,
      skip: ['loop.0.b', 'after'],
      stop: ['loop', 'loop.0.a'],
    });
    state.graph.add([stepOf('loop.1.a', { parent: 'loop' })]);
    expect(nextActions(state)).toEqual({ ...nothing, skip: ['loop.1.a'] });
  });
});

test('planning looks at each edge a bounded number of times, however large the graph', () => {
  let looks = 0;
  const count = 2_000;
  const steps = Array.from({ length: count }, (_, index) => {
    const step = stepOf(`s${index}`, { dependsOn: index === 0 ? [] : [`s${index - 1}`] });
    return new Proxy(step, {
      get(target, key, receiver) {
        looks += 1;
        return Reflect.get(target, key, receiver);
      },
    });
  });
  const state = graphJob(steps);
  for (let done = 0; done < count; done += 1) {
    const { start } = state.graph.next(state);
    for (const step of start) state.graph.settle(step, 'Completed');
  }
  expect(state.graph.next(state).finish).toBe('Completed');
  expect(looks).toBeLessThan(count * 60);
});

test('every job comes to its end, whatever its graph and whichever steps fail', () => {
  const anyJob = fc.record({
    failing: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
    edges: fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 12 }),
    continueOnStepFailure: fc.boolean(),
  });
  fc.assert(
    fc.property(anyJob, ({ failing, edges, continueOnStepFailure }) => {
      const dependsOn = (step: number) =>
        edges.filter(([to, from]) => to === step && from < to).map(([, from]) => `step${from}`);
      const graph = Object.fromEntries(failing.map((_, step) => [`step${step}`, dependsOn(step)]));
      const state = job(graph, {}, { continueOnStepFailure });
      for (let round = 0; round < 20; round += 1) {
        const { start, stop, finish } = state.graph.next(state);
        for (const step of stop) state.graph.settle(step, 'Canceled');
        for (const step of start) {
          if (hasEnded(step.status)) continue;
          state.graph.settle(step, failing[Number(step.name.slice(4))] ? 'Failed' : 'Completed');
        }
        if (finish === null) continue;
        const last = [...state.graph.steps.values()].map(({ status }) => status);
        expect(last.every(hasEnded)).toBe(true);
        expect(finish).toBe(last.includes('Failed') ? 'Failed' : 'Completed');
        return;
      }
      throw new Error('the job never finished');
    }),
  );
});
