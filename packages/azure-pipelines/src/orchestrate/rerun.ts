// A run that has ended, made ready to go on: what failed is new again, with whatever comes after it,
// and the rest keeps its results and outputs.

import type { Job } from '../pipeline/pipeline.ts';
import { isLeftOut, newJob, newStage } from './new-state.ts';
import { OrchestrateError } from './orchestrate-error.ts';
import type { Result } from './result.ts';
import { dependents, isSameName, type JobNode, type Run, type StageNode } from './run-graph.ts';
import type { InstanceState, JobState, RunState, StageState } from './run-state.ts';

/** `failed`: stages that failed or were canceled, of these the failed jobs; `all`: everything; one
 * stage: all its jobs. Stages that depend on any of these run again as a whole. */
export type RerunScope = 'failed' | 'all' | { readonly stage: string };

/** @throws OrchestrateError STAGE_UNKNOWN */
export function rerunState(run: Run, scope: RerunScope): RunState {
  const first = run.stages.filter((node) => isChosen(node, scope));
  if (typeof scope === 'object' && first.length === 0) {
    throw new OrchestrateError('STAGE_UNKNOWN', `stage "${scope.stage}" does not exist`);
  }
  const after = dependents(run.stages, first);
  const stages = run.stages.map((node) => {
    if (after.has(node) || (scope !== 'failed' && first.includes(node))) return whole(node, run);
    return first.includes(node) ? failedPart(node, run) : node.state;
  });
  return { ...run.state, canceling: 'no', reported: false, stages };
}

function isChosen({ stage, state }: StageNode, scope: RerunScope): boolean {
  if (scope === 'all') return true;
  return scope === 'failed' ? isToRepeat(state) : isSameName(stage.id, scope.stage);
}

/** What has no result was cut off: its process is gone. */
function isToRepeat({ result }: { readonly result: Result | null }): boolean {
  return result === null || result === 'failed' || result === 'canceled';
}

function whole(node: StageNode, { facts }: Run): StageState {
  const { stage, state } = node;
  const fresh = newStage(stage, isLeftOut(stage, facts), state.attempt + 1);
  return { ...fresh, jobs: node.jobs.map(wholeJob) };
}

function wholeJob({ job, state }: JobNode): JobState {
  return newJob(job, state.attempt + 1);
}

/** All of a stage that failed before its jobs: by its checks, or a mistake in its condition. */
function failedPart(node: StageNode, run: Run): StageState {
  const failed = node.jobs.filter(({ state }) => isToRepeat(state));
  if (failed.length === 0) return whole(node, run);
  const after = dependents(node.jobs, failed);
  const jobs = node.jobs.map((jobNode) => {
    if (after.has(jobNode)) return wholeJob(jobNode);
    return failed.includes(jobNode) ? repeatedJob(jobNode.job, jobNode.state) : jobNode.state;
  });
  return { ...newStage(node.stage, false, node.state.attempt + 1), jobs };
}

/** Legs that went well are kept. A deployment starts over: its hooks build upon one another. */
function repeatedJob(job: Job, state: JobState): JobState {
  const fresh = newJob(job, state.attempt + 1);
  if (job.deployment !== undefined) return fresh;
  const { instances, maxParallel } = state;
  return { ...fresh, maxParallel, instances: instances.map((leg) => repeatedLeg(leg, fresh)) };
}

function repeatedLeg(leg: InstanceState, { attempt }: JobState): InstanceState {
  if (!isToRepeat(leg)) return leg;
  const fresh = { phase: 'waiting', result: null, cancelSent: false, outputs: [] } as const;
  return { ...leg, ...fresh, attempt };
}
