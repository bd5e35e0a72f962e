import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { failedVerdict, readVerdict } from './verdict.ts';

const registered = {
  outcome: 'registered',
  metric: 'mse',
  newValue: 3298.8856,
  productionValue: null,
  model: { name: 'diabetes', version: '1' },
  reason: 'first model',
};

describe('a verdict in a tag', () => {
  test.each([registered, { ...registered, outcome: 'not_better', productionValue: 3000 }])(
    'is read as it was written: $outcome',
    (verdict) => expect(readVerdict(JSON.stringify(verdict))).toEqual(verdict),
  );

  test('may leave out all but its outcome', () => {
    expect(readVerdict('{"outcome":"not_better"}')).toEqual({
      outcome: 'not_better',
      metric: null,
      newValue: null,
      productionValue: null,
      model: null,
      reason: '',
    });
  });

  test('may have a number for the version of the model', () => {
    const tag = JSON.stringify({ ...registered, model: { name: 'diabetes', version: 12 } });
    expect(readVerdict(tag)?.model).toEqual({ name: 'diabetes', version: '12' });
  });
});

test.each([
  undefined,
  '',
  'registered',
  'null',
  '"registered"',
  '["registered"]',
  '{}',
  '{"outcome":"failed"}',
  '{"outcome":"Registered"}',
  '{"outcome":["registered"]}',
  '{"outcome":"registered"',
  '{"outcome":{"toString":"registered"}}',
])('%j is no verdict', (tag) => expect(readVerdict(tag)).toBeNull());

test('fields that are not what they should be are taken for missing', () => {
  const hostile = {
    outcome: 'registered',
    metric: { toString: 'x' },
    newValue: '1',
    productionValue: [1],
    model: 'diabetes:1',
    reason: 7,
    __proto__: { reason: 'inherited' },
  };
  expect(readVerdict(JSON.stringify(hostile))).toEqual({
    ...registered,
    metric: null,
    newValue: null,
    productionValue: null,
    model: null,
    reason: '',
  });
  expect(readVerdict('{"outcome":"registered","newValue":1e999}')?.newValue).toBeNull();
  expect(readVerdict('{"outcome":"registered","model":{"name":"m"}}')?.model).toBeNull();
});

test('whatever stands in the tag, the answer has the shape of a verdict, or is none', () => {
  const anything = fc.oneof(
    fc.string(),
    fc.json(),
    fc
      .dictionary(fc.constantFrom(...Object.keys(registered)), fc.jsonValue())
      .map((fields) => JSON.stringify({ outcome: 'registered', ...fields })),
  );
  const isOr = (type: string, value: unknown) => value === null || typeof value === type;
  fc.assert(
    fc.property(anything, (tag) => {
      const verdict = readVerdict(tag);
      if (verdict === null) return;
      expect(Object.keys(verdict)).toEqual(Object.keys(registered));
      expect(isOr('string', verdict.metric) && typeof verdict.reason === 'string').toBe(true);
      expect(isOr('number', verdict.newValue) && isOr('number', verdict.productionValue)).toBe(
        true,
      );
      if (verdict.model === null) return;
      expect(typeof verdict.model.name + typeof verdict.model.version).toBe('stringstring');
    }),
  );
});

test('a job that failed has a verdict that says why', () => {
  expect(failedVerdict({ code: 'STEP_FAILED', message: 'no' })).toMatchObject({
    outcome: 'failed',
    reason: 'no',
  });
});
