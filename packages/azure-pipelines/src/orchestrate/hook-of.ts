// The hook of a deployment that an instance of it runs.

import type { Hook } from '../pipeline/deployment.ts';
import type { Job } from '../pipeline/pipeline.ts';
import type { HookRun } from './job-run.ts';

export function hookOf({ deployment }: Job, hook: HookRun | null): Hook | undefined {
  return hook === null ? undefined : deployment?.hooks[hook.name];
}
