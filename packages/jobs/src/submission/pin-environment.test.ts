// Environments that stand within a job, as they are found when it is submitted.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Lab, type OpenEngine } from '../test/lab.ts';
import { submissionOf } from '../test/pipelines.ts';
import { resolveSubmission } from './resolve-submission.ts';
import type { JobSubmission } from './submission.ts';

let lab: Lab;
let open: OpenEngine;

beforeEach(async () => {
  lab = await Lab.make();
  open = await lab.open();
});
afterEach(() => lab.dispose());

const conda = 'dependencies: [python=3.11, {pip: [six]}]';

async function pinned(environment: unknown, condaFiles?: JobSubmission['condaFiles']) {
  const submission = submissionOf({ command: 'true', environment }, condaFiles && { condaFiles });
  const { resolvedInputs } = await resolveSubmission(open.workspace, submission);
  return Object.values(resolvedInputs.environments ?? {});
}

test('one from a file and one with the same content are one environment', async () => {
  const [fromFile = ''] = await pinned(
    { image: 'a', conda_file: 'conda.yml' },
    { 'conda.yml': conda },
  );
  const data = { dependencies: ['python=3.11', { pip: ['six'] }] };
  expect(await pinned({ conda_file: data })).toEqual([fromFile]);
  const [, name = '', version = ''] = fromFile.split(':');
  expect(await open.workspace.environments.get(name, version)).toMatchObject({
    requirements: ['six'],
  });
});

test.each([
  [{ conda_file: 'conda.yml' }, {}, 'JOB_UPLOAD_MISSING', "'conda.yml' was not sent"],
  [{ conda_file: 'c' }, { c: '- a' }, 'JOB_DEFINITION_INVALID', 'c:1:1'],
  [{ conda_file: { a: 1 } }, {}, 'ENVIRONMENT_INVALID', "'CliV2AnonymousEnvironment'"],
  [{ image: 'python:3' }, {}, 'JOB_DEFINITION_INVALID', "add a 'conda_file'"],
])('%j cannot be used, and the job is refused', async (environment, files, code, message) => {
  await expect(pinned(environment, files)).rejects.toMatchObject({
    code,
    message: expect.stringContaining(message),
  });
});
