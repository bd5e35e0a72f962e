// Functions that compare. The left operand decides as what: see Operand.
import type { Operand } from '../operand.ts';
import { type Call, type FunctionDefinition, unlimited } from './function-definition.ts';

export const comparisonFunctions: readonly FunctionDefinition[] = [
  pair('eq', (left, right) => left.equals(right)),
  pair('ne', (left, right) => !left.equals(right)),
  pair('lt', (left, right) => left.compareTo(right) < 0),
  pair('le', (left, right) => left.compareTo(right) <= 0),
  pair('gt', (left, right) => left.compareTo(right) > 0),
  pair('ge', (left, right) => left.compareTo(right) >= 0),
  {
    name: 'in',
    minimum: 2,
    maximum: unlimited,
    expandsTo: 'call',
    call: isAmong,
  },
  {
    name: 'notIn',
    minimum: 2,
    maximum: unlimited,
    expandsTo: 'call',
    call: (call) => !isAmong(call),
  },
];

function pair(name: string, holds: (left: Operand, right: Operand) => boolean): FunctionDefinition {
  return {
    name,
    minimum: 2,
    maximum: 2,
    expandsTo: 'call',
    call: (call) => holds(call.argument(0), call.argument(1)),
  };
}

/** Those behind the first equal one are not evaluated. */
function isAmong(call: Call): boolean {
  const wanted = call.argument(0);
  for (let index = 1; index < call.count; index += 1) {
    if (wanted.equals(call.argument(index))) return true;
  }
  return false;
}
