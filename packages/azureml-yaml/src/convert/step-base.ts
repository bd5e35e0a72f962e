// What steps of all types are made of: labels, inputs and outputs.
import type { StepOutput } from '../job/port-types.ts';
import type { StepBase } from '../job/step-types.ts';
import type { CommandScope } from './check-command.ts';
import { convertStepInputs, type ItemNames } from './convert-step-ports.ts';
import { convertWorkFields } from './convert-work-fields.ts';
import { absentStepInputs } from './optional-inputs.ts';
import type { PipelineScope } from './pipeline-scope.ts';
import type { Node } from './read-node.ts';
import { entriesAt, textMapAt } from './read-token.ts';

export interface StepContext {
  readonly scope: PipelineScope;
  readonly items: ItemNames;
}

export function convertBase(
  node: Node,
  { scope, items }: StepContext,
  isGiven: (name: string) => boolean = () => false,
): StepBase {
  const { name, token, component } = node;
  const inputs = convertStepInputs(node, scope, items, isGiven);
  const work = convertWorkFields(token, component?.token ?? null, scope.file.sink);
  const variables = textMapAt(component?.token ?? null, 'environment_variables');
  return {
    name,
    ...work,
    environmentVariables: new Map([...variables, ...work.environmentVariables]),
    inputs,
    outputs: scope.stepOutputs.get(name) ?? new Map<string, StepOutput>(),
    dependsOn: [],
    when: null,
  };
}

/** What a command that stands in the step itself may name. */
export function ownScope(
  node: Node,
  { inputs, outputs }: StepBase,
  { scope, items }: StepContext,
): CommandScope {
  const own = entriesAt(node.token, 'inputs');
  return {
    owner: `step '${node.name}'`,
    // The names of a loop's items are inputs, whether or not the step says so.
    inputs: new Map<string, unknown>([
      ...own,
      ...[...items.names].map((name) => [name, null] as const),
    ]),
    optional: absentStepInputs(own, inputs, scope.inputs),
    outputs,
    searchSpace: null,
  };
}
