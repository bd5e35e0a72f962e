// `ridgeline events`: what happens in the workspace, a line each, until Ctrl-C.
import type { EventKind, EventQuery } from '@ridgeline/client';
import { Command } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connectToFollow } from '../connection/connect.ts';
import { describeEvent } from '../output/describe-event.ts';
import { printJsonLine, printResult } from '../output/print.ts';
import { collectName, parseInteger } from './option-values.ts';

interface EventsOptions extends CommonOptions {
  readonly kind: readonly EventKind[];
  readonly experiment: readonly string[];
  readonly job?: string;
  readonly run?: string;
  readonly build?: string;
  readonly model?: string;
  readonly loggedModel?: string;
  readonly endpoint?: string;
  readonly limit?: number;
}

export function eventsCommand(): Command {
  return withConnection(new Command('events'))
    .description('tell of runs, jobs, builds, models and endpoints as they change, until Ctrl-C')
    .option(
      '--kind <kind>',
      'only of this kind, such as run or metrics; may be repeated',
      collectName,
      [],
    )
    .option('--experiment <id>', 'of this experiment; may be repeated', collectName, [])
    .option('--job <id>', 'of this job, its steps and their runs')
    .option('--run <id>', 'of this run and those below it')
    .option('--build <id>', 'of this build')
    .option('--model <name>', 'of this registered model')
    .option('--logged-model <id>', 'of this logged model, and what is measured on it')
    .option('--endpoint <name>', 'of this endpoint')
    .option('--limit <count>', 'end after so many', parseInteger)
    .addHelpText(
      'after',
      '\nExamples:\n  ridgeline events --job JOB\n  ridgeline events --kind modelVersion --json',
    )
    .action(async (options: EventsOptions) => {
      const { limit = Number.POSITIVE_INFINITY, json } = options;
      const { events } = await connectToFollow(options);
      let count = 0;
      for await (const event of events.follow(queryOf(options))) {
        if (event.kind === 'ready') continue;
        if (json) printJsonLine(event);
        else printResult(describeEvent(event));
        count += 1;
        if (count >= limit) return;
      }
    });
}

function queryOf({ kind, experiment, ...options }: EventsOptions): EventQuery {
  const { job, run, build, model, loggedModel, endpoint } = options;
  return {
    ...(kind.length > 0 && { kinds: kind }),
    ...(experiment.length > 0 && { experiments: experiment }),
    ...(job !== undefined && { job }),
    ...(run !== undefined && { run }),
    ...(build !== undefined && { build }),
    ...(model !== undefined && { model }),
    ...(loggedModel !== undefined && { loggedModel }),
    ...(endpoint !== undefined && { endpoint }),
  };
}
