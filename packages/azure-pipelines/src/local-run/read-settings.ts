// The YAML and JSON files of a local run: variable groups, service connections, environments. One
// reader for all, with the same limits and places as a pipeline has.
import { open } from 'node:fs/promises';
import { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { readYaml } from '../text/read-yaml.ts';
import { cannotRead } from './disk-error.ts';
import { LocalRunError } from './local-run-error.ts';
import { type Plain, type PlainMapping, toPlain } from './node-to-plain.ts';

/** @throws LocalRunError FILE_NOT_FOUND, FILE_NOT_READ, SETTINGS_INVALID */
export async function readSettings(file: string): Promise<PlainMapping> {
  if (file.endsWith('.json')) return readJsonSettings(file);
  const sink = new DiagnosticSink();
  const node = readYaml(await readText(file), file, sink);
  const [mistake] = sink.diagnostics.filter(({ severity }) => severity === 'error');
  if (mistake?.code === 'YAML_EMPTY') throw invalid(file, 'is empty; expected names with values');
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

/** More than anybody has of such settings. */
const maxBytes = 4 * 1024 * 1024;

/** @throws LocalRunError FILE_NOT_FOUND, FILE_NOT_READ, SETTINGS_INVALID */
export async function readText(file: string): Promise<string> {
  const bytes = await readStart(file).catch((error: unknown) => {
    throw cannotRead(file, error);
  });
  if (bytes.length > maxBytes) throw invalid(file, 'is larger than 4 MiB; name another file');
  if (bytes.includes(0)) throw invalid(file, 'is no text; name another file');
  return bytes.toString('utf8');
}

/** No further than tells that it is too large: a pipe or a device has no size, and perhaps no end. */
async function readStart(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const chunks: Buffer[] = [];
    for (let size = 0; size <= maxBytes; ) {
      const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(65_536) });
      if (bytesRead === 0) break;
      chunks.push(buffer.subarray(0, bytesRead));
      size += bytesRead;
    }
    return Buffer.concat(chunks);
  } finally {
    await handle.close();
  }
}

export function isMapping(value: Plain | undefined): value is PlainMapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function invalid(place: string, problem: string): LocalRunError {
  return new LocalRunError('SETTINGS_INVALID', `${place}: ${problem}`);
}
