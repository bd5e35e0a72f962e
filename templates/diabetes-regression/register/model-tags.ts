// The tags that a registered model carries: where it came from, and how good it is.

import type { ActiveRun } from '@ridgeline/client';

const area = 'diabetes_regression';

/** @param metricNames metrics of the pipeline's run that become tags. */
export async function modelTags(
  pipelineRun: ActiveRun,
  metricNames: readonly string[],
): Promise<Record<string, string>> {
  return {
    area,
    run_id: pipelineRun.id,
    experiment_name: pipelineRun.experimentName,
    ...(await metricTags(pipelineRun, metricNames)),
    ...(await originTags(pipelineRun)),
  };
}

async function metricTags(pipelineRun: ActiveRun, names: readonly string[]) {
  const tags: Record<string, string> = {};
  for (const name of names) {
    const value = await pipelineRun.getMetric(name);
    if (value === null) console.log(`Could not find ${name} metric on parent run.`);
    else tags[name] = String(value);
  }
  return tags;
}

/** The build that started the pipeline and the data that it trained on, as far as they are known. */
async function originTags(pipelineRun: ActiveRun) {
  const parentTags = await pipelineRun.getTags();
  if (!parentTags.has('BuildId')) {
    console.log('BuildId tag not found on parent run.');
    console.log(`Tags present: ${JSON.stringify(Object.fromEntries(parentTags))}`);
  }
  const origin = ['BuildId', 'BuildUri', 'dataset_id'];
  return Object.fromEntries(
    origin.flatMap((key) => {
      const value = parentTags.get(key);
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
}
