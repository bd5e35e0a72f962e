// The chosen model as a folder in MLflow's format, with a few rows of its data as an example.
import { saveModel } from '@ridgeline/learn/model-folder';
import type { SearchInput, SearchResult } from '../search/search-types.ts';

export interface ModelOrigin {
  /** The run that made it; null outside a job. */
  readonly runId: string | null;
  /** Where in the run's artifacts the folder will be. */
  readonly artifactPath: string;
}

const exampleRows = 3;

export async function saveBestModel(
  folder: string,
  { train }: SearchInput,
  { model }: SearchResult,
  origin: ModelOrigin | null,
): Promise<void> {
  const rows = Int32Array.from({ length: Math.min(exampleRows, train.rowCount) }, (_, row) => row);
  await saveModel(folder, {
    model,
    inputExample: train.takeRows(rows),
    overwrite: true,
    ...(origin !== null &&
      origin.runId !== null && { runId: origin.runId, artifactPath: origin.artifactPath }),
  });
}
