// What a build is queued from: the definition, what was asked, and the commits that it takes.
import { branchRef, compileTimeVariables } from '@ridgeline/azure-pipelines';
import type { BuildRequest } from '../build-request.ts';
import type { DeliveryPipeline } from '../delivery-pipeline.ts';
import { factsOfRepository, type PinnedRepository } from '../repository/pinned-repository.ts';

export interface BuildContext {
  readonly definition: DeliveryPipeline;
  readonly request: BuildRequest;
  readonly self: PinnedRepository;
  /** Where the server is reached, if it is. */
  readonly serverUrl: string;
}

export function refOf({ branch }: BuildRequest, definition: DeliveryPipeline): string {
  return branchRef(branch ?? definition.repository.branch);
}

/** What the predefined variables are made of; `Build.BuildId` and the number come with the build. */
export function variableFacts({ definition, request, self, serverUrl }: BuildContext) {
  return {
    definitionName: definition.name,
    reason: request.reason ?? 'Manual',
    branch: self.ref,
    repository: factsOfRepository(self),
    variables: predefinedHere(definition, request, serverUrl),
  };
}

/** In the place of what a single machine would say. */
function predefinedHere(
  definition: DeliveryPipeline,
  { requestedBy, reason, targetBranch }: BuildRequest,
  serverUrl: string,
): Readonly<Record<string, string>> {
  const who = requestedBy ?? 'unknown';
  const server = serverUrl === '' ? {} : serverNames(serverUrl);
  const target = branchRef(targetBranch ?? definition.repository.branch);
  const isPull = reason === 'PullRequest';
  return {
    'Build.QueuedBy': who,
    'Build.RequestedFor': who,
    'Build.RequestedForEmail': who.includes('@') ? who : '',
    'System.DefinitionId': definition.id,
    ...server,
    ...(isPull && {
      'System.PullRequest.TargetBranch': target,
      'System.PullRequest.targetBranchName': target.replace(/^refs\/heads\//, ''),
    }),
  };
}

function serverNames(serverUrl: string): Readonly<Record<string, string>> {
  const url = serverUrl.replace(/\/*$/, '/');
  return { 'System.CollectionUri': url, 'System.TeamFoundationCollectionUri': url };
}

export function compileTimeOf(context: BuildContext): ReadonlyMap<string, string> {
  return compileTimeVariables(variableFacts(context));
}
