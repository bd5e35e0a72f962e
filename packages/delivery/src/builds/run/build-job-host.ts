// What one job of a build needs of its surroundings when it runs on this machine: logs go to the
// build's folder, sources come from the commits that the build is pinned to.
import path from 'node:path';
import {
  type CheckoutOptions,
  type JobHost,
  type JobMemory,
  type JobRun,
  LocalCache,
  type LogLine,
  StepLogs,
  type StepRecord,
} from '@ridgeline/azure-pipelines';
import { checkOut } from './build-checkout.ts';
import { BuildServerTasks } from './build-server-tasks.ts';
import { type BuildSurroundings, folderNameOf } from './build-surroundings.ts';
import { JobServices } from './job-services.ts';
import { KeptMemory } from './kept-memory.ts';

export class BuildJobHost extends JobServices implements JobHost {
  readonly signal: AbortSignal;
  readonly cache: LocalCache;
  readonly serverTasks: BuildServerTasks;
  readonly #logs: StepLogs;
  readonly #printed = new Set<string>();
  readonly #memory: KeptMemory;

  constructor(job: JobRun, around: BuildSurroundings, signal: AbortSignal, memory?: JobMemory) {
    super(job, around);
    const { folder, paths, build, texts } = around;
    this.#memory = new KeptMemory(texts, build.secret_prefix, job.id, memory);
    this.signal = signal;
    this.#logs = new StepLogs(folder.jobLogs(folderNameOf(job.id), 1));
    this.cache = new LocalCache(paths.cache(build.pipeline_id));
    this.serverTasks = new BuildServerTasks(job, around, (name) => this.serviceConnection(name));
  }

  log(line: LogLine): void {
    this.#logs.write(line);
    if (this.#printed.has(line.step)) return;
    this.#printed.add(line.step);
    this.around.journal.noteFile(this.job.id, line.step, this.#fileOf(line.step));
  }

  logDrained(): Promise<void> | undefined {
    return this.#logs.drained();
  }

  timeline(record: StepRecord): void {
    this.#logs.name(record.id, record.order, record.displayName);
    this.around.journal.note(this.job.id, record, this.#fileOf(record.id));
  }

  async keep(memory: JobMemory): Promise<void> {
    await this.#memory.keep(memory);
    await this.around.journal.flush();
  }

  async checkout(
    repository: string,
    ref: string | undefined,
    into: string,
    options: CheckoutOptions,
  ): Promise<{ readonly commit: string }> {
    return checkOut({ repository, ref, into, options, signal: this.signal }, this.around);
  }

  /** Every line is in its file then. */
  async close(): Promise<void> {
    await this.#logs.close();
  }

  #fileOf(step: string): string | null {
    const file = this.#logs.fileOf(step);
    return file === null ? null : path.relative(this.around.folder.path, file);
  }
}
