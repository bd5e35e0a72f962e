// First pass: YAML text to tokens with positions. Knows YAML and its dangers, nothing of Azure ML.
import { parseDocument, type YAMLError } from 'yaml';
import type { DiagnosticCode } from '../diagnostic/diagnostic-codes.ts';
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import type { Token } from './token.ts';
import { TokenReader } from './token-reader.ts';

/** Job files are a few kilobytes; a larger one is data sent to the wrong place. */
export const maxFileSizeBytes = 1024 * 1024;

/** The file's root, or null when there is none to go on with; then the sink holds the reason. */
export function readTokens(sink: DiagnosticSink): Token | null {
  const { text } = sink.source;
  if (isTooLarge(text)) {
    sink.report('YAML_TOO_LARGE', 0, 'the file is larger than 1 MiB; split it or check its path');
    return null;
  }
  const document = parseQuietly(text);
  if (document === null) {
    sink.report('YAML_TOO_DEEP', 0, 'values are nested too deep to be read; flatten the file');
    return null;
  }
  for (const problem of document.errors) reportProblem(sink, problem);
  for (const problem of document.warnings) reportProblem(sink, problem);
  // A tree that the parser had to guess would only add findings that are not the user's mistakes.
  if (sink.hasErrors) return null;
  if (document.contents === null) {
    sink.report(
      'YAML_EMPTY',
      0,
      'the file is empty; a job begins with `type: pipeline` or `type: command`',
    );
    return null;
  }
  return new TokenReader(sink).read(document.contents);
}

function isTooLarge(text: string): boolean {
  if (text.length > maxFileSizeBytes) return true;
  return new TextEncoder().encode(text).byteLength > maxFileSizeBytes;
}

/** The library recurses once a level and can run out of stack on hostile nesting. */
function parseQuietly(text: string): ReturnType<typeof parseDocument> | null {
  try {
    return parseDocument(text, {
      version: '1.2',
      uniqueKeys: false,
      prettyErrors: false,
      // `silent` would also keep quiet about a second document; nothing is printed here either way.
      logLevel: 'error',
    });
  } catch (cause) {
    if (cause instanceof RangeError) return null;
    throw cause;
  }
}

function reportProblem(sink: DiagnosticSink, problem: YAMLError): void {
  const message = problem.message.split('\n')[0] ?? '';
  sink.report(codeOf(problem), problem.pos[0], adviceOf(problem, message));
}

function codeOf(problem: YAMLError): DiagnosticCode {
  if (problem.code === 'MULTIPLE_DOCS') return 'YAML_MULTIPLE_DOCUMENTS';
  if (problem.code === 'RESOURCE_EXHAUSTION') return 'YAML_TOO_DEEP';
  if (problem.code === 'TAG_RESOLVE_FAILED') return 'YAML_TAG_NOT_SUPPORTED';
  return 'YAML_SYNTAX_ERROR';
}

function adviceOf(problem: YAMLError, message: string): string {
  if (problem.code === 'MULTIPLE_DOCS') {
    return 'a second YAML document begins here; keep one document a file';
  }
  if (problem.code === 'TAG_RESOLVE_FAILED') return `${message}; write the value without the tag`;
  if (problem.code === 'RESOURCE_EXHAUSTION') {
    return 'values are nested too deep here to be read; flatten the file';
  }
  if (problem.code === 'TAB_AS_INDENT') return `${message}; indent with spaces`;
  return `${message}; check the indentation and quotes here and on the line before`;
}
