// The end of a job: its root run ends, its working folder goes, its last state is written. The
// state comes last, so that a server that dies before closes the job again.
import type { JobFailure } from '../job/job.ts';
import { discardFolder } from '../step/discard-folder.ts';
import { jobFolder } from '../step/step-folder.ts';
import { endRun } from './end-run.ts';
import type { EngineContext } from './engine-context.ts';

export async function closeJob(
  context: EngineContext,
  jobId: string,
  status: 'Completed' | 'Failed' | 'Canceled',
  error: JobFailure | null,
): Promise<void> {
  await discardFolder(jobFolder(context.workspace.folder, jobId));
  // One after the other: asked for together, on a full disk the last of them may pass alone.
  await endRun(context, jobId, status);
  await context.store.updateJob(jobId, {
    status,
    error_code: error?.code ?? null,
    error_message: error?.message ?? null,
    ended_at: context.now(),
  });
}
