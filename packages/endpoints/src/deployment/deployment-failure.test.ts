import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DeploymentRecord } from '../store/endpoint-record.ts';
import { crashLoopFailure, startFailure, startNote } from './deployment-failure.ts';

const deployment: DeploymentRecord = {
  generation: 1,
  name: 'blue',
  modelName: 'm',
  modelVersion: '3',
  codeId: null,
  scoringScript: null,
  environmentVariables: {},
  traffic: 0,
  state: 'Starting',
};

let folder: string;
let logPath: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deployment-failure-'));
  logPath = join(folder, 'log');
});
afterEach(() => rm(folder, { recursive: true }));

it("names deployment, model, cause and the process's own words, with the log of the last start", async () => {
  const lines = [
    startNote,
    'error OLD: old',
    startNote,
    'loading',
    'error SCORING_X: no x',
    ' at y',
  ];
  await writeFile(logPath, lines.map((line) => `${line}\n`).join(''));
  expect(await startFailure(deployment, 'it exited with code 1', logPath)).toEqual({
    code: 'DEPLOYMENT_START_FAILED',
    message:
      "deployment 'blue' (model 'm', version 3) could not be started: it exited with code 1 " +
      '(error SCORING_X: no x)',
    details: 'loading\nerror SCORING_X: no x\n at y\n',
  });
});

it('does without a log', async () => {
  expect(await crashLoopFailure(deployment, 6, 'it was killed by SIGKILL', logPath)).toEqual({
    code: 'DEPLOYMENT_CRASH_LOOP',
    message:
      "deployment 'blue' (model 'm', version 3) crashed 6 times in a row and is not started " +
      'again: it was killed by SIGKILL. Update the endpoint to try again',
    details: '',
  });
});

it('keeps the end of a long log', async () => {
  await writeFile(logPath, `${startNote}\n${'a long line\n'.repeat(10_000)}the end\n`);
  const { details } = await startFailure(deployment, 'x', logPath);
  expect(details).toMatch(/^a long line\n(a long line\n)*the end\n$/);
  expect(details.length).toBeLessThanOrEqual(4000);
});
