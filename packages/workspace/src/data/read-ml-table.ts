// The MLTable file of a folder: read, checked, and its paths as files of this machine.
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  formatDiagnostic,
  type MlTable,
  type MlTablePath,
  parseMlTable,
} from '@ridgeline/azureml-yaml';
import type { Datastores } from '../datastores/datastores.ts';
import { RidgelineError } from '../errors.ts';
import { nullIfMissing } from '../files/fs-errors.ts';
import { walkFolder } from '../files/walk-folder.ts';
import type { TableFile } from './data-table.ts';
import { matchesPattern } from './glob.ts';

export const mlTableFileName = 'MLTable';

const largestFileBytes = 1_048_576;
const mostFiles = 10_000;

/**
 * @param uri of the folder, for messages.
 * @throws RidgelineError ML_TABLE_INVALID with every mistake
 */
export async function readMlTable(folder: string, uri: string): Promise<MlTable> {
  const file = join(folder, mlTableFileName);
  const stats = await nullIfMissing(stat(file));
  if (!stats?.isFile()) {
    const message = `${uri} has no file 'MLTable'; a data asset of type mltable is a folder with one`;
    throw new RidgelineError('ML_TABLE_INVALID', message);
  }
  if (stats.size > largestFileBytes) {
    const message = `${uri}/MLTable is larger than ${largestFileBytes} bytes; name folders or patterns in it`;
    throw new RidgelineError('ML_TABLE_INVALID', message);
  }
  const { mlTable, diagnostics } = parseMlTable(await readFile(file, 'utf8'), {
    fileName: `${uri}/MLTable`,
  });
  if (mlTable !== null) return mlTable;
  const lines = diagnostics.map(formatDiagnostic).join('\n');
  throw new RidgelineError('ML_TABLE_INVALID', `${uri} is not a table that can be read:\n${lines}`);
}

/** The places on datastores that a table names besides its own folder. */
export function remotePaths({ paths }: MlTable): readonly string[] {
  return paths.map(({ path }) => path).filter(isRemote);
}

/**
 * The files of a table, in the order of its paths.
 * @throws RidgelineError ML_TABLE_INVALID where a path names none, and those of datastores
 */
export async function tableFiles(
  table: MlTable,
  folder: { readonly localPath: string; readonly uri: string },
  datastores: Datastores,
): Promise<readonly TableFile[]> {
  const own = await filesBelow(folder.localPath, folder.uri);
  const files: TableFile[] = [];
  for (const path of table.paths) {
    const found = isRemote(path.path)
      ? await remoteFiles(path.path, datastores)
      : own.filter((file) => file.name !== mlTableFileName && names(path, file.name));
    if (found.length === 0) {
      const message = `${folder.uri}/MLTable names the ${path.kind} '${path.path}', and no file is there`;
      throw new RidgelineError(
        'ML_TABLE_INVALID',
        `${message}; put the data beside it, or correct its 'paths'`,
      );
    }
    files.push(...found);
    if (files.length > mostFiles) {
      const message = `${folder.uri}/MLTable names more than ${mostFiles} files; split the table`;
      throw new RidgelineError('ML_TABLE_INVALID', message);
    }
  }
  return files;
}

interface NamedFile extends TableFile {
  /** Relative to the folder. */
  readonly name: string;
}

async function filesBelow(localPath: string, uri: string): Promise<readonly NamedFile[]> {
  const files: NamedFile[] = [];
  for await (const { path: name, kind } of walkFolder(localPath)) {
    if (kind !== 'file') continue;
    files.push({ name, localPath: join(localPath, name), uri: `${uri}/${name}` });
  }
  return files;
}

async function remoteFiles(uri: string, datastores: Datastores): Promise<readonly TableFile[]> {
  const place = uri.replace(/\/+$/, '');
  const localPath = await datastores.localPath(place);
  const isFolder = (await stat(localPath)).isDirectory();
  return isFolder ? filesBelow(localPath, place) : [{ localPath, uri: place }];
}

function names({ kind, path }: MlTablePath, name: string): boolean {
  if (kind === 'file') return name === path;
  if (kind === 'pattern') return matchesPattern(name, path);
  return path === '' || name.startsWith(`${path}/`);
}

function isRemote(path: string): boolean {
  return path.startsWith('azureml://');
}
