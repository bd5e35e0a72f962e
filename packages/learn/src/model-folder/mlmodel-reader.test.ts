import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorOf } from '../../test/error-of.ts';
import { LearnError } from '../errors.ts';
import { readMlmodel } from './mlmodel-reader.ts';

const written = `artifact_path: model
flavors:
  python_function:
    loader_module: some.module
  ridgeline:
    estimator: Ridge
    model_file: model.json
    version: 0.1.0
mlflow_version: 3.17.2
model_id: null
model_size_bytes: 512
model_uuid: 12e45678901234567890123456789012
run_id: 00000000000000000000000000000001
saved_input_example_info: null
signature:
  inputs: '[{"type": "double", "name": "AGE", "required": true}, {"type": "long", "name":
    "SEX", "required": true}]'
  outputs: '[{"type": "double", "name": "Y", "required": true}]'
  params: null
utc_time_created: '2026-11-21 21:58:19.074960'
`;

describe('readMlmodel', () => {
  it("reads MLflow's own layout: folded signatures, further flavors and keys", () => {
    expect(readMlmodel(written, 'MLmodel')).toEqual({
      uuid: '12e45678901234567890123456789012',
      createdAt: '2026-11-21T21:58:19.074Z',
      runId: '00000000000000000000000000000001',
      artifactPath: 'model',
      estimator: 'Ridge',
      modelFile: 'model.json',
      flavorVersion: '0.1.0',
      signature: {
        inputs: [
          { name: 'AGE', type: 'double', required: true },
          { name: 'SEX', type: 'long', required: true },
        ],
        outputs: [{ name: 'Y', type: 'double', required: true }],
      },
      inputExampleFile: null,
      onnxFile: null,
      onnxNote: null,
    });
  });

  it('reads a time without a fraction', () => {
    const text = written.replace('.074960', '');
    expect(readMlmodel(text, 'MLmodel').createdAt).toBe('2026-11-21T21:58:19.000Z');
  });

  it('names at most ten flavors, shortened', () => {
    const flavors = Array.from({ length: 50 }, (_, i) => `  f${i}${'x'.repeat(500)}: {}`);
    const error = errorOf(() => readMlmodel(`flavors:\n${flavors.join('\n')}\n`, 'MLmodel'));
    expect(error.code).toBe('MODEL_FLAVOR_NOT_SUPPORTED');
    expect(error.message.length).toBeLessThan(1000);
  });

  it('reads or refuses with a code, wherever the text is damaged', () => {
    const damage = fc.tuple(
      fc.nat({ max: written.length }),
      fc.nat({ max: 20 }),
      fc.string({ maxLength: 5, unit: 'binary' }),
    );
    fc.assert(
      fc.property(damage, ([at, length, inserted]) => {
        const text = written.slice(0, at) + inserted + written.slice(at + length);
        try {
          expect(readMlmodel(text, 'MLmodel').modelFile).not.toContain('/');
        } catch (error) {
          expect(error).toBeInstanceOf(LearnError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
