// The outcome of a search in a few lines.
import type { SearchNote, SearchOutcome, StopReason } from '../search/search-types.ts';
import { formatScore } from './print-progress.ts';

const reasons: Readonly<Record<StopReason, string>> = {
  time_budget: 'its time was over',
  max_trials: 'it had made all its trials',
  exit_score: 'a model reached the exit score',
  cancelled: 'it was stopped; the best so far was kept',
  early_termination: 'nothing got better any more',
  exhausted: 'there was nothing left to try',
};

export function describeResult(result: SearchOutcome): readonly string[] {
  const { best, primaryMetric, leaderboard, elapsedSeconds, stopReason } = result;
  const count = leaderboard.length;
  const test = result.testMetrics?.get(primaryMetric);
  return [
    ...result.notes.map(describeNote),
    `The search ended after ${elapsedSeconds.toFixed(1)} s and ${count} trial${count === 1 ? '' : 's'}: ${reasons[stopReason]}.`,
    `Best model: trial ${best.number} ${best.learner}, ${primaryMetric} ${best.score === null ? 'unknown' : formatScore(best.score)}${test === undefined ? '' : `, on the test data ${formatScore(test)}`}`,
  ];
}

function describeNote({ column, message }: SearchNote): string {
  return `Note: ${column === null ? '' : `column '${column}': `}${message}`;
}
