// What can be told of a model version from the rows that are there now.
import type { Transaction } from 'kysely';
import type { WorkspaceTables } from '../database/tables.ts';
import { artifactOf, loggedModelIdOf } from '../models/model-source.ts';
import type { ModelVersionRow } from '../models/model-tables.ts';
import { datasetInputsOf } from '../runs/read-inputs.ts';
import type { LineageDataset, LineageLoggedModel, ModelLineage, VersionRef } from './lineage.ts';
import type { RunSourcesTable } from './lineage-tables.ts';
import { describeLoggedModels } from './logged-model-facts.ts';
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

/** @param modelId the logged model that whoever registers it has named, if not by the source. */
export async function gatherLineage(
  reader: Reader,
  row: ModelVersionRow,
  modelId: string | null = null,
): Promise<GatheredLineage> {
  const loggedModel = await ownLoggedModel(reader, row, modelId);
  const own = ownRuns(row, loggedModel);
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
      loggedModel,
      git: first(own, (id) => facts.git(id)),
      build: first(own, (id) => facts.build(id)),
      data,
      datasets: others.map(
        ({ name, digest, source_type: sourceType }): LineageDataset => ({
          ...{ name, digest, sourceType },
        }),
      ),
      uris: namesOf(sources, 'uri'),
      models: refsOf(sources, 'model'),
      loggedModels: await describeLoggedModels(reader, namesOf(sources, 'loggedModel')),
      upstream: runIds.filter((id) => id !== run).map((id) => facts.describe(id)),
    },
    runIds: [...new Set([...runIds, ...facts.runIds])],
  };
}

async function ownLoggedModel(
  reader: Reader,
  row: ModelVersionRow,
  modelId: string | null,
): Promise<LineageLoggedModel | null> {
  const id = modelId ?? loggedModelIdOf(placeOf(row));
  if (id === null) return null;
  const [model = null] = await describeLoggedModels(reader, [id]);
  return model;
}

/** The run that wrote its files knows more than the one that it is said to be of. */
function ownRuns(row: ModelVersionRow, loggedModel: LineageLoggedModel | null): readonly string[] {
  const place = placeOf(row);
  const writer = loggedModelIdOf(place) === null ? artifactOf(place)?.ownerId : null;
  const runs = [writer, loggedModel?.runId, row.run_id];
  return [...new Set(runs.filter((id) => id !== null && id !== undefined))];
}

function placeOf({ source, storage_location }: ModelVersionRow): string {
  return storage_location ?? source ?? '';
}

function namesOf(
  sources: readonly RunSourcesTable[],
  wanted: RunSourcesTable['kind'],
): readonly string[] {
  return [...new Set(refsOf(sources, wanted).map(({ name }) => name))];
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
