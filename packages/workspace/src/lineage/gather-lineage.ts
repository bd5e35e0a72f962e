// What can be told of a model version from the rows that are there now.
import type { Transaction } from 'kysely';
import type { WorkspaceTables } from '../database/tables.ts';
import { isLoggedModelId } from '../logged-models/logged-model.ts';
import { artifactOf } from '../models/model-source.ts';
import type { ModelVersionRow } from '../models/model-tables.ts';
import { datasetInputsOf } from '../runs/read-inputs.ts';
import type { LineageDataset, ModelLineage, VersionRef } from './lineage.ts';
import type { RunSourcesTable } from './lineage-tables.ts';
import { RunFacts } from './run-facts.ts';
import { upstreamOf } from './run-sources.ts';

type Reader = Transaction<WorkspaceTables>;

/** All of a lineage but which model it is of. */
export type LineageParts = Omit<ModelLineage, 'model'>;

export interface GatheredLineage {
  readonly parts: LineageParts;
  /** All runs that were asked, those above the others too. */
  readonly runIds: readonly string[];
}

export async function gatherLineage(
  reader: Reader,
  row: ModelVersionRow,
): Promise<GatheredLineage> {
  const own = ownRuns(row);
  const { runIds, sources } = await upstreamOf(reader, own);
  const facts = await RunFacts.read(reader, runIds);
  const datasets = (await datasetInputsOf(reader, runIds)).map(({ input }) => input.dataset);
  const data = refsOf(sources, 'data');
  const others = datasets.filter(({ source_type, name }) => {
    // The engine notes a data asset as a dataset, too.
    return source_type !== 'ridgeline' || data.every((asset) => asset.name !== name);
  });
  const [run] = own;
  return {
    parts: {
      run: run === undefined ? null : facts.describe(run),
      git: first(own, (id) => facts.git(id)),
      build: first(own, (id) => facts.build(id)),
      data,
      datasets: others.map(
        ({ name, digest, source_type: sourceType }): LineageDataset => ({
          ...{ name, digest, sourceType },
        }),
      ),
      uris: refsOf(sources, 'uri').map(({ name }) => name),
      models: refsOf(sources, 'model'),
      upstream: runIds.filter((id) => id !== run).map((id) => facts.describe(id)),
    },
    runIds: [...new Set([...runIds, ...facts.runIds])],
  };
}

/** The run that wrote its files knows more than the one that it is said to be of. */
function ownRuns({ source, storage_location, run_id }: ModelVersionRow): readonly string[] {
  const owner = artifactOf(storage_location ?? source ?? '')?.ownerId;
  const writer = owner === undefined || isLoggedModelId(owner) ? null : owner;
  return [...new Set([writer, run_id].filter((id) => id !== null))];
}

function refsOf(
  sources: readonly RunSourcesTable[],
  wanted: RunSourcesTable['kind'],
): readonly VersionRef[] {
  const refs = sources
    .filter(({ kind }) => kind === wanted)
    .map(({ source_name: name, source_version: version }) => ({ name, version }));
  return distinct(refs);
}

export function distinct<T extends object>(items: readonly T[]): readonly T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

function first<T>(ids: readonly string[], find: (id: string) => T | null): T | null {
  return ids.map(find).find((found) => found !== null) ?? null;
}
