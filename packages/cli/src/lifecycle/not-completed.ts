// Why a job of the workspace has not completed, with all of the log of the step that failed.
import type { Job, RidgelineClient } from '@ridgeline/client';
import { CliError } from '../errors.ts';

export async function notCompleted(client: RidgelineClient, job: Job): Promise<CliError> {
  const failed = job.steps.find(({ status }) => status === 'Failed');
  const reason = job.error?.message ?? job.cancelReason ?? 'no reason was given';
  const what = `${job.displayName} ${job.status}: ${reason}`;
  if (failed === undefined) return new CliError('JOB_NOT_COMPLETED', what);
  let log = '';
  for await (const text of client.jobs.followLog(job.id, failed.name)) log += text;
  return new CliError('JOB_NOT_COMPLETED', `${what}\n\n── log of ${failed.name}\n${log}`);
}
