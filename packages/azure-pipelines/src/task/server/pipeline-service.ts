// The REST endpoint of published machine-learning pipelines: start a run, look at it, cancel it.

import { TaskFailure } from '../task-outcome.ts';
import { sendRequest } from './send-request.ts';
import type { ServerRequest, ServerResponse, ServerTaskContext } from './server-task.ts';

/** In the order of their codes. */
const runStates = ['NotStarted', 'Running', 'Finished', 'Failed', 'Canceled'] as const;
export type RunState = (typeof runStates)[number];

export interface RunStatus {
  readonly state: RunState;
  readonly detail: string;
}

/** The service is there and cannot answer now: asking again may help. */
export class ServiceUnavailable extends TaskFailure {}

type Json = Readonly<Record<string, unknown>>;

export class PipelineService {
  readonly #context: ServerTaskContext;
  readonly #runs: string;
  readonly #headers: Readonly<Record<string, string>>;

  /** `runs`: the address of the workspace's runs. */
  constructor(context: ServerTaskContext, runs: string, authorization: string | undefined) {
    const json = { 'content-type': 'application/json', accept: 'application/json' };
    this.#context = context;
    this.#runs = runs;
    this.#headers = authorization === undefined ? json : { ...json, authorization };
  }

  /** Gives the id of the run. */
  async submit(pipelineId: string, body: string): Promise<string> {
    const url = `${this.#runs}/PipelineSubmit/${encodeURIComponent(pipelineId)}`;
    const started = await this.#call('POST', url, body);
    const id = textField(started, 'Id') ?? textField(started, 'PipelineRunId');
    if (id !== undefined) return id;
    throw new TaskFailure('The service took the pipeline and gave no run id');
  }

  async status(runId: string): Promise<RunStatus> {
    return statusOf(await this.#call('GET', this.#urlOf(runId)));
  }

  /** The step's own signal has fired, so the request takes another: a run must not go on alone. */
  async cancel(runId: string): Promise<void> {
    const request = { method: 'POST', url: `${this.#urlOf(runId)}/Cancel`, headers: this.#headers };
    const { host } = this.#context;
    await host.request(request, AbortSignal.timeout(10_000)).catch(() => undefined);
  }

  #urlOf(runId: string): string {
    return `${this.#runs}/${encodeURIComponent(runId)}`;
  }

  async #call(method: string, url: string, body?: string): Promise<Json> {
    const request = { method, url, headers: this.#headers };
    const whole = body === undefined ? request : { ...request, body };
    const response = await this.#send(whole);
    const answer = parseObject(response.body);
    if (response.status < 300 && answer !== undefined) return answer;
    const message = refusal(method, url, response);
    throw response.status >= 500 ? new ServiceUnavailable(message) : new TaskFailure(message);
  }

  async #send(request: ServerRequest): Promise<ServerResponse> {
    try {
      return await sendRequest(this.#context, request);
    } catch (error) {
      throw error instanceof TaskFailure ? new ServiceUnavailable(error.message) : error;
    }
  }
}

const reasons: Readonly<Record<number, string>> = {
  401: 'its credential is not valid',
  403: 'its principal has no right to start pipelines in the workspace; the role Contributor has it',
  404: 'there is no such published pipeline, or it is disabled',
};

function refusal(method: string, url: string, { status, body }: ServerResponse): string {
  const reason = reasons[status] ?? body.trim().slice(0, 500);
  return `${method} ${url} answered with status ${status}: ${reason}`;
}

/** The code is a number, or in newer services its name. */
function statusOf(run: Json): RunStatus {
  const { StatusCode: code, StatusDetail: detail } = (run.Status ?? {}) as Json;
  const state = runStates.find((name, index) => code === index || code === name);
  if (state === undefined) {
    throw new TaskFailure(
      `The run's status code is '${String(code)}'; expected one of ${runStates.join(', ')}`,
    );
  }
  return { state, detail: typeof detail === 'string' ? detail : '' };
}

function textField(answer: Json, name: string): string | undefined {
  const value = answer[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function parseObject(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}
