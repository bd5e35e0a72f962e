// Where model versions come from, and what was made of data assets.
import type { Transaction } from 'kysely';
import { assetRow } from '../data/read-data-assets.ts';
import type { WorkspaceDatabase } from '../database/open-workspace-database.ts';
import type { WorkspaceTables } from '../database/tables.ts';
import { checkVersionNumber } from '../models/check-models.ts';
import type { ModelVersionRow } from '../models/model-tables.ts';
import { deletedStage } from '../models/model-version.ts';
import { versionRow, versionsOf } from '../models/read-versions.ts';
import type { DataLineage, LineageBuild, LineageRun, ModelLineage } from './lineage.ts';
import { RunFacts } from './run-facts.ts';
import { type RunSource, writeRunSources } from './run-sources.ts';
import { readVersionLineage } from './version-lineage.ts';

type Reader = Transaction<WorkspaceTables>;

const maxListed = 1_000;

export class Lineages {
  readonly #database: WorkspaceDatabase;

  constructor(database: WorkspaceDatabase) {
    this.#database = database;
  }

  /** What a run takes in, to be noted before it begins. */
  async noteSources(runId: string, sources: readonly RunSource[]): Promise<void> {
    await this.#database.write((writer) => writeRunSources(writer, runId, sources));
  }

  /** @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE */
  async ofModelVersion(name: string, version: string): Promise<ModelLineage> {
    const number = checkVersionNumber(version);
    return this.#database.read(async (reader) => {
      const row = await versionRow(reader, name, number);
      const { parts } = await readVersionLineage(reader, row);
      const build = parts.build ?? (await taggedBuild(reader, row));
      const own = parts.loggedModel?.modelId;
      // Its own run may have taken it in again, to evaluate it.
      const loggedModels = parts.loggedModels.filter(({ modelId }) => modelId !== own);
      return { model: { name, version: String(number) }, ...parts, build, loggedModels };
    });
  }

  /** @param version as it was given, or 'latest'. @throws RidgelineError DATA_ASSET_NOT_FOUND */
  async ofData(name: string, version: string): Promise<DataLineage> {
    return this.#database.read(async (reader) => {
      const row = await assetRow(reader, name, version);
      const maker = JSON.parse(row.tags)['ridgeline.run_id'];
      const data = { name: row.name, version: row.version, id: row.id };
      return {
        data,
        producedBy: typeof maker === 'string' ? await describeRun(reader, maker) : null,
        models: await modelsFrom(reader, data),
        runs: await runsWith(reader, data),
      };
    });
  }
}

/** Whoever registered it may have said so on the version itself. */
async function taggedBuild(reader: Reader, row: ModelVersionRow): Promise<LineageBuild | null> {
  const [version] = await versionsOf(reader, [row]);
  const tagOf = (wanted: string) => version?.tags.find(({ key }) => key === wanted)?.value;
  const id = tagOf('BuildId');
  return id ? { id, uri: tagOf('BuildUri') ?? null } : null;
}

async function describeRun(reader: Reader, runId: string): Promise<LineageRun> {
  return (await RunFacts.read(reader, [runId])).describe(runId);
}

async function modelsFrom(
  reader: Reader,
  data: DataLineage['data'],
): Promise<DataLineage['models']> {
  const rows = await reader
    .selectFrom('model_version_sources as source')
    .innerJoin('model_versions as version', (join) =>
      join
        .onRef('version.name', '=', 'source.name')
        .onRef('version.version', '=', 'source.version'),
    )
    .select(['version.name', 'version.version', 'version.run_id'])
    .where('source.kind', '=', 'data')
    .where('source.source_name', '=', data.name)
    .where('source.source_version', '=', data.version)
    .where('version.current_stage', '!=', deletedStage)
    .orderBy('version.creation_time', 'desc')
    .orderBy('version.name')
    .orderBy('version.version', 'desc')
    .limit(maxListed)
    .execute();
  return rows.map(({ name, version, run_id: runId }) => ({
    ...{ name, version: String(version), runId },
  }));
}

async function runsWith(reader: Reader, data: DataLineage['data']): Promise<readonly LineageRun[]> {
  const rows = await reader
    .selectFrom('run_sources as source')
    .innerJoin('runs', 'runs.run_uuid', 'source.run_id')
    .select(['source.run_id', 'runs.start_time'])
    .distinct()
    .where('source.kind', '=', 'data')
    .where('source.source_name', '=', data.name)
    .where('source.source_version', '=', data.version)
    .where('runs.lifecycle_stage', '=', 'active')
    .orderBy('runs.start_time', 'desc')
    .orderBy('source.run_id')
    .limit(maxListed)
    .execute();
  const ids = rows.map((row) => row.run_id);
  const facts = await RunFacts.read(reader, ids);
  return ids.map((id) => facts.describe(id));
}
