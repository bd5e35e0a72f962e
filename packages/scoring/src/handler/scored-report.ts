// What every handler of a model does with its scores: they are finite, and told to the request log.
import { ScoringError } from '../errors.ts';
import type { RequestHeaders } from './scoring-handler.ts';

/** Called once per scored request; the names are those of the request log's query. */
export type ReportScored = (report: ScoredReport) => void;

export interface ScoredReport {
  readonly RequestId: string;
  readonly TraceParent: string;
  readonly NumberOfPredictions: number;
}

/** @throws ScoringError REQUEST_SCORE_NOT_FINITE naming the row. */
export function checkFinite(scores: readonly unknown[], place: string): void {
  const overflow = scores.findIndex(
    (score) => typeof score === 'number' && !Number.isFinite(score),
  );
  if (overflow === -1) return;
  throw new ScoringError(
    'REQUEST_SCORE_NOT_FINITE',
    `${place}/${overflow} gives a score that is not a finite number; its values are too large`,
  );
}

export function reportScored(report: ReportScored, headers: RequestHeaders, count: number): void {
  report({
    RequestId: headers['x-ms-request-id'] ?? '',
    TraceParent: headers.traceparent ?? '',
    NumberOfPredictions: count,
  });
}
