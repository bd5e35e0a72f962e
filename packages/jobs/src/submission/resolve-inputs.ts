// Finds what the data inputs of a pipeline stand for, and pins `@latest` to a version: a job that
// is taken up again after a crash reads the same data as before.
import {
  type DataPipelineInput,
  type LiteralPipelineInput,
  type PipelineJob,
  parseAssetReference,
} from '@ridgeline/azureml-yaml';
import type { Workspace } from '@ridgeline/workspace';
import { JobError } from '../errors.ts';
import { ownValue } from '../own-value.ts';
import { allSteps } from './all-steps.ts';
import type { Problems } from './problems.ts';
import type { JobSubmission, ResolvedInput } from './submission.ts';

const datastoreUriStart = 'azureml://datastores/';
const assetStart = 'azureml:';

/** Optional inputs without a value are not among them. */
export async function resolvePipelineInputs(
  workspace: Workspace,
  pipeline: PipelineJob,
  submission: JobSubmission,
  problems: Problems,
): Promise<Record<string, ResolvedInput>> {
  const resolved: Array<[string, ResolvedInput]> = [];
  for (const [name, input] of pipeline.inputs) {
    const value =
      input.kind === 'data'
        ? await resolveOptional(workspace, name, input, submission, problems)
        : literal(input);
    if (value !== undefined) resolved.push([name, value]);
  }
  return Object.fromEntries(resolved);
}

/** Of the inputs that name data themselves, also those of steps in the bodies of loops. */
export async function resolveStepInputs(
  workspace: Workspace,
  pipeline: PipelineJob,
  submission: JobSubmission,
  problems: Problems,
): Promise<Record<string, Record<string, ResolvedInput>>> {
  const resolved: Array<[string, Record<string, ResolvedInput>]> = [];
  for (const step of allSteps(pipeline.steps)) {
    const ofStep: Array<[string, ResolvedInput]> = [];
    for (const [name, input] of step.inputs) {
      if (input.kind !== 'data') continue;
      const value = await resolveOptional(workspace, name, input, submission, problems);
      if (value !== undefined) ofStep.push([name, value]);
    }
    resolved.push([step.name, Object.fromEntries(ofStep)]);
  }
  return Object.fromEntries(resolved);
}

function literal({ value }: LiteralPipelineInput): ResolvedInput | undefined {
  return value === null ? undefined : { kind: 'literal', value: String(value) };
}

async function resolveOptional(
  workspace: Workspace,
  name: string,
  input: DataPipelineInput,
  submission: JobSubmission,
  problems: Problems,
): Promise<ResolvedInput | undefined> {
  if (input.path === null && input.optional) return undefined;
  return problems.of(() => resolveData(workspace, name, input, submission));
}

async function resolveData(
  workspace: Workspace,
  name: string,
  { type, path }: DataPipelineInput,
  submission: JobSubmission,
): Promise<ResolvedInput> {
  if (path === null) throw new Error(`input '${name}' was accepted without a path`);
  if (path.startsWith(datastoreUriStart)) return resolveUri(workspace, path, type);
  if (path.startsWith(assetStart)) {
    return type === 'mlflow_model' || type === 'custom_model'
      ? resolveModel(workspace, path)
      : resolveDataAsset(workspace, path);
  }
  const uri = ownValue(submission.uploads, path);
  if (uri !== undefined) return resolveUri(workspace, uri, type);
  const message = `input '${name}' names the local path '${path}', which has not been uploaded`;
  throw new JobError('JOB_UPLOAD_MISSING', message);
}

async function resolveUri(
  workspace: Workspace,
  uri: string,
  type: DataPipelineInput['type'],
): Promise<ResolvedInput> {
  const { datastore, path } = await workspace.datastores.resolveUri(uri);
  await datastore.stat(path);
  if (type === 'mltable') await workspace.data.checkMlTable(uri);
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
