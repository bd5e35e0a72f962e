// `ridgeline ci show`: a run as it truly is, also one whose process was killed.
import { Command } from 'commander';
import { withWorkspace } from '../connection/common-options.ts';
import { parseNumber } from './rerun-command.ts';

export interface ShowOptions {
  readonly workspace: string;
  readonly json?: boolean;
}

export function showCommand(): Command {
  return withWorkspace(new Command('show'))
    .description('show a run: its jobs, their results, where its logs lie')
    .argument('[number]', 'the run; default: the last', parseNumber)
    .option('--json', 'print JSON for programs')
    .addHelpText('after', '\nExamples:\n  ridgeline ci show\n  ridgeline ci show 12 --json')
    .action(async (number: number | undefined, options: ShowOptions) => {
      const { show } = await import('./show.ts');
      await show(number, options);
    });
}
