// The data assets of a workspace: named, versioned references to files on datastores. A version
// never changes; a file that was replaced behind its back is found out before it is used.
import type { TableProfile } from '@ridgeline/tabular';
import { type ChangeSink, silent } from '../changes/change.ts';
import { type Clock, systemClock } from '../clock.ts';
import type { WorkspaceDatabase } from '../database/open-workspace-database.ts';
import type { Datastores } from '../datastores/datastores.ts';
import { RidgelineError } from '../errors.ts';
import { type DataAsset, toDataAsset } from './data-asset.ts';
import { currentContent, examineData } from './examine-data.ts';
import { insertDataAsset } from './insert-data-asset.ts';
import { checkNewDataAsset, type NewDataAsset } from './new-data-asset.ts';
import {
  assetRow,
  assetRowById,
  latestRows,
  listLimit,
  profileOf,
  rowsOf,
} from './read-data-assets.ts';
import { readMlTable, tableFiles } from './read-ml-table.ts';

export interface DataAssetsOptions {
  readonly database: WorkspaceDatabase;
  readonly datastores: Datastores;
  readonly clock?: Clock;
  readonly changes?: ChangeSink;
}

export class DataAssets {
  readonly #database: WorkspaceDatabase;
  readonly #datastores: Datastores;
  readonly #clock: Clock;
  readonly #changes: ChangeSink;

  constructor({ database, datastores, clock, changes }: DataAssetsOptions) {
    this.#database = database;
    this.#datastores = datastores;
    this.#clock = clock ?? systemClock;
    this.#changes = changes ?? silent;
  }

  /**
   * Registers a file, a folder or an MLTable as a version. A file or table is read and profiled
   * first: one that cannot be read registers nothing. A version that exists with the same content is given back.
   * @throws RidgelineError INVALID_PARAMETER_VALUE, DATASTORE_URI_INVALID, DATASTORE_NOT_FOUND,
   *   DATASTORE_PATH_INVALID, DATASTORE_FILE_NOT_FOUND, ML_TABLE_INVALID, RESOURCE_ALREADY_EXISTS
   * @throws TabularError where the file cannot be read as a table
   */
  async create(asset: NewDataAsset): Promise<DataAsset> {
    const checked = checkNewDataAsset(asset);
    const examined = await examineData(checked, this.#datastores);
    const createdAt = this.#clock();
    const row = await this.#database.write((writer) =>
      insertDataAsset(writer, { ...checked, ...examined, createdAt }),
    );
    const { name, version } = row;
    this.#changes.publish({ kind: 'data', action: 'created', name, version });
    return toDataAsset(row);
  }

  /**
   * @param version as it was given, or 'latest' for the one made last.
   * @throws RidgelineError DATA_ASSET_NOT_FOUND
   */
  async get(name: string, version: string): Promise<DataAsset> {
    return toDataAsset(await this.#database.read((reader) => assetRow(reader, name, version)));
  }

  /** @param id the GUID of a version, in any case. @throws RidgelineError DATA_ASSET_NOT_FOUND */
  async getById(id: string): Promise<DataAsset> {
    return toDataAsset(await this.#database.read((reader) => assetRowById(reader, id)));
  }

  /** The latest version of each name, by name. */
  async list(): Promise<readonly DataAsset[]> {
    return (await this.#database.read(latestRows)).map(toDataAsset);
  }

  /**
   * Makes sure that a folder that is no data asset can be taken for a table: its MLTable file can be
   * read, and the files that it names are there.
   * @throws RidgelineError ML_TABLE_INVALID, and those of datastores
   */
  async checkMlTable(uri: string): Promise<void> {
    const localPath = await this.#datastores.localPath(uri);
    const table = await readMlTable(localPath, uri);
    await tableFiles(table, { localPath, uri }, this.#datastores);
  }

  /** Newest first. @throws RidgelineError DATA_ASSET_NOT_FOUND */
  async versions(name: string): Promise<readonly DataAsset[]> {
    const rows = await this.#database.read((reader) => rowsOf(reader, name));
    return rows.slice(0, listLimit).map(toDataAsset);
  }

  /** @throws RidgelineError DATA_ASSET_NOT_FOUND; DATA_PROFILE_NOT_FOUND for what is no table */
  async profile(name: string, version: string): Promise<TableProfile> {
    const [row, profile] = await this.#database.read(async (reader) => {
      const found = await assetRow(reader, name, version);
      return [found, await profileOf(reader, found)] as const;
    });
    if (profile !== null) return profile;
    const message = `data asset '${name}' version '${row.version}' is no table; files and mltables are profiled`;
    throw new RidgelineError('DATA_PROFILE_NOT_FOUND', message);
  }

  /**
   * Where the file or folder of a version can be read on this machine, once it is sure that it
   * still holds what was registered.
   * @throws RidgelineError DATASTORE_FILE_NOT_FOUND, DATA_ASSET_CHANGED
   */
  async localPath(asset: DataAsset): Promise<string> {
    const localPath = await this.#datastores.localPath(asset.uri);
    const content = await currentContent(asset, this.#datastores);
    if (content.sha256 === asset.sha256) return localPath;
    throw new RidgelineError(
      'DATA_ASSET_CHANGED',
      `${asset.uri} no longer holds what was registered as data asset '${asset.name}' version ` +
        `'${asset.version}'; register its new content as a new version, or put the old one back`,
    );
  }
}
