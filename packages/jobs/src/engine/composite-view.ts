// What a composite step sees when it decides: the states of its children, and what they have
// written and logged.
import { availableParallelism } from 'node:os';
import type {
  ConditionStep,
  ForEachItem,
  ForEachStep,
  LoopStep,
  SweepStep,
} from '@ridgeline/azureml-yaml';
import { type TurnSpec, turnStepName } from '../composite/child-spec.ts';
import type { CompositeActions } from '../composite/composite.ts';
import { failWith } from '../composite/composite.ts';
import { nextOfLoop, turnCount } from '../composite/do-while.ts';
import { nextOfCondition, readBoolean } from '../composite/if-else.ts';
import type { TurnChild } from '../composite/loop-turns.ts';
import { nextOfForEach } from '../composite/parallel-for.ts';
import { readItems } from '../composite/read-items.ts';
import { nextOfSweep } from '../composite/sweep.ts';
import type { ActiveComposite } from './active-step.ts';
import type { CompositeHost } from './composite-run.ts';
import type { EngineContext } from './engine-context.ts';
import { isRefusal } from './refusal.ts';
import { stepInputText } from './step-inputs.ts';
import { trialsOf } from './trial-metrics.ts';

export async function nextOfComposite(
  context: EngineContext,
  composite: ActiveComposite,
  host: CompositeHost,
): Promise<CompositeActions> {
  const { step } = composite;
  try {
    switch (step.type) {
      case 'if_else':
        return await viewCondition(context, step, host);
      case 'do_while':
        return await viewLoop(context, step, composite, host);
      case 'parallel_for':
        return await viewForEach(context, step, composite, host);
      case 'sweep':
        return await viewSweep(context, step, composite, host);
    }
  } catch (error) {
    // Such as an output that a user has deleted meanwhile.
    if (!isRefusal(error)) throw error;
    return failWith('STEP_PREPARATION_FAILED', `step '${step.name}': ${(error as Error).message}`);
  }
}

async function viewCondition(
  { workspace }: EngineContext,
  step: ConditionStep,
  { resolvedInputs, completedRuns }: CompositeHost,
): Promise<CompositeActions> {
  const text = await stepInputText(workspace, step.condition, resolvedInputs, completedRuns);
  return nextOfCondition(step, text ?? '');
}

/** What a turn says of whether there is to be another; null where it does not. */
async function conditionOf(
  { workspace }: EngineContext,
  { name, condition }: LoopStep,
  turn: number,
  { completedRuns, resolvedInputs }: CompositeHost,
): Promise<boolean | null> {
  if (condition === null) return null;
  const { output } = condition;
  const step = turnStepName(name, turn, condition.step);
  if (completedRuns.find(step, output) === null) return null;
  const binding = { kind: 'stepOutput', step, output, mode: null } as const;
  const text = await stepInputText(workspace, binding, resolvedInputs, completedRuns);
  return readBoolean(text ?? '');
}

async function viewLoop(
  context: EngineContext,
  loop: LoopStep,
  composite: ActiveComposite,
  host: CompositeHost,
): Promise<CompositeActions> {
  const children = turnsOf(composite, host);
  const condition = await conditionOf(context, loop, turnCount(children) - 1, host);
  const { continueOnStepFailure } = host;
  return nextOfLoop(loop, { children, condition, continueOnStepFailure });
}

async function viewForEach(
  { workspace }: EngineContext,
  loop: ForEachStep,
  composite: ActiveComposite,
  host: CompositeHost,
): Promise<CompositeActions> {
  const children = turnsOf(composite, host);
  let items: readonly ForEachItem[];
  if (loop.items.kind === 'list') items = loop.items.list;
  else {
    const { resolvedInputs, completedRuns } = host;
    const text = await stepInputText(workspace, loop.items, resolvedInputs, completedRuns);
    const read = readItems(text ?? '');
    if (typeof read === 'string') {
      return failWith('STEP_INPUT_INVALID', `the items of step '${loop.name}' ${read}`);
    }
    items = read;
  }
  return nextOfForEach(loop, {
    children,
    items,
    continueOnStepFailure: host.continueOnStepFailure,
  });
}

async function viewSweep(
  context: EngineContext,
  sweep: SweepStep,
  composite: ActiveComposite,
  host: CompositeHost,
): Promise<CompositeActions> {
  return nextOfSweep(sweep, {
    trials: await trialsOf(context, sweep, host.childrenOf(composite)),
    seed: `${host.jobId} ${sweep.name}`,
    elapsedMs: context.now() - (composite.attempt?.startedAtMs ?? 0),
    slots: context.limits.slots ?? availableParallelism(),
  });
}

function turnsOf(composite: ActiveComposite, host: CompositeHost): readonly TurnChild[] {
  return host
    .childrenOf(composite)
    .map(({ name, spec, status, error }) => ({ name, spec: spec as TurnSpec, status, error }));
}
