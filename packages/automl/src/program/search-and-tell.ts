// A search that is told of while it runs: to the tracker and to the log. Owns neither the search nor
// what is kept of it.
import type { SearchHooks, SearchOutcome } from '../search/search-types.ts';
import type { RunTracker } from '../tracking/run-tracker.ts';
import type { StepSurroundings } from './automl-step.ts';
import type { AutoMLDefinition } from './definition.ts';
import { liveProgress } from './live-progress.ts';
import { progressPrinter } from './print-progress.ts';
import type { StartedTracking } from './start-tracking.ts';

export async function searchAndTell<Result extends SearchOutcome>(
  search: (hooks: SearchHooks) => Promise<Result>,
  { tracker, primaryMetric, signal }: StartedTracking,
  { logVerbosity: verbosity }: AutoMLDefinition,
  { print }: StepSurroundings,
): Promise<Result> {
  const tell = progressPrinter({ primaryMetric, print, verbosity });
  const live = liveProgress(tell.onProgress, { everyMs: 1000 });
  const told = new Set<number>();
  const result = await search({
    signal,
    onProgress: live.onProgress,
    onTrialStart: (trial) => {
      tracker.trialStarted(trial);
      tell.onTrialStart(trial);
    },
    onTrialEnd: (trial) => {
      told.add(trial.number);
      tracker.trialEnded(trial);
      tell.onTrialEnd(trial);
    },
  }).finally(live.end);
  // Ensembles are made of trials when these have ended: they are on the leaderboard alone.
  for (const trial of result.leaderboard) if (!told.has(trial.number)) tracker.trialEnded(trial);
  return result;
}

/** Whoever stops a step kills it ten seconds later. */
const patienceMs = 6_000;

/** A trial that goes on after a stop has ended for everybody else before its process is killed. */
export function endTrialsInTime(tracker: RunTracker, signal: AbortSignal): void {
  const later = () => setTimeout(() => tracker.abandon(), patienceMs).unref();
  if (signal.aborted) later();
  else signal.addEventListener('abort', later, { once: true });
}
