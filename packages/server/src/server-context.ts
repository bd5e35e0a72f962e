// What every route works on: one workspace and the engines on top of it.
import type { Delivery } from '@ridgeline/delivery';
import type { EndpointManager } from '@ridgeline/endpoints';
import type { JobEngine, PublishedPipelines, Schedules } from '@ridgeline/jobs';
import type { Workspace } from '@ridgeline/workspace';

export interface ServerContext {
  readonly workspace: Workspace;
  readonly jobs: JobEngine;
  readonly endpoints: EndpointManager;
  readonly pipelines: PublishedPipelines;
  readonly schedules: Schedules;
  readonly delivery: Delivery;
  /** What Azure ML's addresses call this workspace. */
  readonly workspaceName: string;
  /** Where others reach the server; default: wherever a request has reached it. */
  readonly publicUrl?: string | undefined;
}
