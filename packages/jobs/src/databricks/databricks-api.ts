// The few calls of Databricks that steps need: Jobs API 2.1 for runs, DBFS API 2.0 for their files.
import { type DatabricksAccess, DatabricksHttp } from './databricks-http.ts';

export interface RunState {
  /** PENDING, QUEUED, RUNNING, TERMINATING, TERMINATED, SKIPPED, INTERNAL_ERROR, … */
  readonly life_cycle_state: string;
  /** SUCCESS, FAILED, TIMEDOUT, CANCELED, …; absent before the end. */
  readonly result_state?: string;
  readonly state_message?: string;
}

export interface Run {
  readonly run_page_url?: string;
  readonly state?: RunState;
  readonly tasks?: readonly { readonly run_id: number }[];
}

export interface RunOutput {
  /** The last 5 MB of what the program has printed. */
  readonly logs?: string;
  readonly logs_truncated?: boolean;
  readonly error?: string;
  readonly error_trace?: string;
}

/** A run of one Python file on a cluster that is there. */
export interface Submission {
  readonly run_name: string;
  /** At most 64 characters; of calls with the same one, the first alone starts a run. */
  readonly idempotency_token: string;
  readonly tasks: readonly [
    {
      readonly task_key: string;
      readonly existing_cluster_id: string;
      readonly spark_python_task: {
        readonly python_file: string;
        readonly parameters: readonly string[];
      };
    },
  ];
}

/** What one call of DBFS carries. */
export const blockBytes = 1024 * 1024;
const uploadTries = 3;

export class DatabricksApi {
  readonly #http: DatabricksHttp;

  constructor(access: DatabricksAccess) {
    this.#http = new DatabricksHttp(access);
  }

  /** The run's id: of the one that was started, now or by an earlier call with the same token. */
  async submit(submission: Submission): Promise<number> {
    const { run_id } = await this.#post<{ run_id: number }>('jobs/runs/submit', submission, '2.1');
    return run_id;
  }

  async getRun(runId: number): Promise<Run> {
    return this.#get(`/api/2.1/jobs/runs/get?run_id=${runId}`);
  }

  /** @param taskRunId of the run's only task: output is not given for a run as a whole. */
  async getOutput(taskRunId: number): Promise<RunOutput> {
    return this.#get(`/api/2.1/jobs/runs/get-output?run_id=${taskRunId}`);
  }

  async cancel(runId: number): Promise<void> {
    await this.#post('jobs/runs/cancel', { run_id: runId }, '2.1');
  }

  /**
   * Writes a file, replacing an older one.
   * @param content begun anew where the upload has to be: a block that was sent twice would stand twice.
   */
  async writeFile(path: string, content: () => AsyncIterable<Uint8Array>): Promise<void> {
    for (let left = uploadTries; ; left -= 1) {
      try {
        return await this.#upload(path, content());
      } catch (error) {
        if (left === 1) throw error;
      }
    }
  }

  /** At most `blockBytes` from an offset on; empty at the end of the file. */
  async readBlock(path: string, offset: number): Promise<Uint8Array> {
    const query = new URLSearchParams({
      path,
      offset: String(offset),
      length: String(blockBytes),
    });
    const { data = '' } = await this.#get<{ data?: string }>(`/api/2.0/dbfs/read?${query}`);
    return Buffer.from(data, 'base64');
  }

  async deleteFolder(path: string): Promise<void> {
    await this.#post('dbfs/delete', { path, recursive: true });
  }

  async #upload(path: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    const { handle } = await this.#post<{ handle: number }>('dbfs/create', {
      path,
      overwrite: true,
    });
    for await (const block of blocksOf(content)) {
      const data = Buffer.from(block).toString('base64');
      const body = { handle, data };
      await this.#http.call({
        ...{ method: 'POST', path: '/api/2.0/dbfs/add-block', body },
        mayRepeat: false,
      });
    }
    await this.#post('dbfs/close', { handle });
  }

  async #get<Answer>(path: string): Promise<Answer> {
    return this.#http.call({ method: 'GET', path });
  }

  async #post<Answer>(name: string, body: unknown, version = '2.0'): Promise<Answer> {
    return this.#http.call({ method: 'POST', path: `/api/${version}/${name}`, body });
  }
}

async function* blocksOf(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  for await (const part of content) {
    for (let start = 0; start < part.length; start += blockBytes) {
      const piece = part.subarray(start, start + blockBytes);
      if (length + piece.length > blockBytes) {
        yield Buffer.concat(waiting);
        waiting = [];
        length = 0;
      }
      waiting.push(piece);
      length += piece.length;
    }
  }
  if (length > 0) yield Buffer.concat(waiting);
}
