// The step that a child of a composite step is: the template of the definition, with the names and
// values of its turn. Pure, so that a job taken up again has the same steps.
import type {
  CommandStep,
  ForEachStep,
  LiteralStepInput,
  LiteralValue,
  LoopStep,
  Step,
  StepInput,
  SweepStep,
} from '@ridgeline/azureml-yaml';
import { ownValue } from '../own-value.ts';
import {
  type ChildSpec,
  childName,
  type TrialSpec,
  type TurnSpec,
  turnStepName,
} from './child-spec.ts';
import { renamedStep } from './renamed-step.ts';

/** The inputs of a trial under which the values of its parameters stand; no user's name has a '.'. */
export const searchSpacePrefix = 'search_space.';

/** @throws Error where the definition has no such child */
export function childStep(parent: Step, spec: ChildSpec): Step {
  if (spec.kind === 'trial' && parent.type === 'sweep') return trialStep(parent, spec);
  if (spec.kind === 'turn' && (parent.type === 'do_while' || parent.type === 'parallel_for')) {
    return turnStep(parent, spec);
  }
  throw new Error(`step '${parent.name}' (${parent.type}) has no child of the kind '${spec.kind}'`);
}

function trialStep(sweep: SweepStep, spec: TrialSpec): CommandStep {
  const { trial, limits } = sweep;
  const parameters = Object.entries(spec.parameters).map(
    ([name, value]) => [`${searchSpacePrefix}${name}`, literalInput(value)] as const,
  );
  const outputs = [...sweep.outputs].map(
    // Only what the best trial has written goes to the places that the sweep names.
    ([name, output]) => [name, { ...output, path: null, register: null }] as const,
  );
  return {
    type: 'command',
    name: childName(sweep.name, spec),
    displayName: null,
    description: null,
    tags: sweep.tags,
    properties: sweep.properties,
    compute: sweep.compute,
    priority: sweep.priority,
    retry: sweep.retry,
    isDeterministic: sweep.isDeterministic,
    instanceCount: sweep.instanceCount,
    environmentVariables: new Map([...sweep.environmentVariables, ...trial.environmentVariables]),
    inputs: new Map([...sweep.inputs, ...parameters]),
    outputs: new Map(outputs),
    dependsOn: [],
    when: null,
    command: trial.command,
    code: trial.code,
    environment: trial.environment,
    timeoutSeconds: limits.trialTimeoutSeconds,
  };
}

function turnStep(loop: LoopStep | ForEachStep, spec: TurnSpec): Step {
  const template = loop.body.get(spec.inner);
  if (template === undefined) {
    throw new Error(`the body of step '${loop.name}' has no step '${spec.inner}'`);
  }
  const { turn, item } = spec;
  const rename = (name: string) =>
    loop.body.has(name) ? turnStepName(loop.name, turn, name) : name;
  const step = renamedStep(template, { rename, input: (input) => withItem(input, item) });
  const named = { ...step, name: childName(loop.name, spec) };
  return loop.type === 'do_while' && turn > 0 ? withMapping(loop, named, spec) : named;
}

// From the second turn on, the inputs that the loop maps take what the turn before has written.
function withMapping(loop: LoopStep, step: Step, { turn, inner }: TurnSpec): Step {
  const mapped = loop.mapping
    .filter(({ to }) => to.step === inner)
    .map(({ from, to }) => {
      const producer = turnStepName(loop.name, turn - 1, from.step);
      const binding = { kind: 'stepOutput', step: producer, output: from.output, mode: null };
      return [to.input, binding as StepInput] as const;
    });
  return { ...step, inputs: new Map([...step.inputs, ...mapped]) };
}

function withItem(input: StepInput, item: TurnSpec['item']): StepInput {
  if (input.kind !== 'item' || item === null) return input;
  const value = ownValue(item, input.name);
  if (value === undefined) throw new Error(`an item has no value for '${input.name}'`);
  return literalInput(value);
}

function literalInput(value: LiteralValue): LiteralStepInput {
  const type = typeof value === 'string' || typeof value === 'boolean' ? typeof value : 'number';
  return {
    kind: 'literal',
    type: type as LiteralStepInput['type'],
    value,
    optional: false,
    minimum: null,
    maximum: null,
    allowed: null,
    description: null,
    declaredAt: { file: '', line: 1, column: 1 },
  };
}
