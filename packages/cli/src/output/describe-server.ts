// What a person needs to know of a server that has just started: addresses, token, a first call.
import { ApiError, type RidgelineClient } from '@ridgeline/client';
import type { RunningServer } from '@ridgeline/server';
import { style } from './style.ts';
import { formatFields } from './table.ts';

export async function describeServer(
  { url, token, folder, runsEngines }: RunningServer,
  client: RidgelineClient,
  /** What else there is to do, if anything. */
  goOn = '',
): Promise<string> {
  const fields = formatFields([
    ['workspace', folder],
    ['server', url],
    ['api', `${url}/openapi.json`],
    ['mlflow', `MLFLOW_TRACKING_URI=${url}`],
    ['token', token],
    ...(runsEngines ? [] : [['engines', 'run by another server of this workspace'] as const]),
  ]);
  const calls = runsEngines ? [await scoringCall(client), await trainingCall(client, token)] : [];
  const first = `curl -H 'Authorization: Bearer ${token}' ${url}/api/v1/jobs`;
  const shown = calls.filter((call) => call !== null);
  const call = shown.length === 0 ? first : shown.join('\n\n');
  const parts = [fields, call, goOn, style.dim('Ctrl-C stops the server.')];
  return `\n${parts.filter((part) => part !== '').join('\n\n')}`;
}

/** Starts the pipeline that was published first, as any caller of Azure ML's first SDK would. */
async function trainingCall(client: RidgelineClient, token: string): Promise<string | null> {
  const endpoint = (await client.pipelineEndpoints.list()).at(-1);
  if (endpoint === undefined) return null;
  return [
    style.dim(`Start ${endpoint.name} again:`),
    `curl -X POST -H 'Authorization: Bearer ${token}' -H 'Content-Type: application/json' \\`,
    `  -d '{}' '${endpoint.restEndpoint}'`,
  ].join('\n');
}

/** A call of the first endpoint that works as pasted: its body is the example of its own swagger. */
async function scoringCall(client: RidgelineClient): Promise<string | null> {
  const [first] = await client.endpoints.list();
  if (first === undefined) return null;
  // A server that has just started may still be starting what it served before, or be kept from it.
  const endpoint = await client.endpoints
    .wait(first.name, { timeoutMs: 30_000 })
    .catch((error: unknown) => {
      if (error instanceof ApiError && error.code === 'WAIT_TIMEOUT') return null;
      throw error;
    });
  if (!endpoint?.deployments.some(({ state }) => state === 'Ready')) return null;
  const { primaryKey } = await client.endpoints.keys(endpoint.name);
  const example = await exampleRequest(endpoint.swaggerUri, primaryKey);
  if (example === undefined) return null;
  return [
    style.dim(`Score with ${endpoint.name}:`),
    `curl -H 'Authorization: Bearer ${primaryKey}' -H 'Content-Type: application/json' \\`,
    `  -d '${JSON.stringify(example)}' \\`,
    `  ${endpoint.scoringUri}`,
  ].join('\n');
}

async function exampleRequest(swaggerUri: string, key: string): Promise<unknown> {
  const answer = await fetch(swaggerUri, { headers: { authorization: `Bearer ${key}` } });
  if (!answer.ok) return undefined;
  const document = (await answer.json()) as {
    definitions?: { ServiceInput?: { example?: unknown } };
  };
  return document.definitions?.ServiceInput?.example;
}
