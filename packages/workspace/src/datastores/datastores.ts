// The datastores of a workspace by name, and the way from an address to the file that it names.
// All that were asked for are held open. What another server has made is found in the database.
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Clock, systemClock } from '../clock.ts';
import type { WorkspaceDatabase } from '../database/open-workspace-database.ts';
import { RidgelineError } from '../errors.ts';
import { StagingFolder } from '../files/staging-folder.ts';
import type { Datastore } from './datastore.ts';
import { type DatastoreInfo, defaultDatastoreInfo } from './datastore-info.ts';
import type { DatastoresTable } from './datastore-tables.ts';
import { parseDatastoreUri } from './datastore-uri.ts';
import { FolderDatastore } from './folder-datastore.ts';
import { insertRow, newRow, sameOrRefused } from './make-datastore.ts';
import { type CheckedDatastore, checkNewDatastore, type NewDatastore } from './new-datastore.ts';
import { type OpenDatastore, openDatastore } from './open-datastore.ts';

/** Azure ML's name for the datastore that every workspace has. */
export const defaultDatastoreName = 'workspaceblobstore';

export interface ResolvedUri {
  readonly datastore: Datastore;
  /** Relative to the datastore. */
  readonly path: string;
}

export interface FoundOrMadeDatastore {
  readonly datastore: DatastoreInfo;
  readonly created: boolean;
}

export interface DatastoresOptions {
  /** Where the default datastore and the stand-ins are kept. */
  readonly folder: string;
  readonly database: WorkspaceDatabase;
  /** No datastore may reach into it; default: the folder above `folder`. */
  readonly workspaceFolder?: string;
  readonly clock?: Clock;
  /** Whether other servers may be writing into the folder too; default false. */
  readonly isShared?: boolean;
}

export class Datastores {
  readonly #options: Required<DatastoresOptions>;
  readonly #staging: StagingFolder;
  readonly #default: Datastore;
  readonly #open = new Map<string, OpenDatastore>();
  // Makers take turns, so that the same name is never made twice.
  #making: Promise<unknown> = Promise.resolve();
  #opening: Promise<void> = Promise.resolve();

  private constructor({ workspaceFolder, clock, isShared, ...options }: DatastoresOptions) {
    const name = defaultDatastoreName;
    this.#options = {
      ...options,
      isShared: isShared ?? false,
      workspaceFolder: workspaceFolder ?? dirname(options.folder),
      clock: clock ?? systemClock,
    };
    const staging = new StagingFolder(join(options.folder, '.incoming'));
    this.#staging = staging;
    this.#default = new FolderDatastore({ name, folder: join(options.folder, name), staging });
    this.#open.set(name, { info: defaultDatastoreInfo(name), datastore: this.#default });
  }

  /**
   * Opens the default datastore and those that were made. Removes what writes that were cut off
   * have left, so only one may be open, unless `isShared`.
   */
  static async open(options: DatastoresOptions): Promise<Datastores> {
    const datastores = new Datastores(options);
    await datastores.#staging.clear(options);
    await mkdir(join(options.folder, defaultDatastoreName), { recursive: true });
    await datastores.#openMade();
    return datastores;
  }

  get default(): Datastore {
    return this.#default;
  }

  /** @throws RidgelineError DATASTORE_NOT_FOUND */
  async get(name: string): Promise<Datastore> {
    return (await this.#opened(name)).datastore;
  }

  /** @throws RidgelineError DATASTORE_NOT_FOUND */
  async info(name: string): Promise<DatastoreInfo> {
    return (await this.#opened(name)).info;
  }

  /** The default one first, then by name. */
  async list(): Promise<readonly DatastoreInfo[]> {
    await this.#openMade();
    const [first, ...rest] = [...this.#open.values()].map(({ info }) => info);
    const sorted = rest.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    return first === undefined ? [] : [first, ...sorted];
  }

  /**
   * The datastore of that name. One that exists is given back if it is in the same place.
   * @throws RidgelineError INVALID_PARAMETER_VALUE, DATASTORE_FOLDER_INVALID,
   *   RESOURCE_ALREADY_EXISTS, DATASTORE_LIMIT_REACHED
   */
  async getOrCreate(datastore: NewDatastore): Promise<FoundOrMadeDatastore> {
    const checked = await checkNewDatastore(datastore, this.#options.workspaceFolder);
    const made = this.#making.then(() => this.#findOrMake(checked));
    this.#making = made.catch(() => {});
    return made;
  }

  /**
   * The datastore and path that an azureml://datastores/<name>/paths/<path> names.
   * @throws RidgelineError DATASTORE_URI_INVALID, DATASTORE_NOT_FOUND
   */
  async resolveUri(uri: string): Promise<ResolvedUri> {
    const { datastore, path } = parseDatastoreUri(uri);
    return { datastore: await this.get(datastore), path };
  }

  /**
   * Where the file or folder of an address can be read on this machine.
   * @throws RidgelineError DATASTORE_URI_INVALID, DATASTORE_NOT_FOUND, DATASTORE_FILE_NOT_FOUND
   */
  async localPath(uri: string): Promise<string> {
    const { datastore, path } = await this.resolveUri(uri);
    return datastore.localPath(path);
  }

  /** Those that were made, by this server or by another, and are not open yet; each once. */
  async #openMade(): Promise<void> {
    const opening = this.#opening.then(() => this.#openRows());
    this.#opening = opening.catch(() => {});
    return opening;
  }

  async #openRows(): Promise<void> {
    const query = this.#options.database.kysely.selectFrom('datastores').selectAll();
    for (const row of await query.execute()) {
      if (!this.#open.has(row.name)) await this.#add(row);
    }
  }

  async #add(row: DatastoresTable): Promise<void> {
    const opened = await openDatastore(row, {
      folder: this.#options.folder,
      staging: this.#staging,
      isShared: this.#options.isShared,
    });
    this.#open.set(row.name, opened);
  }

  async #findOrMake(checked: CheckedDatastore): Promise<FoundOrMadeDatastore> {
    const key = checked.name.toLowerCase();
    const known = () =>
      [...this.#open.values()].find(({ info }) => info.name.toLowerCase() === key);
    const { database, clock } = this.#options;
    const row = newRow(checked, clock());
    const created =
      known() === undefined && (await database.write((writer) => insertRow(writer, row)));
    await this.#openMade();
    const found = known();
    if (found === undefined) throw new Error(`datastore ${key} was made and is not there`);
    return { datastore: created ? found.info : sameOrRefused(found.info, checked), created };
  }

  async #opened(name: string): Promise<OpenDatastore> {
    if (!this.#open.has(name)) await this.#openMade();
    const opened = this.#open.get(name);
    if (opened !== undefined) return opened;
    const known = [...this.#open.keys()].slice(0, 10).join("', '");
    const message = `datastore '${name}' does not exist; this workspace has '${known}'`;
    throw new RidgelineError('DATASTORE_NOT_FOUND', message);
  }
}
