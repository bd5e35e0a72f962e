// Logged models in the lineage of versions: what they were registered from, and what went into them.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { openWorkspace, type Workspace } from '../workspace.ts';
import { loggedModelSourcesMigration } from './logged-model-sources-migration.ts';

let workspace: Workspace;
let now: number;

beforeEach(async () => {
  now = 1_000;
  workspace = await openWorkspace({ folder: await temporaryFolder(), clock: () => now });
  await workspace.models.createRegisteredModel({ name: 'm' });
});
afterEach(() => workspace.close());

const newRun = async () => (await workspace.runs.create({ experimentId: '0' })).info.run_id;

async function newModel(name: string, sourceRunId: string): Promise<string> {
  const made = await workspace.loggedModels.create({ experimentId: '0', name, sourceRunId });
  return made.info.model_id;
}

async function register(source: string, more: { readonly modelId?: string } = {}) {
  const { version } = await workspace.models.createVersion({ name: 'm', source, ...more });
  return () => workspace.lineage.ofModelVersion('m', version);
}

const from = (runId: string) =>
  ({ kind: 'run', name: runId, version: 'out', input: 'in' }) as const;

test('a version knows the logged model that it was registered from, however that was said', async () => {
  const runId = await newRun();
  const modelId = await newModel('ridge', runId);
  const loggedModel = { modelId, name: 'ridge', experimentId: '0', runId };
  const byName = await register(`models:/${modelId}`);
  await workspace.runs.logInputs(runId, [], [modelId]);
  expect(await byName()).toMatchObject({ loggedModel, run: { runId }, loggedModels: [] });
  const byId = await register(`runs:/${await newRun()}/model`, { modelId });
  expect(await byId()).toMatchObject({ loggedModel, upstream: [{ runId }] });
});

test('a version knows the logged models that its run and the steps before it have taken in', async () => {
  const { runs, lineage } = workspace;
  const maker = await newRun();
  const [base, other] = [await newModel('base', maker), await newModel('other', maker)];
  const [first, second] = [await newRun(), await newRun()];
  await runs.logInputs(first, [], [base, base]);
  await lineage.noteSources(second, [from(first)]);
  const lineageOf = await register(`runs:/${second}/model`);
  const known = { modelId: base, name: 'base', experimentId: '0', runId: maker };
  expect((await lineageOf()).loggedModels).toEqual([known]);
  // Also what is logged after the registration.
  await runs.logInputs(second, [], [other]);
  const both = [known, { modelId: other, name: 'other', experimentId: '0', runId: maker }];
  expect(new Set((await lineageOf()).loggedModels)).toEqual(new Set(both));
});

test('what is known stays when the models and the runs on the way are removed', async () => {
  const { runs, loggedModels, lineage, garbage } = workspace;
  const base = await newModel('base', await newRun());
  const [first, second] = [await newRun(), await newRun()];
  await runs.logInputs(first, [], [base]);
  await lineage.noteSources(second, [from(first)]);
  const lineageOf = await register(`runs:/${second}/model`);
  const { loggedModels: before } = await lineageOf();
  expect(before).toMatchObject([{ modelId: base, name: 'base' }]);
  await loggedModels.delete(base);
  await runs.delete(first);
  now += 1_000;
  expect(await garbage.collect({ olderThanMs: 0 })).toMatchObject({ loggedModels: 1, runs: 1 });
  expect((await lineageOf()).loggedModels).toEqual(before);
  // One that is registered later has at least the id.
  const later = await register(`runs:/${second}/model`);
  expect((await later()).loggedModels).toEqual([
    { modelId: base, name: null, experimentId: null, runId: null },
  ]);
});

test('what was taken in before lineage knew of it is known, and kept', async () => {
  const { database, runs, loggedModels, garbage } = workspace;
  const runId = await newRun();
  const base = await newModel('base', runId);
  await runs.logInputs(runId, [], [base]);
  const lineageOf = await register(`runs:/${runId}/model`);
  await database.write(async (writer) => {
    await writer.deleteFrom('run_sources').execute();
    const { facts } = await writer
      .selectFrom('model_version_lineage')
      .select('facts')
      .executeTakeFirstOrThrow();
    const { loggedModel: _, loggedModels: __, ...old } = JSON.parse(facts);
    const kept = { facts: JSON.stringify(old) };
    await writer.updateTable('model_version_lineage').set(kept).execute();
    await loggedModelSourcesMigration.up(writer as never);
  });
  const known = [{ modelId: base, name: 'base', experimentId: '0', runId }];
  expect((await lineageOf()).loggedModels).toEqual(known);
  await loggedModels.delete(base);
  now += 1_000;
  await garbage.collect({ olderThanMs: 0 });
  expect((await lineageOf()).loggedModels).toEqual(known);
});
