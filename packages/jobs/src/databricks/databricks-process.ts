// The run of a step on a cluster, as the engine knows a process: it ends, and it can be told to. The
// run outlives the server; another server goes on with it from what is written down here.
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { StepProcess } from '../step/supervise.ts';
import type { DatabricksApi, Run, Submission } from './databricks-api.ts';
import { DatabricksError } from './databricks-http.ts';
import { OutputProblem, unpackOutputs } from './unpack-outputs.ts';

export interface DatabricksProcessOptions {
  readonly api: DatabricksApi;
  readonly submission: Submission;
  /** Of the step, on DBFS. */
  readonly store: string;
  readonly folder: { readonly root: string; readonly log: string };
  readonly outputs: ReadonlyMap<string, string>;
  readonly timing: ProcessTiming;
  readonly maxOutputBytes: number;
}

export interface ProcessTiming {
  /** Between two looks at the run. */
  readonly pollMs: number;
  /** For how long Databricks may fail to answer before the run is given up. */
  readonly patienceMs: number;
}

const finalStates = ['TERMINATED', 'SKIPPED', 'INTERNAL_ERROR'];
const runFile = 'databricks-run';

export class DatabricksProcess implements StepProcess {
  readonly #options: DatabricksProcessOptions;
  readonly #wake = new AbortController();
  #stopAsked = false;
  #end: Promise<number | null> | null = null;
  #said = '';

  constructor(options: DatabricksProcessOptions) {
    this.#options = options;
  }

  ended(): Promise<number | null> {
    this.#end ??= this.#run();
    return this.#end;
  }

  /** A run can only be cancelled; how, Databricks decides. */
  signal(): void {
    this.#stopAsked = true;
    this.#wake.abort();
  }

  async #run(): Promise<number | null> {
    const { api, store } = this.#options;
    try {
      const runId = await this.#patiently(() => this.#submitted());
      const run = await this.#watch(runId);
      const exitCode = await this.#patiently(() => this.#conclude(runId, run));
      await api.deleteFolder(store).catch(() => {});
      return exitCode;
    } catch (error) {
      if (!(error instanceof DatabricksError || error instanceof OutputProblem)) throw error;
      await this.#say(`Databricks: ${error.message}`);
      return 1;
    }
  }

  /** The id of the run, which is the same for every server that asks. */
  async #submitted(): Promise<number> {
    const { api, submission, folder } = this.#options;
    const file = path.join(folder.root, runFile);
    const known = Number(await readFile(file, 'utf8').catch(() => ''));
    if (known > 0) return known;
    const runId = await api.submit(submission);
    await writeFile(file, String(runId));
    return runId;
  }

  async #watch(runId: number): Promise<Run> {
    const { api, timing } = this.#options;
    for (;;) {
      const run = await this.#patiently(() => api.getRun(runId));
      const state = run.state?.life_cycle_state ?? '';
      await this.#sayState(runId, run, state);
      if (finalStates.includes(state)) return run;
      if (this.#stopAsked && state !== 'TERMINATING') {
        await this.#patiently(() => api.cancel(runId));
      }
      // Once it is to stop there is nothing left that could wake.
      const options = this.#stopAsked ? {} : { signal: this.#wake.signal };
      await delay(timing.pollMs, undefined, options).catch(() => {});
    }
  }

  async #conclude(runId: number, run: Run): Promise<number | null> {
    const { api } = this.#options;
    const output = await api.getOutput(run.tasks?.[0]?.run_id ?? runId).catch(nullIfRefused);
    if (output?.logs_truncated === true) await this.#say('[the beginning of the log is cut off]');
    if (output?.logs) await this.#say(output.logs.replace(/\n$/, ''));
    const exitCode = await this.#exitCode();
    if (exitCode === 0) {
      await this.#fetchOutputs();
      return 0;
    }
    if (exitCode !== null) return exitCode;
    const { result_state: result, state_message: message } = run.state ?? {};
    if (this.#stopAsked && result === 'CANCELED') return null;
    const reasons = [result ?? run.state?.life_cycle_state, message, output?.error];
    await this.#say(`Databricks: run ${runId} ended: ${reasons.filter(Boolean).join(': ')}`);
    if (output?.error_trace) await this.#say(output.error_trace);
    return 1;
  }

  /** Null where the command has not come to an end. */
  async #exitCode(): Promise<number | null> {
    const { api, store } = this.#options;
    const bytes = await api.readBlock(`${store}/exit-code`, 0).catch(nullIfRefused);
    const text = Buffer.from(bytes ?? []).toString('utf8');
    return /^\d{1,3}$/.test(text) ? Number(text) : null;
  }

  async #fetchOutputs(): Promise<void> {
    const { api, store, outputs, maxOutputBytes: maxBytes } = this.#options;
    await unpackOutputs(blocksOf(api, `${store}/outputs.jsonl`), { outputs, maxBytes });
  }

  /** Databricks may be away for a while; a run that goes on is not lost for that. */
  async #patiently<T>(work: () => Promise<T>): Promise<T> {
    const { pollMs, patienceMs } = this.#options.timing;
    const mayWait = (waitedMs: number) => waitedMs < (this.#stopAsked ? pollMs * 12 : patienceMs);
    for (let waitedMs = 0; ; waitedMs += pollMs) {
      try {
        return await work();
      } catch (error) {
        const mayHelp = error instanceof DatabricksError && mayPass(error);
        if (!mayHelp || !mayWait(waitedMs)) throw error;
        await this.#sayOnce(`Databricks: ${error.message}; trying again`);
      }
      await delay(pollMs);
    }
  }

  async #sayState(runId: number, { run_page_url: page }: Run, state: string): Promise<void> {
    await this.#sayOnce(`Databricks: run ${runId}${page ? ` (${page})` : ''} is ${state}`);
  }

  async #sayOnce(text: string): Promise<void> {
    if (text === this.#said) return;
    this.#said = text;
    await this.#say(text);
  }

  async #say(text: string): Promise<void> {
    await appendFile(this.#options.folder.log, `${text}\n`);
  }
}

/** A token that has just expired is replaced, too. */
function mayPass(error: DatabricksError): boolean {
  return error.isTransient || error.status === 401 || error.status === 403;
}

/** What is not there is no failure of the call. */
function nullIfRefused(error: unknown): null {
  if (error instanceof DatabricksError && !mayPass(error)) return null;
  throw error;
}

async function* blocksOf(api: DatabricksApi, file: string): AsyncGenerator<Uint8Array> {
  for (let offset = 0; ; ) {
    const block = await api.readBlock(file, offset);
    if (block.length === 0) return;
    yield block;
    offset += block.length;
  }
}
