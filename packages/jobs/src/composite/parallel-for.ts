// parallel_for: the body runs once an item, so many items at a time as are allowed.
import type { ForEachItem, ForEachStep } from '@ridgeline/azureml-yaml';
import { type CompositeActions, endWith, waitOn } from './composite.ts';
import { afterFailure, isOpen, type TurnChild, turnSpecs } from './loop-turns.ts';

export interface ForEachView {
  readonly children: readonly TurnChild[];
  readonly items: readonly ForEachItem[];
  readonly continueOnStepFailure: boolean;
}

export function nextOfForEach(loop: ForEachStep, view: ForEachView): CompositeActions {
  const { children, items, continueOnStepFailure } = view;
  const failure = afterFailure(loop, children, continueOnStepFailure);
  if (failure !== null) return failure;
  const openTurns = new Set(children.filter(isOpen).map(({ spec }) => spec.turn));
  const made = madeTurns(loop, children);
  const room = (loop.maxConcurrency ?? items.length) - openTurns.size;
  const next = items.map((item, turn) => ({ item, turn })).filter(({ turn }) => !made.has(turn));
  const start = next.slice(0, Math.max(0, room));
  if (start.length > 0) {
    return { ...waitOn, start: start.flatMap(({ item, turn }) => turnSpecs(loop, turn, item)) };
  }
  if (openTurns.size > 0) return waitOn;
  return endWith({
    status: 'Completed',
    result: { kind: 'turns', count: items.length },
    decision: `ended after all of its ${items.length} turns`,
  });
}

/** Those of which all steps have been made. */
function madeTurns(loop: ForEachStep, children: readonly TurnChild[]): ReadonlySet<number> {
  const counts = new Map<number, number>();
  for (const { spec } of children) counts.set(spec.turn, (counts.get(spec.turn) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count >= loop.body.size).map(([turn]) => turn));
}
