// Under which names the outputs of a job can be read, by its kind. The docs contradict themselves
// for deployments: both the job's name and the hook's are taken as the first part.

import type { Job } from '../pipeline/pipeline.ts';
import type { InstanceState, JobState, OutputState } from './run-state.ts';

export type OutputEntry = readonly [key: string, output: OutputState];

/** `s.v`; of a leg `py39.s.v`, of a slice `job1.s.v`; of a deployment `A.s.v`, `deploy.s.v`,
 * `deploy_10.s.v` or `deploy_vm1.s.v`. Of two with the same key the later one holds. */
export function jobOutputs(job: Job, { instances }: JobState): readonly OutputEntry[] {
  return byWeight(instances).flatMap((instance) =>
    prefixesOf(job, instance).flatMap((prefix) =>
      instance.outputs.map((output): OutputEntry => [`${prefix}${output.name}`, output]),
    ),
  );
}

/** As a stage's condition reads them: with the job's name in front. */
export function stageOutputs(job: Job, state: JobState): readonly OutputEntry[] {
  return jobOutputs(job, state).map(([key, output]) => [`${job.id}.${key}`, output]);
}

function prefixesOf(job: Job, { key, hook }: InstanceState): readonly string[] {
  if (hook === null) return [key === '' ? '' : `${key}.`];
  const prefixes = [`${job.id}.`, `${key}.`];
  // runOnce hooks that deploy to a resource carry it in their name as those of rolling do.
  const hasResource = hook.strategy === 'runOnce' && hook.resource !== undefined;
  return hasResource ? [...prefixes, `${hook.name}_${hook.resource}.`] : prefixes;
}

/** `deploy` last: it is what the job's own name stands for. */
function byWeight(instances: readonly InstanceState[]): readonly InstanceState[] {
  const isDeploy = ({ hook }: InstanceState) => Number(hook?.name === 'deploy');
  return instances.toSorted((a, b) => isDeploy(a) - isDeploy(b));
}
