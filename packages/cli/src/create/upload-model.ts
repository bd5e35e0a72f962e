// The files of a model as artifacts of a run of their own, which says where the model came from.
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { RidgelineClient } from '@ridgeline/client';
import type { ModelSource } from './model-source.ts';

/** The experiment of the runs that models were uploaded by. */
const experimentName = 'model-uploads';

export async function uploadModel(
  client: RidgelineClient,
  name: string,
  localPath: string,
): Promise<ModelSource> {
  const experiment = await client.experiments.getOrCreate(experimentName);
  const { info } = await client.runs.create({
    experimentId: experiment.experiment_id,
    runName: `upload ${name}`,
  });
  const runId = info.run_id;
  try {
    const place = await uploadTo(client, runId, localPath);
    await client.runs.update(runId, { status: 'FINISHED', endTime: Date.now() });
    return { source: `runs:/${runId}/${place}`, runId };
  } catch (error) {
    await client.runs.update(runId, { status: 'FAILED', endTime: Date.now() }).catch(() => {});
    throw error;
  }
}

async function uploadTo(client: RidgelineClient, runId: string, localPath: string) {
  if ((await stat(localPath)).isDirectory()) {
    await client.artifacts.uploadFolder(runId, localPath, 'model');
    return 'model';
  }
  const place = `model/${path.basename(localPath)}`;
  await client.artifacts.upload(runId, localPath, place);
  return place;
}
