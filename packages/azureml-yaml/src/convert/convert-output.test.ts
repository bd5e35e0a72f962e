import { describe, expect, it } from 'vitest';
import { parseJob } from '../index.ts';

const outputOf = (output: string) => {
  const text = `type: pipeline
outputs: {all: {type: uri_folder}}
jobs: {a: {command: "echo \${{outputs.o}}", outputs: {o: ${output}}}}`;
  const { job, diagnostics } = parseJob(text, { fileName: 'job.yml' });
  const step = job?.type === 'pipeline' ? job.steps.get('a') : undefined;
  return { output: step?.outputs.get('o'), codes: diagnostics.map(({ code }) => code) };
};

describe('an output of a step', () => {
  it.each([
    'azureml://datastores/blobs/paths/here',
    `azureml://datastores/\${{default_datastore}}/paths/azureml/\${{name}}/\${{output_name}}/`,
  ])('may be copied to %s', (path) => {
    const { output, codes } = outputOf(`{path: "${path}"}`);
    expect(output).toMatchObject({ path, parentOutput: null });
    expect(codes).toEqual(['OUTPUT_NOT_PRODUCED']);
  });

  it.each([
    ['{path: ./here}', 'VALUE_NOT_ALLOWED'],
    ['{path: "azureml://datastores/blobs/here"}', 'VALUE_NOT_ALLOWED'],
    [`{path: "azureml://datastores/blobs/paths/\${{inputs.x}}"}`, 'FEATURE_NOT_SUPPORTED'],
    [`{path: "\${{name}}"}`, 'FEATURE_NOT_SUPPORTED'],
  ])('cannot be at %s', (written, code) => {
    expect(outputOf(written).codes).toContain(code);
  });

  it('may be bound to the pipeline’s, and become a data asset', () => {
    const { output, codes } = outputOf(
      `{path: "\${{parent.outputs.all}}", name: table, version: 1.0}`,
    );
    expect(codes).toEqual([]);
    expect(output).toMatchObject({
      parentOutput: 'all',
      register: { name: 'table', version: '1.0' },
    });
  });

  it.each(['boolean', 'integer', 'number', 'string'])('may be a %s for others to read', (type) => {
    const { output } = outputOf(`{type: ${type}, is_control: true}`);
    expect(output).toMatchObject({ type, isControl: true });
  });
});
