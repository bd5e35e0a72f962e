// A pull request as a look finds it: what is merged into what, and the merge itself, made here where
// the server publishes none.
import { branchRef } from '@ridgeline/azure-pipelines';
import { calledBranch } from '../../builds/repository/merged-pull-request.ts';
import type { PullRequestFacts } from '../pull-request-facts.ts';
import type { PublishedPull } from './published-refs.ts';
import type { Watched } from './watched.ts';

export interface ResolvedPull {
  readonly head: string;
  /** In full. */
  readonly target: string;
  /** The newest commit of the target that is merged into. */
  readonly base: string;
  /** What the server has merged; undefined: it is to be merged here. */
  readonly merge: string | undefined;
}

/** Undefined where it cannot be built yet, or is nothing to build any more. */
export async function resolvePull(
  watched: Watched,
  pull: PublishedPull,
  facts: PullRequestFacts | null,
): Promise<ResolvedPull | undefined> {
  const merged = await servedMerge(watched, pull, facts);
  if (merged !== undefined) return merged;
  const { heads, pipeline, view } = watched;
  const { head } = pull;
  // GitHub shows the head first and the merge a moment later; of a closed one it keeps the head.
  if (head === undefined || (!pull.isMergeRequest && facts === null)) return undefined;
  const target = facts?.target ?? branchRef(pipeline.repository.branch);
  const base = heads.get(target);
  if (base === undefined || (await view.isMergedInto(head, base))) return undefined;
  return { head, target, base, merge: undefined };
}

/** Where it is one of the head that is there now. */
async function servedMerge(
  { view, pipeline, heads }: Watched,
  { merge, head }: PublishedPull,
  facts: PullRequestFacts | null,
): Promise<ResolvedPull | undefined> {
  const parts = merge === undefined ? undefined : await view.mergedIn(merge);
  if (parts === undefined || (head !== undefined && parts.head !== head)) return undefined;
  // A server takes a moment, too, where the pull request goes to another branch now.
  const told = facts === null ? undefined : heads.get(facts.target);
  if (told !== undefined && !(await view.isMergedInto(parts.target, told))) return undefined;
  const main = branchRef(pipeline.repository.branch);
  const target = facts?.target ?? (await view.branchOf(parts.target, main));
  return { head: parts.head, target, base: parts.target, merge };
}

/** The commit that is built. @throws DeliveryError PULL_REQUEST_CONFLICT */
export async function mergeOf(
  { view }: Watched,
  { number }: PublishedPull,
  { head, target, base, merge }: ResolvedPull,
): Promise<string> {
  if (merge !== undefined) return merge;
  const names = { sourceName: `pull request ${number}`, targetName: calledBranch(target) };
  return view.merge({ target: base, source: head, ...names });
}
