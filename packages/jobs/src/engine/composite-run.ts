// The life of a composite step: it is written down and gets a run, starts and stops other steps as
// long as its rule says so, and comes to its result. All that it decides on is stored, so that the
// next server decides the same.
import { randomUUID } from 'node:crypto';
import type { ChildSpec } from '../composite/child-spec.ts';
import type { CompositeActions, CompositeResult } from '../composite/composite.ts';
import { hasEnded } from '../job/job.ts';
import type { StepOutcome } from '../step/step-outcome.ts';
import type { ResolvedInputs } from '../submission/submission.ts';
import { type ActiveComposite, type ActiveSteps, type AnyStep, stopStep } from './active-step.ts';
import { concludeComposite } from './composite-end.ts';
import { nextOfComposite } from './composite-view.ts';
import type { EngineContext } from './engine-context.ts';
import type { CompletedRuns } from './step-inputs.ts';

/** What a composite step needs of its job. */
export interface CompositeHost {
  readonly jobId: string;
  readonly experimentId: string;
  readonly resolvedInputs: ResolvedInputs;
  readonly continueOnStepFailure: boolean;
  readonly completedRuns: CompletedRuns;
  readonly steps: ActiveSteps;
  isHalted(): boolean;
  beforeStart(): Promise<void>;
  childrenOf(step: ActiveComposite): readonly AnyStep[];
  /** They are written down, and start when their time has come. */
  addChildren(step: ActiveComposite, specs: readonly ChildSpec[]): Promise<void>;
  /** Stops those that run, and lets none start any more. */
  stopChildren(step: ActiveComposite): Promise<void>;
}

/** Null where the server halts first. */
export async function runComposite(
  context: EngineContext,
  step: ActiveComposite,
  host: CompositeHost,
): Promise<StepOutcome | null> {
  await announce(context, step, host);
  while (!host.isHalted()) {
    const result = await advance(context, step, host);
    if (result !== null) return concludeComposite(context, step, host, result);
    if (!host.isHalted()) await step.news.wait(pollMs(context, step));
  }
  return null;
}

/** Its run is made after it was written down, and before anything is written there. */
async function announce(
  context: EngineContext,
  step: ActiveComposite,
  host: CompositeHost,
): Promise<void> {
  if (step.attempt === null) {
    await host.beforeStart();
    step.attempt = {
      jobId: host.jobId,
      stepName: step.name,
      number: 1,
      runId: randomUUID().replaceAll('-', ''),
      startedAtMs: context.now(),
      trackingUrl: context.trackingUrl(),
      retries: 0,
    };
  }
  step.status = 'Running';
  const { runId, number, startedAtMs, trackingUrl } = step.attempt;
  await context.store.updateStep(host.jobId, step.name, {
    status: 'Running',
    attempt: number,
    run_id: runId,
    tracking_url: trackingUrl,
    started_at: startedAtMs,
  });
  await context.workspace.runs.ensure(runId, {
    experimentId: host.experimentId,
    runName: step.step.displayName ?? step.name,
    startTime: startedAtMs,
    parentRunId: step.parentRunId,
    tags: {
      ...Object.fromEntries(step.step.tags),
      'ridgeline.step': step.name,
      'ridgeline.step_type': step.step.type,
    },
  });
}

async function advance(
  context: EngineContext,
  step: ActiveComposite,
  host: CompositeHost,
): Promise<CompositeResult | null> {
  if (step.stopping.signal.aborted) {
    if (!host.isHalted()) await host.stopChildren(step);
    const isOpen = host.childrenOf(step).some(({ status }) => !hasEnded(status));
    return isOpen || host.isHalted() ? null : { status: 'Canceled' };
  }
  const { start, stop, result } = await nextOfComposite(context, step, host);
  await stopSome(context, host, stop);
  if (start.length === 0) return result;
  if (host.steps.size + start.length > maxSteps) return tooLarge(step, host);
  await host.addChildren(step, start);
  return result;
}

/** Of one job: loops within loops would make them without end. */
const maxSteps = 20_000;

async function tooLarge(
  step: ActiveComposite,
  host: CompositeHost,
): Promise<CompositeResult | null> {
  await host.stopChildren(step);
  if (host.childrenOf(step).some(({ status }) => !hasEnded(status))) return null;
  const message = `step '${step.name}' asks for more steps than the ${maxSteps} that a job may have; make fewer turns or trials`;
  return { status: 'Failed', error: { code: 'JOB_TOO_LARGE', message } };
}

async function stopSome(
  { store }: EngineContext,
  { steps, jobId }: CompositeHost,
  stop: CompositeActions['stop'],
): Promise<void> {
  for (const { name, reason } of stop) {
    const step = steps.get(name);
    if (step === undefined || step.stopping.signal.aborted) continue;
    await store.updateStep(jobId, name, { decision: reason });
    stopStep(step, { cause: 'canceled', spareMs: 0 });
  }
}

/** How long it waits where nothing is told of its children; null for as long as that takes. */
function pollMs({ limits }: EngineContext, { step }: ActiveComposite): number | null {
  if (step.type !== 'sweep') return null;
  const isWatched = step.earlyTermination !== null || step.limits.timeoutSeconds !== null;
  return isWatched ? limits.sweepPollMs : null;
}
