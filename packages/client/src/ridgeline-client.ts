// The client: one server, one token, and an object for each noun of the API.

import { ArtifactsApi } from './api/artifacts-api.ts';
import { CodeApi } from './api/code-api.ts';
import { DataApi } from './api/data-api.ts';
import { DatastoresApi } from './api/datastores-api.ts';
import { EndpointsApi } from './api/endpoints-api.ts';
import { ExperimentsApi } from './api/experiments-api.ts';
import { JobsApi } from './api/jobs-api.ts';
import { ModelsApi } from './api/models-api.ts';
import { RunsApi } from './api/runs-api.ts';
import { HttpClient } from './http/http-client.ts';
import { type Clock, systemClock } from './http/retry.ts';

export interface RidgelineClientOptions {
  /** The server's address, e.g. `http://127.0.0.1:5757`. */
  readonly url: string;
  readonly token: string;
  /**
   * How long a call that may be repeated is repeated while the server is away, in ms; 0 means
   * one try. Default 60000: a step outlives a restart of the server.
   */
  readonly retryForMs?: number;
  /** Default: the system's clock. */
  readonly clock?: Clock;
}

const defaultRetryForMs = 60_000;

export class RidgelineClient {
  /** The server's address without a slash at its end. */
  readonly url: string;
  readonly experiments: ExperimentsApi;
  readonly runs: RunsApi;
  readonly artifacts: ArtifactsApi;
  readonly models: ModelsApi;
  readonly data: DataApi;
  readonly datastores: DatastoresApi;
  readonly code: CodeApi;
  readonly jobs: JobsApi;
  readonly endpoints: EndpointsApi;

  /** @throws ApiError SERVER_URL_INVALID */
  constructor(options: RidgelineClientOptions) {
    const { url, token, retryForMs = defaultRetryForMs, clock = systemClock } = options;
    const http = new HttpClient({ url, token, retryForMs, clock });
    this.url = http.url;
    this.experiments = new ExperimentsApi(http);
    this.runs = new RunsApi(http);
    this.artifacts = new ArtifactsApi(http);
    this.models = new ModelsApi(http);
    this.data = new DataApi(http);
    this.datastores = new DatastoresApi(http);
    this.code = new CodeApi(http);
    this.jobs = new JobsApi(http);
    this.endpoints = new EndpointsApi(http);
  }
}
