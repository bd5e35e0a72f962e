import { describe, expect, it } from 'vitest';
import { folderOf, pathFrom } from './relative-path.ts';

describe('paths of component files', () => {
  it.each([
    ['.', 'src', './src'],
    ['.', './src/', './src'],
    ['.', '.', '.'],
    ['./a', '../src', './src'],
    ['./a', '..', '.'],
    ['./a/b', '../../../up', '../up'],
    ['../a', '../b', '../b'],
    ['..', '../b', '../../b'],
    ['./a', '/abs', '/abs'],
    ['./a', 'C:\\code', 'C:\\code'],
    ['/abs/a', '../b', '/abs/b'],
    ['azureml://components/t/versions/1', './src', 'azureml://components/t/versions/1/src'],
    ['azureml://components/t/versions/1/a', '../src', 'azureml://components/t/versions/1/src'],
    ['azureml://components/t/versions/1', '.', 'azureml://components/t/versions/1'],
    ['azureml://components/t/versions/1', '../src', 'azureml://components/t/versions/1/../src'],
  ])('in %s, %s is %s', (folder, path, expected) => {
    expect(pathFrom(folder, path)).toBe(expected);
  });

  it.each([
    ['./a/train.yml', './a'],
    ['./train.yml', '.'],
    ['train.yml', '.'],
    ['/train.yml', '/'],
    ['../up/train.yml', '../up'],
  ])('%s stands in %s', (file, folder) => {
    expect(folderOf(file)).toBe(folder);
  });
});
