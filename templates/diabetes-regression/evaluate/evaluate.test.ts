import { describe, expect, it } from 'vitest';
import { evaluate } from './evaluate.ts';

const question = { metric: 'mse', direction: 'minimize' } as const;
const production = (value: number | null) => ({ version: '3', value });

describe('the decision', () => {
  it.each([
    ['minimize', 1, 2, 'better'],
    ['minimize', 2, 2, 'not_better'],
    ['minimize', 3, 2, 'not_better'],
    ['maximize', 3, 2, 'better'],
    ['maximize', 2, 2, 'not_better'],
    ['maximize', 1, 2, 'not_better'],
    ['minimize', -1, 0, 'better'],
    ['minimize', 0, -1, 'not_better'],
  ] as const)('to %s: new %d against %d is %s', (direction, newValue, value, decision) => {
    const found = evaluate({ ...question, direction, newValue, production: production(value) });
    expect(found.decision).toBe(decision);
    expect(found.shouldRegister).toBe(decision === 'better');
  });

  it('says both numbers, and that the better model should be registered', () => {
    const { messages } = evaluate({ ...question, newValue: 1.5, production: production(2.25) });
    expect(messages).toEqual([
      'Current Production model mse: 2.25, New trained model mse: 1.5',
      'New trained model performs better, thus it should be registered',
    ]);
  });

  it('says both numbers, and that a worse or equal model is not registered', () => {
    const { messages } = evaluate({ ...question, newValue: 2.25, production: production(2.25) });
    expect(messages).toEqual([
      'Current Production model mse: 2.25, New trained model mse: 2.25',
      'New trained model metric is worse than or equal to production model so skipping model registration.',
    ]);
  });

  it('registers the first model', () => {
    expect(evaluate({ ...question, newValue: 9e9, production: null })).toEqual({
      decision: 'first',
      shouldRegister: true,
      messages: ['This is the first model, thus it should be registered'],
    });
  });

  it.each([null, Number.NaN])('a production value of %s does not stand in the way', (value) => {
    const found = evaluate({ ...question, newValue: 20_000, production: production(value) });
    expect(found).toMatchObject({ decision: 'not_comparable', shouldRegister: true });
    expect(found.messages[0]).toContain('(version 3) has no mse');
  });

  it.each([null, Number.NaN, Number.POSITIVE_INFINITY])('a new value of %s is none', (newValue) => {
    for (const current of [null, production(2)]) {
      expect(evaluate({ ...question, newValue, production: current })).toEqual({
        decision: 'metric_missing',
        shouldRegister: false,
        messages: ['Unable to find  mse  metrics, exiting evaluation'],
      });
    }
  });
});
