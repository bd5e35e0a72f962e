// Which pull requests have a new head since the last look, and which of them start builds. What git
// does not know of them, signed hooks may have told.
import { decideOnPullRequest } from '@ridgeline/azure-pipelines';
import { type BuildPullRequest, mergeRefOf } from '../../builds/pull-request.ts';
import { DeliveryError } from '../../errors.ts';
import type { PullRequestFacts } from '../pull-request-facts.ts';
import type { KnownPull } from '../store/pull-request-store.ts';
import type { SeenPull } from '../store/put-findings.ts';
import type { Happening } from '../trigger-event.ts';
import { type PublishedPull, tipOf } from './published-refs.ts';
import { mergeOf, type ResolvedPull, resolvePull } from './resolve-pull-request.ts';
import type { Watched } from './watched.ts';

export interface PullFindings {
  readonly happenings: Happening[];
  readonly pulls: Map<number, SeenPull | null>;
}

/** The newest first; the others come with the next look. */
const maxAtOnce = 100;

export async function lookForPullRequests(
  watched: Watched,
  known: ReadonlyMap<number, KnownPull>,
): Promise<PullFindings> {
  const findings: PullFindings = { happenings: [], pulls: new Map() };
  for (const [number, { tip }] of known)
    if (tip !== '' && !watched.pulls.has(number)) findings.pulls.set(number, null);
  const news = [...watched.pulls.values()].filter(
    (pull) => known.get(pull.number)?.tip !== tipOf(pull),
  );
  for (const pull of news.slice(0, maxAtOnce))
    await lookAtPull(watched, pull, known.get(pull.number), findings);
  return findings;
}

async function lookAtPull(
  watched: Watched,
  pull: PublishedPull,
  known: KnownPull | undefined,
  findings: PullFindings,
): Promise<void> {
  const { facts = null, decided = '' } = known ?? {};
  const note = (what: string) =>
    findings.pulls.set(pull.number, { tip: tipOf(pull), decided: what });
  const found = facts?.isOpen === false ? undefined : await resolvePull(watched, pull, facts);
  if (found === undefined || isDecided(found.head, decided, facts)) {
    note(decided);
    return;
  }
  const { happening, isHeldBack } = await decideOn(watched, pull, found, facts);
  note(isHeldBack ? `${found.head} draft` : found.head);
  if (happening !== undefined) findings.happenings.push(happening);
}

/** A draft that was held back is decided about once more when it is none any longer. */
function isDecided(head: string, decided: string, facts: PullRequestFacts | null): boolean {
  return decided === head || (facts?.isDraft === true && decided === `${head} draft`);
}

interface Decided {
  readonly happening?: Happening;
  readonly isHeldBack?: boolean;
}

async function decideOn(
  watched: Watched,
  pull: PublishedPull,
  found: ResolvedPull,
  facts: PullRequestFacts | null,
): Promise<Decided> {
  const pullRequest = await describePull(watched, pull, found, facts);
  const why = `pull request ${pull.number}`;
  const merge = await mergeOf(watched, pull, found).catch(conflictOrThrow);
  if (typeof merge !== 'string')
    return { happening: { ...basics(pullRequest, ''), why, error: merge } };
  const triggers = await watched.triggersAt(merge);
  if (triggers === undefined) return {};
  const start = { ...basics(pullRequest, merge), why };
  if (typeof triggers === 'string')
    return { happening: { ...start, error: { code: 'BUILD_INVALID', message: triggers } } };
  const isDraft = facts?.isDraft === true;
  const changedPaths = await watched.view.changedPaths(found.base, merge);
  const decision = decideOnPullRequest(triggers.pull, {
    targetBranch: found.target,
    isDraft,
    ...(changedPaths !== undefined && { changedPaths }),
  });
  if (!decision.runs) return { isHeldBack: isDraft && triggers.pull?.drafts === false };
  const cancelsOlder = triggers.pull?.autoCancel ?? true;
  const happening = {
    ...start,
    why: `${why}: ${decision.why}`,
    facts: { pullRequest, cancelsOlder },
  };
  const isRefused = pullRequest.isFork && !watched.pipeline.buildForks;
  return { happening: isRefused ? { ...happening, error: forkRefused } : happening };
}

const forkRefused = {
  code: 'FORK_NOT_BUILT',
  message:
    "it comes from a fork, whose files are anybody's: 'ridgeline build create NAME --pull-request N' builds it once you have read it, 'ridgeline delivery-pipeline update NAME --build-forks' builds all of them; neither gives them secrets",
} as const;

/** Who may make a branch in the repository may push to it; all others come from a fork. */
async function describePull(
  { view }: Watched,
  { number, isMergeRequest }: PublishedPull,
  { head, target }: ResolvedPull,
  facts: PullRequestFacts | null,
): Promise<BuildPullRequest> {
  const own = await view.branchAt(head);
  const published = `refs/${isMergeRequest ? 'merge-requests' : 'pull'}/${number}/head`;
  return {
    number,
    source: facts?.source ?? own ?? published,
    sourceCommit: head,
    target,
    sourceRepository: facts?.sourceRepository ?? '',
    isFork: facts?.isFork ?? own === undefined,
  };
}

function basics(pullRequest: BuildPullRequest, commit: string) {
  const source = `pull request ${pullRequest.number}`;
  return {
    kind: 'pullRequest',
    // Its head may come back to a commit, which is an update once more.
    key: `${source} ${pullRequest.sourceCommit} ${crypto.randomUUID()}`,
    source,
    branch: mergeRefOf(pullRequest.number),
    commit,
    reason: 'PullRequest',
    facts: { pullRequest },
  } as const;
}

function conflictOrThrow(error: unknown) {
  if (!(error instanceof DeliveryError)) throw error;
  const { code, message } = error;
  return { code, message };
}
