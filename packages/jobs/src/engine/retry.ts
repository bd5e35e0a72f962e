// Whether a step that has failed is tried again, and when.
import type { CommandStep } from '@ridgeline/azureml-yaml';
import type { JobFailureCode } from '../job/job.ts';
import type { StepOutcome } from '../step/step-outcome.ts';

/** With this exit code a step says that trying again is of no use, as with Metaflow. */
export const neverRetryExitCode = 202;

const maxBackoffSeconds = 600;

/** What another attempt may mend: a log that is too large, or an output that is missing, stays so. */
const passing: readonly JobFailureCode[] = ['STEP_FAILED', 'STEP_KILLED', 'STEP_TIMEOUT'];

/**
 * When the step is to be tried again, in milliseconds since 1970; null for never.
 * @param retries how often it was tried again already
 */
export function retryTime(
  { retry }: Pick<CommandStep, 'retry'>,
  outcome: StepOutcome,
  retries: number,
  now: number,
): number | null {
  if (outcome.status !== 'Failed' || outcome.error === null) return null;
  if (!passing.includes(outcome.error.code)) return null;
  if (outcome.exitCode === neverRetryExitCode || retries >= retry.maxRetries) return null;
  const seconds = Math.min(retry.backoffSeconds * 2 ** retries, maxBackoffSeconds);
  return now + seconds * 1000;
}
