// NuGetAuthenticate and its like: they sign in to the feeds of Azure Artifacts that the build's own
// service knows, of which there are none here. A step that names no connection has nothing to do.

import type { AgentTask } from '../task.ts';
import { input } from '../task-input.ts';
import { failed, succeeded } from '../task-outcome.ts';

export const nuGetAuthenticate = feedTask('NuGetAuthenticate', [0, 1], {
  id: 'f5fd8599-ccfa-4d6e-b965-4d14bed7097b',
  named: ['nuGetServiceConnections'],
  others: ['azureDevOpsServiceConnection', 'workloadIdentityServiceConnection', 'feedUrl'],
  flags: ['forceReinstallCredentialProvider'],
});

export const mavenAuthenticate = feedTask('MavenAuthenticate', [0], {
  named: ['artifactsFeeds', 'mavenServiceConnections'],
  others: ['azureDevOpsServiceConnection', 'workloadIdentityServiceConnection', 'feedUrl'],
});

export const cargoAuthenticate = feedTask('CargoAuthenticate', [0], {
  named: ['cargoServiceConnections', 'registryNames'],
  others: ['azureDevOpsServiceConnection', 'workloadIdentityServiceConnection'],
  paths: ['configFile'],
});

interface FeedInputs {
  readonly id?: string;
  /** What names feeds or connections to them. */
  readonly named: readonly string[];
  readonly others: readonly string[];
  readonly flags?: readonly string[];
  readonly paths?: readonly string[];
}

function feedTask(name: string, versions: readonly number[], inputs: FeedInputs): AgentTask {
  const { id, named, others, flags = [], paths = [] } = inputs;
  const asking = [...named, ...others];
  return {
    name,
    ...(id !== undefined && { ids: [id] }),
    versions,
    runsOn: 'agent',
    inputs: [
      ...asking.map((one) => input.text(one)),
      ...flags.map((one) => input.flag(one, false)),
      ...paths.map((one) => input.text(one)),
    ],
    async run(context) {
      const given = asking.find((one) => context.input(one) !== undefined);
      if (given === undefined) {
        context.log(
          'No feed is named, and there is no Azure Artifacts here: nothing to sign in to',
        );
        return succeeded;
      }
      return failed(
        `'${given}' asks ${name} to sign in to a feed, which it does not do here. Give the credentials by variables, or mock it.`,
      );
    },
  };
}
