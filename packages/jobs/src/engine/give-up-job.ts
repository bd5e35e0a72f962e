// The end of a job that cannot be gone on with, such as one whose definition this version of the
// server no longer reads: what still runs of it is stopped, and it fails with the reason.
import { hasEnded } from '../job/job.ts';
import type { StoredJob } from '../job/job-store.ts';
import { storedAttempt } from './active-step.ts';
import type { Attempt } from './attempt.ts';
import { closeJob } from './close-job.ts';
import { abandonAttempt } from './end-attempt.ts';
import type { EngineContext } from './engine-context.ts';
import { findAttempt } from './find-attempt.ts';

export async function giveUpJob(
  context: EngineContext,
  { job, steps }: StoredJob,
  reason: unknown,
): Promise<void> {
  for (const row of steps) {
    if (hasEnded(row.status)) continue;
    const attempt = storedAttempt(row);
    if (row.status === 'Running' && attempt !== null)
      await stopAttempt(context, row.compute, attempt);
    const end = { status: 'Canceled', ended_at: context.now() } as const;
    await context.store.updateStep(job.job_id, row.step_name, end);
  }
  const message = reason instanceof Error ? reason.message : String(reason);
  await closeJob(context, job.job_id, 'Failed', { code: 'JOB_CANNOT_RUN', message });
}

async function stopAttempt(
  context: EngineContext,
  compute: string,
  attempt: Attempt,
): Promise<void> {
  // Nothing of it is kept, so that its outputs do not matter.
  const found = await findAttempt(context, { compute, outputs: [] }, attempt);
  if (found.state === 'running') {
    found.process.signal('SIGKILL');
    await found.process.ended();
  }
  await abandonAttempt(context, attempt, 'Canceled');
}
