// What the tests of expressions share: evaluating a text, and generators of expressions and values.
import * as fc from 'fast-check';
import { DateTimeValue } from './date-time.ts';
import { Decimal } from './decimal.ts';
import { type ContextFunction, evaluationContext } from './evaluation-context.ts';
import { evaluate } from './evaluator.ts';
import type {
  CallExpression,
  Expression,
  LiteralExpression,
  PathExpression,
  PathStep,
} from './expression.ts';
import { ExpressionMistake } from './expression-mistake.ts';
import { genericFunctions } from './functions/generic-functions.ts';
import { parseSyntax } from './parser.ts';
import { fromPlain, toPlain } from './plain.ts';
import type { TraceSink } from './trace.ts';
import { arrayOf, objectOf, type Value } from './value.ts';
import { VersionValue } from './version-value.ts';

export interface Surroundings {
  readonly functions?: Readonly<Record<string, ContextFunction>>;
  readonly trace?: TraceSink;
}

export function valueOfText(
  text: string,
  contexts: Readonly<Record<string, unknown>> = {},
  { functions = {}, trace }: Surroundings = {},
): Value {
  const entries = Object.entries(contexts).map(([name, plain]) => [name, fromPlain(plain)]);
  return evaluate(
    parseSyntax(text),
    evaluationContext(Object.fromEntries(entries), functions, trace),
  );
}

export function plainOfText(text: string, contexts?: Readonly<Record<string, unknown>>): unknown {
  return toPlain(valueOfText(text, contexts));
}

/** The mistake that `work` throws; undefined when it throws none. Anything else is thrown on. */
export function mistakeOf(work: () => unknown): ExpressionMistake | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof ExpressionMistake) return error;
    throw error;
  }
}

export const decimals: fc.Arbitrary<Decimal> = fc
  .tuple(fc.bigInt(-(10n ** 28n), 10n ** 28n), fc.nat(28))
  .map(([digits, scale]) => {
    const sign = digits < 0n ? '-' : '';
    const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0');
    const point = text.length - scale;
    return Decimal.parse(`${sign}${text.slice(0, point)}.${text.slice(point)}`);
  })
  .filter((decimal) => decimal !== undefined);

const versions: fc.Arbitrary<VersionValue> = fc
  .array(fc.nat(2_147_483_647), { minLength: 3, maxLength: 4 })
  .map((parts) => VersionValue.parse(parts.join('.')))
  .filter((version) => version !== undefined);

const times: fc.Arbitrary<DateTimeValue> = fc
  .date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
  .map(DateTimeValue.fromDate);

const texts = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.constantFrom('', 'True', 'false', '1', '-1.5', '1.2', '1.2.3', '2026-01-31 10:00:00', "it's"),
);

export const values: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    fc.constantFrom(null, true, false),
    texts,
    decimals,
    versions,
    times,
    fc.array(tie('value'), { maxLength: 3 }).map(arrayOf),
    fc
      .array(fc.tuple(fc.constantFrom('a', 'B', 'c d'), tie('value')), { maxLength: 3 })
      .map((entries) => objectOf(entries)),
  ),
})).value;

export const knownNames = ['variables', 'parameters'] as const;

const literals: fc.Arbitrary<LiteralExpression> = fc
  .oneof(fc.boolean(), texts, decimals, versions)
  .map((value) => ({ kind: 'literal', value, offset: 0 }));

const names = fc
  .constantFrom(...knownNames)
  .map((name) => ({ kind: 'name', name, offset: 0 }) as const);

const anyOf: fc.Memo<Expression> = fc.memo((depth) => {
  const leaves: fc.Arbitrary<Expression>[] = [literals, names];
  return fc.oneof(...leaves, ...(depth > 1 ? [callOf(depth - 1), pathOf(depth - 1)] : []));
});

const callOf: fc.Memo<CallExpression> = fc.memo((depth) =>
  fc
    .tuple(
      fc.constantFrom(...[...genericFunctions.values()].map((generic) => generic.name)),
      fc.array(anyOf(depth), { minLength: 1, maxLength: 3 }),
    )
    .map(([name, list]) => ({ kind: 'call', name, arguments: list, offset: 0 })),
);

const pathOf: fc.Memo<PathExpression> = fc.memo((depth) => {
  const targets: fc.Arbitrary<PathExpression['target']>[] = [names, callOf(depth)];
  const index = anyOf(depth).map((at): PathStep => ({ kind: 'index', index: at, offset: 0 }));
  const steps = fc.array(fc.oneof(fc.constant(wildcard), index), { minLength: 1, maxLength: 3 });
  return fc
    .tuple(fc.oneof(...targets), steps)
    .map(([target, list]) => ({ kind: 'path', target, steps: list, offset: 0 }));
});

const wildcard: PathStep = { kind: 'wildcard', offset: 0 };

/** Every expression that can be written; a function may have the wrong number of arguments. */
export const expressions: fc.Arbitrary<Expression> = anyOf(4);

/** Texts made of the pieces that expressions are made of, most of them wrong. */
export const scribbles: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ..."()[],.*'-+ ",
        '$',
        '{',
        '}',
        '=',
        'eq',
        'variables',
        'true',
        '1.2.3',
        '.5',
      ),
      fc.string({ maxLength: 3 }),
    ),
    { maxLength: 14 },
  )
  .map((pieces) => pieces.join(''));
