// What one job of a build needs of its surroundings: logs and findings go to the build's folder and
// the workspace's database, sources come from the commits that the build is pinned to.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import {
  type AttachmentDetails,
  type AttachmentKind,
  asFileName,
  type CheckoutOptions,
  type CoverageReport,
  cleanRunName,
  copyInto,
  type JobHost,
  type JobRun,
  keepCoverage,
  keepTestRun,
  LocalArtifacts,
  LocalCache,
  type LogLine,
  StepLogs,
  type StepRecord,
  TaskFailure,
  type TestRun,
} from '@ridgeline/azure-pipelines';
import { DeliveryError } from '../../errors.ts';
import { checkOut } from './build-checkout.ts';
import { BuildServerTasks } from './build-server-tasks.ts';
import { type BuildSurroundings, folderNameOf } from './build-surroundings.ts';
import { findArtifacts } from './find-artifacts.ts';
import { addTag, inTurn } from './note-findings.ts';

export class BuildJobHost implements JobHost {
  readonly signal: AbortSignal;
  readonly artifacts: LocalArtifacts;
  readonly cache: LocalCache;
  readonly serverTasks: BuildServerTasks;
  readonly #job: JobRun;
  readonly #around: BuildSurroundings;
  readonly #logs: StepLogs;
  readonly #printed = new Set<string>();
  #attached = 0;

  constructor(job: JobRun, around: BuildSurroundings, signal: AbortSignal) {
    const { folder, paths, build } = around;
    this.signal = signal;
    this.#job = job;
    this.#around = around;
    this.#logs = new StepLogs(folder.jobLogs(folderNameOf(job.id), 1));
    this.cache = new LocalCache(paths.cache(build.pipeline_id));
    this.artifacts = new LocalArtifacts(folder.artifacts, (run) => findArtifacts(run, around));
    this.serverTasks = new BuildServerTasks(job, around, (name) => this.serviceConnection(name));
  }

  log(line: LogLine): void {
    this.#logs.write(line);
    if (this.#printed.has(line.step)) return;
    this.#printed.add(line.step);
    this.#around.journal.noteFile(this.#job.id, line.step, this.#fileOf(line.step));
  }

  logDrained(): Promise<void> | undefined {
    return this.#logs.drained();
  }

  timeline(record: StepRecord): void {
    this.#logs.name(record.id, record.order, record.displayName);
    this.#around.journal.note(this.#job.id, record, this.#fileOf(record.id));
  }

  async checkout(
    repository: string,
    ref: string | undefined,
    into: string,
    options: CheckoutOptions,
  ): Promise<{ readonly commit: string }> {
    return checkOut({ repository, ref, into, options, signal: this.signal }, this.#around);
  }

  repositoryName(repository: string): string | undefined {
    const { repositories } = this.#around.kept;
    return Object.hasOwn(repositories, repository) ? repositories[repository]?.name : undefined;
  }

  async serviceConnection(name: string) {
    const { assets, build } = this.#around;
    return assets.serviceConnection(name, build.pipeline_name).catch(asFailure);
  }

  /** There are none yet in a workspace. */
  async secureFile(): Promise<undefined> {
    return undefined;
  }

  /** A vault is a variable group of its name; without one, the task asks the vault itself. */
  async vaultSecrets(vault: string): Promise<ReadonlyMap<string, string> | undefined> {
    const { assets, build } = this.#around;
    const groups = await assets.variableGroups([vault], build.pipeline_name).catch(noneOrThrow);
    const [group] = groups?.values() ?? [];
    return group && new Map([...group].map(([name, { value }]) => [name, value]));
  }

  async publishTestRun(run: TestRun): Promise<void> {
    const { store, build, folder } = this.#around;
    await inTurn(build.build_id, async () => {
      const summary = await keepTestRun(run, folder);
      await store.commit([store.addFinding(build.build_id, 'tests', summary)]);
    });
  }

  async publishCoverage(report: CoverageReport): Promise<void> {
    const { store, build, folder } = this.#around;
    await inTurn(build.build_id, async () => {
      const summary = await keepCoverage(report, folder);
      await store.commit([store.addFinding(build.build_id, 'coverage', summary)]);
    });
  }

  async attach(kind: AttachmentKind, file: string, details?: AttachmentDetails): Promise<void> {
    this.#attached += 1;
    const name = `${folderNameOf(this.#job.id)}-${String(this.#attached).padStart(2, '0')}`;
    const label = details?.name === undefined ? [] : [asFileName(details.name)];
    const folder = path.join(this.#around.folder.attachments, kind, name, ...label);
    await mkdir(folder, { recursive: true });
    await copyInto(file, folder, () => false);
  }

  async setBuildNumber(buildNumber: string): Promise<void> {
    const { store, build } = this.#around;
    const { name } = cleanRunName(buildNumber);
    await store.commit([store.updateBuild(build.build_id, { build_number: name })]);
  }

  async addBuildTag(tag: string): Promise<void> {
    const { store, build } = this.#around;
    await store.commit([addTag(build.build_id, tag)]);
  }

  /** Every line is in its file then. */
  async close(): Promise<void> {
    await this.#logs.close();
  }

  #fileOf(step: string): string | null {
    const file = this.#logs.fileOf(step);
    return file === null ? null : path.relative(this.#around.folder.path, file);
  }
}

function asFailure(error: unknown): never {
  throw error instanceof DeliveryError ? new TaskFailure(error.message, { cause: error }) : error;
}

function noneOrThrow(error: unknown): undefined {
  if (error instanceof DeliveryError && error.code === 'VARIABLE_GROUP_NOT_FOUND') return undefined;
  return asFailure(error);
}
