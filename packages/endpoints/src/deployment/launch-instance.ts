// Starts an instance of a deployment and waits until it is ready.

import { randomBytes } from 'node:crypto';
import { compileCacheVariable } from '@ridgeline/workspace';
import type { EndpointWorkspace } from '../endpoint-workspace.ts';
import type { GenerationFolder } from '../instance/generation-folder.ts';
import { Instance } from '../instance/instance.ts';
import { instanceEnvironment } from '../instance/instance-environment.ts';
import type { InstanceLog } from '../instance/instance-log.ts';
import { InstanceProcess } from '../instance/instance-process.ts';
import type { EndpointLimits } from '../limits.ts';
import type { DeploymentRecord } from '../store/endpoint-record.ts';

/** What all deployments of a manager have in common. */
export interface DeploymentHost {
  readonly workspace: EndpointWorkspace;
  readonly limits: EndpointLimits;
  /** Module that a scoring process runs. */
  readonly processPath: string;
}

export interface LaunchOptions {
  readonly endpointName: string;
  readonly deployment: DeploymentRecord;
  readonly folder: GenerationFolder;
  readonly log: InstanceLog;
  readonly signal: AbortSignal;
}

/** Rejects with an Error whose message says why no ready instance came of it. */
export async function launchInstance(
  host: DeploymentHost,
  options: LaunchOptions,
): Promise<Instance> {
  const { deployment, folder } = options;
  const prepared = await folder.prepare(host.workspace, deployment);
  const { modelName, modelVersion } = deployment;
  const modelFolder = await host.workspace.models.versionFolder(modelName, modelVersion);
  const internalKey = randomBytes(32).toString('base64url');
  options.signal.throwIfAborted();
  const process = new InstanceProcess({
    processPath: host.processPath,
    folder: folder.path,
    log: options.log,
    environment: instanceEnvironment({
      endpointName: options.endpointName,
      modelName,
      modelVersion,
      modelFolder,
      scriptPath: prepared.scriptPath,
      internalKey,
      prepared: { ...compileCacheVariable(), ...prepared.environment },
      wanted: deployment.environmentVariables,
    }),
  });
  const port = await process.ready(host.limits.startTimeoutMs, options.signal);
  return Instance.connect(process, port, internalKey, host.limits);
}
