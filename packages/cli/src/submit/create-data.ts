// A data asset from a file, a folder or an MLTable: uploaded where it is local, read by the server,
// and registered.
import path from 'node:path';
import { parseDataAsset } from '@ridgeline/azureml-yaml';
import type { DataAsset, DataAssetType, RidgelineClient } from '@ridgeline/client';
import { takeParsed } from '../create/take-parsed.ts';
import { CliError } from '../errors.ts';
import { readTextFile } from './read-text-file.ts';
import { uploadData } from './upload-data.ts';

export interface NewData {
  readonly name: string;
  /** A local path, or azureml://datastores/<name>/paths/<path>. */
  readonly path: string;
  /** Default: a file or a folder, as what is there is. */
  readonly type?: DataAssetType | undefined;
  readonly version?: string | undefined;
  readonly description?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/**
 * What a data asset's Azure ML YAML says; a local path is made relative to this folder.
 * @throws CliError FILE_NOT_FOUND, FILE_INVALID
 */
export async function readDataFile(file: string): Promise<NewData> {
  const parsed = parseDataAsset(await readTextFile(file), { fileName: file });
  const asset = takeParsed(file, 'a data asset', parsed.dataAsset, parsed.diagnostics);
  return {
    name: asset.name,
    path: isOnDatastore(asset.path) ? asset.path : localPath(file, asset.path),
    type: asset.type,
    version: asset.version ?? undefined,
    description: asset.description ?? undefined,
    tags: Object.fromEntries(asset.tags),
  };
}

function localPath(file: string, written: string): string {
  if (!written.startsWith('azureml:')) return path.resolve(path.dirname(file), written);
  const message = `${file}: 'path: ${written}' names another data asset; name its files: a local path, or azureml://datastores/NAME/paths/PATH`;
  throw new CliError('FILE_INVALID', message);
}

/** @throws CliError FILE_NOT_FOUND */
export async function createData(client: RidgelineClient, data: NewData): Promise<DataAsset> {
  const { name, type, version, description, tags } = data;
  const uri = isOnDatastore(data.path) ? data.path : await uploadData(client, name, data.path);
  return client.data.create({
    name,
    uri,
    ...(type !== undefined && { type }),
    ...(version !== undefined && { version }),
    ...(description !== undefined && { description }),
    ...(tags !== undefined && { tags }),
  });
}

function isOnDatastore(place: string): boolean {
  return place.startsWith('azureml://');
}
