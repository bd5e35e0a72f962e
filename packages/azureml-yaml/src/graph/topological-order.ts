// An order in which the steps of a pipeline can run.
import { AzureMlYamlError } from '../errors.ts';
import type { PipelineJob } from '../job/job-types.ts';

/** Every step after those it depends on; those that wait for none first, in the file's order.
 * Throws `AzureMlYamlError` PIPELINE_CYCLE, which `parseJob` reports before. */
export function topologicalOrder(job: Pick<PipelineJob, 'steps'>): string[] {
  const missing = new Map([...job.steps].map(([name, step]) => [name, step.dependsOn.length]));
  const edges = [...job.steps].flatMap(([step, { dependsOn }]) =>
    dependsOn.map((needed) => ({ step, needed })),
  );
  const waitingFor = Map.groupBy(edges, ({ needed }) => needed);
  // The order grows while it is walked: each step in it sets those free that wait for it last.
  const order = [...job.steps.keys()].filter((name) => missing.get(name) === 0);
  for (const done of order) {
    for (const { step } of waitingFor.get(done) ?? []) {
      const left = (missing.get(step) ?? 0) - 1;
      missing.set(step, left);
      if (left === 0) order.push(step);
    }
  }
  if (order.length === job.steps.size) return order;
  const names = [...job.steps.keys()].filter((name) => missing.get(name) !== 0);
  const shown = names.map((name) => `'${name}'`).join(', ');
  throw new AzureMlYamlError(
    'PIPELINE_CYCLE',
    `steps ${shown} wait for each other; break the cycle`,
  );
}
