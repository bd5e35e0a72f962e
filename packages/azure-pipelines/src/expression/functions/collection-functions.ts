// Functions of arrays and objects.
import { castToText } from '../casts.ts';
import { Decimal } from '../decimal.ts';
import { Operand } from '../operand.ts';
import type { Value } from '../value.ts';
import type { Call, FunctionDefinition } from './function-definition.ts';
import { toJson } from './to-json.ts';

export const collectionFunctions: readonly FunctionDefinition[] = [
  { name: 'containsValue', minimum: 2, maximum: 2, expandsTo: 'call', call: containsValue },
  { name: 'join', minimum: 2, maximum: 2, expandsTo: 'result', call: join },
  { name: 'length', minimum: 1, maximum: 1, expandsTo: 'result', call: length },
  {
    name: 'convertToJson',
    minimum: 1,
    maximum: 1,
    expandsTo: 'result',
    call: (call) => toJson(call.argument(0).value, call.memory),
  },
];

/** The values of an array or object; undefined for anything else. */
function membersOf(value: Value): readonly Value[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (value.kind === 'array') return value.items;
  if (value.kind !== 'object') return undefined;
  return [...value.entries.values()].map((entry) => entry.value);
}

/** The wanted value decides as what the members are compared. */
function containsValue(call: Call): Value {
  const members = membersOf(call.argument(0).value);
  if (members === undefined) return false;
  const wanted = call.argument(1);
  return members.some((member) => wanted.equals(new Operand(member)));
}

/** Arrays and objects among the items count as empty texts. */
function join(call: Call): Value {
  const { value } = call.argument(1);
  const isArray = typeof value === 'object' && value !== null && value.kind === 'array';
  if (!isArray) return castToText(value) ?? '';
  const separator = value.items.length > 0 ? call.argument(0).toText() : '';
  const texts = value.items.map((item) => castToText(item) ?? '');
  call.memory.add(2 * separator.length * texts.length);
  for (const text of texts) call.memory.addText(text);
  return texts.join(separator);
}

function length(call: Call): Value {
  const members = membersOf(call.argument(0).value);
  const count = members?.length ?? call.argument(0).toText().length;
  return Decimal.fromNumber(count) ?? null;
}
