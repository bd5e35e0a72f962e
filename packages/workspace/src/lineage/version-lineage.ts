// The lineage of a model version as it is written down: when it is registered, when a run that it
// comes from learns of more data, and before such a run goes for good.
import type { Transaction } from 'kysely';
import type { WorkspaceTables } from '../database/tables.ts';
import type { ModelVersionRow } from '../models/model-tables.ts';
import {
  distinct,
  type GatheredLineage,
  gatherLineage,
  type LineageParts,
} from './gather-lineage.ts';
import type { LineageRun } from './lineage.ts';
import type { ModelVersionSourcesTable } from './lineage-tables.ts';
import { mergeLoggedModel, mergeLoggedModels } from './logged-model-facts.ts';

type Writer = Transaction<WorkspaceTables>;

/** What is there now, with what was written down of what is gone. */
export async function readVersionLineage(
  reader: Writer,
  row: ModelVersionRow,
  modelId: string | null = null,
): Promise<GatheredLineage> {
  const now = await gatherLineage(reader, row, modelId);
  const stored = await reader
    .selectFrom('model_version_lineage')
    .select('facts')
    .where('name', '=', row.name)
    .where('version', '=', row.version)
    .executeTakeFirst();
  if (stored === undefined) return now;
  return {
    ...now,
    parts: mergeLineage(now.parts, { ...notKeptOnce, ...JSON.parse(stored.facts) }),
  };
}

/** What was written down by earlier versions of this program is without these. */
const notKeptOnce = { loggedModel: null, loggedModels: [] };

/** @param modelId the logged model that it is registered from, where its source does not say so. */
export async function writeVersionLineage(
  writer: Writer,
  row: ModelVersionRow,
  modelId: string | null = null,
): Promise<void> {
  const { name, version } = row;
  const { parts, runIds } = await readVersionLineage(writer, row, modelId);
  const facts = JSON.stringify(parts);
  await writer
    .insertInto('model_version_lineage')
    .values({ name, version, facts })
    .onConflict((conflict) => conflict.columns(['name', 'version']).doUpdateSet({ facts }))
    .execute();
  const sources = sourcesOf(parts, runIds).map((source) => ({ name, version, ...source }));
  if (sources.length === 0) return;
  await writer
    .insertInto('model_version_sources')
    .values(sources)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Of all versions that come from this run. */
export async function rewriteLineageFrom(writer: Writer, runId: string): Promise<void> {
  const rows = await writer
    .selectFrom('model_version_sources as source')
    .innerJoin('model_versions', (join) =>
      join
        .onRef('model_versions.name', '=', 'source.name')
        .onRef('model_versions.version', '=', 'source.version'),
    )
    .selectAll('model_versions')
    .where('source.kind', '=', 'run')
    .where('source.source_name', '=', runId)
    .execute();
  for (const row of rows) await writeVersionLineage(writer, row);
}

/** Before a logged model goes for good: who has taken it in has from now on its name. */
export async function keepLineageOfModel(writer: Writer, modelId: string): Promise<void> {
  const takers = await writer
    .selectFrom('run_sources')
    .select('run_id')
    .where('source_name', '=', modelId)
    .where('kind', '=', 'loggedModel')
    .execute();
  for (const { run_id } of takers) await rewriteLineageFrom(writer, run_id);
}

/** Before a run goes for good: who has taken its outputs in has from now on what it had. */
export async function keepLineageOf(writer: Writer, runId: string): Promise<void> {
  await rewriteLineageFrom(writer, runId);
  const rows = await writer
    .selectFrom('run_sources')
    .selectAll()
    .where(({ or, eb }) => or([eb('run_id', '=', runId), eb('source_name', '=', runId)]))
    .execute();
  // Of most runs nobody has taken anything, nor they of others.
  if (rows.length === 0) return;
  const own = rows.filter((row) => row.run_id === runId);
  const takers = rows.filter(({ kind, source_name: id }) => kind === 'run' && id === runId);
  const inherited = takers.flatMap(({ run_id }) => own.map((source) => ({ ...source, run_id })));
  for (const row of inherited) {
    const insert = writer.insertInto('run_sources').values(row);
    await insert.onConflict((conflict) => conflict.doNothing()).execute();
  }
  await writer.deleteFrom('run_sources').where('run_id', '=', runId).execute();
}

export async function eraseVersionLineage(
  writer: Writer,
  name: string,
  version: number,
): Promise<void> {
  for (const table of ['model_version_sources', 'model_version_lineage'] as const) {
    await writer
      .deleteFrom(table)
      .where('name', '=', name)
      .where('version', '=', version)
      .execute();
  }
}

function sourcesOf(
  { data, datasets, models, loggedModel, loggedModels, uris }: LineageParts,
  runIds: readonly string[],
): ReadonlyArray<Omit<ModelVersionSourcesTable, 'name' | 'version'>> {
  const source = (kind: ModelVersionSourcesTable['kind']) => (name: string, version: string) => ({
    ...{ kind, source_name: name, source_version: version },
  });
  return distinct([
    ...runIds.map((id) => source('run')(id, '')),
    ...data.map(({ name, version }) => source('data')(name, version)),
    ...datasets.map(({ name, digest }) => source('dataset')(name, digest)),
    ...models.map(({ name, version }) => source('model')(name, version)),
    ...[...loggedModels, ...(loggedModel === null ? [] : [loggedModel])].map(({ modelId }) =>
      source('loggedModel')(modelId, ''),
    ),
    ...uris.map((uri) => source('uri')(uri, '')),
  ]);
}

/** What is known now, and of what is gone by now what was known before. */
export function mergeLineage(now: LineageParts, before: LineageParts): LineageParts {
  const earlier = [before.run, ...before.upstream].filter((run) => run !== null);
  const known = new Map(earlier.map((run) => [run.runId, run]));
  const kept = (run: LineageRun) => (run.runName === null ? (known.get(run.runId) ?? run) : run);
  const here = new Set(now.upstream.map(({ runId }) => runId));
  const gone = before.upstream.filter(({ runId }) => !here.has(runId));
  const run = now.run === null ? before.run : mergeRun(kept(now.run), known.get(now.run.runId));
  return {
    run,
    loggedModel: mergeLoggedModel(now.loggedModel, before.loggedModel),
    git: now.git ?? before.git,
    build: now.build ?? before.build,
    data: distinct([...now.data, ...before.data]),
    datasets: distinct([...now.datasets, ...before.datasets]),
    uris: [...new Set([...now.uris, ...before.uris])],
    models: distinct([...now.models, ...before.models]),
    loggedModels: mergeLoggedModels(now.loggedModels, before.loggedModels),
    upstream: [...now.upstream.map((each) => mergeRun(kept(each), known.get(each.runId))), ...gone],
  };
}

/** The run may be there still, and those above it not, which said whose step it was. */
function mergeRun(now: LineageRun, before: LineageRun | undefined): LineageRun {
  if (before === undefined) return now;
  return { ...now, jobId: now.jobId ?? before.jobId, step: now.step ?? before.step };
}
