// What a build of a pull request from a fork is not given: its files are anybody's, so that no secret
// may come near them, no service connection, no secure file, and no token of the server.
import type { GivenVariables, RunFacts } from '@ridgeline/azure-pipelines';
import { DeliveryError } from '../errors.ts';
import type { BuildAssets } from './build-assets.ts';
import type { EngineParts } from './run/build-surroundings.ts';

/** As the build was told when it was queued, which no file of it can change. */
export function isForkBuild({ variables }: RunFacts): boolean {
  return variables?.get('System.PullRequest.IsFork')?.value === 'True';
}

export function partsForFork({ issueToken: _, ...parts }: EngineParts): EngineParts {
  return { ...parts, assets: assetsForFork(parts.assets) };
}

/** A build that asks for what it does not get is queued all the same, and its step says why. */
export function assetsForFork(assets: BuildAssets): BuildAssets {
  return {
    checksOf: (environment) => assets.checksOf(environment),
    resourcesOf: (environment) => assets.resourcesOf(environment),
    recordDeployment: (environment, record) => assets.recordDeployment(environment, record),
    async variableGroups(names, pipeline) {
      const groups = await assets.variableGroups(names, pipeline);
      return new Map([...groups].map(([name, group]) => [name, withoutSecrets(group)]));
    },
    serviceConnection: async (name) => refuse(`service connection '${name}'`),
    connectionProblems: async () => [],
    secureFile: async (name) => refuse(`secure file '${name}'`),
    secureFileProblems: async () => [],
  };
}

export function withoutSecrets(given: GivenVariables): GivenVariables {
  return new Map([...given].filter(([, { secret }]) => secret !== true));
}

function refuse(what: string): never {
  const message = `${what} is not given to builds of forks; build it from a branch of the repository itself`;
  throw new DeliveryError('FORK_WITHOUT_SECRETS', message);
}
