// The rules of composite steps, apart from the engine. What a sweep or a loop does is told by what
// its children are and have written, in whatever order that comes about.
import type { ForEachStep, LoopStep, Step, SweepStep } from '@ridgeline/azureml-yaml';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JobStatus } from '../job/job.ts';
import { childName, type TrialSpec } from './child-spec.ts';
import { childStep } from './child-step.ts';
import { nextOfLoop } from './do-while.ts';
import { nextOfCondition, readBoolean } from './if-else.ts';
import type { TurnChild } from './loop-turns.ts';
import { nextOfForEach } from './parallel-for.ts';
import { readItems } from './read-items.ts';
import { bestTrial, nextOfSweep, type Trial } from './sweep.ts';

const base = {
  displayName: null,
  description: null,
  tags: new Map(),
  properties: new Map(),
  compute: null,
  priority: 'medium',
  retry: { maxRetries: 0, backoffSeconds: 10 },
  isDeterministic: true,
  instanceCount: 1,
  environmentVariables: new Map(),
  inputs: new Map(),
  outputs: new Map(),
  dependsOn: [],
  when: null,
} as const;

const command = (name: string, more: Partial<Step> = {}): Step =>
  ({
    ...base,
    type: 'command',
    name,
    command: 'true',
    code: null,
    environment: null,
    timeoutSeconds: null,
    ...more,
  }) as Step;

const outputOf = (step: string, output = 'out') =>
  ({ kind: 'stepOutput', step, output, mode: null }) as const;

const body = new Map([
  ['a', command('a', { inputs: new Map([['x', outputOf('before')]]), dependsOn: ['before'] })],
  ['b', command('b', { inputs: new Map([['y', outputOf('a')]]), dependsOn: ['a'] })],
]);

const loop: LoopStep = {
  ...base,
  type: 'do_while',
  name: 'loop',
  body,
  outputsFrom: new Map(),
  condition: { step: 'b', output: 'more' },
  mapping: [{ from: { step: 'b', output: 'next' }, to: { step: 'a', input: 'x' } }],
  maxIterations: 3,
};

const each: ForEachStep = {
  ...base,
  type: 'parallel_for',
  name: 'each',
  body,
  outputsFrom: new Map(),
  items: { kind: 'list', list: [] },
  maxConcurrency: 2,
};

const sweep: SweepStep = {
  ...base,
  type: 'sweep',
  name: 'tune',
  trial: { command: 'true', code: null, environment: null, environmentVariables: new Map() },
  searchSpace: new Map([['x', { type: 'uniform', minValue: 0, maxValue: 1 }]]),
  sampling: { algorithm: 'random', rule: 'random', seed: 1, logbase: null },
  objective: { goal: 'minimize', primaryMetric: 'loss' },
  earlyTermination: null,
  limits: {
    maxTotalTrials: 5,
    maxConcurrentTrials: 2,
    timeoutSeconds: null,
    trialTimeoutSeconds: null,
  },
};

function turn(number: number, ...statuses: readonly JobStatus[]): TurnChild[] {
  return statuses.map((status, index) => {
    const inner = index === 0 ? 'a' : 'b';
    const spec = { kind: 'turn', turn: number, inner, item: null } as const;
    const error =
      status === 'Failed' ? ({ code: 'STEP_FAILED', message: 'it broke' } as const) : null;
    return { name: childName('loop', spec), spec, status, error };
  });
}

const started = (actions: { readonly start: ReadonlyArray<{ readonly kind: string }> }) =>
  actions.start.map((spec) => childName('s', spec as never));

describe('do_while', () => {
  const next = (children: TurnChild[], condition: boolean | null = null, goesOn = false) =>
    nextOfLoop(loop, { children, condition, continueOnStepFailure: goesOn });

  test('begins with the first turn, and waits for all of it', () => {
    expect(started(next([]))).toEqual(['s.0.a', 's.0.b']);
    expect(next(turn(0, 'Completed', 'Running'))).toEqual({ start: [], stop: [], result: null });
  });

  test('makes what is missing of a turn', () => {
    expect(started(next(turn(0, 'Completed')))).toEqual(['s.0.a', 's.0.b']);
  });

  test('goes on while its condition holds and turns are left', () => {
    expect(started(next(turn(0, 'Completed', 'Completed'), true))).toEqual(['s.1.a', 's.1.b']);
    const three = [0, 1, 2].flatMap((index) => turn(index, 'Completed', 'Completed'));
    expect(next(three, true).result).toMatchObject({ result: { kind: 'turns', count: 3 } });
    expect(next(turn(0, 'Completed', 'Completed'), false).result?.status).toBe('Completed');
  });

  test('without a condition makes all of its turns', () => {
    const view = { children: turn(0, 'Completed', 'Completed'), condition: null };
    const actions = nextOfLoop(
      { ...loop, condition: null },
      { ...view, continueOnStepFailure: false },
    );
    expect(started(actions)).toEqual(['s.1.a', 's.1.b']);
  });

  test('stops the turn where a step has failed, and fails when all has ended', () => {
    expect(next(turn(0, 'Failed', 'Running')).stop).toMatchObject([{ name: 'loop.0.b' }]);
    expect(next(turn(0, 'Failed', 'Running'), null, true).stop).toEqual([]);
    expect(next(turn(0, 'Failed', 'Canceled')).result).toEqual({
      status: 'Failed',
      error: { code: 'STEP_FAILED', message: "turn 0 of 'loop': it broke" },
    });
  });

  test('fails where the step that says its condition was skipped', () => {
    expect(next(turn(0, 'Completed', 'Canceled')).result).toMatchObject({
      error: { code: 'LOOP_CONDITION_MISSING', message: expect.stringContaining("step 'b'") },
    });
  });

  test('a turn takes what the one before has written, and refers to its own steps', () => {
    const second = childStep(loop, { kind: 'turn', turn: 1, inner: 'a', item: null });
    expect(second.name).toBe('loop.1.a');
    expect(second.inputs.get('x')).toEqual(outputOf('loop.0.b', 'next'));
    const b = childStep(loop, { kind: 'turn', turn: 1, inner: 'b', item: null });
    expect(b.inputs.get('y')).toEqual(outputOf('loop.1.a'));
    expect(b.dependsOn).toEqual(['loop.1.a']);
    const first = childStep(loop, { kind: 'turn', turn: 0, inner: 'a', item: null });
    expect(first).toMatchObject({ dependsOn: ['before'] });
    expect(first.inputs.get('x')).toEqual(outputOf('before'));
  });

  test('a loop within a loop refers to the steps of the outer turn', () => {
    const inner: LoopStep = {
      ...loop,
      name: 'inner',
      body: new Map([
        ['c', command('c', { inputs: new Map([['x', outputOf('a')]]), dependsOn: ['a'] })],
      ]),
      condition: null,
      mapping: [],
    };
    const outer = { ...loop, body: new Map<string, Step>([...body, ['inner', inner]]) };
    const made = childStep(outer, { kind: 'turn', turn: 2, inner: 'inner', item: null });
    const c = childStep(made, { kind: 'turn', turn: 0, inner: 'c', item: null });
    expect(c).toMatchObject({ name: 'loop.2.inner.0.c', dependsOn: ['loop.2.a'] });
    expect(c.inputs.get('x')).toEqual(outputOf('loop.2.a'));
  });
});

describe('parallel_for', () => {
  const items = [{ n: 1 }, { n: 2 }, { n: 3 }];
  const next = (children: TurnChild[]) =>
    nextOfForEach(each, { children, items, continueOnStepFailure: false });

  test('starts as many turns as are allowed at once, and ends after all of them', () => {
    expect(started(next([]))).toEqual(['s.0.a', 's.0.b', 's.1.a', 's.1.b']);
    const two = [...turn(0, 'Completed', 'Completed'), ...turn(1, 'Completed', 'Running')];
    expect(started(next(two))).toEqual(['s.2.a', 's.2.b']);
    const all = [0, 1, 2].flatMap((index) => turn(index, 'Completed', 'Completed'));
    expect(next(all).result).toMatchObject({ result: { kind: 'turns', count: 3 } });
  });

  test('without items has nothing to do', () => {
    const view = { children: [], items: [], continueOnStepFailure: false };
    expect(nextOfForEach(each, view).result).toMatchObject({ result: { count: 0 } });
  });

  test('gives each turn the values of its item', () => {
    const item = { kind: 'item', name: 'n', mode: null } as const;
    const withItem = {
      ...each,
      body: new Map([['a', command('a', { inputs: new Map([['x', item]]) })]]),
    };
    const made = childStep(withItem, { kind: 'turn', turn: 0, inner: 'a', item: { n: 7 } });
    expect(made.inputs.get('x')).toMatchObject({ kind: 'literal', type: 'number', value: 7 });
    expect(() => childStep(withItem, { kind: 'turn', turn: 0, inner: 'a', item: {} })).toThrow(
      "'n'",
    );
  });

  test.each([
    ['[{"n": 1}, {"n": "two"}]', [{ n: 1 }, { n: 'two' }]],
    ['{"first": {"n": 1}}', [{ n: 1 }]],
    ['[]', []],
    ['{', /^are no JSON/],
    ['3', /^are '3'; write a JSON list/],
    ['[1]', /^have as number 0 '1'; write an object/],
    ['[{"n": [1]}]', /^have as number 0/],
    [JSON.stringify(Array.from({ length: 1_001 }, () => ({}))), /^are 1001; there may be 1000/],
  ])('reads items from %j', (text, expected) => {
    const read = readItems(text);
    if (expected instanceof RegExp) expect(read).toMatch(expected);
    else expect(read).toEqual(expected);
  });
});

describe('if_else', () => {
  test.each([
    ['true', true],
    ['True\n', true],
    [' FALSE ', false],
    ['1', null],
    ['', null],
  ])('%j is %j', (text, value) => expect(readBoolean(text)).toBe(value));

  test('says what its condition is worth, or that it is worth nothing', () => {
    const step = { ...base, type: 'if_else', name: 'choose', condition: outputOf('a') } as const;
    expect(nextOfCondition(step, 'true').result).toMatchObject({
      result: { kind: 'condition', value: true },
    });
    expect(nextOfCondition(step, 'x'.repeat(100)).result).toMatchObject({
      error: {
        code: 'STEP_INPUT_INVALID',
        message: expect.stringMatching(/is 'x{60}…'; it must be/),
      },
    });
  });
});

describe('sweep', () => {
  const trial = (index: number, status: JobStatus, ...values: readonly number[]): Trial => {
    const spec: TrialSpec = { kind: 'trial', index, parameters: { x: index } };
    return { name: `tune.${index}`, spec, status, values, error: null };
  };
  const next = (trials: readonly Trial[], more: Partial<SweepStep> = {}, elapsedMs = 0) =>
    nextOfSweep({ ...sweep, ...more }, { trials, seed: 's', elapsedMs, slots: 8 });

  test('starts trials as others end, and no more than there may be', () => {
    expect(started(next([]))).toEqual(['s.0', 's.1']);
    expect(started(next([trial(0, 'Running'), trial(1, 'Completed', 1)]))).toEqual(['s.2']);
    const five = [0, 1, 2, 3, 4].map((index) => trial(index, 'Completed', 5 - index));
    expect(next(five).result).toMatchObject({ result: { kind: 'best', trial: 'tune.4' } });
  });

  test('ends early where its grid is done', () => {
    const searchSpace = new Map([
      ['x', { type: 'choice', values: [1] }],
    ]) as SweepStep['searchSpace'];
    const grid = { searchSpace, sampling: { ...sweep.sampling, algorithm: 'grid' } } as const;
    expect(started(next([], grid))).toEqual(['s.0']);
    expect(next([trial(0, 'Completed', 1)], grid).result?.status).toBe('Completed');
  });

  test('starts no more Bayesian trials than can run', () => {
    const limits = { ...sweep.limits, maxTotalTrials: 50, maxConcurrentTrials: 50 };
    const sampling = { ...sweep.sampling, algorithm: 'bayesian' } as const;
    expect(next([], { limits, sampling }).start).toHaveLength(8);
    expect(next([], { limits }).start).toHaveLength(50);
  });

  test('whose time is over stops its trials, and fails when they have ended', () => {
    const limits = { ...sweep.limits, timeoutSeconds: 10 };
    const open = next([trial(0, 'Running'), trial(1, 'Completed', 1)], { limits }, 10_000);
    expect(open).toMatchObject({ start: [], stop: [{ name: 'tune.0' }], result: null });
    const ended = next([trial(0, 'Canceled'), trial(1, 'Completed', 1)], { limits }, 10_000);
    expect(ended.result).toMatchObject({ error: { code: 'STEP_TIMEOUT' } });
  });

  test('takes the latest value of each trial, and none of those that did not complete', () => {
    const trials = [
      trial(0, 'Completed', 1, 9),
      trial(1, 'Completed', 8, 2),
      trial(2, 'Canceled', 0),
      trial(3, 'Failed', 0),
      trial(4, 'Completed', Number.NaN),
      trial(5, 'Completed', 2),
    ];
    expect(bestTrial('minimize', trials)?.name).toBe('tune.1');
    expect(bestTrial('maximize', trials)?.name).toBe('tune.0');
    expect(bestTrial('maximize', trials.slice(2, 5))).toBeNull();
  });

  test('comes to an end, whatever becomes of its trials', () => {
    const ends = fc.array(
      fc.record({
        status: fc.constantFrom<JobStatus>('Completed', 'Failed', 'Canceled'),
        values: fc.array(fc.double(), { maxLength: 3 }),
      }),
      { minLength: 5, maxLength: 5 },
    );
    fc.assert(
      fc.property(ends, fc.integer({ min: 1, max: 5 }), (fates, maxConcurrentTrials) => {
        const limits = { ...sweep.limits, maxConcurrentTrials };
        const trials: Trial[] = [];
        for (let round = 0; round < 10; round += 1) {
          const actions = next(trials, { limits });
          if (actions.result !== null) {
            expect(trials).toHaveLength(5);
            const isGood = bestTrial('minimize', trials) !== null;
            expect(actions.result.status).toBe(isGood ? 'Completed' : 'Failed');
            return;
          }
          expect(actions.start.length).toBeLessThanOrEqual(maxConcurrentTrials);
          for (const spec of actions.start as readonly TrialSpec[]) {
            const { status, values } = fates[spec.index] ?? { status: 'Failed', values: [] };
            trials.push({ ...trial(spec.index, status, ...values), spec });
          }
        }
        throw new Error('the sweep never ended');
      }),
    );
  });

  test('a trial has the values of its parameters apart from its inputs, and writes nowhere else', () => {
    const outputs = new Map([
      [
        'model',
        {
          type: 'uri_folder',
          mode: null,
          path: 'azureml://x',
          register: { name: 'm', version: null },
          isControl: false,
          parentOutput: null,
        },
      ],
    ]) as SweepStep['outputs'];
    const made = childStep(
      { ...sweep, outputs },
      { kind: 'trial', index: 3, parameters: { x: 'a b' } },
    );
    expect(made).toMatchObject({ type: 'command', name: 'tune.3', dependsOn: [] });
    expect(made.inputs.get('search_space.x')).toMatchObject({ kind: 'literal', value: 'a b' });
    expect(made.outputs.get('model')).toMatchObject({ path: null, register: null });
  });

  test('a child of another kind of step is a mistake of ours', () => {
    const spec = { kind: 'turn', turn: 0, inner: 'a', item: null } as const;
    expect(() => childStep(sweep, spec)).toThrow("step 'tune' (sweep) has no child");
    expect(() => childStep(loop, { ...spec, inner: 'z' })).toThrow("has no step 'z'");
  });
});
