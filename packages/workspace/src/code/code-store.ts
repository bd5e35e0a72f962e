// The code snapshots of a workspace, each in a folder named by its content: stored once, never changed.
import { constants } from 'node:fs';
import { cp, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RidgelineError } from '../errors.ts';
import { type ByteSource, moveIntoPlace } from '../files/durable-files.ts';
import { hasSystemCode, nullIfMissing } from '../files/fs-errors.ts';
import { StagingFolder } from '../files/staging-folder.ts';
import { syncTree } from '../files/sync-tree.ts';
import { codeId } from './code-id.ts';
import { type CodeLimits, defaultCodeLimits } from './code-limits.ts';
import { unpackCode } from './unpack-code.ts';

export interface StoredCode {
  /** 64 hexadecimal digits; the same content always has the same id. */
  readonly id: string;
  readonly fileCount: number;
  readonly sizeBytes: number;
}

export class CodeStore {
  readonly #folder: string;
  readonly #limits: CodeLimits;
  readonly #staging: StagingFolder;

  private constructor(folder: string, limits: CodeLimits) {
    this.#folder = folder;
    this.#limits = limits;
    this.#staging = new StagingFolder(join(folder, '.incoming'));
  }

  /** Removes what uploads that were cut off have left, so only one may be open, unless `isShared`. */
  static async open(
    folder: string,
    limits: CodeLimits = defaultCodeLimits,
    isShared = false,
  ): Promise<CodeStore> {
    const store = new CodeStore(folder, limits);
    await store.#staging.clear({ isShared });
    return store;
  }

  /**
   * Unpacks an uncompressed tar of files and folders. All of it is stored, or nothing.
   * @throws RidgelineError CODE_ARCHIVE_INVALID, CODE_PATH_INVALID, CODE_TOO_LARGE
   */
  async store(archive: ByteSource): Promise<StoredCode> {
    return this.#staging.use(async (staged) => {
      const files = await unpackCode(archive, staged, this.#limits);
      const id = codeId(files);
      await syncTree(staged);
      await this.#keep(staged, id);
      const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
      return { id, fileCount: files.length, sizeBytes };
    });
  }

  /**
   * The folder of a snapshot, for reading only: other jobs share it.
   * @throws RidgelineError CODE_NOT_FOUND
   */
  async folder(id: string): Promise<string> {
    const folder = join(this.#folder, id);
    if (/^[0-9a-f]{64}$/.test(id) && (await nullIfMissing(stat(folder))) !== null) return folder;
    const message = `code snapshot ${JSON.stringify(id)} does not exist; upload the code again`;
    throw new RidgelineError('CODE_NOT_FOUND', message);
  }

  /**
   * Copies a snapshot to a folder that is not there yet, for a step to work in.
   * @throws RidgelineError CODE_NOT_FOUND
   */
  async copyTo(id: string, folder: string): Promise<void> {
    const source = await this.folder(id);
    // Where the file system can, the copy shares its blocks until one of the two changes.
    const mode = constants.COPYFILE_FICLONE;
    await cp(source, folder, { recursive: true, force: false, errorOnExist: true, mode });
  }

  async #keep(staged: string, id: string): Promise<void> {
    try {
      await moveIntoPlace(staged, join(this.#folder, id));
    } catch (error) {
      // Stored before, or by an upload at the same time: the content is the same.
      if (!hasSystemCode(error, 'ENOTEMPTY', 'EEXIST', 'EPERM')) throw error;
      await this.folder(id);
    }
  }
}
