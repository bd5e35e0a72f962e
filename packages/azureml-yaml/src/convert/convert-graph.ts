// A pipeline, as a job or a component: its ports, its steps and the graph that they make.
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { findCycles } from '../graph/find-cycles.ts';
import type { StepOutput } from '../job/port-types.ts';
import type { Token } from '../text/token.ts';
import { readControls } from './controls.ts';
import { convertInputs } from './convert-input.ts';
import { convertJobOutputs } from './convert-output.ts';
import { convertStep } from './convert-step.ts';
import { convertStepOutputs, noItems } from './convert-step-ports.ts';
import type { FileScope } from './file-scope.ts';
import type { Graph, LocalStep } from './graph-types.ts';
import { inlinePipelines } from './inline-pipelines.ts';
import type { PipelineScope } from './pipeline-scope.ts';
import { placeControls } from './place-controls.ts';
import { type Node, readNode } from './read-node.ts';
import { entriesAt } from './read-token.ts';

/** More come from components that hold components, where ten lines make a million. */
const maxSteps = 10_000;

export function convertGraph(root: Token, file: FileScope): Graph {
  const { sink } = file;
  const scope: PipelineScope = {
    file,
    inputs: convertInputs(root, file),
    outputs: convertJobOutputs(root, sink),
    narrowed: new Map(),
    stepOutputs: new Map(),
    edges: [],
  };
  const nodes = [...entriesAt(root, 'jobs').values()].map((entry) => readNode(entry, file));
  for (const node of nodes) scope.stepOutputs.set(node.name, outputsOf(node, scope));
  const controls = readControls(nodes, scope);
  const steps = nodes.flatMap((node) => {
    const items = controls.itemsOf.get(node.name) ?? noItems;
    return controls.steps.get(node.name) ?? convertStep(node, { scope, items }) ?? [];
  });
  reportCycles(scope, controls.bodyOf, sink);
  reportUnproduced(root, scope, sink);
  const size = sumOfSteps(steps);
  if (size > maxSteps && !steps.some(isTooLarge)) reportTooLarge(root, sink);
  const { outputs } = scope;
  const inputs = new Map([...scope.inputs, ...scope.narrowed]);
  // With a mistake there is no job; the graph need not be put together.
  if (sink.hasErrors) return { inputs, outputs, steps: new Map(), size };
  return { inputs, size, ...placeControls(inlinePipelines(steps, outputs), controls.all) };
}

/** As other steps see them. A loop's are known with its body. */
function outputsOf(node: Node, scope: PipelineScope): ReadonlyMap<string, StepOutput> | null {
  const outputs = convertStepOutputs(node, scope);
  if (node.type === null) return null;
  const { component } = node;
  if (component?.body.type !== 'pipeline') return outputs;
  const { graph } = component.body;
  // What no step of the component writes is no output.
  return new Map([...outputs].filter(([name]) => graph.outputs.get(name)?.producer !== null));
}

/** A loop and its body wait as one. */
function reportCycles(
  { stepOutputs, edges }: PipelineScope,
  bodyOf: ReadonlyMap<string, string>,
  sink: DiagnosticSink,
): void {
  const whole = (step: string) => bodyOf.get(step) ?? step;
  const between = edges.map(({ from, to, offset }) => ({
    from: whole(from),
    to: whole(to),
    offset,
  }));
  for (const { steps, closedBy } of findCycles(stepOutputs.keys(), between)) {
    const circle = [...steps, steps[0]].map((step) => `'${step}'`).join(' → ');
    const message = `steps wait for each other: ${circle}; remove one of these dependencies`;
    sink.report('PIPELINE_CYCLE', closedBy.offset, message);
  }
}

function reportUnproduced(root: Token, scope: PipelineScope, sink: DiagnosticSink): void {
  for (const entry of entriesAt(root, 'outputs').values()) {
    if (scope.outputs.get(entry.key)?.producer !== null) continue;
    const message = `no step writes the pipeline output '${entry.key}'; bind a step's output to it with \${{parent.outputs.${entry.key}}}`;
    sink.report('OUTPUT_NOT_PRODUCED', entry.keyOffset, message);
  }
}

function sumOfSteps(steps: readonly LocalStep[]): number {
  return steps.reduce((sum, step) => sum + (step.type === 'pipeline' ? step.graph.size : 1), 0);
}

/** Then its own file says so. */
function isTooLarge(step: LocalStep): boolean {
  return step.type === 'pipeline' && step.graph.size > maxSteps;
}

function reportTooLarge(root: Token, sink: DiagnosticSink): void {
  const message = `the pipeline has more than ${maxSteps} steps, those of its components counted; split it`;
  sink.report('PIPELINE_TOO_LARGE', root.offset, message);
}
