// What is told of a step for which the disk had no room left: no fault of ours, and of the step perhaps.
import type { JobFailure } from '../job/job.ts';

export function diskFullFailure(stepName: string, what: string): JobFailure {
  const message =
    `step '${stepName}' ${what}, as the disk of the workspace is full; ` +
    'make room there, and submit the job again';
  return { code: 'STEP_DISK_FULL', message };
}
