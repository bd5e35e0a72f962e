// For tests: a server step with a host that keeps its clock still, and real HTTP servers to call.

import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { ServiceConnection } from '../service-connection.ts';
import type { ServerTask } from '../task.ts';
import { runServerTask, serverTaskContext } from '../task-context.ts';
import type { ManualDecision, ManualQuestion, ServerTaskHost } from './server-task.ts';

export interface Call {
  readonly method: string;
  readonly url: string;
  readonly authorization: string;
  readonly body: string;
}

type Answer = (call: Call, calls: readonly Call[]) => readonly [status: number, body: unknown];

export async function serve(
  answer: Answer,
): Promise<{ readonly url: string; readonly calls: Call[] }> {
  const calls: Call[] = [];
  const server: Server = createServer(async (request, response) => {
    const call = await read(request);
    calls.push(call);
    const [status, body] = answer(call, calls);
    response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, calls };
}

async function read(request: IncomingMessage): Promise<Call> {
  let body = '';
  for await (const part of request) body += part;
  const { method = '', url = '', headers } = request;
  return { method, url, authorization: headers.authorization ?? '', body };
}

class TestServerHost implements ServerTaskHost {
  readonly slept: number[] = [];
  readonly questions: ManualQuestion[] = [];
  readonly connections = new Map<string, ServiceConnection>();
  decision: ManualDecision = { decision: 'resume', by: 'ada' };
  onSleep: () => void = () => {};

  async sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    this.slept.push(milliseconds);
    this.onSleep();
    signal.throwIfAborted();
    await sleep(0);
  }

  async request(request: Parameters<ServerTaskHost['request']>[0], signal: AbortSignal) {
    const { url, ...rest } = request;
    const response = await fetch(url, { ...rest, signal });
    return { status: response.status, body: await response.text() };
  }

  async serviceConnection(name: string) {
    return this.connections.get(name);
  }

  waitForPerson: ServerTaskHost['waitForPerson'] = async (question) => {
    this.questions.push(question);
    return this.decision;
  };
}

export class TestServerStep {
  readonly host = new TestServerHost();
  readonly lines: string[] = [];
  readonly secrets: string[] = [];
  readonly cancel = new AbortController();

  run(task: ServerTask, inputs: Readonly<Record<string, string>>) {
    const variables = {
      get: () => undefined,
      isSecret: () => false,
      addSecret: (value: string) => this.secrets.push(value),
    };
    const log = (line: string) => this.lines.push(line);
    const runtime = { host: this.host, variables, signal: this.cancel.signal, log };
    const context = serverTaskContext(task, new Map(Object.entries(inputs)), runtime);
    return runServerTask(task, context);
  }
}

export const scope = { subscriptionId: 's', resourceGroupName: 'rg', mlWorkspaceName: 'ws' };
export const workspacePath =
  '/pipelines/v1.0/subscriptions/s/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/ws/PipelineRuns';

export function token(url: string, changes: Partial<ServiceConnection> = {}): ServiceConnection {
  return {
    id: 'c',
    name: 'aml',
    type: 'generic',
    url,
    scheme: 'Token',
    parameters: { apitoken: 'tok' },
    data: scope,
    ...changes,
  };
}
