// Notes which data a step has used, on its run and on its job: the server knows it even where the
// step's own code says nothing of it.
import type { RunSource, Workspace } from '@ridgeline/workspace';
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
  const sources = step.inputs.map(sourceOf).filter((source) => source !== null);
  if (sources.length > 0) await workspace.lineage.noteSources(step.runId, sources);
  for (const { kind, name, version, input } of sources) {
    if (kind !== 'data') continue;
    const asset = await workspace.data.get(name, version);
    const dataset = {
      name: asset.name,
      digest: asset.sha256.slice(0, 36),
      source_type: 'ridgeline',
      source: JSON.stringify({ uri: asset.uri, version: asset.version }),
      schema: JSON.stringify(asset.schema),
      profile: JSON.stringify({ num_rows: asset.rowCount }),
    };
    await workspace.runs.logInputs(step.runId, [
      { dataset, tags: [{ key: 'mlflow.data.context', value: input }] },
    ]);
    await workspace.runs.setTag(step.jobId, datasetTag, `${asset.name}:${asset.version}`);
  }
}

/** Null for a value, which is no data; a number that another step has written is none either. */
function sourceOf({ name: input, source, output, isLiteral }: StepInputValue): RunSource | null {
  if (isLiteral) return null;
  if (output !== null) return { kind: 'run', name: output.runId, version: output.output, input };
  switch (source?.kind) {
    case 'data':
    case 'model':
      return { kind: source.kind, name: source.name, version: source.version, input };
    case 'uri':
      return { kind: 'uri', name: source.uri, version: '', input };
    default:
      return null;
  }
}
