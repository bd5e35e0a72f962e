// A host that answers at once, for the tests of this folder.

import type { Pipeline } from '../pipeline/pipeline.ts';
import type { Action } from './action.ts';
import type { JobOutcome, JobRun } from './job-run.ts';
import { Orchestrator } from './orchestrator.ts';
import type { Result } from './result.ts';
import { factsOf } from './testing.fixture.ts';

/** What a job comes to: a result alone, or with outputs. */
export type Ending = Result | { readonly result?: Result; readonly outputs: Outputs };
type Outputs = Readonly<Record<string, string>>;

/** By identifier, as `S.A` or `S.A.py39`; what is not named succeeds. */
export type Endings = Readonly<Record<string, Ending>>;

export interface Drive {
  readonly orchestrator: Orchestrator;
  readonly actions: readonly Action[];
  readonly jobs: readonly JobRun[];
  /** By `stage` or `stage.job`. */
  readonly results: ReadonlyMap<string, Result>;
  readonly result: Result | undefined;
}

/** Runs a pipeline to its end, one job after the other. */
export function drive(pipeline: Pipeline, endings: Endings = {}, facts = factsOf()): Drive {
  return driveOn(new Orchestrator(pipeline, facts), endings);
}

export function driveOn(orchestrator: Orchestrator, endings: Endings = {}): Drive {
  const actions: Action[] = [];
  const jobs: JobRun[] = [];
  for (let turn = orchestrator.next(); turn.length > 0; turn = orchestrator.next()) {
    actions.push(...turn);
    for (const action of turn) {
      if (action.kind === 'checkStage') orchestrator.stageChecked(action.stage.id, 'approved');
      if (action.kind !== 'startJob') continue;
      jobs.push(action.job);
      orchestrator.jobFinished(action.job.id, outcomeOf(endings[action.job.identifier]));
    }
  }
  return { orchestrator, actions, jobs, results: resultsOf(actions), result: orchestrator.result };
}

export function outcomeOf(ending: Ending = 'succeeded'): JobOutcome {
  if (typeof ending === 'string') return { result: ending, outputs: new Map() };
  return { result: ending.result ?? 'succeeded', outputs: new Map(Object.entries(ending.outputs)) };
}

function resultsOf(actions: readonly Action[]): ReadonlyMap<string, Result> {
  const results = new Map<string, Result>();
  for (const action of actions) {
    if (action.kind !== 'jobFinished' && action.kind !== 'stageFinished') continue;
    const { stage, job } = action.node;
    results.set(job === undefined ? stage : `${stage}.${job}`, action.result);
  }
  return results;
}

export function started(actions: readonly Action[]): readonly string[] {
  return actions.flatMap((action) => (action.kind === 'startJob' ? [action.job.identifier] : []));
}

/** The value of a variable of a job that has run. */
export function variableOf(run: Drive, identifier: string, name: string): string | undefined {
  const job = run.jobs.find((one) => one.identifier === identifier);
  const found = [...(job?.variables ?? [])].find(
    ([key]) => key.toLowerCase() === name.toLowerCase(),
  );
  return found?.[1].value;
}

export function mistakesOf({ actions }: Drive): readonly string[] {
  return actions.flatMap((action) =>
    'mistake' in action && action.mistake !== undefined ? [action.mistake] : [],
  );
}
