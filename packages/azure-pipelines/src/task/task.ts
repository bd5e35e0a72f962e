// A task: what a step runs. Its inputs are data; it meets the machine only through its context,
// so that logs, masks, cancel and the environment are one affair of whoever runs the job.

import type { ServerTaskContext } from './server/server-task.ts';
import type { TaskHost } from './task-host.ts';
import type { TaskInput } from './task-input.ts';
import type { TaskOutcome } from './task-outcome.ts';

export type TaskDefinition = AgentTask | ServerTask;

interface TaskBase {
  readonly name: string;
  /** The GUID and the long names of extensions by which pipelines may also call it. */
  readonly ids?: readonly string[];
  /** Major versions, ascending. */
  readonly versions: readonly number[];
  readonly inputs: readonly TaskInput[];
  /** Takes inputs that are not listed too: a task that is only known by name. */
  readonly openInputs?: boolean;
  /** Why it cannot run here and what to do instead; validation then warns of it. */
  readonly unsupported?: string;
}

export interface AgentTask extends TaskBase {
  readonly runsOn: 'agent';
  /** Variables that are outputs of the step whenever the task sets them, without saying so. */
  readonly outputVariables?: readonly string[];
  /** Before the job's first step, in the order of the steps. */
  pre?(context: TaskContext): Promise<TaskOutcome>;
  run(context: TaskContext): Promise<TaskOutcome>;
  /** After the job's last step, the last step's first. */
  post?(context: PostContext): Promise<TaskOutcome>;
}

/** Of `pool: server`: it holds no agent while it waits. */
export interface ServerTask extends TaskBase {
  readonly runsOn: 'server';
  run(context: ServerTaskContext): Promise<TaskOutcome>;
}

/** The inputs of one step, expanded, with the definition's defaults and aliases applied. */
export interface TaskInputs {
  /** The definition's name of the input, in any case; empty counts as not given. */
  input(name: string): string | undefined;
  /** As `input`, or a `TaskFailure` that names it. */
  requiredInput(name: string): string;
  boolInput(name: string): boolean;
  integerInput(name: string): number | undefined;
  /** Lines without blanks and empty ones. */
  linesInput(name: string): readonly string[];
  /** Every value, under the definition's names. */
  readonly values: ReadonlyMap<string, string>;
}

/** What the runner of a job gives; `taskContext` adds the inputs. */
export interface TaskRuntime {
  /** The step's name for outputs, such as `CmdLine1`. */
  readonly stepName: string;
  readonly variables: TaskVariables;
  /** What a child process starts with: variables, the step's `env`, PATH with what was prepended. */
  readonly env: Readonly<Record<string, string>>;
  readonly folders: TaskFolders;
  /** Its processes run in a container, whose programs are others than this machine's. */
  readonly inContainer?: boolean;
  /** How many steps of the job check out a repository: with several, each gets its own folder. */
  readonly checkoutCount: number;
  readonly host: TaskHost;
  readonly signal: AbortSignal;
  /** Values of this step alone, which its pre, main and post parts share. */
  readonly state: Map<string, string>;
  /** The only repository of the job lies there: so do its sources and its working directory. */
  moveSources?(folder: string): void;
  /** A line as if a process of the step had printed it: masked, and its commands are obeyed. */
  log(line: string): void;
  /** A child process: its lines go to the log, its end is awaited, cancel reaches it. */
  run(command: string, args: readonly string[], options?: RunOptions): Promise<RunResult>;
}

export interface TaskContext extends TaskRuntime, TaskInputs {
  /** A path against the default working directory; undefined where the input is empty. */
  pathInput(name: string): string | undefined;
}

export interface PostContext extends TaskContext {
  /** Of the job, as its last step left it. */
  readonly jobResult: 'succeeded' | 'succeededWithIssues' | 'failed' | 'canceled';
}

export interface TaskVariables {
  /** The expanded value, its name in any case. */
  get(name: string): string | undefined;
  isSecret(name: string): boolean;
  names(): Iterable<string>;
  set(name: string, value: string, options?: SetVariableOptions): void;
  /** Masks a text in all that is logged from now on. */
  addSecret(value: string): void;
}

export interface SetVariableOptions {
  readonly secret?: boolean;
  /** Stored as `step.name`, for later jobs too. */
  readonly output?: boolean;
  readonly readOnly?: boolean;
}

export interface TaskFolders {
  /** `Pipeline.Workspace`. */
  readonly workspace: string;
  readonly sources: string;
  readonly binaries: string;
  /** `Build.ArtifactStagingDirectory`. */
  readonly staging: string;
  readonly testResults: string;
  /** `System.DefaultWorkingDirectory`. */
  readonly workingDirectory: string;
  /** Emptied when the job ends. */
  readonly temp: string;
  /** Kept between jobs. */
  readonly tools: string;
}

export interface RunOptions {
  readonly cwd?: string;
  /** Laid over the step's environment; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly stdin?: string;
  /** Nothing of its output is logged, nor are commands in it obeyed. */
  readonly silent?: boolean;
  /** Gives the output back, up to 16 MiB of it, as well as logging it. */
  readonly capture?: boolean;
}

export interface RunResult {
  /** 128 + the signal's number for a process that a signal ended, as shells say it. */
  readonly exitCode: number;
  readonly wroteToStderr: boolean;
  /** Empty unless captured. */
  readonly stdout: string;
  readonly stderr: string;
}
