// The conditions and loops of a pipeline: which steps they hold, and what they look at.
import type { Step } from '../job/step-types.ts';
import { ControlScope } from './control-scope.ts';
import type { Control } from './control-types.ts';
import { convertCondition } from './convert-condition.ts';
import { convertForEach, convertLoop } from './convert-loop.ts';
import type { ItemNames } from './convert-step-ports.ts';
import type { PipelineScope } from './pipeline-scope.ts';
import type { Node } from './read-node.ts';

export interface Controls {
  readonly all: readonly Control[];
  /** Each as a step, as yet without what it holds. */
  readonly steps: ReadonlyMap<string, Step>;
  /** The loop of each body. */
  readonly bodyOf: ReadonlyMap<string, string>;
  readonly itemsOf: ReadonlyMap<string, ItemNames>;
}

/** Loops come first: what others read of them is known by their bodies. */
export function readControls(nodes: readonly Node[], scope: PipelineScope): Controls {
  const all: Control[] = [];
  const steps = new Map<string, Step>();
  const bodyOf = new Map<string, string>();
  const itemsOf = new Map<string, ItemNames>();
  const control = new ControlScope(nodes, scope);
  const take = (found: { readonly control: Control; readonly step: Step } | null) => {
    if (found === null) return;
    all.push(found.control);
    steps.set(found.step.name, found.step);
    if (found.control.type !== 'if_else') bodyOf.set(found.control.body, found.control.name);
  };
  for (const node of nodes) {
    if (node.type === 'do_while') take(convertLoop(node, control));
    if (node.type !== 'parallel_for') continue;
    const found = convertForEach(node, control);
    take(found);
    if (found !== null) itemsOf.set(found.control.body, found.items);
  }
  for (const node of nodes) {
    if (node.type === 'if_else') take(convertCondition(node, control));
  }
  return { all, steps, bodyOf, itemsOf };
}
