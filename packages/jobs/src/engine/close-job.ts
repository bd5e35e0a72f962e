// The end of a job: its root run ends, its working folder goes, its last state is written. The
// state comes last, so that a server that dies before it closes the job again.
import { rm } from 'node:fs/promises';
import type { JobFailure } from '../job/job.ts';
import { jobFolder } from '../step/step-folder.ts';
import type { EngineContext } from './engine-context.ts';

const runStatus = { Completed: 'FINISHED', Failed: 'FAILED', Canceled: 'KILLED' } as const;

export async function closeJob(
  { workspace, store, now }: EngineContext,
  jobId: string,
  status: 'Completed' | 'Failed' | 'Canceled',
  error: JobFailure | null,
): Promise<void> {
  await rm(jobFolder(workspace.folder, jobId), { recursive: true, force: true });
  await workspace.runs.update(jobId, { status: runStatus[status], endTime: now() });
  await store.updateJob(jobId, {
    status,
    error_code: error?.code ?? null,
    error_message: error?.message ?? null,
    ended_at: now(),
  });
}
