// For tests: a workspace in a temporary folder, real git repositories beside it, and an engine in
// this process, or in one that can be killed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { git } from '@ridgeline/azure-pipelines';
import { openWorkspace, type Workspace } from '@ridgeline/workspace';
import { DeliveryAssets } from '../../assets/delivery-assets.ts';
import type { Approver } from '../../assets/environments/approver.ts';
import type { Build } from '../build.ts';
import { BuildEngine } from '../build-engine.ts';
import type { BuildStep } from '../build-job.ts';
import type { BuildRequest } from '../build-request.ts';
import type { NewDeliveryPipeline } from '../delivery-pipeline.ts';
import type { BuildEngineOptions } from '../engine-parts.ts';
import { until } from './until.ts';

const program = path.join(import.meta.dirname, 'engine-process.ts');
// There are many starts: with room for what is soon garbage, each takes a quarter less.
const roomToStart = '--min-semi-space-size=32';

export interface OpenLab {
  readonly workspace: Workspace;
  readonly assets: DeliveryAssets;
  readonly engine: BuildEngine;
  readonly errors: unknown[];
}

export interface LabOptions extends Partial<BuildEngineOptions> {
  /** What the engine gets in place of the workspace. */
  readonly wrap?: (workspace: Workspace) => Workspace;
}

export class BuildLab {
  readonly folder: string;
  #open: OpenLab | null = null;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async make(): Promise<BuildLab> {
    return new BuildLab(await mkdtemp(path.join(tmpdir(), "builds' lab ")));
  }

  get workspaceFolder(): string {
    return path.join(this.folder, 'workspace');
  }

  /** A file that steps and tests meet at. */
  file(name: string): string {
    return path.join(this.folder, name);
  }

  async open({ wrap, ...options }: LabOptions = {}): Promise<OpenLab> {
    const errors: unknown[] = [];
    const workspace = await openWorkspace({ folder: this.workspaceFolder });
    const assets = await DeliveryAssets.open(workspace);
    const engine = await BuildEngine.open(wrap?.(workspace) ?? workspace, {
      assets,
      slots: 4,
      onInternalError: (_build, error) => errors.push(error),
      ...options,
    });
    this.#open = { workspace, assets, engine, errors };
    await engine.start();
    return this.#open;
  }

  async close(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    await open?.engine.close();
    await open?.workspace.close();
  }

  /** A repository with one commit of these files. */
  async repository(name: string, files: Readonly<Record<string, string>>): Promise<string> {
    const folder = path.join(this.folder, name);
    await mkdir(folder, { recursive: true });
    await git(folder, ['init', '--quiet', '--initial-branch=main']);
    await git(folder, ['config', 'user.name', 'Ada']);
    await git(folder, ['config', 'user.email', 'ada@example.org']);
    await this.commit(folder, files, 'first');
    return folder;
  }

  async commit(folder: string, files: Readonly<Record<string, string>>, message: string) {
    for (const [file, text] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
      await writeFile(path.join(folder, file), text);
    }
    await git(folder, ['add', '--all']);
    await git(folder, ['commit', '--quiet', '--allow-empty', '-m', message]);
    return (await git(folder, ['rev-parse', 'HEAD'])).trim();
  }

  /** A repository with this pipeline, and its definition. */
  async define(
    yaml: string,
    more: Partial<NewDeliveryPipeline> = {},
    files: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const name = more.name ?? 'ci';
    const all = { 'azure-pipelines.yml': yaml, ...files };
    const location = await this.repository(`source of ${name}`, all);
    await this.#opened().engine.pipelines.create({ name, repository: { location }, ...more });
    return location;
  }

  /** Queues a build of `ci` and waits for its end. */
  async build(request: Partial<BuildRequest> = {}): Promise<Build> {
    const { engine } = this.#opened();
    const { id } = await engine.queue({ pipeline: 'ci', requestedBy: 'ada', ...request });
    return engine.waitFor(id);
  }

  async run(yaml: string, request: Partial<BuildRequest> = {}): Promise<Build> {
    await this.define(yaml);
    return this.build(request);
  }

  /** All lines of a step's log, without their times. */
  async logOf(build: Build, step: string): Promise<readonly string[]> {
    const { lines } = await this.#opened().engine.builds.log(build.id, stepOf(build, step).log);
    return lines.map((line) => line.slice(line.indexOf(' ') + 1));
  }

  async untilWaiting(id: string, stage: string): Promise<Build> {
    const { builds } = this.#opened().engine;
    return until(`${stage} waits`, async () => {
      const build = await builds.get(id);
      const waits = build.approvals.some((one) => one.stage === stage && one.state === 'pending');
      return waits && build;
    });
  }

  /** Queues a build in another process; that is killed when the build has made a file. */
  async killWhen(file: string, pipeline = 'ci'): Promise<void> {
    const child = spawn(process.execPath, [roomToStart, program, this.workspaceFolder, pipeline], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const exited = once(child, 'exit');
    try {
      await until(`${file} is there`, async () => {
        if (child.exitCode !== null) throw new Error('the engine ended before');
        return this.hasFile(file);
      });
    } finally {
      child.kill('SIGKILL');
      await exited;
    }
  }

  /** A build in another process, which kills itself before its nth write; true where it ended first. */
  async runTo(crashPoint: number, pipeline = 'ci'): Promise<boolean> {
    const words = [roomToStart, program, this.workspaceFolder, pipeline, String(crashPoint)];
    const child = spawn(process.execPath, words, {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit').then(() => false);
    const said = once(child.stdout, 'data').then(() => true);
    const hasEnded = await Promise.race([exited, said]);
    child.kill('SIGKILL');
    await exited;
    return hasEnded;
  }

  async writeFile(name: string, text = ''): Promise<void> {
    await writeFile(this.file(name), text);
  }

  async hasFile(name: string): Promise<boolean> {
    return access(this.file(name)).then(
      () => true,
      () => false,
    );
  }

  async readFile(name: string): Promise<string> {
    return readFile(this.file(name), 'utf8');
  }

  /** Of a closed workspace. */
  async databaseHolds(text: string): Promise<boolean> {
    const bytes = await readFile(path.join(this.workspaceFolder, 'workspace.db'));
    return bytes.includes(text);
  }

  async dispose(): Promise<void> {
    await this.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  #opened(): OpenLab {
    if (this.#open === null) throw new Error('the lab is not open');
    return this.#open;
  }
}

export const ada: Approver = { kind: 'user', name: 'ada', role: 'Owner' };
export const grace: Approver = { kind: 'user', name: 'grace', role: 'Contributor' };
export const reader: Approver = { kind: 'user', name: 'rita', role: 'Reader' };

export function stepOf(build: Build, name: string): BuildStep {
  const steps = build.stages.flatMap(({ jobs }) => jobs.flatMap((job) => job.steps));
  const found = steps.findLast((step) => step.name === name);
  if (found !== undefined) return found;
  throw new Error(`no step '${name}' among ${steps.map((step) => step.name).join(', ')}`);
}

/** `stage.job` → its result; of several legs or attempts the last. */
export function resultsOf(build: Build): Readonly<Record<string, string | null>> {
  const jobs = build.stages.flatMap((stage) =>
    stage.jobs.map((job) => [`${stage.id}.${job.job}`, job.result] as const),
  );
  return Object.fromEntries(jobs);
}
