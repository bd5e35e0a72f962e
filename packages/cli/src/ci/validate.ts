// Prints what a pipeline's compilation has found.
import { printEither } from '../output/print.ts';
import { style } from '../output/style.ts';
import { CiFailed } from './ci-failed.ts';
import { describeDiagnostics, diagnosticsJson } from './describe-diagnostics.ts';
import { load } from './load.ts';
import type { ValidateOptions } from './validate-command.ts';

/** @throws CiFailed */
export async function validate(file: string | undefined, options: ValidateOptions): Promise<void> {
  const { prepared, compiled } = await load(file, options);
  const { diagnostics } = compiled;
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const described = await describeDiagnostics(diagnostics, prepared);
  printEither(options.json, diagnosticsJson(prepared.file, diagnostics), () =>
    [...described, summary(prepared.file, errors, diagnostics.length - errors)].join('\n'),
  );
  const fails = errors > 0 || (options.strict === true && diagnostics.length > 0);
  if (fails) throw new CiFailed();
}

function summary(file: string, errors: number, warnings: number): string {
  if (errors + warnings === 0) return `${style.green('valid')}  ${file}`;
  const counts = `${count(errors, 'error')}, ${count(warnings, 'warning')}`;
  return errors === 0 ? `${style.green('valid')}  ${file}: ${counts}` : `${file}: ${counts}`;
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
