// `ridgeline build logs`: what the steps of a build have printed, or print just now.
import { Command } from 'commander';
import { printable } from '../ci/run-printer.ts';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connect, connectToFollow } from '../connection/connect.ts';
import { CliError } from '../errors.ts';
import { describeQuestion } from '../output/describe-build.ts';
import { printNote, printResult } from '../output/print.ts';
import { style } from '../output/style.ts';
import {
  type BuildReader,
  followBuild,
  hasBegun,
  type LoggedStep,
  showStep,
  stepsOf,
} from '../submit/follow-build.ts';
import { parseInteger } from './option-values.ts';

interface LogsOptions extends CommonOptions {
  readonly log?: number;
  readonly follow?: true;
}

export function buildLogsCommand(): Command {
  return withConnection(new Command('logs'))
    .description('print what the steps of a build have printed')
    .argument('<id>', 'the number of the build')
    .option('--log <number>', "only one log, by its number in 'build show'", parseInteger)
    .option('-f, --follow', 'go on until the build has ended')
    .action(async (id: string, options: LogsOptions) => {
      const client = await (options.follow ? connectToFollow : connect)(options);
      if (options.log === undefined && options.follow) {
        await followBuild(client, id, reader);
        return;
      }
      const steps = stepsOf(await client.builds.get(id)).filter(({ step }) => hasBegun(step));
      const wanted = steps.filter(({ step }) => step.log === (options.log ?? step.log));
      if (options.log !== undefined && wanted.length === 0) throw noLog(id, options.log);
      for (const each of wanted) {
        if (options.follow || each.step.state === 'completed') {
          await showStep(client, id, each, reader);
        } else await showSoFar(client, id, each);
      }
    });
}

async function showSoFar(
  { builds }: Awaited<ReturnType<typeof connect>>,
  id: string,
  logged: LoggedStep,
): Promise<void> {
  reader.onStep(logged);
  for (let from = 0; ; ) {
    const { lines, next } = await builds.log(id, logged.step.log, from);
    for (const line of lines) reader.onLine(line);
    if (next === from) return;
    from = next;
  }
}

const reader: BuildReader = {
  onStep({ stage, job, step }) {
    const place = [stage, job.displayName].filter((name) => name !== '__default').join(' / ');
    const skipped = step.result === 'skipped' ? ' (skipped)' : '';
    printResult(style.bold(printable(`── ${place}: ${step.name}${skipped}`)));
  },
  onLine(line) {
    printResult(printable(line));
  },
  onQuestion(question) {
    printNote(describeQuestion(question));
  },
};

/** For who waits for the end alone: steps as notes, no lines. */
export const quietReader: BuildReader = {
  onStep({ job, step }) {
    if (step.order > 0) printNote(`  ${printable(`${job.displayName}: ${step.name}`)}`);
  },
  onLine() {},
  onQuestion(question) {
    printNote(describeQuestion(question));
  },
};

function noLog(id: string, log: number): CliError {
  return new CliError(
    'USAGE',
    `build ${id} has no log ${log}; 'ridgeline build show ${id}' lists them`,
  );
}
