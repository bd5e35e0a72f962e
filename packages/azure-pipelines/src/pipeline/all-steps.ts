// Every list of steps of a pipeline, with the job and the pool that it runs in.

import { type Hook, hookNames } from './deployment.ts';
import type { Job, Pipeline, Pool } from './pipeline.ts';
import type { Step } from './step.ts';

export interface StepList {
  readonly job: Job;
  /** Undefined: the host's default. */
  readonly pool?: Pool;
  readonly steps: readonly Step[];
}

export function* stepLists(pipeline: Pipeline): Generator<StepList> {
  for (const job of pipeline.stages.flatMap(({ jobs }) => jobs)) {
    if (job.kind !== 'deployment') yield listOf(job, job.steps, job.pool);
    for (const hook of hooksOf(job)) yield listOf(job, hook.steps, hook.pool ?? job.pool);
  }
}

export function hooksOf({ deployment }: Job): readonly Hook[] {
  if (deployment === undefined) return [];
  const { hooks } = deployment;
  const inOrder = [...hookNames.map((name) => hooks[name]), hooks.onFailure, hooks.onSuccess];
  return inOrder.filter((hook) => hook !== undefined);
}

function listOf(job: Job, steps: readonly Step[], pool: Pool | undefined): StepList {
  return pool === undefined ? { job, steps } : { job, steps, pool };
}
