// A datastore from an Azure ML datastore YAML or from options. Storage of a cloud is not reached: a
// folder of the workspace stands in for it, and that is said.
import path from 'node:path';
import { type DatastoreDefinition, parseDatastore } from '@ridgeline/azureml-yaml';
import type { Datastore, FoundOrMade, NewDatastore } from '@ridgeline/client';
import { CliError } from '../errors.ts';
import { printNote } from '../output/print.ts';
import { readTextFile } from '../submit/read-text-file.ts';
import { takeParsed } from './take-parsed.ts';

const cloudTypes = ['azure_blob', 'azure_file', 'azure_data_lake_gen2'] as const;

/** @throws CliError FILE_NOT_FOUND, FILE_INVALID */
export async function readDatastoreFile(file: string): Promise<NewDatastore> {
  const parsed = parseDatastore(await readTextFile(file), { fileName: file });
  const definition = takeParsed(file, 'a datastore', parsed.datastore, parsed.diagnostics);
  const { name, description, tags, credentials } = definition;
  if (credentials.size > 0) {
    printNote(`the credentials of datastore '${name}' are not needed here, and stay in ${file}`);
  }
  return {
    name,
    ...(description !== null && { description }),
    tags: Object.fromEntries(tags),
    ...placeOf(file, definition),
  };
}

function placeOf(
  file: string,
  { type, path: folder, accountName, containerName }: DatastoreDefinition,
): Pick<NewDatastore, 'folder' | 'standInFor'> {
  if (folder !== null) return { folder: path.resolve(path.dirname(file), folder) };
  const cloud = cloudTypes.find((known) => known === type);
  if (cloud !== undefined && accountName !== null && containerName !== null) {
    return { standInFor: { type: cloud, account: accountName, container: containerName } };
  }
  const message = `${file}: a datastore of type '${type}' has no stand-in here; use one of ${cloudTypes.join(', ')}, or 'local' with a 'path'`;
  throw new CliError('FILE_INVALID', message);
}

/** What it is, in one line: a stand-in must never pass for the real thing. */
export function describeNewDatastore({ asset, created }: FoundOrMade<Datastore>): string {
  const found = created ? '' : 'Found existing ';
  return `${found}datastore '${asset.name}' is ${describePlace(asset)}`;
}

export function describePlace({ folder, standInFor, isDefault }: Datastore): string {
  if (standInFor !== null) {
    const { type, account, container } = standInFor;
    return `a local stand-in folder for ${type} ${account}/${container}; nothing is read from or written to Azure`;
  }
  if (isDefault) return 'the default datastore of the workspace';
  return folder === null ? 'a folder of the workspace' : `the folder ${folder}`;
}
