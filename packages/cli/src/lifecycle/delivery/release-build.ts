// The build that puts the model behind its services, each tested.
import type { Build, Endpoint, RidgelineClient } from '@ridgeline/client';
import type { LifeOptions } from '../life.ts';
import type { StageReport } from '../reporter.ts';
import { variableGroup } from './ensure-delivery.ts';
import { type BegunBuild, followUp } from './follow-up-build.ts';

export interface Release {
  readonly build: string;
  /** The first of its targets. */
  readonly endpoint: Endpoint | null;
  /** The build, if it waits. */
  readonly waiting: readonly string[];
}

/** The stages of the release, and the variable that names the service of each. */
const targets = [
  { stage: 'Deploy_ACI', variable: 'ACI_DEPLOYMENT_NAME', words: 'container instance' },
  { stage: 'Deploy_AKS', variable: 'AKS_DEPLOYMENT_NAME', words: 'Kubernetes' },
  { stage: 'Deploy_Webapp', variable: 'WEBAPP_DEPLOYMENT_NAME', words: 'web app' },
] as const;

export async function release(
  client: RidgelineClient,
  begun: BegunBuild,
  options: LifeOptions,
  report: StageReport,
): Promise<Release> {
  const { build, isWaiting } = await followUp(client, begun, options, report);
  if (isWaiting) return { build: build.id, endpoint: null, waiting: [build.id] };
  const deployed = await deployedServices(client, build);
  const [first] = deployed;
  if (first === undefined) {
    report.succeed(`nothing to deploy to: no service is named in ${variableGroup}`);
    return { build: build.id, endpoint: null, waiting: [] };
  }
  report.succeed(`${deployed.map(describe).join('; ')}. Smoke test successful.`);
  return { build: build.id, endpoint: first.endpoint, waiting: [] };
}

interface Deployed {
  readonly words: string;
  readonly endpoint: Endpoint;
}

async function deployedServices(
  client: RidgelineClient,
  { stages }: Build,
): Promise<readonly Deployed[]> {
  const { variables } = await client.variableGroups.get(variableGroup);
  const done = new Set(stages.flatMap(({ id, result }) => (result === 'succeeded' ? [id] : [])));
  const deployed: Deployed[] = [];
  for (const { stage, variable, words } of targets) {
    const name = variables[variable]?.value;
    if (name && done.has(stage))
      deployed.push({ words, endpoint: await client.endpoints.get(name) });
  }
  return deployed;
}

function describe({ words, endpoint }: Deployed): string {
  const model = endpoint.deployments[0]?.model;
  return `${model?.name}:${model?.version} at ${endpoint.scoringUri} (${words}: a local deployment)`;
}
