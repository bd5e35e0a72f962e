// Functions that decide: and, or, not, xor, coalesce, iif.
import type { Value } from '../value.ts';
import { type Call, type FunctionDefinition, unlimited } from './function-definition.ts';

export const logicFunctions: readonly FunctionDefinition[] = [
  {
    name: 'and',
    minimum: 2,
    maximum: unlimited,
    expandsTo: 'call',
    call: (call) => indices(call).every((index) => call.argument(index).toBoolean()),
  },
  {
    name: 'or',
    minimum: 2,
    maximum: unlimited,
    expandsTo: 'call',
    call: (call) => indices(call).some((index) => call.argument(index).toBoolean()),
  },
  {
    name: 'not',
    minimum: 1,
    maximum: 1,
    expandsTo: 'call',
    call: (call) => !call.argument(0).toBoolean(),
  },
  {
    name: 'xor',
    minimum: 2,
    maximum: 2,
    expandsTo: 'call',
    call: (call) => call.argument(0).toBoolean() !== call.argument(1).toBoolean(),
  },
  {
    name: 'coalesce',
    minimum: 2,
    maximum: unlimited,
    expandsTo: 'call',
    call: coalesce,
  },
  { name: 'iif', minimum: 3, maximum: 3, expandsTo: 'result', call: iif },
];

/** The first that is neither null nor the empty text. Later ones are not evaluated. */
function coalesce(call: Call): Value {
  for (const index of indices(call)) {
    const { value } = call.argument(index);
    if (value !== null && value !== '') return value;
  }
  return null;
}

/** Both branches are evaluated, as on the original: a mistake in the other one is one too. */
function iif(call: Call): Value {
  const condition = call.argument(0).toBoolean();
  const branches = [call.argument(1).value, call.argument(2).value] as const;
  return branches[condition ? 0 : 1];
}

function indices(call: Call): readonly number[] {
  return Array.from({ length: call.count }, (_, index) => index);
}
