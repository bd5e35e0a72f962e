// A model version put behind an endpoint, from an Azure ML deployment YAML or from options.
import path from 'node:path';
import { type AssetReference, formatDiagnostic, parseDeployment } from '@ridgeline/azureml-yaml';
import type { Endpoint, RidgelineClient } from '@ridgeline/client';
import { CliError } from '../errors.ts';
import { readTextFile } from './read-text-file.ts';

export interface Deployment {
  readonly endpointName: string;
  readonly deploymentName?: string | undefined;
  /** Neither version nor label: the latest. */
  readonly model: AssetReference;
  /** The folder of the scoring script's code; without one the model scores by itself. */
  readonly code?: string | undefined;
  /** The script's path in that folder. */
  readonly scoringScript?: string | undefined;
  readonly environmentVariables?: Readonly<Record<string, string>>;
}

/** @throws CliError FILE_NOT_FOUND, FILE_INVALID */
export async function readDeploymentFile(file: string): Promise<Deployment> {
  const { deployment, diagnostics } = parseDeployment(await readTextFile(file), { fileName: file });
  if (deployment === null) {
    const lines = diagnostics.map(formatDiagnostic).join('\n');
    throw new CliError('FILE_INVALID', `${file} is not a deployment that can be made:\n${lines}`);
  }
  const code = deployment.codeConfiguration;
  return {
    endpointName: deployment.endpointName,
    deploymentName: deployment.name,
    model: deployment.model,
    code: code === null ? undefined : path.resolve(path.dirname(file), code.code),
    scoringScript: code?.scoringScript,
    environmentVariables: Object.fromEntries(deployment.environmentVariables),
  };
}

/**
 * Brings the endpoint to what the deployment says, and waits until it serves it.
 * @throws CliError ENDPOINT_NOT_READY with the cause; what served before goes on serving.
 */
export async function deploy(client: RidgelineClient, deployment: Deployment): Promise<Endpoint> {
  const { endpointName, deploymentName, code, scoringScript, environmentVariables } = deployment;
  const codeId = code === undefined ? undefined : (await client.code.upload(code)).id;
  await client.endpoints.put(endpointName, {
    model: describeModel(deployment.model),
    ...(deploymentName !== undefined && { deploymentName }),
    ...(codeId !== undefined && { codeId }),
    ...(scoringScript !== undefined && { scoringScript }),
    ...(environmentVariables !== undefined && { environmentVariables }),
  });
  const endpoint = await client.endpoints.wait(endpointName);
  if (endpoint.provisioningState === 'Succeeded') return endpoint;
  const { code: cause, message } = endpoint.error ?? {
    code: 'UNKNOWN',
    message: 'no reason given',
  };
  const what = `endpoint '${endpointName}' is ${endpoint.provisioningState}: ${cause}: ${message}`;
  throw new CliError('ENDPOINT_NOT_READY', what);
}

/** `name:version`, or `name@latest`. */
export function describeModel({ name, version, label }: AssetReference): string {
  return version === null ? `${name}@${label ?? 'latest'}` : `${name}:${version}`;
}
