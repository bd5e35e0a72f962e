// The predefined variables of a run (reference: section 8) that are known before its jobs; those of
// the agent come with each job.
import { hostname, userInfo } from 'node:os';
import type { Variables, VariableValue } from '../orchestrate/variable-value.ts';
import type { RepositoryFacts } from './repository-facts.ts';

export interface BuildFacts {
  readonly number: number;
  readonly buildNumber: string;
  readonly definitionName: string;
  readonly reason: string;
  readonly branch: string;
  readonly repository: RepositoryFacts;
  /** Given at the start. One of a predefined name takes its place: to try a pull request, say. */
  readonly variables: Readonly<Record<string, string>>;
}

type EarlyFacts = Omit<BuildFacts, 'number' | 'buildNumber'>;

/** What `${{ variables[…] }}` can read: all that does not depend on a run's number. */
export function compileTimeVariables(facts: EarlyFacts): ReadonlyMap<string, string> {
  // Each job has a folder of its own, which takes its place there.
  const folder = 'System.DefaultWorkingDirectory';
  return new Map([...earlyVariables(facts), [folder, `$(${folder})`]]);
}

function earlyVariables(facts: EarlyFacts): ReadonlyMap<string, string> {
  const { repository, branch, definitionName, reason } = facts;
  const user = userName();
  return overlaid(facts.variables, [
    ['Build.DefinitionName', definitionName],
    ['Build.DefinitionVersion', '1'],
    ['Build.QueuedBy', user],
    ['Build.QueuedById', localId],
    ['Build.Reason', reason],
    ['Build.Repository.ID', localId],
    ['Build.Repository.Name', repository.name],
    ['Build.Repository.Uri', repository.uri],
    ['Build.RequestedFor', user],
    ['Build.RequestedForEmail', `${user}@${hostname()}`],
    ['Build.RequestedForId', localId],
    ['Build.SourceBranch', branch],
    ['Build.SourceBranchName', branch.slice(branch.lastIndexOf('/') + 1)],
    ['Build.SourceVersion', repository.commit],
    ['System.CollectionId', localId],
    ['System.CollectionUri', collectionUri],
    ['System.DefinitionId', '1'],
    ['System.HostType', 'build'],
    // Nobody gives identities to jobs here, and scripts ask whether it is empty.
    ['System.OidcRequestUri', ''],
    ['System.TeamFoundationCollectionUri', collectionUri],
    ['System.TeamProject', repository.name],
    ['System.TeamProjectId', localId],
    ...pullRequestVariables(facts),
    ...scheduleVariables(reason),
  ]);
}

export function runVariables(facts: BuildFacts): Variables {
  const { number, buildNumber, repository } = facts;
  const all: ReadonlyArray<readonly [string, string]> = [
    ...earlyVariables(facts),
    ['Build.BuildId', String(number)],
    ['Build.BuildNumber', buildNumber],
    ['Build.BuildUri', `vstfs:///Build/Build/${number}`],
    ['Build.ContainerId', String(number)],
    ['Build.Repository.Clean', 'False'],
    ['Build.Repository.Git.SubmoduleCheckout', 'False'],
    ['Build.Repository.Provider', 'TfsGit'],
    ['Build.SourceTfvcShelveset', ''],
    ['Build.SourceVersionAuthor', repository.author],
    ['Build.SourceVersionMessage', repository.message.split('\n')[0] ?? ''],
    ['Build.StageRequestedBy', userName()],
    ['Build.StageRequestedById', localId],
    ['System.Culture', 'en-US'],
    ['System.PlanId', localId],
    ['System.TimelineId', localId],
    ['TF_BUILD', 'True'],
  ];
  const values = overlaid(facts.variables, all);
  return new Map([...values].map(([name, value]) => [name, predefined(value)]));
}

function overlaid(
  given: Readonly<Record<string, string>>,
  values: ReadonlyArray<readonly [string, string]>,
): ReadonlyMap<string, string> {
  const byName = new Map(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]));
  return new Map(values.map(([name, value]) => [name, byName.get(name.toLowerCase()) ?? value]));
}

function pullRequestVariables({
  reason,
  branch,
  repository,
}: EarlyFacts): ReadonlyArray<readonly [string, string]> {
  if (reason !== 'PullRequest') return [];
  const number = /^refs\/pull\/(\d+)\//.exec(branch)?.[1] ?? '1';
  return [
    ['System.PullRequest.IsFork', 'False'],
    ['System.PullRequest.PullRequestId', number],
    ['System.PullRequest.PullRequestNumber', number],
    ['System.PullRequest.SourceBranch', branch],
    ['System.PullRequest.SourceCommitId', repository.commit],
    ['System.PullRequest.SourceRepositoryURI', repository.uri],
    ['System.PullRequest.TargetBranch', 'refs/heads/main'],
    ['System.PullRequest.targetBranchName', 'main'],
  ];
}

function scheduleVariables(reason: string): ReadonlyArray<readonly [string, string]> {
  return reason === 'Schedule' ? [['Build.CronSchedule.DisplayName', '']] : [];
}

export function predefined(value: string): VariableValue {
  return { value, secret: false, readonly: true };
}

// There is no organisation and no project here; tasks want the form of an address and of an id.
const collectionUri = 'http://localhost/local/';
const localId = '00000000-0000-0000-0000-000000000001';

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'local';
  }
}
