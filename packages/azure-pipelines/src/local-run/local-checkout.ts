// `checkout` of a local run: every repository is a folder on this machine, taken as its working
// tree stands; a `ref` of the pipeline is not looked at, as the folder is what the person chose.
import type { CheckoutOptions } from '../task/task-host.ts';
import { TaskFailure } from '../task/task-outcome.ts';
import { copyWorkingTree } from './copy-working-tree.ts';
import { LocalRunError } from './local-run-error.ts';
import type { LocalSurroundings } from './local-surroundings.ts';
import { type RepositoryFacts, readRepositoryFacts } from './repository-facts.ts';

export interface CheckoutRequest {
  readonly repository: string;
  readonly into: string;
  readonly options: CheckoutOptions;
  readonly signal: AbortSignal;
}

export async function checkOut(
  { repository, into, options, signal }: CheckoutRequest,
  around: LocalSurroundings,
): Promise<{ readonly commit: string }> {
  const folder = around.repositories.folderOf(repository);
  if (folder === undefined) throw unknown(repository, around);
  const from = await readRepositoryFacts(folder);
  if (around.isDryRun) return { commit: from.commit };
  const without = around.store.folder;
  const changed = await copyWorkingTree({ from, into, options, without, signal }).catch(asFailure);
  around.listener.note(sayCopied(from, changed));
  return { commit: from.commit };
}

/** What git or the disk refuses is the step's to tell. */
function asFailure(error: unknown): never {
  throw error instanceof LocalRunError ? new TaskFailure(error.message, { cause: error }) : error;
}

/** Which files a step sees is the first thing to know when it fails. */
function sayCopied({ root, isGit, commit }: RepositoryFacts, changed: number): string {
  if (!isGit) return `${root} is no git repository: its files were copied as they are`;
  const at = commit === '' ? 'no commit yet' : `commit ${commit.slice(0, 10)}`;
  const files = changed === 1 ? '1 file that is' : `${changed} files that are`;
  const over = changed === 0 ? 'nothing uncommitted' : `${files} not committed`;
  return `Copied the working tree of ${root}: ${at}, ${over}`;
}

function unknown(repository: string, { repositories }: LocalSurroundings): TaskFailure {
  const known = repositories.aliases.join(', ');
  return new TaskFailure(
    `There is no folder for the repository '${repository}'; name one with --repository ${repository}=FOLDER (known: ${known})`,
  );
}
