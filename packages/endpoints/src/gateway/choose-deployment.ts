// Which deployment gets a request: the one that its header names, else one by share of traffic.

import { quoted } from '../endpoint/names.ts';
import { EndpointError } from '../errors.ts';

export interface Choosable {
  readonly name: string;
  /** Integer from 0 to 100; shares are relative, so they need not add up to 100. */
  readonly traffic: number;
}

/**
 * `wantedName` is the header `azureml-model-deployment`; `draw` is uniform in [0, 1).
 * Throws DEPLOYMENT_NOT_FOUND when no deployment has that name, and DEPLOYMENT_NOT_READY when
 * none is named and none has traffic yet.
 */
export function chooseDeployment<D extends Choosable>(
  deployments: readonly D[],
  wantedName: string | undefined,
  draw: () => number,
): D {
  if (wantedName !== undefined) return namedDeployment(deployments, wantedName);
  const total = deployments.reduce((sum, deployment) => sum + deployment.traffic, 0);
  let rest = draw() * total;
  for (const deployment of deployments) {
    rest -= deployment.traffic;
    if (rest < 0) return deployment;
  }
  throw new EndpointError(
    'DEPLOYMENT_NOT_READY',
    'no deployment of this endpoint is ready for requests yet; try again in a moment, or see ' +
      'the state of the endpoint',
  );
}

function namedDeployment<D extends Choosable>(deployments: readonly D[], name: string): D {
  const found = deployments.find((deployment) => deployment.name === name);
  if (found) return found;
  const names = deployments.map((deployment) => deployment.name).join(', ');
  throw new EndpointError(
    'DEPLOYMENT_NOT_FOUND',
    `deployment ${quoted(name)} named by the header azureml-model-deployment is not one of this ` +
      `endpoint's deployments (${names || 'none is ready'})`,
  );
}
