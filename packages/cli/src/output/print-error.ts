// An error as one clear line with its code; `--verbose` shows where it came from.
import { printNote } from './print.ts';
import { style } from './style.ts';

export function printError(error: unknown, verbose: boolean): void {
  const { code, message } = error as { code?: unknown; message?: unknown };
  const name = typeof code === 'string' ? code : 'INTERNAL_ERROR';
  const text = typeof message === 'string' ? message : String(error);
  printNote(`${style.red('error')} ${name}: ${text}`);
  if (verbose && error instanceof Error) printNote(describeOrigin(error));
  else if (typeof code !== 'string') printNote('This should not happen; --verbose shows more.');
}

function describeOrigin(error: Error): string {
  const own = error.stack ?? error.message;
  return error.cause instanceof Error ? `${own}\ncaused by: ${describeOrigin(error.cause)}` : own;
}
