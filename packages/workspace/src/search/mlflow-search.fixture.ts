// For tests: the searches of testdata/mlflow-search, asked of a workspace that holds the same things.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workspace } from '../workspace.ts';

type Pairs = Readonly<Record<string, string>>;

interface SearchFixture {
  readonly experiments: readonly { readonly name: string; readonly tags: Pairs }[];
  readonly runs: readonly {
    readonly name: string;
    readonly start: number;
    readonly end?: number;
    readonly status: 'RUNNING' | 'SCHEDULED' | 'FINISHED' | 'FAILED' | 'KILLED';
    readonly metrics: Readonly<Record<string, number | string>>;
    readonly params: Pairs;
    readonly tags: Pairs;
    readonly datasets: readonly (readonly [string, string, string])[];
  }[];
  readonly models: readonly {
    readonly name: string;
    readonly tags: Pairs;
    readonly versions: readonly {
      readonly run: string;
      readonly source: string;
      readonly tags: Pairs;
    }[];
  }[];
  readonly loggedModels: readonly {
    readonly name: string;
    readonly type: string | null;
    readonly run: string | null;
    readonly ready: boolean;
    readonly params: Pairs;
    readonly tags: Pairs;
    readonly metrics: readonly (readonly [
      string,
      number,
      number,
      number,
      string | null,
      string | null,
    ])[];
  }[];
}

export interface SearchCase {
  readonly of: 'runs' | 'experiments' | 'models' | 'versions' | 'loggedModels';
  readonly filter?: string;
  readonly orderBy?: readonly string[];
  readonly datasets?: readonly (readonly [string, string | null])[];
  readonly order?: readonly [string, boolean, string | null];
  /** The names that were found, in their order; or that it was refused. */
  readonly answer: readonly string[] | string;
}

const file = join(import.meta.dirname, '../../testdata/mlflow-search/cases.json');

export const searchSuite: {
  readonly fixture: SearchFixture;
  readonly cases: readonly SearchCase[];
} = JSON.parse(readFileSync(file, 'utf8'));

/** @param tick so that no two things are made in the same millisecond. */
export async function fill(workspace: Workspace, tick: () => void): Promise<void> {
  const { fixture } = searchSuite;
  for (const { name, tags } of fixture.experiments) {
    tick();
    await workspace.experiments.create({ name, tags });
  }
  const runIds = await fillRuns(workspace, fixture);
  for (const { name, tags, versions } of fixture.models) {
    tick();
    await workspace.models.createRegisteredModel({ name, tags });
    for (const { run, source, tags } of versions) {
      tick();
      await workspace.models.createVersion({ name, source, runId: runIds.get(run), tags });
    }
  }
  await fillLoggedModels(workspace, fixture, runIds, tick);
}

async function fillRuns({ runs }: Workspace, fixture: SearchFixture) {
  const ids = new Map<string, string>();
  for (const run of fixture.runs) {
    const { info } = await runs.create({
      experimentId: '0',
      runName: run.name,
      startTime: run.start,
      tags: run.tags,
    });
    ids.set(run.name, info.run_id);
    await runs.logBatch(info.run_id, {
      metrics: Object.entries(run.metrics).map(([key, value]) => ({ key, value: Number(value) })),
      params: run.params,
    });
    for (const [name, digest, context] of run.datasets) {
      const dataset = { name, digest, source_type: 'local', source: 'source' };
      await runs.logInputs(info.run_id, [{ dataset, tags: { 'mlflow.data.context': context } }]);
    }
    const end = run.end === undefined ? {} : { endTime: run.end };
    await runs.update(info.run_id, { status: run.status, ...end });
  }
  return ids;
}

async function fillLoggedModels(
  { loggedModels, runs }: Workspace,
  fixture: SearchFixture,
  runIds: ReadonlyMap<string, string>,
  tick: () => void,
): Promise<void> {
  const measuring = await runs.create({ experimentId: '1' });
  for (const model of fixture.loggedModels) {
    tick();
    const { info } = await loggedModels.create({
      experimentId: '0',
      name: model.name,
      modelType: model.type ?? undefined,
      sourceRunId: runIds.get(model.run ?? ''),
      params: model.params,
      tags: model.tags,
    });
    if (model.ready) await loggedModels.finalize(info.model_id, 'READY');
    for (const [key, value, timestamp, step, name, digest] of model.metrics) {
      const data = { datasetName: name ?? undefined, datasetDigest: digest ?? undefined };
      const point = { key, value, timestamp, step, modelId: info.model_id, ...data };
      await runs.logMetric(measuring.info.run_id, point);
    }
  }
}

export async function ask(workspace: Workspace, asked: SearchCase): Promise<readonly string[]> {
  const { filter, orderBy = [] } = asked;
  const query = { ...(filter !== undefined && { filter }), orderBy };
  switch (asked.of) {
    case 'runs': {
      const { items } = await workspace.runs.search({ experimentIds: ['0'], ...query });
      return items.map(({ info }) => info.run_name);
    }
    case 'experiments':
      return (await workspace.experiments.search(query)).items.map(({ name }) => name);
    case 'models':
      return (await workspace.models.searchRegisteredModels(query)).items.map(({ name }) => name);
    case 'versions': {
      const { items } = await workspace.models.searchVersions(query);
      return items.map(({ name, version }) => `${name}:${version}`);
    }
    default:
      return askLoggedModels(workspace, asked);
  }
}

async function askLoggedModels(
  { loggedModels }: Workspace,
  { filter, datasets = [], order }: SearchCase,
): Promise<readonly string[]> {
  const [fieldName, ascending, datasetName] = order ?? [];
  const { items } = await loggedModels.search({
    experimentIds: ['0'],
    filter,
    datasets: datasets.map(([name, digest]) => ({ name, digest: digest ?? undefined })),
    orderBy:
      fieldName === undefined
        ? []
        : [{ fieldName, ascending, datasetName: datasetName ?? undefined }],
  });
  return items.map(({ info }) => info.name);
}
