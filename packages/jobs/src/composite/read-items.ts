// The items of a `parallel_for` that are not in the definition: JSON text, a list of objects or an
// object of objects, as Azure ML takes them.
import type { ForEachItem } from '@ridgeline/azureml-yaml';

const maxItems = 1_000;

/** What is wrong with the text, as the end of a sentence, where it is no list of items. */
export function readItems(text: string): readonly ForEachItem[] | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return `are no JSON: '${shorten(text)}'; write a list such as [{"alpha": 1}, {"alpha": 2}]`;
  }
  if (typeof value !== 'object' || value === null) {
    return `are '${shorten(text)}'; write a JSON list such as [{"alpha": 1}, {"alpha": 2}]`;
  }
  const items: unknown[] = Object.values(value);
  if (items.length > maxItems) return `are ${items.length}; there may be ${maxItems}`;
  const wrong = items.findIndex((item) => !isItem(item));
  if (wrong === -1) return items as readonly ForEachItem[];
  const shown = shorten(JSON.stringify(items[wrong]));
  return `have as number ${wrong} '${shown}'; write an object of text, numbers, true or false`;
}

function isItem(item: unknown): boolean {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return false;
  return Object.values(item).every((value) =>
    ['string', 'number', 'boolean'].includes(typeof value),
  );
}

function shorten(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 60).toWellFormed()}…`;
}
