// A model version from an Azure ML model YAML or from options: its files are uploaded as artifacts
// of a run of their own, or taken from where a job has left them.
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { type ModelDefinition, type ModelType, parseModel } from '@ridgeline/azureml-yaml';
import {
  type FoundOrMade,
  hasCode,
  type MlflowModelVersion,
  type RidgelineClient,
  toMap,
} from '@ridgeline/client';
import { CliError } from '../errors.ts';
import { printNote } from '../output/print.ts';
import { readTextFile } from '../submit/read-text-file.ts';
import { digestOf } from '../submit/upload-data.ts';
import { modelSource } from './model-source.ts';
import { takeParsed } from './take-parsed.ts';
import { uploadModel } from './upload-model.ts';

export interface NewModel {
  readonly name: string;
  /** A local path, absolute, or an address of what a run or a job has left. */
  readonly path: string;
  readonly type: ModelType;
  readonly version?: string | undefined;
  readonly description?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** Tags by which the same model is found again. */
export const modelTypeTag = 'azureml.type';
export const contentTag = 'ridgeline.content_sha256';

/** @throws CliError FILE_NOT_FOUND, FILE_INVALID */
export async function readModelFile(file: string): Promise<NewModel> {
  const parsed = parseModel(await readTextFile(file), { fileName: file });
  const model = takeParsed(file, 'a model', parsed.model, parsed.diagnostics);
  return {
    name: model.name,
    path: isAddress(model.path) ? model.path : path.resolve(path.dirname(file), model.path),
    type: model.type,
    version: model.version ?? undefined,
    description: model.description ?? undefined,
    tags: tagsOf(model),
  };
}

// The registry, which is MLflow's, has no properties beside tags.
function tagsOf({ properties, tags, stage }: ModelDefinition): Record<string, string> {
  const pairs = [...properties, ...(stage === null ? [] : [['stage', stage] as const]), ...tags];
  return Object.fromEntries(pairs);
}

export function isAddress(place: string): boolean {
  return /^(?:runs|azureml):/.test(place);
}

/**
 * Registers the model as the next version, or finds the version that is the same.
 * @throws CliError FILE_NOT_FOUND, FILE_INVALID, MODEL_EXISTS, MODEL_NOT_FOUND
 */
export async function createModel(
  client: RidgelineClient,
  model: NewModel,
): Promise<FoundOrMade<MlflowModelVersion>> {
  await checkLocal(model);
  const identity = isAddress(model.path) ? model.path : await digestOf(model.path);
  const found = await findSame(client, model, identity);
  if (found !== null) return { asset: found, created: false };
  const tags = { ...model.tags, [modelTypeTag]: model.type, [contentTag]: identity };
  const from = isAddress(model.path)
    ? await modelSource(client, model.path)
    : await uploadModel(client, model.name, model.path);
  await client.models.getOrCreate(model.name);
  const { description } = model;
  const about = { tags, ...(description !== undefined && { description }) };
  const asset = await client.models.createVersion({ name: model.name, ...from, ...about });
  noteOtherVersion(model, asset);
  return { asset, created: true };
}

async function checkLocal({ path: place, type }: NewModel): Promise<void> {
  if (type === 'triton_model') {
    const message = `a model of type 'triton_model' cannot be served here; register it as 'custom_model'`;
    throw new CliError('FILE_INVALID', message);
  }
  if (isAddress(place)) return;
  const stats = await stat(place).catch(() => null);
  if (stats === null) throw new CliError('FILE_NOT_FOUND', `${place} does not exist`);
  const definition = path.join(place, 'MLmodel');
  if (type !== 'mlflow_model' || (await stat(definition).catch(() => null))?.isFile()) return;
  const message = `${place} is no MLflow model: it has no file MLmodel; name the folder of the model, or register it with 'type: custom_model'`;
  throw new CliError('FILE_INVALID', message);
}

// Without a version only the latest counts: an older content registered again is the latest again.
async function findSame(
  client: RidgelineClient,
  { name, version, type }: NewModel,
  identity: string,
): Promise<MlflowModelVersion | null> {
  const found = await findVersion(client, name, version);
  if (found === null) return null;
  const tags = toMap(found.tags);
  if (tags.get(contentTag) === identity && tags.get(modelTypeTag) === type) return found;
  if (version === undefined) return null;
  const message = `model '${name}' already has a version '${version}' with other content; leave the version out to get the next number`;
  throw new CliError('MODEL_EXISTS', message);
}

async function findVersion(
  client: RidgelineClient,
  name: string,
  version: string | undefined,
): Promise<MlflowModelVersion | null> {
  if (version === undefined) return client.models.latestVersion(name);
  if (!/^\d+$/.test(version)) return null;
  try {
    return await client.models.getVersion(name, version);
  } catch (error) {
    if (hasCode(error, 'RESOURCE_DOES_NOT_EXIST')) return null;
    throw error;
  }
}

function noteOtherVersion({ version }: NewModel, made: MlflowModelVersion): void {
  if (version === undefined || version === made.version) return;
  printNote(`the registry counts versions itself: '${made.name}' is version ${made.version} here`);
}
