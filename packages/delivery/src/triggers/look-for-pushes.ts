// What was pushed since the last look, and which of it starts builds.
import {
  type BatchedRun,
  type BatchStep,
  branchRef,
  decideOnPush,
  isTagRef,
  pushed,
  runEnded,
} from '@ridgeline/azure-pipelines';
import type { Happening } from './trigger-event.ts';
import type { Watched } from './watched.ts';

export interface KnownPushes {
  readonly heads: ReadonlyMap<string, string>;
  readonly batches: ReadonlyMap<
    string,
    { readonly eventId: string; readonly waiting: readonly string[] }
  >;
}

export interface PushFindings {
  readonly happenings: Happening[];
  readonly heads: Map<string, string | null>;
  readonly batches: Map<string, readonly string[] | null>;
}

/** A thousand new branches at once are looked at bit by bit. */
const maxAtOnce = 100;

export async function lookForPushes(watched: Watched, known: KnownPushes): Promise<PushFindings> {
  const findings: PushFindings = { happenings: [], heads: new Map(), batches: new Map() };
  for (const ref of known.heads.keys()) {
    if (!watched.heads.has(ref)) findings.heads.set(ref, null);
  }
  const moved = [...watched.heads].filter(([ref, commit]) => known.heads.get(ref) !== commit);
  for (const [ref, commit] of moved.slice(0, maxAtOnce)) {
    findings.heads.set(ref, commit);
    await lookAtPush(watched, known, ref, commit, findings);
  }
  for (const [ref, { eventId, waiting }] of known.batches) {
    if (findings.batches.has(ref) || (await watched.isRunning(eventId))) continue;
    take(ref, runEnded({ isRunning: true, waiting }), `${waiting.length} pushes waited`, findings);
  }
  return findings;
}

async function lookAtPush(
  watched: Watched,
  known: KnownPushes,
  ref: string,
  commit: string,
  findings: PushFindings,
): Promise<void> {
  const triggers = await watched.triggersAt(commit);
  if (triggers === undefined) return;
  if (typeof triggers === 'string') {
    findings.happenings.push(refused(ref, commit, triggers));
    return;
  }
  const decision = decideOnPush(triggers.push, await pushOf(watched, known, ref, commit));
  if (!decision.runs) return;
  const before = known.batches.get(ref);
  const isRunning = before !== undefined && (await watched.isRunning(before.eventId));
  const state = { isRunning, waiting: before?.waiting ?? [] };
  take(ref, pushed(state, commit, triggers.push?.batch ?? false), decision.why, findings);
}

async function pushOf(watched: Watched, known: KnownPushes, ref: string, commit: string) {
  const { view } = watched;
  const message = await view.messageOf(commit);
  if (isTagRef(ref)) return { ref, message };
  const before = known.heads.get(ref) ?? (await forkPoint(watched, commit));
  const changedPaths = before === undefined ? undefined : await view.changedPaths(before, commit);
  return { ref, message, ...(changedPaths !== undefined && { changedPaths }) };
}

/** What a new branch has changed is counted from where it left the default branch. */
async function forkPoint({ pipeline, heads, view }: Watched, commit: string) {
  const main = heads.get(branchRef(pipeline.repository.branch));
  return main === undefined || main === commit ? undefined : view.forkOf(main, commit);
}

function take(ref: string, { state, start }: BatchStep, why: string, findings: PushFindings): void {
  findings.batches.set(ref, state.isRunning ? state.waiting : null);
  if (start !== undefined) findings.happenings.push(happeningOf(ref, start, why));
}

function happeningOf(ref: string, { commits, reason }: BatchedRun, why: string): Happening {
  const commit = commits.at(-1) ?? '';
  return { ...basics(ref, commit), reason, why };
}

function refused(ref: string, commit: string, message: string): Happening {
  const error = { code: 'BUILD_INVALID', message };
  return { ...basics(ref, commit), reason: 'IndividualCI', why: `a push to ${ref}`, error };
}

function basics(ref: string, commit: string) {
  const source = `push ${ref}`;
  // A branch may come back to a commit, which is a push once more: no key is used twice.
  const key = `${source} ${commit} ${crypto.randomUUID()}`;
  return { kind: 'push', key, source, branch: ref, commit, facts: {} } as const;
}
