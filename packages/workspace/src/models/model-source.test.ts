import { describe, expect, test } from 'vitest';
import { artifactOf, checkSource, loggedModelIdOf } from './model-source.ts';

const runId = 'a'.repeat(32);

describe('the files that a source names', () => {
  test.each([
    `runs:/${runId}/model`,
    `runs:/${runId}/model/`,
    `mlflow-artifacts:/0/${runId}/artifacts/model`,
    `mlflow-artifacts://localhost:5000/0/${runId}/artifacts/model`,
  ])('%s is the folder model of the run', (source) => {
    expect(checkSource(source)).toBe(source);
    expect(artifactOf(source)).toEqual({ ownerId: runId, path: 'model' });
  });

  test('a path may have parts', () => {
    expect(artifactOf(`runs:/${runId}/a/b c/ü`)).toEqual({ ownerId: runId, path: 'a/b c/ü' });
  });

  const modelId = `m-${'b'.repeat(32)}`;

  test.each([
    [`models:/${modelId}`, undefined],
    [`mlflow-artifacts:/0/models/${modelId}/artifacts`, undefined],
    [`mlflow-artifacts://host/7/models/${modelId}/artifacts/sub`, 'sub'],
  ])('%s are files of a logged model', (source, path) => {
    expect(checkSource(source)).toBe(source);
    expect(artifactOf(source)).toEqual({ ownerId: modelId, path });
    expect(loggedModelIdOf(source)).toBe(modelId);
  });

  test.each(['s3://bucket/model', 'https://example.com/m', 'models:/m-1', 'dbfs:/x'])(
    '%s is kept, and is nothing of this workspace',
    (source) => {
      expect(checkSource(source)).toBe(source);
      expect(artifactOf(source)).toBeNull();
    },
  );

  test.each([
    ['', 'must not be empty'],
    ['/etc', 'must be like runs:/<run id>/<path>'],
    ['./model', 'must be like'],
    ['C:\\models', 'must be like'],
    ['file:///etc', 'must be like'],
    ['FILE:/etc', 'must be like'],
    [`runs:/${runId}`, "names no path of a run's artifacts"],
    [`runs:/${runId}/`, "names no path of a run's artifacts"],
    ['mlflow-artifacts:/0/model', "names no path of a run's artifacts"],
    [`runs:/${runId}/../../secrets.key`, "it has a part '..'"],
    [`runs:/${runId}/a/./b`, "it has a part '.'"],
    [`runs:/${runId}//etc`, 'it is absolute'],
    [`mlflow-artifacts:/0/${runId}/artifacts/../../../x`, "it has a part '..'"],
    [`runs:/${runId}/${'x'.repeat(500)}`, 'at most 500'],
    [5, 'must be a string'],
  ])('%s is refused: %s', (source, problem) => {
    expect(() => checkSource(source)).toThrow(problem);
  });
});
