// First pass: YAML text to a tree with positions. Knows YAML and its dangers, nothing of pipelines.

import { parseDocument, type YAMLError } from 'yaml';
import type { DiagnosticCode } from '../diagnostic/diagnostic-codes.ts';
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { LineIndex } from './line-index.ts';
import type { Node } from './node.ts';
import { readPlainYaml } from './plain-yaml.ts';
import { YamlReader } from './yaml-reader.ts';

/** Azure DevOps gives up on files of between 600 KB and 2 MB. */
const maxFileSizeBytes = 2 * 1024 * 1024;

/** The root, or nothing when there is none to go on with; then the sink holds the reason. */
export function readYaml(text: string, file: string, sink: DiagnosticSink): Node | undefined {
  const start = { file, line: 1, column: 1 };
  if (Buffer.byteLength(text) > maxFileSizeBytes) {
    sink.report('YAML_TOO_LARGE', start, 'The file is larger than 2 MiB. Split it into templates.');
    return undefined;
  }
  return readPlainYaml(text, file) ?? readByLibrary(text, file, sink);
}

/** All of YAML, and what is wrong with a file that is none. */
export function readByLibrary(text: string, file: string, sink: DiagnosticSink): Node | undefined {
  const start = { file, line: 1, column: 1 };
  const document = parseQuietly(text);
  if (document === undefined) {
    sink.report('YAML_TOO_DEEP', start, 'Values are nested too deep to be read. Flatten the file.');
    return undefined;
  }
  const lines = new LineIndex(text);
  const originAt = (offset: number) => ({ file, ...lines.placeAt(Math.min(offset, text.length)) });
  const { errors, contents } = document;
  for (const error of withoutFollowers(errors, lines)) {
    sink.report(codeOf(error), originAt(error.pos[0]), adviceOf(error, lineAt(text, error.pos[0])));
  }
  // A tree that the parser had to guess would only add findings that are not the user's mistakes.
  if (errors.length > 0) return undefined;
  if (contents === null) {
    sink.report(
      'YAML_EMPTY',
      start,
      'The file is empty. A pipeline has "stages", "jobs" or "steps".',
    );
    return undefined;
  }
  return new YamlReader(sink, originAt).read(contents);
}

/** The library recurses once a level and can run out of stack on hostile nesting. */
function parseQuietly(text: string): ReturnType<typeof parseDocument> | undefined {
  try {
    return parseDocument(text, {
      version: '1.2',
      // All scalars are texts: only the place where one stands says whether `1.10` is a number.
      schema: 'failsafe',
      // Two `${{ else }}` in one mapping are no mistake; the reader judges keys itself.
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'error',
    });
  } catch (cause) {
    if (cause instanceof RangeError) return undefined;
    throw cause;
  }
}

/** What the parser says of the rest of a line follows from the first mistake in it; and once it has
 * lost the structure, every later line is a token that the stream should not have. */
function withoutFollowers(errors: readonly YAMLError[], lines: LineIndex): readonly YAMLError[] {
  const found = new Map<number, YAMLError>();
  for (const error of errors) {
    const { line } = lines.placeAt(error.pos[0]);
    const isLost = found.size > 0 && error.message.includes('token in YAML stream');
    if (!isLost && !found.has(line)) found.set(line, error);
  }
  return [...found.values()];
}

function lineAt(text: string, offset: number): string {
  const end = text.indexOf('\n', offset);
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, end === -1 ? undefined : end);
}

function codeOf(error: YAMLError): DiagnosticCode {
  if (error.code === 'MULTIPLE_DOCS') return 'YAML_MULTIPLE_DOCUMENTS';
  if (error.code === 'RESOURCE_EXHAUSTION') return 'YAML_TOO_DEEP';
  return 'YAML_SYNTAX_ERROR';
}

function adviceOf(error: YAMLError, line: string): string {
  const message = (error.message.split('\n')[0] ?? '').replace(/[.:]$/, '');
  if (error.code === 'MULTIPLE_DOCS') {
    return 'A second YAML document begins here. Keep one document a file.';
  }
  if (error.code === 'RESOURCE_EXHAUSTION') {
    return 'Values are nested too deep here to be read. Flatten the file.';
  }
  if (error.code === 'TAB_AS_INDENT') return `${message}. Indent with spaces.`;
  const opening = ['${{', '$['].find((mark) => line.includes(mark));
  if (opening !== undefined) {
    const whole = opening === '$[' ? '$[ ]' : '${{ }}';
    return `${message}. Put quotes around values with ${whole}, above all inside of { } and [ ].`;
  }
  return `${message}. Check the indentation and quotes here and on the line before.`;
}
