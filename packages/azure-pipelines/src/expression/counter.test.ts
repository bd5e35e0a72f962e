import { describe, expect, test } from 'vitest';
import { counterFunction, RunCounters } from './counter.ts';
import { DateTimeValue } from './date-time.ts';
import { evaluationContext } from './evaluation-context.ts';
import { evaluate } from './evaluator.ts';
import { parseSyntax } from './parser.ts';
import { toPlain } from './plain.ts';
import { mistakeOf } from './testing.fixture.ts';
import { objectOf } from './value.ts';

const startTime = DateTimeValue.fromDate(new Date('2026-03-04T22:00:00Z'));

function evaluateIn(counters: RunCounters, text: string): unknown {
  const contexts = { pipeline: objectOf([['startTime', startTime]]) };
  const context = evaluationContext(contexts, { counter: counterFunction(counters) });
  return toPlain(evaluate(parseSyntax(text), context));
}

describe('counter()', () => {
  test("rows 14.18 and 15.34: counter('p', 100) twice in one run is 100 twice, and 101 in the next", () => {
    const first = new RunCounters();
    expect(evaluateIn(first, "counter('p', 100)")).toBe(100);
    expect(evaluateIn(first, "counter('p', 100)")).toBe(100);
    const second = new RunCounters(first.taken);
    expect(evaluateIn(second, "counter('p', 100)")).toBe(101);
  });

  test('row 15.35: a counter of the day takes the day as its prefix', () => {
    const counters = new RunCounters([['20260304', 7]]);
    const daily = "counter(format('{0:yyyyMMdd}', pipeline.startTime), 1)";
    expect(evaluateIn(counters, daily)).toBe(8);
    expect([...counters.taken]).toEqual([['20260304', 8]]);
  });

  test('prefixes that differ in case only are one; others count for themselves', () => {
    const counters = new RunCounters([['Nightly', 3]]);
    expect(evaluateIn(counters, "counter('NIGHTLY')")).toBe(4);
    expect(evaluateIn(counters, "counter('weekly')")).toBe(0);
    expect(evaluateIn(counters, 'counter()')).toBe(0);
  });

  test('a seed may be a text that is a number, and must be whole and not huge', () => {
    expect(evaluateIn(new RunCounters(), "counter('p', '5')")).toBe(5);
    for (const seed of ["'five'", '99999999999']) {
      expect(mistakeOf(() => evaluateIn(new RunCounters(), `counter('p', ${seed})`))?.message).toBe(
        "counter() takes a text and a whole number, as in counter('nightly', 100)",
      );
    }
  });
});
