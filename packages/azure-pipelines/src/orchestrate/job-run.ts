// One job as it is to be run, with everything decided that is decided before its first step: one
// leg of a matrix, one slice, or one hook of a deployment. What stays open is `$(x)` in its steps.

import type { HookName } from '../pipeline/deployment.ts';
import type { Job } from '../pipeline/pipeline.ts';
import type { Container } from '../pipeline/resources.ts';
import type { Step } from '../pipeline/step.ts';
import type { Result } from './result.ts';
import type { Variables } from './variable-value.ts';

export interface JobRun {
  /** Unique in a run: the identifier and the attempt, as `Build.Test.py39@1`. */
  readonly id: string;
  /** `stage.job`, with the leg, slice or hook behind it: System.JobIdentifier. */
  readonly identifier: string;
  /** Id of the stage. */
  readonly stage: string;
  readonly job: Job;
  /** The leg of a matrix, or the slice as `job2`. */
  readonly leg?: string;
  /** Of the job in this run, from 1; a rerun counts on. */
  readonly attempt: number;
  readonly stageAttempt: number;
  /** System.JobPositionInPhase, from 1, and System.TotalJobsInPhase. */
  readonly position: number;
  readonly total: number;
  readonly hook?: HookRun;
  /** False for server jobs: they wait without an agent. */
  readonly holdsAgent: boolean;
  /** Evaluated, in the order of precedence; texts may still hold `$(x)` of variables set later. */
  readonly variables: Variables;
  readonly displayName: string;
  /** 0: no limit but the agent's. */
  readonly timeoutMinutes: number;
  readonly cancelTimeoutMinutes: number;
  /** The orchestrator makes `succeededWithIssues` of a failure; whoever runs the job only shows it. */
  readonly continueOnError: boolean;
  readonly pool: PoolRun;
  readonly container?: ContainerRun;
  /** What single steps ask for by `target`, besides the job's own container; by alias. */
  readonly stepContainers?: ReadonlyMap<string, ContainerRun>;
  /** By their names. */
  readonly services: ReadonlyMap<string, ContainerRun>;
  readonly steps: readonly Step[];
  readonly environment?: EnvironmentRun;
  readonly contexts: JobContexts;
}

export type DeploymentStrategyName = 'runOnce' | 'rolling' | 'canary';
export type LifecycleHook = HookName | 'onFailure' | 'onSuccess';
export type StrategyAction = 'deploy' | 'promote' | 'reject';

export interface HookRun {
  readonly name: LifecycleHook;
  readonly strategy: DeploymentStrategyName;
  /** Strategy.CycleName. */
  readonly cycle: 'PreIteration' | 'Iteration' | 'PostIteration';
  /** Of `canary`. */
  readonly action?: StrategyAction;
  /** Of `canary`, in percent. */
  readonly increment?: number;
  /** The environment's resource that this hook deploys to. */
  readonly resource?: string;
}

/** Texts without `$(x)` and `$[ ]`. */
export type PoolRun =
  | { readonly kind: 'server' }
  | {
      readonly kind: 'agent';
      readonly name?: string;
      readonly vmImage?: string;
      readonly demands: readonly string[];
    };

export interface ContainerRun {
  /** As the pipeline has it, with alias, env, ports and volumes. */
  readonly container: Container;
  readonly image: string;
}

export interface EnvironmentRun {
  readonly name: string;
  readonly resourceName?: string;
  readonly resourceType?: 'VirtualMachine' | 'Kubernetes';
}

/** What expressions of this job see besides `variables`, as plain JSON: to show and to explain. */
export interface JobContexts {
  readonly dependencies: unknown;
  readonly stageDependencies: unknown;
}

/** What the host reports when a JobRun has ended. */
export interface JobOutcome {
  /** As the steps left it: continueOnError of the job is not applied yet. */
  readonly result: Result;
  /** By `step.variable`. */
  readonly outputs: ReadonlyMap<string, string>;
  /** Keys of those outputs whose values are secret. */
  readonly secretOutputs?: ReadonlySet<string>;
}
