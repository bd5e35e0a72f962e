// Model folders whose files were made to deceive or to overwhelm: each is refused with its code.

import { describe, expect, it } from 'vitest';
import { rejectionOf } from '../../test/error-of.ts';
import { changed } from '../../test/saved-model.ts';
import { loadModel } from './load-model.ts';

function replaced(from: string | RegExp, to: string): (text: string) => string {
  return (text) => {
    const result = text.replace(from, to);
    expect(result).not.toBe(text);
    return result;
  };
}

describe('MLmodel is refused', () => {
  it.each(['sklearn', 'python_function', 'onnx'])('with no flavor but %s', async (flavor) => {
    const folder = await changed('MLmodel', replaced('ridgeline', flavor));
    const error = await rejectionOf(loadModel(folder));
    expect(error).toMatchObject({ code: 'MODEL_FLAVOR_NOT_SUPPORTED', status: 422 });
    expect(error.message).toContain(`has the flavors ${flavor}, and only the data-only flavor`);
  });

  it.each<[string, string | RegExp, string, string]>([
    ['without flavors', 'flavors:', 'flavours:', "'flavors' is not a mapping"],
    ['without uuid', /model_uuid.*\n/, '', "'model_uuid' is missing"],
    ['without signature', 'signature:', 'sign:', "'signature' is missing"],
    ['with a null signature', /inputs: .*/, 'inputs: null', 'inputs are not a list of columns'],
    ['with a signature that is no JSON', /inputs: .*/, 'inputs: "[{"', 'inputs are not JSON'],
    ['with an empty signature', /inputs: .*/, "inputs: '[]'", 'inputs are not a list of columns'],
    ['with a null column', /inputs: .*/, "inputs: '[null]'", 'inputs[0] has no name'],
    [
      'with a tensor',
      '"type": "double", "name": "AGE"',
      '"type": "tensor"',
      'inputs[0] has no name',
    ],
    [
      'with a text column',
      '"double", "name": "AGE"',
      '"string", "name": "AGE"',
      'a column of type string',
    ],
    [
      'with an odd type',
      '"double", "name": "AGE"',
      '"tensor", "name": "AGE"',
      'has no type out of',
    ],
    ['with a name twice', '"AGE"', '"BMI"', 'inputs have a name twice'],
    [
      'with two outputs',
      /outputs: .*/,
      `outputs: '${JSON.stringify([
        { name: 'a', type: 'double' },
        { name: 'b', type: 'double' },
      ])}'`,
      '2 outputs',
    ],
    [
      'with a bad time',
      /utc_time_created: .*/,
      'utc_time_created: yesterday',
      "'utc_time_created'",
    ],
    [
      'with an impossible time',
      /utc_time_created: .*/,
      'utc_time_created: 2026-13-41 00:00:00',
      "'utc_time_created'",
    ],
    ['with a list as run id', 'run_id: r1', 'run_id: [r1]', "'run_id' is not a text"],
    ['with a path upward', 'model_file: model.json', 'model_file: ../model.json', 'a plain name'],
    ['with an absolute path', 'model_file: model.json', 'model_file: /etc/passwd', 'a plain name'],
    ['with a hidden file', 'model_file: model.json', 'model_file: .ssh', 'a plain name'],
    ['with a key twice', 'model_uuid:', 'run_id: r2\nmodel_uuid:', 'it is not plain YAML'],
    [
      'with a Python tag',
      'run_id: r1',
      'run_id: !!python/object/apply:os.system [id]',
      'it is not plain YAML',
    ],
    ['with two documents', 'run_id: r1', 'run_id: r1\n---\n', 'it is not plain YAML'],
    ['with another file', 'model_file: model.json', 'model_file: other.json', 'it is missing'],
    [
      'with another estimator',
      'estimator: LinearRegression',
      'estimator: Ridge',
      'its estimator is not',
    ],
    [
      'with one input fewer',
      /, \{"type": "double", "name": "BMI", "required": true\}/,
      '',
      'it has 2 coefficients',
    ],
  ])('%s', async (_, from, to, message) => {
    const error = await rejectionOf(loadModel(await changed('MLmodel', replaced(from, to))));
    expect(error.code).toBe('MODEL_INVALID');
    expect(error.message).toContain(message);
  });

  it.each<[string, string | Buffer, string]>([
    ['empty', '', 'it is not a YAML mapping'],
    ['a list', '- a', 'it is not a YAML mapping'],
    ['broken', 'a: [', 'it is not plain YAML'],
    ['nested beyond the stack', '['.repeat(500_000), 'it is not plain YAML'],
    ['an alias bomb', aliasBomb(), 'it is not plain YAML'],
    ['not UTF-8', Buffer.from([0xff, 0xfe, 0x00]), 'it is not UTF-8 text'],
  ])('when it is %s', async (_, content, message) => {
    const error = await rejectionOf(loadModel(await changed('MLmodel', () => content)));
    expect(error.code).toBe('MODEL_INVALID');
    expect(error.message).toContain(message);
  });
});

/** A YAML text of a few lines that stands for a billion values. */
function aliasBomb(): string {
  const levels = Array.from('bcdefghij', (name, i) => {
    const below = `*${String.fromCharCode(97 + i)}`;
    return `${name}: &${name} [${new Array(10).fill(below).join(', ')}]`;
  });
  return ['a: &a [x, x, x, x, x, x, x, x, x, x]', ...levels, 'flavors: *j'].join('\n');
}

describe('model.json is refused', () => {
  it.each<[string, string | RegExp, string, string, string]>([
    ['when it is no JSON', /$/, ']', 'MODEL_INVALID', 'it is not JSON'],
    ['when it is null', /.*/, 'null', 'MODEL_INVALID', "it has no 'formatVersion'"],
    ['nested beyond the stack', /.*/, '['.repeat(500_000), 'MODEL_INVALID', 'it is not JSON'],
    [
      'of a later format',
      'formatVersion":1',
      'formatVersion":4',
      'MODEL_FORMAT_NOT_SUPPORTED',
      'format version 4',
    ],
    [
      'of an unknown estimator',
      'LinearRegression',
      'eval',
      'MODEL_ESTIMATOR_UNKNOWN',
      "estimator is 'eval'",
    ],
    [
      'with a coefficient too few',
      /"coefficients":\[[^,]*,/,
      '"coefficients":[',
      'MODEL_INVALID',
      'has 2 inputs',
    ],
    [
      'with a NaN coefficient',
      /"coefficients":\[[^,]*,/,
      '"coefficients":[NaN,',
      'MODEL_INVALID',
      'it is not JSON',
    ],
    [
      'with a null coefficient',
      /"coefficients":\[[^,]*,/,
      '"coefficients":[null,',
      'MODEL_INVALID',
      'at index 0',
    ],
    [
      'with an infinite intercept',
      /"intercept":.*\}/,
      '"intercept":1e999}',
      'MODEL_INVALID',
      "'intercept'",
    ],
  ])('%s', async (_, from, to, code, message) => {
    const error = await rejectionOf(loadModel(await changed('model.json', replaced(from, to))));
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
  });
});
