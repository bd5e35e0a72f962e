// A stand-in for a Databricks workspace, as none can be had for tests: an HTTP server with the calls
// that steps use, in the shapes in which Databricks answers them. DBFS is a folder; a run is the
// machine's own Python on the file that was uploaded, or what the test says becomes of it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdir, open, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { json } from 'node:stream/consumers';

export interface StandInRun {
  readonly id: number;
  readonly submission: {
    readonly run_name: string;
    readonly idempotency_token: string;
    readonly tasks: readonly {
      readonly existing_cluster_id: string;
      readonly spark_python_task: { python_file: string; parameters: readonly string[] };
    }[];
  };
  state: { life_cycle_state: string; result_state?: string; state_message?: string };
  logs: string;
  error?: string;
  process: ChildProcess | null;
}

/** What an answer is to be instead of the one that fits; undefined for that one. */
export type Fault = (call: string) => { status: number; body: object } | 'hang up' | undefined;

export class DatabricksStandIn {
  readonly token = 'dapi-stand-in-0123456789';
  readonly clusterId = '0923-164208-meows279';
  readonly runs = new Map<number, StandInRun>();
  /** `METHOD /path` of all calls, in their order. */
  readonly calls: string[] = [];
  fault: Fault = () => undefined;
  /** Instead of running Python: what becomes of a run; it starts as RUNNING. */
  behave: ((run: StandInRun, store: string) => Promise<void>) | null = null;
  readonly #folder: string;
  readonly #server: Server;
  readonly #handles = new Map<number, string>();
  #nextId = 1;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#server = createServer((request, response) => {
      this.#answer(request).then(
        (answer) => {
          if (answer === 'hang up') return response.destroy();
          response.writeHead(answer.status, { 'content-type': 'application/json' });
          response.end(JSON.stringify(answer.body));
        },
        (error) => response.writeHead(500).end(String(error)),
      );
    });
  }

  /** @param folder where DBFS and the disk of the driver are kept. */
  static async start(folder: string): Promise<DatabricksStandIn> {
    const standIn = new DatabricksStandIn(folder);
    standIn.#server.listen(0, '127.0.0.1');
    await once(standIn.#server, 'listening');
    return standIn;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The file of this machine that stands for one of DBFS. */
  file(dbfsPath: string): string {
    return path.join(this.#folder, 'dbfs', dbfsPath);
  }

  async stop(): Promise<void> {
    for (const { process } of this.runs.values()) killAll(process);
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage) {
    const url = new URL(request.url ?? '', this.url);
    const call = `${request.method} ${url.pathname}`;
    this.calls.push(call);
    const fault = this.fault(call);
    if (fault !== undefined) return fault;
    if (request.headers.authorization !== `Bearer ${this.token}`) {
      return refusal(
        401,
        'UNAUTHENTICATED',
        `Credential ${request.headers.authorization} is wrong`,
      );
    }
    const body = request.method === 'POST' ? await json(request) : {};
    const given = { ...Object.fromEntries(url.searchParams), ...(body as object) };
    return this.#route(call, given as Record<string, never>);
  }

  async #route(call: string, given: Record<string, never>) {
    switch (call) {
      case 'POST /api/2.1/jobs/runs/submit':
        return this.#submit(given as unknown as StandInRun['submission']);
      case 'GET /api/2.1/jobs/runs/get':
        return this.#withRun(given.run_id, ({ id, state }) => ({
          ...{ job_id: 1000 + id, run_id: id, state, run_page_url: `${this.url}/#job/run/${id}` },
          tasks: [{ run_id: id + 500_000, task_key: 'step', state }],
        }));
      case 'GET /api/2.1/jobs/runs/get-output':
        return this.#withRun(Number(given.run_id) - 500_000, ({ logs, error, id }) => ({
          ...{ metadata: { run_id: id }, logs, logs_truncated: false },
          ...(error !== undefined && { error }),
        }));
      case 'POST /api/2.1/jobs/runs/cancel':
        return this.#withRun(given.run_id, (run) => {
          finish(run, 'CANCELED', 'Run cancelled.');
          killAll(run.process);
          return {};
        });
      case 'POST /api/2.0/dbfs/create':
        return this.#create(given.path);
      case 'POST /api/2.0/dbfs/add-block':
        await appendFile(this.#handles.get(given.handle) ?? '', Buffer.from(given.data, 'base64'));
        return ok({});
      case 'POST /api/2.0/dbfs/close':
        return ok({});
      case 'POST /api/2.0/dbfs/delete':
        await rm(this.file(given.path), { recursive: true, force: true });
        return ok({});
      case 'GET /api/2.0/dbfs/read':
        return this.#read(given.path, Number(given.offset), Number(given.length));
    }
    return refusal(404, 'ENDPOINT_NOT_FOUND', `no such call: ${call}`);
  }

  async #submit(submission: StandInRun['submission']) {
    const token = submission.idempotency_token;
    const known = [...this.runs.values()].find((r) => r.submission.idempotency_token === token);
    if (known !== undefined) return ok({ run_id: known.id });
    const cluster = submission.tasks[0]?.existing_cluster_id;
    if (cluster !== this.clusterId) {
      return refusal(400, 'INVALID_PARAMETER_VALUE', `Cluster ${cluster} does not exist`);
    }
    const id = this.#nextId++;
    const state = { life_cycle_state: 'RUNNING' };
    const run: StandInRun = { id, submission, state, logs: '', process: null };
    this.runs.set(id, run);
    const store = this.file(`ridgeline/${token}`);
    if (this.behave === null) this.#runPython(run);
    else void this.behave(run, store);
    return ok({ run_id: id });
  }

  #runPython(run: StandInRun): void {
    const task = run.submission.tasks[0]?.spark_python_task;
    const [store = '', root = ''] = task?.parameters ?? [];
    const program = this.file((task?.python_file ?? '').replace('dbfs:', ''));
    const words = [program, this.file(store.replace('/dbfs', '')), root];
    const child = spawn('python3', words, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    run.process = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (data) => {
        run.logs += String(data);
      });
    }
    child.once('close', (code) => {
      if (code === 0) finish(run, 'SUCCESS', '');
      else finish(run, 'FAILED', 'Workload failed, see run output for details');
    });
  }

  #withRun(id: number, answer: (run: StandInRun) => object) {
    const run = this.runs.get(Number(id));
    if (run === undefined)
      return refusal(400, 'INVALID_PARAMETER_VALUE', `Run ${id} does not exist.`);
    return ok(answer(run));
  }

  async #create(dbfsPath: string) {
    const file = this.file(dbfsPath);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, '');
    const handle = this.#nextId++;
    this.#handles.set(handle, file);
    return ok({ handle });
  }

  async #read(dbfsPath: string, offset: number, length: number) {
    try {
      await using handle = await open(this.file(dbfsPath));
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(length), 0, length, offset);
      const data = buffer.subarray(0, bytesRead).toString('base64');
      return ok({ bytes_read: bytesRead, data });
    } catch {
      const message = `No file or directory exists on path ${dbfsPath}.`;
      return refusal(404, 'RESOURCE_DOES_NOT_EXIST', message);
    }
  }
}

/** The first end counts. */
export function finish(run: StandInRun, result: string, message: string): void {
  if (run.state.life_cycle_state === 'TERMINATED') return;
  run.state = { life_cycle_state: 'TERMINATED', result_state: result, state_message: message };
}

function ok(body: object) {
  return { status: 200, body };
}

function refusal(status: number, error_code: string, message: string) {
  return { status, body: { error_code, message } };
}

function killAll(child: ChildProcess | null): void {
  try {
    if (child?.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}
