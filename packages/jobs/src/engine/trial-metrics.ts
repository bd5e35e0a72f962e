// What the trials of a sweep have reported of its primary metric, read from their runs.
import type { SweepStep } from '@ridgeline/azureml-yaml';
import type { TrialSpec } from '../composite/child-spec.ts';
import type { Trial } from '../composite/sweep.ts';
import { hasEnded } from '../job/job.ts';
import type { AnyStep } from './active-step.ts';
import type { EngineContext } from './engine-context.ts';
import { isRefusal } from './refusal.ts';

/** What was read of trials that have ended: it does not change any more. */
const ended = new WeakMap<AnyStep, readonly number[]>();

/** In the order of their numbers. Those that run are only looked at where a policy judges them. */
export async function trialsOf(
  context: EngineContext,
  { earlyTermination, objective }: SweepStep,
  children: readonly AnyStep[],
): Promise<readonly Trial[]> {
  const trials: Trial[] = [];
  for (const child of children) {
    const isRead = hasEnded(child.status) || earlyTermination !== null;
    const values = isRead ? await valuesOf(context, child, objective.primaryMetric) : [];
    const { name, spec, status, error } = child;
    trials.push({ name, spec: spec as TrialSpec, status, error, values });
  }
  return trials.sort((a, b) => a.spec.index - b.spec.index);
}

async function valuesOf(
  { workspace }: EngineContext,
  child: AnyStep,
  metric: string,
): Promise<readonly number[]> {
  const known = ended.get(child);
  if (known !== undefined) return known;
  // Before it is read: a trial that ends meanwhile is read once more.
  const hasEndedNow = hasEnded(child.status);
  const values = await history(workspace, child.attempt?.runId ?? null, metric);
  if (hasEndedNow) ended.set(child, values);
  return values;
}

async function history(
  { runs }: EngineContext['workspace'],
  runId: string | null,
  metric: string,
): Promise<readonly number[]> {
  if (runId === null) return [];
  try {
    const { items } = await runs.metricHistory(runId, metric);
    return items.map(({ value }) => value);
  } catch (error) {
    // The run is not made yet, or a user has deleted it.
    if (isRefusal(error)) return [];
    throw error;
  }
}
