// The YAML and JSON files of a local run: variable groups, service connections, environments. One
// reader for all, with the same limits and places as a pipeline has.
import { readFile } from 'node:fs/promises';
import { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { readYaml } from '../text/read-yaml.ts';
import { LocalRunError } from './local-run-error.ts';
import { type Plain, type PlainMapping, toPlain } from './node-to-plain.ts';

/** @throws LocalRunError FILE_NOT_FOUND, SETTINGS_INVALID */
export async function readSettings(file: string): Promise<PlainMapping> {
  if (file.endsWith('.json')) return readJsonSettings(file);
  const sink = new DiagnosticSink();
  const node = readYaml(await readText(file), file, sink);
  const [mistake] = sink.diagnostics.filter(({ severity }) => severity === 'error');
  if (mistake !== undefined) {
    const { line, column } = mistake.origin;
    throw invalid(`${file}:${line}:${column}`, mistake.message);
  }
  return checked(node === undefined ? null : toPlain(node), file);
}

/** A pipeline's YAML takes `null` for a word; JSON does not. */
async function readJsonSettings(file: string): Promise<PlainMapping> {
  try {
    const asText = (_: string, value: unknown) =>
      typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
    return checked(JSON.parse(await readText(file), asText) as Plain, file);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // Its message quotes the file, in which secrets may stand.
    const [, line = '1', column = '1'] = /line (\d+) column (\d+)/.exec(error.message) ?? [];
    throw invalid(`${file}:${line}:${column}`, 'is no JSON');
  }
}

function checked(plain: Plain, file: string): PlainMapping {
  if (isMapping(plain)) return plain;
  throw invalid(file, 'expected names with values');
}

/** @throws LocalRunError FILE_NOT_FOUND */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`;
    throw new LocalRunError('FILE_NOT_FOUND', `${file} ${reason}`, { cause: error });
  }
}

export function isMapping(value: Plain | undefined): value is PlainMapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function invalid(place: string, problem: string): LocalRunError {
  return new LocalRunError('SETTINGS_INVALID', `${place}: ${problem}`);
}
