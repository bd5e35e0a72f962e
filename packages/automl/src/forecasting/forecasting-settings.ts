// The settings of a forecast beside those that all searches share, and their checks.
import { AutoMLError } from '../errors.ts';
import { invalid, textOrNull, texts, wholeOrNull } from '../settings/setting-checks.ts';

export interface ForecastingSettings {
  readonly timeColumn: string;
  /** The columns whose values together tell a series; none for a single one. */
  readonly seriesColumns: readonly string[];
  /** Steps to forecast, 1 to 10,000; null: 1; `auto`: a season, or a tenth of the past. */
  readonly horizon: number | 'auto' | null;
  /** As pandas writes it, such as `D` or `MS`; null: seen from the times. */
  readonly frequency: string | null;
  /** Steps back that learners look at; null and `auto`: by season and length. */
  readonly targetLags: readonly number[] | 'auto' | null;
  /** Steps whose mean and spread learners look at; null and `auto`: a season. */
  readonly rollingWindow: number | 'auto' | null;
  /** Steps of a season, 1 for none; null and `auto`: seen from the data. */
  readonly seasonality: number | 'auto' | null;
  /** Steps from one origin of the validation to the next; null and `auto`: the horizon. */
  readonly originStep: number | 'auto' | null;
}

export type GivenForecasting = Partial<ForecastingSettings> &
  Pick<ForecastingSettings, 'timeColumn'>;

const most = 10_000;

/** @throws AutoMLError SETTING_INVALID, SETTING_UNKNOWN. */
export function resolveForecasting(given: GivenForecasting): ForecastingSettings {
  const timeColumn = textOrNull('timeColumn', given.timeColumn);
  if (timeColumn === null) throw invalid('timeColumn', given.timeColumn, 'a column’s name');
  const settings: ForecastingSettings = {
    timeColumn,
    seriesColumns: texts('seriesColumns', given.seriesColumns),
    horizon: wholeOrAuto('horizon', given.horizon),
    frequency: textOrNull('frequency', given.frequency),
    targetLags: lagsOf(given.targetLags),
    rollingWindow: wholeOrAuto('rollingWindow', given.rollingWindow),
    seasonality: wholeOrAuto('seasonality', given.seasonality),
    originStep: wholeOrAuto('originStep', given.originStep),
  };
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(settings, name));
  if (unknown === undefined) return settings;
  const known = Object.keys(settings).join(', ');
  throw new AutoMLError(
    'SETTING_UNKNOWN',
    `there is no setting '${unknown.slice(0, 100)}' of a forecast; there are ${known}`,
  );
}

function wholeOrAuto(name: string, value: unknown): number | 'auto' | null {
  return value === 'auto' ? value : wholeOrNull(name, value, 1, most);
}

function lagsOf(value: unknown): ForecastingSettings['targetLags'] {
  if (value === null || value === undefined || value === 'auto') return value ?? null;
  const lags = Array.isArray(value) ? value : [value];
  const isRight = lags.every((lag) => Number.isInteger(lag) && lag >= 1 && lag <= most);
  if (isRight && lags.length >= 1 && lags.length <= 1000) {
    return [...new Set<number>(lags)].sort((a, b) => a - b);
  }
  throw invalid('targetLags', value, `1 to 1000 whole numbers from 1 to ${most}, auto, or null`);
}
