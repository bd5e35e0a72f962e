// Follows a job to its end, and tells a listener of each step that starts or ends.
import { isEnded, type Job, type JobStep, type RidgelineClient } from '@ridgeline/client';
import { describeStepLine } from '../output/describe-job.ts';
import { printNote } from '../output/print.ts';

export async function watchJob(
  client: RidgelineClient,
  jobId: string,
  onChange: (step: JobStep, job: Job) => void,
): Promise<Job> {
  const notStarted = 'NotStarted 0';
  const seen = new Map<string, string>();
  for await (const job of client.jobs.watch(jobId)) {
    for (const step of job.steps) {
      const state = `${step.status} ${step.attempt}`;
      if ((seen.get(step.name) ?? notStarted) !== state) onChange(step, job);
      seen.set(step.name, state);
    }
    if (isEnded(job.status)) return job;
  }
  throw new Error('a job is watched to its end');
}

/** A listener that tells the person who waits. */
export function noteStep(step: JobStep): void {
  printNote(describeStepLine(step));
}
