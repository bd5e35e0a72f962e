import { parseJob } from '@ridgeline/azureml-yaml';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { batchScoreDefinition } from './batch-score.ts';

test('the definition is a job without mistakes, whatever the file is called', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.nat(), (name, errorThreshold) => {
      const input = `/data/${name.replaceAll('\0', '')}.csv`;
      const probabilities = errorThreshold % 2 === 1;
      const model = { modelName: 'prices', modelVersion: '3' };
      const request = { ...model, input, errorThreshold, probabilities };
      const fileName = 'batch-score.yml';
      const { job, diagnostics } = parseJob(batchScoreDefinition(request), { fileName });
      expect(diagnostics).toEqual([]);
      expect(JSON.stringify(job).includes('--probabilities')).toBe(probabilities);
      expect(job?.inputs.get('data')).toMatchObject({ path: input });
      expect(job?.inputs.get('model')).toMatchObject({ path: 'azureml:prices:3' });
      expect(job?.inputs.get('error_threshold')).toMatchObject({ value: errorThreshold });
    }),
  );
});
