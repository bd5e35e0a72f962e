// `if_else`: one branch runs, the other is left out.
import { formatReference } from '../expression/reference.ts';
import type { StepInput } from '../job/port-types.ts';
import type { ConditionStep } from '../job/step-types.ts';
import type { Token } from '../text/token.ts';
import { holdsExpression, readBinding } from './binding.ts';
import type { ControlScope } from './control-scope.ts';
import type { Condition } from './control-types.ts';
import type { Node } from './read-node.ts';
import { valueAt } from './read-token.ts';
import { bindingInput, resolveBinding } from './resolve-binding.ts';

export function convertCondition(
  node: Node,
  control: ControlScope,
): { readonly control: Condition; readonly step: ConditionStep } | null {
  const { name, token, entry } = node;
  const { file } = control.scope;
  const blocks = new Map<string, boolean>();
  for (const [key, equals] of [
    ['true_block', true],
    ['false_block', false],
  ] as const) {
    for (const item of itemsAt(token, key)) {
      const held = control.hold(item, node);
      if (held === null) continue;
      blocks.set(held.name, equals);
      control.scope.edges.push({ from: held.name, to: name, offset: item.offset });
    }
  }
  if (valueAt(token, 'true_block') === null && valueAt(token, 'false_block') === null) {
    const message = `step '${name}' has no branch; add 'true_block' or 'false_block'`;
    file.sink.report('KEY_MISSING', entry.keyOffset, message);
  }
  const condition = conditionInput(node, control);
  if (condition === null) return null;
  const inputs = new Map([['condition', condition]]);
  return {
    control: { type: 'if_else', name, blocks },
    step: { type: 'if_else', ...control.baseOf(node), inputs, condition },
  };
}

function itemsAt(token: Token, key: string): readonly Token[] {
  const value = valueAt(token, key);
  if (value === null) return [];
  return value.kind === 'list' ? value.items : [value];
}

/** Null when it is no boolean; the reason is reported. */
function conditionInput({ name, token }: Node, { scope }: ControlScope): StepInput | null {
  const { file } = scope;
  const value = valueAt(token, 'condition');
  if (value === null) return null;
  if (!holdsExpression(value)) {
    if (value.kind === 'scalar' && typeof value.value === 'boolean') {
      const declaredAt = file.sink.source.positionAt(value.offset);
      return { kind: 'literal', type: 'boolean', value: value.value, ...plain, declaredAt };
    }
    const message = `the condition of step '${name}' must be true, false, or bound to a boolean; write \${{parent.jobs.STEP.outputs.NAME}}`;
    file.sink.report('VALUE_WRONG_TYPE', value.offset, message);
    return null;
  }
  const shapes = `\${{parent.inputs.NAME}} or \${{parent.jobs.STEP.outputs.NAME}}`;
  const binding = readBinding(value, ['parentInput', 'stepOutput'], shapes, file.sink);
  const source = binding === null ? null : resolveBinding(binding, name, scope);
  if (binding === null || source === null) return null;
  const shown = formatReference(binding.reference);
  if (source.type !== 'boolean') {
    const message = `the condition of step '${name}' must be of type boolean, and ${shown} is of type ${source.type}; bind it to a boolean`;
    file.sink.report('INPUT_TYPE_MISMATCH', binding.offset, message);
  }
  if (source.mayBeAbsent) {
    const message = `the condition of step '${name}' needs a value, and ${shown} is optional; give that one a default`;
    file.sink.report('INPUT_VALUE_MISSING', binding.offset, message);
  }
  return bindingInput(binding, null);
}

const plain = {
  optional: false,
  minimum: null,
  maximum: null,
  allowed: null,
  description: null,
} as const;
