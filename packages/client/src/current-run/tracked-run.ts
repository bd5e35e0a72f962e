// The run of a step that a server started: every word goes to the server.

import path from 'node:path';
import { clientError } from '../errors.ts';
import type { RidgelineClient } from '../ridgeline-client.ts';
import type { Verdict } from '../wire/job.ts';
import { latestMetric, toMap, toPairs, toWireNumber } from '../wire/mlflow-values.ts';
import { type ActiveRun, type MetricOptions, type ParamValue, verdictTag } from './active-run.ts';

export interface TrackedRunFields {
  readonly id: string;
  readonly experimentId: string;
  readonly experimentName: string;
  /** The root run of the job that it belongs to; null outside a job. */
  readonly jobId: string | null;
}

export class TrackedRun implements ActiveRun {
  readonly id: string;
  readonly experimentId: string;
  readonly experimentName: string;
  readonly offline = false;
  readonly parent: ActiveRun | null;
  readonly #client: RidgelineClient;
  readonly #jobId: string | null;

  constructor(client: RidgelineClient, fields: TrackedRunFields) {
    this.id = fields.id;
    this.experimentId = fields.experimentId;
    this.experimentName = fields.experimentName;
    this.#client = client;
    this.#jobId = fields.jobId;
    const isRoot = fields.jobId === null || fields.jobId === fields.id;
    this.parent = isRoot ? null : new TrackedRun(client, { ...fields, id: String(fields.jobId) });
  }

  async logParam(key: string, value: ParamValue): Promise<void> {
    await this.logParams({ [key]: value });
  }

  async logParams(params: Readonly<Record<string, ParamValue>>): Promise<void> {
    await this.#client.runs.logBatch(this.id, { params: toPairs(params) });
  }

  async logMetric(key: string, value: number, options?: MetricOptions): Promise<void> {
    await this.logMetrics({ [key]: value }, options);
  }

  async logMetrics(
    metrics: Readonly<Record<string, number>>,
    { step = 0, timestamp = Date.now() }: MetricOptions = {},
  ): Promise<void> {
    const observed = Object.entries(metrics).map(([key, value]) => {
      return { key, value: toWireNumber(value), step, timestamp };
    });
    await this.#client.runs.logBatch(this.id, { metrics: observed });
  }

  async setTag(key: string, value: string): Promise<void> {
    await this.setTags({ [key]: value });
  }

  async setTags(tags: Readonly<Record<string, string>>): Promise<void> {
    await this.#client.runs.logBatch(this.id, { tags: toPairs(tags) });
  }

  async logArtifact(localPath: string, artifactPath?: string): Promise<void> {
    const name = path.basename(localPath);
    const target = artifactPath === undefined ? name : `${artifactPath}/${name}`;
    await this.#client.artifacts.upload(this.id, localPath, target);
  }

  async logArtifacts(folder: string, artifactPath?: string): Promise<void> {
    await this.#client.artifacts.uploadFolder(this.id, folder, artifactPath);
  }

  async getMetric(key: string): Promise<number | null> {
    const run = await this.#client.runs.get(this.id);
    return latestMetric(run.data.metrics, key);
  }

  async getTags(): Promise<ReadonlyMap<string, string>> {
    const run = await this.#client.runs.get(this.id);
    return toMap(run.data.tags);
  }

  async cancel(reason: string): Promise<void> {
    if (this.#jobId === null) {
      throw clientError('NOT_IN_A_JOB', `run ${this.id} belongs to no job that could be cancelled`);
    }
    await this.#client.jobs.cancel(this.#jobId, reason);
  }

  async setVerdict(verdict: Verdict): Promise<void> {
    const root = this.parent ?? this;
    await root.setTag(verdictTag, JSON.stringify(verdict));
  }
}
