// Whose artifacts an address is about: `<experiment id>/<run id>/artifacts/<path>` of a run, or
// `<experiment id>/models/<model id>/artifacts/<path>` of a logged model.
import { isLoggedModelId, type Principal, type Workspace } from '@ridgeline/workspace';
import { assertMayWriteModel, assertMayWriteRun } from '../auth/own-runs.ts';
import { ServerError } from '../errors/server-error.ts';

export interface ArtifactAddress {
  /** The id of the run, or of the logged model. */
  readonly ownerId: string;
  readonly path: string;
}

/** @throws ServerError INVALID_PARAMETER_VALUE */
export function splitProxyPath(proxyPath: string): ArtifactAddress {
  const [, ownerId, path = ''] =
    /^[^/]+\/(?:models\/(?=m-))?([^/]+)\/artifacts(?:\/(.*))?$/s.exec(proxyPath) ?? [];
  if (ownerId !== undefined) return { ownerId, path };
  throw new ServerError(
    'INVALID_PARAMETER_VALUE',
    `'${proxyPath}' names no artifact: expected <experiment id>/<run id>/artifacts/<path>`,
  );
}

/** @throws ServerError PERMISSION_DENIED */
export async function assertMayWriteArtifacts(
  workspace: Workspace,
  principal: Principal | null,
  ownerId: string,
): Promise<void> {
  const assertMayWrite = isLoggedModelId(ownerId) ? assertMayWriteModel : assertMayWriteRun;
  await assertMayWrite(workspace, principal, ownerId);
}
