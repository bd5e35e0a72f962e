import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { useTemporaryDatabase } from '../database/temporary-database.fixture.ts';
import { Models } from '../models/models.ts';
import { Runs } from '../runs/runs.ts';
import type { LineageParts } from './gather-lineage.ts';
import { lineageBackfillMigration } from './lineage-backfill-migration.ts';
import { Lineages } from './lineages.ts';
import { mergeLineage } from './version-lineage.ts';

const temporary = useTemporaryDatabase();

function open() {
  const { database } = temporary;
  const artifacts = { localPath: async () => '' };
  const models = new Models({ database, artifacts });
  return { database, models, runs: new Runs({ database }), lineage: new Lineages(database) };
}

async function newRun(runs: Runs, tags: Readonly<Record<string, string>> = {}): Promise<string> {
  return (await runs.create({ experimentId: '0', tags })).info.run_id;
}

const taken = (name: string) => ({ kind: 'data', name, version: '1', input: 'in' }) as const;
const from = (runId: string) =>
  ({ kind: 'run', name: runId, version: 'out', input: 'in' }) as const;

describe('what a model was made of', () => {
  it('is what a walk over all steps before it finds, in whatever shape they stand', async () => {
    const { models, runs, lineage } = open();
    await models.createRegisteredModel({ name: 'm' });
    const size = 7;
    // Of each step the steps that it takes from, itself and later ones too: a circle ends.
    const graph = fc.array(fc.array(fc.nat(size - 1), { maxLength: 3 }), {
      ...{ minLength: size, maxLength: size },
    });
    await fc.assert(
      fc.asyncProperty(graph, async (needs) => {
        const ids = await Promise.all(needs.map(() => newRun(runs)));
        const idOf = (step: number) => ids[step] ?? '';
        for (const [step, before] of needs.entries()) {
          const sources = [taken(`data-${step}`), ...before.map((each) => from(idOf(each)))];
          await lineage.noteSources(idOf(step), sources);
        }
        const reached = new Set([0]);
        for (const step of reached) for (const each of needs[step] ?? []) reached.add(each);
        const source = `runs:/${idOf(0)}/model`;
        const { version } = await models.createVersion({ name: 'm', source });
        const found = await lineage.ofModelVersion('m', version);
        const names = [...reached].map((step) => `data-${step}`).sort();
        expect(found.data.map(({ name }) => name).sort()).toEqual(names);
        const others = [...reached].filter((step) => step !== 0).map(idOf);
        expect(found.upstream.map(({ runId }) => runId).sort()).toEqual(others.sort());
      }),
      { numRuns: 15 },
    );
  });

  it('is said by the nearest run that says it, and by nobody where none does', async () => {
    const { models, runs, lineage } = open();
    await models.createRegisteredModel({ name: 'm' });
    const root = await newRun(runs, {
      ...{ 'ridgeline.job': 'pipeline', BuildId: '7' },
      ...{ 'mlflow.source.git.commit': 'far', 'azureml.git.dirty': 'True' },
    });
    const near = { 'ridgeline.step': 'train', 'mlflow.source.git.commit': 'near' };
    const child = await newRun(runs, { ...near, 'mlflow.parentRunId': root });
    await models.createVersion({ name: 'm', source: `runs:/${child}/model` });
    expect(await lineage.ofModelVersion('m', '1')).toMatchObject({
      run: { runId: child, jobId: root, step: 'train' },
      git: { commit: 'near', branch: null, isDirty: true },
      build: { id: '7', uri: null },
    });
    await models.createVersion({ name: 'm', source: 's3://bucket/model' });
    expect(await lineage.ofModelVersion('m', '2')).toEqual({
      ...{ model: { name: 'm', version: '2' }, run: null, git: null, build: null },
      ...{ data: [], datasets: [], uris: [], models: [], upstream: [] },
      ...{ loggedModel: null, loggedModels: [] },
    });
  });

  it('is of the build whose job has submitted the job, whatever a tag says', async () => {
    const { models, runs, lineage } = open();
    await models.createRegisteredModel({ name: 'm' });
    const tags = { 'ridgeline.job': 'command', BuildId: '99' };
    const { info } = await runs.create({ experimentId: '0', tags, userId: 'build:12 train' });
    await models.createVersion({ name: 'm', source: `runs:/${info.run_id}/model` });
    expect((await lineage.ofModelVersion('m', '1')).build).toEqual({ id: '12', uri: null });
  });

  it('goes along with the model’s name, and with the version', async () => {
    const { database, models, runs, lineage } = open();
    await models.createRegisteredModel({ name: 'm' });
    const runId = await newRun(runs);
    await lineage.noteSources(runId, [taken('d')]);
    await models.createVersion({ name: 'm', source: `runs:/${runId}/model` });
    await models.renameRegisteredModel('m', 'n');
    expect((await lineage.ofModelVersion('n', '1')).data).toEqual([{ name: 'd', version: '1' }]);
    await models.deleteVersion('n', '1');
    await expect(lineage.ofModelVersion('n', '1')).rejects.toMatchObject({ status: 404 });
    const left = database.kysely.selectFrom('model_version_sources').selectAll();
    expect(await left.execute()).toEqual([]);
  });
});

describe('what was known before', () => {
  const text = fc.constantFrom('a', 'b', 'c');
  const maybe = fc.option(text, { nil: null });
  const run = fc.record({
    ...{ runId: text, runName: maybe, experimentId: maybe, experimentName: maybe },
    ...{ jobId: maybe, step: maybe, reusedFrom: maybe },
  });
  const loggedModel = fc.record({
    ...{ modelId: text, name: maybe, experimentId: maybe, runId: maybe },
  });
  const ref = fc.record({ name: text, version: text });
  const distinctRuns = fc.uniqueArray(run, { selector: ({ runId }) => runId });
  const any: fc.Arbitrary<LineageParts> = fc.record({
    run: fc.option(run, { nil: null }),
    git: fc.constant(null),
    build: fc.option(fc.record({ id: text, uri: maybe }), { nil: null }),
    data: fc.uniqueArray(ref, { selector: (each) => JSON.stringify(each) }),
    datasets: fc.constant([]),
    uris: fc.uniqueArray(text),
    models: fc.constant([]),
    loggedModel: fc.option(loggedModel, { nil: null }),
    loggedModels: fc.uniqueArray(loggedModel, { selector: ({ modelId }) => modelId }),
    upstream: distinctRuns,
  });
  /** A run is not before itself. */
  const parts = any.map(({ run: own, upstream, ...rest }) => {
    const others = upstream.filter(({ runId }) => runId !== own?.runId);
    return { ...rest, run: own, upstream: others };
  });

  it('is never lost, and never said twice', () => {
    fc.assert(
      fc.property(parts, parts, (now, before) => {
        const merged = mergeLineage(now, before);
        expect(mergeLineage(merged, before)).toEqual(merged);
        for (const each of [...now.data, ...before.data]) expect(merged.data).toContainEqual(each);
        expect(new Set(merged.data.map((each) => JSON.stringify(each))).size).toBe(
          merged.data.length,
        );
        const ids = merged.upstream.map(({ runId }) => runId);
        expect(new Set(ids).size).toBe(ids.length);
        for (const { runId } of [...now.upstream, ...before.upstream]) expect(ids).toContain(runId);
        const models = merged.loggedModels.map(({ modelId }) => modelId);
        expect(new Set(models).size).toBe(models.length);
        for (const { modelId, name } of [...now.loggedModels, ...before.loggedModels]) {
          expect(models).toContain(modelId);
          const kept = merged.loggedModels.find((each) => each.modelId === modelId);
          if (name !== null) expect(kept?.name).not.toBeNull();
        }
        expect(merged.loggedModel === null).toBe(
          now.loggedModel === null && before.loggedModel === null,
        );
        expect(merged.run === null).toBe(now.run === null && before.run === null);
      }),
    );
  });
});

it('what was there before lineage was kept has it as far as it was noted', async () => {
  const { database, models, runs, lineage } = open();
  await models.createRegisteredModel({ name: 'm' });
  const runId = await newRun(runs);
  const ours = {
    ...{ name: 'sales', digest: 'abc', source_type: 'ridgeline' },
    source: JSON.stringify({ uri: 'azureml://x', version: '3' }),
  };
  const theirs = { name: 'iris', digest: 'def', source_type: 'local', source: '{}' };
  const broken = { ...ours, digest: 'x', source: 'no JSON' };
  await runs.logInputs(runId, [{ dataset: ours }, { dataset: theirs }, { dataset: broken }]);
  const source = `mlflow-artifacts:/0/${runId}/artifacts/model`;
  await models.createVersion({ name: 'm', source });
  await models.createVersion({ name: 'm', source: 's3://x', runId: 'no run of ours' });
  await database.write(async (writer) => {
    const tables = ['run_sources', 'model_version_sources', 'model_version_lineage'] as const;
    for (const table of tables) await writer.deleteFrom(table).execute();
    await lineageBackfillMigration.up(writer as never);
  });
  expect(await lineage.ofModelVersion('m', '1')).toMatchObject({
    run: { runId },
    data: [{ name: 'sales', version: '3' }],
    datasets: [{ name: 'iris', digest: 'def', sourceType: 'local' }],
  });
  expect(await lineage.ofModelVersion('m', '2')).toMatchObject({
    run: { runId: 'no run of ours', runName: null },
  });
  const rows = database.kysely.selectFrom('model_version_sources').select(['kind', 'source_name']);
  expect(
    (await rows.where('version', '=', 1).orderBy('kind').execute()).map((r) => r.kind),
  ).toEqual(['data', 'dataset', 'run']);
});
