// `do_while` and `parallel_for`: a step that runs again and again, or once an item.
import type { StepOutput } from '../job/port-types.ts';
import type { ForEachStep, LoopStep } from '../job/step-types.ts';
import type { ControlScope } from './control-scope.ts';
import type { ForEach, Loop } from './control-types.ts';
import { convertItems, itemNames } from './convert-items.ts';
import type { ItemNames } from './convert-step-ports.ts';
import { conditionOutput, mappingOf, reportOutput } from './loop-mapping.ts';
import type { Node } from './read-node.ts';
import { entriesAt, mapAt, numberAt, valueAt } from './read-token.ts';
import { isLiteral } from './type-fit.ts';

export function convertLoop(
  node: Node,
  control: ControlScope,
): { readonly control: Loop; readonly step: LoopStep } | null {
  const { name, token } = node;
  const body = holdBody(node, control);
  if (body === null) return null;
  const outputs = control.outputsOf(body.name);
  control.scope.stepOutputs.set(name, outputs);
  const condition = conditionOutput(node, body, control);
  return {
    control: {
      type: 'do_while',
      name,
      body: body.name,
      condition,
      mapping: mappingOf(node, body, control),
    },
    step: {
      type: 'do_while',
      ...control.baseOf(node),
      body: new Map(),
      outputsFrom: new Map(),
      condition: null,
      mapping: [],
      maxIterations: numberAt(mapAt(token, 'limits'), 'max_iteration_count') ?? 1,
    },
  };
}

export function convertForEach(
  node: Node,
  control: ControlScope,
): { readonly control: ForEach; readonly step: ForEachStep; readonly items: ItemNames } | null {
  const { name, token } = node;
  const body = holdBody(node, control);
  if (body === null) return null;
  control.scope.stepOutputs.set(name, gathered(node, body, control));
  const items = convertItems(node, body, control);
  return {
    control: { type: 'parallel_for', name, body: body.name },
    items: itemNames(items, body),
    step: {
      type: 'parallel_for',
      ...control.baseOf(node),
      body: new Map(),
      outputsFrom: new Map(),
      items: items ?? { kind: 'list', list: [] },
      maxConcurrency: numberAt(token, 'max_concurrency'),
    },
  };
}

function holdBody(node: Node, control: ControlScope): Node | null {
  const { sink } = control.scope.file;
  const token = valueAt(node.token, 'body');
  const body = control.hold(token, node);
  if (body === null || token === null) return null;
  const isLoop = body.type === 'do_while' || body.type === 'parallel_for';
  const { component } = body;
  const holdsLoop =
    component?.body.type === 'pipeline' &&
    [...component.body.graph.steps.values()].some((step) => 'body' in step);
  if (isLoop || holdsLoop) {
    const message = `'${body.name}' is or holds a loop, and a loop within a loop is not supported; write one of them into the program`;
    sink.report('FEATURE_NOT_SUPPORTED', token.offset, message);
    return null;
  }
  if (body.type !== 'if_else') return body;
  const message = `'${body.name}' is a condition, which cannot be the body of a loop by itself; put it into a pipeline component`;
  sink.report('FEATURE_NOT_SUPPORTED', token.offset, message);
  return null;
}

/** Each output of the body, of all turns together. */
function gathered(
  node: Node,
  body: Node,
  { scope }: ControlScope,
): ReadonlyMap<string, StepOutput> | null {
  const ofBody = scope.stepOutputs.get(body.name) ?? null;
  const own = scope.stepOutputs.get(node.name) ?? new Map<string, StepOutput>();
  if (ofBody === null) return null;
  for (const { key, keyOffset } of entriesAt(node.token, 'outputs').values()) {
    if (!ofBody.has(key)) reportOutput(key, body, ofBody, keyOffset, scope.file);
  }
  return new Map(
    [...ofBody].map(([name, output]) => {
      const type = isLiteral(output.type) ? ('string' as const) : ('uri_folder' as const);
      return [name, { ...output, ...own.get(name), type }];
    }),
  );
}
