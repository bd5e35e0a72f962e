// What the run of a sweep says of its best trial.
import type { ActiveComposite, AnyStep } from './active-step.ts';
import type { EngineContext } from './engine-context.ts';
import { isRefusal } from './refusal.ts';

/** The tags of a sweep's run that name its best trial. */
export const bestTrialTags = {
  trial: 'ridgeline.best_trial',
  runId: 'ridgeline.best_run_id',
  parameters: 'ridgeline.best_parameters',
} as const;

export async function noteBestTrial(
  { workspace, now }: EngineContext,
  { step, attempt }: ActiveComposite,
  trial: AnyStep | undefined,
): Promise<void> {
  const runId = trial?.attempt?.runId;
  if (step.type !== 'sweep' || trial?.spec?.kind !== 'trial') return;
  if (runId === undefined || attempt === null) return;
  const { primaryMetric } = step.objective;
  try {
    const { data } = await workspace.runs.get(runId);
    const metric = data.metrics.find(({ key }) => key === primaryMetric);
    await workspace.runs.logBatch(attempt.runId, {
      metrics: metric === undefined ? [] : [{ ...metric, timestamp: now(), step: 0 }],
      tags: [
        { key: bestTrialTags.trial, value: trial.name },
        { key: bestTrialTags.runId, value: runId },
        { key: bestTrialTags.parameters, value: JSON.stringify(trial.spec.parameters) },
      ],
    });
  } catch (error) {
    // A user has deleted one of the two runs.
    if (!isRefusal(error)) throw error;
  }
}
