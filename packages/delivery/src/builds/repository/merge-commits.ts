// The merge of two commits, made in a repository without a checkout: what a pull request is built of
// where no server has made its merge.
import { git } from '@ridgeline/azure-pipelines';
import { DeliveryError } from '../../errors.ts';

export interface Merge {
  readonly folder: string;
  /** A commit, and how people call it. */
  readonly target: string;
  readonly targetName: string;
  readonly source: string;
  readonly sourceName: string;
}

const author = ['-c', 'user.name=Ridgeline', '-c', 'user.email=noreply@ridgeline.invalid'];
const maxShown = 20;

/** Its first parent is the target. @throws DeliveryError PULL_REQUEST_CONFLICT */
export async function mergeCommits(merge: Merge): Promise<string> {
  const { folder, target, source, sourceName, targetName } = merge;
  const tree = await mergeTrees(merge);
  const message = `Merge ${sourceName} into ${targetName}`;
  const parents = ['-p', target, '-p', source];
  const made = await git(folder, [...author, 'commit-tree', tree, ...parents, '-m', message]);
  return made.trim();
}

async function mergeTrees(merge: Merge): Promise<string> {
  const words = ['merge-tree', '--write-tree', '--name-only', '--no-messages', '-z'];
  try {
    const said = await git(merge.folder, [...author, ...words, merge.target, merge.source]);
    return said.split('\0')[0] ?? '';
  } catch (error) {
    throw conflictIn(error, merge) ?? error;
  }
}

/** Git ends with 1 where the two do not go together, and prints the tree and then the files. */
function conflictIn(error: unknown, { sourceName, targetName }: Merge): DeliveryError | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  const { code, stdout } = (cause ?? {}) as { code?: unknown; stdout?: unknown };
  if (code !== 1 || typeof stdout !== 'string') return undefined;
  const files = [...new Set(stdout.split('\0').slice(1))].filter((file) => file !== '');
  const shown = files.slice(0, maxShown).join(', ');
  const more = files.length > maxShown ? ` and ${files.length - maxShown} more` : '';
  const message = `${sourceName} cannot be merged into ${targetName}: both change ${shown}${more}; merge ${targetName} into it first, and solve the conflicts there`;
  return new DeliveryError('PULL_REQUEST_CONFLICT', message, { cause: error });
}
