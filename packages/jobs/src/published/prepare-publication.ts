// From what somebody wants to publish to what is kept: all of it is checked as for a run first.
import { randomUUID } from 'node:crypto';
import { toPipeline } from '@ridgeline/azureml-yaml';
import type { Workspace } from '@ridgeline/workspace';
import { completeSubmission } from '../submission/complete-submission.ts';
import { readJob } from '../submission/read-definition.ts';
import { resolveSubmission } from '../submission/resolve-submission.ts';
import {
  checkPipelineDescription,
  checkPipelineName,
  checkPipelineVersion,
} from './check-publication.ts';
import { pipelineParameters, standIns } from './pipeline-parameters.ts';
import type { Publication } from './published-pipeline.ts';
import type { NewPublishedPipeline } from './published-store.ts';

interface By {
  readonly createdBy: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** @throws JobError PIPELINE_INVALID, and what `JobEngine.submit` throws */
export async function preparePublication(
  workspace: Workspace,
  { name, version, description, submission, endpoint }: Publication,
  { createdBy, now }: By,
): Promise<NewPublishedPipeline> {
  checkPipelineName('pipeline', name);
  if (version !== undefined) checkPipelineVersion(version);
  if (endpoint !== undefined) checkPipelineName('pipeline endpoint', endpoint);
  const job = readJob(await completeSubmission(workspace, submission));
  const parameters = pipelineParameters(job, submission);
  const inputs = { ...submission.inputs, ...standIns(job, parameters) };
  const { pipeline } = await resolveSubmission(workspace, { ...submission, inputs });
  const text = description ?? pipeline.description ?? '';
  checkPipelineDescription(text);
  return {
    pipeline_id: randomUUID(),
    name,
    version: version ?? null,
    description: text,
    experiment_name: submission.experimentName ?? pipeline.experimentName ?? 'Default',
    // As it was sent: what is `@latest` in it is found anew at each start.
    submission: JSON.stringify(submission),
    parameters: JSON.stringify(parameters),
    steps: JSON.stringify([...toPipeline(job).steps.keys()]),
    created_by: createdBy,
    created_at: now,
    endpoint: endpoint === undefined ? null : { name: endpoint, newId: randomUUID() },
  };
}
