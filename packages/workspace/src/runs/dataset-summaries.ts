// Which datasets the runs of experiments have used, each once for every context that it was used in.
import type { Transaction } from 'kysely';
import { invalid } from '../checks/check-text.ts';
import { experimentNumber } from '../experiments/experiment.ts';
import type { RunTables } from './run-tables.ts';

export interface DatasetSummary {
  readonly experiment_id: string;
  readonly name: string;
  readonly digest: string;
  /** What it was used for, such as `training`. */
  readonly context?: string;
}

const maxExperiments = 20;
const maxSummaries = 1_000;
const contextTag = 'mlflow.data.context';

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export async function datasetSummaries(
  reader: Transaction<RunTables>,
  experimentIds: readonly string[],
): Promise<readonly DatasetSummary[]> {
  const count = experimentIds.length;
  if (count === 0) throw invalid('SearchDatasets request must specify at least one experiment_id.');
  if (count > maxExperiments) {
    throw invalid(`at most ${maxExperiments} experiment_ids are allowed, got ${count}`);
  }
  const ids = experimentIds.map(experimentNumber).filter((id) => id !== null);
  if (ids.length === 0) return [];
  const rows = await reader
    .selectFrom('datasets')
    .innerJoin('inputs', 'inputs.source_id', 'datasets.dataset_uuid')
    .leftJoin('input_tags', (join) =>
      join
        .onRef('input_tags.input_uuid', '=', 'inputs.input_uuid')
        .on('input_tags.name', '=', contextTag),
    )
    .select(['datasets.experiment_id', 'datasets.name', 'datasets.digest', 'input_tags.value'])
    .distinct()
    .where('datasets.experiment_id', 'in', ids)
    .orderBy('datasets.name')
    .orderBy('datasets.digest')
    .orderBy('datasets.experiment_id')
    .orderBy('input_tags.value')
    .limit(maxSummaries)
    .execute();
  return rows.map(({ experiment_id, name, digest, value }) => ({
    experiment_id: String(experiment_id),
    name,
    digest,
    ...(value === null ? {} : { context: value }),
  }));
}
