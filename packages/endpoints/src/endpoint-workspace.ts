// The part of a workspace that endpoints stand on; `Workspace` of the workspace package has it.

import type { ChangeSink, WorkspaceDatabase } from '@ridgeline/workspace';

export interface EndpointWorkspace {
  /** Absolute path; this package keeps its files in `endpoints/` below it. */
  readonly folder: string;
  readonly database: WorkspaceDatabase;
  readonly changes?: ChangeSink;
  readonly models: {
    getVersion(name: string, version: string): Promise<{ readonly version: string }>;
    /** Null when the model has no version. */
    latestVersion(name: string): Promise<{ readonly version: string } | null>;
    /** Local path of the model's files. */
    versionFolder(name: string, version: string): Promise<string>;
  };
  readonly code: {
    folder(id: string): Promise<string>;
    /** `folder` must not exist yet. */
    copyTo(id: string, folder: string): Promise<void>;
  };
  readonly environments: {
    prepare(
      environment: string | null,
      codeFolder: string,
    ): Promise<{ readonly env: Readonly<Record<string, string>> }>;
  };
  readonly secrets: {
    /** Throws an error with code SECRET_NOT_FOUND. */
    get(name: string): Promise<string>;
    set(name: string, value: string): Promise<void>;
    delete(name: string): Promise<void>;
  };
}
