// A step from what is stored of it to its public shape.
import type { StepRecord } from '@ridgeline/azure-pipelines';
import type { BuildStep } from '../build-job.ts';
import type { StepRow } from './build-store.ts';

/** A step that its server did not live to see the end of has not ended well. */
export function describeStep({ log, record: json }: StepRow, jobEndedAt: string | null): BuildStep {
  const record = JSON.parse(json) as StepRecord;
  const isCutOff = jobEndedAt !== null && record.state !== 'completed';
  const cut = record.state === 'pending' ? 'skipped' : 'failed';
  return {
    log,
    id: record.id,
    name: record.displayName,
    order: record.order,
    task: record.task === undefined ? null : `${record.task.name}@${record.task.version}`,
    state: isCutOff ? 'completed' : record.state,
    result: isCutOff ? cut : (record.result ?? null),
    startedAt: record.startTime ?? null,
    endedAt: record.finishTime ?? (record.startTime === undefined ? null : jobEndedAt),
    percentComplete: record.percentComplete ?? null,
    issues: record.issues,
    errorCount: record.errorCount,
    warningCount: record.warningCount,
    conditionTrace: record.conditionTrace ?? [],
  };
}
