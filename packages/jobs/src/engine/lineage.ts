// Notes which data a step has used, on its run and on its job: the server knows it even where the
// step's own code says nothing of it.
import type { Workspace } from '@ridgeline/workspace';
import type { StepInputValue } from './step-inputs.ts';

/** The tag of a job's root run that names the data it was trained on, as `name:version`. */
export const datasetTag = 'dataset_id';

export async function recordLineage(
  workspace: Workspace,
  step: {
    readonly jobId: string;
    readonly runId: string;
    readonly inputs: readonly StepInputValue[];
  },
): Promise<void> {
  for (const { name, source } of step.inputs) {
    if (source?.kind !== 'data') continue;
    const asset = await workspace.data.get(source.name, source.version);
    const dataset = {
      name: asset.name,
      digest: asset.sha256.slice(0, 36),
      source_type: 'ridgeline',
      source: JSON.stringify({ uri: asset.uri, version: asset.version }),
      schema: JSON.stringify(asset.schema),
      profile: JSON.stringify({ num_rows: asset.rowCount }),
    };
    await workspace.runs.logInputs(step.runId, [
      { dataset, tags: [{ key: 'mlflow.data.context', value: name }] },
    ]);
    await workspace.runs.setTag(step.jobId, datasetTag, `${asset.name}:${asset.version}`);
  }
}
