// `ridgeline ci rerun --failed`: what has not succeeded in a run, once more.
import { Command, InvalidArgumentError } from 'commander';
import { parseInteger } from '../commands/option-values.ts';
import { CliError } from '../errors.ts';
import { type SurroundingOptions, withSurroundings } from './pipeline-options.ts';
import { type GoOptions, withGoing } from './run-options.ts';

export interface RerunOptions extends SurroundingOptions, GoOptions {
  readonly failed?: boolean;
}

const examples = `
Jobs that succeeded keep their results, outputs and artifacts; those that failed, were canceled or
died with their process run again, and what waits for them. It is the pipeline of that run, with
its parameters; files of secrets are not kept with a run, so name them again.

Examples:
  ridgeline ci rerun --failed
  ridgeline ci rerun --failed 12 --secrets .env`;

export function rerunCommand(): Command {
  return withGoing(withSurroundings(new Command('rerun')))
    .argument('[number]', 'the run; default: the last', parseNumber)
    .description('run again what has failed in a run')
    .option('--failed', 'what has failed, was canceled or did not get to run')
    .addHelpText('after', examples)
    .action(async (number: number | undefined, options: RerunOptions) => {
      if (options.failed !== true) throw onlyFailed();
      const { rerun } = await import('./rerun.ts');
      await rerun(number, options);
    });
}

function onlyFailed(): CliError {
  return new CliError(
    'USAGE',
    "a rerun is of what failed: 'ridgeline ci rerun --failed'; for a whole new run there is 'ridgeline ci run'",
  );
}

export function parseNumber(text: string): number {
  const number = parseInteger(text);
  if (number >= 1) return number;
  throw new InvalidArgumentError(`expected the number of a run, and not '${text}'`);
}
