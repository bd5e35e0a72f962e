// The tags that a registered model carries: what it was chosen by, the run, and the data.

import type { ActiveRun } from '@ridgeline/client';
import type { BestRun } from './choose-best-run.ts';

export async function modelTags(
  pipelineRun: ActiveRun,
  { runId, metric, value }: BestRun,
): Promise<Record<string, string>> {
  const pipelineTags = await pipelineRun.getTags();
  const dataset = pipelineTags.get('dataset_id');
  return {
    primary_metric: metric,
    [metric]: String(value),
    best_runid: runId,
    run_id: pipelineRun.id,
    experiment_name: pipelineRun.experimentName,
    ...(dataset !== undefined && { dataset_id: dataset }),
  };
}
