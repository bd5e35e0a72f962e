// Runs and what is logged on them, by MLflow's routes. Everything logged may be sent twice:
// parameters and tags by nature, metrics because their time and step are fixed before sending.

import type { HttpClient } from '../http/http-client.ts';
import { queryOf } from '../http/url-path.ts';
import type {
  MlflowDatasetInput,
  MlflowMetric,
  MlflowMetricPage,
  MlflowRun,
  MlflowRunPage,
  MlflowRunSearch,
  MlflowRunStatus,
} from '../wire/mlflow-run.ts';
import { toPairs } from '../wire/mlflow-values.ts';
import { mlflowPath } from './mlflow-path.ts';
import { cutBatches, type RunBatch } from './run-batches.ts';

export interface NewRun {
  readonly experimentId: string;
  readonly runName?: string;
  /** Milliseconds since 1970 UTC; default now. */
  readonly startTime?: number;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface RunUpdate {
  readonly status?: MlflowRunStatus;
  /** Milliseconds since 1970 UTC. */
  readonly endTime?: number;
  readonly runName?: string;
}

export class RunsApi {
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  async create(run: NewRun): Promise<MlflowRun> {
    const answer = await this.#post<{ run: MlflowRun }>('runs/create', false, {
      experiment_id: run.experimentId,
      run_name: run.runName,
      start_time: run.startTime ?? Date.now(),
      tags: toPairs(run.tags),
    });
    return answer.run;
  }

  /** @throws ApiError RESOURCE_DOES_NOT_EXIST */
  async get(id: string): Promise<MlflowRun> {
    const answer = await this.#get<{ run: MlflowRun }>(`runs/get${queryOf({ run_id: id })}`);
    return answer.run;
  }

  async update(id: string, update: RunUpdate): Promise<void> {
    await this.#post('runs/update', true, {
      run_id: id,
      status: update.status,
      end_time: update.endTime,
      run_name: update.runName,
    });
  }

  /** One page; ask again with its `next_page_token` for the next. */
  async search(search: MlflowRunSearch): Promise<MlflowRunPage> {
    return this.#post('runs/search', true, search);
  }

  /** Logs any number of metrics, parameters and tags, in as many requests as that needs. */
  async logBatch(id: string, batch: RunBatch): Promise<void> {
    for (const part of cutBatches(batch)) {
      await this.#post('runs/log-batch', true, { run_id: id, ...part });
    }
  }

  async deleteTag(id: string, key: string): Promise<void> {
    await this.#post('runs/delete-tag', false, { run_id: id, key });
  }

  async logInputs(id: string, datasets: readonly MlflowDatasetInput[]): Promise<void> {
    await this.#post('runs/log-inputs', true, { run_id: id, datasets });
  }

  /** Every observation of a metric, in the server's order. */
  async metricHistory(id: string, key: string): Promise<MlflowMetric[]> {
    const history: MlflowMetric[] = [];
    let token: string | undefined;
    do {
      const query = queryOf({ run_id: id, metric_key: key, page_token: token });
      const page = await this.#get<MlflowMetricPage>(`metrics/get-history${query}`);
      history.push(...(page.metrics ?? []));
      token = page.next_page_token || undefined;
    } while (token !== undefined);
    return history;
  }

  async #get<T>(route: string): Promise<T> {
    return this.#http.json({ method: 'GET', path: mlflowPath(route) });
  }

  async #post<T>(route: string, repeatable: boolean, json: unknown): Promise<T> {
    return this.#http.json({ method: 'POST', path: mlflowPath(route), json, repeatable });
  }
}
