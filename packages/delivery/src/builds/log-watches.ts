// Which logs of a build are being written: those of the steps that have begun and not ended.
import path from 'node:path';
import type { StepRecord } from '@ridgeline/azure-pipelines';
import { type ChangeFeed, LogWatches, type WatchedLog } from '@ridgeline/workspace';
import type { DeliveryPaths } from './run/build-surroundings.ts';
import type { BuildStore, StepRow } from './store/build-store.ts';

export function logWatches(feed: ChangeFeed, store: BuildStore, paths: DeliveryPaths): LogWatches {
  return new LogWatches({
    feed,
    filterOf: (buildId) => ({ buildId, kinds: new Set(['build']) }),
    logsOf: async (id) => {
      const buildId = Number(id);
      const folder = paths.build(buildId).path;
      return (await store.steps(buildId)).flatMap((row) => watched(row, folder));
    },
  });
}

function watched({ build_id, log, log_file, record }: StepRow, folder: string): WatchedLog[] {
  const { state } = JSON.parse(record) as StepRecord;
  if (log_file === null || state === 'completed') return [];
  const buildId = String(build_id);
  const change = (sizeBytes: number) => ({ kind: 'log', buildId, log, sizeBytes }) as const;
  return [{ file: path.join(folder, log_file), change }];
}
