// A deployment as the hooks that it can come to run, in order: the plan of its strategy. Which of
// them run is decided as they end.

import {
  type CanaryStrategy,
  type DeploymentStrategy,
  type HookName,
  type Hooks,
  hookNames,
  type RollingStrategy,
} from '../pipeline/deployment.ts';
import type { LifecycleHook, StrategyAction } from './job-run.ts';
import type { HookState } from './run-state.ts';

export interface PlannedHook extends HookState {
  /** `deploy`, `deploy_10`, `deploy_vm1`. */
  readonly key: string;
}

export interface HookTargets {
  /** Names of the machines of a rolling deployment; none are one without a name. */
  readonly machines: readonly string[];
  /** How many at once; 0: all. */
  readonly maxParallel: number;
  /** The resource that the environment names, for the other strategies. */
  readonly resource?: string;
}

export function planHooks(strategy: DeploymentStrategy, targets: HookTargets): PlannedHook[] {
  if (strategy.kind === 'rolling') return planRolling(strategy, targets);
  const lane = strategy.kind === 'canary' ? canaryLane(strategy) : runOnceLane(strategy.hooks);
  return lane.map((hook) => ({
    ...hook,
    ...(targets.resource === undefined ? {} : { resource: targets.resource }),
    lane: 0,
    batch: 0,
  }));
}

type LaneHook = Omit<PlannedHook, 'lane' | 'batch'>;

function runOnceLane(hooks: Hooks): LaneHook[] {
  const body = definedHooks(hooks).map(
    (name): LaneHook => ({ key: name, name, strategy: 'runOnce', cycle: cycleOf(name) }),
  );
  return [...body, ...closingHooks(hooks, 'runOnce')];
}

/** `preDeploy` once, the others for each increment, and the full release in the end. */
function canaryLane({ hooks, increments }: CanaryStrategy): LaneHook[] {
  const names = definedHooks(hooks);
  const once = names.filter((name) => name === 'preDeploy');
  const each = names.filter((name) => name !== 'preDeploy');
  const steps = increments.at(-1) === 100 ? increments : [...increments, 100];
  const rounds = steps.flatMap((increment) =>
    each.map((name) => canaryHook(name, increment === 100 ? 'promote' : 'deploy', increment)),
  );
  return [...once.map((name) => canaryHook(name)), ...rounds, ...closingHooks(hooks, 'canary')];
}

function canaryHook(
  name: HookName,
  action: StrategyAction = 'deploy',
  increment?: number,
): LaneHook {
  const hook = { name, strategy: 'canary', cycle: cycleOf(name), action } as const;
  if (increment === undefined) return { ...hook, key: name };
  return { ...hook, key: `${name}_${increment}`, increment };
}

/** All hooks for every machine; machines in batches of `maxParallel`. */
function planRolling({ hooks }: RollingStrategy, targets: HookTargets): PlannedHook[] {
  const machines = targets.machines.length === 0 ? [undefined] : targets.machines;
  const size = targets.maxParallel === 0 ? machines.length : targets.maxParallel;
  return machines.flatMap((machine, lane) =>
    rollingLane(hooks, machine).map((hook) => ({ ...hook, lane, batch: Math.floor(lane / size) })),
  );
}

function rollingLane(hooks: Hooks, resource: string | undefined): LaneHook[] {
  const body = definedHooks(hooks).map(
    (name): LaneHook => ({ key: name, name, strategy: 'rolling', cycle: cycleOf(name) }),
  );
  const lane = [...body, ...closingHooks(hooks, 'rolling')];
  if (resource === undefined) return lane;
  return lane.map((hook) => ({ ...hook, key: `${hook.key}_${resource}`, resource }));
}

function closingHooks(hooks: Hooks, strategy: HookState['strategy']): LaneHook[] {
  const closing = (name: LifecycleHook, action: StrategyAction): LaneHook => ({
    key: name,
    name,
    strategy,
    cycle: 'PostIteration',
    ...(strategy === 'canary' ? { action } : {}),
  });
  return [
    ...(hooks.onFailure === undefined ? [] : [closing('onFailure', 'reject')]),
    ...(hooks.onSuccess === undefined ? [] : [closing('onSuccess', 'promote')]),
  ];
}

function definedHooks(hooks: Hooks): HookName[] {
  return hookNames.filter((name) => hooks[name] !== undefined);
}

function cycleOf(name: HookName): HookState['cycle'] {
  return name === 'preDeploy' ? 'PreIteration' : 'Iteration';
}
