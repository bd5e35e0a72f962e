// The options by which a run goes, first time or again.
import { availableParallelism } from 'node:os';
import { type Command, InvalidArgumentError } from 'commander';
import { collectName, parseInteger } from '../commands/option-values.ts';

export interface GoOptions {
  readonly jobs: number;
  readonly approve: readonly string[];
  readonly keep?: boolean;
  readonly realAz?: boolean;
}

export function withGoing(command: Command): Command {
  return command
    .option(
      '--jobs <count>',
      'so many jobs at once; default: half of the cores',
      parseCount,
      Math.max(1, Math.floor(availableParallelism() / 2)),
    )
    .option(
      '--approve <stage>',
      "approve a stage that deploys or starts by hand; 'all' for each",
      collectName,
      [],
    )
    .option('--keep', 'keep the workspaces of jobs that succeeded too')
    .option(
      '--real-az',
      "let steps use this machine's Azure CLI, and not the az that answers for the workspace",
    );
}

function parseCount(text: string): number {
  const count = parseInteger(text);
  if (count >= 1 && count <= 64) return count;
  throw new InvalidArgumentError(`expected 1 to 64, and not '${text}'`);
}
