// What a search of forecasts gives: a search's outcome with a model of another kind.
import type { ForecastModel } from '@ridgeline/learn';
import type { SearchOutcome } from '../search/search-types.ts';
import type { ForecastingSettings } from './forecasting-settings.ts';
import type { ForecastValidation } from './judge-candidate.ts';
import type { SeriesPath } from './series-paths.ts';

export interface ForecastResult extends SearchOutcome {
  readonly model: ForecastModel;
  readonly forecasting: ForecastingSettings;
  /** Steps of a season that were given or seen; 1 for none. */
  readonly season: number;
  /** Of the chosen forecaster. */
  readonly validation: ForecastValidation;
  /** Of the longest series, for people to look at. */
  readonly paths: readonly SeriesPath[];
}
