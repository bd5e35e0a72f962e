// A step with other names for the steps that it refers to, and other values for its inputs, as deep
// as its bodies go.
import type { Step, StepInput } from '@ridgeline/azureml-yaml';

export interface Renaming {
  rename(stepName: string): string;
  input(input: StepInput): StepInput;
}

export function renamedStep(step: Step, renaming: Renaming): Step {
  const { rename } = renaming;
  const base = {
    inputs: new Map([...step.inputs].map(([name, input]) => [name, renamedInput(input, renaming)])),
    dependsOn: step.dependsOn.map(rename),
    when: step.when === null ? null : { ...step.when, step: rename(step.when.step) },
  };
  switch (step.type) {
    case 'if_else':
      return { ...step, ...base, condition: renamedInput(step.condition, renaming) };
    case 'do_while':
      return { ...step, ...base, body: renamedBody(step.body, renaming) };
    case 'parallel_for': {
      // Items in there are those of this loop itself.
      const inner = { ...renaming, input: (input: StepInput) => input };
      const items = step.items.kind === 'list' ? step.items : renamedBinding(step.items, renaming);
      return { ...step, ...base, items, body: renamedBody(step.body, inner) };
    }
    default:
      return { ...step, ...base };
  }
}

function renamedBody(
  body: ReadonlyMap<string, Step>,
  renaming: Renaming,
): ReadonlyMap<string, Step> {
  const rename = (name: string) => (body.has(name) ? name : renaming.rename(name));
  return new Map(
    [...body].map(([name, step]) => [name, renamedStep(step, { ...renaming, rename })]),
  );
}

function renamedInput(input: StepInput, renaming: Renaming): StepInput {
  return input.kind === 'stepOutput' ? renamedBinding(input, renaming) : renaming.input(input);
}

function renamedBinding<T extends { readonly kind: string }>(binding: T, { rename }: Renaming): T {
  return 'step' in binding && typeof binding.step === 'string'
    ? { ...binding, step: rename(binding.step) }
    : binding;
}
