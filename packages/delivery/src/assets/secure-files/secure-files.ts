// The face of secure files: made, changed and read here, and their contents given to builds.
import type { Clock, Secrets } from '@ridgeline/workspace';
import type { DeliveryDatabase } from '../../database/delivery-database.ts';
import { secureFileKind } from '../asset-kind.ts';
import { assertCreatable, assertFound, assertNameIsFree } from '../asset-names.ts';
import { throwProblems } from '../asset-problem.ts';
import { describeAssetRow, newAssetRow, newId } from '../asset-row.ts';
import { SecretChanges, withItsSecrets } from '../asset-secrets.ts';
import { KeptAssets } from '../kept-assets.ts';
import { describePermissions } from '../pipeline-permissions.ts';
import { changedFile } from './change-file.ts';
import { keepContent, readContent } from './file-content.ts';
import type { NewSecureFile, SecureFile, SecureFileChanges } from './secure-file.ts';
import {
  findSecureFile,
  putSecureFile,
  type StoredFile,
  secretNamesOf,
  secureFileStore,
} from './secure-file-store.ts';

export interface SecureFilesOptions {
  readonly database: DeliveryDatabase;
  readonly secrets: Secrets;
  readonly clock: Clock;
}

export class SecureFiles {
  readonly #database: DeliveryDatabase;
  readonly #secrets: Secrets;
  readonly #clock: Clock;
  readonly #kept: KeptAssets<StoredFile>;

  constructor({ database, secrets, clock }: SecureFilesOptions) {
    this.#database = database;
    this.#secrets = secrets;
    this.#clock = clock;
    this.#kept = new KeptAssets(database, secrets, secureFileStore);
  }

  /**
   * It is there whole, or not at all.
   * @throws DeliveryError SECURE_FILE_INVALID, SECURE_FILE_EXISTS, SECURE_FILE_TOO_LARGE,
   *   DELIVERY_LIMIT_REACHED
   */
  async create(
    { name, ...changes }: NewSecureFile,
    content: AsyncIterable<Uint8Array>,
    by = '',
  ): Promise<SecureFile> {
    const made = changedFile(this.#new(name, by), changes, this.#clock());
    // Before the content comes: nobody wants to send 10 MB to learn that the name is taken.
    await assertCreatable(this.#database.reader, secureFileKind, name);
    const secrets = new SecretChanges(this.#secrets);
    return secrets.finish(async () => {
      const { sizeBytes, secretNames } = await keepContent(name, content, secrets);
      const secret_names = JSON.stringify(secretNames);
      const file = { ...made, row: { ...made.row, size_bytes: sizeBytes, secret_names } };
      await this.#database.write(async (tables) => {
        await assertCreatable(tables, secureFileKind, name);
        await putSecureFile(tables, file);
      });
      return this.get(name);
    });
  }

  /**
   * @throws DeliveryError SECURE_FILE_NOT_FOUND, SECURE_FILE_INVALID, SECURE_FILE_EXISTS where
   *   another has the new name already
   */
  async update(name: string, changes: SecureFileChanges): Promise<SecureFile> {
    return this.#database.write(async (tables) => {
      const earlier = await assertFound(
        await findSecureFile(tables, name),
        tables,
        secureFileKind,
        name,
      );
      const changed = changedFile(earlier, changes, this.#clock());
      const { name_key, name: newName } = changed.row;
      if (name_key !== earlier.row.name_key)
        await assertNameIsFree(tables, secureFileKind, newName);
      await putSecureFile(tables, changed);
      const stored = await findSecureFile(tables, newName);
      return describeFile(stored ?? changed);
    });
  }

  /** @throws DeliveryError SECURE_FILE_NOT_FOUND */
  async get(name: string): Promise<SecureFile> {
    return describeFile(await this.#kept.get(name));
  }

  /** By name. */
  async list(limit: number): Promise<readonly SecureFile[]> {
    return (await this.#kept.list(limit)).map(describeFile);
  }

  /** With its content. @throws DeliveryError SECURE_FILE_NOT_FOUND */
  async delete(name: string): Promise<void> {
    await this.#kept.delete(name);
  }

  /** Why a pipeline cannot use files that it names: all reasons, none where it can. */
  async problems(names: readonly string[], pipeline: string) {
    return (await this.#kept.sortedOut(names, pipeline)).problems;
  }

  /** Its content. @throws DeliveryError SECURE_FILE_NOT_FOUND, SECURE_FILE_NOT_PERMITTED */
  async read(name: string, pipeline: string): Promise<Uint8Array> {
    return withItsSecrets(async () => {
      const { usable, problems } = await this.#kept.sortedOut([name], pipeline);
      throwProblems(problems);
      const secretNames = [...usable.values()].flatMap(secretNamesOf);
      return readContent(secretNames, this.#secrets);
    });
  }

  #new(name: string, by: string): StoredFile {
    const words = newAssetRow(name, by, this.#clock());
    const empty = { file_id: newId(), size_bytes: 0, secret_names: '[]', allow_all_pipelines: 0 };
    return { row: { ...words, ...empty }, pipelines: [] };
  }
}

function describeFile(file: StoredFile): SecureFile {
  return {
    ...describeAssetRow(file.row),
    ...describePermissions(file),
    sizeBytes: file.row.size_bytes,
  };
}
