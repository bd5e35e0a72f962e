// What steps of a run on this machine start from: the environment of the command, and the `az` that
// answers for the workspace.
import path from 'node:path';
import { withAzStandIn } from '@ridgeline/azure-pipelines';
import { azFolder } from '../az/az-folder.ts';

export function stepEnvironment({
  workspace,
  realAz = false,
}: {
  readonly workspace: string;
  readonly realAz?: boolean;
}): Readonly<Record<string, string | undefined>> {
  // Steps run in folders of their own: the workspace is still the one that is meant here.
  const env = { ...process.env, RIDGELINE_WORKSPACE: path.resolve(workspace) };
  return withAzStandIn({ ...env, ...(realAz && { RIDGELINE_AZ: 'real' }) }, azFolder);
}
