// Follows a job to its end, and tells a listener of each step that starts or ends.

import { setTimeout as delay } from 'node:timers/promises';
import type { Job, JobStep, RidgelineClient } from '@ridgeline/client';
import { isEnded } from '@ridgeline/client';

const pollMs = 200;

export async function watchJob(
  client: RidgelineClient,
  jobId: string,
  onChange: (step: JobStep, job: Job) => void,
): Promise<Job> {
  const notStarted = 'NotStarted 0';
  const seen = new Map<string, string>();
  for (;;) {
    const job = await client.jobs.get(jobId);
    for (const step of job.steps) {
      const state = `${step.status} ${step.attempt}`;
      if ((seen.get(step.name) ?? notStarted) !== state) onChange(step, job);
      seen.set(step.name, state);
    }
    if (isEnded(job.status)) return job;
    await delay(pollMs);
  }
}
