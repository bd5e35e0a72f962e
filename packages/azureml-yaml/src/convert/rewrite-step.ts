// A step with other names and other inputs: what happens to it when the pipeline that it stands in
// becomes part of another.
import type { StepInput, StepOutput } from '../job/port-types.ts';
import type { ForEachStep, OutputOfStep, Step } from '../job/step-types.ts';

export interface Rewrite {
  readonly name: (step: string) => string;
  /** Null for an input that comes to have no value. */
  readonly input: (input: StepInput) => StepInput | null;
  readonly output: (output: StepOutput) => StepOutput;
  /** For steps that name none. */
  readonly compute: string | null;
}

export function rewriteStep(step: Step, rewrite: Rewrite): Step {
  const { name, compute } = rewrite;
  const base = {
    name: name(step.name),
    compute: step.compute ?? compute,
    inputs: rewriteInputs(step.inputs, rewrite),
    outputs: new Map([...step.outputs].map(([key, output]) => [key, rewrite.output(output)])),
    when: step.when === null ? null : { ...step.when, step: name(step.when.step) },
  };
  switch (step.type) {
    case 'if_else':
      return { ...step, ...base, condition: rewrite.input(step.condition) ?? step.condition };
    case 'do_while': {
      const { condition, mapping } = step;
      return {
        ...step,
        ...base,
        ...rewriteBody(step, rewrite),
        condition: condition === null ? null : renamed(condition, rewrite),
        mapping: mapping.map(({ from, to }) => ({
          from: renamed(from, rewrite),
          to: { ...to, step: name(to.step) },
        })),
      };
    }
    case 'parallel_for':
      return {
        ...step,
        ...base,
        ...rewriteBody(step, rewrite),
        items: rewriteItems(step.items, rewrite),
      };
    default:
      return { ...step, ...base };
  }
}

function rewriteInputs(
  inputs: ReadonlyMap<string, StepInput>,
  rewrite: Rewrite,
): Map<string, StepInput> {
  const rewritten = new Map<string, StepInput>();
  for (const [name, input] of inputs) {
    const now = rewrite.input(input);
    if (now !== null) rewritten.set(name, now);
  }
  return rewritten;
}

/** The outputs of a loop's body are the loop's to bind. */
function rewriteBody(
  {
    body,
    outputsFrom,
  }: {
    readonly body: ReadonlyMap<string, Step>;
    readonly outputsFrom: ReadonlyMap<string, OutputOfStep>;
  },
  rewrite: Rewrite,
) {
  const steps = [...body.values()].map((step) =>
    rewriteStep(step, { ...rewrite, output: (output) => output }),
  );
  return {
    body: new Map(steps.map((step) => [step.name, step])),
    outputsFrom: new Map([...outputsFrom].map(([key, from]) => [key, renamed(from, rewrite)])),
  };
}

function rewriteItems(items: ForEachStep['items'], rewrite: Rewrite): ForEachStep['items'] {
  if (items.kind === 'list') return items;
  const now = rewrite.input(items) ?? items;
  return now.kind === 'data' || now.kind === 'item' ? items : now;
}

function renamed({ step, output }: OutputOfStep, { name }: Rewrite): OutputOfStep {
  return { step: name(step), output };
}
