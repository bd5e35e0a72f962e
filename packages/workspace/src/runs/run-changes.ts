// What is told of a change to a run.
import type { ChangeSink, RunChange } from '../changes/change.ts';
import type { CheckedBatch } from './check-batch.ts';
import { type CheckedRun, parentRunTag } from './create-run.ts';
import type { UpdateRun } from './update-run.ts';

export function runCreated(runId: string, { name, experimentId, tags }: CheckedRun): RunChange {
  const parentRunId = tags.find(({ key }) => key === parentRunTag)?.value ?? null;
  const about = { runId, experimentId, name, status: 'RUNNING', parentRunId };
  return { kind: 'run', action: 'created', ...about };
}

export function runUpdated(runId: string, { status, endTime, runName }: UpdateRun): RunChange {
  return {
    ...{ kind: 'run', action: 'updated', runId },
    ...(runName !== undefined && { name: runName }),
    ...(status !== undefined && { status }),
    ...(endTime !== undefined && { endTime }),
  };
}

export function publishBatch(changes: ChangeSink, runId: string, batch: CheckedBatch): void {
  const { metrics, params, tags } = batch;
  if (metrics.length > 0) changes.publishMetrics(runId, metrics);
  if (params.length > 0) changes.publish({ kind: 'params', runId, keys: keysOf(params) });
  if (tags.length > 0) changes.publish({ kind: 'tags', runId, keys: keysOf(tags) });
}

function keysOf(pairs: readonly { readonly key: string }[]): readonly string[] {
  return pairs.map(({ key }) => key);
}
