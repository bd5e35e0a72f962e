// Finds what the data inputs of a pipeline stand for, and pins `@latest` to a version: a job that
// is taken up again after a crash reads the same data as before.
import { type PipelineInput, type PipelineJob, parseAssetReference } from '@ridgeline/azureml-yaml';
import type { Workspace } from '@ridgeline/workspace';
import { JobError } from '../errors.ts';
import type { JobSubmission, ResolvedInput } from './submission.ts';

type DataInput = Extract<PipelineInput, { kind: 'data' }>;

const datastoreUriStart = 'azureml://datastores/';
const assetStart = 'azureml:';

export async function resolvePipelineInputs(
  workspace: Workspace,
  pipeline: PipelineJob,
  submission: JobSubmission,
): Promise<Record<string, ResolvedInput>> {
  const resolved: Record<string, ResolvedInput> = {};
  for (const [name, input] of pipeline.inputs) {
    if (input.kind === 'literal') {
      if (input.value !== null) resolved[name] = { kind: 'literal', value: String(input.value) };
    } else if (input.path !== null) {
      resolved[name] = await resolveData(workspace, name, input, input.path, submission);
    }
  }
  return resolved;
}

export async function resolveStepInputs(
  workspace: Workspace,
  pipeline: PipelineJob,
  submission: JobSubmission,
): Promise<Record<string, Record<string, ResolvedInput>>> {
  const resolved: Record<string, Record<string, ResolvedInput>> = {};
  for (const step of pipeline.steps.values()) {
    const ofStep: Record<string, ResolvedInput> = {};
    for (const [name, input] of step.inputs) {
      if (input.kind !== 'data' || input.path === null) continue;
      ofStep[name] = await resolveData(workspace, name, input, input.path, submission);
    }
    resolved[step.name] = ofStep;
  }
  return resolved;
}

async function resolveData(
  workspace: Workspace,
  name: string,
  { type }: DataInput,
  path: string,
  submission: JobSubmission,
): Promise<ResolvedInput> {
  if (path.startsWith(datastoreUriStart)) return resolveUri(workspace, path);
  if (path.startsWith(assetStart)) {
    return type === 'mlflow_model' || type === 'custom_model'
      ? resolveModel(workspace, path)
      : resolveDataAsset(workspace, path);
  }
  const uri = submission.uploads[path];
  if (uri === undefined) {
    const message = `input '${name}' names the local path '${path}', which has not been uploaded`;
    throw new JobError('JOB_UPLOAD_MISSING', message);
  }
  return resolveUri(workspace, uri);
}

async function resolveUri(workspace: Workspace, uri: string): Promise<ResolvedInput> {
  const { datastore, path } = workspace.datastores.resolveUri(uri);
  await datastore.stat(path);
  return { kind: 'uri', uri };
}

async function resolveDataAsset(workspace: Workspace, reference: string): Promise<ResolvedInput> {
  const { name, version } = parseAssetReference(reference);
  const asset = await workspace.data.get(name, version ?? 'latest');
  return { kind: 'data', name, version: asset.version };
}

async function resolveModel(workspace: Workspace, reference: string): Promise<ResolvedInput> {
  const { name, version } = parseAssetReference(reference);
  const model =
    version === null
      ? await workspace.models.latestVersion(name)
      : await workspace.models.getVersion(name, version);
  if (model === null) {
    const message = `no version of a model '${name}' is registered; 'ridgeline model list' shows what is`;
    throw new JobError('MODEL_NOT_FOUND', message);
  }
  return { kind: 'model', name, version: model.version };
}
