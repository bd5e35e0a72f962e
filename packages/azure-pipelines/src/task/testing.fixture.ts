// A step's surroundings for tests: real folders and real processes, a host on the file system, and
// everything that was logged or set, to look at.

import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import type { CoverageReport } from './coverage/coverage-report.ts';
import { FolderHost } from './folder-host.fixture.ts';
import { findFiles } from './glob/find-files.ts';
import type { ServiceConnection } from './service-connection.ts';
import type {
  AgentTask,
  PostContext,
  RunOptions,
  RunResult,
  SetVariableOptions,
  TaskContext,
  TaskFolders,
  TaskRuntime,
} from './task.ts';
import { postContext, runPost, runPre, runTask, taskContext } from './task-context.ts';
import type { CheckoutOptions } from './task-host.ts';
import type { TaskOutcome } from './task-outcome.ts';
import type { TestRun } from './test-results/test-run.ts';

export class TestStep {
  readonly folders: TaskFolders;
  readonly root: string;
  readonly lines: string[] = [];
  readonly set = new Map<string, string>();
  readonly setOptions = new Map<string, SetVariableOptions>();
  readonly secrets: string[] = [];
  readonly testRuns: TestRun[] = [];
  readonly coverage: CoverageReport[] = [];
  readonly checkouts: {
    readonly repository: string;
    readonly into: string;
    readonly options: CheckoutOptions;
  }[] = [];
  readonly connections = new Map<string, ServiceConnection>();
  readonly secureFiles = new Map<string, Uint8Array>();
  readonly vaults = new Map<string, ReadonlyMap<string, string>>();
  readonly variables = new Map<string, string>();
  readonly secretNames = new Set<string>();
  readonly environment: Record<string, string>;
  readonly cancel = new AbortController();
  checkoutCount = 1;

  constructor(root: string) {
    this.root = root;
    const work = join(root, '_work', '1');
    this.folders = {
      workspace: work,
      sources: join(work, 's'),
      binaries: join(work, 'b'),
      staging: join(work, 'a'),
      testResults: join(work, 'TestResults'),
      workingDirectory: join(work, 's'),
      temp: join(root, '_work', '_temp'),
      tools: join(root, '_work', '_tool'),
    };
    this.environment = { PATH: process.env.PATH ?? '', HOME: root };
    this.variables.set('system.defaultworkingdirectory', this.folders.workingDirectory);
    this.variables.set('pipeline.workspace', work);
    this.variables.set('build.artifactstagingdirectory', this.folders.staging);
    this.variables.set('system.artifactsdirectory', this.folders.staging);
    this.variables.set('build.binariesdirectory', this.folders.binaries);
    this.variables.set('build.buildid', '7');
    this.variables.set('system.jobidentifier', 'Build.Test.__default');
  }

  get log(): string {
    return this.lines.join('\n');
  }

  /** A program of the step's own, first on its PATH: a script that shows its arguments and more. */
  async addProgram(name: string, script = ''): Promise<void> {
    const folder = join(this.root, 'bin');
    const shows = `echo "${name} $*" >> "${this.root}/calls.txt"`;
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, name), `#!/bin/bash\n${shows}\n${script}\n`, { mode: 0o755 });
    const path = this.environment.PATH ?? '';
    if (!path.startsWith(`${folder}:`)) this.environment.PATH = `${folder}:${path}`;
  }

  /** The orders that such programs were given, one a line. */
  async calls(): Promise<readonly string[]> {
    const text = await readFile(join(this.root, 'calls.txt'), 'utf8').catch(() => '');
    return linesOf(text);
  }

  /** Files of the sources folder. */
  async put(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [path, text] of Object.entries(files)) {
      const file = join(this.folders.sources, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
  }

  run(task: AgentTask, inputs: Readonly<Record<string, string>> = {}): Promise<TaskOutcome> {
    return runTask(task, this.context(task, inputs));
  }

  /** Pre, main and post parts of one step, as a job runs them. */
  async runAll(
    task: AgentTask,
    inputs: Readonly<Record<string, string>> = {},
    jobResult: PostContext['jobResult'] = 'succeeded',
    between: () => Promise<void> = async () => {},
  ): Promise<readonly TaskOutcome[]> {
    const context = this.context(task, inputs);
    const first = [await runPre(task, context), await runTask(task, context)];
    await between();
    return [...first, await runPost(task, postContext(context, jobResult))];
  }

  context(task: AgentTask, inputs: Readonly<Record<string, string>>): TaskContext {
    return taskContext(task, new Map(Object.entries(inputs)), this.#runtime());
  }

  #runtime(): TaskRuntime {
    return {
      stepName: 'step',
      variables: {
        get: (name) => this.variables.get(name.toLowerCase()),
        isSecret: (name) => this.secretNames.has(name.toLowerCase()),
        names: () => this.variables.keys(),
        set: (name, value, options = {}) => {
          this.set.set(name, value);
          this.setOptions.set(name, options);
          this.variables.set(name.toLowerCase(), value);
        },
        addSecret: (value) => this.secrets.push(value),
      },
      env: this.environment,
      folders: this.folders,
      checkoutCount: this.checkoutCount,
      host: new FolderHost(this),
      signal: this.cancel.signal,
      state: new Map(),
      log: (line) => this.lines.push(line),
      run: (command, args, options) => this.#spawn(command, args, options),
    };
  }

  async #spawn(
    command: string,
    args: readonly string[],
    options: RunOptions = {},
  ): Promise<RunResult> {
    const laid = { ...this.environment, ...options.env };
    const env = Object.fromEntries(Object.entries(laid).filter(([, value]) => value !== undefined));
    const cwd = options.cwd ?? this.folders.workingDirectory;
    const child = spawn(command, args, { cwd, env, signal: this.cancel.signal });
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    child.on('error', reject).on('close', (code) => resolve(code ?? 137));
    // A program may end without having read what it was given.
    child.stdin.on('error', () => {}).end(options.stdin);
    const read = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      read.stdout += part;
    });
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      read.stderr += part;
    });
    const exitCode = await promise;
    if (options.silent !== true) this.lines.push(...linesOf(read.stdout), ...linesOf(read.stderr));
    const captured = options.capture === true ? read : { stdout: '', stderr: '' };
    return { exitCode, wroteToStderr: read.stderr !== '', ...captured };
  }
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

/** The files below a folder, relative to it. */
export async function tree(folder: string): Promise<readonly string[]> {
  const files = await findFiles(folder, ['**']);
  return files.map((file) => relative(folder, file));
}

export function principal(
  name: string,
  data: Readonly<Record<string, string>> = {},
): ServiceConnection {
  const parameters = { serviceprincipalid: 'app', serviceprincipalkey: 's3cret', tenantid: 'ten' };
  return {
    id: `id-of-${name}`,
    name,
    type: 'azurerm',
    scheme: 'ServicePrincipal',
    parameters,
    data,
  };
}

/** A step in folders of its own, which are gone after the test. */
export async function withStep(test: (step: TestStep) => Promise<void>): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'task-'));
  const step = new TestStep(root);
  try {
    for (const folder of Object.values(step.folders)) await mkdir(folder, { recursive: true });
    await test(step);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}
