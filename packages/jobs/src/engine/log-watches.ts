// Which logs of a job are being written: those of the attempts that run.
import { LogWatches, type WatchedLog } from '@ridgeline/workspace';
import { stepFolder } from '../step/step-folder.ts';
import type { EngineContext } from './engine-context.ts';

export function logWatches({ workspace, store }: EngineContext): LogWatches {
  return new LogWatches({
    feed: workspace.changes,
    filterOf: (jobId) => ({ jobId, kinds: new Set(['step']) }),
    logsOf: async (jobId) => {
      const steps = (await store.find(jobId))?.steps ?? [];
      const running = steps.filter(({ status, type }) => status === 'Running' && type !== 'sweep');
      return running.map(
        ({ step_name: step, attempt }): WatchedLog => ({
          file: stepFolder(workspace.folder, jobId, step, attempt).log,
          change: (sizeBytes) => ({ kind: 'log', jobId, step, attempt, sizeBytes }),
        }),
      );
    },
  });
}
