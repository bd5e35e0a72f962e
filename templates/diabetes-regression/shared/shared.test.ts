import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isTrue, readFlags } from './flags.ts';
import { evaluationParameters, registrationParameters, trainingParameters } from './parameters.ts';
import { ProjectError } from './project-error.ts';
import { describeError, runStep } from './run-step.ts';

describe('the flags of a step', () => {
  it('are read by name', () => {
    const args = ['--a', '1', '--b=two words'];
    expect(readFlags(['a', 'b'], args)).toEqual({ a: '1', b: 'two words' });
  });

  it.each([[[]], [['--a', '']]])('must all be there: %j', (args) => {
    expect(() => readFlags(['a'], args)).toThrow('--a is missing; pass --a VALUE');
  });

  it('that are unknown are refused by name', () => {
    expect(() => readFlags(['a'], ['--a', '1', '--alpa', '2'])).toThrow(/--alpa/);
  });

  it.each([
    ['true', true],
    [' True ', true],
    ['TRUE', true],
    ['false', false],
    ['yes', false],
    ['1', false],
  ])('%j as a switch is %s', (value, on) => {
    expect(isTrue(value)).toBe(on);
  });
});

describe('parameters.json', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'parameters-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function file(content: unknown): Promise<string> {
    const name = path.join(folder, 'parameters.json');
    await writeFile(name, typeof content === 'string' ? content : JSON.stringify(content));
    return name;
  }

  it('of this project can be read', () => {
    expect(trainingParameters()).toEqual({ alpha: expect.any(Number) });
    expect(evaluationParameters()).toEqual({ metric: 'mse', direction: 'minimize' });
    expect(registrationParameters()).toEqual({ tags: ['mse'] });
  });

  it.each([['{'], ['[]'], ['null'], [{}], [{ training: [] }], [{ training: 1 }]])(
    'as %j has no training values',
    async (content) => {
      const name = await file(content);
      expect(() => trainingParameters(name)).toThrow(
        /^Could not load training values from file .*parameters\.json: ./,
      );
    },
  );

  it('that is not there says so', () => {
    expect(() => trainingParameters('/nowhere/parameters.json')).toThrow(/ENOENT/);
  });

  it.each([
    { direction: 'minimize' },
    { metric: '', direction: 'minimize' },
    { metric: 'mse' },
    { metric: 'mse', direction: 'down' },
  ])('with evaluation %j is refused', async (evaluation) => {
    const name = await file({ evaluation });
    expect(() => evaluationParameters(name)).toThrow(/^Could not load evaluation values from file/);
  });

  it.each([{}, { tags: 'mse' }, { tags: [1] }])('with registration %j is refused', async (r) => {
    const name = await file({ registration: r });
    expect(() => registrationParameters(name)).toThrow(/^Could not load registration values/);
  });
});

describe('an error of a step', () => {
  it('with a code is one line', () => {
    const error = new ProjectError('FLAG_MISSING', '--a is missing');
    expect(describeError(error)).toBe('Error FLAG_MISSING: --a is missing');
  });

  it('without a code shows where it comes from', () => {
    expect(describeError(new TypeError('oops'))).toMatch(/^TypeError: oops\n +at /);
    expect(describeError('text')).toBe('Error: text');
  });

  it('makes the process end with 1', async () => {
    const print = vi.spyOn(console, 'error').mockImplementation(() => {});
    await runStep(() => Promise.reject(new ProjectError('FLAG_MISSING', 'x')));
    const { exitCode } = process;
    process.exitCode = 0;
    expect(exitCode).toBe(1);
    expect(print).toHaveBeenCalledWith('Error FLAG_MISSING: x');
    print.mockRestore();
  });
});
