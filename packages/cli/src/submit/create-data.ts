// A data asset from a file: uploaded, read by the server, and registered.
import path from 'node:path';
import { formatDiagnostic, parseDataAsset } from '@ridgeline/azureml-yaml';
import type { DataAsset, RidgelineClient } from '@ridgeline/client';
import { CliError } from '../errors.ts';
import { readTextFile } from './read-text-file.ts';
import { uploadData } from './upload-data.ts';

export interface NewData {
  readonly name: string;
  readonly path: string;
  readonly version?: string | undefined;
  readonly description?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** What a data asset's Azure ML YAML says; its path is made relative to this folder. */
export async function readDataFile(file: string): Promise<NewData> {
  const { dataAsset: asset, diagnostics } = parseDataAsset(await readTextFile(file), {
    fileName: file,
  });
  if (asset === null) {
    const lines = diagnostics.map(formatDiagnostic).join('\n');
    throw new CliError('FILE_INVALID', `${file} is not a data asset that can be made:\n${lines}`);
  }
  return {
    name: asset.name,
    path: path.resolve(path.dirname(file), asset.path),
    version: asset.version ?? undefined,
    description: asset.description ?? undefined,
    tags: Object.fromEntries(asset.tags),
  };
}

export async function createData(client: RidgelineClient, data: NewData): Promise<DataAsset> {
  const uri = await uploadData(client, data.name, data.path);
  return client.data.create({
    name: data.name,
    uri,
    ...(data.version !== undefined && { version: data.version }),
    ...(data.description !== undefined && { description: data.description }),
    ...(data.tags !== undefined && { tags: data.tags }),
  });
}
