// The port behind which the files of runs are kept. It knows runs and paths, and no model and no HTTP.
import type { ByteRange } from '../files/byte-range.ts';
import type { FileContent } from '../files/confined-tree.ts';
import type { ByteSource, WrittenFile } from '../files/durable-files.ts';
import type { SignedAddress } from '../object-store/object-store.ts';
import type { PartUploads } from './part-uploads.ts';

/** One file or folder, in the shape of MLflow's FileInfo. */
export interface FileInfo {
  /** Relative to the run's artifact root, with `/` between the parts. */
  readonly path: string;
  readonly is_dir: boolean;
  /** Bytes; absent for a folder. */
  readonly file_size?: number;
}

export interface SignedArtifact extends SignedAddress {
  /** Of the file; null where it is to be written. */
  readonly sizeBytes: number | null;
}

/**
 * The artifacts of runs, and of logged models, whose ids take the place of a run's. Every path is
 * relative to the run's artifact root and cannot leave it: one that tries is refused with
 * ARTIFACT_PATH_INVALID. A run that does not exist is refused with RESOURCE_DOES_NOT_EXIST.
 */
export interface ArtifactStore {
  readonly parts: PartUploads;
  /** The file appears whole, replacing an older one, or not at all; when it resolves, it is on disk. */
  write(runId: string, path: string, content: ByteSource): Promise<WrittenFile>;
  /**
   * @param range gives only these bytes of the file.
   * @throws RidgelineError ARTIFACT_NOT_FOUND, for a folder too; ARTIFACT_RANGE_INVALID
   */
  read(runId: string, path: string, range?: ByteRange): Promise<FileContent>;
  /** What lies directly in a folder (default: the root), by name; empty for a file or for nothing. */
  list(runId: string, path?: string): Promise<readonly FileInfo[]>;
  /**
   * Takes a folder of this machine, or a single file, over as the artifact `path`; afterwards it is
   * gone from where it was. A folder may hold files and folders, and no links.
   * @throws RidgelineError ARTIFACT_ALREADY_EXISTS where something has that name;
   *   ARTIFACT_NOT_FOUND where `source` does not exist.
   */
  adoptFolder(runId: string, path: string, source: string): Promise<void>;
  /**
   * Where a file or folder (default: the root) can be read on this machine.
   * @throws RidgelineError ARTIFACT_NOT_FOUND
   */
  localPath(runId: string, path?: string): Promise<string>;
  /**
   * An address at which the file can be read, or written, without this server; null where the store
   * gives none. To read, the file must be there.
   * @throws RidgelineError ARTIFACT_NOT_FOUND
   */
  sign(
    method: 'GET' | 'PUT',
    runId: string,
    path: string,
    seconds: number,
  ): Promise<SignedArtifact | null>;
  /** Deletes a file, a folder, or all artifacts of the run. Nothing happens where nothing is. */
  delete(runId: string, path?: string): Promise<void>;
  /** Deletes all that is kept of a run that is no longer known, and was of this experiment. */
  discard(experimentId: string, runId: string): Promise<void>;
}
