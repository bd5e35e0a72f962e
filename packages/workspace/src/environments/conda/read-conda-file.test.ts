import { describe, expect, test } from 'vitest';
import { readCondaFile } from './read-conda-file.ts';

describe('a conda file', () => {
  test('becomes requirements for pip, sorted, and rules for Python', () => {
    const { python, r, problems } = readCondaFile({
      dependencies: [
        'python=3.11',
        'pip',
        { pip: ['mlflow-skinny', '# why\n', '--pre'] },
        'pytorch=2',
      ],
    });
    expect(problems).toEqual([]);
    expect(r).toBeNull();
    expect(python).toEqual({
      version: ['==3.11.*'],
      requirements: ['--pre', 'mlflow-skinny', 'torch==2.*'],
    });
  });

  test('reads the same in another order', () => {
    const one = { dependencies: ['numpy', 'pandas=2', { pip: ['a', 'b'] }] };
    const other = { dependencies: [{ pip: ['b', 'a', 'a'] }, 'pandas=2', 'numpy'] };
    expect(readCondaFile(one)).toEqual(readCondaFile(other));
  });

  test('says that it passes over channels', () => {
    const { notes } = readCondaFile({ channels: ['conda-forge'], dependencies: ['numpy'] });
    expect(notes).toEqual([expect.stringContaining('channels (conda-forge) are ignored')]);
  });

  test('with R needs R, and its packages by conda’s names', () => {
    const { python, r } = readCondaFile({
      dependencies: ['r-base>=4.1', 'r-essentials', 'r-ggplot2=3', 'r-dplyr'],
    });
    expect(python).toBeNull();
    expect(r).toEqual({ version: ['>=4.1'], packages: ['dplyr', 'ggplot2'] });
  });

  test('with R and Python needs both', () => {
    const { python, r } = readCondaFile({ dependencies: ['r-base', 'python', 'numpy'] });
    expect(python).toEqual({ version: [], requirements: ['numpy'] });
    expect(r).toEqual({ version: [], packages: [] });
  });

  test('says of everything that has no equal what it is, in one go', () => {
    const { problems } = readCondaFile({
      dependencies: ['cudatoolkit=11', 'scikit-lern', 'numpy=?', { pip: ['-e .', './local'] }],
    });
    expect(problems).toEqual([
      expect.stringContaining("conda package 'cudatoolkit' is not known to be on PyPI"),
      expect.stringContaining("did you mean 'scikit-learn'?"),
      expect.stringContaining("dependency 'numpy=?' cannot be read"),
      expect.stringContaining("requirement '-e .'"),
      expect.stringContaining('local files are not sent'),
    ]);
  });
});
