// A value as JSON: two spaces a level, numbers as in texts, times and versions as texts.
import { castToText } from '../casts.ts';
import { ExpressionMistake } from '../expression-mistake.ts';
import type { MemoryMeter } from '../memory-meter.ts';
import { maxDataDepth } from '../plain.ts';
import { type ArrayValue, kindOf, type ObjectValue, type Value } from '../value.ts';

export function toJson(value: Value, memory: MemoryMeter, depth = 0): string {
  if (depth > maxDataDepth) {
    const message = `data nested more than ${maxDataDepth} levels deep cannot be made JSON`;
    throw new ExpressionMistake('EXPRESSION_FAILED', 0, message);
  }
  if (value === null) return memory.addText('null');
  if (typeof value === 'boolean') return memory.addText(String(value));
  if (typeof value === 'object' && value.kind === 'array') return arrayJson(value, memory, depth);
  if (typeof value === 'object' && value.kind === 'object') {
    return objectJson(value, memory, depth);
  }
  const text = castToText(value) ?? '';
  return memory.addText(kindOf(value) === 'Number' ? text : JSON.stringify(text));
}

function arrayJson(array: ArrayValue, memory: MemoryMeter, depth: number): string {
  const items = array.items.map((item) => toJson(item, memory, depth + 1));
  return enclose('[', items, ']', memory, depth);
}

function objectJson(object: ObjectValue, memory: MemoryMeter, depth: number): string {
  const items = [...object.entries.values()].map((entry) => {
    const name = memory.addText(JSON.stringify(entry.name));
    return `${name}: ${toJson(entry.value, memory, depth + 1)}`;
  });
  return enclose('{', items, '}', memory, depth);
}

function enclose(
  open: string,
  items: readonly string[],
  close: string,
  memory: MemoryMeter,
  depth: number,
): string {
  if (items.length === 0) return open + close;
  const indent = '  '.repeat(depth + 1);
  memory.add(2 * (indent.length + 2) * (items.length + 1));
  const lines = items.map((item) => indent + item).join(',\n');
  return `${open}\n${lines}\n${'  '.repeat(depth)}${close}`;
}
