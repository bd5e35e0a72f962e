// Puts the steps of a pipeline where its conditions and loops want them: branches carry their
// condition, bodies stand in their loops, and who reads a body's output reads the loop's.
import type { PipelineOutput, StepInput } from '../job/port-types.ts';
import type { LoopStep, OutputOfStep, Step } from '../job/step-types.ts';
import type { Control, ForEach, Loop } from './control-types.ts';
import type { Graph } from './graph-types.ts';
import type { Inlined } from './inline-pipelines.ts';
import { rewriteStep } from './rewrite-step.ts';

type Placed = Pick<Graph, 'steps' | 'outputs'>;

/** Only for a pipeline without mistakes. */
export function placeControls(inlined: Inlined, controls: readonly Control[]): Placed {
  if (controls.length === 0) return inlined;
  const branches = branchesOf(controls);
  const loops = controls.filter((control) => control.type !== 'if_else');
  const loopOf = new Map(loops.map((loop) => [loop.body, loop]));
  const moved = new Map(loops.flatMap((loop) => movedOutputs(loop, inlined)));
  const bodies = new Map(loops.map((loop) => [loop.name, new Map<string, Step>()]));
  const steps = new Map<string, Step>();
  for (const step of inlined.steps.values()) {
    const local = localName(step.name);
    const branch = branches.get(local);
    const placed = branch !== undefined && step.when === null ? { ...step, when: branch } : step;
    const loop = loopOf.get(local);
    const wired = rewired(placed, moved, loop?.name ?? null);
    const home = loop === undefined ? steps : bodies.get(loop.name);
    home?.set(wired.name, loop === undefined ? wired : asTemplate(wired));
  }
  for (const loop of loops) {
    const step = steps.get(loop.name);
    const body = bodies.get(loop.name);
    if (step === undefined || body === undefined) continue;
    steps.set(loop.name, filled(step, loop, body, inlined));
  }
  return { steps, outputs: reproduced(inlined.outputs, moved) };
}

function branchesOf(controls: readonly Control[]) {
  const branches = new Map<string, { readonly step: string; readonly equals: boolean }>();
  for (const control of controls) {
    if (control.type !== 'if_else') continue;
    for (const [block, equals] of control.blocks)
      branches.set(block, { step: control.name, equals });
  }
  return branches;
}

/** `outer.inner` → `outer`: the step of this pipeline that it comes from. */
function localName(name: string): string {
  const at = name.indexOf('.');
  return at === -1 ? name : name.slice(0, at);
}

/** Of each output of the loop: which step of its body writes it. */
function outputsFrom({ body }: Loop | ForEach, { producers, steps }: Inlined) {
  const ofPipeline = producers.get(body);
  if (ofPipeline !== undefined) return ofPipeline;
  const names = [...(steps.get(body)?.outputs.keys() ?? [])];
  return new Map(names.map((output) => [output, { step: body, output }]));
}

type Moved = ReadonlyMap<string, OutputOfStep>;

function movedOutputs(loop: Loop | ForEach, inlined: Inlined): [string, OutputOfStep][] {
  return [...outputsFrom(loop, inlined)].map(([output, from]) => [
    keyOf(from),
    { step: loop.name, output },
  ]);
}

function keyOf({ step, output }: OutputOfStep): string {
  return `${step}/${output}`;
}

/** `own`: the loop that the step stands in; there it reads its neighbours of the same turn. */
function rewired(step: Step, moved: Moved, own: string | null): Step {
  return rewriteStep(step, {
    name: (name) => name,
    input: (input) => movedInput(input, moved, own),
    output: (output) => output,
    compute: null,
  });
}

function movedInput(input: StepInput, moved: Moved, own: string | null): StepInput {
  if (input.kind !== 'stepOutput') return input;
  const now = moved.get(keyOf(input));
  return now === undefined || now.step === own ? input : { ...input, ...now };
}

/** The loop's outputs are bound to the pipeline's, not those of one turn. */
function asTemplate(step: Step): Step {
  const outputs = [...step.outputs].map(([name, output]) => {
    return [name, { ...output, parentOutput: null, path: null, register: null }] as const;
  });
  return { ...step, outputs: new Map(outputs) };
}

function filled(
  step: Step,
  loop: Loop | ForEach,
  body: ReadonlyMap<string, Step>,
  inlined: Inlined,
): Step {
  const from = outputsFrom(loop, inlined);
  if (step.type === 'parallel_for') return { ...step, body, outputsFrom: from };
  if (step.type !== 'do_while' || loop.type !== 'do_while') return step;
  return {
    ...step,
    body,
    outputsFrom: from,
    condition: loop.condition === null ? null : (from.get(loop.condition) ?? null),
    mapping: loop.mapping.flatMap(({ output, input }) =>
      mapped(from.get(output), input, loop.body, inlined),
    ),
  };
}

/** An input of a pipeline is that of all its steps that are bound to it. */
function mapped(
  from: OutputOfStep | undefined,
  input: string,
  body: string,
  { nodes }: Inlined,
): LoopStep['mapping'] {
  if (from === undefined) return [];
  const node = nodes.get(body);
  if (node === undefined) return [{ from, to: { step: body, input } }];
  return [...node.graph.steps.values()].flatMap((step) =>
    [...step.inputs].flatMap(([name, bound]) =>
      bound.kind === 'parentInput' && bound.name === input
        ? [{ from, to: { step: `${body}.${step.name}`, input: name } }]
        : [],
    ),
  );
}

function reproduced(
  outputs: ReadonlyMap<string, PipelineOutput>,
  moved: Moved,
): Map<string, PipelineOutput> {
  return new Map(
    [...outputs].map(([name, output]) => {
      const now = output.producer === null ? undefined : moved.get(keyOf(output.producer));
      return [name, now === undefined ? output : { ...output, producer: now }];
    }),
  );
}
