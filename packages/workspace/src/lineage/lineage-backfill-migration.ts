// Lineage of what was there before it was kept: the data that runs have noted as theirs, and the runs
// and the data of model versions. Which steps had their inputs from which others nobody knows any more.
import type { Kysely } from 'kysely';
import type { Migration } from '../database/migrate.ts';

interface Tables {
  readonly inputs: {
    readonly source_type: string;
    readonly source_id: string;
    readonly destination_type: string;
    readonly destination_id: string;
  };
  readonly datasets: {
    readonly dataset_uuid: string;
    readonly name: string;
    readonly digest: string;
    readonly dataset_source_type: string;
    readonly dataset_source: string;
  };
  readonly model_versions: {
    readonly name: string;
    readonly version: number;
    readonly run_id: string | null;
    readonly source: string | null;
    readonly storage_location: string | null;
  };
  readonly run_sources: Source & { readonly run_id: string; readonly input: string };
  readonly model_version_sources: Source & { readonly name: string; readonly version: number };
}

interface Source {
  readonly kind: string;
  readonly source_name: string;
  readonly source_version: string;
}

export const lineageBackfillMigration: Migration = {
  name: '0018_lineage_backfill',
  async up(untyped) {
    const database = untyped as Kysely<Tables>;
    await fillRunSources(database);
    const versions = await database
      .selectFrom('model_versions')
      .select(['name', 'version', 'run_id', 'source', 'storage_location'])
      .execute();
    for (const { name, version, run_id, ...place } of versions) {
      const runIds = new Set([...(run_id ? [run_id] : []), ...runsIn(place)]);
      for (const runId of runIds) await fillVersion(database, name, version, runId);
    }
  },
};

async function fillRunSources(database: Kysely<Tables>): Promise<void> {
  const rows = await database
    .selectFrom('inputs')
    .innerJoin('datasets', 'datasets.dataset_uuid', 'inputs.source_id')
    .select(['destination_id', 'name', 'dataset_source'])
    .where('source_type', '=', 'DATASET')
    .where('destination_type', '=', 'RUN')
    .where('dataset_source_type', '=', 'ridgeline')
    .execute();
  for (const { destination_id: run_id, name, dataset_source } of rows) {
    const version = versionIn(dataset_source);
    if (version === null) continue;
    const row = { run_id, kind: 'data', source_name: name, source_version: version, input: '' };
    const insert = database.insertInto('run_sources').values(row);
    await insert.onConflict((conflict) => conflict.doNothing()).execute();
  }
}

async function fillVersion(
  database: Kysely<Tables>,
  name: string,
  version: number,
  runId: string,
): Promise<void> {
  const taken = await database
    .selectFrom('run_sources')
    .select(['kind', 'source_name', 'source_version'])
    .where('run_id', '=', runId)
    .execute();
  const logged = await database
    .selectFrom('inputs')
    .innerJoin('datasets', 'datasets.dataset_uuid', 'inputs.source_id')
    .select(['name', 'digest'])
    .where('source_type', '=', 'DATASET')
    .where('destination_type', '=', 'RUN')
    .where('destination_id', '=', runId)
    .where('dataset_source_type', '!=', 'ridgeline')
    .execute();
  const sources: readonly Source[] = [
    { kind: 'run', source_name: runId, source_version: '' },
    ...taken,
    ...logged.map((row) => ({
      ...{ kind: 'dataset', source_name: row.name, source_version: row.digest },
    })),
  ];
  for (const source of sources) {
    const insert = database
      .insertInto('model_version_sources')
      .values({ name, version, ...source });
    await insert.onConflict((conflict) => conflict.doNothing()).execute();
  }
}

/** The run whose artifacts are meant, in both spellings of MLflow's. */
function runsIn(place: {
  readonly source: string | null;
  readonly storage_location: string | null;
}) {
  const text = `${place.storage_location ?? ''} ${place.source ?? ''}`;
  const found = text.matchAll(
    /(?:runs:\/+|mlflow-artifacts:(?:\/\/[^/]+)?\/[^/]+\/)([0-9a-f]{32})\//g,
  );
  return [...found].flatMap(([, runId]) => runId ?? []);
}

function versionIn(text: string): string | null {
  try {
    const source: unknown = JSON.parse(text);
    const version = source instanceof Object && 'version' in source ? source.version : null;
    return typeof version === 'string' ? version : null;
  } catch {
    return null;
  }
}
