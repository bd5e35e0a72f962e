// What a secure file is, as users give it and as every reader sees it. Its content is given to the jobs
// of builds alone.
import type { AssetWords } from '../asset-row.ts';
import type { PipelinePermissions } from '../pipeline-permissions.ts';

export interface NewSecureFile extends PipelinePermissions {
  /** Under this name it lies in a job's folder: a file's name without a folder. */
  readonly name: string;
  readonly description?: string;
}

/** What is left out stays; for another content, make another file. */
export interface SecureFileChanges extends PipelinePermissions, AssetWords {}

/** Times are UTC ISO strings. */
export interface SecureFile {
  readonly name: string;
  readonly description: string;
  readonly sizeBytes: number;
  readonly allowAllPipelines: boolean;
  readonly pipelines: readonly string[];
  readonly createdBy: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}
