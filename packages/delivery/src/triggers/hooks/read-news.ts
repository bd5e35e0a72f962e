// What a hook tells of a repository, whichever system sends it. That something was pushed is only a
// reason to look; of a pull request it says what git does not know.
import type { PullRequestFacts } from '../pull-request-facts.ts';
import { at, branchNamed, numberNamed, type Payload, textAt, timeAt } from './hook-payload.ts';
import { headerOf, type IncomingHook } from './prove-hook.ts';

export type HookNews =
  | { readonly kind: 'push' }
  | { readonly kind: 'pullRequest'; readonly facts: PullRequestFacts }
  | { readonly kind: 'nothing'; readonly event: string };

/** @throws DeliveryError HOOK_INVALID */
export function readNews(
  headers: IncomingHook['headers'],
  payload: Payload,
  now: number,
): HookNews {
  const github = headerOf(headers, 'x-github-event') ?? headerOf(headers, 'x-gitea-event');
  const azure = textAt(payload, 'eventType');
  const gitlab = textAt(payload, 'object_kind');
  const event = github ?? (azure || gitlab);
  if (/^(push|create|delete|tag_push|git\.push)$/.test(event)) return { kind: 'push' };
  if (event === 'pull_request') return told(ofGitHub(payload, now));
  if (event.startsWith('git.pullrequest.')) return told(ofAzureRepos(payload, now));
  if (event === 'merge_request') return told(ofGitLab(payload, now));
  return { kind: 'nothing', event };
}

function told(facts: PullRequestFacts): HookNews {
  return { kind: 'pullRequest', facts };
}

/** Gitea's too. */
function ofGitHub(payload: Payload, now: number): PullRequestFacts {
  const request = at(payload, 'pull_request');
  const repository = textAt(request, 'head', 'repo', 'full_name');
  return {
    number: numberNamed(payload, 'number'),
    target: branchNamed(request, 'base', 'ref'),
    source: branchNamed(request, 'head', 'ref'),
    sourceRepository: textAt(request, 'head', 'repo', 'clone_url'),
    isDraft: at(request, 'draft') === true,
    // Of a fork that was deleted nothing is told.
    isFork: repository === '' || repository !== textAt(request, 'base', 'repo', 'full_name'),
    isOpen: textAt(request, 'state') !== 'closed',
    changedAt: timeAt(request, now, 'updated_at'),
  };
}

function ofAzureRepos(payload: Payload, now: number): PullRequestFacts {
  const request = at(payload, 'resource');
  return {
    number: numberNamed(request, 'pullRequestId'),
    target: branchNamed(request, 'targetRefName'),
    source: branchNamed(request, 'sourceRefName'),
    sourceRepository: textAt(request, 'forkSource', 'repository', 'remoteUrl'),
    isDraft: at(request, 'isDraft') === true,
    isFork: (at(request, 'forkSource') ?? null) !== null,
    isOpen: !/^(completed|abandoned)$/.test(textAt(request, 'status')),
    changedAt: timeAt(payload, now, 'createdDate'),
  };
}

function ofGitLab(payload: Payload, now: number): PullRequestFacts {
  const request = at(payload, 'object_attributes');
  const project = at(request, 'source_project_id');
  return {
    number: numberNamed(request, 'iid'),
    target: branchNamed(request, 'target_branch'),
    source: branchNamed(request, 'source_branch'),
    sourceRepository: textAt(request, 'source', 'git_http_url'),
    isDraft: at(request, 'draft') === true || at(request, 'work_in_progress') === true,
    isFork: project === undefined || project !== at(request, 'target_project_id'),
    isOpen: textAt(request, 'state') === 'opened',
    changedAt: timeAt(request, now, 'updated_at'),
  };
}
