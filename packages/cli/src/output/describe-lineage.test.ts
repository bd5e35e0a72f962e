import type { LineageRun, ModelLineage } from '@ridgeline/client';
import { expect, it } from 'vitest';
import { describeDataLineage, describeModelLineage } from './describe-lineage.ts';

const run: LineageRun = {
  ...{ runId: 'r1', runName: 'train', experimentId: '0', experimentName: 'Default' },
  ...{ jobId: 'j1', step: 'fit', reusedFrom: null },
};
const nothing: ModelLineage = {
  ...{ model: { name: 'm', version: '1' }, run: null, git: null, build: null },
  ...{ data: [], datasets: [], uris: [], models: [], upstream: [] },
  ...{ loggedModel: null, loggedModels: [] },
};
const commit = 'c0ffee';

it('what is not known is said to be unknown', () => {
  expect(describeModelLineage(nothing)).toBe(
    'comes from\n├─ run      unknown\n├─ commit   unknown\n├─ build    unknown\n└─ data     unknown',
  );
  const git = { commit, branch: null, repository: null, isDirty: null };
  const gone = { ...run, runName: null, jobId: null, step: null };
  expect(describeModelLineage({ ...nothing, run: gone, git })).toContain(
    '├─ run      r1\n├─ commit   c0ffee (unknown whether it was changed)\n',
  );
});

it('a model is shown with all that it comes from', () => {
  const lineage: ModelLineage = {
    ...{ model: { name: 'm', version: '1' }, run: { ...run, reusedFrom: 'r0' } },
    git: { commit, branch: 'main', repository: 'https://git.example/r', isDirty: true },
    build: { id: '7', uri: 'https://ci.example/7' },
    data: [{ name: 'sales', version: '2' }],
    datasets: [{ name: 'iris', digest: 'abc', sourceType: 'local' }],
    uris: ['azureml://datastores/d/paths/p'],
    models: [{ name: 'base', version: '3' }],
    loggedModel: { modelId: 'm-1', name: 'ridge', experimentId: '0', runId: 'r1' },
    loggedModels: [{ modelId: 'm-2', name: null, experimentId: null, runId: null }],
    upstream: [{ ...run, runId: 'r2', runName: 'prepare', step: null }],
  };
  expect(describeModelLineage(lineage).split('\n')).toEqual([
    'comes from',
    '├─ run      train r1, step fit of job j1, reused from run r0',
    '├─ model    ridge m-1',
    '├─ commit   c0ffee (main, https://git.example/r, with changes that are in no commit)',
    '├─ build    7 (https://ci.example/7)',
    '├─ data     sales:2',
    '├─ dataset  iris (digest abc)',
    '├─ data     azureml://datastores/d/paths/p',
    '├─ model    base:3',
    '├─ model    m-2',
    '└─ after    prepare r2, job j1',
  ]);
});

it('data is shown with what was made of it, and of long lists the first', () => {
  const data = { name: 'sales', version: '1', id: 'x' };
  const none = { data, producedBy: null, models: [], runs: [] };
  expect(describeDataLineage(none)).toBe('lineage\n└─ model    none was made from it');
  const runs = Array.from({ length: 40 }, (_, index) => ({ ...run, runId: `r${index}` }));
  const models = [{ name: 'm', version: '1', runId: null }];
  const lines = describeDataLineage({ data, producedBy: run, models, runs }).split('\n');
  expect(lines.slice(0, 3)).toEqual([
    'lineage',
    '├─ made by  train r1, step fit of job j1',
    '├─ model    m:1',
  ]);
  expect(lines).toHaveLength(22);
  expect(lines.at(-1)).toBe('└─ and 22 more: --json shows them');
});
