// What do_while and parallel_for have in common: turns, each of which runs the steps of the body.
import type { ForEachStep, LoopStep, Step } from '@ridgeline/azureml-yaml';
import { hasEnded, type JobFailure } from '../job/job.ts';
import type { TurnSpec } from './child-spec.ts';
import type { Child, CompositeActions } from './composite.ts';

export type TurnChild = Child<TurnSpec>;

export function turnSpecs(
  { body }: { readonly body: ReadonlyMap<string, Step> },
  turn: number,
  item: TurnSpec['item'] = null,
): readonly TurnSpec[] {
  return [...body.keys()].map((inner) => ({ kind: 'turn', turn, inner, item }));
}

export function isOpen({ status }: Child): boolean {
  return !hasEnded(status);
}

/**
 * What follows where a step of the body has failed: the others are stopped, unless they are to go
 * on, and the loop has failed once all have ended. Null where none has failed.
 */
export function afterFailure(
  loop: LoopStep | ForEachStep,
  children: readonly TurnChild[],
  continueOnStepFailure: boolean,
): CompositeActions | null {
  const failed = children.find(({ status }) => status === 'Failed');
  if (failed === undefined) return null;
  const open = children.filter(isOpen);
  if (open.length === 0) {
    return { start: [], stop: [], result: { status: 'Failed', error: failureOf(loop, failed) } };
  }
  const reason = `step '${failed.name}' has failed`;
  const stop = continueOnStepFailure ? [] : open.map(({ name }) => ({ name, reason }));
  return { start: [], stop, result: null };
}

function failureOf(loop: LoopStep | ForEachStep, { name, spec, error }: TurnChild): JobFailure {
  const message = `turn ${spec.turn} of '${loop.name}': ${error?.message ?? `step '${name}' failed`}`;
  return { code: error?.code ?? 'STEP_FAILED', message };
}
