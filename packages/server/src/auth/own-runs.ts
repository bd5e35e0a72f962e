// A step of a job writes on the runs of its own job only: the job's root run, its own run, and
// the child runs below these, with the logged models that they made. Below these alone it may put a
// run, too.
import { type KeyValue, parentRunTag, type Workspace } from '@ridgeline/workspace';
import { ServerError } from '../errors/server-error.ts';
import type { Principal } from './access.ts';

// Deeper than anybody nests runs; it ends the search where tags name each other in a circle.
const maxGenerations = 20;

/** @throws ServerError PERMISSION_DENIED */
export async function assertMayWriteRun(
  { runs }: Workspace,
  principal: Principal | null,
  runId: string,
): Promise<void> {
  if (principal?.kind !== 'step') return;
  let ancestor: string | undefined = runId;
  for (let up = 0; up < maxGenerations && ancestor !== undefined; up += 1) {
    if (ancestor === principal.runId || ancestor === principal.jobId) return;
    const { data } = await runs.get(ancestor);
    ancestor = data.tags.find(({ key }) => key === parentRunTag)?.value;
  }
  const message = `run ${runId} does not belong to job ${principal.jobId}, which alone this step may write on`;
  throw new ServerError('PERMISSION_DENIED', message);
}

/** A logged model is of the run that made it. @throws ServerError PERMISSION_DENIED */
export async function assertMayWriteModel(
  workspace: Workspace,
  principal: Principal | null,
  modelId: string,
): Promise<void> {
  if (principal?.kind !== 'step') return;
  const { info } = await workspace.loggedModels.get(modelId);
  if (info.source_run_id !== undefined) {
    return assertMayWriteRun(workspace, principal, info.source_run_id);
  }
  const message = `logged model ${modelId} belongs to no run, and this step writes on its job's alone`;
  throw new ServerError('PERMISSION_DENIED', message);
}

/**
 * Every parent that `tags` name: a tag may stand there twice.
 * @throws ServerError PERMISSION_DENIED
 */
export async function assertMayNameParents(
  workspace: Workspace,
  principal: Principal | null,
  tags: readonly KeyValue[],
): Promise<void> {
  const named = tags.filter(({ key }) => key === parentRunTag).map(({ value }) => value);
  for (const parent of new Set(named)) await assertMayWriteRun(workspace, principal, parent);
}
