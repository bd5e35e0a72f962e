export {
  type BatchScoreObserver,
  type BatchScoreOptions,
  type BatchScoreResult,
  batchScore,
} from './batch-score/batch-score.ts';
export type { RowFailure } from './batch-score/score-records.ts';
export { ScoringError, type ScoringErrorCode } from './errors.ts';
export type { JsonSchema } from './handler/json-schema.ts';
export type { RequestHeaders } from './handler/scoring-handler.ts';
export type { ScoringLog } from './server/log.ts';
export { scoringProcessPath } from './server/scoring-process-path.ts';
export { type ScoringServer, startScoringServer } from './server/scoring-server.ts';
export type { ScoringServerOptions } from './server/scoring-server-options.ts';
