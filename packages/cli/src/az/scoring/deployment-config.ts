// The deployment configuration: on Azure a container instance or a cluster, here an endpoint of the
// workspace on its own machine.
import type { PlainMapping } from '@ridgeline/azure-pipelines';
import { AzError } from '../az-error.ts';
import { readConfig, textOf } from './read-config.ts';

export interface DeploymentConfig {
  /** `ACI`, `AKS` or `LOCAL`, as the file says. */
  readonly computeType: string;
  readonly environmentVariables: Readonly<Record<string, string>>;
  /** Whether it asks for a service without keys. */
  readonly wantsNoKeys: boolean;
  /** What it says besides, which has no effect here. */
  readonly ignored: readonly string[];
}

const known = [
  'computeType',
  'scoringTimeoutMs',
  'authEnabled',
  'appInsightsEnabled',
  'autoScaler',
  'containerResourceRequirements',
  'cmkVaultBaseUrl',
  'cpu',
  'description',
  'dnsNameLabel',
  'gpuCores',
  'livenessProbeRequirements',
  'location',
  'maxConcurrentRequestsPerContainer',
  'maxQueueWaitMs',
  'namespace',
  'numReplicas',
  'periodSeconds',
  'port',
  'primaryKey',
  'properties',
  'secondaryKey',
  'sslCertificate',
  'sslCname',
  'sslEnabled',
  'sslKey',
  'tags',
  'tokenAuthEnabled',
] as const;

const computeTypes = ['ACI', 'AKS', 'LOCAL'];

/** @throws AzError AZ_FILE_INVALID */
export async function readDeploymentConfig(file: string | undefined): Promise<DeploymentConfig> {
  const settings =
    file === undefined ? {} : await readConfig(file, 'deployment configuration', known);
  const name = file ?? '';
  const computeType = (textOf(settings, 'computeType', name) ?? 'ACI').toUpperCase();
  if (!computeTypes.includes(computeType))
    throw new AzError('AZ_FILE_INVALID', `${name}: 'computeType' takes ${computeTypes.join(', ')}`);
  return {
    computeType,
    environmentVariables: timeoutOf(settings, name),
    wantsNoKeys: /^false$/i.test(textOf(settings, 'authEnabled', name) ?? ''),
    ignored: known.slice(3).filter((key) => settings[key] !== undefined && settings[key] !== null),
  };
}

function timeoutOf(settings: PlainMapping, file: string): Readonly<Record<string, string>> {
  const timeout = textOf(settings, 'scoringTimeoutMs', file);
  if (timeout === undefined) return {};
  if (/^[1-9]\d{0,8}$/.test(timeout)) return { SCORING_TIMEOUT_MS: timeout };
  throw new AzError('AZ_FILE_INVALID', `${file}: 'scoringTimeoutMs' is no number of milliseconds`);
}
