import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ServerError } from '../../errors/server-error.ts';
import type { RunRecord } from '../run-record.ts';
import { checkRunFilter, matchesRun, namesParents } from './match-run.ts';
import { comparisons, type RunFilter } from './run-filter.ts';
import { parseRunFilter } from './run-filter-parser.ts';

const run: RunRecord = {
  runId: 'abc',
  parentRunId: null,
  rootRunId: 'abc',
  experimentId: '1',
  displayName: "Ann's run",
  status: 'Completed',
  createdUtc: '2026-07-01T10:00:00.000Z',
  startTimeUtc: '2026-07-01T10:00:01.000Z',
  endTimeUtc: null,
  tags: { BuildId: '7', 'a.b-c': 'x', empty: '', flag: 'true', __proto__: null as never },
  properties: { 'azureml.pipelineid': 'p' },
  error: null,
  submittedBy: 'ann',
  target: null,
};

function matches(filter: string): boolean {
  const parsed = parseRunFilter(filter);
  checkRunFilter(parsed, filter);
  return matchesRun(run, parsed);
}

test.each([
  ['', true],
  ['  ', true],
  ["Tags/BuildId eq '7'", true],
  ["tags/BuildId eq '7'", true],
  ["Tags/buildid eq '7'", false],
  ['Tags/BuildId eq 7', true],
  ["Tags/BuildId ne '7'", false],
  ["Tags/BuildId gt '6' and Tags/BuildId lt '8'", true],
  ['Tags/BuildId ge 7 and Tags/BuildId le 7', true],
  ['Tags/BuildId gt 60', false],
  ["Tags/a.b-c eq 'x'", true],
  ["Tags/empty eq ''", true],
  ['Tags/none eq null', true],
  ['Tags/none ne null', false],
  ["Tags/none ne 'x'", true],
  ["Tags/none gt ''", false],
  ["Tags/toString eq 'x'", false],
  ['Tags/constructor eq null', true],
  ['Tags/flag eq true', true],
  ['Tags/flag eq false', false],
  ["Properties/azureml.pipelineid eq 'p'", true],
  ["runId eq 'abc'", true],
  ["RUNID EQ 'abc'", true],
  ["status eq 'Completed' or status eq 'Failed'", true],
  ["status in ('Running', 'Completed')", true],
  ["status in ('Running')", false],
  ["not status eq 'Running'", true],
  ["not (status eq 'Completed')", false],
  ["not not status eq 'Completed'", true],
  ["displayName eq 'Ann''s run'", true],
  ["startswith(displayName, 'Ann')", true],
  ["endswith(displayName, 'run') and contains(displayName, '''')", true],
  ["contains(Tags/none, 'a')", false],
  ['startTimeUtc gt 2026-07-01T10:00:00Z', true],
  ["startTimeUtc gt '2026-07-01T12:00:00+02:00'", true],
  ["startTimeUtc lt '2026-07-01'", false],
  ['endTimeUtc eq null', true],
  ['endTimeUtc gt 2026-07-01T10:00:00Z', false],
  ['ParentRunId eq null', true],
])('%s: %s', (filter, expected) => {
  expect(matches(filter)).toBe(expected);
});

describe('and binds closer than or', () => {
  const yes = "runId eq 'abc'";
  const no = "runId eq 'none'";
  test.each([
    [`${yes} or ${no} and ${no}`, true],
    [`(${yes} or ${no}) and ${no}`, false],
    [`${no} and ${no} or ${yes}`, true],
    [`not ${no} and ${yes}`, true],
    [`not (${no} and ${yes})`, true],
  ])('%s: %s', (filter, expected) => expect(matches(filter)).toBe(expected));
});

test.each([
  ["BuildId eq '7'", 1, "no property 'BuildId'; there are runId"],
  ["Metrics/mse lt '7'", 1, "no property 'Metrics/mse'"],
  ["Tags eq '7'", 1, "no property 'Tags'"],
  ['Tags/BuildId', 13, 'expected one of eq, ne, gt, ge, lt, le, in, and not the end'],
  ["Tags/BuildId = '7'", 14, "'=' cannot stand here"],
  ["Tags/BuildId eq '7", 17, 'this text has no end'],
  ['Tags/BuildId eq', 16, "expected a value such as 'text' or 7, and not the end"],
  ["Tags/BuildId eq '7' xor", 21, "expected 'and', 'or' or the end, and not 'xor'"],
  ["(Tags/BuildId eq '7'", 21, "expected ')', and not the end"],
  ["'7' eq Tags/BuildId", 1, "expected a property such as status or Tags/NAME, and not ''7''"],
  ["runId in ('a' 'b')", 15, "expected ')'"],
  ['runId in ()', 11, 'expected a value'],
  ['startswith(runId, 5)', 20, 'expected a text'],
  ["Tags/a eq '1' and", 18, 'expected a property'],
  [`${'('.repeat(33)}runId eq 'a'`, 33, 'at most 32 levels'],
  [`${'not '.repeat(33)}runId eq 'a'`, 129, 'at most 32 levels'],
  ['🏔', 1, "'🏔' cannot stand here"],
  ['a'.repeat(5_000), 4_097, 'a filter may have 4096 characters'],
])('%s is refused at character %i', (filter, character, problem) => {
  const where = `at character ${character}: `;
  expect(() => matches(filter)).toThrow(where);
  expect(() => matches(filter)).toThrow(problem);
});

test.each([
  ['', false],
  ["Tags/a eq '1'", false],
  ["Tags/a eq '1' and ParentRunId eq 'p'", true],
  ["not (rootRunId eq 'p' or status eq 'Failed')", true],
  ["contains(runId, 'p')", true],
])('%s speaks of runs below others: %s', (filter, expected) => {
  expect(namesParents(parseRunFilter(filter))).toBe(expected);
});

const value = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', "'", ' ', '(', '🏔', '\n') }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const path = fc.constantFrom('runId', 'status', 'Tags/BuildId', 'Properties/a.b', 'startTimeUtc');
const { tree } = fc.letrec<{ tree: RunFilter }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    fc.record({
      kind: fc.constant('compare' as const),
      operator: fc.constantFrom(...comparisons),
      path,
      value,
      offset: fc.constant(0),
    }),
    fc.record({ kind: fc.constant('not' as const), term: tie('tree') }),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      terms: fc.array(tie('tree'), { minLength: 2, maxLength: 3 }),
    }),
  ),
}));

function written(filter: RunFilter): string {
  switch (filter.kind) {
    case 'compare':
      return `${filter.path} ${filter.operator} ${literal(filter.value)}`;
    case 'not':
      return `not (${written(filter.term)})`;
    case 'and':
    case 'or':
      return filter.terms.map((term) => `(${written(term)})`).join(` ${filter.kind} `);
    default:
      return '';
  }
}

function literal(of: unknown): string {
  return typeof of === 'string' ? `'${of.replaceAll("'", "''")}'` : String(of);
}

test('a filter that is written down and read again asks for the same runs', () => {
  fc.assert(
    fc.property(tree, (filter) => {
      expect(matches(written(filter))).toBe(matchesRun(run, filter));
    }),
  );
});

test('whatever is sent is a filter, or is refused with its place', () => {
  const words = fc.constantFrom(
    'Tags/a',
    'eq',
    "'",
    '(',
    ')',
    'and',
    'not',
    'in',
    ',',
    '7',
    'null',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(words).map((all) => all.join(' ')),
  );
  fc.assert(
    fc.property(text, (filter) => {
      try {
        matches(filter);
      } catch (error) {
        expect(error).toBeInstanceOf(ServerError);
        expect(error).toMatchObject({
          status: 400,
          message: expect.stringMatching(/character \d+/),
        });
      }
    }),
  );
});
