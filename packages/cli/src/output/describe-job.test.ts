import type { Verdict } from '@ridgeline/client';
import { expect, test } from 'vitest';
import { describeVerdict } from './describe-job.ts';

const verdict = (part: Partial<Verdict>): Verdict => ({
  outcome: 'registered',
  metric: 'mse',
  newValue: 3298.5,
  productionValue: 3300,
  model: { name: 'prices', version: '3' },
  reason: 'because',
  ...part,
});

test('the three outcomes are told apart, with both numbers where two were compared', () => {
  expect(describeVerdict(verdict({}))).toBe(
    'registered prices:3: new mse 3298.5, production mse 3300',
  );
  expect(describeVerdict(verdict({ outcome: 'not_better', newValue: 3301 }))).toBe(
    'not better prices:3: new mse 3301, production mse 3300',
  );
  const failed = verdict({ outcome: 'failed', metric: null, newValue: null, model: null });
  expect(describeVerdict(failed)).toBe('failed: because');
});

test('a first model has none to be compared with', () => {
  expect(describeVerdict(verdict({ productionValue: null }))).toBe(
    'registered prices:3: new mse 3298.5, production mse none',
  );
});
