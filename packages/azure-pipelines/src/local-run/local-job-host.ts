// What one job needs of its surroundings, on one machine: its logs go to files and to whoever
// listens, its artifacts and findings into the run's folder, its sources come from folders.
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { AttachmentDetails, AttachmentKind, JobHost } from '../execute/job-host.ts';
import type { LogLine } from '../execute/log-line.ts';
import type { StepRecord } from '../execute/step-record.ts';
import type { JobRun } from '../orchestrate/job-run.ts';
import { isSameName } from '../orchestrate/run-graph.ts';
import type { CoverageReport } from '../task/coverage/coverage-report.ts';
import type { CheckoutOptions } from '../task/task-host.ts';
import type { TestRun } from '../task/test-results/test-run.ts';
import { findRunArtifacts } from './find-run-artifacts.ts';
import { keepCoverage, keepTestRun } from './keep-findings.ts';
import { copyInto, LocalArtifacts } from './local-artifacts.ts';
import { LocalCache } from './local-cache.ts';
import { checkOut } from './local-checkout.ts';
import { LocalServerTasks } from './local-server-tasks.ts';
import type { LocalSurroundings } from './local-surroundings.ts';
import { asFileName } from './run-folder.ts';
import { StepLogs } from './step-logs.ts';
import { writeWhole } from './write-whole.ts';

export class LocalJobHost implements JobHost {
  readonly signal: AbortSignal;
  readonly artifacts: LocalArtifacts;
  readonly cache: LocalCache;
  readonly serverTasks: LocalServerTasks;
  readonly #job: JobRun;
  readonly #around: LocalSurroundings;
  readonly #logs: StepLogs;
  #attached = 0;

  constructor(job: JobRun, around: LocalSurroundings, signal: AbortSignal) {
    this.signal = signal;
    this.#job = job;
    this.#around = around;
    this.#logs = new StepLogs(around.folder.jobLogs(asFileName(job.identifier), job.attempt));
    this.cache = new LocalCache(path.join(around.store.folder, 'cache'));
    this.artifacts = new LocalArtifacts(around.folder.artifacts, (run) =>
      findRunArtifacts(run, around),
    );
    this.serverTasks = new LocalServerTasks(job.stage, around.ask, (name) =>
      this.serviceConnection(name),
    );
  }

  log(line: LogLine): void {
    this.#logs.write(line);
    this.#around.listener.line(this.#job, line);
  }

  logDrained(): Promise<void> | undefined {
    return this.#logs.drained();
  }

  timeline(record: StepRecord): void {
    this.#logs.name(record.id, record.order, record.displayName);
    this.#around.listener.step(this.#job, record);
    if (record.state !== 'completed') return;
    const file = this.#logs.fileOf(record.id);
    const log = file === null ? null : path.relative(this.#around.folder.path, file);
    this.#around.journal.stepEnded(this.#job.id, record, log);
  }

  async checkout(
    repository: string,
    _ref: string | undefined,
    into: string,
    options: CheckoutOptions,
  ): Promise<{ readonly commit: string }> {
    return checkOut({ repository, into, options, signal: this.signal }, this.#around);
  }

  repositoryName(repository: string): string | undefined {
    return this.#around.repositoryNames.get(repository);
  }

  async serviceConnection(nameOrId: string) {
    const { connections } = this.#around;
    const byId = [...connections.values()].find(({ id }) => isSameName(id, nameOrId));
    return connections.get(nameOrId.toLowerCase()) ?? byId;
  }

  async secureFile(name: string): Promise<Uint8Array | undefined> {
    const folder = this.#around.secureFiles;
    if (folder === null || /[\\/]|^\.*$/.test(name)) return undefined;
    return readFile(path.join(folder, name)).catch(() => undefined);
  }

  /** A vault is a variable group of its name. */
  async vaultSecrets(vault: string): Promise<ReadonlyMap<string, string> | undefined> {
    const { groups } = this.#around;
    const group = [...groups].find(([name]) => isSameName(name, vault))?.[1];
    return group && new Map([...group].map(([name, { value }]) => [name, value]));
  }

  async publishTestRun(run: TestRun): Promise<void> {
    this.#around.journal.addTests(await keepTestRun(run, this.#around.folder));
  }

  async publishCoverage(report: CoverageReport): Promise<void> {
    this.#around.journal.addCoverage(await keepCoverage(report, this.#around.folder));
  }

  async attach(kind: AttachmentKind, file: string, details?: AttachmentDetails): Promise<void> {
    this.#attached += 1;
    const name = `${asFileName(this.#job.id)}-${String(this.#attached).padStart(2, '0')}`;
    const folder = path.join(this.#around.folder.attachments, kind, name);
    await copyInto(file, folder, () => false);
    if (details === undefined) return;
    await mkdir(folder, { recursive: true });
    writeWhole(path.join(folder, 'details.json'), `${JSON.stringify(details, null, 2)}\n`);
  }

  async setBuildNumber(buildNumber: string): Promise<void> {
    this.#around.journal.setBuildNumber(buildNumber);
  }

  async addBuildTag(tag: string): Promise<void> {
    this.#around.journal.addTag(tag);
  }

  /** Every line is in its file then. */
  async close(): Promise<void> {
    await this.#logs.close();
  }
}
