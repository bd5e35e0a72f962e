// Puts a model version behind an endpoint: a new one, or the one that is there, which keeps its
// address and its keys, and answers all the while.

import {
  type Endpoint,
  hasCode,
  type MlflowModelVersion,
  type RidgelineClient,
} from '@ridgeline/client';
import { ProjectError } from '../shared/project-error.ts';

export type Endpoints = Pick<RidgelineClient['endpoints'], 'get' | 'put' | 'wait'>;

/** @throws ProjectError SERVICE_NOT_READY with the end of the service's log */
export async function deployService(
  endpoints: Endpoints,
  serviceName: string,
  { name, version }: Pick<MlflowModelVersion, 'name' | 'version'>,
): Promise<Endpoint> {
  const isThere = await exists(endpoints, serviceName);
  console.log(isThere ? 'Found existing service, update it.' : 'Creating a new service.');
  await endpoints.put(serviceName, {
    model: `${name}:${version}`,
    description: 'The best model of the AutoML pipeline',
  });
  const endpoint = await endpoints.wait(serviceName);
  console.log(`${serviceName}: ${endpoint.provisioningState} at ${endpoint.scoringUri}`);
  if (endpoint.provisioningState === 'Succeeded') return endpoint;
  const reason = endpoint.error?.message ?? 'no reason was given';
  const details = endpoint.error?.details ?? '';
  throw new ProjectError('SERVICE_NOT_READY', `${serviceName}: ${reason}\n${details}`.trimEnd());
}

async function exists(endpoints: Endpoints, name: string): Promise<boolean> {
  try {
    await endpoints.get(name);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENDPOINT_NOT_FOUND')) return false;
    throw error;
  }
}
