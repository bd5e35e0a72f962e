import { describe, expect, it } from 'vitest';
import { cronProblem } from './check-cron.ts';

describe('a cron expression', () => {
  it.each([
    '* * * * *',
    '0 6 * * 1-5',
    '*/15 0-23/2 1,15 jan-mar MON',
    '59 23 31 12 7',
    '  5   4 * * sun ',
  ])('%j is one', (expression) => {
    expect(cronProblem(expression)).toBeNull();
  });

  it.each([
    ['', '1 fields'],
    ['* * * *', '4 fields'],
    ['0 0 6 * * 1', '6 fields'],
    ['60 * * * *', "'60' is no list of minutes (0 to 59)"],
    ['* 24 * * *', 'hours'],
    ['* * 0 * *', 'days'],
    ['* * * 13 *', 'months'],
    ['* * * * 8', 'days of the week'],
    ['5-1 * * * *', 'minutes'],
    ['1, * * * *', 'minutes'],
    ['*/0 * * * *', 'minutes'],
    ['@daily', '1 fields'],
    ['$(x) * * * *', 'minutes'],
  ])('%j is none', (expression, problem) => {
    expect(cronProblem(expression)).toContain(problem);
  });
});
