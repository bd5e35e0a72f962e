import { fileURLToPath } from 'node:url';
import { readTable } from '@ridgeline/tabular';
import { describe, expect, it } from 'vitest';
import { targetColumn } from '../training/train.ts';
import { findDataProblems, readReference } from './data-checks.ts';

const reference = await readReference();

async function problemsOf(fileName: string) {
  const file = fileURLToPath(new URL(fileName, import.meta.url));
  return findDataProblems(await readTable(file), reference);
}

describe('the training data', () => {
  it('has 10 feature columns and the target', () => {
    const names = reference.columns.map(({ name }) => name);
    expect(names.filter((name) => name !== targetColumn)).toHaveLength(10);
    expect(names).toContain(targetColumn);
  });

  it('passes every check', async () => {
    expect(await problemsOf('diabetes.csv')).toEqual([]);
  });
});

describe('data is refused', () => {
  it('with a missing column', async () => {
    expect(await problemsOf('diabetes_bad_schema.csv')).toEqual([
      expect.objectContaining({ check: 'schema', column: 'S6' }),
    ]);
  });

  it('with missing values, and each column that misses some is named', async () => {
    const problems = await problemsOf('diabetes_missing_values.csv');
    expect(problems.map(({ check, column }) => [check, column])).toEqual([
      ['missing', 'BMI'],
      ['missing', 'S5'],
    ]);
  });

  it('with a shifted distribution', async () => {
    expect(await problemsOf('diabetes_bad_dist.csv')).toEqual([
      expect.objectContaining({ check: 'distribution', column: 'BMI' }),
    ]);
  });
});
