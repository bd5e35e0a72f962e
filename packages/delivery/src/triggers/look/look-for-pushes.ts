// What was pushed to a repository since the last look, and which of it starts builds.
import {
  type BatchedRun,
  type BatchStep,
  isTagRef,
  type Push,
  pushed,
  runEnded,
} from '@ridgeline/azure-pipelines';
import type { Happening } from '../trigger-event.ts';
import type { PushedRepository } from './pushed-repository.ts';

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

/** `known`: of this repository alone, by its keys. */
export async function lookForPushes(
  repository: PushedRepository,
  known: KnownPushes,
): Promise<PushFindings> {
  const findings: PushFindings = { happenings: [], heads: new Map(), batches: new Map() };
  const refs = new Map([...repository.heads.keys()].map((ref) => [repository.keyOf(ref), ref]));
  for (const key of known.heads.keys()) {
    if (!refs.has(key)) findings.heads.set(key, null);
  }
  const moved = [...refs].filter(
    ([key, ref]) => known.heads.get(key) !== repository.heads.get(ref),
  );
  for (const [key, ref] of moved.slice(0, maxAtOnce)) {
    const commit = repository.heads.get(ref) ?? '';
    findings.heads.set(key, commit);
    await lookAtPush(repository, known, ref, commit, findings);
  }
  await lookAtBatches(repository, known, refs, findings);
  return findings;
}

async function lookAtPush(
  repository: PushedRepository,
  known: KnownPushes,
  ref: string,
  commit: string,
  findings: PushFindings,
): Promise<void> {
  const key = repository.keyOf(ref);
  const push = () => pushOf(repository, known.heads.get(key), ref, commit);
  const decision = await repository.decide(commit, push);
  if (decision === undefined) return;
  if (typeof decision === 'string') {
    findings.happenings.push(refused(repository, ref, commit, decision));
    return;
  }
  if (!decision.runs) return;
  const before = known.batches.get(key);
  const isRunning = before !== undefined && (await repository.isRunning(before.eventId));
  const state = { isRunning, waiting: before?.waiting ?? [] };
  take(repository, ref, pushed(state, commit, decision.batch), decision.why, findings);
}

/** Those whose build has ended meanwhile. What waits for a branch that is gone waits in vain. */
async function lookAtBatches(
  repository: PushedRepository,
  known: KnownPushes,
  refs: ReadonlyMap<string, string>,
  findings: PushFindings,
): Promise<void> {
  for (const [key, { eventId, waiting }] of known.batches) {
    const ref = refs.get(key);
    if (ref === undefined) findings.batches.set(key, null);
    if (ref === undefined || findings.batches.has(key)) continue;
    if (await repository.isRunning(eventId)) continue;
    const step = runEnded({ isRunning: true, waiting });
    take(repository, ref, step, `${waiting.length} pushes waited`, findings);
  }
}

async function pushOf(
  { view, heads, mainBranch }: PushedRepository,
  known: string | undefined,
  ref: string,
  commit: string,
): Promise<Push> {
  const message = await view.messageOf(commit);
  if (isTagRef(ref)) return { ref, message };
  const main = heads.get(mainBranch);
  const isNew = known === undefined && main !== undefined && main !== commit;
  const before = isNew ? await view.forkOf(main, commit) : known;
  const changedPaths = before === undefined ? undefined : await view.changedPaths(before, commit);
  return { ref, message, ...(changedPaths !== undefined && { changedPaths }) };
}

function take(
  repository: PushedRepository,
  ref: string,
  { state, start }: BatchStep,
  why: string,
  findings: PushFindings,
): void {
  findings.batches.set(repository.keyOf(ref), state.isRunning ? state.waiting : null);
  if (start !== undefined) findings.happenings.push(started(repository, ref, start, why));
}

function started(
  repository: PushedRepository,
  ref: string,
  { commits, reason }: BatchedRun,
  why: string,
): Happening {
  return { reason, why, ...basics(repository, ref, commits.at(-1) ?? '') };
}

function refused(
  repository: PushedRepository,
  ref: string,
  commit: string,
  message: string,
): Happening {
  const error = { code: 'BUILD_INVALID', message };
  const why = `a push to ${ref}`;
  return { reason: 'IndividualCI', why, ...basics(repository, ref, commit), error };
}

function basics(repository: PushedRepository, ref: string, commit: string) {
  const source = `push ${repository.keyOf(ref)}`;
  // A branch may come back to a commit, which is a push once more: no key is used twice.
  const key = `${source} ${commit} ${crypto.randomUUID()}`;
  return { kind: 'push', key, source, ...repository.happeningOf(ref, commit) } as const;
}
