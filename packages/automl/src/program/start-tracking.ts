// The tracker of a search, and a signal that ends the search when it is stopped or when what it does
// can no longer be written down.
import { resolveMetric } from '../settings/primary-metric.ts';
import type { GivenSettings } from '../settings/resolve-settings.ts';
import type { RunTracker } from '../tracking/run-tracker.ts';
import { trackerFromEnvironment } from '../tracking/tracker-from-environment.ts';

interface Surroundings {
  readonly signal: AbortSignal;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface StartedTracking {
  readonly tracker: RunTracker;
  readonly primaryMetric: string;
  readonly signal: AbortSignal;
  /** Why it could not be written down; null where it could. */
  failure(): { readonly error: unknown } | null;
}

/** @throws AutoMLError METRIC_UNKNOWN, TRACKING_REFUSED */
export function startTracking(
  { task = 'regression', primaryMetric }: GivenSettings,
  { signal, environment }: Surroundings,
): StartedTracking {
  const kind = task === 'forecasting' ? 'regression' : task;
  const { name, direction } = resolveMetric(kind, primaryMetric ?? null);
  const failed = new AbortController();
  let failure: { readonly error: unknown } | null = null;
  const tracker = trackerFromEnvironment(
    {
      primaryMetric: name,
      isBetter: (score, best) => (direction === 'maximize' ? score > best : score < best),
      onFailure: (error) => {
        failure = { error };
        failed.abort();
      },
      now: () => Date.now(),
    },
    environment,
  );
  return {
    tracker,
    primaryMetric: name,
    signal: AbortSignal.any([signal, failed.signal]),
    failure: () => failure,
  };
}
