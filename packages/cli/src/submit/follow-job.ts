// Follows the logs of a job to its end: those of its steps one after the other, in the order in which
// they began. Of steps that run side by side, the later one's log comes when the earlier one has ended.
import { isEnded, type Job, type JobStep, type RidgelineClient } from '@ridgeline/client';

export interface JobReader {
  /** Before its text. */
  onStep(step: JobStep): void;
  onText(text: string): void;
}

export async function followJob(
  client: RidgelineClient,
  id: string,
  reader: JobReader,
): Promise<Job> {
  const shown = new Set<string>();
  using watch = client.events.watch({ job: id, kinds: ['job', 'step', 'log'] });
  for (;;) {
    const job = await client.jobs.get(id);
    const next = loggedSteps(job).find(({ name }) => !shown.has(name));
    if (next !== undefined) {
      shown.add(next.name);
      reader.onStep(next);
      for await (const text of client.jobs.followLog(id, next.name, { watch })) reader.onText(text);
    } else if (isEnded(job.status)) return job;
    else await watch.changed();
  }
}

/** What only makes other steps prints nothing itself. */
const makers: readonly JobStep['type'][] = ['sweep', 'if_else', 'do_while', 'parallel_for'];

/** Those that have begun, in the order in which they did. */
export function loggedSteps({ steps }: Pick<Job, 'steps'>): readonly JobStep[] {
  const begun = steps.filter(({ type, attempt }) => attempt > 0 && !makers.includes(type));
  return begun.toSorted((a, b) => (a.startedAt ?? '').localeCompare(b.startedAt ?? ''));
}
