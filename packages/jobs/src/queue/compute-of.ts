// On which compute a step runs: its own, else that of the submission, of the job, or the local one.
import type { PipelineJob } from '@ridgeline/azureml-yaml';
import type { JobSubmission } from '../submission/submission.ts';

export const localCompute = 'local';

export function computeOf(
  step: { readonly compute: string | null },
  { settings }: Pick<PipelineJob, 'settings'>,
  { defaultCompute }: Pick<JobSubmission, 'defaultCompute'>,
): string {
  return step.compute ?? defaultCompute ?? settings.defaultCompute ?? localCompute;
}
