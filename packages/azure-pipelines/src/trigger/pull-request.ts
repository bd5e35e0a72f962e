// Whether a pull request starts a run, by the `pr` of the file as it is in the merge commit.
import { passesBranches } from './branch-filter.ts';
import { type Decision, runs, runsNot } from './decision.ts';
import { passesPaths } from './path-filter.ts';
import { shortName } from './source-branch.ts';
import { impliedPullRequestTrigger, type PullRequestTrigger } from './trigger.ts';

export interface PullRequest {
  /** The branch that it is to be merged into. */
  readonly targetBranch: string;
  /** Of all its commits; undefined where they are not known. */
  readonly changedPaths?: readonly string[];
  /** Default false. */
  readonly isDraft?: boolean;
}

export function isTriggeredByPullRequest(
  trigger: PullRequestTrigger | undefined,
  request: PullRequest,
): boolean {
  return decideOnPullRequest(trigger, request).runs;
}

/** A file without `pr` takes every target branch. */
export function decideOnPullRequest(
  trigger: PullRequestTrigger | undefined,
  request: PullRequest,
): Decision {
  const { enabled, branches, paths, drafts } = trigger ?? impliedPullRequestTrigger;
  const target = shortName(request.targetBranch);
  if (!enabled) return runsNot('the pipeline has "pr: none"');
  if (request.isDraft === true && !drafts) return runsNot('the pull request is a draft');
  if (!passesBranches(branches, target)) {
    return runsNot(`target branch "${target}" does not pass the branch filters`);
  }
  if (request.changedPaths !== undefined && !passesPaths(paths, request.changedPaths)) {
    return runsNot('no changed file passes the path filters');
  }
  return runs(`a pull request into branch "${target}"`);
}
