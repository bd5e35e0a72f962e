// The public face of @ridgeline/automl.

export { AutoMLError, type AutoMLErrorCode } from './errors.ts';
export { search } from './search/search.ts';
export type {
  Clock,
  OutOfFold,
  SearchHooks,
  SearchInput,
  SearchNote,
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
