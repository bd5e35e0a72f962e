// What a build is queued from: the definition, what was asked, and the commits that it takes.
import { branchRef, compileTimeVariables, shortName } from '@ridgeline/azure-pipelines';
import type { BuildReason } from '../build.ts';
import type { BuildRequest } from '../build-request.ts';
import type { DeliveryPipeline } from '../delivery-pipeline.ts';
import type { BuildPullRequest } from '../pull-request.ts';
import { factsOfRepository, type PinnedRepository } from '../repository/pinned-repository.ts';

export interface BuildContext {
  readonly definition: DeliveryPipeline;
  readonly request: BuildRequest;
  /** Of a pull request: the merge. */
  readonly self: PinnedRepository;
  readonly pullRequest: BuildPullRequest | undefined;
  /** Where the server is reached, if it is. */
  readonly serverUrl: string;
}

export function refOf({ branch }: BuildRequest, definition: DeliveryPipeline): string {
  return branchRef(branch ?? definition.repository.branch);
}

export function reasonOf({ request, pullRequest }: BuildContext): BuildReason {
  return pullRequest === undefined ? (request.reason ?? 'Manual') : 'PullRequest';
}

/** What the predefined variables are made of; `Build.BuildId` and the number come with the build. */
export function variableFacts(context: BuildContext) {
  const { definition, self } = context;
  return {
    definitionName: definition.name,
    reason: reasonOf(context),
    branch: self.ref,
    repository: factsOfRepository(self),
    variables: predefinedHere(context),
  };
}

/** In the place of what a single machine would say. */
function predefinedHere(context: BuildContext): Readonly<Record<string, string>> {
  const { definition, request, pullRequest, serverUrl } = context;
  const who = request.requestedBy ?? 'unknown';
  return {
    'Build.QueuedBy': who,
    'Build.RequestedFor': who,
    'Build.RequestedForEmail': who.includes('@') ? who : '',
    'Build.CronSchedule.DisplayName': request.trigger?.scheduleName ?? '',
    'System.DefinitionId': definition.id,
    ...(serverUrl === '' ? {} : serverNames(serverUrl)),
    ...(pullRequest === undefined ? {} : pullRequestNames(pullRequest)),
  };
}

function pullRequestNames(pull: BuildPullRequest): Readonly<Record<string, string>> {
  const number = String(pull.number);
  return {
    'System.PullRequest.IsFork': pull.isFork ? 'True' : 'False',
    'System.PullRequest.PullRequestId': number,
    'System.PullRequest.PullRequestNumber': number,
    'System.PullRequest.SourceBranch': pull.source,
    'System.PullRequest.SourceCommitId': pull.sourceCommit,
    'System.PullRequest.SourceRepositoryURI': pull.sourceRepository,
    'System.PullRequest.TargetBranch': pull.target,
    'System.PullRequest.targetBranchName': shortName(pull.target),
  };
}

function serverNames(serverUrl: string): Readonly<Record<string, string>> {
  const url = serverUrl.replace(/\/*$/, '/');
  return { 'System.CollectionUri': url, 'System.TeamFoundationCollectionUri': url };
}

export function compileTimeOf(context: BuildContext): ReadonlyMap<string, string> {
  return compileTimeVariables(variableFacts(context));
}
