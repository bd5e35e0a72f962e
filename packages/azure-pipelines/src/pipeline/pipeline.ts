// The normal form of a pipeline: what the file comes to after templates, shortcuts and defaults.
// Texts in which `$(x)` or `$[ ]` stand remain texts: those belong to the later passes.

import type { Origin } from '../text/origin.ts';
import type { PullRequestTrigger, PushTrigger, Schedule } from '../trigger/trigger.ts';
import type { DeploymentStrategy, Environment } from './deployment.ts';
import type { Container, Resources } from './resources.ts';
import type { Step } from './step.ts';

export interface Text {
  readonly text: string;
  readonly origin: Origin;
}

export interface Pipeline {
  /** Of runs, with `$(…)` in it: the build number. */
  readonly name?: Text;
  /** Default true. */
  readonly appendCommitMessageToRunName: boolean;
  /** Undefined where the file says nothing: every branch. */
  readonly trigger?: PushTrigger;
  /** Undefined where the file says nothing: every target branch. */
  readonly pr?: PullRequestTrigger;
  readonly schedules: readonly Schedule[];
  readonly resources: Resources;
  readonly variables: readonly VariableEntry[];
  readonly pool?: Pool;
  readonly lockBehavior?: LockBehavior;
  /** At least one, in the order of the file. */
  readonly stages: readonly Stage[];
  readonly origin: Origin;
}

/** In the order of the file: of two values for one name the later one holds. */
export type VariableEntry = ValueVariable | GroupVariable;

export interface ValueVariable {
  readonly kind: 'value';
  readonly name: string;
  readonly value: Text;
  readonly readonly: boolean;
}

export interface GroupVariable {
  readonly kind: 'group';
  readonly group: Text;
}

export type LockBehavior = 'runLatest' | 'sequential';

export interface Stage {
  /** `__default` where the file has no stages. */
  readonly id: string;
  readonly displayName: Text;
  /** Ids as their stages spell them; the stage before this one where the file says nothing. */
  readonly dependsOn: readonly string[];
  readonly condition?: Text;
  readonly variables: readonly VariableEntry[];
  readonly jobs: readonly Job[];
  readonly pool?: Pool;
  readonly lockBehavior?: LockBehavior;
  readonly trigger: 'automatic' | 'manual';
  /** Whether it can be left out when a run is started; default true. */
  readonly isSkippable: boolean;
  readonly group?: Text;
  readonly origin: Origin;
}

export interface Job {
  /** `__default` where the file has no jobs. */
  readonly id: string;
  /** `server`: holds no agent, and has server tasks only. */
  readonly kind: 'job' | 'deployment' | 'server';
  readonly displayName: Text;
  /** Ids of jobs of the same stage, as those spell them. */
  readonly dependsOn: readonly string[];
  readonly condition?: Text;
  readonly continueOnError?: Text;
  /** Default 60; 0 is as long as the agent allows. */
  readonly timeoutInMinutes?: Text;
  /** Default 5. */
  readonly cancelTimeoutInMinutes?: Text;
  readonly variables: readonly VariableEntry[];
  /** That of the job, else of its stage, else of the pipeline; undefined: the host's default. */
  readonly pool?: Pool;
  readonly strategy?: Strategy;
  readonly container?: Container;
  readonly services: ReadonlyMap<string, Container>;
  readonly workspace?: Workspace;
  readonly uses?: Uses;
  /** Without those switched off; empty in a deployment, whose hooks have them. */
  readonly steps: readonly Step[];
  /** In a deployment only. */
  readonly environment?: Environment;
  /** In a deployment only, and there always. */
  readonly deployment?: DeploymentStrategy;
  readonly origin: Origin;
}

export type Pool = ServerPool | AgentPool;

export interface ServerPool {
  readonly kind: 'server';
  readonly origin: Origin;
}

export interface AgentPool {
  readonly kind: 'agent';
  readonly name?: Text;
  readonly vmImage?: Text;
  /** `X` or `X -equals v` each. */
  readonly demands: readonly Text[];
  readonly origin: Origin;
}

export type Strategy = MatrixStrategy | ParallelStrategy | RuntimeStrategy;

export interface MatrixStrategy {
  readonly kind: 'matrix';
  /** 1 to 256. */
  readonly legs: readonly MatrixLeg[];
  /** 0 or undefined: all at once. */
  readonly maxParallel?: Text;
}

export interface MatrixLeg {
  readonly name: string;
  readonly variables: ReadonlyMap<string, Text>;
  readonly origin: Origin;
}

/** A matrix that the run gives: `$[ ]` over JSON text. */
export interface RuntimeStrategy {
  readonly kind: 'runtime';
  readonly runtime: Text;
  readonly maxParallel?: Text;
}

export interface ParallelStrategy {
  readonly kind: 'parallel';
  readonly count: Text;
  readonly maxParallel?: Text;
}

export interface Workspace {
  readonly clean: 'outputs' | 'resources' | 'all';
}

export interface Uses {
  readonly repositories: readonly Text[];
  readonly pools: readonly Text[];
}
