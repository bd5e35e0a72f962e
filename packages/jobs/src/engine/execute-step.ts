// One command step from where its time has come to its end: an earlier result is taken where there
// is one, else it waits for a slot, runs, and is tried again where it fails and may.
import { JobError } from '../errors.ts';
import type { Slot } from '../queue/step-queue.ts';
import { type Decision, decide } from '../reuse/decide.ts';
import type { StepOutcome } from '../step/step-outcome.ts';
import type { ActiveStep } from './active-step.ts';
import { type Attempt, newAttempt } from './attempt.ts';
import type { AttemptEnd } from './attempt-end.ts';
import { failUnstarted } from './end-attempt.ts';
import type { EngineContext } from './engine-context.ts';
import { runAttempt, takeOverAttempt } from './run-attempt.ts';
import { announceAttempt } from './start-attempt.ts';
import type { CompletedRuns } from './step-inputs.ts';
import { takeEarlierResult } from './take-earlier-result.ts';
import { waitUntil } from './wait-until.ts';

/** What a step needs of its job. */
export interface StepSurroundings {
  /** The runs of the steps that it depends on. */
  readonly completedRuns: CompletedRuns;
  /** Called before each attempt. */
  readonly beforeAttempt: () => Promise<void>;
}

/** Null where it was stopped without an attempt under way: cancelled, or halted with its server. */
export async function executeStep(
  context: EngineContext,
  step: ActiveStep,
  surroundings: StepSurroundings,
): Promise<StepOutcome | null> {
  const decision = await decideOnce(context, step, surroundings);
  if (decision?.earlier) {
    const outcome = await reuse(context, step, surroundings, decision);
    if (outcome !== null) return outcome;
  }
  return runToEnd(context, step, surroundings, decision);
}

/** A step that an earlier server has started; its slot is given back. */
export async function takeOverStep(
  context: EngineContext,
  step: ActiveStep,
  release: () => void,
  surroundings: StepSurroundings,
): Promise<StepOutcome | null> {
  const { stepOfJob, attempt, stopping } = step;
  if (attempt === null) throw new Error(`step '${step.name}' runs without an attempt`);
  const work = takeOverAttempt(context, stepOfJob, attempt, stopping.signal);
  const end = await work.finally(release);
  if (end.kind === 'ended') return end.outcome;
  noteEnd(step, end);
  return executeStep(context, step, surroundings);
}

async function decideOnce(
  context: EngineContext,
  step: ActiveStep,
  { completedRuns }: StepSurroundings,
): Promise<Decision | null> {
  if (step.stopping.signal.aborted || !step.isUndecided) return null;
  const decision = await decide(context, step.stepOfJob, completedRuns);
  step.isUndecided = false;
  return decision;
}

async function reuse(
  context: EngineContext,
  step: ActiveStep,
  { completedRuns, beforeAttempt }: StepSurroundings,
  decision: Decision,
): Promise<StepOutcome | null> {
  const begun = beforeAttempt();
  const attempt = nextAttempt(context, step);
  await Promise.all([begun, announceAttempt(context, attempt, decision.row)]);
  const end = await takeEarlierResult(context, step.stepOfJob, attempt, decision, completedRuns);
  return end.kind === 'ended' ? end.outcome : null;
}

async function runToEnd(
  context: EngineContext,
  step: ActiveStep,
  surroundings: StepSurroundings,
  decision: Decision | null,
): Promise<StepOutcome | null> {
  const { signal } = step.stopping;
  for (let undecided = decision; ; undecided = null) {
    let slot: Slot;
    try {
      await waitUntil(step.retryAtMs ?? 0, context.now, signal);
      slot = await slotFor(context, step);
    } catch (error) {
      if (signal.aborted) return null;
      if (error instanceof JobError) return failUnstarted(context, step.stepOfJob, error);
      throw error;
    }
    const work = attemptOnce(context, step, slot, surroundings, undecided);
    const end = await work.finally(slot.release);
    if (end.kind === 'ended') return end.outcome;
    noteEnd(step, end);
    if (signal.aborted) return null;
  }
}

async function slotFor({ queue, store }: EngineContext, step: ActiveStep): Promise<Slot> {
  const { jobId, compute, priority } = step.stepOfJob;
  const ticket = { jobId, stepName: step.name, compute, priority };
  return queue.acquire(ticket, step.stopping.signal, () =>
    store.updateStep(jobId, step.name, { status: 'Queued' }),
  );
}

async function attemptOnce(
  context: EngineContext,
  step: ActiveStep,
  { compute }: Slot,
  { completedRuns, beforeAttempt }: StepSurroundings,
  decision: Decision | null,
): Promise<AttemptEnd> {
  const { stepOfJob, stopping } = step;
  const begun = beforeAttempt();
  const attempt = nextAttempt(context, step);
  const announced = Promise.all([begun, announceAttempt(context, attempt, decision?.row ?? {})]);
  const start = { completedRuns, compute, announced };
  return runAttempt(context, stepOfJob, attempt, start, stopping.signal);
}

function nextAttempt(context: EngineContext, step: ActiveStep): Attempt {
  const number = (step.attempt?.number ?? 0) + 1;
  const attempt = newAttempt(context, step.stepOfJob, { number, retries: step.retries });
  step.attempt = attempt;
  step.status = 'Running';
  return attempt;
}

function noteEnd(step: ActiveStep, end: Exclude<AttemptEnd, { kind: 'ended' }>): void {
  step.status = 'Queued';
  if (end.kind === 'retry') step.retries = end.retries;
  step.retryAtMs = end.kind === 'retry' ? end.atMs : null;
}
