import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JobStatus } from '../job/job.ts';
import { hasEnded } from '../job/job.ts';
import { type JobState, nextActions } from './next-actions.ts';

type Graph = Readonly<Record<string, readonly string[]>>;

const linear: Graph = { train: [], evaluate: ['train'], register: ['evaluate'] };
const fanOut: Graph = { split: [], left: ['split'], right: ['split'] };
const join: Graph = { left: [], right: [], join: ['left', 'right'] };

function job(
  graph: Graph,
  statuses: Partial<Record<string, JobStatus>>,
  options: Partial<JobState> = {},
): JobState {
  const steps = Object.entries(graph).map(
    ([name, dependsOn]) => [name, { status: statuses[name] ?? 'NotStarted', dependsOn }] as const,
  );
  return {
    cancelRequested: false,
    continueOnStepFailure: false,
    steps: new Map(steps),
    ...options,
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
      const statuses: Record<string, JobStatus> = {};
      for (let round = 0; round < 20; round += 1) {
        const actions = nextActions(job(graph, statuses, { continueOnStepFailure }));
        for (const name of [...actions.skip, ...actions.stop]) statuses[name] = 'Canceled';
        for (const name of actions.start) {
          if (actions.stop.includes(name)) continue;
          statuses[name] = failing[Number(name.slice(4))] ? 'Failed' : 'Completed';
        }
        if (actions.finish === null) continue;
        const last = Object.keys(graph).map((name) => statuses[name] ?? 'NotStarted');
        expect(last.every(hasEnded)).toBe(true);
        expect(actions.finish).toBe(last.includes('Failed') ? 'Failed' : 'Completed');
        return;
      }
      throw new Error('the job never finished');
    }),
  );
});
