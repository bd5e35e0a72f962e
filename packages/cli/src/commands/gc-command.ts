// `ridgeline gc`: removes for good what was deleted, so that its space and its names are free.
import type { GarbageReport } from '@ridgeline/client';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connect } from '../connection/connect.ts';
import { describeGarbage } from '../output/describe-garbage.ts';
import { printEither } from '../output/print.ts';

interface GcOptions extends CommonOptions {
  readonly dryRun?: boolean;
  readonly olderThan: number;
}

const dayMs = 24 * 60 * 60 * 1_000;

export function gcCommand(): Command {
  return withConnection(new Command('gc'))
    .description('remove deleted experiments, runs and logged models for good')
    .option('--dry-run', 'say what would go, and change nothing')
    .addOption(
      new Option('--older-than <age>', 'only what was deleted so long ago')
        .argParser(parseAge)
        .default(30 * dayMs, '30d'),
    )
    .addHelpText(
      'after',
      '\nAn age is such as 30d, 12h, 2d8h or 0d.\n\nExample:\n  ridgeline gc --dry-run --older-than 7d',
    )
    .action(async ({ dryRun = false, olderThan: olderThanMs, ...options }: GcOptions) => {
      const client = await connect(options);
      let total = await client.gc.collect({ dryRun, olderThanMs });
      while (total.more && !dryRun) {
        total = sum(total, await client.gc.collect({ dryRun, olderThanMs }));
      }
      printEither(options.json, total, () => describeGarbage(total));
    });
}

function sum(one: GarbageReport, next: GarbageReport): GarbageReport {
  return {
    ...next,
    experiments: one.experiments + next.experiments,
    runs: one.runs + next.runs,
    loggedModels: one.loggedModels + next.loggedModels,
    files: one.files + next.files,
    bytes: one.bytes + next.bytes,
  };
}

/** Such as 30d or 2d8h30m: milliseconds. */
export function parseAge(text: string): number {
  const parts = /^(?:(\d{1,5})d)?(?:(\d{1,5})h)?(?:(\d{1,5})m)?(?:(\d{1,5})s)?$/.exec(text);
  if (parts === null || text === '') {
    throw new InvalidArgumentError(`expected an age such as 30d, 12h or 2d8h, and not '${text}'`);
  }
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((n) => Number(n ?? 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000;
}
