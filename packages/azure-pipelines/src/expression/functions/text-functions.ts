// Functions of texts. Searching ignores case; replacing does not.
import { foldCase } from '../fold-case.ts';
import { arrayOf, type Value } from '../value.ts';
import type { Call, FunctionDefinition } from './function-definition.ts';

export const textFunctions: readonly FunctionDefinition[] = [
  search('contains', (text, part) => text.includes(part)),
  search('startsWith', (text, part) => text.startsWith(part)),
  search('endsWith', (text, part) => text.endsWith(part)),
  change('lower', (text) => text.toLowerCase()),
  change('upper', (text) => text.toUpperCase()),
  change('trim', (text) => text.trim()),
  { name: 'replace', minimum: 3, maximum: 3, expandsTo: 'result', call: replace },
  { name: 'split', minimum: 2, maximum: 2, expandsTo: 'result', call: split },
  { name: 'substring', minimum: 2, maximum: 3, expandsTo: 'result', call: substring },
];

function search(name: string, holds: (text: string, part: string) => boolean): FunctionDefinition {
  return {
    name,
    minimum: 2,
    maximum: 2,
    expandsTo: 'call',
    call: (call) => holds(foldCase(call.argument(0).toText()), foldCase(call.argument(1).toText())),
  };
}

function change(name: string, changed: (text: string) => string): FunctionDefinition {
  return {
    name,
    minimum: 1,
    maximum: 1,
    expandsTo: 'result',
    call: (call) => call.memory.addText(changed(call.argument(0).toText())),
  };
}

function replace(call: Call): Value {
  const [text, old, fresh] = [0, 1, 2].map((index) => call.argument(index).toText());
  if (text === undefined || old === undefined || fresh === undefined || old === '') {
    return text ?? '';
  }
  const pieces = text.split(old);
  // Counted before it is made: a short expression could otherwise ask for gigabytes.
  call.memory.add(2 * (text.length + (pieces.length - 1) * (fresh.length - old.length)));
  return pieces.join(fresh);
}

/**
 * Every character of the second text delimits: the documents speak of delimiting characters. The
 * alternative, one delimiter of several characters, is the same for the usual single one.
 */
function split(call: Call): Value {
  const text = call.argument(0).toText();
  const delimiters = new Set(call.argument(1).toText());
  const pieces: string[] = [];
  let start = 0;
  for (let index = 0; index < text.length; index += 1) {
    if (!isDelimiter(text.charAt(index), delimiters)) continue;
    pieces.push(text.slice(start, index));
    start = index + 1;
  }
  pieces.push(text.slice(start));
  call.memory.add(2 * text.length + 32 * pieces.length);
  return arrayOf(pieces);
}

/** Without delimiters, white space delimits. */
function isDelimiter(character: string, delimiters: ReadonlySet<string>): boolean {
  return delimiters.size === 0 ? /\s/u.test(character) : delimiters.has(character);
}

function substring(call: Call): Value {
  const text = call.argument(0).toText();
  const start = call.argument(1).toNumber().toNumber();
  const length = call.count > 2 ? call.argument(2).toNumber().toNumber() : text.length - start;
  const isInside = start >= 0 && length >= 0 && start + length <= text.length;
  if (isInside && Number.isInteger(start) && Number.isInteger(length)) {
    return call.memory.addText(text.slice(start, start + length));
  }
  return call.fail(
    `substring() cannot take ${length} characters from position ${start} of a text ` +
      `of ${text.length}`,
  );
}
