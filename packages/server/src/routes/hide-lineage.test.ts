import type { ModelLineage } from '@ridgeline/workspace';
import { expect, test } from 'vitest';
import { shownModelLineage } from './hide-lineage.ts';

const logged = (modelId: string, experimentId: string) => ({
  ...{ modelId, name: `name of ${modelId}`, experimentId, runId: `run of ${modelId}` },
});
const lineage: ModelLineage = {
  ...{ model: { name: 'm', version: '1' }, run: null, git: null, build: null, upstream: [] },
  ...{ data: [], datasets: [], uris: [], models: [] },
  loggedModel: logged('m-1', '1'),
  loggedModels: [logged('m-2', '1'), logged('m-3', '2')],
};
const hiding = (...ids: readonly string[]) => ({
  ...{ experimentIds: new Set(ids), modelNames: new Set<string>() },
});

test('of a logged model of a hidden experiment only the id is told', () => {
  const nothing = { name: null, experimentId: null, runId: null };
  expect(shownModelLineage(lineage, hiding('1'))).toEqual({
    ...lineage,
    loggedModel: { modelId: 'm-1', ...nothing },
    loggedModels: [{ modelId: 'm-2', ...nothing }, logged('m-3', '2')],
  });
  expect(shownModelLineage(lineage, hiding())).toEqual(lineage);
});
