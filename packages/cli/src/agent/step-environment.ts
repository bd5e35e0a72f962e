// The environment that steps on an agent start from: that of the agent, which its owner has made for
// them, without what is the agent's own: where it found its server, and by which token.
import { withAzStandIn } from '@ridgeline/azure-pipelines';
import { azFolder } from '../az/az-folder.ts';

export function stepEnvironment(serverUrl: string): Readonly<Record<string, string | undefined>> {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('RIDGELINE_'));
  return withAzStandIn({ ...Object.fromEntries(own), RIDGELINE_URL: serverUrl }, azFolder);
}
