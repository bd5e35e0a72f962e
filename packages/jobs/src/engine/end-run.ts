// The end of a run in the tracking tables.
import type { EngineContext } from './engine-context.ts';
import { isRefusal } from './refusal.ts';

const runStatus = { Completed: 'FINISHED', Failed: 'FAILED', Canceled: 'KILLED' } as const;

/** Does nothing for a run that was never made, or that a user has deleted meanwhile. */
export async function endRun(
  { workspace, now }: EngineContext,
  runId: string,
  status: 'Completed' | 'Failed' | 'Canceled',
): Promise<void> {
  try {
    await workspace.runs.update(runId, { status: runStatus[status], endTime: now() });
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
}
