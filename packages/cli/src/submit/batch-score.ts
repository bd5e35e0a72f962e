// Batch scoring as a job: a run with its log, like any other work of the workspace.

import { parseAssetReference } from '@ridgeline/azureml-yaml';
import type { Job, RidgelineClient } from '@ridgeline/client';
import { CliError } from '../errors.ts';

/** The result of `ridgeline-batch-score`, as its last line of JSON has it. */
export interface BatchScoreResult {
  readonly rowCount: number;
  readonly scoredCount: number;
  readonly failedCount: number;
  /** The first rows that could not be scored, by their number from 1. */
  readonly failures: ReadonlyArray<{ readonly rowNumber: number; readonly reason: string }>;
}

/** The name of the step and of its output in the definition below. */
export const scoringStep = 'batch_score';
export const scoresOutput = 'scores';
export const scoresFile = 'scores.csv';

export interface BatchScoreRequest {
  readonly modelName: string;
  readonly modelVersion: string;
  /** A local CSV file. */
  readonly input: string;
  readonly errorThreshold: number;
  /** Whether to write the probability of each class, of a classification. */
  readonly probabilities: boolean;
}

/** The definition of a batch scoring job, as one would write it by hand. */
export function batchScoreDefinition(request: BatchScoreRequest): string {
  const model = `${request.modelName}:${request.modelVersion}`;
  // Texts are quoted as JSON, which is YAML too.
  return `$schema: https://azuremlschemas.azureedge.net/latest/commandJob.schema.json
type: command
name: ${scoringStep}
display_name: Batch scoring
experiment_name: batch-scoring
environment: azureml:ridgeline-node@latest
command: >-
  ridgeline-batch-score --json
  --model \${{inputs.model}}
  --model-name \${{inputs.model_name}}
  --input \${{inputs.data}}
  --output \${{outputs.${scoresOutput}}}/${scoresFile}
  --error-threshold \${{inputs.error_threshold}}${request.probabilities ? ' --probabilities' : ''}
inputs:
  model:
    type: mlflow_model
    path: ${JSON.stringify(`azureml:${model}`)}
  model_name: ${JSON.stringify(model)}
  data:
    type: uri_file
    path: ${JSON.stringify(request.input)}
  error_threshold: ${request.errorThreshold}
outputs:
  ${scoresOutput}:
    type: uri_folder
`;
}

/** The version to score with: the one that is named, or the latest that carries the tags. */
export async function chooseModel(
  client: RidgelineClient,
  reference: string,
  tags: Readonly<Record<string, string>>,
): Promise<{ readonly name: string; readonly version: string }> {
  const { name, version } = parseAssetReference(reference);
  if (version !== null) return client.models.getVersion(name, version);
  const found = await client.models.latestVersion(name, tags);
  if (found !== null) return found;
  const wanted = Object.entries(tags).map(([key, value]) => ` with the tag ${key}=${value}`);
  const message = `no version of model '${name}'${wanted.join('')} is registered`;
  throw new CliError('MODEL_NOT_FOUND', message);
}

/** What the scoring step reported, from its log; null where it ended before that. */
export async function readBatchResult(
  client: RidgelineClient,
  job: Job,
  step: string,
): Promise<BatchScoreResult | null> {
  let log = '';
  for await (const text of client.jobs.followLog(job.id, step)) log += text;
  const lines = log.split('\n').filter((line) => line.startsWith('{"'));
  for (const line of lines.reverse()) {
    try {
      return JSON.parse(line);
    } catch {}
  }
  return null;
}
