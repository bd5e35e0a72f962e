// Where a job or a run has left a model: addresses of Azure ML and of MLflow as the registry has them.
import type { RidgelineClient } from '@ridgeline/client';
import { CliError } from '../errors.ts';

export interface ModelSource {
  /** runs:/<run id>/<path> */
  readonly source: string;
  readonly runId: string;
}

/**
 * `runs:/RUN/PATH`, `azureml://jobs/JOB/outputs/artifacts/paths/PATH`, and
 * `azureml://jobs/JOB/outputs/NAME[/paths/PATH]`, which is the output of a step.
 * @throws CliError MODEL_NOT_FOUND where nothing lies there
 */
export async function modelSource(client: RidgelineClient, address: string): Promise<ModelSource> {
  const place = runPlace(address);
  if (place === null) {
    const message = `'${address}' is no place to take a model from; write 'runs:/RUN/PATH', 'azureml://jobs/JOB/outputs/artifacts/paths/PATH', or a local path`;
    throw new CliError('FILE_INVALID', message);
  }
  const { runId, path } = place;
  const parent = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : undefined;
  const beside = await client.artifacts.list(runId, parent);
  if (beside.some((entry) => entry.path === path)) {
    return { source: `runs:/${runId}/${path}`, runId };
  }
  const names = beside.slice(0, 10).map((entry) => `'${entry.path}'`);
  const has = names.length === 0 ? 'nothing is there' : `there is ${names.join(', ')}`;
  throw new CliError('MODEL_NOT_FOUND', `run ${runId} has no artifact '${path}'; ${has}`);
}

function runPlace(address: string): { readonly runId: string; readonly path: string } | null {
  const ofRun = /^runs:\/+([^/]+)\/(.+?)\/*$/.exec(address);
  const ofArtifacts = /^azureml:\/\/jobs\/([^/]+)\/outputs\/artifacts\/paths\/(.+?)\/*$/.exec(
    address,
  );
  const [, runId, path] = ofRun ?? ofArtifacts ?? [];
  if (runId !== undefined && path !== undefined) return { runId, path };
  const ofOutput = /^azureml:\/\/jobs\/([^/]+)\/outputs\/([^/]+)(?:\/paths\/(.*?))?\/*$/.exec(
    address,
  );
  const [, jobId, output, below] = ofOutput ?? [];
  if (jobId === undefined || output === undefined) return null;
  const rest = below === undefined || below === '' ? '' : `/${below}`;
  return { runId: jobId, path: `outputs/${output}${rest}` };
}
