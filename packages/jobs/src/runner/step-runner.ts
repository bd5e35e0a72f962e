// The port behind which steps run: on this machine, or on a service that runs commands for others.
// A runner starts a command and finds it again; the engine decides what to start, waits, stops,
// and keeps what was written.
import type { Compute } from '@ridgeline/workspace';
import type { StepFolder } from '../step/step-folder.ts';
import type { FoundProcess, StepProcess } from '../step/supervise.ts';

/** Which attempt it is; the run's id is never given to another attempt. */
export interface AttemptIdentity {
  readonly jobId: string;
  readonly stepName: string;
  /** From 1. */
  readonly number: number;
  readonly runId: string;
}

/** What stands in a command for its inputs and outputs. */
export interface StepPlaces {
  readonly inputs: ReadonlyMap<string, string>;
  readonly outputs: ReadonlyMap<string, string>;
}

/** All that the process of an attempt needs. */
export interface StepStart {
  readonly attempt: AttemptIdentity;
  readonly compute: Compute;
  /** `code` holds the step's code, `outputs` the folders of its outputs; `log` is for the runner to write. */
  readonly folder: StepFolder;
  /** For a POSIX shell, to be run in `folder.code`. Its paths are those of this machine. */
  readonly command: string;
  /** The same command with other values in it, such as the paths of another machine. */
  readonly commandWith: (values: StepPlaces) => string;
  readonly environment: Readonly<Record<string, string>>;
  /** Of each input its value; a path of this machine where it is a file or a folder. */
  readonly inputs: ReadonlyMap<string, string>;
  /** The inputs that are values, whatever they look like. */
  readonly literals: ReadonlySet<string>;
  /** Of each output the path of this machine where it is to stand when the process has ended. */
  readonly outputs: ReadonlyMap<string, string>;
}

export interface StepRunner {
  /**
   * Starts the command. A server that dies in the midst leaves one that `find` finds, or makes sure
   * never to start.
   */
  start(step: StepStart): Promise<StepProcess>;
  /** What has become of an attempt that an earlier server has started, or was about to. */
  find(step: Pick<StepStart, 'attempt' | 'compute' | 'folder' | 'outputs'>): Promise<FoundProcess>;
}
