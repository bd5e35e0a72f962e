import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EndpointError } from '../errors.ts';
import { checkSpec } from './check-spec.ts';

const codeId = 'a'.repeat(64);

describe('a spec', () => {
  it('fills in the defaults', () => {
    expect(checkSpec({ model: 'diabetes:3' })).toEqual({
      modelName: 'diabetes',
      modelVersion: '3',
      codeId: null,
      scoringScript: null,
      description: '',
      tags: {},
      deploymentName: 'blue',
      environmentVariables: {},
    });
  });

  it.each([
    ['diabetes@latest', 'diabetes', null],
    ['azureml:diabetes:12', 'diabetes', '12'],
    ['azureml:diabetes@latest', 'diabetes', null],
    ['my model_1.2:7', 'my model_1.2', '7'],
  ])('reads the model reference %j', (model, modelName, modelVersion) => {
    expect(checkSpec({ model })).toMatchObject({ modelName, modelVersion });
  });

  it.each([undefined, null, 3, '', 'diabetes', 'diabetes:', 'diabetes:x', 'a@newest', 'a/b:1'])(
    'refuses the model reference %j',
    (model) => {
      expect(() => checkSpec({ model })).toThrow(
        expect.objectContaining({ code: 'MODEL_REFERENCE_INVALID', status: 400 }),
      );
    },
  );

  it.each([
    [{ traffic: { blue: 10 } }, /key "traffic" is not known; allowed are model, codeId/],
    [{ codeId }, /scoringScript is missing/],
    [{ scoringScript: 'score.ts' }, /codeId is missing/],
    [{ description: 3 }, /description is "3"; a string was expected/],
    [{ tags: { team: 1 } }, /tags\.team is "1"; a string was expected/],
    [{ tags: ['a'] }, /tags is "a"; an object was expected/],
  ])('refuses %j', (change, message) => {
    expect(() => checkSpec({ model: 'm:1', ...change })).toThrow(
      expect.objectContaining({
        code: 'ENDPOINT_SPEC_INVALID',
        message: expect.stringMatching(message),
      }),
    );
  });

  it.each([null, undefined, 'm:1', 7, []])('that is %j is refused', (spec) => {
    expect(() => checkSpec(spec)).toThrow(
      expect.objectContaining({ code: 'ENDPOINT_SPEC_INVALID' }),
    );
  });

  it('passes or throws an EndpointError of status 400, whatever JSON comes in', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.string(), (model, value, key) => {
        try {
          checkSpec({ model: model, [key]: value });
        } catch (error) {
          expect(error).toBeInstanceOf(EndpointError);
          expect(error).toMatchObject({ status: 400 });
        }
      }),
    );
  });
});

describe('the scoring script', () => {
  it.each([
    ['score.ts', 'score.ts'],
    ['./scoring//score.ts', 'scoring/score.ts'],
    ['a/../score.ts', 'score.ts'],
    ['..score.ts', '..score.ts'],
  ])('%j is taken as %j', (written, path) => {
    expect(checkSpec({ model: 'm:1', codeId, scoringScript: written }).scoringScript).toBe(path);
  });

  it.each([
    '../score.ts',
    'a/../../score.ts',
    '..',
    '/etc/passwd',
    'a\\..\\..\\score.ts',
    'C:/score.ts',
    'score.ts\0.png',
  ])('%j leaves the code folder', (scoringScript) => {
    expect(() => checkSpec({ model: 'm:1', codeId, scoringScript })).toThrow(
      expect.objectContaining({ code: 'SCORING_SCRIPT_OUTSIDE_CODE', status: 400 }),
    );
  });
});

describe('environment variables', () => {
  it('are kept as they are', () => {
    const environmentVariables = { LEVEL: 'debug', _x1: '' };
    expect(checkSpec({ model: 'm:1', environmentVariables })).toMatchObject({
      environmentVariables,
    });
  });

  it.each([
    'AZUREML_MODEL_DIR',
    'AZUREML_ENTRY_SCRIPT',
    'PORT',
    'HOST',
    'PATH',
    'RIDGELINE_SCORING_KEYS',
    'NODE_CHANNEL_FD',
    'SERVICE_PATH_PREFIX',
    '1A',
    'A=B',
    '',
    'A B',
  ])('named %j are refused', (name) => {
    expect(() => checkSpec({ model: 'm:1', environmentVariables: { [name]: 'x' } })).toThrow(
      expect.objectContaining({ code: 'ENVIRONMENT_VARIABLE_INVALID', status: 400 }),
    );
  });

  it('with a NUL character are refused, and the value is not repeated', () => {
    const spec = { model: 'm:1', environmentVariables: { TOKEN: 'secret\0' } };
    expect(() => checkSpec(spec)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('secret') }),
    );
  });
});
