// The calls of the article and of Azure ML's documents, made by the programs that people make them
// with: only the host and the token are others.
import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LivePipeline, startLivePipeline } from '../../test/live-pipelines.ts';
import { until } from '../../test/until.ts';

const run = promisify(execFile);

let live: LivePipeline;
beforeAll(async () => {
  live = await startLivePipeline();
});
afterAll(() => live.server.close());

/** How a run has ended, and what its step has printed. */
async function endOf(id: string): Promise<{ readonly status: unknown; readonly log: string }> {
  const job = await until(`run ${id} has ended`, async () => {
    const found = await live.ask('GET', `/api/v1/jobs/${id}`);
    return found.endedAt === null ? null : found;
  });
  const { url, token } = live.server;
  const headers = { authorization: `Bearer ${token}` };
  const log = await fetch(`${url}/api/v1/jobs/${id}/steps/say/log`, { headers });
  return { status: job.status, log: await log.text() };
}

async function has(program: string, ...words: readonly string[]): Promise<boolean> {
  return run(program, [...words]).then(
    () => true,
    () => false,
  );
}

const hasCurl = await has('curl', '--version');

describe.skipIf(!hasCurl)('curl (skipped where there is none)', () => {
  const curl = async (...words: readonly string[]) =>
    (await run('curl', ['-sS', '-w', '\n%{http_code}', ...words])).stdout.split('\n');

  test.each([
    ['the address of a pipeline', () => live.pipelineAddress],
    ['the address of an endpoint', () => live.endpointAddress],
    ['the oldest address', () => live.pipelineAddress.replace('/pipelines/v1.0', '/api/v1.0')],
  ])('starts a run by %s', async (_what, address) => {
    const body = { ExperimentName: 'by-curl', ParameterAssignments: { model_name: 'curl' } };
    const [answer = '', status] = await curl(
      ...['-X', 'POST', '-H', `Authorization: Bearer ${live.server.token}`],
      ...['-H', 'Content-Type: application/json', '-d', JSON.stringify(body), address()],
    );
    expect(status).toBe('200');
    const { Id, PipelineRunId } = JSON.parse(answer);
    expect(PipelineRunId).toBe(Id);
    expect(await endOf(Id)).toEqual({ status: 'Completed', log: 'curl 0.5\n' });
  });

  test('starts a run with nothing but a token', async () => {
    const token = ['-H', `Authorization: Bearer ${live.server.token}`];
    for (const body of [
      ['-X', 'POST'],
      ['-d', ''],
      ['-d', '{}'],
    ]) {
      const [answer = '', status] = await curl(...token, ...body, live.endpointAddress);
      expect(status).toBe('200');
      expect(await endOf(JSON.parse(answer).Id)).toEqual({
        status: 'Completed',
        log: 'model 0.5\n',
      });
    }
  });

  test('is told 401 without a token', async () => {
    const [answer = '', status] = await curl('-d', '{}', live.endpointAddress);
    expect(status).toBe('401');
    expect(JSON.parse(answer)).toMatchObject({ Error: { Code: 'Unauthenticated' } });
  });
});

const python = (await has('python3', '--version')) ? 'python3' : null;
const hasRequests = python !== null && (await has(python, '-c', 'import requests'));

/** The article's lines. */
const withRequests = `
import json, requests, sys
rest_endpoint, token = sys.argv[1:3]
headers = {"Authorization": f"Bearer {token}"}
response = requests.post(rest_endpoint, headers=headers, json={"ExperimentName": "pipeline-cycle-test",
    "ParameterAssignments": {"model_name": "automlmodel ä", "alpha": 0.125}})
response.raise_for_status()
run_id = response.json()["Id"]
print(json.dumps([run_id, response.json().get("PipelineRunId")]))
`;

/** The same without a package. */
const withUrllib = `
import json, sys, urllib.request
rest_endpoint, token = sys.argv[1:3]
body = str.encode(json.dumps({"ExperimentName": "pipeline-cycle-test",
    "ParameterAssignments": {"model_name": "automlmodel \\u00e4", "alpha": 0.125}}))
headers = {"Content-Type": "application/json", "Authorization": "Bearer " + token}
answer = json.loads(urllib.request.urlopen(urllib.request.Request(rest_endpoint, body, headers)).read())
print(json.dumps([answer["Id"], answer["PipelineRunId"]]))
`;

describe.skipIf(python === null)('Python (skipped where there is none)', () => {
  const call = async (script: string) => {
    const words = ['-c', script, live.endpointAddress, live.server.token];
    const [id, pipelineRunId] = JSON.parse((await run(python ?? '', words)).stdout);
    expect(pipelineRunId).toBe(id);
    expect(await endOf(id)).toEqual({ status: 'Completed', log: 'automlmodel ä 0.125\n' });
    expect(await live.ask('GET', `/api/v1/jobs/${id}`)).toMatchObject({
      experimentName: 'pipeline-cycle-test',
    });
  };

  test.skipIf(!hasRequests)('starts a run by the article’s lines (skipped without requests)', () =>
    call(withRequests),
  );
  test('starts a run by its own library', () => call(withUrllib));
});

/** Bytes on a socket, as a client writes them; the answer without `100 Continue`. */
async function onTheWire(head: readonly string[], body: Buffer, continues = false) {
  const { hostname, port } = new URL(live.server.url);
  const socket = connect(Number(port), hostname);
  let interim = '';
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  if (continues) {
    interim = await new Promise((resolve) => socket.once('data', (part) => resolve(String(part))));
  }
  socket.write(body);
  const all = interim + (await text(socket));
  const answer = all.replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '');
  const [headers = '', json = ''] = answer.split(/\r\n\r\n(.*)/s);
  return { interim, status: Number(headers.split(' ')[1]), json: unchunked(headers, json) };
}

function unchunked(headers: string, body: string) {
  const plain = /transfer-encoding: chunked/i.test(headers)
    ? body.replace(/(^|\r\n)[0-9a-f]+\r\n/gi, '').replace(/\r\n$/, '')
    : body;
  return JSON.parse(plain);
}

/**
 * `Invoke-RestMethod -Method Post -Uri $endpoint -Headers @{authorization="Bearer $token"}
 *  -ContentType "application/json" -Body ([System.Text.Encoding]::UTF8.GetBytes($json))`
 */
describe('PowerShell', () => {
  const body = Buffer.from('{"ParameterAssignments":{"model_name":"Größe 模型 🏔"}}', 'utf8');
  const requestLine = () => {
    const { pathname } = new URL(live.endpointAddress);
    return `POST ${pathname} HTTP/1.1`;
  };
  const host = () => new URL(live.server.url).host;
  const token = () => `Bearer ${live.server.token}`;

  test('of Windows asks whether it may go on, and starts a run', async () => {
    const head = [
      requestLine(),
      `authorization: ${token()}`,
      'User-Agent: Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.22621.963',
      'Content-Type: application/json',
      `Host: ${host()}`,
      `Content-Length: ${body.length}`,
      'Expect: 100-continue',
      'Connection: close',
    ];
    const { interim, status, json } = await onTheWire(head, body, true);
    expect(interim).toMatch(/^HTTP\/1\.1 100 Continue/);
    expect(status).toBe(200);
    expect(await endOf(json.Id)).toEqual({ status: 'Completed', log: 'Größe 模型 🏔 0.5\n' });
  });

  test('7 sends its own header names in lower case, and in chunks', async () => {
    const head = [
      requestLine(),
      `host: ${host()}`,
      `authorization: ${token()}`,
      'user-agent: Mozilla/5.0 (Macintosh; Darwin 23.1.0; en-US) PowerShell/7.4.0',
      'content-type: application/json',
      'transfer-encoding: chunked',
      'connection: close',
    ];
    // In the midst of a character.
    const [first, second] = [body.subarray(0, 40), body.subarray(40)];
    const chunk = (part: Buffer) =>
      Buffer.concat([Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')]);
    const chunked = Buffer.concat([chunk(first), chunk(second), Buffer.from('0\r\n\r\n')]);
    const { status, json } = await onTheWire(head, chunked);
    expect(status).toBe(200);
    expect(await endOf(json.Id)).toEqual({ status: 'Completed', log: 'Größe 模型 🏔 0.5\n' });
  });

  test('without a content type for its body starts a run as well', async () => {
    const head = [
      requestLine(),
      `authorization: ${token()}`,
      `host: ${host()}`,
      'content-type: application/x-www-form-urlencoded',
      `content-length: ${body.length}`,
      'connection: close',
    ];
    expect(await onTheWire(head, body)).toMatchObject({
      status: 200,
      json: { ParameterAssignments: { model_name: 'Größe 模型 🏔' } },
    });
  });
});

/** Rebuilds its four addresses from nothing but the authority of the one that it was given. */
class ForecastClient {
  readonly #authority: string;
  readonly #token: string;
  readonly #workspace =
    '/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/mlw-credit-risk';

  constructor(endpointUri: string, token: string) {
    this.#authority = new URL(endpointUri).origin;
    this.#token = token;
  }

  async submit(endpointId: string, parameters: object): Promise<string> {
    const path = `/pipelines/v1.0${this.#workspace}/PipelineRuns/PipelineEndpointSubmit/Id/${endpointId}`;
    const body = { ExperimentName: 'DemandForecast', ParameterAssignments: parameters };
    return String((await this.#send('POST', path, body)).Id);
  }

  async status(runId: string): Promise<string> {
    const path = `/history/v1.0${this.#workspace}/runs/${runId}/details`;
    return String((await this.#send('GET', path)).status);
  }

  async cancel(runId: string): Promise<void> {
    await this.#send('POST', `/pipelines/v1.0${this.#workspace}/PipelineRuns/${runId}/Cancel`);
  }

  async query(filter: string): Promise<readonly { readonly runId: string }[]> {
    const path = `/history/v1.0${this.#workspace}/experiments/DemandForecast/runs:query`;
    return (await this.#send('POST', path, { filter })).value as { runId: string }[];
  }

  async #send(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
    const answer = await fetch(this.#authority + path, {
      method,
      headers: { Authorization: `Bearer ${this.#token}`, 'Content-Type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
    return (await answer.json()) as Record<string, unknown>;
  }
}

describe('a client that knows four addresses', () => {
  let slow: LivePipeline;
  beforeAll(async () => {
    slow = await startLivePipeline('sleep 60');
  });
  afterAll(() => slow.server.close());

  test('starts a run, watches it, finds what is active, and cancels it', async () => {
    const client = new ForecastClient(slow.endpointAddress, slow.server.token);
    const runId = await client.submit(slow.endpointId, { model_name: 'forecast' });
    await until('it runs', async () => (await client.status(runId)) === 'Running' || null);
    const active = "status ne 'Completed' and status ne 'Failed' and status ne 'Canceled'";
    expect((await client.query(active)).map((each) => each.runId)).toEqual([runId]);
    await client.cancel(runId);
    await until('it is cancelled', async () => (await client.status(runId)) === 'Canceled' || null);
    expect(await client.query(active)).toEqual([]);
  });
});

describe('who may start a pipeline', () => {
  let tenant: string;
  const roles = ['Reader', 'Contributor', 'Owner'] as const;
  const tokens = new Map<string, string>();

  beforeAll(async () => {
    for (const role of roles) {
      const principal = { name: `starter-${role}`, role };
      const made = await live.ask('POST', '/api/v1/servicePrincipals', principal);
      tenant = String(made.tenantId);
      const credentials = `/api/v1/servicePrincipals/${made.appId}/credentials`;
      const { secret } = await live.ask('POST', credentials, {});
      tokens.set(role, await tokenOf(String(made.appId), String(secret)));
    }
  });

  /** As the documents' samples ask Microsoft Entra for it. */
  async function tokenOf(client_id: string, client_secret: string): Promise<string> {
    const scope = 'https://management.azure.com/.default';
    const form = { grant_type: 'client_credentials', client_id, client_secret, scope };
    const answer = await fetch(`${live.server.url}/${tenant}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    return token;
  }

  const call = (address: string, authorization: string | null, method = 'POST') =>
    fetch(address, {
      method,
      ...(authorization !== null && { headers: { authorization } }),
      ...(method === 'POST' && { body: '{}' }),
    });

  test.each([
    ['Contributor', 200],
    ['Owner', 200],
    ['Reader', 403],
  ])('a service principal with the role %s: %i', async (role, status) => {
    const answer = await call(live.endpointAddress, `Bearer ${tokens.get(role)}`);
    expect(answer.status).toBe(status);
    const json = (await answer.json()) as { readonly Id: string };
    if (status === 403) {
      expect(json).toMatchObject({
        Error: { Code: 'PermissionDenied', Message: expect.stringContaining('Contributor') },
      });
    } else {
      expect(json).toMatchObject({ CreatedBy: { UserName: `starter-${role}` } });
      expect((await endOf(json.Id)).status).toBe('Completed');
    }
  });

  test('a Reader may read runs, and not cancel them', async () => {
    const started = await call(live.endpointAddress, `Bearer ${tokens.get('Contributor')}`);
    const { Id, RunUrl } = (await started.json()) as Record<'Id' | 'RunUrl', string>;
    const asReader = `Bearer ${tokens.get('Reader')}`;
    const read = await call(RunUrl, asReader, 'GET');
    expect(await read.json()).toMatchObject({ Id });
    expect((await call(`${RunUrl}/Cancel`, asReader)).status).toBe(403);
  });

  test('nobody may without a token, or with a wrong one', async () => {
    for (const authorization of [
      null,
      'Bearer',
      'Bearer wrong',
      `Bearer ${tokens.get('Owner')}x`,
    ]) {
      const answer = await call(live.endpointAddress, authorization);
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({ Error: { Code: 'Unauthenticated' } });
    }
  });

  test('the scheme Token of a sample in the documents is taken', async () => {
    const answer = await call(live.endpointAddress, `Token ${tokens.get('Contributor')}`);
    expect(answer.status).toBe(200);
  });
});
