// Cuts a run filter, in OData's language, into tokens. Knows the shapes of words, and not what may
// follow what.
import { filterError } from './run-filter-error.ts';
import type { FilterValue, RunFilterToken } from './run-filter-token.ts';

const space = /\s*/y;
const quoted = /'((?:[^']|'')*)'/y;
// Without quotes, as OData writes times.
const time = /\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)?/y;
const number = /[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\p{L}\p{N}_])/uy;
// A word may be a path such as Tags/BuildId; the names of tags have more signs than names usually do.
const word = /[\p{L}_][\p{L}\p{N}_.\-:@]*(?:\/[\p{L}\p{N}_.\-:@]+)*/uy;
const sign = /[(),]/y;

const constants: ReadonlyMap<string, FilterValue> = new Map<string, FilterValue>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** @throws ServerError INVALID_PARAMETER_VALUE */
export function tokenizeFilter(text: string): readonly RunFilterToken[] {
  const tokens: RunFilterToken[] = [];
  let offset = 0;
  while (true) {
    offset += matchAt(space, text, offset)?.[0].length ?? 0;
    if (offset >= text.length) return [...tokens, { kind: 'end', text: '', offset }];
    const token = tokenAt(text, offset);
    tokens.push(token);
    offset += token.text.length;
  }
}

function tokenAt(text: string, offset: number): RunFilterToken {
  const string = matchAt(quoted, text, offset);
  if (string !== null) {
    const value = (string[1] ?? '').replaceAll("''", "'");
    return { kind: 'literal', value, text: string[0], offset };
  }
  const moment = matchAt(time, text, offset)?.[0];
  if (moment !== undefined) return { kind: 'literal', value: moment, text: moment, offset };
  const digits = matchAt(number, text, offset)?.[0];
  if (digits !== undefined) {
    return { kind: 'literal', value: Number(digits), text: digits, offset };
  }
  return wordAt(text, offset);
}

function wordAt(text: string, offset: number): RunFilterToken {
  const name = matchAt(word, text, offset)?.[0];
  if (name !== undefined) {
    const value = constants.get(name.toLowerCase());
    if (value === undefined) return { kind: 'word', text: name, offset };
    return { kind: 'literal', value, text: name, offset };
  }
  const mark = matchAt(sign, text, offset)?.[0];
  if (mark !== undefined) return { kind: 'sign', text: mark, offset };
  if (text[offset] === "'") {
    throw filterError(text, offset, "this text has no end; close it with a quote: 'text'");
  }
  const [character = ''] = text.slice(offset);
  throw filterError(text, offset, `'${character}' cannot stand here; write Tags/NAME eq 'VALUE'`);
}

function matchAt(pattern: RegExp, text: string, offset: number): RegExpExecArray | null {
  pattern.lastIndex = offset;
  return pattern.exec(text);
}
