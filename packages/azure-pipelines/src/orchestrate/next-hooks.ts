// Which hooks of a deployment start next, and which will not run any more. A lane goes through its
// hooks in order; the first failure leads to `onFailure`, a clean end to `onSuccess`.

import { isSuccess } from './result.ts';
import type { InstanceState } from './run-state.ts';

export interface NextHooks {
  readonly start: readonly InstanceState[];
  readonly drop: readonly InstanceState[];
}

export function nextHooks(hooks: readonly InstanceState[]): NextHooks {
  const lanes = Map.groupBy(hooks, ({ hook }) => hook?.lane ?? 0);
  const start: InstanceState[] = [];
  const drop: InstanceState[] = [];
  for (const lane of lanes.values()) {
    const next = turnOf(lane, hooks);
    if (next === 'wait') continue;
    if (next === 'end') drop.push(...lane.filter(isWaiting));
    else start.push(next);
  }
  return { start, drop };
}

/** A batch starts when those before it are through, and not at all when a machine of them failed. */
function turnOf(
  lane: readonly InstanceState[],
  hooks: readonly InstanceState[],
): InstanceState | 'wait' | 'end' {
  if (!lane.some(isWaiting)) return 'wait';
  const earlier = hooks.filter((hook) => batchOf(hook) < batchOf(lane[0]));
  if (earlier.some(({ phase }) => phase !== 'completed')) return 'wait';
  const hasFailed = earlier.some(({ result }) => result === 'failed' || result === 'canceled');
  return hasFailed ? 'end' : nextOfLane(lane);
}

function batchOf(instance: InstanceState | undefined): number {
  return instance?.hook?.batch ?? 0;
}

function nextOfLane(lane: readonly InstanceState[]): InstanceState | 'wait' | 'end' {
  if (lane.some(({ phase }) => phase === 'running')) return 'wait';
  const body = lane.filter(({ hook }) => hook?.cycle !== 'PostIteration');
  const stumbled = body.find(({ result }) => result !== null && !isSuccess(result));
  if (stumbled !== undefined) return closing(lane, stumbled.result === 'failed' && 'onFailure');
  return body.find(isWaiting) ?? closing(lane, 'onSuccess');
}

function closing(
  lane: readonly InstanceState[],
  name: 'onFailure' | 'onSuccess' | false,
): InstanceState | 'end' {
  return lane.find((hook) => hook.hook?.name === name && isWaiting(hook)) ?? 'end';
}

function isWaiting({ phase }: InstanceState): boolean {
  return phase === 'waiting';
}
