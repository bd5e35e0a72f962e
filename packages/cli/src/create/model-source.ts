// Where a job or a run has left a model: addresses of Azure ML and of MLflow as the registry has them.
import { ApiError, type RidgelineClient } from '@ridgeline/client';
import { CliError } from '../errors.ts';

export interface ModelSource {
  /** runs:/<run id>/<path> */
  readonly source: string;
  readonly runId: string;
}

interface RunPlace {
  readonly runId: string;
  readonly path: string;
  /** Whether a step of the job may have it. */
  readonly isOutput: boolean;
}

/**
 * `runs:/RUN/PATH`, `azureml://jobs/JOB/outputs/artifacts/paths/PATH`, and
 * `azureml://jobs/JOB/outputs/NAME[/paths/PATH]`, which is an output of the run or of one of its steps.
 * @throws CliError FILE_INVALID; MODEL_NOT_FOUND where nothing lies there
 */
export async function modelSource(client: RidgelineClient, address: string): Promise<ModelSource> {
  const place = runPlace(address);
  if (place === null) {
    const message = `'${address}' is no place to take a model from; write 'runs:/RUN/PATH', 'azureml://jobs/JOB/outputs/artifacts/paths/PATH', or a local path`;
    throw new CliError('FILE_INVALID', message);
  }
  const { runId, path, isOutput } = place;
  const beside = await besideOf(client, runId, path);
  if (beside.includes(path)) return sourceOf(runId, path);
  const holders = isOutput ? await stepsWith(client, runId, path) : [];
  const [only] = holders;
  if (only !== undefined && holders.length === 1) return sourceOf(only, path);
  throw new CliError('MODEL_NOT_FOUND', notFoundMessage(place, beside, holders));
}

function runPlace(address: string): RunPlace | null {
  const ofRun = /^runs:\/+([^/]+)\/(.+?)\/*$/.exec(address);
  const ofArtifacts = /^azureml:\/\/jobs\/([^/]+)\/outputs\/artifacts\/paths\/(.+?)\/*$/.exec(
    address,
  );
  const [, runId, path] = ofRun ?? ofArtifacts ?? [];
  if (runId !== undefined && path !== undefined) return { runId, path, isOutput: false };
  const ofOutput = /^azureml:\/\/jobs\/([^/]+)\/outputs\/([^/]+)(?:\/paths\/(.*?))?\/*$/.exec(
    address,
  );
  const [, jobId, output, below] = ofOutput ?? [];
  if (jobId === undefined || output === undefined) return null;
  const rest = below === undefined || below === '' ? '' : `/${below}`;
  return { runId: jobId, path: `outputs/${output}${rest}`, isOutput: true };
}

/** The artifacts in the folder of `path`. */
async function besideOf(
  client: RidgelineClient,
  runId: string,
  path: string,
): Promise<readonly string[]> {
  const parent = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : undefined;
  return (await client.artifacts.list(runId, parent)).map((entry) => entry.path);
}

/** The runs of the job's steps that have such an output; none where the run is no job. */
async function stepsWith(client: RidgelineClient, jobId: string, path: string): Promise<string[]> {
  const holders: string[] = [];
  for (const { runId } of await stepsOf(client, jobId)) {
    if (runId === null) continue;
    if ((await besideOf(client, runId, path)).includes(path)) holders.push(runId);
  }
  return holders;
}

async function stepsOf(client: RidgelineClient, jobId: string) {
  try {
    return (await client.jobs.get(jobId)).steps;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return [];
    throw error;
  }
}

function sourceOf(runId: string, path: string): ModelSource {
  return { source: `runs:/${runId}/${path}`, runId };
}

function notFoundMessage(
  { runId, path }: RunPlace,
  beside: readonly string[],
  holders: readonly string[],
): string {
  if (holders.length > 1) {
    const runs = holders.slice(0, 5).join(', ');
    return `several steps of job ${runId} have '${path}'; name the run of one in its place: ${runs}`;
  }
  const names = beside.slice(0, 10).map((name) => `'${name}'`);
  const has = names.length === 0 ? 'nothing is there' : `there is ${names.join(', ')}`;
  return `run ${runId} has no artifact '${path}'; ${has}`;
}
