import { describe, expect, test } from 'vitest';
import type { Action } from './action.ts';
import { outcomeOf, started } from './drive.fixture.ts';
import { Orchestrator } from './orchestrator.ts';
import type { Result } from './result.ts';
import {
  deployment,
  factsOf,
  hook,
  type JobWords,
  jobsOf,
  matrix,
  pipelineOf,
} from './testing.fixture.ts';

/** A run of one stage whose first jobs are under way. */
function startJobs(jobs: Readonly<Record<string, JobWords>>): Orchestrator {
  const orchestrator = new Orchestrator(jobsOf(jobs), factsOf());
  orchestrator.next();
  orchestrator.stageChecked('S', 'approved');
  orchestrator.next();
  return orchestrator;
}

function canceledIds(actions: readonly Action[]): readonly string[] {
  return actions.flatMap((action) => (action.kind === 'cancelJob' ? [action.id] : []));
}

function end(orchestrator: Orchestrator, id: string, result: Result): readonly Action[] {
  orchestrator.jobFinished(id, outcomeOf(result));
  return orchestrator.next();
}

describe('cancel', () => {
  test('what runs is canceled, what waits is not run, what always runs still does', () => {
    const orchestrator = startJobs({
      A: {},
      B: { dependsOn: ['A'] },
      C: { dependsOn: ['B'], condition: 'always()' },
      D: { dependsOn: ['A'], condition: 'canceled()' },
    });
    orchestrator.cancel();
    expect(canceledIds(orchestrator.next())).toEqual(['S.A@1']);
    const actions = end(orchestrator, 'S.A@1', 'canceled');
    expect(started(actions).toSorted()).toEqual(['S.C', 'S.D']);
    end(orchestrator, 'S.C@1', 'succeeded');
    expect(end(orchestrator, 'S.D@1', 'succeeded').at(-1)).toEqual({
      kind: 'finished',
      result: 'canceled',
    });
  });

  test.each(['succeeded()', 'failed()', 'succeededOrFailed()', "succeeded('A')"])(
    '%s does not hold any more',
    (condition) => {
      const orchestrator = startJobs({ A: {}, B: { dependsOn: ['A'], condition } });
      orchestrator.cancel();
      orchestrator.next();
      expect(started(end(orchestrator, 'S.A@1', 'failed'))).toEqual([]);
    },
  );

  test('a condition that does not ask for the status lets its job start', () => {
    const orchestrator = startJobs({ A: {}, B: { dependsOn: ['A'], condition: 'eq(1, 1)' } });
    orchestrator.cancel();
    orchestrator.next();
    expect(started(end(orchestrator, 'S.A@1', 'canceled'))).toEqual(['S.B']);
  });

  test('a job that always runs is not stopped in its middle', () => {
    const orchestrator = startJobs({ A: { condition: 'always()' } });
    orchestrator.cancel();
    expect(orchestrator.next()).toEqual([]);
    end(orchestrator, 'S.A@1', 'succeeded');
    expect(orchestrator.result).toBe('canceled');
  });

  test('unless the cancel is forced', () => {
    const orchestrator = startJobs({
      A: { condition: 'always()' },
      B: { dependsOn: ['A'], condition: 'always()' },
    });
    orchestrator.cancel();
    orchestrator.next();
    orchestrator.cancel('forced');
    expect(canceledIds(orchestrator.next())).toEqual(['S.A@1']);
    expect(started(end(orchestrator, 'S.A@1', 'canceled'))).toEqual([]);
    expect(orchestrator.result).toBe('canceled');
  });

  test('is told once a job', () => {
    const orchestrator = startJobs({ A: {} });
    orchestrator.cancel();
    expect(canceledIds(orchestrator.next())).toHaveLength(1);
    orchestrator.cancel();
    expect(orchestrator.next()).toEqual([]);
  });

  test('legs that have not started do not start', () => {
    const orchestrator = startJobs({ A: { strategy: matrix({ a: {}, b: {} }, '1') } });
    orchestrator.cancel();
    orchestrator.next();
    expect(started(end(orchestrator, 'S.A.a@1', 'canceled'))).toEqual([]);
    expect(orchestrator.result).toBe('canceled');
  });

  test('hooks that have not started do not start', () => {
    const hooks = { deploy: hook(), onFailure: hook() };
    const orchestrator = startJobs({ A: deployment({ kind: 'runOnce', hooks }) });
    orchestrator.cancel();
    orchestrator.next();
    expect(started(end(orchestrator, 'S.A.deploy@1', 'failed'))).toEqual([]);
  });

  test('a stage that waits for its checks is looked at again', () => {
    const pipeline = pipelineOf({
      S1: {},
      S2: {
        dependsOn: [],
        condition: 'always()',
        jobs: { A: {}, B: { condition: 'always()' } },
      },
    });
    const orchestrator = new Orchestrator(pipeline, factsOf());
    orchestrator.next();
    orchestrator.cancel();
    const ended = orchestrator.next().filter(({ kind }) => kind === 'stageFinished');
    expect(ended).toMatchObject([{ node: { stage: 'S1' }, result: 'canceled' }]);
    expect(orchestrator.stageChecked('S1', 'approved')).toBe(false);
    expect(orchestrator.stageChecked('S2', 'approved')).toBe(true);
    expect(started(orchestrator.next())).toEqual(['S2.B']);
  });

  test('a run that has ended stays as it is', () => {
    const orchestrator = startJobs({ A: {} });
    end(orchestrator, 'S.A@1', 'succeeded');
    orchestrator.cancel();
    expect(orchestrator.next()).toEqual([]);
    expect(orchestrator.result).toBe('succeeded');
  });
});

test('a job that ran out of time is canceled, and its run goes on', () => {
  const orchestrator = startJobs({ A: {}, B: { dependsOn: ['A'], condition: 'not(canceled())' } });
  expect(started(end(orchestrator, 'S.A@1', 'canceled'))).toEqual(['S.B']);
});
