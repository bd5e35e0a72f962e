// What is written down of data when it is registered, by its type: its content, and its table.
import type { MlTable } from '@ridgeline/azureml-yaml';
import { invalid } from '../checks/check-text.ts';
import type { Datastores } from '../datastores/datastores.ts';
import { type DataContent, dataContent, joinContents } from './data-content.ts';
import { type DataTable, dataTable } from './data-table.ts';
import type { DataAssetType } from './data-tables.ts';
import { readMlTable, remotePaths, tableFiles } from './read-ml-table.ts';

export interface ExaminedData {
  readonly type: DataAssetType;
  readonly content: DataContent;
  /** Null for what is no table. */
  readonly table: DataTable | null;
  readonly mlTable: MlTable | null;
}

export interface DataPlace {
  /** Null: a file or a folder, as what is there is. */
  readonly type: DataAssetType | null;
  readonly uri: string;
}

/**
 * @throws RidgelineError INVALID_PARAMETER_VALUE, ML_TABLE_INVALID, and those of datastores
 * @throws TabularError where a table cannot be read
 */
export async function examineData(place: DataPlace, datastores: Datastores): Promise<ExaminedData> {
  const { uri } = place;
  const localPath = await datastores.localPath(uri);
  const content = await dataContent(localPath);
  const type = place.type ?? (content.isFolder ? 'uri_folder' : 'uri_file');
  if (content.isFolder !== (type !== 'uri_file')) {
    const [found, wanted] = content.isFolder ? ['folder', 'file'] : ['file', 'folder'];
    throw invalid(
      `${uri} is a ${found}, and data of type ${type} is a ${wanted}; say type: uri_${found}`,
    );
  }
  if (type === 'mltable') return examineMlTable({ localPath, uri }, content, datastores);
  const table = type === 'uri_file' ? await dataTable([{ localPath, uri }]) : null;
  return { type, content, table, mlTable: null };
}

/** The content as it is now, of all that an asset of that type is made of. */
export async function currentContent(
  asset: { readonly uri: string; readonly mlTable: MlTable | null },
  datastores: Datastores,
): Promise<DataContent> {
  const content = await dataContent(await datastores.localPath(asset.uri));
  return asset.mlTable === null ? content : withRemotes(content, asset.mlTable, datastores);
}

async function examineMlTable(
  folder: { readonly localPath: string; readonly uri: string },
  own: DataContent,
  datastores: Datastores,
): Promise<ExaminedData> {
  const mlTable = await readMlTable(folder.localPath, folder.uri);
  const files = await tableFiles(mlTable, folder, datastores);
  const content = await withRemotes(own, mlTable, datastores);
  const table = mlTable.reader === null ? null : await dataTable(files, mlTable.reader);
  return { type: 'mltable', content, table, mlTable };
}

async function withRemotes(
  own: DataContent,
  mlTable: MlTable,
  datastores: Datastores,
): Promise<DataContent> {
  const others: DataContent[] = [];
  for (const uri of remotePaths(mlTable)) {
    others.push(await dataContent(await datastores.localPath(uri.replace(/\/+$/, ''))));
  }
  return joinContents(own, others);
}
