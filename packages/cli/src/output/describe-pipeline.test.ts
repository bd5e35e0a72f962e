import { execFileSync } from 'node:child_process';
import type { PipelineEndpoint, PublishedPipeline } from '@ridgeline/client';
import { expect, test } from 'vitest';
import {
  describePipelineEndpoint,
  describePublished,
  describePublishedPipeline,
} from './describe-pipeline.ts';

const address = 'http://127.0.0.1:5757/pipelines/v1.0/PipelineSubmit/id-1';
const pipeline: PublishedPipeline = {
  id: 'id-1',
  name: 'diabetes-Training-Pipeline',
  version: '7',
  description: 'Model training/retraining pipeline',
  status: 'Active',
  experimentName: 'mlopspython',
  parameters: [
    {
      name: 'model_name',
      type: 'string',
      default: "Ann's $HOME",
      required: false,
      description: null,
    },
    { name: 'alpha', type: 'number', default: null, required: true, description: 'how much' },
    { name: 'note', type: 'string', default: null, required: false, description: null },
  ],
  steps: ['train', 'evaluate'],
  createdBy: 'ann',
  createdAt: '2026-07-01T00:00:00.000Z',
  updatedAt: '2026-07-01T00:00:00.000Z',
  restEndpoint: address,
};

test('a publication begins with the two lines that scripts look for', () => {
  expect(describePublished(pipeline, pipeline.restEndpoint).split('\n').slice(0, 2)).toEqual([
    'Published pipeline: diabetes-Training-Pipeline',
    'for build 7',
  ]);
});

test('the call can be pasted into a shell, whatever its values hold', () => {
  const text = describePublished(pipeline, pipeline.restEndpoint);
  const call = text.slice(text.indexOf('curl '));
  const printed = execFileSync('/bin/sh', ['-c', `curl() { printf '%s\\0' "$@"; }; ${call}`], {
    env: { RIDGELINE_TOKEN: 'the token' },
  });
  const words = printed.toString().split('\0');
  expect(words).toContain('Authorization: Bearer the token');
  expect(words).toContain(address);
  const body = JSON.parse(words[words.indexOf('-d') + 1] ?? '');
  expect(body.ParameterAssignments).toEqual({ model_name: "Ann's $HOME", alpha: 'VALUE' });
});

test('a pipeline shows its parameters, and which of them have to be given', () => {
  const text = describePublishedPipeline(pipeline);
  expect(text).toMatch(/^steps +train → evaluate$/m);
  expect(text).toMatch(/^published +2026-07-01 00:00:00Z by ann$/m);
  expect(text).toMatch(/^alpha +number +\(required\) +how much$/m);
  expect(text).toMatch(/^note +string +-$/m);
});

test('an endpoint shows its versions, and which is its default', () => {
  const endpoint: PipelineEndpoint = {
    id: 'e',
    name: 'training',
    description: '',
    status: 'Active',
    defaultVersion: '1',
    versions: [
      { version: '0', pipelineId: 'p-0' },
      { version: '1', pipelineId: 'p-1' },
    ],
    createdBy: '',
    createdAt: '2026-07-01T00:00:00.000Z',
    updatedAt: '2026-07-01T00:00:00.000Z',
    restEndpoint: 'http://127.0.0.1:5757/e',
  };
  const text = describePipelineEndpoint(endpoint);
  expect(text).toMatch(/^0 +p-0$/m);
  expect(text).toMatch(/^1 +p-1 +yes$/m);
  expect(text).toContain("'http://127.0.0.1:5757/e'");
});
