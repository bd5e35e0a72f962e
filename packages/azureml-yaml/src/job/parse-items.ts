// The items of a `parallel_for`, as a text of JSON.
import { AzureMlYamlError } from '../errors.ts';
import type { LiteralValue } from './port-types.ts';
import type { ForEachItem } from './step-types.ts';

/** A loop over more is a `parallel` step. */
export const maxItems = 1000;

/** `[{"alpha": 0.1}, {"alpha": 0.2}]`, or `{"small": {"alpha": 0.1}, …}`, whose names are left out.
 * Throws `AzureMlYamlError` LOOP_ITEMS_INVALID. */
export function parseItems(text: string): ForEachItem[] {
  const parsed = parseJson(text);
  const items = Array.isArray(parsed) ? parsed : isMapping(parsed) ? Object.values(parsed) : null;
  if (items === null) throw invalid('they are no list');
  if (items.length > maxItems) throw invalid(`there are ${items.length}, and at most ${maxItems}`);
  return items.map((item, index) => {
    if (!isMapping(item)) throw invalid(`item ${index} is no mapping`);
    const wrong = Object.keys(item).find((key) => !isLiteral(item[key]));
    if (wrong !== undefined) {
      throw invalid(`'${wrong.slice(0, 60)}' of item ${index} is no text, number or boolean`);
    }
    return item as ForEachItem;
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalid('they are no JSON', { cause });
  }
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isLiteral(value: unknown): value is LiteralValue {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function invalid(reason: string, options?: ErrorOptions): AzureMlYamlError {
  const message = `the items of a parallel_for cannot be read: ${reason}; write a list such as '[{"alpha": 0.1}]'`;
  return new AzureMlYamlError('LOOP_ITEMS_INVALID', message, options);
}
