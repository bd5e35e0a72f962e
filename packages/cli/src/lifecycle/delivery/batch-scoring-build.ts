// The build that publishes the batch scoring pipeline, and runs it with the model of a training build.
import type { RidgelineClient } from '@ridgeline/client';
import { readBatchResult } from '../../submit/batch-score.ts';
import type { LifeOptions, Scoring } from '../life.ts';
import type { StageReport } from '../reporter.ts';
import { type BegunBuild, followUp } from './follow-up-build.ts';

export interface BatchScoring {
  readonly build: string;
  readonly scoring: Scoring | null;
  readonly waiting: readonly string[];
}

export async function scoreInBatch(
  client: RidgelineClient,
  begun: BegunBuild,
  options: LifeOptions,
  report: StageReport,
): Promise<BatchScoring> {
  const follow = await followUp(client, begun, options, report);
  const { build, job, isWaiting } = follow;
  if (isWaiting) return { build: build.id, scoring: null, waiting: [build.id] };
  const result = job === null ? null : await readBatchResult(client, job, job.steps[0]?.name ?? '');
  if (job === null || result === null) {
    report.succeed(`build ${build.id} succeeded`);
    return { build: build.id, scoring: null, waiting: [] };
  }
  const { scoredCount, failedCount, rowCount } = result;
  report.succeed(`${scoredCount} of ${rowCount} rows scored`);
  const scoring = { job: job.id, rowsScored: scoredCount, rowsNotScored: failedCount };
  return { build: build.id, scoring, waiting: [] };
}
