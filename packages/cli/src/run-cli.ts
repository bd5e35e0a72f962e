// From words to an exit code: 0 done, 1 failed, 2 the words were wrong.
import { CommanderError } from 'commander';
import { CiFailed } from './ci/ci-failed.ts';
import { CliError } from './errors.ts';
import { printError } from './output/print-error.ts';
import { createProgram } from './program.ts';

export async function runCli(words: readonly string[]): Promise<number> {
  try {
    const program = await createProgram(words);
    await program.parseAsync(words, { from: 'user' });
    return 0;
  } catch (error) {
    // Commander has printed its own message; --help and --version end this way too.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof CiFailed) return 1;
    printError(error, words.includes('--verbose'));
    return error instanceof CliError ? error.exitCode : 1;
  }
}
