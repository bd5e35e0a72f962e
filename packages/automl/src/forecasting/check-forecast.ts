// What can be said of the settings of a forecast before its data is read.
import type { AutoMLSettings } from '../settings/automl-settings.ts';
import { type ResolvedMetric, resolveMetric } from '../settings/primary-metric.ts';
import { checkSettings, type GivenSettings } from '../settings/resolve-settings.ts';
import { type ForecasterName, forecastersLeft } from './forecaster-names.ts';
import {
  type ForecastingSettings,
  type GivenForecasting,
  resolveForecasting,
} from './forecasting-settings.ts';

export interface CheckedForecast {
  readonly settings: AutoMLSettings;
  readonly forecasting: ForecastingSettings;
  readonly metric: ResolvedMetric;
  /** The forecasters that may be tried. */
  readonly left: ReadonlySet<ForecasterName>;
}

/** @throws AutoMLError SETTING_UNKNOWN, SETTING_INVALID, METRIC_UNKNOWN, LEARNER_UNKNOWN, LEARNER_NONE_LEFT */
export function checkForecast(
  given: GivenSettings,
  forecasting: GivenForecasting,
): CheckedForecast {
  // What a forecast shares with other searches is checked with them; its learners are its own.
  const { allowedLearners = null, blockedLearners = [], ...shared } = given;
  const { metricName, ...settings } = checkSettings({ ...shared, task: 'regression' });
  const metric = resolveMetric('regression', metricName);
  const own = { task: 'forecasting', voteEnsemble: false, stackEnsemble: false } as const;
  return {
    settings: { ...settings, ...own, primaryMetric: metric.name },
    forecasting: resolveForecasting(forecasting),
    metric,
    left: forecastersLeft(allowedLearners, blockedLearners),
  };
}
