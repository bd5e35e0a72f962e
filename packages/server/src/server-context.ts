// What every route works on: one workspace and the engines on top of it.
import type { EndpointManager } from '@ridgeline/endpoints';
import type { JobEngine } from '@ridgeline/jobs';
import type { Workspace } from '@ridgeline/workspace';

export interface ServerContext {
  readonly workspace: Workspace;
  readonly jobs: JobEngine;
  readonly endpoints: EndpointManager;
}
