// Whether the names and functions of an expression are known where it stands.
import { didYouMean } from '../diagnostic/did-you-mean.ts';
import { type CallExpression, type Expression, walk } from './expression.ts';
import { ExpressionMistake } from './expression-mistake.ts';
import { genericFunctions } from './functions/generic-functions.ts';

/** What a place allows besides the functions that every place has. In any case. */
export interface KnownNames {
  readonly names: ReadonlySet<string>;
  /** Where they are only named, any number of arguments passes. */
  readonly functions: ReadonlySet<string> | ReadonlyMap<string, Arity>;
}

export interface Arity {
  readonly minimum: number;
  readonly maximum: number;
}

export function checkNames(expression: Expression, known: KnownNames): void {
  for (const part of walk(expression)) {
    if (part.kind === 'name' && !includes(known.names, part.name)) {
      throw unknownName(part.name, part.offset, known.names);
    }
    if (part.kind === 'call') checkCall(part, known.functions);
  }
}

function checkCall(call: CallExpression, functions: KnownNames['functions']): void {
  const generic = genericFunctions.get(call.name.toLowerCase());
  const arity = generic ?? arityIn(functions, call);
  if (arity !== undefined) checkArgumentCount(call, arity);
}

/** Undefined where any number of arguments passes. */
function arityIn(functions: KnownNames['functions'], call: CallExpression): Arity | undefined {
  const spelling = spellingIn(functions, call.name);
  if (spelling === undefined) throw unknownFunction(call.name, call.offset, functions.keys());
  return functions instanceof Map ? functions.get(spelling) : undefined;
}

function includes(words: ReadonlySet<string>, word: string): boolean {
  return spellingIn(words, word) !== undefined;
}

/** The word among the known ones, as they spell it. */
function spellingIn(words: KnownNames['functions'], word: string): string | undefined {
  if (words.has(word)) return word;
  const lower = word.toLowerCase();
  for (const known of words.keys()) if (known.toLowerCase() === lower) return known;
  return undefined;
}

export function checkArgumentCount(call: CallExpression, arity: Arity): void {
  const count = call.arguments.length;
  const { minimum, maximum } = arity;
  if (count >= minimum && count <= maximum) return;
  const most = maximum === Number.POSITIVE_INFINITY ? ' or more' : ` to ${maximum}`;
  const wanted = minimum === maximum ? `${minimum}` : `${minimum}${most}`;
  throw new ExpressionMistake(
    'EXPRESSION_SYNTAX_ERROR',
    call.offset,
    `${call.name}() takes ${wanted} argument${wanted === '1' ? '' : 's'}, not ${count}`,
  );
}

export function unknownName(
  name: string,
  offset: number,
  names: Iterable<string>,
): ExpressionMistake {
  const known = [...names];
  const list = known.length === 0 ? 'nothing' : known.slice(0, 12).join(', ');
  return new ExpressionMistake(
    'EXPRESSION_NAME_UNKNOWN',
    offset,
    `"${name}" is not known here; ${list} can be used.${didYouMean(name, known)}`,
  );
}

export function unknownFunction(
  name: string,
  offset: number,
  functions: Iterable<string>,
): ExpressionMistake {
  const known = [...genericFunctions.values()].map((generic) => generic.name);
  return new ExpressionMistake(
    'EXPRESSION_FUNCTION_UNKNOWN',
    offset,
    `there is no function "${name}" here.${didYouMean(name, [...functions, ...known])}`,
  );
}
