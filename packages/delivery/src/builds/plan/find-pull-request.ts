// The pull request that a build was asked for: one that the repository's server publishes, or two
// branches, whose merge is made here.
import { branchRef } from '@ridgeline/azure-pipelines';
import type { DeliveryDatabase } from '../../database/delivery-database.ts';
import { DeliveryError } from '../../errors.ts';
import { isBranch } from '../definitions/check-definition.ts';
import type { DeliveryPipeline } from '../delivery-pipeline.ts';
import { type AskedPullRequest, type BuildPullRequest, mergeRefOf } from '../pull-request.ts';
import { mergeCommits } from '../repository/merge-commits.ts';
import { branchAt, branchOf, calledBranch, mergedIn } from '../repository/merged-pull-request.ts';
import { resolveCommit, shown } from '../repository/mirrors.ts';
import { numberOf } from './number-pull-requests.ts';

export interface FoundPullRequest {
  readonly pullRequest: BuildPullRequest;
  /** The merge. */
  readonly commit: string;
}

/** @throws DeliveryError BUILD_INVALID, REPOSITORY_NOT_READ, PULL_REQUEST_CONFLICT */
export async function findPullRequest(
  asked: AskedPullRequest,
  definition: DeliveryPipeline,
  mirror: string,
  database: DeliveryDatabase,
): Promise<FoundPullRequest> {
  const { number, source, into = definition.repository.branch } = asked;
  if ((number === undefined) === (source === undefined) || (number ?? 1) < 1)
    throw invalid('a pull request is named by its number, or by its source branch');
  if (number !== undefined) return published(number, definition, mirror);
  const refs = { source: branchRef(source ?? ''), target: branchRef(into) };
  for (const ref of Object.values(refs))
    if (!isBranch(ref)) throw invalid(`${JSON.stringify(ref)} cannot be the name of a branch`);
  if (refs.source === refs.target) throw invalid(`${calledBranch(into)} cannot go into itself`);
  return merged(refs, definition, mirror, database);
}

async function published(
  number: number,
  { repository }: DeliveryPipeline,
  mirror: string,
): Promise<FoundPullRequest> {
  const refs = [mergeRefOf(number), `refs/merge-requests/${number}/merge`];
  for (const ref of refs) {
    const commit = await resolveCommit(mirror, ref);
    const merge = commit === undefined ? undefined : await mergedIn(mirror, commit);
    if (commit === undefined || merge === undefined) continue;
    const own = await branchAt(mirror, merge.head);
    const pullRequest = {
      number,
      source: own ?? ref.replace(/merge$/, 'head'),
      sourceCommit: merge.head,
      target: await branchOf(mirror, merge.target, branchRef(repository.branch)),
      sourceRepository: '',
      isFork: own === undefined,
    };
    return { pullRequest, commit };
  }
  const message = `repository ${shown(repository.location)} publishes no merge of pull request ${number}; name its branches, or see whether it has conflicts`;
  throw new DeliveryError('REPOSITORY_NOT_READ', message);
}

async function merged(
  refs: { readonly source: string; readonly target: string },
  { id, repository }: DeliveryPipeline,
  mirror: string,
  database: DeliveryDatabase,
): Promise<FoundPullRequest> {
  const target = await commitOf(mirror, refs.target, repository.location);
  const source = await commitOf(mirror, refs.source, repository.location);
  const names = { sourceName: calledBranch(refs.source), targetName: calledBranch(refs.target) };
  const commit = await mergeCommits({ folder: mirror, target, source, ...names });
  const number = await numberOf(database, Number(id), refs);
  const about = { sourceCommit: source, sourceRepository: '', isFork: false };
  return { pullRequest: { number, ...refs, ...about }, commit };
}

async function commitOf(mirror: string, ref: string, location: string): Promise<string> {
  const commit = await resolveCommit(mirror, ref);
  if (commit !== undefined) return commit;
  const message = `repository ${shown(location)} has no branch ${calledBranch(ref)}; push it first, or name another`;
  throw new DeliveryError('REPOSITORY_NOT_READ', message);
}

function invalid(message: string): DeliveryError {
  return new DeliveryError('BUILD_INVALID', message);
}
