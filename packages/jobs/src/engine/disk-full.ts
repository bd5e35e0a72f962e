// Tells that the disk has no room left, which is no fault of ours, and of the step perhaps.
import { RidgelineError } from '@ridgeline/workspace';
import type { JobFailure } from '../job/job.ts';

export function isDiskFull(error: unknown): boolean {
  if (error instanceof RidgelineError) {
    return error.code === 'DATABASE_DISK_FULL' || isDiskFull(error.cause);
  }
  const { code } = (error ?? {}) as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT';
}

export function diskFullFailure(stepName: string, what: string): JobFailure {
  const message =
    `step '${stepName}' ${what}, as the disk of the workspace is full; ` +
    'make room there, and submit the job again';
  return { code: 'STEP_DISK_FULL', message };
}
