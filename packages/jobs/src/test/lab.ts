// A workspace in a temporary folder, and job engines on it: one in this process, or one in a
// process of its own that can be killed.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { openWorkspace, type Workspace } from '@ridgeline/workspace';
import type { EngineLimits } from '../engine/engine-context.ts';
import { JobEngine } from '../engine/job-engine.ts';
import { JobStore } from '../job/job-store.ts';
import type { JobSubmission } from '../submission/submission.ts';
import { ControlFolder } from './control-folder.ts';
import { processesWith } from './processes.ts';
import { until } from './until.ts';

const killable = path.join(import.meta.dirname, 'engine-process.ts');
/** There are many of those processes: with room for what is soon garbage, each starts in a quarter less. */
export const roomToStart = '--min-semi-space-size=32';
/** Nobody listens there: the steps of these tests need no server. */
export const address = 'http://127.0.0.1:9';

export interface OpenEngine {
  readonly workspace: Workspace;
  readonly engine: JobEngine;
  /** Of the engine itself. */
  readonly errors: unknown[];
}

export interface EngineSettings {
  readonly url?: string;
  readonly limits?: Partial<EngineLimits>;
  /** What the engine gets in place of the workspace. */
  readonly wrap?: (workspace: Workspace) => Workspace;
}

export class Lab {
  readonly folder: string;
  readonly control: ControlFolder;
  /** What steps are told of engines in other processes; `desk` for one that takes metrics. */
  addressElsewhere = address;
  readonly #children = new Set<ChildProcess>();
  #open: OpenEngine | null = null;

  private constructor(folder: string) {
    this.folder = folder;
    this.control = new ControlFolder(path.join(folder, 'control'));
  }

  static async make(): Promise<Lab> {
    const lab = new Lab(await mkdtemp(path.join(tmpdir(), "jobs' lab ")));
    await lab.control.make();
    return lab;
  }

  get workspaceFolder(): string {
    return path.join(this.folder, 'workspace');
  }

  /** Opens the workspace in this process, and an engine that takes up what was left. */
  async open({ url = address, limits, wrap }: EngineSettings = {}): Promise<OpenEngine> {
    const errors: unknown[] = [];
    const workspace = await openWorkspace({ folder: this.workspaceFolder });
    const engine = await JobEngine.open(wrap?.(workspace) ?? workspace, {
      trackingUrl: () => url,
      limits: { slots: 8, killGraceMs: 5_000, ...limits },
      onInternalError: (_jobId, error) => errors.push(error),
    });
    this.#open = { workspace, engine, errors };
    await engine.start();
    return this.#open;
  }

  /** Stops the engine of this process, as a server that is told to end. */
  async close(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    await open?.engine.stop();
    await open?.workspace.close();
  }

  /** Opens an engine in another process and submits a job there. */
  async submitElsewhere(
    submission: JobSubmission,
  ): Promise<{ readonly jobId: string; readonly child: ChildProcess }> {
    const { child, line } = await this.openElsewhere(await this.#write(submission));
    return { child, jobId: line };
  }

  /**
   * Runs a job, or null for what was left, in an engine in another process, which kills itself when
   * it asks its surroundings for the nth thing. False where it asks for less, and all has ended.
   */
  async runElsewhere(submission: JobSubmission | null, crashPoint: number): Promise<boolean> {
    const file = submission === null ? '-' : await this.#write(submission);
    const child = this.startElsewhere(file, String(crashPoint));
    const said = text(child.stdout);
    child.stdin.end();
    await once(child, 'exit');
    this.#children.delete(child);
    return !(await said).endsWith('ended\n');
  }

  async #write(submission: JobSubmission): Promise<string> {
    const file = path.join(this.folder, 'submission.json');
    await writeFile(file, JSON.stringify(submission));
    return file;
  }

  /** Opens an engine in another process; resolves with the line that it says when it is open. */
  async openElsewhere(...args: readonly string[]) {
    const child = this.startElsewhere(...args);
    const [line] = await once(child.stdout, 'data');
    return { child, line: String(line).trim() };
  }

  /** As `openElsewhere`, without waiting for it. */
  startElsewhere(...args: readonly string[]) {
    const child = spawn(
      process.execPath,
      [roomToStart, killable, this.workspaceFolder, this.addressElsewhere, ...args],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    this.#children.add(child);
    return child;
  }

  async kill(child: ChildProcess): Promise<void> {
    const exited =
      child.exitCode === null && child.signalCode === null ? once(child, 'exit') : null;
    child.kill('SIGKILL');
    await exited;
    this.#children.delete(child);
  }

  /** Ends a step as a machine does that loses its power. */
  async killStep(jobId: string, step: string, attempt = 1): Promise<void> {
    const file = path.join(this.attemptFolder(jobId, step, attempt), 'pid');
    process.kill(-Number(await readFile(file, 'utf8')), 'SIGKILL');
    await this.untilGone(jobId, step, attempt);
  }

  /** Waits until a step whose server is gone has come to its own end. */
  async untilGone(jobId: string, step: string, attempt = 1): Promise<void> {
    const folder = this.attemptFolder(jobId, step, attempt);
    await until(`${step} has ended`, async () => (await processesWith(folder)).length === 0);
  }

  /** Waits until no step runs. */
  async untilIdle(): Promise<void> {
    await until('no step runs', async () => (await this.processes()).length === 0);
  }

  /** Writes a cancel down while no engine runs, as one that is killed before it acts on it. */
  async noteCancel(jobId: string, reason: string, sparedStep?: string): Promise<void> {
    const workspace = await openWorkspace({ folder: this.workspaceFolder });
    const store = await JobStore.open(workspace.database);
    const stored = await store.find(jobId);
    const spared = stored?.steps.find(({ step_name }) => step_name === sparedStep);
    await store.noteCancel(jobId, reason, spared?.run_id ?? null);
    await workspace.close();
  }

  /** Changes what is stored of a job's submission while no engine runs. */
  async rewriteSubmission(jobId: string, change: (json: string) => string): Promise<void> {
    const workspace = await openWorkspace({ folder: this.workspaceFolder });
    const store = await JobStore.open(workspace.database);
    const stored = await store.find(jobId);
    await store.updateJob(jobId, { submission: change(stored?.job.submission ?? '') });
    await workspace.close();
  }

  /** How many attempts of a step have files just now. */
  async attemptsOf(jobId: string, step: string): Promise<number | null> {
    const folder = path.dirname(this.attemptFolder(jobId, step));
    return readdir(folder).then(
      (names) => names.length,
      () => null,
    );
  }

  /** Where an attempt keeps its files while it runs. */
  attemptFolder(jobId: string, step: string, attempt = 1): string {
    return path.join(this.workspaceFolder, 'jobs', jobId, step, String(attempt));
  }

  /** The processes that steps of this lab have left. */
  async processes(): Promise<readonly string[]> {
    const all = await processesWith(this.folder);
    return all.filter((line) => !line.includes(killable));
  }

  async dispose(): Promise<void> {
    for (const child of this.#children) await this.kill(child);
    await this.close();
    await this.untilIdle();
    await rm(this.folder, { recursive: true, force: true });
  }
}
