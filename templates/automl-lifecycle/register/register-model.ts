// Registers a model once for each pipeline run, however often it is asked to.

import type { RidgelineClient } from '@ridgeline/client';
import { hasCode, type MlflowModelVersion, type NewModelVersion } from '@ridgeline/client';

export type Models = Pick<
  RidgelineClient['models'],
  'getOrCreate' | 'createVersion' | 'latestVersion'
>;

const mostTries = 3;

/**
 * The version that stands for the pipeline run `pipelineRunId`: a new one, or the one that it has
 * registered before. A step may be repeated after a crash, and a server may be lost after it has
 * registered and before it has said so: in both cases the version is found by its run's tag.
 */
export async function registerOnce(
  models: Models,
  pipelineRunId: string,
  newVersion: NewModelVersion,
): Promise<MlflowModelVersion> {
  const { name } = newVersion;
  for (let tryNumber = 1; ; tryNumber++) {
    const existing = await models.latestVersion(name, { run_id: pipelineRunId });
    if (existing !== null) {
      console.log(`Model name: ${name} with run_id ${pipelineRunId} is already registered.`);
      return existing;
    }
    console.log('Model is not registered for this run.');
    try {
      await models.getOrCreate(name);
      return await models.createVersion(newVersion);
    } catch (error) {
      if (!hasCode(error, 'CONNECTION_LOST') || tryNumber === mostTries) throw error;
      console.log('The server was lost while it registered the model; looking again.');
    }
  }
}
