// The logs of an endpoint's deployments as one text.

import { join } from 'node:path';
import { GenerationFolder } from '../instance/generation-folder.ts';
import { readLogTail } from '../instance/instance-log.ts';
import type { DeploymentRecord, EndpointRecord } from '../store/endpoint-record.ts';

const tailBytes = 256_000;

/** The end of each deployment's log (at most 256 kB), under a heading when there are several. */
export async function endpointLogs(
  endpointsFolder: string,
  { name, deployments }: EndpointRecord,
): Promise<string> {
  const sections = deployments.map(async (deployment) => {
    const folder = new GenerationFolder(join(endpointsFolder, name), deployment.generation);
    const log = await readLogTail(folder.logPath, tailBytes);
    return deployments.length === 1 ? log : `${heading(deployment)}\n${log}`;
  });
  return (await Promise.all(sections)).join('\n');
}

/** As tail(1) heads several files. */
function heading({ name, modelName, modelVersion, state }: DeploymentRecord): string {
  return `==> ${name}, model ${modelName}:${modelVersion}, ${state} <==`;
}
