// The state of a run before anything of it has happened.

import { didYouMean } from '../diagnostic/did-you-mean.ts';
import type { Job, Pipeline, Stage } from '../pipeline/pipeline.ts';
import { OrchestrateError } from './orchestrate-error.ts';
import type { RunFacts } from './run-facts.ts';
import { isSameName } from './run-graph.ts';
import type { JobState, RunState, StageState } from './run-state.ts';

/** @throws OrchestrateError STAGE_UNKNOWN, STAGE_NOT_SKIPPABLE */
export function newState(pipeline: Pipeline, facts: RunFacts): RunState {
  for (const name of facts.stagesToSkip ?? []) checkSkip(pipeline, name);
  return {
    version: 1,
    canceling: 'no',
    reported: false,
    counters: [],
    stages: pipeline.stages.map((stage) => newStage(stage, isLeftOut(stage, facts))),
  };
}

export function isLeftOut({ id }: Stage, { stagesToSkip = [] }: RunFacts): boolean {
  return stagesToSkip.some((name) => isSameName(name, id));
}

export function newStage({ id, jobs }: Stage, bypassed: boolean, attempt = 1): StageState {
  return {
    id,
    attempt,
    phase: 'pending',
    result: null,
    answer: null,
    bypassed,
    trace: [],
    mistake: null,
    jobs: jobs.map((job) => newJob(job)),
  };
}

export function newJob({ id }: Job, attempt = 1): JobState {
  return {
    id,
    attempt,
    phase: 'pending',
    result: null,
    stopped: false,
    trace: [],
    mistake: null,
    maxParallel: 0,
    instances: [],
  };
}

function checkSkip({ stages }: Pipeline, name: string): void {
  const stage = stages.find(({ id }) => isSameName(id, name));
  if (stage === undefined) {
    const known = stages.map(({ id }) => id);
    const message = `stage "${name}", which is to be skipped, does not exist.${didYouMean(name, known)}`;
    throw new OrchestrateError('STAGE_UNKNOWN', message);
  }
  if (stage.isSkippable) return;
  const message = `stage "${name}" has isSkippable: false and cannot be left out; start the run with it`;
  throw new OrchestrateError('STAGE_NOT_SKIPPABLE', message);
}
