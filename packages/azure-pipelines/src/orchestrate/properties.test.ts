// Random pipelines with random ends of their jobs, in random order, with cancels, rejected checks
// and kills in between: whatever happens, a run ends, and each of its parts ends once.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { Action } from './action.ts';
import { outcomeOf } from './drive.fixture.ts';
import { Orchestrator } from './orchestrator.ts';
import { plan } from './plan.ts';
import type { Outlook } from './plan-condition.ts';
import type { Result } from './result.ts';
import {
  deployment,
  factsOf,
  hook,
  type JobWords,
  matrix,
  pipelineOf,
  type StageWords,
  text,
} from './testing.fixture.ts';

const conditions = [
  undefined,
  'succeeded()',
  'always()',
  'failed()',
  'succeededOrFailed()',
  'not(canceled())',
  'canceled()',
  'false',
  "eq(variables.x, '1')",
  "eq(dependencies.j0.outputs['s.v'], 'yes')",
  "in(dependencies.j0.result, 'Skipped', 'Failed')",
  'lt(variables, 1)',
];

const strategies: readonly JobWords[] = [
  {},
  {},
  { strategy: matrix({ a: {}, b: {}, c: {} }, '2') },
  { strategy: { kind: 'parallel', count: text('2') } },
  { strategy: { kind: 'runtime', runtime: text("$[ dependencies.j0.outputs['s.v'] ]") } },
  deployment({ kind: 'runOnce', hooks: { deploy: hook(), onFailure: hook() } }),
  deployment({
    kind: 'canary',
    increments: [10],
    hooks: { preDeploy: hook(), deploy: hook(), onSuccess: hook() },
  }),
  deployment({ kind: 'rolling', maxParallel: text('1'), hooks: { deploy: hook() } }),
  { timeoutInMinutes: text('$(none)') },
];

const dependencies = (index: number) =>
  fc.subarray(Array.from({ length: index }, (_, before) => before));

function jobWords(index: number): fc.Arbitrary<JobWords> {
  return fc
    .record({
      dependsOn: dependencies(index),
      condition: fc.constantFrom(...conditions),
      strategy: fc.constantFrom(...strategies),
      lenient: fc.boolean(),
    })
    .map(({ dependsOn, condition, strategy, lenient }) => ({
      ...strategy,
      dependsOn: dependsOn.map((before) => `j${before}`),
      ...(condition === undefined ? {} : { condition }),
      ...(lenient ? { continueOnError: text('true') } : {}),
    }));
}

const jobs = fc
  .integer({ min: 1, max: 4 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => jobWords(index))))
  .map((list) => Object.fromEntries(list.map((job, index) => [`j${index}`, job])));

function stageWords(index: number): fc.Arbitrary<StageWords> {
  return fc
    .record({
      dependsOn: dependencies(index),
      condition: fc.constantFrom(...conditions.slice(0, 9)),
      jobs,
      isManual: fc.boolean(),
    })
    .map(({ dependsOn, condition, isManual, ...words }) => ({
      ...words,
      dependsOn: dependsOn.map((before) => `s${before}`),
      trigger: isManual ? 'manual' : 'automatic',
      ...(condition === undefined ? {} : { condition }),
    }));
}

const pipelines = fc
  .integer({ min: 1, max: 4 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => stageWords(index))))
  .map((list) =>
    pipelineOf(Object.fromEntries(list.map((stage, index) => [`s${index}`, stage])), { x: '1' }),
  );

/** Choices, taken in turn; when they are used up, the first of everything. */
const choices = fc.array(fc.nat({ max: 1000 }), { maxLength: 120 });

const machines = ['vm1', 'vm2'].map(
  (name) => ({ name, type: 'VirtualMachine', tags: [] }) as const,
);
const facts = factsOf({ environments: new Map([['test', machines]]) });

const jobResults: readonly Result[] = ['succeeded', 'succeededWithIssues', 'failed', 'canceled'];

interface Played {
  readonly actions: readonly Action[];
  readonly orchestrator: Orchestrator;
}

/** A host that does one thing at a time, as the choices say. With `kills` it loses its memory now
 * and then, and goes on from the last snapshot and what that says is outstanding. */
function play(pipeline: Pipeline, turns: readonly number[], kills: boolean): Played {
  let orchestrator = new Orchestrator(pipeline, facts);
  let open: Action[] = [];
  const actions: Action[] = [];
  for (let turn = 0; turn < 2000; turn += 1) {
    const news = orchestrator.next();
    actions.push(...news);
    open = [...open, ...news.filter(isQuestion)].filter((one) => !isMoot(one, news));
    const choice = turns[turn] ?? 0;
    if (kills && choice % 3 === 0) {
      const snapshot: unknown = JSON.parse(JSON.stringify(orchestrator.snapshot()));
      orchestrator = Orchestrator.restore(pipeline, facts, snapshot);
      const again = orchestrator.outstanding().filter(isQuestion);
      expect(again.map(nameOf).toSorted()).toEqual(open.map(nameOf).toSorted());
      expect(again).toEqual(
        again.map((one) => open.find((other) => nameOf(other) === nameOf(one))),
      );
    }
    if (orchestrator.result !== undefined) break;
    if (choice % 41 === 40) {
      orchestrator.cancel(choice % 2 === 0 ? 'asked' : 'forced');
      continue;
    }
    const index = choice % Math.max(1, open.length);
    const question = open[index];
    if (question === undefined) break;
    open = open.filter((_, other) => other !== index);
    answer(orchestrator, question, choice);
  }
  actions.push(...orchestrator.next());
  return { actions, orchestrator };
}

function isQuestion({ kind }: Action): boolean {
  return kind === 'startJob' || kind === 'checkStage' || kind === 'awaitStart';
}

/** A cancel has ended the stage that it is about. */
function isMoot(question: Action, news: readonly Action[]): boolean {
  return news.some(
    (one) =>
      one.kind === 'stageFinished' && 'stage' in question && question.stage.id === one.node.stage,
  );
}

function nameOf(action: Action): string {
  if (action.kind === 'startJob') return action.job.id;
  return 'stage' in action ? `${action.kind} ${action.stage.id}` : action.kind;
}

function answer(orchestrator: Orchestrator, question: Action, choice: number): void {
  if (question.kind === 'checkStage') {
    orchestrator.stageChecked(question.stage.id, choice % 7 === 6 ? 'rejected' : 'approved');
  }
  if (question.kind === 'awaitStart') {
    if (choice % 4 === 3) orchestrator.skipStage(question.stage.id);
    else orchestrator.startStage(question.stage.id);
  }
  if (question.kind !== 'startJob') return;
  const result = jobResults[Math.floor(choice / 3) % jobResults.length] ?? 'succeeded';
  const outputs = { 's.v': choice % 2 === 0 ? 'yes' : '{"l1": {}, "l2": {"v": "1"}}' };
  orchestrator.jobFinished(question.job.id, { ...outcomeOf({ outputs }), result });
}

test('a run ends, and each stage and each job of it has exactly one end', () => {
  fc.assert(
    fc.property(pipelines, choices, (pipeline, turns) => {
      const { actions, orchestrator } = play(pipeline, turns, false);
      expect(actions.at(-1)).toEqual({ kind: 'finished', result: orchestrator.result });
      const stages = actions.flatMap((one) =>
        one.kind === 'stageFinished' ? [one.node.stage] : [],
      );
      expect(stages.toSorted()).toEqual(pipeline.stages.map(({ id }) => id).toSorted());
      const ended = actions.flatMap(({ kind, ...one }) =>
        kind === 'jobFinished' && 'node' in one ? [JSON.stringify(one.node)] : [],
      );
      expect(new Set(ended).size).toBe(ended.length);
      for (const stage of orchestrator.snapshot().stages) {
        expect(stage.result).not.toBeNull();
        expect(stage.jobs.map(({ result }) => result)).not.toContain(null);
      }
    }),
    { numRuns: 300 },
  );
});

test('no job starts twice, and none before those that it depends on have ended', () => {
  fc.assert(
    fc.property(pipelines, choices, (pipeline, turns) => {
      const started = new Set<string>();
      const ended = new Set<string>();
      for (const action of play(pipeline, turns, false).actions) {
        if (action.kind === 'jobFinished') ended.add(`${action.node.stage}.${action.node.job}`);
        if (action.kind !== 'startJob') continue;
        const { id, stage, job } = action.job;
        expect(started.has(id)).toBe(false);
        started.add(id);
        for (const before of job.dependsOn) expect(ended.has(`${stage}.${before}`)).toBe(true);
      }
    }),
    { numRuns: 200 },
  );
});

test('a host that is killed at any point goes on exactly as one that is not', () => {
  fc.assert(
    fc.property(pipelines, choices, (pipeline, turns) => {
      const steady = play(pipeline, turns, false);
      const killed = play(pipeline, turns, true);
      expect(killed.actions).toEqual(steady.actions);
      expect(killed.orchestrator.snapshot()).toEqual(steady.orchestrator.snapshot());
    }),
    { numRuns: 200 },
  );
});

test('a rerun of what failed ends too, and what had succeeded keeps its result', () => {
  fc.assert(
    fc.property(pipelines, choices, (pipeline, turns) => {
      const before = play(pipeline, turns, false).orchestrator.snapshot();
      const again = Orchestrator.rerun(pipeline, facts, before, 'failed');
      for (const stage of again.snapshot().stages) {
        const old = before.stages.find(({ id }) => id === stage.id);
        if (stage.attempt === old?.attempt) expect(stage).toEqual(old);
      }
    }),
    { numRuns: 100 },
  );
});

test('what a plan says runs or is skipped does so when every job succeeds', () => {
  fc.assert(
    fc.property(pipelines, (pipeline) => {
      // Jobs that fail for a mistake do not succeed.
      const sound = withoutMistakes(pipeline);
      const { stages } = play(sound, Array(500).fill(1), false).orchestrator.snapshot();
      for (const [index, stage] of plan(sound, facts).entries()) {
        const allSkipped = stage.jobs.every(({ outlook }) => outlook === 'skipped');
        if (!allSkipped) expectAs(stage.outlook, stages[index]?.result);
        if (stage.outlook === 'unknown') continue;
        for (const [place, job] of stage.jobs.entries()) {
          expectAs(job.outlook, stages[index]?.jobs[place]?.result);
        }
      }
    }),
    { numRuns: 300 },
  );
});

function withoutMistakes(pipeline: Pipeline): Pipeline {
  const stages = pipeline.stages.map((stage) => ({
    ...stage,
    jobs: stage.jobs.map(({ timeoutInMinutes: _none, ...job }) => job),
  }));
  return { ...pipeline, stages };
}

function expectAs(outlook: Outlook, result: Result | null | undefined): void {
  if (outlook === 'runs') expect(result).not.toBe('skipped');
  if (outlook === 'skipped') expect(result).toBe('skipped');
  if (outlook === 'fails') expect(result).toBe('failed');
}
