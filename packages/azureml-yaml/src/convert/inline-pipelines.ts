// Writes out the pipelines that stand as steps in a pipeline: their steps become steps of it, named
// `OUTER.INNER`, and what was bound to their ports is bound to what stood there.
import type { PipelineOutput, StepInput } from '../job/port-types.ts';
import type { OutputOfStep, Step } from '../job/step-types.ts';
import type { Graph, LocalStep, PipelineNode } from './graph-types.ts';
import { rewriteStep } from './rewrite-step.ts';

export interface Inlined extends Pick<Graph, 'outputs'> {
  readonly steps: Map<string, Step>;
  /** Which step writes each output of a pipeline that was written out. */
  readonly producers: Producers;
  /** The pipelines that were written out. */
  readonly nodes: ReadonlyMap<string, PipelineNode>;
}

type Producers = ReadonlyMap<string, ReadonlyMap<string, OutputOfStep>>;

/** Only for a pipeline without mistakes. */
export function inlinePipelines(
  local: readonly LocalStep[],
  outputs: ReadonlyMap<string, PipelineOutput>,
): Inlined {
  const nodes = new Map(
    local.flatMap((step) => (step.type === 'pipeline' ? [[step.name, step]] : [])),
  );
  const producers = new Map([...nodes].map(([name, node]) => [name, producersOf(node)]));
  const steps = new Map<string, Step>();
  for (const step of local) {
    for (const written of step.type === 'pipeline'
      ? inner(step, producers)
      : [rebound(step, producers)]) {
      steps.set(written.name, written);
    }
  }
  return { steps, outputs: reproduced(outputs, producers), producers, nodes };
}

function producersOf({ name, graph }: PipelineNode): ReadonlyMap<string, OutputOfStep> {
  const producers = new Map<string, OutputOfStep>();
  for (const [output, { producer }] of graph.outputs) {
    if (producer === null) continue;
    producers.set(output, { step: `${name}.${producer.step}`, output: producer.output });
  }
  return producers;
}

/** A step whose inputs may come from pipelines that were written out. */
function rebound(step: Step, producers: Producers): Step {
  return rewriteStep(step, {
    name: (name) => name,
    input: (input) => fromProducer(input, producers),
    output: (output) => output,
    compute: null,
  });
}

function fromProducer(input: StepInput, producers: Producers): StepInput {
  if (input.kind !== 'stepOutput') return input;
  const producer = producers.get(input.step)?.get(input.output);
  return producer === undefined ? input : { ...input, ...producer };
}

function inner(node: PipelineNode, producers: Producers): Step[] {
  return [...node.graph.steps.values()].map((step) =>
    rewriteStep(step, {
      name: (name) => `${node.name}.${name}`,
      input: (input) => innerInput(input, node, producers),
      output: (output) => {
        if (output.parentOutput === null) return output;
        const outer = node.outputs.get(output.parentOutput);
        return {
          ...output,
          path: outer?.path ?? output.path,
          register: outer?.register ?? output.register,
          parentOutput: outer?.parentOutput ?? null,
        };
      },
      compute: node.compute,
    }),
  );
}

function innerInput(input: StepInput, node: PipelineNode, producers: Producers): StepInput | null {
  if (input.kind === 'stepOutput') return { ...input, step: `${node.name}.${input.step}` };
  if (input.kind !== 'parentInput') return input;
  const outer = node.inputs.get(input.name);
  if (outer === undefined) return null;
  const bound = fromProducer(outer, producers);
  return bound.kind === 'literal' ? bound : { ...bound, mode: input.mode ?? bound.mode };
}

function reproduced(
  outputs: ReadonlyMap<string, PipelineOutput>,
  producers: Producers,
): Map<string, PipelineOutput> {
  return new Map(
    [...outputs].map(([name, output]) => {
      const { producer } = output;
      if (producer === null) return [name, output];
      const now = producers.get(producer.step)?.get(producer.output) ?? producer;
      return [name, { ...output, producer: now }];
    }),
  );
}
