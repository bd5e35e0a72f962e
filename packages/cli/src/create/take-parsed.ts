// What a parser has made of a file, or all of its mistakes in one error.
import { type Diagnostic, formatDiagnostic } from '@ridgeline/azureml-yaml';
import { CliError } from '../errors.ts';
import { printNote } from '../output/print.ts';

/**
 * Warnings go to standard error: what is accepted and has no effect is said.
 * @param what with its article: `a compute`.
 * @throws CliError FILE_INVALID
 */
export function takeParsed<T>(
  file: string,
  what: string,
  result: T | null,
  diagnostics: readonly Diagnostic[],
): T {
  if (result === null) {
    const mistakes = diagnostics.filter(({ severity }) => severity === 'error');
    const lines = mistakes.map(formatDiagnostic).join('\n');
    throw new CliError('FILE_INVALID', `${file} is not ${what} that can be made:\n${lines}`);
  }
  for (const warning of diagnostics) printNote(formatDiagnostic(warning));
  return result;
}
