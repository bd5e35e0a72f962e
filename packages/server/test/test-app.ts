// The server in process, on a real workspace in a temporary folder, and short ways to ask it.
import { Writable } from 'node:stream';
import { Delivery } from '@ridgeline/delivery';
import { openEndpointManager } from '@ridgeline/endpoints';
import { JobEngine, PublishedPipelines, Schedules } from '@ridgeline/jobs';
import { openWorkspace } from '@ridgeline/workspace';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { buildApp } from '../src/app.ts';
import type { ServerContext } from '../src/server-context.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** The text as JSON; undefined where it is none. */
  readonly json: unknown;
}

export interface Step {
  readonly token: string;
  readonly jobId: string;
  readonly runId: string;
}

export interface CallOptions extends Pick<InjectOptions, 'headers' | 'payload'> {
  /** Default: the owner's; null sends none. */
  readonly token?: string | null;
}

export class TestApp {
  readonly app: FastifyInstance;
  readonly context: ServerContext;
  readonly token: string;
  /** All log lines, of every level. */
  readonly logLines: string[];

  private constructor(
    app: FastifyInstance,
    context: ServerContext,
    token: string,
    logLines: string[],
  ) {
    this.app = app;
    this.context = context;
    this.token = token;
    this.logLines = logLines;
  }

  static async open(): Promise<TestApp> {
    const logLines: string[] = [];
    const stream = new Writable({
      write(chunk, _encoding, done) {
        logLines.push(String(chunk));
        done();
      },
    });
    const workspace = await openWorkspace({
      folder: await temporaryFolder(),
      allowPrivateWebhooks: true,
    });
    let url = '';
    const report = (error: unknown) => logLines.push(String(error));
    const jobs = await JobEngine.open(workspace, {
      trackingUrl: () => url,
      onInternalError: (_jobId, error) => report(error),
    });
    const endpoints = await openEndpointManager(workspace, {
      publicUrl: () => url,
      onError: report,
    });
    const pipelines = await PublishedPipelines.open(workspace, jobs);
    const workspaceName = 'ridgeline';
    const onInternalError = (_name: string, error: unknown) => report(error);
    const schedules = await Schedules.open({ workspace, jobs, pipelines, onInternalError });
    const delivery = await Delivery.open(workspace, { serverUrl: () => url, onInternalError });
    const engines = { jobs, endpoints, pipelines, schedules, delivery };
    const context = { workspace, ...engines, workspaceName };
    const app = await buildApp(context, {
      logger: { level: 'trace', stream },
      allowedHosts: ['ridgeline.test'],
    });
    url = await app.listen({ port: 0, host: '127.0.0.1' });
    await endpoints.start();
    await jobs.start();
    await schedules.start();
    await delivery.start();
    workspace.webhooks.start({ onFailure: report, firstPauseMs: 50 });
    return new TestApp(app, context, await workspace.identity.adminToken(), logLines);
  }

  get url(): string {
    return this.app.listeningOrigin;
  }

  /** Asks in process. A payload that is an object goes as JSON. */
  async call(
    method: string,
    url: string,
    { token = this.token, headers, payload }: CallOptions = {},
  ): Promise<Answer> {
    const response = await this.app.inject({
      method: method as 'GET',
      url,
      headers: { ...(token !== null && { authorization: `Bearer ${token}` }), ...headers },
      ...(payload !== undefined && { payload }),
    });
    const { statusCode: status, body: text } = response;
    return { status, headers: response.headers, text, json: parsed(text) };
  }

  get(url: string, options?: CallOptions): Promise<Answer> {
    return this.call('GET', url, options);
  }

  post(url: string, payload?: object | string, options?: CallOptions): Promise<Answer> {
    const headers = typeof payload === 'string' ? { 'content-type': 'application/json' } : {};
    return this.call('POST', url, {
      ...options,
      headers: { ...headers, ...options?.headers },
      ...(payload !== undefined && { payload }),
    });
  }

  /** MLflow's API: the path below its prefix. */
  mlflow(method: string, path: string, payload?: object, options?: CallOptions): Promise<Answer> {
    const url = `/api/2.0/mlflow/${path}`;
    return this.call(method, url, { ...options, ...(payload !== undefined && { payload }) });
  }

  async run(options: { readonly parentRunId?: string; readonly experimentId?: string } = {}) {
    const { info } = await this.context.workspace.runs.create({ experimentId: '0', ...options });
    return info.run_id;
  }

  /** A step of a job, with its token: the job's root run, and the step's own below it. */
  async step(): Promise<Step> {
    const jobId = await this.run();
    const runId = await this.run({ parentRunId: jobId });
    const token = await this.context.workspace.identity.issueStepToken({ jobId, runId });
    return { token, jobId, runId };
  }

  async close(): Promise<void> {
    await this.context.workspace.webhooks.stop();
    await this.context.delivery.stop();
    await this.context.schedules.stop();
    await this.context.jobs.stop();
    await this.app.close();
    await this.context.endpoints.stop();
    await this.context.workspace.close();
  }
}

/** A text in an answer's JSON, by the keys on the way to it: `textAt(answer, 'run.info.run_id')`. */
export function textAt({ json, text }: Answer, way: string): string {
  const value = way
    .split('.')
    .reduce<unknown>(
      (inner, key) => (inner as Readonly<Record<string, unknown>> | undefined)?.[key],
      json,
    );
  if (typeof value === 'string') return value;
  throw new Error(`the answer has no ${way}: ${text}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
