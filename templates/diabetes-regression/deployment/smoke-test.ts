// Asks a deployed endpoint for two predictions and checks what comes back:
// node deployment/smoke-test.ts --endpoint NAME [--tries N]

import { parseArgs } from 'node:util';
import { clientFromEnvironment, type RidgelineClient } from '@ridgeline/client';
import { ProjectError } from '../shared/project-error.ts';
import { runStep } from '../shared/run-step.ts';
import { callService } from './call-service.ts';

const body = {
  data: [
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    [10, 9, 8, 7, 6, 5, 4, 3, 2, 1],
  ],
};
const logTailLines = 20;

export interface SmokeTestOptions {
  readonly endpoint: string;
  /** 1 or more. */
  readonly tries: number;
  /** Between two tries. */
  readonly pauseMs: number;
}

type Endpoints = Pick<RidgelineClient['endpoints'], 'get' | 'keys' | 'logs'>;

/** @throws ProjectError SMOKE_TEST_FAILED, after showing the end of the endpoint's log. */
export async function smokeTest(endpoints: Endpoints, options: SmokeTestOptions): Promise<void> {
  const { endpoint, tries, pauseMs } = options;
  console.log('Fetching service');
  const { scoringUri: url } = await endpoints.get(endpoint);
  const { primaryKey: key } = await endpoints.keys(endpoint);
  console.log('Testing service');
  console.log(`. url: ${url}`);
  try {
    const answer = await callService({ url, key, body, tries, pauseMs });
    console.log('Verifying service output');
    verify(answer);
  } catch (error) {
    await showLogTail(endpoints, endpoint);
    throw error;
  }
  console.log('Smoke test successful.');
}

function verify(answer: unknown): void {
  const { result } = Object(answer) as { readonly result?: unknown };
  const expected = body.data.length;
  if (Array.isArray(result) && result.length === expected && result.every(Number.isFinite)) return;
  throw new ProjectError(
    'SMOKE_TEST_FAILED',
    `expected a result of ${expected} numbers, and the service answered ${JSON.stringify(answer)}`,
  );
}

async function showLogTail(endpoints: Endpoints, endpoint: string): Promise<void> {
  const log = await endpoints.logs(endpoint).catch((error: unknown) => `(no log: ${error})`);
  console.error(`The end of the log of endpoint ${endpoint}:`);
  for (const line of log.trimEnd().split('\n').slice(-logTailLines)) console.error(`  ${line}`);
}

function readOptions(): SmokeTestOptions {
  const { values } = parseArgs({
    options: { endpoint: { type: 'string' }, tries: { type: 'string', default: '600' } },
  });
  const tries = Number(values.tries);
  if (values.endpoint && Number.isInteger(tries) && tries >= 1) {
    return { endpoint: values.endpoint, tries, pauseMs: 1000 };
  }
  throw new ProjectError(
    'FLAG_MISSING',
    'usage: node deployment/smoke-test.ts --endpoint NAME [--tries N], N from 1 on',
  );
}

if (import.meta.main) {
  await runStep(async () => {
    const options = readOptions();
    await smokeTest(clientFromEnvironment().endpoints, options);
  });
}
