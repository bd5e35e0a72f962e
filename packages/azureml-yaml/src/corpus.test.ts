// The corpora of testdata/: files with mistakes, and beside each what is said about it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type ComponentOptions,
  type ComponentSource,
  type Diagnostic,
  type DiagnosticCode,
  diagnosticCodes,
  folderOf,
  formatDiagnostic,
  parseComponent,
  parseCompute,
  parseDataAsset,
  parseDatastore,
  parseDeployment,
  parseEndpoint,
  parseEnvironment,
  parseJob,
  parseModel,
  parseSchedule,
} from './index.ts';

const folder = path.join(import.meta.dirname, '..', 'testdata', 'invalid');
const seen = new Set<DiagnosticCode>();

type Parse = (text: string, options: ComponentOptions) => { diagnostics: readonly Diagnostic[] };

/** Components lie beside the files that name them. */
const components: ComponentSource = {
  get(reference) {
    const file = path.join(folder, 'components', reference);
    if (reference.startsWith('azureml:') || !existsSync(file)) return undefined;
    const text = readFileSync(file, 'utf8');
    return { text, fileName: reference, codeBase: folderOf(reference) };
  },
};

const parsers: readonly (readonly [string, Parse])[] = [
  ['job', parseJob],
  ['component', parseComponent],
  ['deployment', parseDeployment],
  ['endpoint', parseEndpoint],
  ['data', parseDataAsset],
  ['model', parseModel],
  ['environment', parseEnvironment],
  ['compute', parseCompute],
  ['datastore', parseDatastore],
  ['schedule', parseSchedule],
];

describe.each(parsers)('mistakes in a %s file', (kind, parse) => {
  const files = readdirSync(path.join(folder, kind)).filter((file) => file.endsWith('.yml'));

  it.each(files)('%s: each is reported with its place, code and next step', (file) => {
    const text = readFileSync(path.join(folder, kind, file), 'utf8');
    const { diagnostics } = parse(text, { fileName: file, components });
    for (const { code } of diagnostics) seen.add(code);
    const expected = readFileSync(
      path.join(folder, kind, file.replace('.yml', '.expected.txt')),
      'utf8',
    );
    expect(`${diagnostics.map(formatDiagnostic).join('\n')}\n`).toBe(expected);
    expect(diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
  });
});

it('the corpora show every code but those that no small file can show', () => {
  const elsewhere: DiagnosticCode[] = [
    'YAML_TOO_LARGE',
    'INPUT_VALUE_INVALID',
    'PIPELINE_TOO_LARGE',
  ];
  const shown = [...seen, ...elsewhere].sort();
  expect(shown).toEqual(Object.keys(diagnosticCodes).sort());
});

it("the README's table of codes is the code's", () => {
  const readme = readFileSync(path.join(import.meta.dirname, '..', 'README.md'), 'utf8');
  const rows = Object.entries(diagnosticCodes).map(
    ([code, { severity, meaning }]) => `| \`${code}\` | ${severity} | ${meaning} |`,
  );
  // The formatter pads the columns of a table.
  expect(readme.replace(/ +/g, ' ')).toContain(rows.join('\n'));
});
