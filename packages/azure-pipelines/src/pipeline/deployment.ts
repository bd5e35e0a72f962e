// What a deployment job has instead of steps: an environment, and hooks in the order of a strategy.

import type { Origin } from '../text/origin.ts';
import type { Pool, Text } from './pipeline.ts';
import type { Step } from './step.ts';

export interface Environment {
  readonly name: Text;
  readonly resourceName?: Text;
  readonly resourceId?: Text;
  readonly resourceType?: 'VirtualMachine' | 'Kubernetes';
  /** A resource has to carry all of them. */
  readonly tags: readonly Text[];
  readonly origin: Origin;
}

export type DeploymentStrategy = RunOnceStrategy | RollingStrategy | CanaryStrategy;

export interface RunOnceStrategy {
  readonly kind: 'runOnce';
  readonly hooks: Hooks;
}

export interface RollingStrategy {
  readonly kind: 'rolling';
  /** A number of machines, or a share of them as `25%`; undefined: all at once. */
  readonly maxParallel?: Text;
  readonly hooks: Hooks;
}

export interface CanaryStrategy {
  readonly kind: 'canary';
  /** In percent, rising, each 1 to 100; the full release that follows is not among them. */
  readonly increments: readonly number[];
  readonly hooks: Hooks;
}

export const hookNames = ['preDeploy', 'deploy', 'routeTraffic', 'postRouteTraffic'] as const;
export type HookName = (typeof hookNames)[number];

export type Hooks = { readonly [Name in HookName]?: Hook } & {
  readonly onFailure?: Hook;
  readonly onSuccess?: Hook;
};

/** Each runs as a job of its own. */
export interface Hook {
  /** `deploy` opens with the implicit download, unless a step of it downloads or declines to. */
  readonly steps: readonly Step[];
  /** The job's, unless the hook has its own. */
  readonly pool?: Pool;
  readonly origin: Origin;
}
