// do_while: the body runs, and runs again while its condition is true.
import type { LoopStep } from '@ridgeline/azureml-yaml';
import { type CompositeActions, endWith, failWith, waitOn } from './composite.ts';
import { afterFailure, isOpen, type TurnChild, turnSpecs } from './loop-turns.ts';

export interface LoopView {
  readonly children: readonly TurnChild[];
  /** What the last turn's condition says; null while it is not written. */
  readonly condition: boolean | null;
  readonly continueOnStepFailure: boolean;
}

export function nextOfLoop(loop: LoopStep, view: LoopView): CompositeActions {
  const { children } = view;
  // Without a condition it goes on for as many turns as there may be.
  const condition = loop.condition === null ? true : view.condition;
  const failure = afterFailure(loop, children, view.continueOnStepFailure);
  if (failure !== null) return failure;
  const turns = turnCount(children);
  if (turns === 0) return { ...waitOn, start: turnSpecs(loop, 0) };
  const lastTurn = children.filter(({ spec }) => spec.turn === turns - 1);
  // A turn of which some steps were not yet made, as the server was killed.
  if (lastTurn.length < loop.body.size) return { ...waitOn, start: turnSpecs(loop, turns - 1) };
  if (lastTurn.some(isOpen)) return waitOn;
  if (condition === null) return noCondition(loop);
  if (condition && turns < loop.maxIterations) return { ...waitOn, start: turnSpecs(loop, turns) };
  const ended = condition ? `that is the most allowed` : `its condition is then false`;
  return endWith({
    status: 'Completed',
    result: { kind: 'turns', count: turns },
    decision: `ended after ${turns} turn${turns === 1 ? '' : 's'}, as ${ended}`,
  });
}

export function turnCount(children: readonly TurnChild[]): number {
  return children.reduce((count, { spec }) => Math.max(count, spec.turn + 1), 0);
}

function noCondition({ name, condition }: LoopStep): CompositeActions {
  const message =
    `loop '${name}' cannot tell whether to go on: step '${condition?.step}' of its body, which ` +
    `writes its condition '${condition?.output}', did not run`;
  return failWith('LOOP_CONDITION_MISSING', message);
}
