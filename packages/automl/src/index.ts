// The public face of @ridgeline/automl.

export { type HeldOut, type HoldOutOptions, holdOut } from './data/hold-out.ts';
export { readData } from './data/read-data.ts';
export { AutoMLError, type AutoMLErrorCode } from './errors.ts';
export { checkForecast } from './forecasting/check-forecast.ts';
export type { ForecastResult } from './forecasting/forecast-result.ts';
export type { ForecastingSettings, GivenForecasting } from './forecasting/forecasting-settings.ts';
export { holdOutLatest } from './forecasting/hold-out-latest.ts';
export { searchForecast } from './forecasting/search-forecast.ts';
export { describeResult } from './program/describe-result.ts';
export { liveProgress } from './program/live-progress.ts';
export { describeProgress, describeTrial, formatScore } from './program/print-progress.ts';
export { buildReport, type ReportOptions } from './report/build-report.ts';
export type {
  Explanation,
  Guardrail,
  GuardrailFinding,
  GuardrailState,
  Plot,
  Report,
  ShapColumn,
  ShapSummary,
} from './report/report-types.ts';
export {
  type LeaderboardJson,
  leaderboardJson,
  type TrialJson,
} from './results/leaderboard-json.ts';
export {
  assertResultFolder,
  resultPlaces,
  writeForecastResult,
  writeResult,
} from './results/write-result.ts';
export { search } from './search/search.ts';
export type {
  Clock,
  OutOfFold,
  SearchHooks,
  SearchInput,
  SearchNote,
  SearchOutcome,
  SearchPhase,
  SearchProgress,
  SearchResult,
  StopReason,
} from './search/search-types.ts';
export type { CurvePoint, Trial, TrialState } from './search/trial.ts';
export {
  type AutoMLSettings,
  type AutoMLTask,
  autoMLTasks,
  type ColumnPurpose,
  columnPurposes,
  type FeaturizationSettings,
  type Preset,
  presets,
} from './settings/automl-settings.ts';
export { checkSettings } from './settings/resolve-settings.ts';
