// What a search needs of MLflow's runs: begin, log, end, keep a file.
import { openAsBlob } from 'node:fs';
import { AutoMLError } from '../errors.ts';
import type { TrackingHttp } from './tracking-http.ts';

export interface LoggedMetric {
  readonly key: string;
  readonly value: number;
  readonly step: number;
  /** Milliseconds since 1970 UTC. */
  readonly timestamp: number;
}

export interface RunBatch {
  readonly metrics?: readonly LoggedMetric[];
  readonly params?: ReadonlyMap<string, string>;
  readonly tags?: ReadonlyMap<string, string>;
}

export interface NewRun {
  readonly experimentId: string;
  readonly parentRunId: string;
  readonly name: string;
  readonly startTime: number;
  readonly tags: ReadonlyMap<string, string>;
}

const parentTag = 'mlflow.parentRunId';
const nameTag = 'mlflow.runName';

// MLflow's limits of one request and of a value.
const mostMetrics = 1000;
const mostPairs = 100;
const longestValue = 6000;

export class RunApi {
  readonly #http: TrackingHttp;
  readonly #artifactRoots = new Map<string, string>();

  constructor(http: TrackingHttp) {
    this.#http = http;
  }

  /** The new run's id. Names of runs below one parent are unique: a lost answer is looked for. */
  async create(run: NewRun): Promise<string> {
    try {
      return await this.#create(run);
    } catch (error) {
      const isLost = error instanceof AutoMLError && error.code === 'TRACKING_UNREACHABLE';
      if (!isLost) throw error;
      return (await this.#find(run)) ?? (await this.#create(run));
    }
  }

  async #create({ experimentId, parentRunId, name, startTime, tags }: NewRun): Promise<string> {
    const body = {
      experiment_id: experimentId,
      run_name: name,
      start_time: startTime,
      tags: [...pairsOf(tags), { key: parentTag, value: parentRunId }],
    };
    return runIn(await this.#http.post('runs/create', body, false)).id;
  }

  async #find({ experimentId, parentRunId, name }: NewRun): Promise<string | null> {
    const filter = `tags.\`${parentTag}\` = '${parentRunId}' AND tags.\`${nameTag}\` = '${name}'`;
    const search = { experiment_ids: [experimentId], filter, max_results: 1 };
    const answer = await this.#http.post('runs/search', search);
    const { runs } = Object(answer) as { readonly runs?: unknown };
    return Array.isArray(runs) && runs.length > 0 ? runIn({ run: runs[0] }).id : null;
  }

  async end(runId: string, status: 'FINISHED' | 'FAILED' | 'KILLED', endTime: number) {
    await this.#http.post('runs/update', { run_id: runId, status, end_time: endTime });
  }

  async log(runId: string, { metrics = [], params, tags }: RunBatch): Promise<void> {
    for (const part of chunks(pairsOf(params), mostPairs)) {
      await this.#http.post('runs/log-batch', { run_id: runId, params: part });
    }
    for (const part of chunks(pairsOf(tags), mostPairs)) {
      await this.#http.post('runs/log-batch', { run_id: runId, tags: part });
    }
    for (const part of chunks(metrics.map(toWire), mostMetrics)) {
      await this.#http.post('runs/log-batch', { run_id: runId, metrics: part });
    }
  }

  async keepFile(runId: string, localPath: string, artifactPath: string): Promise<void> {
    const root = await this.#artifactRoot(runId);
    await this.#http.putArtifact(`${root}/${artifactPath}`, await openAsBlob(localPath));
  }

  async keepText(runId: string, text: string, artifactPath: string): Promise<void> {
    const root = await this.#artifactRoot(runId);
    await this.#http.putArtifact(`${root}/${artifactPath}`, new Blob([text]));
  }

  /** The run's artifacts as the proxy knows them: `<experiment id>/<run id>/artifacts`. */
  async #artifactRoot(runId: string): Promise<string> {
    const known = this.#artifactRoots.get(runId);
    if (known !== undefined) return known;
    const { artifactUri } = runIn(await this.#http.get('runs/get', { run_id: runId }));
    const root = artifactUri.replace(/^[a-z-]+:(\/\/[^/]*)?\/+/, '');
    this.#artifactRoots.set(runId, root);
    return root;
  }
}

function runIn(answer: unknown): { readonly id: string; readonly artifactUri: string } {
  const { run } = Object(answer) as { readonly run?: { readonly info?: unknown } };
  const info = Object(run?.info) as { readonly run_id?: unknown; readonly artifact_uri?: unknown };
  const { run_id: id, artifact_uri: artifactUri } = info;
  if (typeof id === 'string' && typeof artifactUri === 'string') return { id, artifactUri };
  const message = 'the tracking server answered without a run; is it an MLflow server?';
  throw new AutoMLError('TRACKING_REFUSED', message);
}

function pairsOf(values: ReadonlyMap<string, string> | undefined) {
  return [...(values ?? [])].map(([key, value]) => ({ key, value: value.slice(0, longestValue) }));
}

/** JSON has no word for NaN and the infinities, so these travel as text. */
function toWire({ key, value, step, timestamp }: LoggedMetric) {
  return { key, value: Number.isFinite(value) ? value : String(value), step, timestamp };
}

function chunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, i) => items.slice(i * size, (i + 1) * size));
}
